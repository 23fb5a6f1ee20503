"""Tests of bookings.py."""

from bookings import Room
