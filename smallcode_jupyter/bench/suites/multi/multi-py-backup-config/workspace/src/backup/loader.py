"""Reading settings from TOML and from environment variables."""

import tomllib
from collections.abc import Mapping

from backup.settings import ConfigError, Settings


def load_settings(text: str, env: Mapping[str, str]) -> Settings:
    """Settings from the text of a TOML file and from the environment. Raises ConfigError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not TOML: {error}") from error
    if not values.get("source"):
        raise ConfigError("source is missing")
    target = env.get("BACKUP_TARGET") or values.get("target", Settings.target)
    return Settings(
        source=values["source"],
        target=target,
        keep_days=values.get("keep_days", Settings.keep_days),
        compress=values.get("compress", Settings.compress),
    )
