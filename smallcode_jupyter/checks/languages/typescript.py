"""TypeScript: compiled without output by the project's own settings, or strictly where it has none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from smallcode_jupyter.checks.faults import Compiled, Fault
from smallcode_jupyter.checks.languages.ecmascript import (
    TYPED_SUFFIXES,
    importers,
    nearest_package,
    outside_imports,
    read_package,
)
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_node, find_typescript, toolchains_folder

__all__ = ["compile_typescript"]

_STRICT: dict[str, Json] = {
    "strict": True,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": True,
    "jsx": "preserve",
}
_ALWAYS: dict[str, Json] = {
    "noEmit": True,
    "incremental": False,
    "composite": False,
    "skipLibCheck": True,
    "pretty": False,
}
_LINE = re.compile(
    r"^(?:(?P<path>[^\s(][^(\n]*)\((?P<line>\d+),\d+\): )?error (?P<code>TS\d+): (?P<message>.+)$"
)
_OF_NODE = re.compile(
    r"""['"]node:|['"](?:fs|path|os|util|url|crypto|events|http|https|stream|assert|child_process|readline|buffer)"""
    r"""(?:/promises)?['"]|\b(?:process|Buffer|__dirname|__filename|NodeJS|require|global)\b"""
)
_IS_SETTING = re.compile(r"TS(?:5\d{3}|6\d{3}|18\d{3})$")
"""Complaints about the settings and the list of files rather than about code."""
_NEEDS_TYPES = frozenset(
    {
        "TS2307",
        "TS7016",
        "TS2688",
        "TS2580",
        "TS2591",
        "TS2503",
        "TS2582",
        "TS2584",
        "TS2593",
        "TS7026",
        "TS2875",
    }
)
"""A module, or the types of a module or environment, that cannot be found."""
_TEST_GLOBAL = re.compile(
    r"Cannot find name '(?:expect|jest|vi|describe|it|test|suite|before|after)(?:Each|All)?'"
)
_MAYBE_NOTHING = "; help: write `?? fallback` after it, or `!` where it is always there"
_ADVICE = {
    **dict.fromkeys(("TS2531", "TS2532", "TS2533", "TS18047", "TS18048", "TS18049"), _MAYBE_NOTHING),
    "TS2564": "; help: give it a value, or declare it with `!:`",
    "TS2588": "; help: declare it with let",
    "TS7006": "; help: write its type",
    "TS7034": "; help: write its type",
    "TS4114": "; help: write override before it",
}
"""What mends the complaints that small models do not understand by their own words."""
_OR_UNDEFINED = re.compile(
    r"Type '(.+) \| (?:undefined|null)' is not assignable to (?:type|parameter of type) '\1'"
)
_CERTAIN = re.compile(r"TS(?:1\d{3}|2304|2552|2451|2300|2393)$")
"""Syntax, unknown and doubly declared names: wrong also where the types of some package are not known."""


def compile_typescript(tree: Tree, changed: Sequence[str], *, launcher: Launcher) -> Compiled:
    """Compile the changed files and those that import them. Raises SandboxError where it cannot be started."""
    compiler, node = find_typescript(tree.folder), find_node()
    if compiler is None or node is None:
        what = "TypeScript" if compiler is None else "Node"
        reason = (
            f"{what} is not installed, so the types were not checked (smallcode bench toolchains --install)."
        )
        return Compiled(command="tsc", reason=reason)
    files = sorted(path for path in importers(tree, changed) if path.endswith(TYPED_SUFFIXES))
    settings = tree.nearest(changed[0], "tsconfig.json")
    with scratch_folder() as name:
        project = Path(name) / "tsconfig.json"
        project.write_text(json.dumps(_project(tree, files, settings)), encoding="utf-8")
        command = (node, compiler, "-p", project)
        result = launcher.start(command, folder=tree.folder, needs="node")
    command_shown = f"tsc -p {settings}" if settings else f"tsc --strict {' '.join(changed[:3])}"
    if result.status != "exited" or result.exit_code < 0:
        reason = f"The TypeScript compiler did not finish in {result.seconds:.0f} s."
        return Compiled(command=command_shown, reason=reason, seconds=result.seconds)
    faults = _faults(result.stdout, tree.folder)
    if result.exit_code != 0 and not faults:
        reason = f"The TypeScript compiler could not run: {(result.stderr or result.stdout).strip()[-300:]}"
        return Compiled(command=command_shown, reason=reason, seconds=result.seconds)
    known, reason = _judgeable(tree, changed, faults)
    return Compiled(command=command_shown, faults=known, reason=reason, seconds=result.seconds)


def _project(tree: Tree, files: Iterable[str], settings: str | None) -> dict[str, Json]:
    """Settings of our own, over those of the project; also for files that the project's do not name."""
    sources = [*files]
    options: dict[str, Json] = {**_ALWAYS, "typeRoots": [str(root) for root in _type_roots(tree, sources)]}
    listed: list[Json] = [str(tree.folder / path) for path in sources]
    if settings is None:
        return {"compilerOptions": {**_STRICT, **options}, "files": listed}
    text = tree.text(settings)
    if '"types"' in text or '"typeRoots"' in text:
        del options["typeRoots"]
    project: dict[str, Json] = {"extends": str(tree.folder / settings), "compilerOptions": options}
    if '"files"' not in text:
        project["files"] = listed
    return project


def _type_roots(tree: Tree, files: Iterable[str]) -> list[Path]:
    """Where types of packages lie; those of Node from our own folder where the code uses Node and has none."""
    own = tree.folder / "node_modules" / "@types"
    fetched = toolchains_folder() / "node_modules" / "@types"
    uses_node = any(_OF_NODE.search(tree.text(path)) for path in files)
    roots = [own] if own.is_dir() else []
    return [*roots, fetched] if uses_node and not (own / "node").is_dir() and fetched.is_dir() else roots


def _faults(output: str, folder: Path) -> tuple[Fault, ...]:
    faults: list[Fault] = []
    for line in output.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        path = found["path"] or ""
        if path:
            place = (folder / path).resolve()
            path = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else path
        faults.append(
            Fault(
                path=path,
                line=int(found["line"] or 0),
                message=found["message"] + _advice(found["code"], found["message"]),
                code=found["code"],
            )
        )
    return tuple(faults)


def _judgeable(tree: Tree, changed: Sequence[str], faults: Sequence[Fault]) -> tuple[tuple[Fault, ...], str]:
    """The complaints that are about the code, and what is missing here where some are not.

    Where a package's types are missing, most other complaints follow from that.
    """
    inside = [fault for fault in faults if fault.path in tree.paths]
    settings = [fault for fault in faults if not fault.path and _IS_SETTING.match(fault.code)]
    missing = [fault for fault in inside if _is_missing(tree, fault)]
    if missing:
        certain = tuple(fault for fault in inside if _CERTAIN.match(fault.code) and fault not in missing)
        return certain, "" if certain else f"Types are missing here: {missing[0].message}"
    if settings and not inside:
        return (), f"The TypeScript settings cannot be used: {settings[0].message}"
    return tuple(inside), ""


def _is_missing(tree: Tree, fault: Fault) -> bool:
    """Whether it is this machine that lacks something that the project rightly names."""
    if _TEST_GLOBAL.search(fault.message):
        return True
    if fault.code not in _NEEDS_TYPES:
        return False
    named = re.search(r"(?:module|for module|type definition file for) '([^']+)'", fault.message)
    if named is None:
        return True
    if named[1].startswith("."):
        return False
    (package,) = outside_imports(f"import '{named[1]}'") or ("node",)
    declared = nearest_package(tree, fault.path) if fault.path else read_package("")
    dependencies = [declared.get(key) for key in ("dependencies", "devDependencies", "peerDependencies")]
    return package == "node" or any(isinstance(each, dict) and package in each for each in dependencies)


def _advice(code: str, message: str) -> str:
    return _MAYBE_NOTHING if _OR_UNDEFINED.search(message) else _ADVICE.get(code, "")
