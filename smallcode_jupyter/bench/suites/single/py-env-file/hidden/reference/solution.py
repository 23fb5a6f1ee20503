"""Settings from .env files."""


def parse_env(text):
    """The settings in the text of a .env file, as a dict of strings."""
    settings = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, equals, value = line.partition("=")
        key = key.strip().removeprefix("export ").strip()
        if not equals or not key:
            raise ValueError(f"line {number}: not KEY=VALUE")
        settings[key] = _value(value, number)
    return settings


def _value(text, number):
    text = text.strip()
    if text[:1] in ("'", '"') and text:
        end = text.find(text[0], 1)
        if end < 0:
            raise ValueError(f"line {number}: a quote is not closed")
        return text[1:end]
    for at in range(1, len(text)):
        if text[at] == "#" and text[at - 1].isspace():
            return text[:at].rstrip()
    return text
