"""Tests of shipping.py."""
