"""Which profile a model has: a table in `profiles.toml`, looked up by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources

from smallcode_jupyter.models.json_http import as_object
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.model import ModelProfile
from smallcode_jupyter.protocol.tools import Json

__all__ = ["ProfileTable", "load_profiles", "profile_for", "rank_models"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    """The facts of `profiles.toml`, in its order."""

    entries: tuple[tuple[tuple[str, ...], ModelProfile], ...]
    """Patterns and the profile of the names that fit; the first fit wins."""
    default: ModelProfile
    """Of every other name."""
    not_chat: tuple[str, ...]
    """Patterns of models that cannot be talked to."""
    preferred: tuple[str, ...]
    """Patterns of models to take first where the person named none."""


@cache
def load_profiles() -> ProfileTable:
    """The table that ships with the package. Raises ValueError if it is malformed."""
    text = resources.files("smallcode_jupyter.models").joinpath("profiles.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    default = _profile(table["default"], base=ModelProfile(name="default"))
    entries = tuple(
        (tuple(pattern.lower() for pattern in row["patterns"]), _profile(row, base=default))
        for row in table["profile"]
    )
    return ProfileTable(
        entries=entries,
        default=default,
        not_chat=tuple(table["choice"]["not_chat"]),
        preferred=tuple(table["choice"]["preferred"]),
    )


def profile_for(model_name: str) -> ModelProfile:
    """The profile of a model by its name, in whatever case and with whatever folder or suffix; never fails."""
    table = load_profiles()
    for patterns, profile in table.entries:
        if _is_match(model_name, patterns):
            return profile
    return table.default


def rank_models(names: tuple[str, ...]) -> tuple[str, ...]:
    """The models that can be talked to, best suited for code first, else in their order."""
    table = load_profiles()
    talkers = [name for name in names if not _is_match(name, table.not_chat)]
    return tuple(sorted(talkers, key=lambda name: _preference(name, table.preferred)))


def _preference(name: str, patterns: tuple[str, ...]) -> int:
    return next((i for i, pattern in enumerate(patterns) if _is_match(name, (pattern,))), len(patterns))


def _is_match(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in patterns)


def _profile(row: dict[str, Json], *, base: ModelProfile) -> ModelProfile:
    fields = {key: value for key, value in row.items() if key != "patterns"}
    return decode(ModelProfile, {**as_object(encode(base)), **fields})
