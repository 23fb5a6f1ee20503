"""The `%%smallcode` line."""

from __future__ import annotations

import pytest

from smallcode_jupyter.frontends.options import MagicOptions, parse_magic
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tasks import Limits


def test_all_options() -> None:
    line = (
        "--model 'my model' --base-url=http://127.0.0.1:1/v1 --policy auto --max-seconds 5 --max-tokens 100 "
        "--max-calls 2 --temperature 0.5 --files --raw"
    )
    assert parse_magic(line, "do {it}\n") == MagicOptions(
        words="do {it}",
        surface="files",
        policy="auto",
        is_raw=True,
        settings=(("model", "my model"), ("base_url", "http://127.0.0.1:1/v1"), ("temperature", "0.5")),
        limits=(("seconds", 5.0), ("tokens", 100.0), ("calls", 2.0)),
    )


def test_words_may_stand_on_the_line_unquoted() -> None:
    assert parse_magic("--cell don't stop --now", "{more}\n").words == "don't stop --now\n{more}"


def test_words_are_literal_but_for_blank_lines_around() -> None:
    assert parse_magic("", "\n\n  keep  {my} \\n $spacing \n\n").words == "  keep  {my} \\n $spacing "


def test_limits_change_only_what_is_named() -> None:
    assert parse_magic("--max-calls 3", "x").limited(Limits()) == Limits(calls=3)
    assert parse_magic("", "x").limited(Limits()) is None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--frobnicate 3", "There is no option --frobnicate. Options are: --model M, --base-url U, "),
        ("-x", "There is no option -x."),
        ("--model", "The option --model needs a value: --model M."),
        ("--model --raw", "The option --model needs a value: --model M."),
        ("--max-seconds soon", "The option --max-seconds cannot be 'soon'. Write --max-seconds N."),
        ("--max-calls 0", "The option --max-calls cannot be '0'."),
        ("--max-tokens nan", "The option --max-tokens cannot be 'nan'."),
        ("--temperature 9", "The option --temperature cannot be '9'."),
        ("--policy yolo", "The option --policy cannot be 'yolo'. Write --policy ask|trial|auto|plan."),
    ],
)
def test_what_does_not_fit_is_one_sentence(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_magic(line, "words")
    assert str(caught.value).startswith(sentence)
