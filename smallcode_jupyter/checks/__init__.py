"""Validation by running."""
