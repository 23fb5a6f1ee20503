"""Reading settings from TOML and from environment variables."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields

from backup.settings import ConfigError, Settings


def load_settings(text: str, env: Mapping[str, str]) -> Settings:
    """Settings from the text of a TOML file and from the environment. Raises ConfigError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not TOML: {error}") from error
    known = {field.name for field in fields(Settings)}
    for key in values:
        if key not in known:
            raise ConfigError(f"unknown setting: {key}")
    if not values.get("source"):
        raise ConfigError("source is missing")
    target = env.get("BACKUP_TARGET") or values.get("target", Settings.target)
    compress = values.get("compress", Settings.compress)
    if env.get("BACKUP_COMPRESS"):
        if env["BACKUP_COMPRESS"] not in ("0", "1"):
            raise ConfigError("BACKUP_COMPRESS must be 0 or 1")
        compress = env["BACKUP_COMPRESS"] == "1"
    exclude = tuple(values.get("exclude", ()))
    if env.get("BACKUP_EXCLUDE"):
        exclude = tuple(part for part in env["BACKUP_EXCLUDE"].split(":") if part)
    return Settings(
        source=values["source"],
        target=target,
        keep_days=_keep_days(values, env),
        compress=compress,
        exclude=exclude,
    )


def _keep_days(values: dict, env: Mapping[str, str]) -> int:
    days = values.get("keep_days", Settings.keep_days)
    if env.get("BACKUP_KEEP_DAYS"):
        try:
            days = int(env["BACKUP_KEEP_DAYS"])
        except ValueError:
            days = 0
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise ConfigError("keep_days must be a whole number of at least 1")
    return days
