"""The tools a model may use, under their usual names."""
