"""Observing modules in JavaScript and TypeScript: calls and tests that the task shows, with other literals."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_node
from smallcode_jupyter.selection.literals import literal_strings, variations
from smallcode_jupyter.selection.outcomes import BROKE, Outcome

__all__ = ["SUFFIXES", "Units", "javascript_units", "observe_javascript"]

SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts")
_CHILD = Path(__file__).with_name("javascript_child.mjs")
_MOST_UNITS = 80
_VARIATIONS = 12
_EXPORTED = re.compile(
    r"^\s*export\s+(?:default\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+([\w$]+)", re.MULTILINE
)
_LISTED = re.compile(r"(?:module\.exports\s*=\s*|export\s*)\{([^}]*)\}")
_ASSIGNED = re.compile(
    r"(?:module\.)?exports\.([\w$]+)\s*=|module\.exports\s*=\s*([\w$]+)\s*;?\s*$", re.MULTILINE
)
_TEST = re.compile(
    r"^[ \t]*(?:test|it)\(\s*(?:\"[^\"]*\"|'[^']*'|`[^`]*`)\s*,\s*(?:async\s*)?\([\w$]*\)\s*=>\s*\{",
    re.MULTILINE,
)
_IDENTIFIER = re.compile(r"(?<![\w$.\"'])([A-Za-z_$][\w$]*)(?!\s*:)(?![\w$])")
_KNOWN = frozenset(
    {
        "true",
        "false",
        "null",
        "undefined",
        "NaN",
        "Infinity",
        "new",
        "await",
        "Map",
        "Set",
        "Date",
        "Array",
        "Number",
    }
    | {"String", "JSON", "Object", "BigInt", "Math"}
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ACCIDENTS = frozenset({"TypeError", "ReferenceError", "RangeError", "Timeout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What a module is observed by."""

    names: tuple[str, ...] = ()
    """What it exports."""
    sources: tuple[tuple[str, str], ...] = ()
    """`call` and an expression, or `body` and the statements of a test."""

    @property
    def works(self) -> str:
        """The text of an array of functions of the module, `assert` and `expect`."""
        known = f"const {{ {', '.join(self.names)} }} = $module;"
        works = [
            f"{'async ' if kind == 'body' or 'await ' in source else ''}($module, assert, expect) => {{ {known} "
            + (f"return (\n{source}\n); }}" if kind == "call" else f"\n{source}\n}}")
            for kind, source in self.sources
        ]
        return f"[{', '.join(works)}]"


def javascript_units(*, words: str, texts: Sequence[str], tests: Sequence[str]) -> Units:
    """Calls of what the module exports, and tests of it, with variations of each. Empty where nothing is shown."""
    names = frozenset(name for text in texts for name in _exports(text))
    shown: dict[tuple[str, str], None] = dict.fromkeys(
        ("call", call) for text in (words, *tests) for call in _calls(text, names)
    )
    shown.update(dict.fromkeys(("body", body) for text in tests for body in _bodies(text)))
    pool = tuple(s for text in (words, *tests) for s in literal_strings(text) if len(s) <= 40)[:40]
    found = dict(shown)
    for kind, source in shown:
        varied = variations(source, count=_VARIATIONS, seed="calls", pool=pool)
        found.update(dict.fromkeys((kind, text) for text in varied))
    return Units(names=tuple(sorted(names)), sources=tuple(found)[:_MOST_UNITS])


def _exports(text: str) -> Iterator[str]:
    yield from _EXPORTED.findall(text)
    for listed in _LISTED.findall(text):
        yield from re.findall(r"([\w$]+)\s*(?:,|$|:)", listed)
    for named, whole in _ASSIGNED.findall(text):
        yield named or whole


def _calls(text: str, names: frozenset[str]) -> Iterator[str]:
    """Calls in a text that need nothing but the exported names and literals."""
    if not names:
        return
    pattern = re.compile(rf"(?<![\w$.'\"])(?:new\s+)?(?:{'|'.join(map(re.escape, sorted(names)))})\(")
    for match in pattern.finditer(text):
        end = _closed(text, match.end() - 1)
        while end and (chained := re.compile(r"\.[\w$]+\(").match(text, end)):
            end = _closed(text, chained.end() - 1)
        source = " ".join(text[match.start() : end].split("\n")) if end else ""
        if source and set(_IDENTIFIER.findall(_without_strings(source))) <= names | _KNOWN:
            yield source


def _bodies(text: str) -> Iterator[str]:
    for match in _TEST.finditer(text):
        end = _closed(text, match.end() - 1)
        if end:
            yield text[match.end() : end - 1].strip()


def _without_strings(source: str) -> str:
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`", '""', source)


def _closed(text: str, start: int) -> int:
    """Past the bracket that opens at `start`; 0 if it is not closed."""
    stack: list[str] = []
    position = start
    while position < len(text) and position - start < 4_000:
        character = text[position]
        if character in "\"'`":
            string = re.compile(rf"{character}(?:\\.|[^\\{character}])*{character}").match(text, position)
            if string is None:
                return 0
            position = string.end()
            continue
        if character in _CLOSING:
            stack.append(_CLOSING[character])
        elif character in ")]}":
            if not stack or stack.pop() != character:
                return 0
            if not stack:
                return position + 1
        position += 1
    return 0


def observe_javascript(path: str, units: Units, *, folder: Path, launcher: Launcher) -> list[Outcome]:
    """What came of each unit; empty where it cannot be run. Raises SandboxError where nothing could be started."""
    node = find_node()
    if node is None or not units.sources:
        return []
    with scratch_folder() as name:
        scratch = Path(name)
        file = folder / path
        works: str | None = units.works
        if path.endswith("ts"):
            file = scratch / "module.mjs"
            works = _plain(units.works, folder=folder, launcher=launcher)
            if works is None or not _is_bundled(folder / path, file, folder=folder, launcher=launcher):
                return []
        nonce = secrets.token_hex(16)
        spec: dict[str, Json] = {
            "file": str(file),
            "works": works,
            "report": str(scratch / "report"),
            "nonce": nonce,
        }
        launcher.start(
            (node, _CHILD), folder=folder, stdin=json.dumps(spec), write_roots=(folder, scratch), needs="node"
        )
        records = _records(scratch / "report", nonce)
    if not records:
        return [Outcome(text=f"{BROKE}on import", call=source) for _, source in units.sources]
    ended = [
        _outcome(record, source) for record, (_, source) in zip(records[1:], units.sources, strict=False)
    ]
    rest = units.sources[len(ended) :]
    # Which of them kept the process from ending is not known, nor whether any did: the machine may be busy.
    return [*ended, *(Outcome(text=f"{BROKE}without end", call=source) for _, source in rest)]


def _is_bundled(source: Path, target: Path, *, folder: Path, launcher: Launcher) -> bool:
    esbuild = find_esbuild(folder)
    if esbuild is None:
        return False
    options = ("--bundle", "--format=esm", "--platform=node", "--log-level=silent", f"--outfile={target}")
    launcher.start((esbuild, source, *options), folder=folder, write_roots=(target.parent,), needs="node")
    return target.is_file()


def _plain(works: str, *, folder: Path, launcher: Launcher) -> str | None:
    """The functions without their types; None where that cannot be done."""
    esbuild = find_esbuild(folder)
    if esbuild is None:
        return None
    result = launcher.start(
        (esbuild, "--loader=ts", "--log-level=silent"), folder=folder, stdin=f"{works};\n", needs="node"
    )
    return result.stdout if result.status == "exited" and result.exit_code == 0 else None


def _records(report: Path, nonce: str) -> list[dict[str, Json]]:
    try:
        lines = report.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue  # cut short when the process was ended
        if isinstance(record, dict) and record.get("nonce") == nonce:
            found.append(record)
    return found


def _outcome(record: dict[str, Json], source: str) -> Outcome:
    fault = record.get("error")
    if not isinstance(fault, dict):
        text = json.dumps(record.get("values"), sort_keys=True)
        return Outcome(text=hashlib.sha256(text.encode()).hexdigest()[:12], call=source)
    name, line = str(fault.get("name")), str(fault.get("line") or "")
    is_meant = name not in _ACCIDENTS or line.startswith("throw") or " throw new " in f" {line}"
    where = f" in the line `{line}`" if line else ""
    how = "did not end" if name == "Timeout" else f"threw {name}: {fault.get('message')}{where}"
    return Outcome(text=f"{'raised ' if is_meant else BROKE}{name}", call=source, how=how)
