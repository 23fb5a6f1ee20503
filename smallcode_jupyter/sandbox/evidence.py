"""What the kernel sees of a copy from outside, while it waits to be ended: memory and files that differ.

A report is what the code in the copy may have written itself; this is not. It is added to the report, and what the
report says of the same things gives way to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smallcode_jupyter.sandbox.files import changed_files
from smallcode_jupyter.sandbox.forked import CopyRequest
from smallcode_jupyter.sandbox.namespaces import LAYER
from smallcode_jupyter.sandbox.pages import changed_bytes
from smallcode_jupyter.sandbox.policy import FileChange, TrialReport, ValueChange
from smallcode_jupyter.sandbox.values import describe_value

__all__ = ["Evidence", "gather_evidence", "with_evidence"]

_DESCRIBED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was seen."""

    changed_bytes: Mapping[str, int]
    """For each array or table that differs in the copy."""
    files: tuple[FileChange, ...] = ()
    gap: str = ""
    """What could not be seen, as a sentence; empty if nothing."""


def gather_evidence(process: int, request: CopyRequest) -> Evidence:
    """Look at the copy, which must still be there. What cannot be seen is said."""
    changed: Mapping[str, int] = {}
    files: tuple[FileChange, ...] = ()
    gap = ""
    try:
        if request.buffers:
            changed = changed_bytes(process, request.buffers)
        if request.workspace is not None:
            files = changed_files(process, request.scratch / LAYER, request.workspace)
    except OSError as error:
        gap = f"The copy could not be looked at from outside ({error.strerror}): what changed is what it says itself."
    return Evidence(changed_bytes=changed, files=files, gap=gap)


def with_evidence(report: TrialReport, evidence: Evidence, namespace: Mapping[str, object]) -> TrialReport:
    """The report, with what was seen instead of what was said about the same, and with what the variables were."""
    rebound = {change.name for change in report.values if change.kind in ("changed", "deleted")}
    values: list[ValueChange] = []
    for change in report.values:
        seen = evidence.changed_bytes.get(change.name, 0)
        if change.kind == "changed inside" and change.changed_bytes and not seen and not evidence.gap:
            continue  # written, with what was there already
        values.append(replace(change, changed_bytes=seen) if change.kind == "changed inside" else change)
    told = {change.name for change in values}
    values += [
        ValueChange(name=name, kind="changed inside", changed_bytes=count)
        for name, count in evidence.changed_bytes.items()
        if name not in told | rebound
    ]
    values = [_with_before(change, namespace, place < _DESCRIBED) for place, change in enumerate(values)]
    changed = {change.name for change in values if change.kind in ("changed", "changed inside")}
    return replace(
        report,
        values=tuple(values),
        changed=tuple(sorted(changed)),
        files=evidence.files,
        reason=report.reason or evidence.gap,
    )


def _with_before(change: ValueChange, namespace: Mapping[str, object], is_described: bool) -> ValueChange:
    if change.kind == "added" or not is_described or change.name not in namespace:
        return change
    return replace(change, before=describe_value(namespace[change.name]))
