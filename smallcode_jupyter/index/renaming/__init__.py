"""Renaming and changing signatures exactly: every place is proved to be meant, or nothing is changed."""
