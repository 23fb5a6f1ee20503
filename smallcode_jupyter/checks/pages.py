"""Pages and style sheets: faults that a change brings in."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from smallcode_jupyter.checks.faults import Fault, new_faults, show_faults
from smallcode_jupyter.checks.markup.pages import Page, Piece, has_templates, read_page
from smallcode_jupyter.checks.markup.styles import style_faults
from smallcode_jupyter.checks.trim import trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["PAGE_SUFFIXES", "ScriptSyntax", "check_page", "check_style"]

PAGE_SUFFIXES = (".html", ".htm")
ScriptSyntax = Callable[[Piece], tuple[int, str] | None]
"""What is wrong with a script in a page: its line there, counted from 1, and what. None for nothing."""


def check_style(path: str, text: str, *, before: str | None) -> CheckResult:
    """The style sheet's syntax. Faults that were there before do not count."""
    faults = [Fault(path=path, line=line, message=message) for line, message in style_faults(text)]
    earlier = [Fault(path=path, line=line, message=message) for line, message in style_faults(before or "")]
    return _result("syntax", path, text, before, faults, earlier)


def check_page(
    path: str,
    text: str,
    *,
    before: str | None,
    read: Callable[[str], str | None],
    script_syntax: ScriptSyntax,
) -> Iterator[CheckResult]:
    """The page's tags with its scripts and styles, and its ids. Faults that were there before do not count.

    `read` gives another file of the workspace, or None.
    """
    if has_templates(text):
        reason = "A program makes pages from it, or it is XML, so its tags were not checked."
        yield CheckResult(name="syntax", status="unchecked", target=path, detail=reason)
        return
    page, old = read_page(text), read_page(before or "")
    faults = [*_structure(path, page), *_scripts(path, page, script_syntax)]
    yield _result("syntax", path, text, before, faults, [*_structure(path, old)])
    yield _result("page", path, text, before, [*_ids(path, page, read)], [*_ids(path, old, read)])


def _structure(path: str, page: Page) -> Iterator[Fault]:
    for line, message in page.structure:
        yield Fault(path=path, line=line, message=message)
    for piece in page.pieces:
        if piece.kind == "style":
            for line, message in style_faults(piece.text):
                yield Fault(path=path, line=piece.line + line - 1, message=message)


def _scripts(path: str, page: Page, script_syntax: ScriptSyntax) -> Iterator[Fault]:
    for piece in page.pieces:
        found = script_syntax(piece) if piece.kind != "style" and piece.text.strip() else None
        if found is not None:
            yield Fault(path=path, line=piece.line + max(found[0], 1) - 1, message=found[1])


def _ids(path: str, page: Page, read: Callable[[str], str | None]) -> Iterator[Fault]:
    """Ids that occur twice, and those named that are neither there nor in any script."""
    for line, message in page.doubles:
        yield Fault(path=path, line=line, message=message)
    scripts = [piece.text for piece in page.pieces if piece.kind != "style"]
    for source in page.sources:
        script = read(posixpath.normpath(posixpath.join(posixpath.dirname(path), source)))
        if script is None:
            return  # not to be seen from here: it may make any id
        scripts.append(script)
    for line, name, message in page.references:
        if not any(name in script for script in scripts):
            yield Fault(path=path, line=line, message=message)


def _result(
    name: str, path: str, text: str, before: str | None, faults: Iterable[Fault], earlier: Iterable[Fault]
) -> CheckResult:
    found = new_faults([*faults], [*earlier], source=lambda _: text, earlier_source=lambda _: before or "")
    if not found:
        return CheckResult(name=name, status="passed", target=path, passed=1)
    ordered = sorted(found, key=lambda fault: fault.line)
    return CheckResult(
        name=name,
        status="failed",
        target=path,
        failed=len(found),
        detail=trim_detail(show_faults(ordered, lambda _: text)),
        display=trim_display("\n".join(show_faults([fault], lambda _: text) for fault in ordered)),
    )
