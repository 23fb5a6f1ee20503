"""What a server turns out not to take, learned from its refusals: a table in `quirks.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from smallcode_jupyter.models.failures import Refusal, is_overflow
from smallcode_jupyter.models.json_http import as_object
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.model import ModelProfile
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Quirk", "Quirks", "load_quirks"]

_NOT_UNDERSTOOD = (400, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """One thing that some servers refuse."""

    name: str
    says: str
    """A regular expression for the words of the refusal."""
    drop: tuple[str, ...] = ()
    """Fields of the request that are left out from then on."""
    rename: Mapping[str, str] = field(default_factory=dict)
    """Fields that go by another name from then on."""
    profile: Mapping[str, Json] = field(default_factory=dict)
    """Fields of the model's profile that hold from then on."""


@cache
def load_quirks() -> tuple[Quirk, ...]:
    """The table that ships with the package, in its order. Raises ValueError if it is malformed."""
    text = resources.files("smallcode_jupyter.models").joinpath("quirks.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["quirk"]
    return tuple(Quirk(**{**row, "drop": tuple(row.get("drop", ()))}) for row in rows)


class Quirks:
    """Of one server. Each is learned once, so a server that refuses everything is not asked for ever."""

    def __init__(self) -> None:
        self._learned: list[Quirk] = []

    @property
    def names(self) -> tuple[str, ...]:
        """What was learned, in order."""
        return tuple(quirk.name for quirk in self._learned)

    def learn(self, refusal: Refusal, profile: ModelProfile) -> ModelProfile | None:
        """The profile to ask with now, if the refusal says what to do differently; else None."""
        if refusal.status not in _NOT_UNDERSTOOD or is_overflow(refusal.message):
            return None
        for quirk in load_quirks():
            if quirk not in self._learned and re.search(quirk.says, refusal.message, re.IGNORECASE):
                self._learned.append(quirk)
                return decode(ModelProfile, {**as_object(encode(profile)), **quirk.profile})
        return None

    def applied(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """The body of a request as this server takes it."""
        fields = dict(body)
        for quirk in self._learned:
            fields = {
                quirk.rename.get(name, name): value
                for name, value in fields.items()
                if name not in quirk.drop
            }
        return fields
