"""Tests of paging.py."""
