"""Settings from .env files."""


def parse_env(text: str) -> dict[str, str]:
    """The settings in the text of a .env file."""
    raise NotImplementedError
