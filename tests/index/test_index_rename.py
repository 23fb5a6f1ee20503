"""Exact renaming: every place, nothing else, or a refusal that says what stands in the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.renaming.rename import rename
from smallcode_jupyter.protocol.errors import NotFound, WorkspaceError

Rename = Callable[..., dict[str, str]]

RATES = '''\
from __future__ import annotations

__all__ = ["UnknownRate", "rounded"]


class UnknownRate(LookupError):
    pass


def rounded(value):
    """Not rounded in text."""
    return round(value)


class Table:
    def __init__(self, rates=None):
        self.rates = rates or {}

    def find(self, key):
        rounded = self.rates.get(key)
        return rounded


def use():
    global counter
    return [rounded(rounded) for rounded in (1, 2)] + [f"{rounded(3)!r:>{rounded(4)}} rounded"]
'''


@pytest.fixture
def renamed(put, index: CodeIndex) -> Rename:
    """The texts that change when files are put and something in them is renamed."""

    def run(files: dict[str, str], name: str, new: str, path: str = "") -> dict[str, str]:
        put(files)
        index.refresh()
        return rename(index, name, new, path=path).texts

    return run


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_a_function_is_renamed_where_it_is_meant_and_nowhere_else(renamed: Rename) -> None:
    changed = renamed({"rates.py": RATES}, "rounded", "to_cents")
    assert changed == {
        "rates.py": RATES.replace('"rounded"]', '"to_cents"]')
        .replace("def rounded(", "def to_cents(")
        .replace('f"{rounded(3)!r:>{rounded(4)}}', 'f"{to_cents(3)!r:>{to_cents(4)}}')
    }


def test_imports_aliases_and_what_is_passed_on_follow(renamed: Rename) -> None:
    files = {
        "shop/__init__.py": "from .money import old\n",
        "shop/money.py": "def old(): pass\n",
        "shop/a.py": "from shop.money import old as new_name, other\nnew_name()\nother.old()\n",
        "shop/b.py": "from . import money\nimport shop.money\nimport shop.money as m\n"
        "money.old(shop.money.old, m.old)\n",
        "shop/c.py": "def f():\n    from shop import old\n    return old()\n\n\ndef g(old):\n    return old\n",
        "shop/d.py": "import shop\nshop.old()\nprint('old')\n",
        "shop/e.py": "from elsewhere import old\nold()\n",
    }
    changed = renamed(files, "old", "fresh")
    assert changed == {
        "shop/__init__.py": "from .money import fresh\n",
        "shop/money.py": "def fresh(): pass\n",
        "shop/a.py": "from shop.money import fresh as new_name, other\nnew_name()\nother.old()\n",
        "shop/b.py": "from . import money\nimport shop.money\nimport shop.money as m\n"
        "money.fresh(shop.money.fresh, m.fresh)\n",
        "shop/c.py": "def f():\n    from shop import fresh\n    return fresh()\n\n\ndef g(old):\n    return old\n",
        "shop/d.py": "import shop\nshop.fresh()\nprint('old')\n",
    }


FLEET = """\
from dataclasses import dataclass, replace
from operator import attrgetter


@dataclass
class Car:
    reg: str
    year: int = 0

    @property
    def label(self):
        return self.reg


class Van(Car):
    def show(self, other):
        return super().label + self.reg + other.reg


class Book:
    def __init__(self, reg):
        self.number = reg


def work(cars: list[Car], by_key: dict[str, Car]) -> Car:
    one = Car(reg="A", year=1)
    two = replace(one, reg="B")
    for car in cars:
        print(car.reg, f"reg {car.reg}")
    match one:
        case Car(reg=found):
            print(found)
    Book(reg=1)
    return sorted(cars, key=attrgetter("reg"))[0].reg + by_key["x"].reg + getattr(two, "reg")
"""


def test_a_field_is_renamed_with_keywords_patterns_and_getters(renamed: Rename) -> None:
    changed = renamed({"fleet.py": FLEET}, "Car.reg", "plate")
    expected = FLEET
    for old, new in [
        ("    reg: str", "    plate: str"),
        ("self.reg", "self.plate"),
        ("other.reg", "other.plate"),
        ('Car(reg="A"', 'Car(plate="A"'),
        ("replace(one, reg=", "replace(one, plate="),
        ('print(car.reg, f"reg {car.reg}")', 'print(car.plate, f"reg {car.plate}")'),
        ("Car(reg=found)", "Car(plate=found)"),
        ('attrgetter("reg"))[0].reg', 'attrgetter("plate"))[0].plate'),
        ('by_key["x"].reg', 'by_key["x"].plate'),
        ('getattr(two, "reg")', 'getattr(two, "plate")'),
    ]:
        assert old in expected
        expected = expected.replace(old, new)
    assert changed == {"fleet.py": expected}


def test_namesakes_are_told_apart_by_their_types(renamed: Rename) -> None:
    text = (
        "class A:\n    def run(self): pass\n\n\nclass B:\n    def run(self): pass\n\n\n"
        "class C(A):\n    def run(self): pass\n\n\n"
        "def f(a: A, b: 'B', c: C | None):\n    a.run(); b.run(); c.run(); A.run(a); B().run()\n"
    )
    changed = renamed({"a.py": text}, "A.run", "go")
    assert changed == {
        "a.py": text.replace("class A:\n    def run", "class A:\n    def go")
        .replace("class C(A):\n    def run", "class C(A):\n    def go")
        .replace("a.run(); b.run(); c.run(); A.run(a)", "a.go(); b.run(); c.go(); A.go(a)")
    }


def test_a_parameter_is_renamed_in_overriding_methods_and_calls(renamed: Rename) -> None:
    text = (
        "class A:\n    def __init__(self, reg):\n        self.reg = reg\n\n"
        "    def run(self, reg, n=0):\n        return [reg for _ in reg]\n\n\n"
        "class B(A):\n    def __init__(self):\n        super().__init__(reg=1)\n\n"
        "    def run(self, reg, n=0):\n        return lambda x: reg\n\n\n"
        "def other(reg): pass\n\n\nB().run(reg=1)\nother(reg=2)\nA(reg=3).run(4, n=5)\n"
    )
    changed = renamed({"a.py": text}, "A.run.reg", "plate")
    assert changed["a.py"] == (
        text.replace("def run(self, reg", "def run(self, plate")
        .replace("[reg for _ in reg]", "[plate for _ in plate]")
        .replace("lambda x: reg", "lambda x: plate")
        .replace("run(reg=1)", "run(plate=1)")
    )
    changed = renamed({"a.py": text}, "A.__init__.reg", "plate")
    assert changed["a.py"] == (
        text.replace(
            "def __init__(self, reg):\n        self.reg = reg",
            "def __init__(self, plate):\n        self.reg = plate",
        )
        .replace("super().__init__(reg=1)", "super().__init__(plate=1)")
        .replace("A(reg=3)", "A(plate=3)")
    )


def test_typescript_and_javascript(renamed: Rename) -> None:
    files = {
        "src/geo.ts": "export function dist(a: number): number { return a; }\n"
        "export const x = { dist, other: dist };\n",
        "src/index.ts": 'export { dist } from "./geo";\n',
        "src/a.ts": 'import { dist } from "./geo";\nimport * as geo from "./geo";\ngeo.dist(dist(1));\nthing.dist();\n',
        "src/b.ts": 'import { dist as d } from "./index";\nd(2);\n// dist\n',
        "old/c.js": 'const { dist } = require("../src/geo");\nmodule.exports = { dist };\n',
    }
    changed = renamed(files, "dist", "distanceKm")
    assert changed == {
        "src/geo.ts": "export function distanceKm(a: number): number { return a; }\n"
        "export const x = { dist: distanceKm, other: distanceKm };\n",
        "src/index.ts": 'export { distanceKm } from "./geo";\n',
        "src/a.ts": 'import { distanceKm } from "./geo";\nimport * as geo from "./geo";\n'
        "geo.distanceKm(distanceKm(1));\nthing.dist();\n",
        "src/b.ts": 'import { distanceKm as d } from "./index";\nd(2);\n// dist\n',
        "old/c.js": 'const { distanceKm } = require("../src/geo");\nmodule.exports = { distanceKm };\n',
    }


def test_go(renamed: Rename) -> None:
    files = {
        "go.mod": "module shop\n",
        "catalog/catalog.go": "package catalog\n\ntype Item struct {\n\tSKU string\n}\n\n"
        "func Make(sku string) Item {\n\treturn Item{SKU: sku}\n}\n",
        "catalog/more.go": 'package catalog\n\nfunc Two() Item { return Make("x") }\n',
        "order/order.go": 'package order\n\nimport cat "shop/catalog"\n\n'
        'func Make() cat.Item { return cat.Make("a") }\n',
    }
    changed = renamed(files, "Make", "Build", "catalog/catalog.go")
    assert changed == {
        "catalog/catalog.go": files["catalog/catalog.go"].replace("func Make", "func Build"),
        "catalog/more.go": files["catalog/more.go"].replace("Make", "Build"),
        "order/order.go": files["order/order.go"].replace("cat.Make", "cat.Build"),
    }
    changed = renamed(files, "Item.SKU", "Code")
    assert changed == {
        "catalog/catalog.go": files["catalog/catalog.go"]
        .replace("\tSKU string", "\tCode string")
        .replace("{SKU:", "{Code:")
    }


REFUSED = {
    "star": ({"a.py": "def old(): pass\n", "b.py": "from a import *\nold()\n"}, "old", "b.py:1"),
    "taken": ({"a.py": "def old(): pass\nfresh = 1\n"}, "old", "already has a name `fresh`"),
    "no parse": ({"a.py": "def old(): pass\n", "b.py": "from a import old\n(((\n"}, "old", "b.py"),
    "notebook": (
        {
            "a.py": "def old(): pass\n",
            "n.ipynb": '{"cells": [{"cell_type": "code", "metadata": {}, "source": "from a import old"}], '
            '"metadata": {}, "nbformat": 4, "nbformat_minor": 4}',
        },
        "old",
        "n.ipynb",
    ),
    "two owners": (
        {"a.py": "class A:\n    old: int\n\n\nclass B:\n    old: int\n\n\ndef f(x):\n    return x.old\n"},
        "A.old",
        "a.py:10: what `x` is cannot be told, and B has",
    ),
    "builtin": (
        {"a.py": "class A:\n    def append(self): pass\n\n\ndef f(x):\n    x.append()\n"},
        "A.append",
        "Python itself",
    ),
    "elsewhere": (
        {"a.py": "import pandas\n\n\nclass A:\n    def old(self): pass\n\n\ndef f(x):\n    x.old()\n"},
        "A.old",
        "it may come from pandas",
    ),
    "base": (
        {"a.py": "import x\n\n\nclass A(x.Base):\n    def old(self): pass\n"},
        "A.old",
        "extends x.Base",
    ),
    "data": (
        {
            "a.py": "from dataclasses import *\n\n\n@dataclass\nclass A:\n    old: int\n\n\n"
            "def f(a: A):\n    return asdict(a)\n"
        },
        "A.old",
        "turns the names of fields into data",
    ),
    "from data": (
        {
            "a.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    old: int\n\n\nA(**{'old': 1})\n"
        },
        "A.old",
        "made from data",
    ),
    "computed": (
        {"a.py": "class A:\n    old: int\n\n\ndef f(a: A, name):\n    return getattr(a, name)\n"},
        "A.old",
        "a.py:6: getattr asks for a member whose name is worked out",
    ),
    "computed of anything": (
        {"a.py": "class A:\n    old: int\n", "b.py": "for name in ('old',):\n    print(getattr(x, name))\n"},
        "A.old",
        "b.py:2: getattr asks",
    ),
    "format": (
        {"a.py": "class A:\n    old: int\n\n\n'{0.old}'.format(A())\n"},
        "A.old",
        "a.py:5 names it in a text",
    ),
    "getter": (
        {"a.py": "class A:\n    old: int\n\n\nNAMES = ('old',)\nattrgetter(*NAMES)\n"},
        "A.old",
        "a.py:6: attrgetter asks",
    ),
    "keys": ({"a.py": "def f(old): pass\n\n\nf(**{'old': 1})\n"}, "f.old", "a.py:4"),
    "decorated": ({"a.py": "@app.route\ndef f(old): pass\n"}, "f.old", "the decorator app.route"),
    "mock": (
        {"shop/a.py": "def old(): pass\n", "t.py": "patch('shop.a.old')\n"},
        "old",
        "t.py:1 names it in a text",
    ),
    "getattr": (
        {"a.py": "def old(): pass\n", "b.py": "import a\ngetattr(a, 'old')\n"},
        "old",
        "b.py:2 names it",
    ),
    "command": (
        {"shop/a.py": "def old(): pass\n", "pyproject.toml": '[project.scripts]\nx = "shop.a:old"\n'},
        "old",
        "pyproject.toml names it as shop.a:old",
    ),
    "protocol": (
        {
            "a.py": "from typing import Protocol\n\n\nclass P(Protocol):\n    def old(self): ...\n\n\n"
            "class A:\n    def old(self): ...\n"
        },
        "A.old",
        "P is a protocol",
    ),
    "shadow": (
        {"a.ts": "export function old() {}\n", "b.ts": "function f(old: number) {}\n"},
        "old",
        "b.ts:1 binds",
    ),
    "literal": ({"a.ts": "interface A { old: number }\nconst x = { old: 1 };\n"}, "A.old", "a.ts:2"),
    "package": (
        {"a.ts": "export function old() {}\n", "b.ts": "import { old } from 'lib';\n"},
        "old",
        "from elsewhere",
    ),
    "page": ({"a.js": "function old() {}\n", "a.html": "<p onclick='old()'>"}, "old", "a.html"),
    "rust": ({"a.rs": "fn old() {}\n"}, "old", "a language in which"),
    "hidden": ({"a.go": "package a\n\nfunc Old() {}\n"}, "Old", "another case"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_sure_is_refused_aloud(case: str, put, index: CodeIndex) -> None:
    files, name, why = REFUSED[case]
    put(files)
    index.refresh()
    with pytest.raises(WorkspaceError) as caught:
        rename(index, name, "fresh")
    assert why in str(caught.value)


def test_what_does_not_exist_or_is_no_name(shop: CodeIndex) -> None:
    with pytest.raises(NotFound, match=r"find_rate in src/shop/rates\.py"):
        rename(shop, "rate_find", "x")
    with pytest.raises(WorkspaceError, match="cannot be a name"):
        rename(shop, "find_rate", "class")
    with pytest.raises(NotFound, match="no parameter `x`"):
        rename(shop, "find_rate.x", "y")


def test_namesakes_must_be_named_with_their_owner(renamed: Rename) -> None:
    files = {"a.py": "class A:\n    old: int = 0\n", "b.py": "class B:\n    old: int = 0\n"}
    with pytest.raises(WorkspaceError, match=r"A\.old in a\.py:2, B\.old in b\.py:2"):
        renamed(files, "old", "new")
    assert list(renamed(files, "B.old", "new")) == ["b.py"]


def test_sites_and_what_is_left_are_told(shop: CodeIndex) -> None:
    found = rename(shop, "find_rate", "rate_of")
    assert [(site.path, site.line) for site in found.sites] == [
        ("src/shop/board.py", 6),
        ("src/shop/rates.py", 7),
    ]
    assert found.what == "method RateTable.find_rate of src/shop/rates.py"
    assert found.notes == ()
    assert rename(shop, "rounded", "to_cents").notes == ()
