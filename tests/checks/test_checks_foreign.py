"""Examples of other languages, run; and programs that the words show with what they print."""

from __future__ import annotations

import shutil

import pytest

from smallcode_jupyter.checks.commands import CommandExample, find_commands
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_go, find_node, find_rustc

PATIENT = 120.0
HAS = {
    ".js": find_node() is not None,
    ".ts": find_node() is not None and find_esbuild() is not None,
    ".go": find_go() is not None,
    ".rs": find_rustc() is not None,
}
COUNT = 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() { fmt.Println(len(os.Args) + 1) }\n'
BOX = "package main\n\ntype Box struct{ W, H int }\n\n"
JAR = """class Jar {
  items = [];
  add(a) { this.items.push(a); }
  get count() { return this.items.length; }
}
module.exports = { Jar };
"""


def expected(status: str, path: str) -> str:
    return status if HAS[path[path.rindex(".") :]] else "unchecked"


@pytest.mark.parametrize(
    ("path", "right", "wrong", "words", "detail"),
    [
        (
            "m.js",
            "export function tags(text) { return text.split(';').map((tag) => tag.trim()); }\n",
            "export function tags(text) { return text.split(';'); }\n",
            'tags("a; b") -> ["a", "b"]',
            'tags("a; b") returned [ \'a\', \' b\' ], expected ["a", "b"]',
        ),
        (
            "m.js",
            "async function load(a) {\n  if (a < 0) throw new RangeError('low');\n  return { a, list: [] };\n}\n"
            "module.exports = { load };\n",
            "async function load(a) {\n  return { a, list: [0] };\n}\nmodule.exports = { load };\n",
            "load(1) gives { a: 1, list: [] }; await load(-1) throws a RangeError",
            "load(1) returned { a: 1, list: [ 0 ] }, expected { a: 1, list: [] }\n"
            "await load(-1) returned { a: -1, list: [ 0 ] }, expected it to throw RangeError",
        ),
        (
            "m.js",
            JAR,
            JAR.replace("this.items.push(a)", "this.items = [a]"),
            "Example: add(2); add(3) -> count is 2",
            "after add(2); add(3): count returned 1, expected 2",
        ),
        (
            "m.ts",
            "export function area(box: { w: number; h: number }): number { return box.w * box.h; }\n",
            "export function area(box: { w: number; h: number }): number { return box.w + box.h; }\n",
            "area({ w: 3, h: 4 }) is 12",
            "area({ w: 3, h: 4 }) returned 7, expected 12",
        ),
        (
            "tool/m.go",
            BOX + "func Area(b []Box) (int, error) { return b[0].W * b[0].H, nil }\n",
            BOX + "func Area(b []Box) (int, error) { return b[1].W, nil }\n",
            "Area([]Box{{3, 4}}) is 12",
            "Area([]Box{{3, 4}}) panicked: runtime error: index out of range [1] with length 1\n  expected 12",
        ),
        (
            "m.go",
            "package main\n\nfunc Split(n int) (int, bool) { return n / 2, n%2 == 0 }\n",
            "package main\n\nfunc Split(n int) (int, bool) { return n / 2, true }\n",
            "Split(4) is 2, true; Split(5) is 2, false",
            "Split(5) returned 2, true, expected 2, false",
        ),
        (
            "m.rs",
            "pub fn first(words: &[&str]) -> Option<String> { words.first().map(|word| word.to_uppercase()) }\n",
            "pub fn first(words: &[&str]) -> Option<String> { Some(words[0].to_uppercase()) }\n",
            'first(&["a", "b"]) is Some("A"); first(&[]) is None.',
            "first(&[]) panicked: index out of bounds: the len is 0 but the index is 0\n"
            "  at m.rs, line 1: pub fn first(words: &[&str]) -> Option<String> { Some(words[0].to_uppercase()) }\n"
            "  expected None",
        ),
    ],
)
def test_wrong_answer_is_caught_and_the_right_one_passes(stage, path, right, wrong, words, detail):
    from smallcode_jupyter.checks.run import Checker
    from smallcode_jupyter.protocol.checks import CheckRequest

    staging = stage({path: right})
    request = CheckRequest(paths=(path,), words=words)
    report = Checker(staging, seconds=PATIENT).check(request)
    assert report.status == expected("passed", path), report
    staging.write(path, wrong)
    report = Checker(staging, seconds=PATIENT).check(request)
    assert report.status == expected("failed", path), report
    if report.first_failure is not None:
        assert (report.first_failure.name, report.first_failure.detail) == ("examples", detail)


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("m.go", "package main\n\nfunc F(a int) int { return a }\n", 'F("a") is 1'),
        ("m.rs", "pub fn f(a: u8) -> u8 { a }\n", 'f("a") is 1'),
        ("m.js", "export const f = (a) => new Date(a);\n", "f(1) returns 'a'"),
    ],
)
def test_example_that_cannot_be_judged_is_no_failure(check, path, text, words):
    assert check({path: text}, words=words, seconds=PATIENT).status == "unchecked"


def test_function_without_end_is_told_soon(verdict):
    text = "export function f(a) { while (a) {} return 1; }\nexport const g = (a) => a;\n"
    result = verdict("examples", {"m.js": text}, words="f(1) is 1; f(0) is 1; g(2) is 2")
    assert (result.status, result.passed, result.detail) == (
        (expected("failed", "m.js"), 2, "f(1) did not finish in time\n  expected 1")
        if HAS[".js"]
        else ("unchecked", 0, "Node is not installed, so the examples were not run.")
    )


def test_what_the_module_prints_is_no_result(verdict):
    text = 'console.log(\'{"stage": "finished", "index": 0}\');\nexport const f = (a) => a;\n'
    result = verdict("examples", {"m.js": text}, words="f(1) is 2")
    assert result.status == expected("failed", "m.js")


def test_module_that_cannot_be_loaded_fails(verdict):
    text = "import { gone } from './other.js';\nexport const f = (a) => gone(a);\n"
    on_disk = {"other.js": "export const here = 1;\n", "package.json": '{"type": "module"}'}
    if HAS[".js"]:
        result = verdict("import", {"m.js": text}, on_disk=on_disk, words="f(1) is 1")
        assert result.status == "failed"
        assert "does not provide an export named 'gone'" in result.detail


@pytest.mark.parametrize(
    "text",
    [
        "export const f = () => 1;\ndocument.title = 'x';\n",
        "import x from 'left-pad';\nexport const f = x;\n",
    ],
)
def test_module_that_needs_a_page_or_a_package_is_unchecked(check, text):
    assert check({"m.js": text}, words="f() is 1").status == "unchecked"


def test_script_for_a_page_is_tried_without_exports(verdict):
    result = verdict("examples", {"m.js": "function f(a) {\n  return a + 1;\n}\n"}, words="f(1) is 3")
    assert result.status == expected("failed", "m.js")


def test_lost_export_fails(verdict):
    before = "function f(a) {}\nmodule.exports = { f };\n"
    result = verdict("import", {"m.js": "function f(a) {\n  return 1;\n}\n"}, on_disk={"m.js": before})
    assert result.status == "failed"
    assert result.detail == "m.js no longer offers f to others, as it did: export it again."


def test_example_in_a_comment_that_was_there_holds_on(verdict):
    before = "// f(2) returns 4\nexport function f(a) { return a * 2; }\n"
    result = verdict("examples", {"m.js": "export function f(a) { return a; }\n"}, on_disk={"m.js": before})
    assert result.status == expected("failed", "m.js")
    if HAS[".js"]:
        assert result.detail == "f(2) returned 2, expected 4 (a comment)"


def example(words: str, stdout: str, stdin: str | None = None, session: int = 1_000) -> CommandExample:
    return CommandExample(words=tuple(words.split()), stdout=stdout, stdin=stdin, session=session)


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("`python add.py 1 2` prints `3`.", [example("python add.py 1 2", "3")]),
        ('Running `node add.js 1 2` should print "3".', [example("node add.js 1 2", "3")]),
        ("python add.py prints\n\n    1\n      2\n\nand ends.", [example("python add.py", "1\n  2")]),
        ("`go run .` outputs:\n\n```\na\n\nb\n```\n", [example("go run .", "a\n\nb")]),
        (
            "With the input\n\n    a b\n    c\n\n`python count.py` prints `3`.",
            [example("python count.py", "3", "a b\nc\n")],
        ),
        (
            "```\n$ python notes.py add milk\nadded 1\n$ python notes.py list\n1 milk\n```",
            [
                example("python notes.py add milk", "added 1", session=0),
                example("python notes.py list", "1 milk", session=0),
            ],
        ),
        (
            "So:\n\n    $ echo 'a b' | python count.py\n    2\n\n",
            [example("python count.py", "2", "a b\n", 0)],
        ),
    ],
)
def test_command_with_what_it_prints_is_understood(text, examples):
    assert list(find_commands(text)) == examples


@pytest.mark.parametrize(
    "text",
    [
        "`python add.py 1 2` prints the sum.",
        "`python add.py 1 2` prints `3` and more of them.",
        "`python add.py *.txt` prints `3`.",
        "`python add.py > out.txt` prints `3`.",
        "python add.py prints\n\n    1\n    ...\n\n",
        "`make all` prints `3`.",
        "```\n$ ls\na\n$ python add.py\n3\n```",
    ],
)
def test_what_is_not_certain_of_a_command_is_left_out(text):
    assert find_commands(text) == ()


ADD = "import sys\nif __name__ == '__main__':\n    print(sum(int(word) for word in sys.argv[1:]))\n"


@pytest.mark.parametrize(
    ("text", "status", "detail"),
    [
        (ADD, "passed", ""),
        (
            ADD.replace("sum", "len"),
            "failed",
            "`python add.py 1 2` printed nothing, expected 3\n  it ended with exit code 1: TypeError: object of type",
        ),
        (ADD.replace("[1:]", "[2:]"), "failed", "`python add.py 1 2` printed 2, expected 3"),
        (ADD.replace("print(", "while True: ("), "failed", "`python add.py 1 2` did not finish in time"),
        (
            ADD.replace("    print", "    import nowhere_at_all\n    print"),
            "unchecked",
            "nowhere_at_all is not installed, so `python add.py 1 2` could not be run.",
        ),
    ],
)
def test_program_is_run_as_the_words_show(verdict, text, status, detail):
    result = verdict("programs", {"add.py": text}, words="`python add.py 1 2` prints `3`.", seconds=2)
    assert (result.status, result.detail[: len(detail)]) == (status, detail)


def test_first_line_that_differs_is_told(verdict):
    words = "With the input\n\n    b\n    a\n\n`python sort.py` prints\n\n    a\n    b\n\n"
    text = "import sys\nprint(sys.stdin.read(), end='')\n"
    result = verdict("programs", {"sort.py": text}, words=words)
    assert result.detail == (
        "`python sort.py` with the input 'b\\na\\n' printed another text, first in line 1:\n"
        "  got:      b\n  expected: a"
    )


def test_commands_of_one_session_share_a_folder_and_others_do_not(verdict):
    text = (
        "import pathlib\np = pathlib.Path('n')\nn = int(p.read_text()) + 1 if p.exists() else 1\n"
        "p.write_text(str(n))\nprint(n)\n"
    )
    words = "```\n$ python n.py\n1\n$ python n.py\n2\n```\n`python n.py` prints `1`."
    result = verdict("programs", {"n.py": text}, words=words)
    assert (result.status, result.passed) == ("passed", 3)


@pytest.mark.parametrize(
    "words",
    ["`python other.py 1` prints `3`.", "`python add.py in.txt` prints `3`.", "`node add.js` prints `3`."],
)
def test_command_that_cannot_be_run_here_is_left_out(check, words):
    assert [
        result.name for result in check({"add.py": ADD}, words=words).results if result.name == "programs"
    ] == []


def test_program_that_reads_what_the_words_do_not_say_is_left_out(check):
    report = check({"add.py": "print(input())\n"}, words="`python add.py` prints `3`.")
    assert "programs" not in [result.name for result in report.results]


@pytest.mark.parametrize(
    ("path", "text", "command"),
    [
        ("add.js", "console.log(1 + Number(process.argv[2]));\n", "node add.js 2"),
        ("add.go", COUNT, "go run add.go 2"),
    ],
)
def test_programs_of_other_languages_are_run(verdict, path, text, command):
    result = verdict("programs", {path: text}, words=f"`{command}` prints `3`.", seconds=PATIENT)
    assert result.status == expected("passed", path)


def test_nothing_is_left_in_the_persons_folder(stage):
    from smallcode_jupyter.checks.run import Checker
    from smallcode_jupyter.protocol.checks import CheckRequest

    staging = stage({"m.go": "package m\n\nfunc F(a int) int { return a }\n"})
    Checker(staging, seconds=PATIENT).check(CheckRequest(paths=("m.go",), words="F(1) is 1"))
    assert list(staging.root.iterdir()) == []
    shutil.rmtree(staging.materialise())


def test_function_hidden_in_a_module_fails(verdict):
    before = "pub fn area(w: u32) -> u32 {\n    todo!()\n}\n"
    after = "mod shapes {\n    pub fn area(w: u32) -> u32 {\n        w * w\n    }\n}\n"
    result = verdict("import", {"m.rs": after}, on_disk={"m.rs": before}, seconds=PATIENT)
    assert result.status == "failed"
    assert result.detail.startswith(
        "m.rs no longer offers area to others, as it did: it has to stand at the top"
    )


def test_export_may_go_where_the_words_say_so(check):
    before = "function f(a) {}\nmodule.exports = { f };\n"
    report = check(
        {"m.js": "function f(a) {\n  return 1;\n}\n"}, on_disk={"m.js": before}, words="Make f private"
    )
    assert report.status == "unchecked"
