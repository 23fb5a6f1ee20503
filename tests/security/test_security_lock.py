"""The lock file pins what the project needs, with hashes, and names no host; the bill of materials lists it."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_dependency_is_pinned_with_hashes_and_no_host_is_named() -> None:
    text = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^([a-z0-9-]+)==[^\n]+\\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
    pinned = set(pins)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[\s;\[<>=]", line)[0]).lower() for line in wanted}
    assert names - pinned == set()
    assert "://" not in text


def test_the_bill_of_materials_lists_what_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sbom = runpy.run_path(str(ROOT / "scripts" / "sbom.py"))
    assert sbom["main"]([str(tmp_path / "sbom.json")]) == 0
    bill = json.loads((tmp_path / "sbom.json").read_text())
    listed = {component["name"]: component for component in bill["components"]}
    assert {"smallcode-jupyter", "openai", "nbformat", "tree-sitter"} <= listed.keys()
    assert listed["openai"]["licenses"] == [{"license": {"name": "Apache-2.0"}}]
    assert "packages" in capsys.readouterr().out
