"""The monthly newsletter."""
