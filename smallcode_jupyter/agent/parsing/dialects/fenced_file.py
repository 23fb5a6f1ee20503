"""Whole files in fenced blocks, the way that the smallest models can write an edit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smallcode_jupyter.agent.parsing.bare_file import read_bare_file
from smallcode_jupyter.agent.parsing.blocks import FileBlock, file_blocks
from smallcode_jupyter.agent.parsing.choose import (
    Candidate,
    choose_file,
    is_usage,
    join_cells,
    looks_like_python,
    python_facts,
)
from smallcode_jupyter.agent.parsing.dialects.python_call import holds_fences, is_only_calls
from smallcode_jupyter.agent.parsing.languages import OUTPUT, SHELL, language_of_path
from smallcode_jupyter.agent.parsing.paths import place_file
from smallcode_jupyter.agent.parsing.problems import cut_off
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source, without
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair

__all__ = ["FENCED_FILE"]

_SESSION = re.compile(r"\s*(?:\$ |>>> |Traceback )")
"""How a block of output without a language begins."""
_SHORTER = "Write only the code, nothing around it, or change only a part of the file."
_MOST_CANDIDATES = 12
"""Blocks that are weighed against each other; an answer with more shows, it does not edit."""


def read(source: Source) -> Finding | None:
    """Each block with a path is that file; without one, the block that is the expected file."""
    expectation = source.expectation
    if not expectation.accepts_blocks or holds_fences(source):
        return None
    blocks = [
        block
        for block in file_blocks(source.text, source.fences, expectation)
        if not is_only_calls(block.content, source.tools)
    ]
    if not blocks:
        return None if is_only_calls(source.text.strip(), source.tools) else read_bare_file(source)
    files = _by_path(source, blocks)
    if not files:
        return _nowhere(blocks) if expectation.default_path is None else None
    return _finding(source, files)


def _by_path(source: Source, blocks: Sequence[FileBlock]) -> dict[str, tuple[list[FileBlock], list[Repair]]]:
    """The blocks that make each file, in the order in which the files first appear, and what was mended."""
    files: dict[str, tuple[list[FileBlock], list[Repair]]] = {}
    for block in blocks:
        if block.path is None:
            continue
        path, repair = place_file(block.path, source.expectation)
        group, repairs = files.setdefault(path, ([], []))
        group.append(block)
        repairs += [repair] if repair and repair not in repairs else []
    chosen = {path: _one_file(source, path, group, repairs) for path, (group, repairs) in files.items()}
    default = source.expectation.default_path
    anonymous = [block for block in blocks if block.path is None]
    if default is not None and default not in chosen:
        found = _default_file(source, default, anonymous, has_others=bool(chosen))
        if found is not None:
            chosen[default] = found
    return chosen


def _one_file(
    source: Source, path: str, group: list[FileBlock], repairs: list[Repair]
) -> tuple[list[FileBlock], list[Repair]]:
    group = _without_usage_at_end(group)[-_MOST_CANDIDATES:]
    if len(group) == 1 or _is_cut(source, group[-1]):
        return group[-1:], repairs
    indices, reason = choose_file(_candidates(path, group), may_join=True)
    name = "joined-blocks" if len(indices) > 1 else "chosen-block"
    return [group[index] for index in indices], [*repairs, Repair(name=name, detail=f"{path}: {reason}")]


def _default_file(
    source: Source, path: str, blocks: Sequence[FileBlock], *, has_others: bool
) -> tuple[list[FileBlock], list[Repair]] | None:
    """The blocks without a path that are the expected file; beside other files only what defines something."""
    wanted = language_of_path(path)
    tagged = [block for block in blocks if block.language and _is_wanted(block, wanted)]
    untagged = [block for block in blocks if not block.language][-_MOST_CANDIDATES:]
    fitting = tagged[-_MOST_CANDIDATES:] or [block for block in untagged if _is_wanted(block, wanted)]
    if has_others:
        fitting = [block for block in fitting if wanted == "python" and python_facts(block.content)[1]]
    fitting = _without_usage_at_end(fitting)
    if not fitting or (len(fitting) == 1 and path != NEXT_CELL and _is_usage(fitting[0], wanted)):
        return None
    inferred = Repair(name="inferred-path", detail=path)
    if len(fitting) == 1 or _is_cut(source, fitting[-1]):
        return fitting[-1:], [inferred]
    if path == NEXT_CELL:
        indices = join_cells(_candidates(path, fitting))
        joined = Repair(
            name="joined-blocks", detail=f"{len(indices)} of {len(fitting)} blocks, as steps of one cell"
        )
        return [fitting[index] for index in indices], [inferred, joined]
    indices, reason = choose_file(_candidates(path, fitting), may_join=False)
    return [fitting[index] for index in indices], [inferred, Repair(name="chosen-block", detail=reason)]


def _is_cut(source: Source, block: FileBlock) -> bool:
    return source.is_cut and (not block.fence.is_closed or block.fence.repair == "doubtful-end")


def _without_usage_at_end(blocks: list[FileBlock]) -> list[FileBlock]:
    """The blocks without an example that the answer's end cuts off: the file before it is whole."""
    is_loose = len(blocks) > 1 and not blocks[-1].fence.is_closed
    return blocks[:-1] if is_loose and _is_usage(blocks[-1], "python") else blocks


def _is_usage(block: FileBlock, wanted: str) -> bool:
    return wanted == "python" and is_usage(block.content, block.lead)


def _is_wanted(block: FileBlock, wanted: str) -> bool:
    if block.language == "":
        if wanted == "python":
            return looks_like_python(block.content)
        return wanted != SHELL and not _SESSION.match(block.content)
    if block.language == wanted:
        return True
    if wanted == "markdown":
        return block.language == "text"
    return wanted in ("", "text") and block.language not in (SHELL, OUTPUT)


def _candidates(path: str, blocks: Sequence[FileBlock]) -> list[Candidate]:
    is_python = language_of_path(path) == "python"
    return [Candidate(content=block.content, lead=block.lead, is_python=is_python) for block in blocks]


def _finding(source: Source, files: dict[str, tuple[list[FileBlock], list[Repair]]]) -> Finding:
    calls: list[RawCall] = []
    repairs: list[Repair] = []
    problems: list[Problem] = []
    spans: list[tuple[int, int]] = []
    for path, (group, mended) in files.items():
        if any(_is_cut(source, block) for block in group):
            problems.append(cut_off(f"The block for {path}", hint=_SHORTER))
            continue
        content = "\n".join(block.content.rstrip("\n") + "\n" for block in group)
        calls.append(RawCall(name="write_file", arguments={"path": path, "content": content}))
        spans += [(block.start, block.fence.end) for block in group]
        repairs += mended
        for name in dict.fromkeys(
            name for block in group for name in (block.repair, block.fence.repair) if name
        ):
            repairs.append(Repair(name=name, detail=path))
    text = without(source.text, spans) if calls else source.text.strip()
    return Finding(calls=tuple(calls), text=text, repairs=tuple(repairs), problems=tuple(problems))


def _nowhere(blocks: Sequence[FileBlock]) -> Finding | None:
    """The problem of code that does not say where it goes; None where nothing looks like a file."""
    if all(block.language in (SHELL, OUTPUT, "text", "", "json") for block in blocks):
        return None
    problem = Problem(
        code="missing_path",
        what="The code block has no path.",
        why="It is not known which file it is.",
        hint="Write the path of the file after the language, like ```python path/to/file.py",
    )
    return Finding(problems=(problem,), is_final=False)


FENCED_FILE = Dialect(name="fenced-file", read=read)
