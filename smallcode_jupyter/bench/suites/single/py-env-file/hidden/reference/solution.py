"""Settings from .env files."""


def parse_env(text: str) -> dict[str, str]:
    """The settings in the text of a .env file."""
    settings = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition("=")
        settings[key.strip()] = value.strip()
    return settings
