"""Tests of password.py."""

from password import is_good
