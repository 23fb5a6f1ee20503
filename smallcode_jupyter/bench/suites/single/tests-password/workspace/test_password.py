"""Tests of password.py."""
