"""Tests of shipping.py."""

from shipping import shipping_cost
