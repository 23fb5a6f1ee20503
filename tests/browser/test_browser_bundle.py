"""The widget's bundle: one file that fetches nothing, for clients without the JupyterLab extension."""

from __future__ import annotations

import re

import pytest
from browser_lab import REPOSITORY

pytestmark = pytest.mark.browser

STATIC = REPOSITORY / "smallcode_jupyter" / "static"


def test_the_script_imports_nothing_and_names_no_host() -> None:
    script = (STATIC / "widget.js").read_text(encoding="utf-8")
    fetches = r"\bimport\s*\(|(?:^|[;}\n])\s*import\s*[\w{*\"']|\bfrom\s*[\"']|\brequire\(|\bfetch\("
    assert not re.search(rf"{fetches}|XMLHttpRequest|WebSocket|new Worker", script)
    assert set(re.findall(r"\bhttps?://[\w.]+", script)) <= {"http://www.w3.org"}, "names of namespaces only"
    assert re.search(r"export\s*\{\s*\w+ as default\s*\}", script)


def test_the_style_fetches_nothing() -> None:
    style = (STATIC / "widget.css").read_text(encoding="utf-8")
    assert "sc-root" in style
    assert not re.search(r"@import|url\(|@font-face", style)
