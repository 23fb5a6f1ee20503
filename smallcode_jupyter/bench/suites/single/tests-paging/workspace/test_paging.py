"""Tests of paging.py."""

from paging import page_of
