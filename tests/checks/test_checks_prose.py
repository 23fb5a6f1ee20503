"""Examples in words, and the names that words ask for."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.extract import docstring_groups, word_groups
from smallcode_jupyter.checks.prose import find_prose_examples, find_value_examples
from smallcode_jupyter.checks.wanted import required_names

NAMES = frozenset({"f", "Stack"})


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("f(1, 2) == 3", [("f(1, 2)", "3")]),
        ("f(1,2) -> 3", [("f(1,2)", "3")]),
        ("f(1, 2) => 3", [("f(1, 2)", "3")]),
        ("f(1,2) returns 3", [("f(1,2)", "3")]),
        ("`f(1,2)` should return `3`.", [("f(1,2)", "3")]),
        ("f(2)  # 3", [("f(2)", "3")]),
        ("f(2)  # -> 3", [("f(2)", "3")]),
        ("assert f(1) == 2, 'no'", [("f(1)", "2")]),
        ("f([1, (2)], 'a)') == {'a': [1]}", [("f([1, (2)], 'a)')", "{'a': [1]}")]),
        ("f(2) = 4 and f(3) = 9; f(4) should be 16", [("f(2)", "4"), ("f(3)", "9"), ("f(4)", "16")]),
        ("f(-1) raises ValueError", [("f(-1)", "ValueError")]),
        ("f('') must raise a TypeError", [("f('')", "TypeError")]),
        ("f(1) is True", [("f(1)", "True")]),
        ("len(f(3)) == 3", [("len(f(3))", "3")]),
        ("Stack().pop() is None", [("Stack().pop()", "None")]),
        ("f(10) == 3.5.", [("f(10)", "3.5")]),
        ("f(3) returns 4 but should return 3", [("f(3)", "3")]),
        ("f(3) gives 4 instead of 3", [("f(3)", "3")]),
        ("f(1), `f(2)` and f(3) are None.", [("f(1)", "None"), ("f(2)", "None"), ("f(3)", "None")]),
        ("f(1) and\nf(2) raise ValueError", [("f(1)", "ValueError"), ("f(2)", "ValueError")]),
        ("f(1), f(2) is 3", [("f(2)", "3")]),
        ("f(1) is fine, and f(2) and f(3) are 4", [("f(2)", "4"), ("f(3)", "4")]),
    ],
)
def test_example_is_understood(text, examples):
    found = find_prose_examples(text, NAMES)
    assert [(example.expression, example.expected or example.raises) for example in found] == examples


@pytest.mark.parametrize(
    "text",
    [
        "f(x) # 3",
        "f(n) == n + 1",
        "f(1) is 3 times slower",
        "f(1) returns a list",
        "f(3) returns 2 elements",
        "f(1) -> 1, 2",
        "f(3) == 2 + 1",
        "g(f(1)) == 2",
        "x.f(1) == 2",
        "Fix the bug: f(3) returns 4.",
        "f(1) should not return 3",
        "f(open('a')) == 3",
        "other(1) == 2",
        "f(1, 2",
    ],
)
def test_what_could_mean_something_else_is_left_out(text):
    assert find_prose_examples(text, NAMES) == ()


def test_values_of_names_are_found():
    found = find_value_examples(
        "so that total == 10 and `names` == ['a']; x.total == 3; total == n", frozenset({"total", "names"})
    )
    assert [(example.expression, example.expected) for example in found] == [
        ("total", "10"),
        ("names", "['a']"),
    ]


def test_block_of_code_in_the_words_is_one_group():
    words = "Write it so that\n```python\ns = Stack()\ns.push(1)\nassert s.pop() == 1\nassert s\n```\n"
    (group,) = word_groups(words, NAMES)
    assert [(step.kind, step.source, step.right) for step in group.steps] == [
        ("run", "s = Stack()", ""),
        ("run", "s.push(1)", ""),
        ("equal", "s.pop()", "1"),
        ("value", "s", ""),
    ]


def test_of_a_block_that_defines_things_only_the_assertions_count():
    groups = word_groups("```python\ndef f(a):\n    return a\nassert f(1) == 1\n```", NAMES)
    assert [[step.source for step in group.steps] for group in groups] == [["f(1)"]]


def test_prompt_in_the_words_counts_where_the_function_is_defined():
    assert [
        step.source for group in word_groups(">>> f(1)\n2\n>>> 1 + 1\n2\n", NAMES) for step in group.steps
    ] == [
        "f(1)\n",
        "1 + 1\n",
    ]
    assert word_groups(">>> other(1)\n2\n", NAMES) == ()


def test_docstrings_of_modules_classes_and_methods_are_read():
    text = (
        '"""Module.\n\n>>> f(1)\n1\n"""\n'
        'def f(a):\n    """f(2) returns 2."""\n    return a\n'
        'class A:\n    """>>> A().m()\n    3\n    """\n'
        '    def m(self):\n        """\n        >>> A().m()\n        3\n        """\n        return 3\n'
    )
    assert [(group.origin, group.steps[0].source.strip()) for group in docstring_groups(text)] == [
        ("docstring of the module", "f(1)"),
        ("docstring of f", "f(2)"),
        ("docstring of A", "A().m()"),
        ("docstring of m", "A().m()"),
    ]


def test_prompt_without_its_space_is_a_prompt():
    (group,) = docstring_groups("def f(a):\n    '''\n    >>>f(1)\n    1\n    '''\n")
    assert [(step.source, step.want) for step in group.steps] == [("f(1)\n", "1\n")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Compute the mean and store it in `mean_price`.", ("mean_price",)),
        ("Save the result as `total`", ("total",)),
        ("assign the sum to the variable `total`", ("total",)),
        ("... as a variable called total", ("total",)),
        ("Count the words; call it `counts`.", ("counts",)),
        ("name the result `answer`", ("answer",)),
        ("Write a function called fib that ...", ("fib",)),
        ("Define a function `fib(n)`. Create a class named Stack", ("fib", "Stack")),
        ("Put the rows in a list named `rows`", ("rows",)),
        ("Plot the variable called `data`", ()),
        ("Save the plot as `plot.png`", ()),
        ("The column called price holds numbers", ()),
        ("Write a function that sorts a list", ()),
        ("Use `df` and print its head", ()),
    ],
)
def test_names_that_the_words_ask_for(words, names):
    assert required_names(words) == names
