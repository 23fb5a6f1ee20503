"""Grading by execution: the solution runs in a confined process, expected values stay in this one."""
