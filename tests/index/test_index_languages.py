"""What extractors find in one file of each language."""

from __future__ import annotations

import json

from smallcode_jupyter.index.facts import FileFacts, Import, is_test_path, module_of
from smallcode_jupyter.index.languages import extract

PYTHON = '''"""Rates."""
from __future__ import annotations
import os.path
from exchange.money import Money, rounded as cut
from . import board
from ..tools.text import table

LIMIT = 3
cache: dict[str, int] = {}


class UnknownRate(LookupError):
    """No rate. It has no second sentence.

    More.
    """

    source: str

    def __init__(self, source):
        self.source = source
        self.seen = 0


@dataclass
class Table(Base, generic.Thing[int]):
    async def rate(self, a: str, *, b: int = 0) -> float | None:
        """The rate."""
        return cut(self.find(a).value)

    @property
    def size(self): ...


if TYPE_CHECKING:
    def hidden(): from json import loads
'''

SCRIPT = """import React, { useState as us } from 'react';
import * as geo from '../geo.js';
import type { Point } from './types';
export { dist } from './zone';
const { a, b: c } = require('./cjs');
/** The page. */
export default class App extends React.Component<Props> implements Thing {
  private readonly x: number = 1;
  run(n: number): App { return new Dot(geo.dist(n)); }
}
export const Panel = ({ a }: Given) => <Row a={format(a)}/>;
export interface Props extends Base { name: string }
async function load() { await import('./lazy/index.js'); }
export const MOST = 2;
"""

GO = """package order

import (
    "fmt"
    cat "shop/catalog"
)

// Line is so many of one item. It is small.
type Line struct {
    Base
    SKU string
}

type Finder interface { Find(sku string) (Item, error) }

// Total is the price.
func (l *Line) Total(c *cat.Catalog) int { return c.Price(cat.New(l.SKU)) }

const Most = 3
"""

RUST = """mod area;
use crate::area::{Area, total as sum};
use std::collections::HashMap;
/// A dot.
#[derive(Debug)]
pub struct Dot<T> { pub x: T }
pub trait Shape: Area { fn area(&self) -> f64; }
impl<T> Shape for Dot<T> { fn area(&self) -> f64 { sum(self.x) } }
mod tests { use super::Dot; }
"""

HTML = """<link rel="stylesheet" href="css/site.css">
<p id="progress" role="status"></p>
<script src="app.js"></script>
<script>
function show() { draw(); }
</script>
<a href="https://example.org/x.html">out</a>
"""

CSS = """@import "reset.css";
/* .not { } */
:root { --gap: 1px; }
li.packed > .name, #clear {
  color: red;
}
"""


def names(facts: FileFacts) -> list[tuple[str, str, int]]:
    return [(one.qualified, one.kind, one.line) for one in facts.symbols]


def calls(facts: FileFacts, name: str) -> tuple[str, ...]:
    return next(one.calls for one in facts.symbols if one.qualified == name)


def bases(facts: FileFacts, name: str) -> tuple[str, ...]:
    return next(one.bases for one in facts.symbols if one.qualified == name and one.bases)


def test_python() -> None:
    facts = extract("src/exchange/rates.py", PYTHON)
    assert names(facts) == [
        ("LIMIT", "constant", 8),
        ("cache", "variable", 9),
        ("UnknownRate", "class", 12),
        ("UnknownRate.source", "field", 18),
        ("UnknownRate.__init__", "method", 20),
        ("UnknownRate.source", "field", 21),
        ("UnknownRate.seen", "field", 22),
        ("Table", "class", 26),
        ("Table.rate", "method", 27),
        ("Table.size", "method", 32),
        ("hidden", "function", 36),
    ]
    assert facts.imports == (
        Import(target="__future__", names=("annotations",), line=2),
        Import(target="os/path", line=3),
        Import(target="exchange/money", names=("Money", "rounded"), line=4),
        Import(target="src/exchange", names=("board",), is_exact=True, line=5),
        Import(target="src/tools/text", names=("table",), is_exact=True, line=6),
        Import(target="json", names=("loads",), line=36),
    )
    rate = next(one for one in facts.symbols if one.name == "rate")
    assert rate.signature == "async def rate(self, a: str, *, b: int=0) -> float | None"
    assert (rate.doc, rate.calls) == ("The rate.", ("cut", "find"))
    assert bases(facts, "Table") == ("Base", "Thing")
    unknown = next(one for one in facts.symbols if one.name == "UnknownRate")
    assert unknown.signature == "class UnknownRate(LookupError) { source: str }"
    assert unknown.doc == "No rate. It has no second sentence."


def test_python_that_does_not_parse_is_read_line_by_line() -> None:
    facts = extract(
        "a.py", "from .b import c, d\nclass A:\n    def f(self, x):\n        return (\n\ndef g(): pass\n"
    )
    assert names(facts) == [("A", "class", 2), ("A.f", "method", 3), ("g", "function", 6)]
    assert facts.imports == (Import(target="b", names=("c", "d"), is_exact=True, line=1),)
    assert facts.note


def test_typescript() -> None:
    facts = extract("web/src/app.tsx", SCRIPT)
    assert names(facts) == [
        ("App", "class", 7),
        ("App.x", "field", 8),
        ("App.run", "method", 9),
        ("Panel", "function", 11),
        ("Props", "interface", 12),
        ("Props.name", "field", 12),
        ("load", "function", 13),
        ("MOST", "constant", 14),
    ]
    assert facts.imports == (
        Import(target="react", names=("default", "useState"), line=1),
        Import(target="web/geo", names=("*",), is_exact=True, line=2),
        Import(target="web/src/types", names=("Point",), is_exact=True, line=3),
        Import(target="web/src/zone", names=("dist",), is_exact=True, line=4),
        Import(target="web/src/cjs", names=("a", "b"), is_exact=True, line=5),
        Import(target="web/src/lazy", is_exact=True, line=13),
    )
    assert calls(facts, "App.run") == ("Dot", "dist")
    assert calls(facts, "Panel") == ("Row", "format")
    assert bases(facts, "App") == ("Component", "Thing")
    assert next(one.signature for one in facts.symbols if one.name == "run") == "run(n: number): App"
    assert next(one.doc for one in facts.symbols if one.name == "App") == "The page."


def test_go() -> None:
    facts = extract("order/order.go", GO)
    assert names(facts) == [
        ("Line", "type", 9),
        ("Line.SKU", "field", 11),
        ("Finder", "interface", 14),
        ("Finder.Find", "field", 14),
        ("Line.Total", "method", 17),
        ("Most", "constant", 19),
    ]
    assert facts.imports == (
        Import(target="fmt", line=4),
        Import(target="shop/catalog", names=("Catalog", "New"), line=5),
    )
    assert calls(facts, "Line.Total") == ("Price", "New")
    assert bases(facts, "Line") == ("Base",)


def test_rust() -> None:
    facts = extract("src/lib.rs", RUST)
    assert names(facts) == [
        ("area", "module", 1),
        ("Dot", "type", 6),
        ("Dot.x", "field", 6),
        ("Shape", "interface", 7),
        ("Shape.area", "method", 7),
        ("Dot", "impl", 8),
        ("Dot.area", "method", 8),
        ("tests", "module", 9),
    ]
    assert facts.imports == (
        Import(target="src/area", is_exact=True, line=1),
        Import(target="src/area", names=("Area",), is_exact=True, line=2),
        Import(target="src/area", names=("total",), is_exact=True, line=2),
        Import(target="src", names=("Dot",), is_exact=True, line=9),
    )
    assert (bases(facts, "Dot"), bases(facts, "Shape")) == (("Shape",), ("Area",))
    assert next(one.doc for one in facts.symbols if one.name == "Dot") == "A dot."


def test_html_with_its_inline_scripts() -> None:
    facts = extract("web/index.html", HTML)
    assert names(facts) == [("progress", "id", 2), ("show", "function", 5)]
    assert facts.imports == (
        Import(target="web/css/site.css", is_exact=True, line=1),
        Import(target="web/app", is_exact=True, line=3),
    )


def test_css() -> None:
    facts = extract("web/site.css", CSS)
    assert names(facts) == [
        ("--gap", "variable", 3),
        ("packed", "selector", 4),
        ("name", "selector", 4),
        ("clear", "id", 4),
    ]
    assert facts.imports == (Import(target="web/reset.css", is_exact=True, line=1),)


def test_notebook_without_its_magics() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n"]},
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": ["%matplotlib inline\n", "!ls\n", "from shop.prices import vat\n", "x = vat(1)"],
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": ["def net(a):\n", "    return a\n", "net?"],
        },
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    facts = extract("book.ipynb", text)
    assert names(facts) == [("x", "variable", 4), ("net", "function", 5)]
    assert facts.imports == (Import(target="shop/prices", names=("vat",), line=3),)


def test_large_minified_and_broken_files_are_noted_and_never_raise() -> None:
    assert "large" in extract("a.js", "function f() {}\n" * 40_000).note
    assert "minified" in extract("a.min.js", "function f(){};" * 1_000).note
    assert "no notebook" in extract("a.ipynb", "{").note
    for path in (
        "a.py",
        "a.ts",
        "a.go",
        "a.rs",
        "a.html",
        "a.css",
        "a.ipynb",
        "go.mod",
        "package.json",
        "Cargo.toml",
    ):
        for text in ("", "\0", "((((", "}", "class", "<", "\ud800", "x" * 10):
            assert isinstance(extract(path, text), FileFacts)


def test_by_what_name_a_file_is_imported() -> None:
    paths = {
        "src/a/b.py": "src/a/b",
        "src/a/__init__.py": "src/a",
        "web/index.ts": "web",
        "web/x.d.ts": "web/x",
        "catalog/catalog.go": "catalog",
        "main.go": "",
        "src/a/mod.rs": "src/a",
        "src/lib.rs": "src",
        "web/site.css": "web/site.css",
    }
    assert {path: module_of(path) for path in paths} == paths


def test_which_files_hold_tests() -> None:
    tests = [
        "tests/test_a.py",
        "a_test.go",
        "src/a.test.tsx",
        "tests/a/b.rs",
        "x/__tests__/a.js",
        "test_menu.py",
    ]
    others = ["src/contest.py", "tests/conftest.py", "tests/data.json", "src/latest.ts", "tests/__init__.py"]
    assert [path for path in [*tests, *others] if is_test_path(path)] == tests
