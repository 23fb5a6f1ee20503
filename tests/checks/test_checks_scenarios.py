"""Examples of several steps in words, and those of a single call in other languages than Python."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.dialects import comment_text, language_of
from smallcode_jupyter.checks.extract import Group
from smallcode_jupyter.checks.foreign import foreign_groups
from smallcode_jupyter.checks.prose import PYTHON, find_pair_examples, find_prose_examples
from smallcode_jupyter.checks.scenarios import find_scenarios
from smallcode_jupyter.checks.subjects import LET, python_subjects, subjects_of

LAMP = (
    "class Lamp:\n    def __init__(self, watts=40):\n        self.watts = watts\n"
    "    def turn(self, steps): ...\n    def level(self): ...\n    def _hidden(self): ...\n\n"
    "class Shelf:\n    def __init__(self, size): ...\n    def put(self, box): ...\n    def boxes(self): ...\n"
)


def stories(words: str) -> list[list[tuple[str, str, str]]]:
    found = find_scenarios(
        words, python_subjects(LAMP), frozenset({"Lamp", "Shelf"}), PYTHON, let=LET["python"]
    )
    return [[(step.kind, step.source, step.want or step.raises) for step in group.steps] for group in found]


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "Example: turn(3); turn(-1) -> level() is 2",
            [
                ("run", "it = Lamp()", ""),
                ("run", "it.turn(3)", ""),
                ("run", "it.turn(-1)", ""),
                ("value", "it.level()", "2"),
            ],
        ),
        (
            "Example: after lamp.turn(2), lamp.level() is 2. Then lamp.turn(1) and lamp.level() gives 3.",
            [
                ("run", "lamp = Lamp()", ""),
                ("run", "lamp.turn(2)", ""),
                ("value", "lamp.level()", "2"),
                ("run", "lamp.turn(1)", ""),
                ("value", "lamp.level()", "3"),
            ],
        ),
        (
            'For example: `s = Shelf(2)`; `s.put("a")` -> True; `s.put("b")` raises OverflowError.',
            [
                ("run", "s = Shelf(2)", ""),
                ("value", 's.put("a")', "True"),
                ("value", 's.put("b")', "OverflowError"),
            ],
        ),
        (
            "It goes wrong:\n\n    lamp = Lamp(60)\n    lamp.turn(2)  # fine\n    lamp.turn(1)  # 4\n"
            "    lamp.level()  # got 2, expected 3\n",
            [
                ("run", "lamp = Lamp(60)", ""),
                ("run", "lamp.turn(2)", ""),
                ("run", "lamp.turn(1)", ""),
                ("value", "lamp.level()", "3"),
            ],
        ),
        (
            "Example: with Shelf(3), put('a') is True and boxes() is ['a']",
            [
                ("run", "it = Shelf(3)", ""),
                ("value", "it.put('a')", "True"),
                ("value", "it.boxes()", "['a']"),
            ],
        ),
        (
            "Example: turn(1) -> level() is 1; shine brightly -> level() is 5",
            [("run", "it = Lamp()", ""), ("run", "it.turn(1)", ""), ("value", "it.level()", "1")],
        ),
    ],
)
def test_story_is_read_as_far_as_it_is_understood(words, steps):
    assert stories(words) == [steps]


@pytest.mark.parametrize(
    "words",
    [
        "Example: put('a') -> boxes() is ['a']",  # how large is the shelf?
        "Example: turn one, then level() is 1",
        "Example: turn(n) -> level() is n",
        "Example: turn(1) returns nothing of interest; level() is 1",
        "turn(1); level() is 1",  # nothing says that this is an example
        "Example: _hidden() is 3",
        "Example: glow(1) -> level() is 1",
        "Currently wrong, for example: turn(1) -> level() is 7",
    ],
)
def test_story_that_could_mean_something_else_is_left_out(words):
    assert stories(words) == []


def test_failure_tells_what_led_to_it():
    (group,) = find_scenarios(
        "Example: turn(3) -> level() is 3",
        python_subjects(LAMP),
        frozenset({"Lamp"}),
        PYTHON,
        let=LET["python"],
    )
    assert group.steps[-1].shown == "after turn(3): level()"


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("f(3)  # got 4, expected 3", [("f(3)", "3")]),
        ("f([1,\n   2])\n# got [], expected [3]: both count", [("f([1,    2])", "[3]")]),
        ("f(2)\n    # expected 5", [("f(2)", "5")]),
        ("f(2) ->\n{'a': 1}", [("f(2)", "{'a': 1}")]),
        ("f(1) returns\n(1, 2), but both should be kept:\n(2, 1)", []),
        ("f(3) gives 4. It should be 5", []),
    ],
)
def test_reports_of_faults_are_understood(text, examples):
    found = find_prose_examples(text, frozenset({"f"}), PYTHON)
    assert [(example.expression, example.expected) for example in found] == examples


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ('Write f(n). Examples: 90 -> "1:30", 5 -> "0:05"', [("f(90)", '"1:30"'), ("f(5)", '"0:05"')]),
        ("`f(text)` trims. Example: `' a'` => `'a'`.", [("f(' a')", "'a'")]),
        ("Write f(a, b). Example: 1 -> 2", []),
        ("Write f(n) and g(n). Example: 1 -> 2", []),
        ("Write f(n). Example: 1 -> two", []),
    ],
)
def test_pairs_of_input_and_output_are_understood(text, examples):
    found = find_pair_examples(text, frozenset({"f", "g"}), PYTHON)
    assert [(example.expression, example.expected) for example in found] == examples


def groups(path: str, text: str, words: str, before: str | None = None) -> list[list[tuple[str, str, str]]]:
    language = language_of(path)
    assert language is not None
    found: tuple[Group, ...] = foreign_groups(language, text, before=before, words=words)
    return [[(step.kind, step.source, step.want or step.raises) for step in group.steps] for group in found]


@pytest.mark.parametrize(
    ("path", "text", "words", "source", "want"),
    [
        ("m.js", "export function f(a) {}", "f('x y') -> \"x-y\"", "f('x y')", '"x-y"'),
        (
            "m.js",
            "module.exports = { f };",
            "`f({ a: [1] })` returns `{ b: null }`.",
            "f({ a: [1] })",
            "{ b: null }",
        ),
        ("m.js", "function f(a) {}", "f(2); // 4", "f(2)", "4"),
        ("m.ts", "export class C {}", "new C([1]).first() is 1", "new C([1]).first()", "1"),
        ("m.ts", "export const f = (a: string) => a;", "f<string>('a') === 'b'", "f<string>('a')", "'b'"),
        (
            "m.js",
            "export async function f() {}",
            "await f(1) throws a RangeError",
            "await f(1)",
            "RangeError",
        ),
        ("m.go", "func F(a []int) int {", "F([]int{1, 2}) is 3", "F([]int{1, 2})", "3"),
        ("m.go", "func F(a int) (int, bool) {", "F(1) returns 3, true.", "F(1)", "3, true"),
        ("m.go", "func F() []T {", "F() gives [{1 a} {2 b}].", "F()", "[{1 a} {2 b}]"),
        ("m.rs", "pub fn f(a: &str) -> Option<u32> {", 'f("a") is Some(1)', 'f("a")', "Some(1)"),
        ("m.rs", "pub fn f(a: &[u8]) {", "f(&[1, 2]) is [2]", "f(&[1, 2])", "[2]"),
    ],
)
def test_example_of_another_language_is_understood(path, text, words, source, want):
    assert groups(path, text, words) == [[("value", source, want)]]


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("m.js", "export function f(a) {}", "f(x) returns 3"),
        ("m.js", "export function f(a) {}", "f((a) => a + 1) returns 3"),
        ("m.js", "export function f(a) {}", "f(1) returns a list"),
        ("m.js", "export function f(a) {}", "f(1) gives 2, but that is wrong"),
        ("m.js", "function hidden(a) {}\nexport const g = 1;", "hidden(1) returns 3"),
        ("m.go", "func F(a int) int {", "F(limit) is 3"),
        ("m.go", "func F(a int) int {", "F(1) is about 3 or 4"),
        ("m.rs", "pub fn f(a: u8) {", "f(n) is 3"),
    ],
)
def test_what_is_not_certain_in_another_language_is_left_out(path, text, words):
    assert groups(path, text, words) == []


@pytest.mark.parametrize(
    ("path", "text", "words", "steps"),
    [
        (
            "m.js",
            "export class Jar {\n  add(a) {}\n  get count() { return 1; }\n}\n",
            "Example: add(2); add(3) -> count is 2",
            ["const it = new Jar()", "it.add(2)", "it.add(3)", "it.count"],
        ),
        (
            "m.js",
            "function makeJar(size) {}\nmodule.exports = { makeJar };\n",
            "Example: const jar = makeJar(3); jar.add(1) -> true; jar.add(2) -> false",
            ["const jar = makeJar(3)", "jar.add(1)", "jar.add(2)"],
        ),
        (
            "m.go",
            "type Jar struct{}\nfunc NewJar() *Jar { return nil }\nfunc (j *Jar) Add(n int) {}\n"
            "func (j *Jar) Len() int {}\n",
            "Example: after Add(1) and Add(2), Len() is 2.",
            ["it := NewJar()", "it.Add(1)", "it.Add(2)", "it.Len()"],
        ),
        (
            "m.go",
            "type Jar struct{}\nfunc (j *Jar) Add(n int) bool {}\n",
            "Then:\n\n\tvar j Jar\n\tj.Add(1)   // true\n",
            ["var j Jar", "j.Add(1)"],
        ),
        (
            "m.rs",
            "pub struct Jar;\nimpl Jar {\n    pub fn new(size: u8) -> Jar { Jar }\n"
            "    pub fn add(&mut self, n: u8) -> bool { true }\n}\n",
            "Example: with Jar::new(3), add(1) is true.",
            ["let mut it = Jar::new(3)", "it.add(1)"],
        ),
    ],
)
def test_story_of_another_language_is_understood(path, text, words, steps):
    assert [[source for _, source, _ in group] for group in groups(path, text, words)] == [steps]


def test_comments_count_as_they_were_before():
    before = "/**\n * @example\n * f(1) // => 2\n */\nexport function f(a) {}\n"
    after = "// f(1) returns 9\nexport function f(a) { return 9; }\n"
    assert groups("m.js", after, "", before) == [[("value", "f(1)", "2")]]
    assert groups("m.js", after, "", None) == []


def test_assertions_in_comments_that_were_there_are_run():
    before = (
        "/// Doubles.\n///\n/// ```\n/// assert_eq!(f(1), 2);\n/// ```\npub fn f(a: u8) -> u8 { a * 2 }\n"
    )
    assert groups("m.rs", "pub fn f(a: u8) -> u8 { a }\n", "", before) == [
        [("run", "assert_eq!(f(1), 2)", "")]
    ]


def test_assertions_in_words_are_run():
    words = "Such that\n\n```js\nassert.equal(f(1), 2);\nassert.equal(g(1), 2);\n```\n"
    assert groups("m.js", "export const f = 1;", words) == [[("run", "assert.equal(f(1), 2)", "")]]
    assert groups("m.rs", "pub fn f() {", "assert_eq!(f(1), 2);") == [[("run", "assert_eq!(f(1), 2)", "")]]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("a.js", "/* one\n two */\nx(); // no\n// three\n", "one\n two \n\nthree\n"),
        ("a.go", "// F(1) is 2.\nfunc F() {}\n", "F(1) is 2.\n\n"),
        ("a.rs", "/// a\n//! b\nfn f() {}\n", "a\nb\n\n"),
    ],
)
def test_comments_are_read(path, text, said):
    language = language_of(path)
    assert language is not None
    assert comment_text(language, text) == said


def test_subjects_of_other_languages():
    text = "class Jar extends Box {\n  constructor(a) { super(a); }\n  add(b) { if (b) {} }\n}\n"
    (jar,) = subjects_of("javascript", text)
    assert (jar.name, jar.methods, jar.default) == ("Jar", {"add"}, "")
    text = "type Queue struct {}\nfunc NewQueue(n int) *Queue {}\nfunc (q *Queue) Put(a int) {}\n"
    (queue,) = subjects_of("go", text)
    assert (queue.methods, queue.makers, queue.default) == ({"Put"}, {"NewQueue"}, "")
