"""What can be set."""

from dataclasses import dataclass


class ConfigError(ValueError):
    """Settings that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """All settings with their defaults; a source has to be given."""

    source: str
    target: str = "/var/backup"
    keep_days: int = 30
    compress: bool = True
    exclude: tuple[str, ...] = ()
