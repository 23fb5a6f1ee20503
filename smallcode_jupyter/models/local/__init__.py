"""The embedded model: what can be had, fetching it, serving it."""
