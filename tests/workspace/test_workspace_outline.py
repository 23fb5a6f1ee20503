"""What files define, with line numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smallcode_jupyter.workspace.outline import outline

PYTHON = '''import os

LIMIT = 3

class Shape(Base, metaclass=Meta):
    """Words."""

    @property
    def area(self) -> float:
        def inner(): ...
        return 0.0

if os.name == "posix":
    async def fetch(url: str, *, tries: int = 3): ...
'''


def test_python():
    assert outline("a.py", PYTHON) == (
        "a.py: 14 lines\n"
        "5: class Shape(Base, Meta)\n"
        "9:     def area(self) -> float\n"
        "14: async def fetch(url: str, *, tries: int=3)\n"
    )


def test_python_that_does_not_parse_is_outlined_all_the_same():
    assert outline("a.py", "def f(x):\n    return (\n\nclass A:\n    def g(self): pass\n") == (
        "a.py: 5 lines\n1: def f(x)\n4: class A\n5:     def g(self): pass\n"
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "a.ts",
            "import x\nexport class A extends B {\n}\nexport async function f(x: number) {\n}\n"
            "export const g = (a) => a\ninterface I {}\nconst n = 3\n",
            [
                "2: export class A extends B",
                "4: export async function f(x: number)",
                "6: export const g = (a) =>",
                "7: interface I",
            ],
        ),
        (
            "a.go",
            "package m\n\ntype T struct {\n}\n\nfunc (t *T) Run(n int) error {\n}\nfunc main() {\n}\n",
            ["3: type T struct", "6: func (t *T) Run(n int) error", "8: func main()"],
        ),
        (
            "a.rs",
            "pub struct P;\n\nimpl P {\n    pub async fn go(&self) -> u8 {\n    }\n}\n",
            ["1: pub struct P", "3: impl P", "4:     pub async fn go(&self) -> u8"],
        ),
        (
            "a.md",
            "# One\n```\n# not a heading\n```\ntext\n## Two ##\n#nope\n",
            ["1: # One", "6: ## Two ##"],
        ),
        ("a.txt", "words\n", []),
    ],
)
def test_other_languages(path, text, expected):
    count = text.count("\n")
    assert outline(path, text) == "\n".join([f"{path}: {count} line" + "s" * (count > 1), *expected]) + "\n"


def test_a_notebook_shows_its_cells():
    cells = [
        {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": ["\n", "x = 1\n", "y = 2"]},
        {"cell_type": "markdown", "id": "b", "metadata": {}, "source": []},
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert outline("n.ipynb", text) == (
        "n.ipynb: 2 cells, python\na: code, 3 lines: x = 1\nb: markdown, 1 lines: (empty)\n"
    )


def test_a_broken_notebook_says_so():
    assert outline("n.ipynb", "{") == "n.ipynb: `n.ipynb` is not a notebook that can be read.\n"


def test_an_empty_file_has_no_lines():
    assert outline("a.py", "") == "a.py: 0 lines\n"


def test_a_very_long_outline_says_what_is_left_out():
    shown = outline("a.py", "".join(f"def f{number}(): ...\n" for number in range(1_000)))
    assert shown.endswith("(600 more)\n")


def test_its_own_package_is_outlined_whole():
    for path in Path(outline.__code__.co_filename).parent.glob("*.py"):
        assert outline(path.name, path.read_text()).startswith(f"{path.name}: ")


def test_deep_nesting_is_survived():
    assert outline("a.py", "(" * 5_000).startswith("a.py: 1 line")
