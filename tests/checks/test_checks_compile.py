"""Compiling what changed and what uses it. Where a compiler is not installed the verdict is `unchecked`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smallcode_jupyter.checks.faults import Fault, new_faults
from smallcode_jupyter.checks.languages import go, rust, typescript
from smallcode_jupyter.checks.languages.ecmascript import importers, is_module
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_go, find_rustc, find_typescript

PATIENT = 120.0
"""The first build with an empty cache takes long."""
HAS_TYPESCRIPT = find_typescript() is not None and find_esbuild() is not None
SHOP = {
    "go.mod": "module shop\n\ngo 1.21\n",
    "price/price.go": "package price\n\n// Net is without tax.\nfunc Net(cents int) int { return cents }\n",
    "till/till.go": 'package till\n\nimport "shop/price"\n\nfunc Pay() int { return price.Net(3) }\n',
}


def expected(status: str, *, is_installed: bool) -> str:
    return status if is_installed else "unchecked"


def test_type_error_is_told_with_its_line(verdict):
    text = "export function area(side: number): number {\n  return `${side}`;\n}\n"
    result = verdict("compile", {"shape.ts": text}, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=HAS_TYPESCRIPT)
    if HAS_TYPESCRIPT:
        assert result.detail == (
            "shape.ts, line 2: Type 'string' is not assignable to type 'number'.\n    return `${side}`;"
        )


def test_types_alone_do_not_validate(check):
    report = check({"shape.ts": "export const side: number = 3;\n"}, seconds=PATIENT)
    assert report.status == "unchecked"


def test_file_that_uses_the_change_has_to_compile_too(verdict):
    on_disk = {
        "size.ts": "export const size = 3;\n",
        "use.ts": "import { size } from './size';\nexport const big: number = size * 2;\n",
    }
    result = verdict("compile", {"size.ts": "export const size = 'L';\n"}, on_disk=on_disk, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=HAS_TYPESCRIPT)
    assert result.detail.startswith("use.ts, line 2: The left-hand side") or not HAS_TYPESCRIPT


def test_error_that_was_there_before_is_not_the_changes_fault(verdict):
    on_disk = {
        "size.ts": "export const size: number = 3;\n",
        "use.ts": "import { size } from './size';\nexport const text: string = size;\n",
    }
    result = verdict(
        "compile", {"size.ts": "export const size: number = 4;\n"}, on_disk=on_disk, seconds=PATIENT
    )
    assert result.status == "unchecked"
    assert "They were there before this change." in result.detail or not HAS_TYPESCRIPT


def test_projects_own_settings_are_used(verdict):
    on_disk = {"tsconfig.json": '{ "compilerOptions": { "strict": false }, /* loose */ }'}
    result = verdict(
        "compile", {"m.ts": "export function f(a) { return a; }\n"}, on_disk=on_disk, seconds=PATIENT
    )
    assert result.status == expected("passed", is_installed=HAS_TYPESCRIPT)


def test_package_that_is_not_installed_leaves_types_unchecked(verdict):
    text = "import { z } from 'zod';\nexport const shape = z.object({}).parse({}).a.b;\n"
    on_disk = {
        "package.json": json.dumps({"dependencies": {"zod": "3"}}),
        "m.ts": "import { z } from 'zod';\n",
    }
    result = verdict("compile", {"m.ts": text}, on_disk=on_disk, words="tsc must pass", seconds=PATIENT)
    assert result.status == "unchecked"


def test_import_of_a_package_nobody_named_fails(verdict):
    result = verdict("compile", {"m.ts": "import _ from 'lodash';\nexport const a = _;\n"}, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=HAS_TYPESCRIPT)


def test_code_for_node_compiles_without_its_types_in_the_project(verdict):
    text = "import { readFileSync } from 'node:fs';\nexport const a: string = readFileSync(process.argv[2], 'utf8');\n"
    assert verdict("compile", {"m.ts": text}, seconds=PATIENT).status == expected(
        "passed", is_installed=HAS_TYPESCRIPT
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            "export function f(m: Map<string, number>): number {\n  return m.get('a') + 1;\n}\n",
            "`?? fallback`",
        ),
        ("export function f(m: Map<string, number>): number {\n  return m.get('a');\n}\n", "`?? fallback`"),
        ("export function f(): number {\n  const a = 1;\n  a = 2;\n  return a;\n}\n", "declare it with let"),
        ("export class A {\n  b: number;\n}\n", "declare it with `!:`"),
    ],
)
def test_typescript_errors_come_with_advice(verdict, text, advice):
    result = verdict("compile", {"m.ts": text}, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=HAS_TYPESCRIPT)
    assert advice in result.detail or not HAS_TYPESCRIPT


def test_go_errors_are_told_with_their_lines(verdict):
    text = "package price\n\nfunc Net(cents int) int {\n\tunused := 1\n\treturn centz\n}\n"
    result = verdict("compile", {"price/price.go": text}, on_disk=SHOP, seconds=PATIENT)
    is_installed = find_go() is not None
    assert result.status == expected("failed", is_installed=is_installed)
    if is_installed:
        assert result.failed == 2
        assert result.detail == (
            "price/price.go, line 4: declared and not used: unused\n    unused := 1\n"
            "price/price.go, line 5: undefined: centz\n    return centz"
        )


def test_go_package_that_imports_the_change_has_to_compile_too(verdict):
    text = "package price\n\nfunc Net(cents, tax int) int { return cents - tax }\n"
    result = verdict("compile", {"price/price.go": text}, on_disk=SHOP, seconds=PATIENT)
    is_installed = find_go() is not None
    assert result.status == expected("failed", is_installed=is_installed)
    assert result.detail.startswith("till/till.go, line 5: not enough arguments") or not is_installed


@pytest.mark.parametrize("on_disk", [SHOP, {}])
def test_go_program_without_its_main_function_compiles(verdict, on_disk):
    text = "package main\n\nfunc Sum(a, b int) int { return a + b }\n"
    result = verdict("compile", {"tool/sum.go": text}, on_disk=on_disk, seconds=PATIENT)
    assert result.status == expected("passed", is_installed=find_go() is not None)


def test_what_vet_finds_fails(verdict):
    text = 'package main\n\nimport "fmt"\n\nfunc Say(n int) string { return fmt.Sprintf("%s", n) }\n'
    result = verdict("compile", {"say.go": text}, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=find_go() is not None)


def test_rust_error_comes_with_the_compilers_advice(verdict):
    text = "pub fn first(words: &[String]) -> String {\n    words[0]\n}\n"
    result = verdict("compile", {"m.rs": text}, seconds=PATIENT)
    is_installed = find_rustc() is not None
    assert result.status == expected("failed", is_installed=is_installed)
    if is_installed:
        assert result.detail.startswith("m.rs, line 2: cannot move out of")
        assert "help: " in result.detail
        assert result.detail.endswith("\n    words[0]")


def test_rust_advice_where_the_compiler_gives_none(verdict):
    text = "pub fn f(t: &str) -> Option<String> {\n    t.lines()\n        .map(|l| l.trim())\n        .next()\n}\n"
    result = verdict("compile", {"m.rs": text}, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=find_rustc() is not None)
    assert find_rustc() is None or "help: make each &str a String with .to_string()" in result.detail


def test_rust_file_of_a_larger_program_is_unchecked_by_itself(verdict):
    text = "use crate::other::Thing;\npub fn f(t: Thing) {}\n"
    assert verdict("compile", {"m.rs": text}, seconds=PATIENT).status == "unchecked"


def test_rust_file_is_compiled_with_the_one_that_declares_it(verdict):
    on_disk = {
        "main.rs": "mod other;\nmod m;\nfn main() { m::f(other::Thing) }\n",
        "other.rs": "pub struct Thing;\n",
    }
    text = "use crate::other::Thing;\npub fn f(t: Thing) {}\n"
    result = verdict("compile", {"m.rs": text}, on_disk=on_disk, seconds=PATIENT)
    assert (result.status, result.target) == (
        expected("passed", is_installed=find_rustc() is not None),
        "rustc main.rs" if find_rustc() else "rustc",
    )


def test_crate_is_built_outside_of_the_persons_folder(stage, verdict, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    on_disk = {"Cargo.toml": '[package]\nname = "tiny"\nversion = "0.1.0"\nedition = "2021"\n'}
    text = "pub fn two() -> u32 {\n    2\n}\n"
    result = verdict("compile", {"src/lib.rs": text}, on_disk=on_disk, seconds=PATIENT)
    is_installed = find_rustc() is not None
    assert result.status == expected("passed", is_installed=is_installed)
    assert (tmp_path / "home" / "cache" / "cargo").is_dir() == is_installed
    assert sorted(path.name for path in (tmp_path / "workspace").iterdir()) == ["Cargo.toml"]


@pytest.mark.parametrize(
    ("path", "text", "module", "name", "reason"),
    [
        ("a.go", "package a\n", go, "find_go", go.NOT_INSTALLED),
        ("a.rs", "", rust, "find_rustc", rust.NOT_INSTALLED),
        ("a.ts", "", typescript, "find_node", "Node is not installed, so the types were not checked"),
    ],
)
def test_missing_compiler_is_unchecked_with_the_reason(
    verdict, monkeypatch, path, text, module, name, reason
):
    monkeypatch.setattr(module, name, lambda *_: None)
    monkeypatch.setattr(typescript, "find_typescript", lambda *_: Path("tsc"))
    result = verdict("compile", {path: text})
    assert result.status == "unchecked"
    assert result.detail.startswith(reason)


def test_compiler_that_takes_too_long_is_unchecked(verdict, monkeypatch, tmp_path: Path):
    program = tmp_path / "go"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(go, "find_go", lambda: program)
    result = verdict("compile", {"a.go": "package a\n"}, seconds=0.2)
    assert (result.status, result.detail) == ("unchecked", "The Go compiler did not finish in 1 s.")


def test_only_new_faults_count_wherever_their_line_stands_now():
    before = "a\nbad()\n"
    after = "\n\na\nbad()\nbad()\nworse()\n"
    earlier = [Fault(path="m", line=2, message="no bad in line 2")]
    faults = [
        Fault(path="m", line=4, message="no bad in line 4"),
        Fault(path="m", line=5, message="no bad in line 5"),
        Fault(path="m", line=6, message="no worse"),
    ]
    found = new_faults(faults, earlier, source=lambda _: after, earlier_source=lambda _: before)
    assert [fault.line for fault in found] == [5, 6]


@pytest.mark.parametrize(
    ("path", "text", "kind", "is_one"),
    [
        ("a.mjs", "", None, True),
        ("a.cjs", "import x from 'y'", "module", False),
        ("a.js", "export const a = 1", None, True),
        ("a.js", "export const a = 1", "commonjs", False),
        ("a.js", "require('x')", "module", True),
        ("a.js", "// export nothing\nrequire('x')", None, False),
    ],
)
def test_module_system_is_decided_as_node_does(path, text, kind, is_one):
    assert is_module(path, text, lambda: {"type": kind} if kind else {}) is is_one


def test_importers_are_found_however_indirect(tmp_path: Path):
    files = {
        "a.ts": "export const a = 1;\n",
        "lib/b.ts": "export * from '../a.js';\n",
        "c.js": "const { a } = require('./lib/b');\n",
        "d.js": "// import './a'\nimport './e.js';\n",
        "e.js": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    tree = Tree(folder=tmp_path, paths=tuple(sorted(files)))
    assert importers(tree, ["a.ts"]) == {"a.ts", "lib/b.ts", "c.js"}


def test_advice_of_vet_that_was_there_before_does_not_count(verdict):
    text = 'package main\n\nimport "fmt"\n\nfunc Say(n int) string { return fmt.Sprintf("%s", n) }\n'
    result = verdict("compile", {"say.go": text + "\nvar A = 1\n"}, on_disk={"say.go": text}, seconds=PATIENT)
    assert result.status == "unchecked"
    assert "They were there before this change." in result.detail or find_go() is None


def test_globals_of_a_test_runner_without_types_are_no_fault(verdict):
    on_disk = {
        "m.test.ts": "import { a } from './m';\ndescribe('a', () => { it('is', () => expect(a).toBe(1)); });\n"
    }
    result = verdict(
        "compile", {"m.ts": "export const a = 1;\n"}, on_disk=on_disk, words="tsc", seconds=PATIENT
    )
    assert result.status == "unchecked"


def test_test_that_is_declared_twice_is_told_where_it_was_added(verdict):
    test = 'package m\n\nimport "testing"\n\nfunc TestF(t *testing.T) {}\n'
    on_disk = {"m.go": "package m\n", "m_test.go": test, "go.mod": "module m\n\ngo 1.21\n"}
    result = verdict("compile", {"m.go": test}, on_disk=on_disk, seconds=PATIENT)
    assert result.status == expected("failed", is_installed=find_go() is not None)
    if find_go():
        assert result.detail.startswith(
            "m.go, line 5: TestF is declared in m_test.go already\n    func TestF"
        )
