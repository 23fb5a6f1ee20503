"""The syntax check, by language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.toolchains import find_rustfmt

NODE_STATUS = {True: "failed", False: "unchecked"}


def test_python_fault_is_shown_with_the_lines_around_it(verdict):
    result = verdict("syntax", {"m.py": "a = 1\nb = 2\ndef f(:\n    pass\nc = 3\nd = 4\n"})
    assert result.status == "failed"
    assert result.detail == (
        "m.py, line 3: SyntaxError: invalid syntax\n"
        "  1: a = 1\n  2: b = 2\n> 3: def f(:\n  4:     pass\n  5: c = 3"
    )


def test_good_python_passes_but_is_not_enough_to_validate(check):
    report = check({"m.py": "x = 1\n"})
    assert [result.name for result in report.results] == ["syntax"]
    assert report.status == "unchecked"


@pytest.mark.parametrize("text", ["return 1\n", "def f():\n  x = 1\n\ty = 2\n", "x = (" * 300, "x = 'a"])
def test_python_that_does_not_compile_fails(verdict, text):
    assert verdict("syntax", {"m.py": text}).status == "failed"


def test_windows_line_ends_are_no_fault(verdict):
    assert verdict("syntax", {"m.py": "def f():\r\n    return 1\r\n"}).status == "passed"


@pytest.mark.parametrize(
    "code",
    ["%matplotlib inline\nx = 1", "!ls\nx = 1", "files = !ls", "x?", "%%bash\necho 'no python", "await f()"],
)
def test_magics_and_await_are_fine_in_a_cell(verdict, code):
    assert verdict("syntax", {"cell:next": code}).status == "passed"


def test_fault_in_a_cell_is_named_as_such(verdict):
    result = verdict("syntax", {"cell:next": "%matplotlib inline\nx = = 1\n"})
    assert result.status == "failed"
    assert result.detail.startswith("the cell, line 2: SyntaxError: invalid syntax\n")
    assert "> 2: x = = 1" in result.detail


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.json", '{"a": 1,}', "a.json, line 1: not valid JSON"),
        ("a.toml", "a = 1\nb = = 2\n", "a.toml, line 2: not valid TOML"),
        ("a.ipynb", "{", "a.ipynb, line 1: not valid JSON"),
        ("a.ipynb", '{"nbformat": 4}', 'a.ipynb: not a notebook: it has no list "cells"'),
    ],
)
def test_data_files_are_parsed(verdict, path, text, message):
    result = verdict("syntax", {path: text})
    assert result.status == "failed"
    assert result.detail.startswith(message)


@pytest.mark.parametrize(
    ("path", "text"), [("a.json", '{"a": [1]}'), ("a.toml", "a = 1\n"), ("a.ipynb", '{"cells": []}')]
)
def test_good_data_files_pass(verdict, path, text):
    assert verdict("syntax", {path: text}).status == "passed"


@pytest.mark.parametrize("path", ["a.scss", "a.java", "README.md", "Makefile"])
def test_language_without_a_checker_is_never_passed(check, path):
    report = check({path: "anything: at [all\n"})
    assert [result.status for result in report.results] == ["unchecked"]
    assert report.status == "unchecked"


@pytest.mark.parametrize("path", ["a.js", "a.mjs"])
def test_faulty_javascript_fails_where_node_is(verdict, path):
    result = verdict("syntax", {path: "const a = 1;\nexport const b = ;\n"})
    has_node = shutil.which("node") is not None
    assert result.status == NODE_STATUS[has_node]
    assert ("line 2: SyntaxError: Unexpected token" in result.detail) == has_node


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.js", "const fs = require('fs');\n"), ("a.js", "import fs from 'fs';\n"), ("a.mjs", "await 1;\n")],
)
def test_good_javascript_passes_where_node_is(verdict, path, text):
    expected = "passed" if shutil.which("node") else "unchecked"
    assert verdict("syntax", {path: text}).status == expected


def test_missing_program_leaves_the_file_unchecked(verdict, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = verdict("syntax", {"a.js": "nonsense ("})
    assert (result.status, result.detail) == (
        "unchecked",
        "node is not installed, so the syntax was not checked.",
    )


@pytest.mark.parametrize(
    ("script", "status", "detail"),
    [
        ("exit 0", "passed", ""),
        ("echo '<standard input>:2:3: expected }' >&2; exit 2", "failed", "a.go, line 2: expected }"),
        ("echo 'no such option' >&2; exit 2", "unchecked", "gofmt could not run: no such option"),
        ("kill -9 $$", "unchecked", "gofmt did not finish, so the syntax was not checked."),
    ],
)
def test_verdict_of_a_program(verdict, monkeypatch, tmp_path: Path, script, status, detail):
    program = tmp_path / "gofmt"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    result = verdict("syntax", {"a.go": "package a\nfunc (\n"})
    assert (result.status, result.detail.partition("\n")[0]) == (status, detail)


def test_json_that_had_comments_may_keep_them(verdict):
    text = '{\n  // why\n  "a": 1,\n}\n'
    assert verdict("syntax", {"conf.json": text}, on_disk={"conf.json": text}).status == "passed"


def test_json_that_had_none_may_not_get_them(verdict):
    assert verdict("syntax", {"conf.json": '{ "a": 1, }'}, on_disk={"conf.json": "{}"}).status == "failed"


def test_yaml_that_a_program_fills_in_is_unchecked(verdict):
    result = verdict("syntax", {"a.yaml": "a: {{ .Values.x }}\n{{- if b }}\nc: 1\n{{- end }}\n"})
    assert result.status == "unchecked"


def test_node_decides_the_module_system(verdict):
    result = verdict(
        "syntax", {"a.js": "import x from 'y';\n"}, on_disk={"package.json": '{"type": "commonjs"}'}
    )
    assert result.status == NODE_STATUS[shutil.which("node") is not None]
    assert "Cannot use import statement outside a module" in result.detail or result.status == "unchecked"


def test_faulty_rust_is_told_in_one_line(verdict):
    result = verdict("syntax", {"a.rs": "fn f() {\n    let a = 'b'';\n}\n"})
    if find_rustfmt() is None:
        assert result.status == "unchecked"
        return
    assert result.status == "failed"
    assert result.detail.split("\n")[0].startswith("a.rs, line 2: unterminated character literal")
