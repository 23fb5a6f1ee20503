"""Solutions that are compiled: TypeScript, Go and Rust, built and run confined."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.bench.grading.subject import SubjectDied
from smallcode_jupyter.bench.toolchains import (
    esbuild,
    find_toolchain,
    go_environment,
    node_modules,
    toolchains_folder,
)
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

if TYPE_CHECKING:
    from smallcode_jupyter.bench.grading.exam import Exam

__all__ = ["Program", "compile_go", "compile_rust", "compile_typescript"]

_BUILD_SECONDS = 180.0
_BUILD_MEMORY = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A built solution."""

    path: Path
    folder: Path
    policy: SandboxPolicy

    def lines(self, requests: Sequence[str]) -> list[str]:
        """One run: a line of input for each request, a line of output for each answer.

        Raises SubjectDied if it fails, takes too long, or answers another number of lines.
        """
        text = "".join(f"{request}\n" for request in requests)
        result = run_confined((str(self.path),), cwd=self.folder, policy=self.policy, stdin=text)
        if result.status != "exited" or result.exit_code != 0:
            raise SubjectDied(
                f"The program {result.status}, status {result.exit_code}: {result.stderr[-400:]}"
            )
        answers = result.stdout.splitlines()
        if len(answers) != len(requests):
            raise SubjectDied(f"The program gave {len(answers)} answers to {len(requests)} requests.")
        return answers


def compile_typescript(exam: Exam, entry: str, *, types: str) -> str:
    """Check types, bundle; the bundle's path in the folder. Raises SubjectDied with the compiler's words."""
    exam.text(entry)
    files = [entry]
    if types:
        target = f"exam_{Path(types).name}"
        place = str(Path(entry).with_name(target))
        shutil.copyfile(exam.task.hidden / types, exam.folder / place)
        files.append(place)
    options = [
        "--strict",
        "--noEmit",
        "--target",
        "es2022",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
    ]
    options += [
        "--skipLibCheck",
        "--allowImportingTsExtensions",
        "--typeRoots",
        str(node_modules() / "@types"),
    ]
    compiler = (str(find_toolchain("node")), str(find_toolchain("typescript")), *options, *files)
    _build(exam, compiler, "tsc")
    output = "exam_bundle.mjs"
    bundler = (str(esbuild()), entry, "--bundle", "--platform=node", "--format=esm", f"--outfile={output}")
    _build(exam, bundler, "esbuild")
    return output


def compile_go(exam: Exam, driver: Path, *, at: str) -> Program:
    """Vet and build the module with the driver in it. Raises SubjectDied with the compiler's words."""
    target = exam.folder / at
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(driver, target)
    cache = toolchains_folder() / "go-cache"
    cache.mkdir(parents=True, exist_ok=True)
    go, environment = str(find_toolchain("go")), go_environment(cache)
    package = "./" + str(Path(at).parent)
    _build(exam, (go, "vet", "./..."), "go vet", environment, roots=(cache,))
    _build(exam, (go, "build", "-o", "exam_program", package), "go build", environment, roots=(cache,))
    return Program(path=exam.folder / "exam_program", folder=exam.folder, policy=exam.policy)


def compile_rust(exam: Exam, driver: Path) -> Program:
    """Build the solution with the driver as its main file. Raises SubjectDied with the compiler's words."""
    shutil.copyfile(driver, exam.folder / "exam_driver.rs")
    compiler = (str(find_toolchain("rust")), "--edition", "2021", "-A", "warnings", "-o", "exam_program")
    _build(exam, (*compiler, "exam_driver.rs"), "rustc")
    return Program(path=exam.folder / "exam_program", folder=exam.folder, policy=exam.policy)


def _build(
    exam: Exam,
    command: Sequence[str],
    name: str,
    environment: Mapping[str, str] | None = None,
    *,
    roots: Sequence[Path] = (),
) -> None:
    policy = replace(
        exam.policy,
        write_roots=(*exam.policy.write_roots, *roots),
        seconds=_BUILD_SECONDS,
        memory_mb=_BUILD_MEMORY,
        file_mb=256,
    )
    try:
        result = run_confined(command, cwd=exam.folder, policy=policy, env=environment)
    except SandboxError as error:
        raise SubjectDied(f"{name}: {error.what} {error.why}") from error
    if result.exit_code != 0:
        words = (result.stdout + result.stderr).strip()
        raise SubjectDied(f"{name}: {words[:600]}", kind="parse")
