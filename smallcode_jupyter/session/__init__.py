"""Performing the effects of a run, and keeping its trace."""
