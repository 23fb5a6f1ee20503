"""Tests of csvline.py."""

from csvline import join_line
