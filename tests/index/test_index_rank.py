"""Which files a task is about, why, and what of them fits."""

from __future__ import annotations

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.rank import Ranked


def by_path(index: CodeIndex, words: str) -> dict[str, Ranked]:
    return {one.file.path: one for one in index.rank(words)}


def order(index: CodeIndex, words: str) -> list[str]:
    return [one.file.path for one in index.rank(words)]


def count(text: str) -> int:
    return len(text.split())


def test_definers_callers_and_tests_of_a_named_method_come_first(shop: CodeIndex) -> None:
    found = by_path(shop, "`RateTable.find_rate` should raise an error instead of returning None.")
    assert list(found)[:2] == ["src/shop/rates.py", "src/shop/board.py"]
    assert "defines RateTable.find_rate" in found["src/shop/rates.py"].reasons
    assert "calls find_rate in board" in found["src/shop/board.py"].reasons
    assert "tests src/shop/rates.py" in found["tests/test_rates.py"].reasons
    assert "src/shop/weather.py" not in found


def test_words_of_prose_find_names_in_other_forms(shop: CodeIndex) -> None:
    found = by_path(shop, "The forecasts are too sunny.")
    assert next(iter(found)) == "src/shop/weather.py"
    assert found["src/shop/weather.py"].reasons[0].startswith("speaks of forecasts")


def test_a_named_file_comes_first(shop: CodeIndex) -> None:
    assert order(shop, "Add a function to weather.py.")[0] == "src/shop/weather.py"
    assert order(shop, "Add a function to src/shop/weather.py.")[0] == "src/shop/weather.py"


def test_where_something_is_wrong_what_a_file_imports_weighs_more(shop: CodeIndex) -> None:
    wanted = order(shop, "Extend src/shop/board.py.")
    broken = order(shop, "src/shop/board.py shows wrong numbers. Please find the cause and fix it.")
    assert wanted[0] == "src/shop/board.py"
    assert broken[:3] == ["src/shop/board.py", "src/shop/rates.py", "src/shop/money.py"]


def test_subclasses_are_found(put, index: CodeIndex) -> None:
    put(
        {
            "a.ts": "export class Shape {}\n",
            "b.ts": "import { Shape } from './a';\nclass Dot extends Shape {}\n",
        }
    )
    index.refresh()
    assert "Dot extends Shape" in by_path(index, "Make `Shape` abstract.")["b.ts"].reasons


def test_imports_lead_to_files_in_every_language(put, index: CodeIndex) -> None:
    put(
        {
            "go.mod": "module shop\n",
            "catalog/catalog.go": "package catalog\n\nfunc Find() {}\n",
            "catalog/more.go": "package catalog\n\nfunc more() {}\n",
            "order/order.go": 'package order\n\nimport "shop/catalog"\n\nfunc Run() { catalog.Find() }\n',
            "json/json.go": "package json\n",
            "io/io.go": 'package io\n\nimport "encoding/json"\n',
            "web/src/geo/index.ts": "export function dist() {}\n",
            "web/src/route.ts": "import { dist } from './geo';\n",
            "web/package.json": '{"name": "@me/web"}',
            "app/main.ts": "import { dist } from '@me/web/geo';\n",
            "crate/Cargo.toml": '[package]\nname = "my-shapes"\n',
            "crate/src/lib.rs": "mod area;\n",
            "crate/src/area.rs": "pub fn total() {}\n",
            "crate/tests/all.rs": "use my_shapes::area::total;\n",
            "page/index.html": '<script src="app.js"></script><link rel="stylesheet" href="site.css">',
            "page/app.js": "show();\n",
            "page/site.css": "p { color: red; }\n",
            "book.ipynb": '{"cells": [{"cell_type": "code", "metadata": {}, "source": "from tools.calc import add"}], '
            '"metadata": {}, "nbformat": 4, "nbformat_minor": 4}',
            "tools/calc.py": "def add(): pass\n",
        }
    )
    index.refresh()

    def reasons(path: str) -> dict[str, tuple[str, ...]]:
        return {one.file.path: one.reasons for one in index.rank(f"Change {path}.")}

    assert "imports catalog/catalog.go" in reasons("catalog/catalog.go")["order/order.go"]
    assert "of one package with catalog/catalog.go" in reasons("catalog/catalog.go")["catalog/more.go"]
    assert reasons("json/json.go")["io/io.go"] == ("speaks of json",)
    assert "imports web/src/geo/index.ts" in reasons("web/src/geo/index.ts")["web/src/route.ts"]
    assert "imports web/src/geo/index.ts" in reasons("web/src/geo/index.ts")["app/main.ts"]
    assert "imports crate/src/area.rs" in reasons("crate/src/area.rs")["crate/src/lib.rs"]
    assert "tests crate/src/area.rs" in reasons("crate/src/area.rs")["crate/tests/all.rs"]
    assert "imported by page/index.html" in reasons("page/index.html")["page/site.css"]
    assert "imported by page/index.html" in reasons("page/index.html")["page/app.js"]
    assert "imports tools/calc.py" in reasons("tools/calc.py")["book.ipynb"]


def test_a_module_of_a_package_is_not_taken_for_the_standard_librarys(put, index: CodeIndex) -> None:
    put(
        {
            "shop/__init__.py": "",
            "shop/json.py": "def load(): pass\n",
            "main.py": "import json\n",
            "user.py": "import shop.json\n",
        }
    )
    index.refresh()
    found = by_path(index, "Change shop/json.py.")
    assert "imports shop/json.py" in found["user.py"].reasons
    assert found["main.py"].reasons == ("speaks of json",)


def test_the_map_fits_its_budget_and_shows_what_is_asked_about_first(shop: CodeIndex) -> None:
    words = "`RateTable.find_rate` should raise an error."
    small = shop.query(words, 15, count=count)
    assert [one.path for one in small.files] == ["src/shop/rates.py"]
    assert small.left_out > 0
    for budget in (0, 5, 12, 30, 60, 200):
        fitted = shop.query(words, budget, count=count)
        assert count(fitted.text) <= fitted.tokens <= budget
    whole = shop.query(words, 500, count=count)
    assert "    def find_rate(self, source, target)" in whole.text.split("\n")
    assert whole.text.startswith("src/shop/rates.py (defines RateTable; defines RateTable.find_rate)\n")


def test_references_tell_definitions_imports_and_calls_apart(shop: CodeIndex) -> None:
    found = [(one.path, one.line, one.kind) for one in shop.references("rounded")]
    assert found == [
        ("src/shop/money.py", 1, "definition"),
        ("src/shop/rates.py", 1, "import"),
        ("src/shop/rates.py", 9, "call"),
    ]


def test_an_owner_tells_namesakes_apart(put, index: CodeIndex) -> None:
    put({"a.py": "class A:\n    def run(self): pass\n\n\nclass B:\n    def run(self): pass\n"})
    index.refresh()
    assert [one.line for _, one in index.definitions("B.run")] == [6]
    assert [one.line for _, one in index.definitions("run")] == [2, 6]


def test_questions_of_any_kind_are_answered(shop: CodeIndex) -> None:
    for words in (
        "",
        "?",
        "`",
        "a" * 50_000,
        "a." * 9_000,
        "/a" * 9_000,
        "`" * 9_000,
        "\0 \ud800",
        "'; DROP TABLE file; --",
        '"',
        "* NOT (",
        "/",
        "..",
        "x.y.z()",
    ):
        shop.rank(words)
