"""The stock of a hardware shop."""
