"""A coding agent for small local models, native to the notebook."""
