"""Finding a model among those that a server has, by a name as people write it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from smallcode_jupyter.protocol.errors import UnknownModel

__all__ = ["by_closeness", "find_name", "unknown_model"]

_SHOWN = 8


def find_name(wanted: str, names: Sequence[str]) -> str | None:
    """The one of these names that is meant, or None. Case, folder, `.gguf` and `:latest` may be left out."""
    if wanted in names:
        return wanted
    return next((name for name in names if _plain(name) == _plain(wanted)), None)


def by_closeness(wanted: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names, the most similar first."""

    def distance(name: str) -> float:
        return -SequenceMatcher(None, _plain(wanted), _plain(name)).ratio()

    return tuple(sorted(names, key=distance))


def unknown_model(wanted: str, names: Sequence[str], *, where: str) -> UnknownModel:
    """The error that names what there is instead."""
    near = by_closeness(wanted, names)
    more = f" and {len(near) - _SHOWN} more" if len(near) > _SHOWN else ""
    return UnknownModel(
        f"There is no model {wanted!r} {where}.",
        why=f"There are: {', '.join(near[:_SHOWN])}{more}." if near else "There is no model at all.",
        hint=f"Did you mean {near[0]!r}?" if near else "Load or pull a model first.",
    )


def _plain(name: str) -> str:
    return name.lower().rsplit("/", 1)[-1].removesuffix(".gguf").removesuffix(":latest")
