"""Loans of a small public library."""
