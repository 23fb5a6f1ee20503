"""Tests of csvline.py."""
