"""What stands on the `%%smallcode` line, and the words below it, which are taken literally."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tasks import Limits, Policy, Surface

__all__ = ["MagicOptions", "option_names", "parse_magic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MagicOptions:
    """One cell's wishes."""

    words: str
    """Exactly as typed, but for blank lines around them."""
    surface: Surface = "notebook"
    policy: Policy | None = None
    """None: the setting."""
    is_raw: bool = False
    """Whether the model's answers are shown unfolded."""
    settings: tuple[tuple[str, str], ...] = ()
    """Settings for this run alone: `model`, `base_url`, `temperature`."""
    limits: tuple[tuple[str, float], ...] = ()
    """Limits for this run alone: fields of `Limits`."""

    def limited(self, limits: Limits) -> Limits | None:
        """The limits with this cell's wishes, or None where it has none."""
        if not self.limits:
            return None
        wishes = dict(self.limits)
        return replace(
            limits,
            calls=int(wishes.get("calls", limits.calls)),
            tokens=int(wishes.get("tokens", limits.tokens)),
            seconds=wishes.get("seconds", limits.seconds),
        )


@dataclass(slots=True, kw_only=True)
class _Draft:
    fields: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)


_Setter = Callable[[_Draft, str], None]


def _setting(name: str) -> _Setter:
    def set_it(draft: _Draft, value: str) -> None:
        draft.settings[name] = value

    return set_it


def _number(name: str) -> _Setter:
    def set_it(draft: _Draft, value: str) -> None:
        number = float(value)
        if not 0 < number < 1e12:
            raise ValueError(value)
        draft.limits[name] = number

    return set_it


def _temperature(draft: _Draft, value: str) -> None:
    if not 0 <= float(value) <= 2:
        raise ValueError(value)
    draft.settings["temperature"] = value


def _policy(draft: _Draft, value: str) -> None:
    if value not in get_args(Policy):
        raise ValueError(value)
    draft.fields["policy"] = value


def _field(name: str, chosen: object) -> _Setter:
    def set_it(draft: _Draft, value: str) -> None:
        draft.fields[name] = chosen

    return set_it


_OPTIONS: dict[str, tuple[str, _Setter]] = {
    "--model": ("M", _setting("model")),
    "--base-url": ("U", _setting("base_url")),
    "--policy": ("|".join(get_args(Policy)), _policy),
    "--max-seconds": ("N", _number("seconds")),
    "--max-tokens": ("N", _number("tokens")),
    "--max-calls": ("N", _number("calls")),
    "--temperature": ("T", _temperature),
    "--files": ("", _field("surface", "files")),
    "--cell": ("", _field("surface", "notebook")),
    "--raw": ("", _field("is_raw", True)),
}
"""Option -> what its value is (empty: it has none), how it is taken."""

_TOKEN = re.compile(r"""(?P<name>--?[A-Za-z][\w-]*)(?P<equals>=)?""")
_VALUE = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))""")


def option_names() -> str:
    """All options as they are written, for a sentence."""
    return ", ".join(f"{name} {meta}".strip() for name, (meta, _) in _OPTIONS.items())


def parse_magic(line: str, body: str) -> MagicOptions:
    """The options at the start of the line; what follows them there, and the body, are words.

    Raises UsageError naming the options where one is unknown or its value does not fit.
    """
    draft = _Draft()
    rest = line.strip()
    while found := _TOKEN.match(rest):
        name = found["name"]
        if name not in _OPTIONS:
            raise UsageError(f"There is no option {name}.", hint=f"Options are: {option_names()}.")
        rest = _take(draft, name, rest[found.end() :], has_equals=bool(found["equals"]))
    words = "\n".join(part for part in (rest, body) if part.strip())
    return MagicOptions(
        words=words.strip("\r\n"),
        settings=tuple(draft.settings.items()),
        limits=tuple(draft.limits.items()),
        **draft.fields,
    )


def _take(draft: _Draft, name: str, rest: str, *, has_equals: bool) -> str:
    """Take one option's value; what is left of the line."""
    meta, setter = _OPTIONS[name]
    if not meta:
        setter(draft, "")
        return rest.lstrip()
    found = _VALUE.match(rest)
    if found is None or (not has_equals and rest.lstrip().startswith("--")):
        raise UsageError(f"The option {name} needs a value: {name} {meta}.")
    value = next(part for part in found.groups() if part is not None)
    try:
        setter(draft, value)
    except ValueError as error:
        raise UsageError(f"The option {name} cannot be {value!r}.", hint=f"Write {name} {meta}.") from error
    return rest[found.end() :].lstrip()
