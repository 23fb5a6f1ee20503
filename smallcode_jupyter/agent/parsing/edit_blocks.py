"""Edits as old and new text: what search-and-replace blocks and the hunks of a diff have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from smallcode_jupyter.agent.parsing.content import is_elision
from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.agent.parsing.paths import complete_path, place_file
from smallcode_jupyter.agent.parsing.source import RawCall
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair

__all__ = ["EditBlock", "EditReading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditBlock:
    """One edit as written."""

    start: int
    end: int
    path: str | None
    old: str
    new: str
    repair: str = ""


@dataclass(slots=True, kw_only=True)
class EditReading:
    """What was found so far. Mutable: it lives inside one reading."""

    expectation: Expectation
    kind: str
    """What a block is called to the model: `search-and-replace block`, `hunk`."""
    hint: str
    """How a block with its path is written."""
    calls: list[RawCall] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mend(self, repair: Repair | None) -> None:
        """Note what was mended, once."""
        if repair is not None and repair not in self.repairs:
            self.repairs.append(repair)

    def add(self, block: EditBlock, path: str | None) -> None:
        """The block as calls, or the problem of it."""
        expectation = self.expectation
        if path is None and expectation.default_path is None:
            self.problems.append(self._no_path())
            return
        if path is None:
            path = expectation.default_path or ""
            self.mend(Repair(name="inferred-path", detail=path))
        is_new = not block.old.strip()
        placed, repair = (place_file if is_new else complete_path)(path, expectation)
        if is_new and placed in expectation.known_paths:
            self.problems.append(self._empty_search(placed))
            return
        if block.old == block.new:
            self.problems.append(self._no_change(placed))
            return
        self.mend(repair)
        self.mend(Repair(name=block.repair, detail=placed) if block.repair else None)
        self.spans.append((block.start, block.end))
        if is_new:
            self.mend(Repair(name="empty-search", detail=placed))
            self.calls.append(RawCall(name="write_file", arguments={"path": placed, "content": block.new}))
            return
        for old, new in self._edits(block, placed):
            self.calls.append(RawCall(name="edit_file", arguments={"path": placed, "old": old, "new": new}))

    def _edits(self, block: EditBlock, path: str) -> list[tuple[str, str]]:
        """The block as one edit; several where both sides leave out the same lines between."""
        old, new = _around_elisions(block.old, path), _around_elisions(block.new, path)
        changed = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
        is_elided = 1 < len(old) == len(new) and changed and all(before.strip() for before, _ in changed)
        if not is_elided:
            return [(block.old, block.new)]
        self.mend(Repair(name="elided-block", detail=path))
        return changed

    def _no_path(self) -> Problem:
        return Problem(
            code="missing_path",
            what=f"A {self.kind} has no path.",
            why="It is not known which file to change.",
            hint=self.hint,
        )

    def _empty_search(self, path: str) -> Problem:
        return Problem(
            code="empty_search",
            what=f"A {self.kind} for {path} has no old lines.",
            why="The file exists, so it is not known where the new lines go.",
            hint="Copy the lines next to the place as they are in the file.",
        )

    def _no_change(self, path: str) -> Problem:
        return Problem(
            code="no_change",
            what=f"A {self.kind} for {path} changes nothing.",
            why="The old and the new lines are the same.",
            hint="Write the lines as they should become.",
        )


def _around_elisions(text: str, path: str) -> list[str]:
    """The text in pieces, cut at the lines that stand for lines left out."""
    if "..." not in text and "…" not in text:
        return [text]
    pieces: list[str] = [""]
    before = ""
    for line in text.splitlines(keepends=True):
        if is_elision(line.rstrip("\n"), path, before=before):
            pieces.append("")
        else:
            pieces[-1] += line
        before = line if line.strip() else before
    return pieces
