"""Whole functions and classes put into a Python file."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.workspace.definitions import definition_names
from smallcode_jupyter.workspace.merge import MergeOutcome, merge_definitions

OLD = '''"""Doc."""

import os

RATE = 0.2  # share


# about f
def f():   \n    def g():
        return 0
    return g


class A:
    """An A."""

    x = 1

    # about push
    def push(self): ...

    class In:
        def one(self):
            return 1

        def two(self):
            return 2

    @property
    def size(self):
        return 1

    @size.setter
    def size(self, value):
        self.value = value


@cache
async def g():
    return 1


if __name__ == "__main__":
    f()
'''


def merged(new: str, old: str = OLD) -> str:
    outcome = merge_definitions(old, new)
    assert outcome.problem is None
    assert outcome.text is not None
    ast.parse(outcome.text)
    return outcome.text


@pytest.mark.parametrize(
    ("new", "was", "becomes"),
    [
        ("RATE = 0.3", "RATE = 0.2  # share\n", "RATE = 0.3\n"),
        ("def f(): return 2", OLD[OLD.index("def f") : OLD.index("\n\nclass A")], "def f(): return 2\n"),
        ("@cache\nasync def g():\n    return 2\n", "async def g():\n    return 1", "async def g():\n    return 2"),
        ("def g():\n    return 3", "@cache\nasync def g():\n    return 1", "def g():\n    return 3"),
        ("class A:\n  def push(self): return 1", "push(self): ...", "push(self): return 1"),
        ("class A:\n\tx = 2\n", "x = 1", "x = 2"),
        ("class A:\n    class In:\n        def two(self):\n            return 3", "return 2", "return 3"),
        ("class A:\n    @property\n    def size(self):\n        return 5\n",
         "        return 1\n\n    @size", "        return 5\n\n    @size"),
        ("def push(self):\n    return '''a\nb'''\n", "push(self): ...", "push(self):\n        return '''a\nb'''"),
        ("    def push(self):\n        return 4\n", "push(self): ...", "push(self):\n        return 4"),
        ("import os, re\nfrom os import path", "import os\n", "import os\nimport re\nfrom os import path\n"),
        ("from __future__ import annotations\nimport os",
         '"""Doc."""\n', '"""Doc."""\n\nfrom __future__ import annotations\n'),
        ("if __name__ == '__main__':\n    g()\n",
         'if __name__ == "__main__":\n    f()', "if __name__ == '__main__':\n    g()"),
        ("# new\ndef h():\n    return 1\nprint(h())\nassert h()\n", "\n\nif __name__",
         "\n\n# new\ndef h():\n    return 1\n\n\nif __name__"),
        ("def peek(self):\n    return 1\n", "\n\n@cache", "\n    def peek(self):\n        return 1\n\n\n@cache"),
        ("class A:\n    y = 2\n", "    x = 1\n", "    x = 1\n    y = 2\n"),
        ("def h(): return f()\nr = h()\nprint(r)", "\n\nif __name__", "\n\ndef h(): return f()\n\n\nif __name__"),
        ("from app import f\nimport re", "import os\n", "import os\nimport re\n"),
    ],
)  # fmt: skip
def test_only_what_is_named_changes(new: str, was: str, becomes: str) -> None:
    assert OLD.count(was) == 1
    assert merged(new) == OLD.replace(was, becomes)


def test_the_names_of_what_changed_are_told() -> None:
    new = "def f():\n    return 1\ndef h(): ...\nclass A:\n    x = 2\n    def peek(self): ...\n"
    outcome = merge_definitions(OLD, new)
    assert (outcome.replaced, outcome.added) == (("f", "A.x"), ("A.peek", "h"))


def test_a_whole_file_is_taken_with_the_old_docstring_and_imports() -> None:
    old = '"""Doc."""\nimport os\n\n\ndef f():\n    return 1\n'
    new = "import re\n\n\ndef g():\n    return 2\n\n\n# better\ndef f():\n    return 2\n"
    assert merge_definitions(old, new) == MergeOutcome(
        text='"""Doc."""\n\n' + new.replace("import re\n", "import re\nimport os\n"),
        replaced=("f",),
        added=("g",),
    )


@pytest.mark.parametrize("rest", ["RATE = 2\n", "print(1)\n", "if __name__ == '__main__':\n    f()\n"])
def test_a_lone_function_is_not_the_whole_file(rest: str) -> None:
    old = "def f():\n    return 1\n\n\n" + rest
    assert merged("def f():\n    return 2\n", old) == old.replace("return 1", "return 2")


def test_a_new_base_class_comes_before_its_first_use() -> None:
    old = "x = 1\n\n\nclass A:\n    pass\n\n\ndef f():\n    pass\n"
    assert merged("class B:\n    pass\n\n\nclass A(B):\n    pass\n", old) == old.replace(
        "class A:", "class B:\n    pass\n\n\nclass A(B):"
    )


def test_overloads_are_replaced_pairwise_or_as_a_run() -> None:
    old = "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a):\n    return a\n\n\nx = 1\n"
    pairs = old.replace("...", "pass").removesuffix("\n\nx = 1\n")
    assert merged(pairs, old) == pairs + "\n\nx = 1\n"
    assert merged("def f(a):\n    return 2\n", old) == "def f(a):\n    return 2\n\n\nx = 1\n"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("x = 1\ndef f(): return 1", "def f(): return 2", "x = 1\ndef f(): return 2"),
        ("x = 1\ndef f(): return 1", "def g(): ...", "x = 1\ndef f(): return 1\n\n\ndef g(): ...\n"),
        ("class A:\n\tdef f(self):\n\t\treturn 1\n", "class A:\n    def g(self):\n        return 2\n",
         "class A:\n\tdef f(self):\n\t\treturn 1\n\n\tdef g(self):\n\t    return 2\n"),
        ("class A: pass\n", "def f(self): ...", "class A:\n    def f(self): ...\n"),
        ("x = 1; y = 2  # two\n", "x = 3", "x = 3\ny = 2  # two\n"),
        ("#!/bin/sh\n# words\n\nx = 1\n", "import re", "#!/bin/sh\n# words\n\nimport re\n\nx = 1\n"),
        ("", "def f(): ...", "def f(): ...\n"),
        ("def f(:\n", "def f(): ...\n", "def f(): ...\n"),
        ("class A:\n    def f(self): ...\nclass B:\n    def g(self): ...\nx = 1\n", "def g(self): return 1",
         "class A:\n    def f(self): ...\nclass B:\n    def g(self): return 1\nx = 1\n"),
        ("from a import b\nx = 1\n", "from a import b, c\n", "from a import b\nfrom a import c\nx = 1\n"),
        ("print(f)\n", "def f(): ...\n", "def f(): ...\n\n\nprint(f)\n"),
    ],
)  # fmt: skip
def test_odd_files_are_merged(old: str, new: str, text: str) -> None:
    assert merged(new, old) == text


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("def f(:\n    pass", "syntax_error"),
        ("", "no_definitions"),
        ("print(1)", "no_definitions"),
        ("RATE = 0.2  # share", "no_change"),
        ("import os", "no_change"),
    ],
)
def test_what_cannot_be_merged_is_explained(new: str, code: str) -> None:
    outcome = merge_definitions(OLD, new)
    assert outcome.text is None
    assert outcome.problem is not None
    assert (outcome.problem.code, bool(outcome.problem.hint)) == (code, True)


def test_a_syntax_error_names_its_line() -> None:
    problem = merge_definitions(OLD, "x = 1\ndef f(:\n").problem
    assert problem is not None
    assert problem.what.startswith("Line 2 of the new code is not valid Python: ")
    assert problem.why == "The line is `def f(:`."


PIECES = {
    "f": "def f():\n    return {}\n",
    "g": "# about g\n@deco\nasync def g(\n    a,\n):\n    '''Doc\n  g'''\n    return {}\n    # end\n",
    "A": "class A(B):\n    x = 1\n\n    def f(self):\n        return {}\n",
    "h": "def h(): return {}\n",
    "RATE": "RATE = [\n    {},\n]\n",
}


@given(
    st.permutations(list(PIECES)),
    st.sets(st.sampled_from(list(PIECES)), min_size=1),
    st.sampled_from(["\n", "\n\n", "", "\n# between\n\n"]),
    st.booleans(),
)
def test_what_is_not_named_stays(order: list[str], chosen: set[str], gap: str, ends: bool) -> None:
    def file(numbers: dict[str, int]) -> str:
        text = "import os\n\nprint(os)\n\n" + gap.join(PIECES[name].format(numbers[name]) for name in order)
        return text if ends else text.removesuffix("\n")

    new = "\n".join(PIECES[name].format(2) for name in order if name in chosen)
    expected = file({name: 2 if name in chosen else 1 for name in order})
    assert merged(new, file(dict.fromkeys(order, 1))) == expected


def test_definitions_are_found_also_in_a_broken_file() -> None:
    assert definition_names("def f(): ...\nasync def g(): ...\nclass A:\n    def h(self): ...\n") == (
        "f",
        "g",
        "A",
    )
    assert definition_names("def f(): ...\nclass A(:\n") == ("f", "A")
