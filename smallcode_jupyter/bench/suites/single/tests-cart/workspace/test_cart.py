"""Tests of cart.py."""

import pytest
from cart import Cart
