"""Tests of bookings.py."""
