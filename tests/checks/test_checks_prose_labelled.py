"""Examples with labels for input and output."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.extract import docstring_groups
from smallcode_jupyter.checks.prose_labelled import find_labelled_examples


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("Input: [4, 2]\nOutput: [2, 1]", [("f([4, 2])", "[2, 1]")]),
        ("  Input: a = [3], k = 1\n  Output: [3]\n", [("f(a = [3], k = 1)", "[3]")]),
        ("- input: `'x', 2`\n- output: `'xx'`.", [("f('x', 2)", "'xx'")]),
        ("Input: 1\nOutput: 2\n\nInput: 1\nOutput: 2\nInput: 2\nOutput: 3", [("f(1)", "2"), ("f(2)", "3")]),
        ("Input: a list of numbers\nOutput: their sum", []),
        ("Input: values\nOutput: 3", []),
        ("Input: 3\nOutput: 3 or more", []),
        ("Input: open('x')\nOutput: 3", []),
        ("Input: 1) or g(2\nOutput: 3", []),
        ("Input: 3\n\nThe text\nOutput: 3", []),
    ],
)
def test_pairs_of_literals_are_examples(text: str, examples: list[tuple[str, str]]) -> None:
    found = find_labelled_examples(text, "f")
    assert [(example.expression, example.expected) for example in found] == examples


def test_they_belong_to_the_function_whose_docstring_has_them() -> None:
    code = (
        'def f(a):\n    """Twice.\n\n    Input: 1\n    Output: 2\n    """\n\n\nclass C:\n'
        '    def g(self, a):\n        """Input: 1\n        Output: 3"""\n'
    )
    groups = docstring_groups(code)
    assert [(group.steps[0].source, group.steps[0].want) for group in groups] == [("f(1)", "2")]


@pytest.mark.parametrize("arrow", ["->", "→", "➞", "⟹"])
def test_any_arrow_will_do(arrow: str) -> None:
    groups = docstring_groups(f'def f(a):\n    """\n    f("x") {arrow} True\n    """\n')
    assert [(group.steps[0].source, group.steps[0].want) for group in groups] == [('f("x")', "True")]
