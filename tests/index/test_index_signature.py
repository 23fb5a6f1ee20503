"""Changing a signature with all its calls, or refusing to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.renaming.signature import change_signature
from smallcode_jupyter.protocol.errors import NotFound, WorkspaceError

Change = Callable[..., dict[str, str]]


@pytest.fixture
def changed(put, index: CodeIndex) -> Change:
    """The texts that change when files are put and a function gets other parameters."""

    def run(files: dict[str, str], name: str, parameters: str, **values: str) -> dict[str, str]:
        put(files)
        index.refresh()
        return change_signature(index, name, parameters, values=values).texts

    return run


def test_order_names_defaults_and_new_values(changed: Change) -> None:
    files = {
        "geo.py": "def dist(a, b, unit='km'):  # (how far)\n    return a - b\n",
        "use.py": (
            "from geo import dist as d\nimport geo\n\n"
            "d(1, 2)\nd(1, 2, 'm')\nd(b=1, a=2)\ngeo.dist(d(3, 4), 5, unit=\"ü\")\n"
            "x = d(\n    6,  # first\n    7,\n)\n"
        ),
    }
    texts = changed(files, "dist", "b, a, exact, *, unit='km'", exact="False")
    assert texts["geo.py"] == "def dist(b, a, exact, *, unit='km'):  # (how far)\n    return a - b\n"
    assert texts["use.py"] == (
        "from geo import dist as d\nimport geo\n\n"
        "d(2, 1, False)\nd(2, 1, False, unit='m')\nd(b=1, a=2, exact=False)\n"
        'geo.dist(5, d(4, 3, False), False, unit="ü")\n'
        "x = d(\n    7,\n    6,\n    False,\n)\n"
    )


def test_a_dropped_parameter_goes_from_the_calls(changed: Change) -> None:
    files = {"a.py": "def f(a, b, c=1):\n    return a + c\n\n\nf(1, 2)\nf(1, 2, 3)\nf(a=1, b=2, c=3)\n"}
    assert changed(files, "f", "a, c=1") == {
        "a.py": "def f(a, c=1):\n    return a + c\n\n\nf(1)\nf(1, 3)\nf(a=1, c=3)\n"
    }


def test_methods_change_with_those_that_override_them(changed: Change) -> None:
    text = (
        "class A:\n    def run(self, a: int, b: int) -> int:\n        return a\n\n\n"
        "class B(A):\n    def run(self, a: int, b: int) -> int:\n        return super().run(a, b)\n\n\n"
        "def use(x: A, y: B):\n    return x.run(1, 2) + y.run(a=1, b=2) + A.run(x, 3, 4)\n"
    )
    assert changed({"a.py": text}, "A.run", "b: int, a: int = 0") == {
        "a.py": text.replace("def run(self, a: int, b: int)", "def run(self, b: int, a: int = 0)")
        .replace("super().run(a, b)", "super().run(b, a)")
        .replace(
            "x.run(1, 2) + y.run(a=1, b=2) + A.run(x, 3, 4)", "x.run(2, 1) + y.run(b=2, a=1) + A.run(x, 4, 3)"
        )
    }


def test_constructors(changed: Change) -> None:
    text = (
        "class A:\n    def __init__(self, a, b=0):\n        self.a = a\n\n\n"
        "class B(A):\n    def __init__(self):\n        super().__init__(1, b=2)\n\n\nA(1, 2)\nB()\n"
    )
    assert changed({"a.py": text}, "A.__init__", "self, a") == {
        "a.py": text.replace("(self, a, b=0)", "(self, a)")
        .replace("(1, b=2)", "(1)")
        .replace("A(1, 2)", "A(1)")
    }


REFUSED = {
    "star": ("def f(a, b): pass\nf(*[1, 2])\n", "b, a", "a.py:2: it is called with `*`"),
    "still used": ("def f(a, b):\n    return b\n", "a", "a.py:2: `b` is still used"),
    "no value": ("def f(a): pass\nf(1)\n", "a, b", "what the calls should pass for `b`"),
    "handed on": ("def f(a, b): pass\nlist(map(f, [1], [2]))\n", "b, a", "a.py:2 hands it on"),
    "side effect": ("def f(a, b): pass\nf(1, g())\n", "a", "what is dropped does something"),
    "order": ("def f(a, b): pass\nf(g(), h())\n", "b, a", "in another order"),
    "any number": ("def f(a, *rest): pass\n", "a", "any number of arguments"),
    "decorated": ("@route\ndef f(a, b): pass\n", "b, a", "the decorator route"),
    "nonsense": ("def f(a): pass\n", "a): import os; (", "no list of parameters"),
    "default gone": ("def f(a=g()): pass\nf()\n", "a", "a.py:2 passes nothing for `a`"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_sure_is_refused_aloud(case: str, put, index: CodeIndex) -> None:
    text, parameters, why = REFUSED[case]
    put({"a.py": text})
    index.refresh()
    with pytest.raises(WorkspaceError) as caught:
        change_signature(index, "f", parameters)
    assert why in str(caught.value)


def test_only_functions_in_python_have_signatures_that_can_be_changed(put, index: CodeIndex) -> None:
    put({"a.ts": "export function f(a: number) {}\n", "b.py": "x = 1\n"})
    index.refresh()
    with pytest.raises(WorkspaceError, match="in Python only"):
        change_signature(index, "f", "b")
    with pytest.raises(WorkspaceError, match="no function"):
        change_signature(index, "x", "b")
    with pytest.raises(NotFound):
        change_signature(index, "nowhere", "b")
