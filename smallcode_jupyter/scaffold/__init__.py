"""Small projects that work from the start, made from one short description; a model only fills them in."""
