"""Adapters to models: servers, the embedded one, and fakes that ship with the package."""
