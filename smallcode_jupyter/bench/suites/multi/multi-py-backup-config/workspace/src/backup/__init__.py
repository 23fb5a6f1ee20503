"""A small backup script."""
