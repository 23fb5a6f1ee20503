"""Words reach the agent as typed."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.frontends.transformer import rewrite

WORDS = (
    "say {x} and {{y}} %s $z\n>>> f(\"a\", 'b')\n    indented \\n \\\n\"\"\" ''' \u2028 é 🙂 %%smallcode\n"
)


def arguments(line: str) -> list[str]:
    call = ast.parse(line.removeprefix("await ")).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    return [ast.literal_eval(argument) for argument in call.value.args]


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_words_survive_the_awaiting_form(body: str) -> None:
    lines = ["%%smallcode --raw\n", *body.splitlines(keepends=True)]
    (line,) = rewrite(lines, is_awaited=True)
    assert line.startswith("await get_ipython()")
    assert arguments(line) == ["--raw", body]


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_words_survive_the_plain_form(body: str) -> None:
    (line,) = rewrite(["%%smallcode\n", *body.splitlines(keepends=True)], is_awaited=False)
    assert arguments(line) == ["", body]


@pytest.mark.parametrize(
    "first",
    ["%%smallcode", "  %%smallcode\n", "%%smallcode\t--cell\n", "%%smallcode   \r\n", "%%smallcode fix it\n"],
)
def test_the_cell_is_recognised(first: str) -> None:
    assert rewrite([first, "words\n"], is_awaited=True)[0].startswith("await ")


def test_blank_lines_before_it_do_not_matter() -> None:
    (line,) = rewrite(["\n", "  \n", "%%smallcode\n", "words\n"], is_awaited=True)
    assert arguments(line) == ["", "words\n"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["\n"],
        ["%%smallcodes\n", "x"],
        ["%%smallcode?\n"],
        ["%smallcode status\n"],
        ["x = 1\n", "%%smallcode\n"],
        ["%%time\n", "%%smallcode\n"],
    ],
)
def test_other_cells_are_left_alone(lines: list[str]) -> None:
    assert rewrite(lines, is_awaited=True) == lines
