"""Tests of grades.py."""

from grades import letter
