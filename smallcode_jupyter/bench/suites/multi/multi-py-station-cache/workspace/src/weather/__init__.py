"""Readings of the weather stations in the valley."""
