"""What an HTML page or a style sheet defines and links to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from smallcode_jupyter.index.facts import FileFacts, Import, Symbol, shortened
from smallcode_jupyter.index.languages import script

__all__ = ["extract_css", "extract_html"]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)", re.DOTALL)
_NAME = re.compile(r"([.#])(-?[A-Za-z_][\w-]*)|(?<![\w-])(--[\w-]+)(?=\s*:)")
_CSS_IMPORT = re.compile(r"@import\s+(?:url\()?\s*['\"]?([^'\")\s;]+)")
_LINKS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "a": "href", "source": "src"}
_SCRIPT_TYPES = ("", "text/javascript", "module", "application/javascript")


def extract_css(path: str, text: str) -> FileFacts:
    """Selectors' classes and ids, custom properties, imports. Never raises."""
    blank = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    imports = [
        Import(target=_joined(path, found[1]), is_exact=True, line=_line(text, found.start()))
        for found in _CSS_IMPORT.finditer(blank)
        if _is_local(found[1])
    ]
    return FileFacts(
        language="css",
        symbols=tuple(_selectors(blank)),
        imports=tuple(imports),
        lines=text.count("\n") + 1,
    )


def _selectors(text: str) -> Iterator[Symbol]:
    seen: set[str] = set()
    line, at = 1, 0
    for rule in _RULE.finditer(text):
        line += text.count("\n", at, rule.start(1))
        at = rule.start(1)
        head = rule[1].lstrip()
        first = line + rule[1][: len(rule[1]) - len(head)].count("\n")
        last = line + rule[0].count("\n")
        for mark, name, prop in _NAME.findall(f"{head}\n{rule[2]}" if "--" in rule[2] else head):
            key = mark + (name or prop)
            if key in seen:
                continue
            seen.add(key)
            yield Symbol(
                name=name or prop,
                kind="id" if mark == "#" else "selector" if mark else "variable",
                line=first,
                end=last,
                signature=shortened(head, 120),
            )


def extract_html(path: str, text: str) -> FileFacts:
    """Ids, headings, linked files, and what inline scripts define. Never raises."""
    page = _Page(path)
    page.feed(text)
    page.close()
    return FileFacts(
        language="html",
        symbols=tuple(page.symbols),
        imports=tuple(page.imports),
        lines=text.count("\n") + 1,
    )


class _Page(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.symbols: list[Symbol] = []
        self.imports: list[Import] = []
        self._path = path
        self._is_in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if name := given.get("id"):
            signature = shortened(self.get_starttag_text() or "", 120)
            self.symbols.append(Symbol(name=name, kind="id", line=line, end=line, signature=signature))
        link = given.get(_LINKS.get(tag, ""), "")
        if link and _is_local(link):
            self.imports.append(Import(target=_joined(self._path, link), is_exact=True, line=line))
        self._is_in_script = tag == "script" and given.get("type", "").lower() in _SCRIPT_TYPES

    def handle_endtag(self, tag: str) -> None:
        self._is_in_script = False

    def handle_data(self, data: str) -> None:
        if not self._is_in_script or not data.strip():
            return
        above = self.getpos()[0] - 1
        facts = script.extract(f"{self._path}.js", data)
        self.symbols += [replace(one, line=one.line + above, end=one.end + above) for one in facts.symbols]
        self.imports += [replace(one, line=one.line + above) for one in facts.imports if one.is_exact]


def _is_local(link: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*:|//|#|/|\{", link, re.IGNORECASE) is None


def _joined(path: str, link: str) -> str:
    """The path from the root; a script's without its suffix, as other scripts import it."""
    plain = re.split(r"[?#]", link, maxsplit=1)[0]
    if plain.endswith((".js", ".mjs", ".cjs", ".ts")):
        return script.target_of(path, f"./{plain}")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
