"""Recipes of a canteen."""
