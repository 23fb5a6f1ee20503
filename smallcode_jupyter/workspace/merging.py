"""What a model wrote for a source file put into it, whatever the language, with small faults mended on the way."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from smallcode_jupyter.workspace.answers import Cleaned, own_section
from smallcode_jupyter.workspace.definitions import DEFINITIONS, definition_names, parse_source, unit_of
from smallcode_jupyter.workspace.grammar import language_of
from smallcode_jupyter.workspace.imports import add_missing_imports
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.merge import MergeOutcome, merge_definitions
from smallcode_jupyter.workspace.tree_merge import Siblings, mend_tree, merge_tree, names_in
from smallcode_jupyter.workspace.trials import left_out, tried_out

__all__ = ["can_merge", "defined_names", "mend_file", "merge_answer"]


_TEST_PATH = re.compile(r"(?:^|/)(?:tests?|__tests__|spec)/|(?:^|/)test_[^/]*$|[._](?:test|spec)\.\w+$")


def can_merge(path: str) -> bool:
    """Whether the definitions of such a file are known: Python, JavaScript, TypeScript, Go and Rust."""
    return path.endswith(".py") or language_of(path) is not None


def defined_names(path: str, text: str) -> tuple[str, ...]:
    """What a file that `can_merge` defines at its top, also where it does not parse."""
    language = language_of(path)
    return definition_names(text) if language is None else names_in(text, language)


def merge_answer(
    before: str, answer: str, path: str, *, siblings: Siblings = (), keeps_demonstrations: bool = False
) -> MergeOutcome:
    """Put the definitions and imports of an answer into the file `before` of this path. Never raises.

    A definition that the file has is replaced at its place, another one added, and what the answer leaves out stays;
    methods are merged one by one where the answer has only some. `siblings` are the other files of the folder. A
    `main`, calls that print, and tests that the file had nothing of are dropped, unless `keeps_demonstrations` says
    that the task asks for such, or the file is one of tests.
    """
    language, name = language_of(path), path.rpartition("/")[2]
    if language is not None:
        keeps_demonstrations = keeps_demonstrations or _TEST_PATH.search(path) is not None
        return merge_tree(
            before, answer, language, name=name, siblings=siblings, keeps_demonstrations=keeps_demonstrations
        )
    own, mends = own_section(before, answer, name, parses=_parses)
    own, dropped = _without_itself(before, own, name)
    mends += dropped
    own, dropped = _without_imported(before, own)
    mends += dropped
    outcome = merge_definitions(before, own, keeps_statements=keeps_demonstrations)
    if outcome.text is None:
        return replace(outcome, mends=tuple(mends))
    text, added = _with_imports(outcome.text)
    return replace(outcome, text=text, mends=(*mends, *outcome.mends, *added))


def mend_file(
    before: str, text: str, path: str, *, siblings: Siblings = (), keeps_demonstrations: bool = False
) -> Cleaned:
    """The whole new text of a file with its small faults mended; nothing that it leaves out comes back. Never raises.

    `before` is empty for a new file.
    """
    language, name = language_of(path), path.rpartition("/")[2]
    keeps_demonstrations = keeps_demonstrations or _TEST_PATH.search(path) is not None
    if language is not None:
        return mend_tree(
            before, text, language, name=name, siblings=siblings, keeps_demonstrations=keeps_demonstrations
        )
    text, mends = own_section(before, text, name, parses=_parses)
    text, dropped = _without_itself(text, text, name)
    mends += dropped
    if not keeps_demonstrations and set(definition_names(before)) <= set(definition_names(text)):
        text, dropped = _without_trials(before, text)
        mends += dropped
    text, added = _with_imports(text)
    return text, mends + added


def _parses(text: str) -> bool:
    return parse_source(text) is not None


def _with_imports(text: str) -> Cleaned:
    outcome = add_missing_imports(text)
    return outcome.text, [Mend(name="added-import", detail=line) for line in outcome.added]


def _without_itself(before: str, text: str, name: str) -> Cleaned:
    """Without imports of a Python file's own definitions from itself, as tests of it have them."""
    fresh = parse_source(text)
    known = {*definition_names(before), *definition_names(text)}
    gone = [
        node
        for node in (fresh[1].body if fresh is not None else [])
        if isinstance(node, ast.ImportFrom) and f"{node.module}.py" == name
    ]
    if fresh is None or known.isdisjoint(alias.name for node in gone for alias in node.names):
        return text, []
    lines = list(fresh[0])
    for node in reversed(gone):
        del lines[node.lineno - 1 : node.end_lineno]
    return "".join(lines), [Mend(name="dropped-import", detail=ast.unparse(node)) for node in gone]


def _without_imported(before: str, answer: str) -> Cleaned:
    """Without copies of classes that the file imports from elsewhere, unless the answer has nothing else."""
    known, fresh = parse_source(before), parse_source(answer)
    if known is None or fresh is None:
        return answer, []
    imported = {
        alias.asname or alias.name: node.module or "."
        for node in known[1].body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    defined = [node for node in fresh[1].body if isinstance(node, DEFINITIONS)]
    gone = [node for node in defined if isinstance(node, ast.ClassDef) and node.name in imported]
    if not gone or len(gone) == len(defined):
        return answer, []
    lines = list(fresh[0])
    for node in reversed(gone):
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        del lines[first - 1 : node.end_lineno]
    details = (f"{node.name}, which is imported from {imported[node.name]}" for node in gone)
    return "".join(lines), [Mend(name="dropped-copy", detail=detail) for detail in details]


def _without_trials(before: str, text: str) -> Cleaned:
    """Without the statements of a whole Python file that only try it out."""
    known, fresh = parse_source(before), parse_source(text)
    gone: list[ast.stmt] = tried_out(known[1], fresh[1]) if known is not None and fresh is not None else []
    if fresh is None or not gone:
        return text, []
    lines = list(fresh[0])
    for node in sorted(gone, key=lambda node: node.lineno, reverse=True):
        unit = unit_of(lines, node)
        start = unit.above
        while start and not lines[start - 1].strip():
            start -= 1
        del lines[start : unit.end]
    return "".join(lines), [left_out(node) for node in gone]
