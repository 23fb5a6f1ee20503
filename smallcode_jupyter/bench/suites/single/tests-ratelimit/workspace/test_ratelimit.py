"""Tests of ratelimit.py."""

from ratelimit import RateLimit
