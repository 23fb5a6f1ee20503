"""Settings: one frozen object, built once, each value with where it came from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from smallcode_jupyter.models.escalation import EscalationMode
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.tasks import TECHNIQUES, Limits, Policy, Technique
from smallcode_jupyter.session.locks import Lock, read_locks, refused

__all__ = ["SETTING_NAMES", "Settings", "is_trusted", "load_settings", "trust"]

_PREFIX = "SMALLCODE_"
_ONLY_BY_PERSON = (
    "allow_remote",
    "escalate",
    "stronger_url",
    "stronger_key",
    "escalate_tokens",
    "escalate_dollars",
)
"""Settings that no `.env` may have, trusted or not."""
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
    allow_remote: str = ""
    """Names of hosts on other machines that may be asked without a question, separated by commas."""
    escalate: EscalationMode = "off"
    """Whether a stronger model is asked after the first has failed; `ask` shows what would be sent, each time."""
    escalate_after: int = 2
    """Failed answers of the first model before that."""
    escalate_tokens: int = 20_000
    """What the stronger model may read and write in one run."""
    escalate_dollars: float = 0.25
    """What it may cost in one run, where `stronger_price` says what it costs."""
    stronger_model: str | None = None
    """Its name. None: the best one of its server."""
    stronger_url: str | None = None
    """Its address, or a service: `anthropic`, `openai`, `deepseek`, `openrouter`."""
    stronger_key: str | None = None
    """Sent only to `stronger_url`. None: the service's own variable, such as `ANTHROPIC_API_KEY`."""
    stronger_price: str = ""
    """Dollars for a million tokens read and written, as `3/15`. Empty: not known."""
    policy: Policy = "trial"
    apply: Apply = "ask"
    """Of the command line: whether validated changes are written."""
    samples: bool = True
    """Whether the model is shown values out of data: rows, elements, the beginnings of texts."""
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
    """Where each value that is not the default came from; of a locked one, the administrator's file."""
    locked: frozenset[str] = frozenset()
    """Names of the settings that only an administrator can change."""

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
    def allowed_hosts(self) -> tuple[str, ...]:
        """What `allow_remote` names."""
        return tuple(host.strip().lower() for host in self.allow_remote.split(",") if host.strip())

    @property
    def limits(self) -> Limits:
        """What one run may spend."""
        return Limits(
            calls=self.max_calls,
            tokens=self.max_tokens,
            seconds=self.max_seconds,
            answer_tokens=self.answer_tokens,
        )

    def require_free(self, name: str) -> None:
        """Raises ConfigError where the setting is locked."""
        if name in self.locked:
            raise refused(name, getattr(self, name), self.sources[name])

    def wished_policy(self, wish: Policy | None) -> Policy:
        """The policy of one run, as it was wished for or as it is set. Raises ConfigError where it is locked."""
        if wish is not None and wish != self.policy:
            self.require_free("policy")
        return wish or self.policy

    def wished_limits(self, wish: Limits | None) -> Limits:
        """The limits of one run; a locked one can be wished lower only. Raises ConfigError for one wished higher."""
        for name in ("calls", "tokens", "seconds", "answer_tokens") if wish is not None else ():
            if getattr(wish, name) > getattr(self.limits, name):
                self.require_free(name if name == "answer_tokens" else f"max_{name}")
        return wish or self.limits

    @property
    def model_settings(self) -> ModelSettings:
        """The part that finding a model needs."""
        return ModelSettings(
            model=self.model,
            base_url=self.base_url,
            api_key=self.api_key,
            context_window=self.context_window,
            allowed=self.allowed_hosts,
        )

    def describe(self) -> tuple[tuple[str, str, str], ...]:
        """Name, value (a key is masked) and source of every setting."""
        rows = []
        for name in SETTING_NAMES:
            value = getattr(self, name)
            text = "(set)" if name.endswith("_key") and value else "" if value is None else str(value)
            source = self.sources.get(name, "default")
            rows.append((name, text, f"locked by {source}" if name in self.locked else source))
        return tuple(rows)


SETTING_NAMES: tuple[str, ...] = (
    "model",
    "base_url",
    "api_key",
    "context_window",
    "allow_remote",
    "escalate",
    "escalate_after",
    "escalate_tokens",
    "escalate_dollars",
    "stronger_model",
    "stronger_url",
    "stronger_key",
    "stronger_price",
    "policy",
    "apply",
    "samples",
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
    """What an administrator locked, explicit values, the environment, `.env` of a trusted folder, the defaults.

    Raises ConfigError naming the setting that is malformed, or explicitly set to something else than it is locked to.
    """
    from pydantic import ValidationError

    explicit = {name: value for name, value in (given or {}).items() if value is not None}
    unknown = explicit.keys() - set(SETTING_NAMES)
    if unknown:
        raise ConfigError(
            f"There is no setting {sorted(unknown)[0]!r}.", hint=f"Settings are: {', '.join(SETTING_NAMES)}."
        )
    locks = read_locks(SETTING_NAMES)
    fixed = {name: lock.value for name, lock in locks.items()}
    env_file = root / ".env"
    is_used = env_file.is_file() and state is not None and is_trusted(root, state)
    try:
        loaded = _model_class()(_env_file=env_file if is_used else None, **{**explicit, **fixed})
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
    sources = _sources(values, locks, explicit)
    settings = Settings(**values, sources=sources, locked=frozenset(locks))
    for name in explicit.keys() & locks.keys():
        if str(explicit[name]) != str(values[name]):
            settings.require_free(name)
    _refuse_careless(settings)
    return settings


def _sources(
    values: Mapping[str, object], locks: Mapping[str, Lock], explicit: Mapping[str, object]
) -> dict[str, str]:
    defaults = Settings()
    sources = {}
    for name in SETTING_NAMES:
        if name in locks:
            sources[name] = str(locks[name].file)
        elif name in explicit:
            sources[name] = "set here"
        elif _PREFIX + name.upper() in {key.upper() for key in os.environ}:
            sources[name] = "environment"
        elif values[name] != getattr(defaults, name):
            sources[name] = ".env"
    return sources


def _refuse_careless(settings: Settings) -> None:
    """Raises ConfigError for a consent that is none: to every host, or by a folder instead of the person."""
    for name in _ONLY_BY_PERSON:
        if settings.sources.get(name) == ".env":
            raise ConfigError(
                f"The setting {name} cannot come from a folder's .env.",
                why="What may leave this machine is for the person to say, not for a folder.",
                hint=f"Set it with %smallcode set {name} VALUE, or {_PREFIX}{name.upper()} in the environment.",
            )
    if unclear := {"true", "yes", "on", "1", "*"} & set(settings.allowed_hosts):
        raise ConfigError(
            f"The setting allow_remote cannot be {unclear.pop()!r}.",
            why="It names the hosts that may be asked.",
            hint="Write their names, separated by commas: api.example.com,10.0.0.7.",
        )


def _model_class() -> Any:  # built on demand: importing pydantic takes longer than the whole package
    from pydantic import create_model
    from pydantic_settings import BaseSettings, SettingsConfigDict

    hints: dict[str, Any] = {
        "model": str | None,
        "base_url": str | None,
        "api_key": str | None,
        "context_window": int | None,
        "allow_remote": str,
        "escalate": Literal[get_args(EscalationMode)],
        "escalate_after": int,
        "escalate_tokens": int,
        "escalate_dollars": float,
        "stronger_model": str | None,
        "stronger_url": str | None,
        "stronger_key": str | None,
        "stronger_price": str,
        "policy": Literal[get_args(Policy)],
        "apply": Literal[get_args(Apply)],
        "samples": bool,
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
