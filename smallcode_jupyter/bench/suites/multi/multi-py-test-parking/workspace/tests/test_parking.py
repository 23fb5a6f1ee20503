"""Tests of the car park."""
