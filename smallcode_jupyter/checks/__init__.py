"""Validating what was staged: syntax, names, examples, tests and trials of cells, each one a verdict."""
