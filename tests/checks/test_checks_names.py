"""Names that are bound nowhere."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.names import undefined_names

FINE = {
    "builtins": "print(len([1]), __name__, __file__, __doc__)",
    "forward use": "def f():\n    return g()\ndef g():\n    return 1",
    "import as": "import os.path as p\nfrom a import b as c\np, c",
    "star import": "from os import *\ngetcwd()",
    "deleted": "x = 1\ndel x\nx",
    "global in a function": "def set_up():\n    global state\n    state = 1\ndef use():\n    return state",
    "nonlocal": "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g",
    "comprehensions": "[x for y in [[1]] for x in y]\n{k: v for k, v in {}.items()}\n(a for a in [])",
    "lambda": "f = lambda a, *b, c=1, **d: (a, b, c, d)",
    "class scope": "class A:\n    x = 1\n    y = x + 1\n    def m(self):\n        return __class__",
    "walrus": "if (n := 3) > 2:\n    n\n[m for i in [1] if (m := i)]\nm",
    "except as, with as": "try:\n    pass\nexcept ValueError as e:\n    e\nwith open('a') as f:\n    f",
    "match": "match [1]:\n    case [a, *b]:\n        a, b\n    case {'k': v, **rest}:\n        v, rest",
    "type checking block": "import typing\nif typing.TYPE_CHECKING:\n    from a import B\ndef f(x: 'B'): ...",
    "future annotations": "from __future__ import annotations\ndef f(x: Missing, *y: Other) -> Third: ...",
    "local annotation": "def f():\n    x: Missing = 1\n    return x",
    "expected to be missing": "try:\n    text = unicode\nexcept NameError:\n    text = str",
    "exec binds": "exec('x = 1')\nx",
    "globals binds": "globals()['x'] = 1\nx",
    "installed by builtins": "import builtins\nbuiltins.x = 1\nx",
    "gettext": "print(_('hello'))",
    "decorator and default": "import functools\n@functools.cache\ndef f(a=functools): return a",
    "other Python": "import sys\nif sys.version_info < (3,):\n    unicode\nlong if sys.hexversion < 3 else int",
    "function called top": "def top(self, a):\n    b = a\n    return self, b",
    "enum members": "import enum\n@enum.global_enum\nclass A(enum.Enum):\n    X = 1\nX",
    "private names": "class A:\n    __x = 1\n    def m(self):\n        return self.__x",
    "not parsable": "def f(:",
    "in annotations only": "x: Missing\n",
    "strings like names": "text = 'get_input( widgets'\n",
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_what_is_bound_somewhere_is_fine(text):
    assert undefined_names(text) == {}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("def f(a):\n    return re.sub('a', 'b', a)\n", {"re": 2}),
        ("def f(a):\n    b = 1\ndef g():\n    return b\n", {"b": 4}),
        ("def f(x: List[int]): ...\n", {"List": 1}),
        ("@dataclass\nclass A:\n    x: int = field(default=1)\n", {"dataclass": 1, "field": 3}),
        ("class A:\n    def m(self):\n        return helper(self)\n", {"helper": 3}),
        ("def f():\n    return [math.sqrt(x) for x in xs]\n", {"math": 2, "xs": 2}),
        ("try:\n    a = np.array([1])\nexcept ValueError:\n    pass\n", {"np": 2}),
    ],
)
def test_missing_names_are_found_with_their_line(text, missing):
    assert undefined_names(text) == missing


def test_missing_import_fails_before_anything_runs(check):
    report = check({"m.py": "def f(a):\n    return re.sub('a', 'b', a)\n"}, words="f('a') == 'b'")
    assert [(result.name, result.status) for result in report.results] == [
        ("syntax", "passed"),
        ("names", "failed"),
    ]
    assert report.results[1].detail == (
        "m.py, line 2: name 're' is not defined or imported: return re.sub('a', 'b', a)"
    )


def test_name_that_was_missing_before_is_not_this_changes_fault(check):
    before = "def f():\n    return undefined_thing\n"
    report = check({"m.py": before + "x = 1\n"}, on_disk={"m.py": before})
    assert [result.name for result in report.results] == ["syntax"]


def test_many_missing_names_are_counted(verdict):
    result = verdict("names", {"m.py": "def f():\n    return a1, a2, a3, a4, a5\n"})
    assert result.failed == 5
    assert result.detail.endswith("\nand 2 more")
