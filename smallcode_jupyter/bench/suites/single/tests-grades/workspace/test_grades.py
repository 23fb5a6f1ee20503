"""Tests of grades.py."""
