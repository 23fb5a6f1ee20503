"""Where compilers are looked for, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.toolchains import (
    caches_folder,
    find_esbuild,
    find_node,
    find_typescript,
    go_environment,
    rust_environment,
    toolchains_folder,
)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "home"


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_own_folders_lie_in_the_home(home):
    assert (toolchains_folder(), caches_folder()) == (home / "toolchains", home / "cache")


def test_projects_compiler_goes_before_the_fetched_one_and_that_before_the_paths(home, tmp_path: Path):
    assert find_typescript(tmp_path) is None
    on_path = make(tmp_path / "bin" / "tsc")
    assert find_typescript(tmp_path) == on_path
    fetched = make(home / "toolchains/node_modules/typescript/bin/tsc")
    assert find_typescript(tmp_path) == fetched
    own = make(tmp_path / "node_modules/typescript/bin/tsc")
    assert (find_typescript(tmp_path), find_typescript()) == (own, fetched)


def test_bundler_is_the_binary_itself(home, tmp_path: Path):
    assert find_esbuild() is None
    binary = make(home / "toolchains/node_modules/@esbuild/linux-x64/bin/esbuild")
    assert find_esbuild(tmp_path) == binary


def test_node_that_is_not_there_is_none():
    assert find_node() is None


def test_compilers_are_kept_offline_and_out_of_the_persons_folders(tmp_path: Path):
    told = go_environment(Path("/usr/bin/go"), tmp_path)
    assert (told["GOCACHE"], told["GOPROXY"]) == (str(tmp_path), "off")
    assert "GOMODCACHE" not in told
    assert go_environment(Path("/usr/bin/go"), tmp_path, modules=tmp_path)["GOMODCACHE"] == str(tmp_path)
    told = rust_environment(Path("/opt/bin/cargo"), tmp_path)
    assert (told["CARGO_TARGET_DIR"], told["CARGO_NET_OFFLINE"], told["RUSTC"]) == (
        str(tmp_path),
        "true",
        "/opt/bin/rustc",
    )
