"""Telling a model what a live object is, in few words and without running its code."""
