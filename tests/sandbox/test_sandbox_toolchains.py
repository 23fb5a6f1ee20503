"""Where compilers are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.toolchains import find_cargo, find_rustc, find_rustfmt


def _script(path: Path, lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


def test_a_rustup_without_toolchains_hides_no_working_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rustc", "cargo", "rustfmt"):
        _script(tmp_path / "proxies" / name, "echo 'no default is configured' >&2; exit 1")
    _script(tmp_path / "sysroot" / "bin" / "rustc", f"echo {tmp_path}/sysroot")
    _script(tmp_path / "sysroot" / "bin" / "cargo", "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}/proxies:{tmp_path}/sysroot/bin")
    assert find_rustc() == tmp_path / "sysroot" / "bin" / "rustc"
    assert find_cargo() == tmp_path / "sysroot" / "bin" / "cargo"
    assert find_rustfmt() is None
