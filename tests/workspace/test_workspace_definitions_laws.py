"""What holds for every merge, whatever the language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smallcode_jupyter
from smallcode_jupyter.workspace.mends import Mend, tell_mends
from smallcode_jupyter.workspace.merging import can_merge, defined_names, mend_file, merge_answer

SUITE = Path(smallcode_jupyter.__file__).parent / "bench" / "suites" / "single"
STARTERS = sorted(
    path
    for path in SUITE.glob("*/workspace/*")
    if can_merge(path.name) and defined_names(path.name, path.read_text(encoding="utf-8"))
)
PIECES = {
    "a.go": {
        "f": "// f is.\nfunc f(a int) int {{\n\treturn {}\n}}\n",
        "T": "type T struct {{\n\ta [{}]int // of it\n}}\n",
        "T.m": "func (t *T) m() string {{\n\treturn `{}\n  x`\n}}\n",
        "x": "var x = []int{{\n\t{},\n}}\n",
        "K": "const (\n\tK = {}\n\tL = 2\n)\n",
    },
    "a.rs": {
        "f": "/// Is.\n#[inline]\npub fn f(a: u8) -> u8 {{\n    {}\n}}\n",
        "T": "#[derive(Debug)]\nstruct T {{\n    a: [u8; {}], // of it\n}}\n",
        "impl T": "impl T {{\n    fn m(&self) -> u8 {{\n        {}\n    }}\n}}\n",
        "D": "impl Drop for T {{\n    fn drop(&mut self) {{\n        {};\n    }}\n}}\n",
        "K": "const K: u8 = {};\n",
    },
    "a.ts": {
        "f": "/** Is. */\nexport async function f(a: number): number {{\n  return {};\n}}\n",
        "T": "type T = {{ a: {} }}; // of it\n",
        "A": "class A<T> {{\n  x = 1;\n\n  m(): string {{\n    return `{}\n x`;\n  }}\n}}\n",
        "g": "export const g = (a: number) => {{\n  return {};\n}};\n",
        "K": "const K = [\n  {},\n];\n",
    },
    "a.js": {
        "f": "function* f(a) {{\n\tyield {};\n}}\n",
        "A": "// About A.\nclass A extends Array {{\n\tstatic #x = {};\n\tget y() {{ return 1 }}\n}}\n",
        "g": "const g = function () {{ return {} }};\n",
        "test": 'test("g", () => {{\n\tg({});\n}});\n',
        "K": "let {{ K, L: [M] }} = {{ K: {} }};\n",
    },
}
HEADS = {
    "a.go": "// Top.\n\npackage a\n\n",
    "a.rs": "//! Top.\n\n",
    "a.ts": "// Top.\n\n",
    "a.js": '"use strict";\n\n',
}


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_file_merged_with_itself_stays_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outcome = merge_answer(text, text, path.name)
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.code == "no_change"
    assert mend_file(text, text, path.name) == (text, [])


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_right_answer_goes_into_the_file_unharmed(path: Path) -> None:
    reference = path.parents[1] / "hidden" / "reference" / path.name
    if not reference.exists():
        return
    before, answer = path.read_text(encoding="utf-8"), reference.read_text(encoding="utf-8")
    outcome = merge_answer(before, answer, path.name)
    assert outcome.text == answer
    assert merge_answer(answer, answer, path.name).text is None
    assert mend_file(before, answer, path.name) == (answer, [])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(PIECES)),
    st.randoms(use_true_random=False),
    st.sampled_from(["\n", "\n\n", "\n// between\n\n"]),
    st.booleans(),
)
def test_what_is_not_named_stays(path: str, random: object, gap: str, ends: bool) -> None:
    pieces = PIECES[path]
    order = list(pieces)
    random.shuffle(order)  # type: ignore[attr-defined]
    chosen = set(order[: 1 + random.randrange(len(order))])  # type: ignore[attr-defined]

    def file(numbers: dict[str, int]) -> str:
        text = HEADS[path] + gap.join(pieces[name].format(numbers[name]) for name in order)
        return text if ends else text.removesuffix("\n")

    before, after = file(dict.fromkeys(order, 1)), file({name: 7 if name in chosen else 1 for name in order})
    random.shuffle(order)  # type: ignore[attr-defined]
    answer = "\n".join(pieces[name].format(7) for name in order if name in chosen)
    outcome = merge_answer(before, answer, path)
    assert (outcome.text, outcome.mends) == (after, ())
    assert merge_answer(after, answer, path).text is None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PIECES)), st.data())
def test_any_answer_is_survived(path: str, data: st.DataObject) -> None:
    before = HEADS[path] + "\n".join(piece.format(1) for piece in PIECES[path].values())
    whole = HEADS[path] + "\n".join(piece.format(7) for piece in PIECES[path].values())
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    noise = data.draw(st.text(alphabet="{}()[]`\"'/*#;=<> \nab\x00é\ud800", max_size=8))
    answer = whole[:start] + noise + whole[end:]
    outcome = merge_answer(before, answer, path)
    assert (outcome.text is None) != (outcome.problem is None)
    mended, _ = mend_file(before, answer, path)
    assert bool(mended.strip()) == bool(answer.strip())


def test_mends_of_a_kind_are_told_together() -> None:
    mends = [Mend(name="added-import", detail=name) for name in ("fmt", "sort", "fmt")]
    mends.append(Mend(name="kept-export", detail="Recent"))
    assert tell_mends(mends) == "added-import: fmt, sort; kept-export: Recent"
    many = [Mend(name="kept-comment", detail=f"f{number}") for number in range(10)]
    assert tell_mends(many) == "kept-comment: f0, f1, f2, f3, f4, f5, f6, f7 and 2 more"


def test_only_known_languages_are_merged() -> None:
    paths = [
        "a.py",
        "a.go",
        "a.rs",
        "b/a.mjs",
        "a.CJS",
        "a.jsx",
        "a.tsx",
        "a.mts",
        "a.html",
        "a.ipynb",
        "a.md",
        "go",
    ]
    assert [path for path in paths if can_merge(path)] == paths[:8]
