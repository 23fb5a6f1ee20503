"""Settings from .env files."""


def parse_env(text):
    """The settings in the text of a .env file, as a dict of strings."""
    raise NotImplementedError
