"""Search and replace that never guesses: done where it is certain, explained where it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.errors import Problem

__all__ = ["EditOutcome", "apply_search_replace"]

_SHOWN_LINES = 30
_SHOWN_CHARS = 1_500
_CANDIDATES = 10
_SEARCHED_LINES = 20_000
_COMPARED_CHARS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOutcome:
    """What came of an edit. Exactly one of `text` and `problem` is set."""

    text: str | None = None
    """The whole new text; None where nothing was changed."""
    problem: Problem | None = None
    how: Literal["exact", "whitespace", "new", "none"] = "none"
    """`whitespace`: the old text was found with other indentation or trailing blanks. `new`: the file was empty."""
    line: int = 0
    """The first line of the place that was changed, from 1; 0 where nothing was."""


def apply_search_replace(text: str, old: str, new: str) -> EditOutcome:
    """Replace the one place where `old` stands by `new`, literally.

    All three have `\\n` line ends (`\\r\\n` in `old` and `new` is forgiven). Where `old` stands nowhere exactly, a
    single place that differs only in indentation as a whole and in trailing blanks counts. Never raises.
    """
    old, new = old.replace("\r\n", "\n"), new.replace("\r\n", "\n")
    if not old.strip():
        return _into_empty(text, new)
    if old == new:
        return _refuse(
            "no_change",
            "The new text is the same as the old text.",
            hint="Write the text as it should become.",
        )
    places = list(_places(text, old))
    if len(places) == 1:
        start = places[0]
        changed = text[:start] + new + text[start + len(old) :]
        return EditOutcome(text=changed, how="exact", line=text.count("\n", 0, start) + 1)
    if places:
        return _several(text, places)
    return _with_other_whitespace(text, old, new)


def _refuse(code: str, what: str, *, why: str = "", hint: str = "") -> EditOutcome:
    return EditOutcome(problem=Problem(code=code, what=what, why=why, hint=hint))


def _into_empty(text: str, new: str) -> EditOutcome:
    if text.strip():
        return _refuse(
            "empty_search",
            "The old text is empty, but the file is not.",
            hint="Give the lines to be replaced, copied from the file.",
        )
    return EditOutcome(text=new, how="new", line=1)


def _places(text: str, old: str) -> Iterator[int]:
    start = text.find(old)
    while start >= 0:
        yield start
        start = text.find(old, start + 1)


def _several(text: str, places: list[int]) -> EditOutcome:
    lines = [str(text.count("\n", 0, start) + 1) for start in places[:10]]
    more = f" and {len(places) - 10} more" if len(places) > 10 else ""
    return _refuse(
        "several_matches",
        f"The old text stands {len(places)} times in the file.",
        why=f"It begins at lines {', '.join(lines)}{more}.",
        hint="Add lines around it so that only one place fits.",
    )


def _with_other_whitespace(text: str, old: str, new: str) -> EditOutcome:
    wanted, replacement = _trim_alike(old.split("\n"), new.split("\n"))
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    pattern = [line.strip() for line in wanted]
    size = len(wanted)
    hits = [
        at
        for at in range(len(lines) - size + 1)
        if bare[at] == pattern[0] and bare[at : at + size] == pattern
    ]
    shifted = [
        (at, moved)
        for at in hits
        if (moved := _shift(wanted, lines[at : at + size], replacement)) is not None
    ]
    if len(shifted) == 1 and len(hits) == 1:
        at, moved = shifted[0]
        changed = "\n".join([*lines[:at], *moved, *lines[at + size :]])
        if changed == text:
            return _refuse("no_change", "The edit changes nothing but blanks that are already so.")
        return EditOutcome(text=changed, how="whitespace", line=at + 1)
    if len(hits) > 1:
        return _refuse(
            "several_matches",
            f"The old text stands {len(hits)} times in the file, with other indentation.",
            why=f"It begins at lines {', '.join(str(at + 1) for at in hits[:10])}.",
            hint="Copy the lines with their exact indentation, and add lines around them.",
        )
    return _not_found(lines, bare, wanted, replacement)


def _trim_alike(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Both without blank lines at the ends; never more taken from `new` than from `old`."""
    for end in (0, -1):
        while len(old) > 1 and not old[end].strip():
            del old[end]
            if new and not new[end].strip():
                del new[end]
    return old, new


def _shift(wanted: list[str], found: list[str], replacement: list[str]) -> list[str] | None:
    """The replacement moved by as much as the found lines are; None where they are not all moved alike."""
    pairs = [(w.rstrip(), f.rstrip()) for w, f in zip(wanted, found, strict=True) if w.strip()]
    first_wanted, first_found = pairs[0]
    if first_found.endswith(first_wanted):
        added = first_found[: len(first_found) - len(first_wanted)]
        if all(f == added + w for w, f in pairs):
            return [added + line if line.strip() else line for line in replacement]
    if first_wanted.endswith(first_found):
        cut = first_wanted[: len(first_wanted) - len(first_found)]
        fits = all(w == cut + f for w, f in pairs)
        if fits and all(line.startswith(cut) for line in replacement if line.strip()):
            return [line.removeprefix(cut) for line in replacement]
    return None


def _not_found(lines: list[str], bare: list[str], wanted: list[str], replacement: list[str]) -> EditOutcome:
    what = "The old text is not in the file."
    block = "\n".join(replacement).strip("\n")
    if block.strip() and block in "\n".join(lines):
        return _refuse(
            "not_found",
            what,
            why="The new text is already there.",
            hint="Read the file again; the edit may be done.",
        )
    near = _nearest(bare, [line.strip() for line in wanted])
    if near is None:
        return _refuse("not_found", what, hint="Read the file, then copy the lines to be replaced from it.")
    start, end = near
    shown = "\n".join(lines[start : min(end, start + _SHOWN_LINES)])[:_SHOWN_CHARS]
    cut = end - start - shown.count("\n") - 1
    more = f"\n({cut} more lines)" if cut > 0 else ""
    span = f"line {start + 1} is" if end - start == 1 else f"lines {start + 1}-{end} are"
    return _refuse(
        "not_found",
        what,
        why=f"The nearest {span}:\n{shown}{more}",
        hint="Copy the old text from these lines exactly.",
    )


def _nearest(bare: list[str], pattern: list[str]) -> tuple[int, int] | None:
    """The block most like the pattern, as half-open line numbers; None where none is like it."""
    size = min(len(pattern), len(bare))
    needed = Counter(line for line in pattern if line)
    scores = _shared_lines(bare, needed, size)
    best = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[:_CANDIDATES]
    if not best or scores[best[0]] == 0:
        best = _places_like(bare, pattern)
    text = "\n".join(pattern)
    rated = [(_likeness(text, "\n".join(bare[at : at + size])), -at) for at in best if at + size <= len(bare)]
    if not rated or max(rated)[0] < 0.5:
        return None
    start = -max(rated)[1]
    return start, start + size


def _likeness(one: str, other: str) -> float:
    """From 0 to 1, by the groups of three characters in each. Stays quick where lines repeat, unlike difflib."""
    left, right = (Counter(_triples(block[:_COMPARED_CHARS])) for block in (one, other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def _shared_lines(bare: list[str], needed: Counter[str], size: int) -> list[int]:
    """For each window of `size` lines, how many of the needed lines it has."""
    window: Counter[str] = Counter()
    scores: list[int] = []
    score = 0
    for index, line in enumerate(bare):
        window[line] += 1
        score += window[line] <= needed[line]
        if index >= size:
            gone = bare[index - size]
            score -= window[gone] <= needed[gone]
            window[gone] -= 1
        if index >= size - 1:
            scores.append(score)
    return scores


def _places_like(bare: list[str], pattern: list[str]) -> list[int]:
    """Where a window might begin, judged by the groups of three characters in the longest line of the pattern."""
    offset = max(range(len(pattern)), key=lambda index: len(pattern[index]))
    wanted = set(_triples(pattern[offset]))
    rated = [
        (-len(shared), index - offset)
        for index, line in enumerate(bare[:_SEARCHED_LINES])
        if index >= offset and (shared := wanted.intersection(_triples(line[:200])))
    ]
    return [at for _, at in sorted(rated)[:_CANDIDATES]]


def _triples(text: str) -> list[str]:
    return [text[start : start + 3] for start in range(len(text) - 2)]
