"""Running examples of JavaScript and TypeScript modules in a Node of their own."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from smallcode_jupyter.checks.driven import Came, Driven, read_records
from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.languages.ecmascript import TYPED_SUFFIXES, without_comments
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.values import decode_value
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_node, find_typescript

__all__ = ["run_javascript"]

_CHILD = Path(__file__).with_name("javascript_child.mjs")
_STEP_SECONDS = 2.0
_DECLARATION = re.compile(r"^\s*(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=(?!=)")
_GENERICS = re.compile(r"(?<=\w)<[\w\s,|\[\]\"']+>(?=\()")
_EXPORTS = re.compile(
    r"^\s*(?:export\b|import\b)|\bmodule\.exports\b|\bexports\.|\brequire\s*\(", re.MULTILINE
)


def run_javascript(path: str, groups: Sequence[Group], tree: Tree, *, launcher: Launcher) -> Driven:
    """Load the module and run the steps. Raises SandboxError where nothing could be started."""
    if find_node() is None:
        return Driven(reason="Node is not installed, so the examples were not run.")
    with scratch_folder() as name:
        scratch = Path(name)
        file = tree.folder / path
        if path.endswith(TYPED_SUFFIXES):
            made = _as_javascript(tree, path, scratch, launcher)
            if made is None:
                return Driven(
                    reason="The TypeScript could not be made into JavaScript, so no example was run."
                )
            file = made
        nonce = secrets.token_hex(16)
        spec: dict[str, Json] = {
            "file": str(file),
            "root": str(tree.folder),
            "isScript": not path.endswith(TYPED_SUFFIXES) and not _is_module_like(path, tree),
            "groups": _encoded(groups),
            "report": str(scratch / "report"),
            "nonce": nonce,
            "milliseconds": int(max(_STEP_SECONDS, launcher.seconds / 10) * 1000),
        }
        result = launcher.start(
            (find_node() or "node", "--enable-source-maps", _CHILD),
            folder=tree.folder,
            stdin=json.dumps(spec),
            write_roots=(tree.folder, scratch),
            needs="node",
        )
        records = read_records(scratch / "report", nonce)
    if not records:
        return Driven(
            reason=f"The examples could not be run: {result.stderr.strip()[-300:]}", seconds=result.seconds
        )
    return _driven(records, tree, result.seconds)


def _is_module_like(path: str, tree: Tree) -> bool:
    """Whether the file exports or imports something; otherwise it is a script for a page."""
    return path.endswith((".mjs", ".cjs")) or bool(_EXPORTS.search(without_comments(tree.text(path))))


def _encoded(groups: Sequence[Group]) -> list[Json]:
    encoded: list[Json] = []
    index = 0
    for group in groups:
        steps: list[Json] = []
        for step in group.steps:
            steps.append({"index": index, "kind": step.kind, "source": _plain(step), "right": step.right})
            index += 1
        encoded.append(steps)
    return encoded


def _plain(step: Step) -> str:
    """The step without types and `await`; a variable that later steps use becomes a global one."""
    source = re.sub(r"^await\s+", "", _GENERICS.sub("", step.source.strip().rstrip(";")))
    return _DECLARATION.sub(r"globalThis.\1 =", source) if step.kind == "run" else source


def _as_javascript(tree: Tree, path: str, scratch: Path, launcher: Launcher) -> Path | None:
    """The module with all it imports as one file of JavaScript; None where no tool here makes that."""
    bundler, compiler = find_esbuild(tree.folder), find_typescript(tree.folder)
    if bundler is not None:
        target = scratch / "module.mjs"
        bundling = ("--bundle", "--format=esm", "--platform=node", "--sourcemap=inline", "--log-level=silent")
        launcher.start(
            (bundler, path, *bundling, f"--outfile={target}"),
            folder=tree.folder,
            write_roots=(scratch,),
            needs="compiler",
        )
        return target if target.is_file() else None
    if compiler is None:
        return None
    options = ("--module", "commonjs", "--target", "es2022", "--skipLibCheck", "--outDir")
    launcher.start(
        (find_node() or "node", compiler, path, *options, scratch),
        folder=tree.folder,
        write_roots=(scratch,),
        needs="node",
    )
    found = sorted(scratch.rglob(f"{Path(path).stem}.*js"))
    return found[0] if found else None


def _driven(records: Sequence[dict[str, Json]], tree: Tree, seconds: float) -> Driven:
    came: dict[int, Came] = {}
    started: int | None = None
    fault: Came | None = None
    is_loaded = is_done = False
    for record in records:
        stage, index = record.get("stage"), record.get("index")
        error = record.get("error")
        is_loaded = is_loaded or stage == "imported"
        is_done = is_done or stage == "done"
        if stage == "import" and isinstance(error, dict):
            fault = _fault(error, tree)
        elif stage == "started" and isinstance(index, int):
            started = index
        elif stage == "finished" and isinstance(index, int):
            came[index] = _fault(error, tree) if isinstance(error, dict) else _value(record)
    if not is_loaded and fault is None:
        fault = Came(error="Timeout")
    if is_loaded and not is_done and started is not None and started not in came:
        came[started] = Came(error="Timeout")
    return Driven(came=came, fault=fault, seconds=seconds)


def _value(record: dict[str, Json]) -> Came:
    right = record.get("right")
    try:
        value = decode_value(record.get("value")) if "value" in record else None
    except ValueError:
        return Came()
    return Came(
        values=(value,),
        shown=str(record.get("repr") or ""),
        is_truth=record.get("truth") is True,
        other=_value(right) if isinstance(right, dict) else None,
    )


def _fault(error: dict[str, Json], tree: Tree) -> Came:
    kinds, line = error.get("kinds"), error.get("line")
    file = Path(str(error.get("file") or ""))
    place = ""
    if file.is_relative_to(tree.folder) and isinstance(line, int):
        name = file.relative_to(tree.folder).as_posix()
        lines = tree.text(name).split("\n")
        source = lines[line - 1].strip()[:160] if 0 < line <= len(lines) else ""
        place = f"{name}, line {line}: {source}"
    return Came(
        error=str(error.get("type") or "Error"),
        kinds=tuple(map(str, kinds)) if isinstance(kinds, list) else (),
        message=str(error.get("message") or ""),
        place=place,
    )
