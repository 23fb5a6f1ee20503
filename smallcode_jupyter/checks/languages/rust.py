"""Rust: checking a crate or a single file, and building and running its tests."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.checks.faults import Compiled, Fault
from smallcode_jupyter.checks.languages.compiled_reports import read_libtest
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.outcomes import Outcome
from smallcode_jupyter.checks.test_run import TestPlan, TestRun, added
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import caches_folder, find_cargo, find_rustc, rust_environment

__all__ = ["NOT_INSTALLED", "build_program", "compile_rust", "plan_rust_tests", "root_file", "run_rust_tests"]

NOT_INSTALLED = "Rust is not installed, so it was not compiled."
EDITION = ("--edition", "2021")
_KEPT_CRATES = 4
"""Crates of which what was built is kept."""
_NOT_HERE = re.compile(
    r"no matching package|failed to (?:download|get|fetch|load source|query)|you're using offline mode|unable to update"
    r"|failed to parse (?:manifest|lock)|lock file version|linker `?\w+`? not found|requires rustc"
)
_OUTSIDE = frozenset({"E0432", "E0433", "E0463", "E0583"})
"""A path, crate or module that cannot be found: in a file compiled by itself its neighbours are missing, too."""
_HOLDS_STR = re.compile(r"expected `(?:\w+<)+String\b.*`, found `(?:\w+<)+&(?:'\w+ )?str\b")
"""A container of borrowed texts where one of owned texts is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """What a compiler's run came to."""

    result: ProcessResult
    faults: tuple[Fault, ...] = ()
    programs: tuple[Path, ...] = ()
    """Test programs that it made."""

    @property
    def reason(self) -> str:
        """Why nothing can be said; empty where something can."""
        if self.result.status != "exited":
            return f"The Rust compiler did not finish in {self.result.seconds:.0f} s."
        if self.result.exit_code == 0 or self.faults:
            return ""
        return f"The Rust compiler could not run: {self.result.stderr.strip()[-300:]}"


def compile_rust(tree: Tree, changed: Sequence[str], *, launcher: Launcher) -> tuple[Compiled, ...]:
    """Compile the changed crates with their tests, and changed files outside of crates. Raises SandboxError."""
    if find_rustc() is None:
        return (Compiled(command="rustc", reason=NOT_INSTALLED),)
    found = []
    for crate in _crates(tree, changed):
        built = _cargo(tree, crate, launcher)
        if _NOT_HERE.search(built.result.stderr):
            reason = f"The crate could not be built here: {built.result.stderr.strip()[-300:]}"
            built_as = Compiled(command="cargo test --no-run", reason=reason)
        else:
            built_as = Compiled(
                command="cargo test --no-run",
                faults=built.faults,
                reason=built.reason,
                seconds=built.result.seconds,
            )
        found.append(built_as)
    return (*found, *(_compile_file(tree, root, launcher) for root in _roots(tree, changed)))


def _crates(tree: Tree, changed: Iterable[str]) -> tuple[str, ...]:
    """The folders of the crates that were changed, `.` for the workspace's own."""
    manifests = [tree.nearest(path, "Cargo.toml") for path in changed if path.endswith((".rs", "Cargo.toml"))]
    return tuple(dict.fromkeys(posixpath.dirname(path) or "." for path in manifests if path))


def _roots(tree: Tree, changed: Iterable[str]) -> tuple[str, ...]:
    """The files to compile for changed files that belong to no crate."""
    alone = [path for path in changed if path.endswith(".rs") and not tree.nearest(path, "Cargo.toml")]
    return tuple(dict.fromkeys(root_file(tree, path) for path in alone))


def root_file(tree: Tree, path: str) -> str:
    """The file of the same folder that declares this one as its module, or the file itself."""
    folder, stem = posixpath.dirname(path), posixpath.basename(path).removesuffix(".rs")
    declaration = re.compile(rf"^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+{re.escape(stem)}\s*;", re.MULTILINE)
    for name in ("main.rs", "lib.rs"):
        other = posixpath.join(folder, name)
        if other != path and other in tree.paths and declaration.search(tree.text(other)):
            return other
    return path


def _compile_file(tree: Tree, path: str, launcher: Launcher) -> Compiled:
    text = tree.text(path)
    kind = "bin" if re.search(r"^\s*(?:pub\s+)?(?:async\s+)?fn\s+main\s*\(", text, re.MULTILINE) else "lib"
    with scratch_folder() as name:
        options = (f"--crate-type={kind}", "--emit=metadata", "-o", Path(name) / "metadata")
        built = run_rustc(tree, path, options, scratch=Path(name), launcher=launcher)
    command = f"rustc {path}"
    lone = [
        fault for fault in built.faults if fault.code in _OUTSIDE and re.search(r"\b(?:crate|super)\b", text)
    ]
    if lone:
        reason = f"{path} belongs to a larger program, so it was not compiled by itself: {lone[0].message}"
        return Compiled(command=command, reason=reason, seconds=built.result.seconds)
    return Compiled(command=command, faults=built.faults, reason=built.reason, seconds=built.result.seconds)


def run_rustc(
    tree: Tree, path: str | Path, options: Sequence[str | Path], *, scratch: Path, launcher: Launcher
) -> _Built:
    """Compile one file into `scratch`. Raises SandboxError; rustc has to be installed."""
    compiler = find_rustc()
    assert compiler is not None
    command = (compiler, *EDITION, "-A", "warnings", "--error-format=json", *options, path)
    result = launcher.start(command, folder=tree.folder, write_roots=(scratch,), needs="compiler")
    faults = _faults(_objects(result.stderr), tree.folder, tree.folder)
    return _Built(result=result, faults=faults)


def _cargo(tree: Tree, crate: str, launcher: Launcher) -> _Built:
    """Build a crate with its tests, offline, what is built kept in our own folder."""
    cargo = find_cargo()
    assert cargo is not None
    folder = tree.folder / crate
    target = _target_folder(tree.text(posixpath.normpath(f"{crate}/Cargo.toml")))
    result = launcher.start(
        (cargo, "test", "--no-run", "--offline", "--message-format=json"),
        folder=folder,
        write_roots=(tree.folder, target),
        env=rust_environment(cargo, target),
        needs="compiler",
    )
    objects = [*_objects(result.stdout)]
    messages = [found for each in objects if isinstance(found := each.get("message"), dict)]
    programs = [
        Path(str(each["executable"]))
        for each in objects
        if each.get("reason") == "compiler-artifact" and each.get("executable")
        and isinstance(profile := each.get("profile"), dict) and profile.get("test")
    ]  # fmt: skip
    return _Built(result=result, faults=_faults(messages, folder, tree.folder), programs=tuple(programs))


def build_program(tree: Tree, *, launcher: Launcher) -> Path | None:
    """The program of the workspace's own crate, built; None where that cannot be done. Raises SandboxError."""
    cargo = find_cargo()
    if cargo is None:
        return None
    target = _target_folder(tree.text("Cargo.toml"))
    result = launcher.start(
        (cargo, "build", "--offline", "--message-format=json"),
        folder=tree.folder,
        write_roots=(tree.folder, target),
        env=rust_environment(cargo, target),
        needs="compiler",
    )
    programs = [str(each["executable"]) for each in _objects(result.stdout) if each.get("executable")]
    return Path(programs[-1]) if programs else None


def _target_folder(manifest: str) -> Path:
    """Where what is built of a crate is kept; those of other crates are cleared away when there are many."""
    kept = caches_folder() / "cargo"
    name = re.search(r'^\s*name\s*=\s*"([\w-]+)"', manifest, re.MULTILINE)
    digest = hashlib.sha256(manifest.encode()).hexdigest()[:8]
    target = kept / f"{name[1] if name else 'crate'}-{digest}"
    target.mkdir(parents=True, exist_ok=True)
    target.touch()
    others = sorted(
        (path for path in kept.iterdir() if path != target), key=lambda path: path.stat().st_mtime
    )
    for path in others[: -(_KEPT_CRATES - 1)]:
        shutil.rmtree(path, ignore_errors=True)
    return target


def _objects(text: str) -> Iterator[dict[str, Json]]:
    for line in text.splitlines():
        if line.startswith("{"):
            try:
                found = json.loads(line)
            except ValueError:
                continue  # cut where the output was too long
            if isinstance(found, dict):
                yield found


def _faults(messages: Iterable[dict[str, Json]], folder: Path, root: Path) -> tuple[Fault, ...]:
    """The errors among the compiler's messages; paths in them are relative to `folder`."""
    found: dict[tuple[str, int, str], Fault] = {}
    for message in messages:
        spans, code = message.get("spans"), message.get("code")
        if message.get("level") != "error" or not isinstance(spans, list) or not spans:
            continue
        span = next((each for each in spans if isinstance(each, dict) and each.get("is_primary")), None)
        if span is None:
            continue
        place = (folder / str(span.get("file_name"))).resolve()
        path = place.relative_to(root).as_posix() if place.is_relative_to(root) else str(place)
        label = f" ({span['label']})" if span.get("label") else ""
        line = span.get("line_start")
        fault = Fault(
            path=path,
            line=line if isinstance(line, int) else 0,
            message=f"{message.get('message')}{label}{_help(message, said=label)}",
            code=str(code.get("code")) if isinstance(code, dict) else "",
        )
        found.setdefault((path, fault.line, fault.code), fault)
    return tuple(found.values())


def _help(message: dict[str, Json], *, said: str) -> str:
    """The compiler's first advice, which often is the mend, or ours where it gives none."""
    children = message.get("children")
    for child in children if isinstance(children, list) else ():
        if isinstance(child, dict) and child.get("level") == "help" and len(str(child.get("message"))) < 120:
            spans = child.get("spans")
            first = spans[0] if isinstance(spans, list) and spans else None
            better = first.get("suggested_replacement") if isinstance(first, dict) else None
            added_text = f": `{str(better).strip()}`" if better and str(better).strip() else ""
            return f"; help: {child['message']}{added_text}"
    return "; help: make each &str a String with .to_string()" if _HOLDS_STR.search(said) else ""


def plan_rust_tests(tree: Tree, changed: tuple[str, ...]) -> tuple[TestPlan, ...]:
    """The changed files whose crates have tests, or that have tests themselves; all files if `changed` is empty."""
    files = [path for path in changed or tree.paths if path.endswith((".rs", "Cargo.toml"))]
    has_any = any(_has_tests(tree, crate) for crate in _crates(tree, files))
    if not has_any and not any("#[test]" in tree.text(root) for root in _roots(tree, files)):
        return ()
    return (TestPlan(runner="rust", targets=tuple(files)),)


def run_rust_tests(plan: TestPlan, tree: Tree, *, launcher: Launcher) -> TestRun:
    """Build and run the tests of the plan's crates and files. Raises SandboxError."""
    crates = [crate for crate in _crates(tree, plan.targets) if _has_tests(tree, crate)]
    roots = [root for root in _roots(tree, plan.targets) if "#[test]" in tree.text(root)]
    command = "cargo test" if crates else f"rustc --test {roots[0]}"
    if find_rustc() is None:
        return TestRun(command=command, reason=NOT_INSTALLED)
    outcomes: list[Outcome] = []
    with scratch_folder() as name:
        scratch = Path(name)
        for folder, built in _test_programs(tree, crates, roots, scratch, launcher):
            if built.reason or built.faults:
                return TestRun(command=command, result=built.result, faults=built.faults, reason=built.reason)
            for program in built.programs:
                result = launcher.start(
                    (program, "--test-threads=2"), folder=folder, write_roots=(tree.folder,)
                )
                outcome = read_libtest(result.stdout, tree.folder)
                if outcome is None or outcome.failed or result.status != "exited":
                    return TestRun(command=command, result=result, outcome=outcome)
                outcomes.append(outcome)
    return TestRun(command=command, result=built.result, outcome=added(outcomes))


def _test_programs(
    tree: Tree, crates: Sequence[str], roots: Sequence[str], scratch: Path, launcher: Launcher
) -> Iterator[tuple[Path, _Built]]:
    """Each crate's or file's test programs, with the folder to run them in."""
    for crate in crates:
        yield tree.folder / crate, _cargo(tree, crate, launcher)
    for number, root in enumerate(roots):
        program = scratch / f"tests{number}"
        built = run_rustc(tree, root, ("--test", "-o", program), scratch=scratch, launcher=launcher)
        programs = (program,) if program.is_file() else ()
        yield tree.folder, _Built(result=built.result, faults=built.faults, programs=programs)


def _has_tests(tree: Tree, crate: str) -> bool:
    prefix = "" if crate == "." else f"{crate}/"
    return any(
        path.startswith(prefix) and ("#[test]" in tree.text(path) or "::test]" in tree.text(path))
        for path in tree.of_kind((".rs",))
    )
