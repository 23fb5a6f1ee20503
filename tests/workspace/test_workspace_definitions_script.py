"""Answers for JavaScript and TypeScript files, merged by definition; each pair shows a fault that small models make."""

from __future__ import annotations

import pytest

from smallcode_jupyter.workspace.mends import tell_mends
from smallcode_jupyter.workspace.merging import mend_file, merge_answer

MODULE = """// Measurements of a sensor.

import { round } from "./numbers.js";

/** What is measured. */
export type Kind = "heat" | "light";

export interface Reading {
  kind: Kind;
  value: number;
}

const LIMIT = 3;

/** The last few items. */
export class Recent<T> {
  private items: T[] = [];

  /** Keeps at most `capacity` items. */
  constructor(readonly capacity: number) {
    throw new Error("not implemented");
  }

  /** Adds an item. */
  push(item: T): void {
    throw new Error("not implemented");
  }

  get size(): number {
    throw new Error("not implemented");
  }
}

/** The mean of some values. */
export function mean(values: number[]): number {
  throw new Error("not implemented");
}
"""
COMMON = """"use strict";

const fs = require("fs");

/** The rows of a text. */
function parse(text) {
  throw new Error("not implemented");
}

/** Rows as text. */
function format(rows) {
  throw new Error("not implemented");
}

module.exports = { parse, format };
"""
TODO = '  throw new Error("not implemented");\n'
MEAN = f"export function mean(values: number[]): number {{\n{TODO}}}\n"
NEW_MEAN = "export function mean(values: number[]): number {\n  return values[0];\n}\n"
DONE = MODULE.replace(MEAN, NEW_MEAN)
PARSE = f"function parse(text) {{\n{TODO}}}\n"
NEW_PARSE = 'function parse(text) {\n  return text.split("\\n");\n}\n'
PARSED = COMMON.replace(PARSE, NEW_PARSE)


def merged(answer: str, old: str = MODULE, path: str = "src/recent.ts") -> tuple[str, str]:
    """The merged text and the mends in words; merging again changes nothing."""
    outcome = merge_answer(old, answer, path)
    assert outcome.text is not None, outcome.problem
    again = merge_answer(outcome.text, answer, path)
    assert (again.text, again.problem and again.problem.code) == (None, "no_change")
    return outcome.text, tell_mends(outcome.mends)


@pytest.mark.parametrize(
    ("answer", "mends"),
    [
        (NEW_MEAN, "kept-comment: mean"),
        (NEW_MEAN.removeprefix("export "), "kept-comment: mean; kept-export: mean"),
        (NEW_MEAN.removeprefix("export ") + "\nexport { mean };\n", "kept-comment: mean; kept-export: mean"),
        (NEW_MEAN + '\nconsole.log(mean([1, 2]));\n',
         "dropped-demonstration: console.log(mean([1, 2])); kept-comment: mean"),
        ('import { Map } from "typescript";\n' + NEW_MEAN.replace("return", "new Map();\n  return"), None),
        ('import moment from "moment";\n\n' + NEW_MEAN, "kept-comment: mean; dropped-import: moment from \"moment\""),
        ('import { mean } from "./recent";\n\n' + NEW_MEAN, None),
        ('package.json:\n{\n  "type": "module"\n}\n\nrecent.ts:\n' + DONE, "dropped-section: package.json"),
        (DONE + ('\n// recent.test.ts\nimport { mean } from "./recent";\n'
        'test("a", () => {});\n'), "dropped-section: recent.test.ts"),
        ("class Recent<T> {\n  push(item: T): void {\n    // ... existing code ...\n  }\n}\n" + NEW_MEAN, None),
    ],
    ids=["plain", "no export", "listed", "print", "global", "unused", "itself", "before", "after", "elided"],
)  # fmt: skip
def test_one_function_is_replaced_and_all_else_stays(answer: str, mends: str | None) -> None:
    text, told = merged(answer)
    assert text.replace("new Map();\n  ", "") == DONE
    assert mends is None or told == mends


def test_what_only_tries_the_code_is_dropped() -> None:
    trial = (
        "\n// Try it out\nconst recent = new Recent(2);\nrecent.push(1);\nconsole.log(recent.size);\n"
        "\nfunction testMean() {\n  assert.equal(mean([1]), 1);\n}\n\ntestMean();\n"
        '\n(async () => {\n  console.log(await mean([1]));\n})();\ntest("mean", () => {});\n'
    )
    text, mends = merged('import assert from "assert";\n' + DONE + trial)
    assert text == DONE
    assert mends.startswith("dropped-demonstration: ")
    assert mends.endswith('; dropped-import: assert from "assert"')
    assert mend_file(MODULE, DONE + trial, "recent.ts")[0] == DONE
    kept = merge_answer(MODULE, DONE + trial, "recent.ts", keeps_demonstrations=True).text
    assert kept is not None
    assert kept.endswith('test("mean", () => {});\n')


@pytest.mark.parametrize(
    "statement",
    [
        'app.listen(3000, () => console.log("ready"));\n',
        'process.on("exit", () => { console.log(mean([1])); });\n',
        "export function main(): void {\n  console.log(LIMIT);\n}\n",
        "export function printMean(): void {\n  console.log(mean([1]));\n}\n",
    ],
)
def test_what_is_no_demonstration_is_added(statement: str) -> None:
    assert merged(NEW_MEAN + "\n" + statement)[0] == f"{DONE}\n{statement}"


def test_a_class_with_only_some_methods_leaves_the_others() -> None:
    answer = "class Recent<T> {\n    push(item: T): void {\n        this.items.push(item);\n    }\n}\n"
    text, mends = merged(answer)
    assert text == MODULE.replace(
        f"push(item: T): void {{\n  {TODO}", "push(item: T): void {\n    this.items.push(item);\n"
    )
    assert mends == "kept-comment: Recent, Recent.push; kept-export: Recent"


def test_methods_without_their_class_are_put_into_it() -> None:
    answer = "push(item: T): void {\n  this.items.push(item);\n}\n\npeek(): T {\n  return this.items[0];\n}\n"
    text, mends = merged(answer)
    assert text == MODULE.replace(
        f"push(item: T): void {{\n  {TODO}  }}\n",
        "push(item: T): void {\n    this.items.push(item);\n  }\n\n  peek(): T {\n    return this.items[0];\n  }\n",
    )
    assert mends.startswith("moved-into: class Recent; ")


def test_a_class_with_all_methods_and_other_fields_is_taken_whole() -> None:
    answer = (
        "export class Recent<T> {\n  #all: T[] = [];\n\n  constructor(readonly capacity: number) {}\n\n"
        "  push(item: T): void {\n    this.#all.push(item);\n  }\n\n"
        "  get size(): number {\n    return this.#all.length;\n  }\n}\n"
    )
    text, mends = merged(answer)
    assert "private items" not in text
    assert text.count("  /** Keeps at most `capacity` items. */\n  constructor") == 1
    assert mends == "kept-comment: Recent, Recent.constructor, Recent.push"


def test_both_halves_of_a_property_and_static_methods_are_apart() -> None:
    old = "class A {\n  get x() {\n    return 1;\n  }\n\n  set x(v) {}\n\n  static x() {}\n}\n"
    answer = "class A {\n  set x(v) {\n    this.v = v;\n  }\n}\n"
    assert merged(answer, old)[0] == old.replace("set x(v) {}", "set x(v) {\n    this.v = v;\n  }")


@pytest.mark.parametrize(
    ("answer", "was", "becomes"),
    [
        ("const LIMIT = 4;\n", "LIMIT = 3", "LIMIT = 4"),
        ('type Kind = "heat" | "sound";\n', '"light"', '"sound"'),
        ("/** New. */\nexport interface Reading {\n  value: bigint;\n}\n",
         ("export interface Reading {\n"
        "  kind: Kind;\n  value: number;\n}"), "/** New. */\nexport interface Reading {\n  value: bigint;\n}"),
        ("const LIMIT = 3;\nconst LEAST = 1;\n", "LIMIT = 3;\n", "LIMIT = 3;\nconst LEAST = 1;\n"),
        ("const LEAST = 1, LIMIT = 3;\n", "const LIMIT = 3;", "const LEAST = 1, LIMIT = 3;"),
        ("export abstract class Reading {\n  value = 1;\n}\n",
         ("export interface Reading {\n"
        "  kind: Kind;\n  value: number;\n}"), "export abstract class Reading {\n  value = 1;\n}"),
        ('import { floor } from "./numbers.js";\n' + MEAN.replace(TODO, "  return floor(1);\n"),
         'import { round } from "./numbers.js";\n', ('import { round } from "./numbers.js";\n'
        'import { floor } from "./numbers.js";\n')),
        ("// All about it.\n" + MODULE.partition("\n")[2], "// Measurements of a sensor.\n", "// All about it.\n"),
    ],
    ids=["constant", "type", "interface", "beside", "together", "another sort", "import", "first comment"],
)  # fmt: skip
def test_only_what_is_named_changes(answer: str, was: str, becomes: str) -> None:
    assert MODULE.count(was) == 1
    text = merged(answer)[0].replace("  return floor(1);\n", TODO)
    assert text == MODULE.replace(was, becomes)


def test_overloads_stay_together() -> None:
    old = (
        "export function f(a: string): void;\nexport function f(a: number): void;\n"
        "export function f(a: unknown): void {\n  a;\n}\n"
    )
    answer = old.replace("export ", "").replace("  a;", "  b;")
    assert merged(answer, old)[0] == old.replace("  a;", "  b;")
    assert merged("function f(a: unknown): void {}\n", old)[0] == "export function f(a: unknown): void {}\n"


@pytest.mark.parametrize(
    ("answer", "mends"),
    [
        (NEW_PARSE, "kept-comment: parse"),
        (PARSED, ""),
        ("export " + NEW_PARSE, "kept-comment: parse"),
        ('import fs from "fs";\n\nexport ' + NEW_PARSE + "\nexport default parse;\n", None),
        (NEW_PARSE + "\nmodule.exports = { parse };\n", "kept-comment: parse"),
        (NEW_PARSE + "\nif (require.main === module) {\n  console.log(parse(''));\n}\n", None),
    ],
    ids=["plain", "whole", "export", "module", "half of the exports", "as a program"],
)  # fmt: skip
def test_a_commonjs_file_stays_one(answer: str, mends: str | None) -> None:
    text, told = merged(answer, COMMON, "rows.js")
    assert text == PARSED
    assert mends is None or told == mends


def test_imports_and_exports_are_said_as_the_file_says_them() -> None:
    answer = (
        'import path, { join as put } from "node:path";\nimport * as os from "os";\n\n'
        "export function name(file) {\n  return put(path.sep, os.EOL, file);\n}\n"
    )
    text, mends = merged(answer, COMMON, "rows.js")
    assert (
        'const fs = require("fs");\nconst path = require("node:path");\nconst { join: put } = require("node:path");\n'
        'const os = require("os");\n'
    ) in text
    assert text.endswith("module.exports = { parse, format, name };\n")
    assert mends.startswith("converted-import: ")
    answer = (
        'const { readFile: read, join } = require("fs");\n\nfunction name(file) {\n'
        "  return read(join(file));\n}\n\nmodule.exports = { name };\n"
    )
    text, mends = merged(answer)
    assert 'import { readFile as read, join } from "fs";\n' in text
    assert text.endswith("\nexport function name(file) {\n  return read(join(file));\n}\n")
    assert "require" not in text
    assert "module.exports" not in text


def test_new_names_are_listed_where_the_file_lists_its_exports() -> None:
    old = COMMON.replace("{ parse, format }", "{\n  parse,\n  format,\n}")
    answer = "function sort(rows) {\n  return rows;\n}\n\nmodule.exports = { parse, format, sort };\n"
    assert merged(answer, old, "rows.js")[0].endswith(
        "module.exports = {\n  parse,\n  format,\n  sort,\n};\n"
    )
    single = "function f() {}\n\nexports.f = f;\n"
    answer = "function g() {}\n\nmodule.exports = { f, g };\n"
    assert (
        merged(answer, single, "a.js")[0]
        == "function f() {}\n\nfunction g() {}\n\nexports.f = f;\nmodule.exports.g = g;\n"
    )


def test_a_new_function_that_nothing_calls_is_for_others() -> None:
    answer = (
        "function median(values: number[]): number {\n  return at(values);\n"
        "}\n\nfunction at(values: number[]): number {\n  return values[0];\n}\n"
    )
    text, mends = merged(answer)
    assert text == f"{MODULE}\nexport {answer}"
    assert mends == "kept-export: median"
    assert merged(answer, MODULE + "\nfunction hidden() {}\n")[1] == ""
    helped = MODULE.replace(TODO, "  return helper();\n", 1) + "\nfunction helper() {}\n"
    assert merged(answer, helped)[0] == f"{helped}\nexport {answer}"


def test_a_default_export_stays_the_only_one() -> None:
    inline = "export default class A {\n  f() {\n    return 1;\n  }\n}\n"
    answer = "class A {\n  f() {\n    return 2;\n  }\n}\n\nexport default A;\n"
    assert merged(answer, inline, "a.js")[0] == inline.replace("1", "2")
    listed = answer.replace("2", "1")
    assert merged(inline.replace("1", "2"), listed, "a.js")[0] == answer


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('return fs.readFileSync("a");', 'import fs from "node:fs";\n'),
        ("return path.join(a);", 'import path from "node:path";\n'),
        ("assert.equal(values, 1);", 'import assert from "node:assert";\n'),
    ],
)
def test_forgotten_modules_of_node_are_added(body: str, line: str) -> None:
    text, mends = merged(NEW_MEAN.replace("return values[0];", body))
    assert f'from "./numbers.js";\n{line}\n' in text
    assert mends.startswith("kept-comment: mean; added-import: ")


@pytest.mark.parametrize(
    "body", ["const path = values; return path.length;", "return values.map((os) => os.x);"]
)
def test_a_name_that_is_bound_is_not_imported(body: str) -> None:
    assert merged(NEW_MEAN.replace("return values[0];", body))[1] == "kept-comment: mean"


def test_tests_are_merged_by_their_titles() -> None:
    old = 'import test from "node:test";\n\ntest("one", () => {\n  a(1);\n});\n\ntest("two", () => {\n  a(2);\n});\n'
    answer = 'test("two", () => {\n  a(3);\n});\n\ntest("three", () => {\n  a(4);\n});\n'
    source = "function a(n) {}\n\n"
    text = merged(answer, source + old, "a.test.js")[0]
    assert text == source + old.replace("a(2)", "a(3)") + '\ntest("three", () => {\n  a(4);\n});\n'
    group = (
        'describe("a", () => {\n  it("is", () => {\n    a(1);\n'
        '  });\n\n  it("has", () => {\n    a(2);\n  });\n});\n'
    )
    part = 'describe("a", () => {\n  it("has", () => {\n    a(3);\n  });\n});\n'
    assert merged(part, source + group, "a.test.js")[0] == source + group.replace("a(2)", "a(3)")


def test_statements_of_a_program_are_merged_by_what_they_do() -> None:
    old = 'const app = make();\n\napp.get("/a", () => 1);\n\napp.listen(80);\n'
    answer = 'app.get("/a", () => 2);\n\napp.get("/b", () => 3);\n'
    assert merged(answer, old, "app.js")[0] == (
        'const app = make();\n\napp.get("/a", () => 2);\n\napp.get("/b", () => 3);\n\napp.listen(80);\n'
    )


def test_lines_inside_of_a_template_are_not_moved() -> None:
    answer = "class Recent<T> {\npush(item: T): void {\n  say(`a\n  b`);\n}\n}\n"
    assert "  push(item: T): void {\n    say(`a\n  b`);\n  }\n" in merged(answer)[0]


def test_jsx_is_read() -> None:
    old = 'import React from "react";\n\nexport function App() {\n  return <p>1</p>;\n}\n'
    assert merged("function App() {\n  return <p>2</p>;\n}\n", old, "App.jsx")[0] == old.replace("1", "2")
    assert merged("function App() {\n  return <p>2</p>;\n}\n", old, "App.tsx")[0] == old.replace("1", "2")


def test_a_whole_text_keeps_its_exports_unless_they_go_on_purpose() -> None:
    lost = DONE.replace("export ", "")
    mended, mends = mend_file(MODULE, lost, "recent.ts")
    assert mended == DONE
    assert [str(mend) for mend in mends] == [
        f"kept-export: {name}" for name in ("Kind", "Reading", "Recent", "mean")
    ]
    private = MODULE.replace("export function", "function")
    assert mend_file(MODULE, private, "recent.ts") == (private, [])
    bare = PARSED.partition("\nmodule")[0]
    assert mend_file(COMMON, bare, "rows.js")[0] == PARSED
    fewer = PARSED.replace("{ parse, format }", "{ parse }")
    assert mend_file(COMMON, fewer, "rows.js")[0] == fewer


def test_what_a_whole_text_leaves_out_does_not_come_back() -> None:
    text = MODULE.replace(MODULE[MODULE.index("/** The mean") :], "")
    assert mend_file(MODULE, text, "recent.ts") == (text, [])


def test_an_answer_that_is_no_code_is_explained() -> None:
    outcome = merge_answer(MODULE, "export function mean(values: number[] {\n}\n", "recent.ts")
    assert outcome.problem is not None
    assert outcome.problem.what == "Line 1 of the new code is not valid TypeScript."
    assert outcome.problem.why == "The line is `export function mean(values: number[] {`."


def test_a_program_that_does_other_things_is_taken_whole() -> None:
    old = "const rows = load();\n\nfor (const row of rows) {\n  show(row);\n}\n"
    new = "const rows = load();\n\nfor (const row of rows.sort()) {\n  show(row);\n}\n"
    assert merged(new, old, "show.js")[0] == new
    part = "const rows = load(1);\n\nif (rows) {\n  show(rows);\n}\n"
    other = old + "\nfunction show() {}\n"
    text, mends = merged(part, other, "show.js")
    assert text == other.replace("load()", "load(1)")
    assert mends == "left-out: if (rows) { show(rows); }"


def test_a_file_of_tests_only_keeps_those_that_an_answer_leaves_out() -> None:
    old = 'import test from "node:test";\n\ntest("one", () => {\n  a(1);\n});\n'
    answer = 'import test from "node:test";\n\ntest("two", () => {\n  a(2);\n});\n'
    assert merged(answer, old, "a.test.js")[0] == old + "\n" + answer.partition("\n\n")[2]
