"""Tests of ratelimit.py."""
