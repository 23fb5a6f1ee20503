"""What was found out about a model by asking it small questions, and what follows for asking it real ones.

The questions are asked and graded in `session/probing.py`. Their result is kept per model in the state folder, and
overrides the protocol and the edit format of the model's profile whenever the model is opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from smallcode_jupyter.models.local.lock import read_object, replace_object
from smallcode_jupyter.models.local.places import state_folder
from smallcode_jupyter.models.naming import find_name
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.model import EditFormat, ModelInfo, ModelProfile, ToolProtocol

__all__ = [
    "ProbeOutcome",
    "ProbeReport",
    "Way",
    "all_probes",
    "best_way",
    "forget_probes",
    "probe_file",
    "recall_probe",
    "save_probe",
    "with_probe",
]

Way = Literal["native", "json", "whole", "search_replace", "definitions", "choice", "schema", "steady"]
"""What a question finds out. The first two: calls of tools. The next three: edits in fenced blocks. `choice` and
`schema`: whether the server holds an answer to a constraint. `steady`: whether greedy answers end instead of repeating
themselves."""
_QUESTIONS_VERSION = 1
"""Raised when the questions or their grading change: older results then count for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOutcome:
    """One question."""

    way: Way
    about: str
    """What was to be done, in a few words."""
    is_obeyed: bool
    note: str = ""
    """Why not, or what else was seen."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """What one probe of a model found."""

    model: str
    server: str
    """As `ModelInfo.server`."""
    fingerprint: str
    date: str
    """When it was done, as `2026-11-23`."""
    outcomes: tuple[ProbeOutcome, ...]
    tool_protocol: ToolProtocol
    """What the model is asked with from now on."""
    edit_format: EditFormat
    thinks: bool = False
    """Whether it reasons before it answers."""
    stop_words: tuple[str, ...] = ()
    """Marks of the template that it printed into its answers."""
    version: int = _QUESTIONS_VERSION

    @property
    def seconds(self) -> float:
        """All the asking."""
        return sum(outcome.seconds for outcome in self.outcomes)


def best_way(outcomes: Sequence[ProbeOutcome], profile: ModelProfile) -> tuple[ToolProtocol, EditFormat]:
    """How to ask a model with these outcomes: as its profile says, unless another way is obeyed better.

    In text a model reads and searches by lines of JSON and writes in fenced blocks; native calls must do both.
    """
    edit_format = profile.edit_format
    other: EditFormat = "whole" if edit_format == "search_replace" else "search_replace"
    if _obeyed(outcomes, other) > _obeyed(outcomes, edit_format):
        edit_format = other
    native, lines, blocks = (_obeyed(outcomes, way) for way in ("native", "json", edit_format))
    is_json = lines > blocks or (lines == blocks and profile.tool_protocol == "json")
    in_text = (lines + max(lines, blocks)) / 2
    if native > in_text or (native == in_text and profile.tool_protocol == "native"):
        return "native", edit_format
    return ("json" if is_json else "blocks"), edit_format


def _obeyed(outcomes: Sequence[ProbeOutcome], way: str) -> float:
    """The share of the questions of this way that were obeyed; 0 where none was asked."""
    hits = [outcome.is_obeyed for outcome in outcomes if outcome.way == way]
    return sum(hits) / len(hits) if hits else 0.0


def probe_file(info: ModelInfo) -> Path:
    """Where the result of these weights is kept. Kinds of servers give fingerprints of different kinds."""
    key = sha256(f"{info.name}\0{info.fingerprint}".encode()).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9.-]", "-", info.name)[:40]
    return _folder() / f"{stem}-{key}.json"


def save_probe(info: ModelInfo, report: ProbeReport) -> Path:
    """Keep it for the next time the model is opened; where it lies. Raises OSError."""
    file = probe_file(info)
    file.parent.mkdir(parents=True, exist_ok=True)
    encoded = encode(report)
    assert isinstance(encoded, dict)
    replace_object(file, {**encoded, "version": report.version})
    return file


def recall_probe(info: ModelInfo) -> ProbeReport | None:
    """What is kept of this model; None if nothing, or nothing that still counts."""
    return _read(probe_file(info))


def all_probes() -> tuple[ProbeReport, ...]:
    """Everything that is kept and still counts."""
    reports = (_read(file) for file in sorted(_folder().glob("*.json")))
    return tuple(report for report in reports if report is not None)


def forget_probes(model: str | None = None) -> tuple[str, ...]:
    """Drop what is kept of a model, or everything; the names of the models it was about. Raises OSError."""
    dropped: list[str] = []
    for file in sorted(_folder().glob("*.json")):
        report = _read(file)
        name = report.model if report is not None else ""
        if model is None or (name and find_name(model, (name,)) is not None):
            file.unlink(missing_ok=True)
            dropped += [name] if name else []
    return tuple(dict.fromkeys(dropped))


def with_probe(info: ModelInfo) -> ModelInfo:
    """The model as it is asked: its profile, with what a probe found in place of the general rule."""
    report = recall_probe(info)
    if report is None:
        return info
    profile = replace(
        info.profile, tool_protocol=report.tool_protocol, edit_format=report.edit_format, is_probed=True
    )
    return replace(info, profile=profile)


def _folder() -> Path:
    return state_folder() / "probes"


def _read(file: Path) -> ProbeReport | None:
    try:
        report = decode(ProbeReport, read_object(file))
    except ValueError:
        return None
    return report if report.version == _QUESTIONS_VERSION else None
