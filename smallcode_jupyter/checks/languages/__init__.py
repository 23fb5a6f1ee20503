"""What the checks know of each language other than Python: compiling, tests, examples."""
