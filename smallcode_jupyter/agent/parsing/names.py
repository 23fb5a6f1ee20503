"""Which tool a model means by a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import ToolSpec

__all__ = ["NamedTool", "ToolIndex", "closest", "index_tools", "plain"]

_CUTOFF = 0.86
"""Similarity from which a misspelled name counts as meant."""
_LONGEST = 64
"""Characters; longer names are no misspelling of a tool's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTool:
    """A tool that was found by name."""

    spec: ToolSpec
    repair: Repair | None = None
    """How the name had to be read; None where it was the tool's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolIndex:
    """The tools by every name they answer to, plain (`plain()`)."""

    specs: tuple[ToolSpec, ...]
    by_name: Mapping[str, ToolSpec]
    keys: frozenset[str]
    """Plain names of all arguments, aliases too."""
    distinct: tuple[str, ...]
    """Names and aliases that are no plain words: nothing else is called so."""

    def find(self, name: str, *, may_be_misspelled: bool = True) -> NamedTool | None:
        """The tool of this name, alias, case or unique close spelling; None if there is none.

        Before it a namespace may stand (`functions.`), after it a token of the template that a server let through.
        """
        short = re.split(r"[.:/]", name.partition("<|")[0].strip())[-1]
        if not 0 < len(short) <= _LONGEST:
            return None
        key = plain(short)
        spec = self.by_name.get(key)
        if spec is None and may_be_misspelled:
            close = closest(key, tuple(self.by_name))
            owners = {self.by_name[known].name for known in close}
            spec = self.by_name[close[0]] if len(owners) == 1 else None
        if spec is None:
            return None
        return NamedTool(spec=spec, repair=_named(name.strip(), key, spec))

    def find_distinct(self, name: str) -> ToolSpec | None:
        """The tool of this name, or alias that is no plain word: people have functions called `test` or `find`."""
        found = self.find(name, may_be_misspelled=False)
        if found is None:
            return None
        last = re.split(r"[.:/]", name.strip())[-1]
        return found.spec if last == found.spec.name or not last.islower() or "_" in last else None

    @property
    def names(self) -> str:
        """All names, for a sentence to the model."""
        return ", ".join(spec.name for spec in self.specs)


def _named(name: str, key: str, spec: ToolSpec) -> Repair | None:
    if name == spec.name:
        return None
    if name in spec.aliases:
        return Repair(name=f"alias:{name}", detail=spec.name)
    is_same = key == plain(spec.name) or key in map(plain, spec.aliases)
    return Repair(name="tool-name" if is_same else "tool-spelling", detail=f"{name} -> {spec.name}")


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """A name without case, underscores, hyphens and spaces."""
    return re.sub(r"[\W_]+", "", name.lower())


@lru_cache(maxsize=256)
def closest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Known plain names that this one may be a misspelling of, best first."""
    if len(name) > _LONGEST:
        return ()
    return tuple(difflib.get_close_matches(name, known, n=3, cutoff=_CUTOFF))


def index_tools(specs: Sequence[ToolSpec]) -> ToolIndex:
    """The index. A tool's own name wins over another's alias; of equal aliases the first tool's."""
    return _index(tuple(specs))


@lru_cache(maxsize=8)
def _index(specs: tuple[ToolSpec, ...]) -> ToolIndex:
    """The tools are the same in every turn of a run: the last few indices are kept."""
    by_name: dict[str, ToolSpec] = {plain(spec.name): spec for spec in specs}
    for spec in specs:
        for alias in spec.aliases:
            by_name.setdefault(plain(alias), spec)
    parameters = [parameter for spec in specs for parameter in spec.parameters]
    keys = {plain(key) for parameter in parameters for key in (parameter.name, *parameter.aliases)}
    aliases = [alias for spec in specs for alias in spec.aliases if "_" in alias]
    distinct = tuple(dict.fromkeys([*(spec.name for spec in specs), *aliases]))
    return ToolIndex(specs=specs, by_name=by_name, keys=frozenset(keys), distinct=distinct)
