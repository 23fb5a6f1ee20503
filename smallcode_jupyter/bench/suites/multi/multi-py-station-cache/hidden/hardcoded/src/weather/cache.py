"""Remembering what was computed already."""

import functools


def remember(method):
    """A method of an object that computes its result once for given arguments."""
    known = {}

    @functools.wraps(method)
    def wrapper(self, *args):
        key = args
        if key not in known:
            known[key] = method(self, *args)
        return known[key]

    return wrapper
