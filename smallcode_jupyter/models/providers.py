"""Services that can be named instead of an address: a table in `providers.toml`."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from smallcode_jupyter.models.address import normal_base_url
from smallcode_jupyter.protocol.errors import ConfigError

__all__ = ["Provider", "load_providers", "provider_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where a service is asked, and which variable of the environment holds its key."""

    name: str
    """Empty for a plain address."""
    base_url: str
    key_variable: str = ""
    """Read only where the service is named; its value is sent nowhere else."""

    def key(self, setting: str | None) -> str | None:
        """The key: the setting, else the service's own variable."""
        return setting or (os.environ.get(self.key_variable) if self.key_variable else None) or None


@cache
def load_providers() -> dict[str, Provider]:
    """The table that ships with the package, by name. Raises ValueError if it is malformed."""
    text = resources.files("smallcode_jupyter.models").joinpath("providers.toml").read_text(encoding="utf-8")
    return {name: Provider(name=name, **row) for name, row in tomllib.loads(text).items()}


def provider_of(address: str) -> Provider:
    """The service of this name, or of this address. Raises ConfigError for what is neither."""
    if (known := load_providers().get(address.strip().lower())) is not None:
        return known
    try:
        return Provider(name="", base_url=normal_base_url(address))
    except ConfigError as error:
        raise ConfigError(
            f"{address!r} is neither an address nor a known service.",
            why=error.why,
            hint=f"Services are: {', '.join(load_providers())}.",
        ) from error
