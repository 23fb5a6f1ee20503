"""Settings: one frozen object, built once, each value with where it came from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.tasks import TECHNIQUES, Limits, Policy, Technique

__all__ = ["SETTING_NAMES", "Settings", "is_trusted", "load_settings", "trust"]

_PREFIX = "SMALLCODE_"
Apply = Literal["auto", "ask", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set. Environment names are `SMALLCODE_` and the name in capitals."""

    model: str | None = None
    """Name of the model on the server, or of an embedded one (`1.5b`). None: whatever is found."""
    base_url: str | None = None
    """Of an OpenAI-compatible server, e.g. `http://127.0.0.1:11434/v1`. None: look for one."""
    api_key: str | None = None
    """Sent only to `base_url`."""
    context_window: int | None = None
    """Tokens. None: what the server says."""
    allow_remote: bool = False
    """Whether `base_url` may be another machine."""
    policy: Policy = "trial"
    apply: Apply = "ask"
    """Of the command line: whether validated changes are written."""
    temperature: float | None = None
    """Of the first attempt. None: the model's profile."""
    max_calls: int = 8
    max_tokens: int = 60_000
    max_seconds: float = 300.0
    answer_tokens: int = 2_048
    recording: str | None = None
    """A file of recorded answers that replaces the model. None: ask a model."""
    record_to: str | None = None
    """A file that every answer is recorded in. None: record nothing."""
    without: str = ""
    """Techniques to switch off, for measuring what they are worth: `parsing`, `routing`, ..., separated by commas."""
    seed: int = 0
    """Another one draws other samples; it matters only above temperature 0."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where each value that is not the default came from."""

    @property
    def techniques_off(self) -> tuple[Technique, ...]:
        """What `without` names, in the order of `TECHNIQUES`."""
        named = {word.strip() for word in self.without.split(",")}
        return tuple(technique for technique in TECHNIQUES if technique in named)

    def switched(self, technique: str, state: str) -> str:
        """`without` with one technique switched `on` or `off`. Raises ConfigError for another word."""
        if state not in ("on", "off"):
            raise ConfigError(
                f"{technique} cannot be {state!r}.", hint=f"%smallcode set {technique} on, or off."
            )
        off = {*self.techniques_off, technique} if state == "off" else {*self.techniques_off} - {technique}
        return ",".join(name for name in TECHNIQUES if name in off)

    @property
    def limits(self) -> Limits:
        """What one run may spend."""
        return Limits(
            calls=self.max_calls,
            tokens=self.max_tokens,
            seconds=self.max_seconds,
            answer_tokens=self.answer_tokens,
        )

    @property
    def model_settings(self) -> ModelSettings:
        """The part that finding a model needs."""
        return ModelSettings(
            model=self.model,
            base_url=self.base_url,
            api_key=self.api_key,
            context_window=self.context_window,
            allows_remote=self.allow_remote,
        )

    def describe(self) -> tuple[tuple[str, str, str], ...]:
        """Name, value (a key is masked) and source of every setting."""
        rows = []
        for name in SETTING_NAMES:
            value = getattr(self, name)
            text = "(set)" if name == "api_key" and value else "" if value is None else str(value)
            rows.append((name, text, self.sources.get(name, "default")))
        return tuple(rows)


SETTING_NAMES: tuple[str, ...] = (
    "model",
    "base_url",
    "api_key",
    "context_window",
    "allow_remote",
    "policy",
    "apply",
    "temperature",
    "max_calls",
    "max_tokens",
    "max_seconds",
    "answer_tokens",
    "recording",
    "record_to",
    "without",
    "seed",
)


def load_settings(
    root: Path, *, given: Mapping[str, object] | None = None, state: Path | None = None
) -> Settings:
    """Explicit values, then the environment, then `.env` of a trusted folder, then the defaults.

    Raises ConfigError naming the setting that is malformed.
    """
    from pydantic import ValidationError

    explicit = {name: value for name, value in (given or {}).items() if value is not None}
    unknown = explicit.keys() - set(SETTING_NAMES)
    if unknown:
        raise ConfigError(
            f"There is no setting {sorted(unknown)[0]!r}.", hint=f"Settings are: {', '.join(SETTING_NAMES)}."
        )
    env_file = root / ".env"
    is_used = env_file.is_file() and state is not None and is_trusted(root, state)
    try:
        loaded = _model_class()(_env_file=env_file if is_used else None, **explicit)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).lower() if first["loc"] else "a setting"
        raise ConfigError(
            f"The setting {name} cannot be {first.get('input')!r}.",
            why=str(first["msg"]) + ".",
            hint=f"Set it with %smallcode set {name} VALUE, or {_PREFIX}{name.upper()} in the environment.",
        ) from error
    values = {name: getattr(loaded, name) for name in SETTING_NAMES}
    unknown = {word.strip() for word in values["without"].split(",")} - {"", *TECHNIQUES}
    if unknown:
        raise ConfigError(
            f"There is no technique {sorted(unknown)[0]!r}.", hint=f"Techniques are: {', '.join(TECHNIQUES)}."
        )
    defaults = Settings()
    sources = {}
    for name in SETTING_NAMES:
        if name in explicit:
            sources[name] = "set here"
        elif _PREFIX + name.upper() in {key.upper() for key in os.environ}:
            sources[name] = "environment"
        elif values[name] != getattr(defaults, name):
            sources[name] = ".env"
    return Settings(**values, sources=sources)


def _model_class() -> Any:  # built on demand: importing pydantic takes longer than the whole package
    from pydantic import create_model
    from pydantic_settings import BaseSettings, SettingsConfigDict

    hints: dict[str, Any] = {
        "model": str | None,
        "base_url": str | None,
        "api_key": str | None,
        "context_window": int | None,
        "allow_remote": bool,
        "policy": Literal[get_args(Policy)],
        "apply": Literal[get_args(Apply)],
        "temperature": float | None,
        "max_calls": int,
        "max_tokens": int,
        "max_seconds": float,
        "answer_tokens": int,
        "recording": str | None,
        "record_to": str | None,
        "without": str,
        "seed": int,
    }
    defaults = Settings()
    config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="ignore", env_ignore_empty=True, protected_namespaces=()
    )

    class _Loaded(BaseSettings):
        model_config = config

    fields: dict[str, Any] = {name: (hint, getattr(defaults, name)) for name, hint in hints.items()}
    return create_model("LoadedSettings", __base__=_Loaded, **fields)


def _trust_file(state: Path) -> Path:
    return state / "trusted.json"


def is_trusted(root: Path, state: Path) -> bool:
    """Whether the person said that this folder's `.env` may be read."""
    try:
        trusted = json.loads(_trust_file(state).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(trusted, list) and str(root.resolve()) in cast("list[object]", trusted)


def trust(root: Path, state: Path) -> None:
    """Remember that this folder's `.env` may be read."""
    file = _trust_file(state)
    try:
        trusted = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        trusted = []
    folders = sorted({*(str(item) for item in trusted), str(root.resolve())})
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(folders, indent=1), encoding="utf-8")
    temporary.replace(file)
