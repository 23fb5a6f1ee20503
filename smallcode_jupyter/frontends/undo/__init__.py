"""Undoing what accepted code did to the variables."""
