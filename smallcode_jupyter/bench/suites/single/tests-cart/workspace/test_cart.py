"""Tests of cart.py."""
