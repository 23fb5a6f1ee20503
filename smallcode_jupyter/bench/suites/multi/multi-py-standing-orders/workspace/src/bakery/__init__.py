"""Standing orders of a bakery."""
