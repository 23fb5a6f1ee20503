"""What a change of some names touches."""

from __future__ import annotations

from smallcode_jupyter.index.code_index import CodeIndex


def touched(index: CodeIndex, *names: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.path, one.role, tuple(part.qualified for part in one.symbols)) for one in index.impact(names)
    ]


def test_definitions_come_first_then_callers_then_tests(shop: CodeIndex, put) -> None:
    put({"tests/test_board.py": "def test_board():\n    assert find_rate()\n", "other.py": "# FIND_RATE\n"})
    shop.refresh()
    assert touched(shop, "RateTable.find_rate") == [
        ("src/shop/rates.py", "defines", ("RateTable.find_rate",)),
        ("src/shop/board.py", "calls", ("board",)),
        ("tests/test_board.py", "calls", ("test_board",)),
    ]
    assert shop.impact(["nothing"]) == []


def test_several_names_are_united_by_file(shop: CodeIndex) -> None:
    assert touched(shop, "find_rate", "rounded") == [
        ("src/shop/money.py", "defines", ("rounded",)),
        ("src/shop/rates.py", "defines", ("RateTable.find_rate",)),
        ("src/shop/board.py", "calls", ("board",)),
    ]
    reasons = {one.path: one.reasons for one in shop.impact(["find_rate", "rounded"])}
    assert reasons["src/shop/rates.py"] == (
        "defines RateTable.find_rate",
        "calls rounded in RateTable.find_rate",
    )


def test_namesakes_make_it_unsure_and_subclasses_count(put, index: CodeIndex) -> None:
    put(
        {
            "a.ts": "export class A { run() {} }\nexport class B { run() {} }\n",
            "b.ts": "import { A } from './a';\nclass C extends A {}\nfunction f(x: A) { x.run(); }\n",
        }
    )
    index.refresh()
    assert [(one.path, one.is_sure) for one in index.impact(["A.run"])] == [("a.ts", True), ("b.ts", False)]
    assert touched(index, "A")[1] == ("b.ts", "extends", ("C",))
