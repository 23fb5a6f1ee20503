"""The test runners of other languages: found, run, and told of in a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smallcode_jupyter.checks.discover import discover_tests, is_test_file
from smallcode_jupyter.checks.languages.compiled_reports import read_go, read_libtest
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_go, find_node, find_rustc

PATIENT = 120.0
NODE_TEST = (
    "import test from 'node:test';\nimport assert from 'node:assert';\nimport { double } from './m.js';\n"
    "test('one', () => assert.equal(double(1), 2));\ntest('two', () => assert.deepEqual(double([2]), [2, 2]));\n"
)
NAIVE = "export const double = (a) => a + a;\n"
RIGHT = "export const double = (a) => (Array.isArray(a) ? [...a, ...a] : a + a);\n"


def tree_of(staging) -> Tree:
    return Tree(folder=staging.materialise(), paths=staging.paths())


def plans(stage, files: dict[str, str], changed: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (plan.runner, plan.targets) for plan in discover_tests(tree_of(stage({}, files)), changed=changed)
    ]


@pytest.mark.parametrize(
    ("package", "files", "runner"),
    [
        ({}, {"a.test.js": NODE_TEST}, "node"),
        ({}, {"check_it.mjs": NODE_TEST}, "node"),
        ({}, {"a.spec.js": "require('assert').equal(1, 1);"}, "node"),
        ({}, {"a.test.js": "import { it } from 'vitest';"}, "vitest"),
        ({}, {"a.test.ts": "import { it } from '@jest/globals';"}, "jest"),
        ({"scripts": {"test": "jest --ci"}}, {"a.test.js": "test('x', () => {});"}, "jest"),
        ({"devDependencies": {"vitest": "1"}}, {"a.test.js": "it('x', () => {});"}, "vitest"),
        ({"devDependencies": {"mocha": "1"}}, {"test/a.js": "describe('x', () => {});"}, "mocha"),
        ({}, {"src/__tests__/a.js": "it('x', () => {});"}, "jest"),
        ({}, {"pkg/a_test.go": "package pkg\n", "go.mod": "module m\n"}, "go"),
        ({}, {"m.rs": "#[test]\nfn works() {}\n"}, "rust"),
    ],
)
def test_runner_is_found_by_what_the_tests_use(stage, package, files, runner):
    found = plans(stage, {"package.json": json.dumps(package), **files})
    assert [kind for kind, _ in found] == [runner]


@pytest.mark.parametrize(
    "files",
    [
        {"test/data.js": "export const rows = [1];"},
        {"latest.js": "it('is', 'here');"},
        {"a.test.js": "export const x = 1;"},
        {"m.rs": "fn works() {}\n"},
        {"a.go": "package a\n", "go.mod": "module m\n"},
    ],
)
def test_what_holds_no_tests_is_not_run(stage, files):
    assert plans(stage, files) == []


def test_only_tests_that_import_the_change_are_run(stage):
    files = {
        "m.js": RIGHT,
        "user.js": "export * from './m.js';\n",
        "m.test.js": NODE_TEST,
        "user.test.js": "import { double } from './user.js';\nimport 'node:test';\n",
        "other.test.js": "import 'node:test';\n",
    }
    assert plans(stage, files, ("m.js",)) == [("node", ("m.test.js", "user.test.js"))]


@pytest.mark.parametrize(
    "path",
    ["a.test.ts", "src/a.spec.jsx", "pkg/a_test.go", "tests/works.rs", "x/__tests__/a.js", "test_a.cjs"],
)
def test_test_files_of_other_languages_are_known(path):
    assert is_test_file(path)


@pytest.mark.parametrize("path", ["latest.js", "contest.go", "src/test.rs", "testing.py", "spec/readme.md"])
def test_other_files_are_no_tests(path):
    assert not is_test_file(path)


def test_failing_test_of_node_is_told_with_its_line(verdict):
    on_disk = {"m.test.js": NODE_TEST, "package.json": '{"type": "module"}'}
    result = verdict("tests", {"m.js": NAIVE}, on_disk=on_disk)
    if find_node() is None:
        assert result.detail == "Node is not installed, so the tests were not run."
        return
    assert (result.status, result.passed, result.failed) == ("failed", 1, 1)
    lines = result.detail.split("\n")
    assert lines[:2] == [
        "two failed:",
        "  at m.test.js, line 5: test('two', () => assert.deepEqual(double([2]), [2, 2]));",
    ]
    assert "  actual: '22'" in lines


def test_values_that_differ_are_told_in_two_lines(verdict):
    on_disk = {
        "m.test.js": NODE_TEST,
        "package.json": '{"type": "module", "scripts": {"test": "node --test"}}',
    }
    result = verdict("tests", {"m.js": "export const double = (a) => [a, a].flat();\n"}, on_disk=on_disk)
    assert result.status == ("failed" if find_node() else "unchecked")
    if find_node():
        assert result.detail.startswith("one failed:\n  at m.test.js, line 4: test('one', ")


def test_test_file_that_cannot_load_the_change_says_why(verdict):
    on_disk = {"m.test.js": NODE_TEST, "package.json": '{"type": "module"}'}
    result = verdict("tests", {"m.js": "export const twice = (a) => a;\n"}, on_disk=on_disk)
    if find_node():
        assert result.status == "failed"
        assert "does not provide an export named 'double'" in result.detail


def test_tests_in_typescript_are_bundled_and_run(verdict):
    on_disk = {"m.test.ts": NODE_TEST.replace("./m.js", "./m"), "package.json": '{"type": "module"}'}
    result = verdict("tests", {"m.ts": "export const double = (a: any): any => a;\n"}, on_disk=on_disk)
    has_all = find_node() is not None and find_esbuild() is not None
    assert result.status == ("failed" if has_all else "unchecked")
    assert result.detail.startswith("one failed:\n  at ") or not has_all


JEST = {
    "testResults": [
        {
            "name": "FOLDER/m.test.js",
            "status": "failed",
            "message": "",
            "assertionResults": [
                {"fullName": "double ok", "status": "passed", "failureMessages": []},
                {"fullName": "double later", "status": "pending", "failureMessages": []},
                {
                    "fullName": "double three",
                    "status": "failed",
                    "failureMessages": [
                        "Error: expect(received).toEqual(expected) // deep equality\n\n"
                        "- Expected  - 0\n+ Received  + 1\n\n"
                        "  Array [\n    1,\n+   3,\n  ]\n    at Object.toEqual (FOLDER/m.test.js:2:35)\n"
                        "    at run (FOLDER/node_modules/jest-circus/build/run.js:9:1)"
                    ],
                },
            ],
        },
        {
            "name": "FOLDER/n.test.js",
            "status": "failed",
            "message": "Cannot find module './n'",
            "assertionResults": [],
        },
    ]
}
MOCHA = {
    "passes": [{}],
    "pending": [],
    "failures": [
        {
            "fullTitle": "double three",
            "err": {
                "stack": "TypeError: boom\n    at double (m.js:1:7)\n"
                "    at Context.<anonymous> (test/m.test.js:2:5)"
            },
        }
    ],
}
RUNNER = """
const fs = require("fs");
const words = process.argv.slice(2).join(" ");
const report = /(?:--outputFile=|output=)(\\S+)/.exec(words)[1];
fs.writeFileSync("arguments.txt", words);
fs.writeFileSync(report, JSON.stringify(%s).replaceAll("FOLDER", process.cwd()));
process.exit(1);
"""


@pytest.mark.parametrize(
    ("runner", "program", "report", "detail"),
    [
        (
            "jest",
            "jest/bin/jest.js",
            JEST,
            "double three failed:\n  at m.test.js, line 2: test('two', () => {});\n"
            "  Error: expect(received).toEqual(expected) // deep equality\n  +   3,\nn.test.js failed:\n"
            "  Cannot find module './n'",
        ),
        (
            "vitest",
            "vitest/vitest.mjs",
            JEST,
            "double three failed:\n  at m.test.js, line 2: test('two', () => {});\n"
            "  Error: expect(received).toEqual(expected) // deep equality\n  +   3,\nn.test.js failed:\n"
            "  Cannot find module './n'",
        ),
        (
            "mocha",
            "mocha/bin/mocha.js",
            MOCHA,
            "double three failed:\n  at m.js, line 1: export const double = (a) => a + a;\n"
            "  at test/m.test.js, line 2: test('two', () => {});\n  TypeError: boom",
        ),
    ],
)
def test_projects_own_runner_is_started_and_read(stage, verdict, runner, program, report, detail):
    script = RUNNER % json.dumps(report)
    if program.endswith(".mjs"):
        script = script.replace('const fs = require("fs");', 'import fs from "fs";')
    place = "test/m.test.js" if runner == "mocha" else "m.test.js"
    on_disk = {
        "package.json": json.dumps({"devDependencies": {runner: "1"}}),
        f"node_modules/{program}": script,
        f"node_modules/{runner}/package.json": "{}",
        place: f"import {{ double }} from '{'../' if '/' in place else './'}m.js';\ntest('two', () => {{}});\n",
    }
    result = verdict("tests", {"m.js": NAIVE}, on_disk=on_disk)
    assert result.target == f"{runner} {place}"
    if find_node():
        assert (result.status, result.passed, result.detail) == ("failed", 1, detail)


def test_runner_that_is_not_installed_is_unchecked(verdict):
    on_disk = {"m.test.js": "import { it } from 'vitest';\nimport './m.js';\n"}
    result = verdict("tests", {"m.js": NAIVE}, on_disk=on_disk)
    assert result.status == "unchecked"
    if find_node():
        assert result.detail == "m.test.js is written for vitest, which is not installed in this project."


def test_runner_that_cannot_start_is_unchecked(verdict):
    on_disk = {
        "m.test.js": "import { it } from 'vitest';\nimport './m.js';\n",
        "node_modules/vitest/vitest.mjs": "console.error('no config'); process.exit(1);\n",
    }
    result = verdict("tests", {"m.js": NAIVE}, on_disk=on_disk)
    assert result.status == "unchecked"
    assert result.detail == "The test runner could not start: no config" or not find_node()


GO = {
    "go.mod": "module shop\n\ngo 1.21\n",
    "price/price_test.go": (
        'package price\n\nimport "testing"\n\nfunc TestNet(t *testing.T) {\n\tif got := Net(3); got != 3 {\n'
        '\t\tt.Errorf("got %d, want 3", got)\n\t}\n}\n\nfunc TestNone(t *testing.T) {\n\tif Net(0) != 0 {\n'
        '\t\tt.Fatal("none")\n\t}\n}\n'
    ),
}


def test_failing_go_test_is_told_with_its_condition(verdict):
    text = "package price\n\nfunc Net(cents int) int { return cents * 2 }\n"
    result = verdict("tests", {"price/price.go": text}, on_disk=GO, seconds=PATIENT)
    assert result.target == "go test ./price"
    if find_go() is None:
        assert result.status == "unchecked"
        return
    assert (result.status, result.passed, result.failed) == ("failed", 1, 1)
    assert result.detail == (
        "TestNet failed:\n    price_test.go:7: got 6, want 3\n        in: if got := Net(3); got != 3 {"
    )


def test_go_code_that_ends_the_run_is_no_pass(verdict):
    text = 'package price\n\nimport "os"\n\nfunc Net(cents int) int { os.Exit(0); return 0 }\n'
    result = verdict("tests", {"price/price.go": text}, on_disk=GO, seconds=PATIENT)
    assert result.status == ("failed" if find_go() else "unchecked")
    assert (
        "ended before it was done (exit code 0): the code ended the program." in result.detail
        or not find_go()
    )


def test_failing_rust_test_is_told_with_its_line(verdict):
    text = (
        "pub fn net(cents: u32) -> u32 {\n    cents * 2\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n"
        "    #[test]\n    fn keeps() {\n        assert_eq!(net(3), 3);\n    }\n\n    #[test]\n    fn none() {\n"
        "        assert_eq!(net(0), 0);\n    }\n}\n"
    )
    result = verdict("tests", {"price.rs": text}, seconds=PATIENT)
    if find_rustc() is None:
        assert result.status == "unchecked"
        return
    assert (result.status, result.passed, result.failed) == ("failed", 1, 1)
    assert result.detail.startswith("tests::keeps failed:\n  at price.rs, line 11: assert_eq!(net(3), 3);\n")
    assert "left: 6" in result.detail


def test_tests_of_a_crate_are_run(verdict):
    on_disk = {
        "Cargo.toml": '[package]\nname = "prices"\nversion = "0.1.0"\nedition = "2021"\n',
        "tests/net.rs": "#[test]\nfn keeps() {\n    assert_eq!(prices::net(3), 3);\n}\n",
    }
    result = verdict(
        "tests", {"src/lib.rs": "pub fn net(cents: u32) -> u32 { cents }\n"}, on_disk=on_disk, seconds=PATIENT
    )
    assert (result.status, result.passed) == (("passed", 1) if find_rustc() else ("unchecked", 0))


def test_panic_in_go_is_told_with_the_workspaces_lines(tmp_path: Path):
    (tmp_path / "m.go").write_text('package m\n\nfunc F() {\n\tpanic("oh")\n}\n')
    stdout = "=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n--- FAIL: TestB (0.00s)\n"
    stderr = (
        "panic: oh [recovered]\n\tpanic: oh\n\ngoroutine 7 [running]:\ntesting.tRunner.func1.2()\n"
        f"\t/usr/lib/go/src/testing/testing.go:1632 +0x230\nshop.F(...)\n\t{tmp_path}/m.go:4\n"
    )
    outcome = read_go(stdout, stderr, tmp_path)
    assert outcome is not None
    assert (outcome.passed, outcome.failed) == (1, 1)
    assert outcome.failures == ('TestB failed:\n  panic: oh\n  at m.go, line 4: panic("oh")',)


def test_of_go_tests_with_subtests_only_these_count(tmp_path: Path):
    stdout = (
        "=== RUN   TestA\n=== RUN   TestA/x\n    a_test.go:3: bad\n=== RUN   TestA/y\n--- FAIL: TestA (0.00s)\n"
        "    --- FAIL: TestA/x (0.00s)\n    --- PASS: TestA/y (0.00s)\nFAIL\n"
    )
    outcome = read_go(stdout, "", tmp_path)
    assert outcome is not None
    assert (outcome.passed, outcome.failed, outcome.failures) == (
        1,
        1,
        ("TestA/x failed:\n    a_test.go:3: bad",),
    )


def test_rust_run_that_was_cut_short_has_no_outcome(tmp_path: Path):
    assert read_libtest("running 2 tests\ntest a ... ok\n", tmp_path) is None


def test_tests_that_want_the_network_are_unchecked(verdict):
    tests = (
        "import socket\nimport unittest\nimport m\n\nclass T(unittest.TestCase):\n"
        "    def test_port(self):\n        socket.create_server(('127.0.0.1', 0))\n"
    )
    result = verdict("tests", {"m.py": "x = 1\n"}, on_disk={"test_m.py": tests})
    assert result.status == "unchecked"
    assert result.detail.startswith("The tests that fail use the network, which they may not here.")


def test_other_failures_beside_those_of_the_network_count(verdict):
    tests = (
        "import test from 'node:test';\nimport assert from 'node:assert';\nimport net from 'node:net';\n"
        "import { x } from './m.js';\n"
        "test('port', (t, done) => net.createServer().on('error', done).listen(0, done));\n"
        "test('x', () => assert.equal(x, 2));\n"
    )
    on_disk = {"m.test.js": tests, "package.json": '{"type": "module"}'}
    result = verdict("tests", {"m.js": "export const x = 1;\n"}, on_disk=on_disk)
    assert result.status == ("failed" if find_node() else "unchecked")
    assert result.detail.startswith("x failed:") or not find_node()


def test_tests_of_unknown_runners_are_left_alone(stage):
    assert (
        plans(stage, {"a.spec.ts": "import { test } from '@playwright/test';\ntest('x', () => {});\n"}) == []
    )
