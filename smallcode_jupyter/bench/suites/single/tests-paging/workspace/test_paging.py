"""Tests of paging.py."""

import pytest
from paging import page_of
