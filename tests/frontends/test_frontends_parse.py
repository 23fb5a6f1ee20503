"""`smallcode parse`: a raw answer in, calls, mends and problems out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.codec import decode
from smallcode_jupyter.session.replies import ParseReport, reply_of

CALL = '{"name": "read_file", "arguments": {"file_path": "./a.py", "start": "3"}}'


def parse(*arguments: str) -> tuple[int, str, str]:
    """The command's status, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    console = Console(out=out, err=err, is_interactive=False)
    return main(["parse", *arguments], console=console), out.getvalue(), err.getvalue()


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.txt"
    path.write_text(f"I will look.\n\n{CALL}\n", encoding="utf-8")
    return path


def test_calls_mends_and_words_are_shown(answer: Path) -> None:
    status, out, _ = parse(str(answer))
    assert (status, out) == (
        0,
        "1 call, read as json\n\n"
        "1. read_file\n   path   a.py\n   start  3\n\n"
        "Mended:\n  alias:file_path (path)\n  type:start (integer)\n  path:./a.py (a.py)\n\n"
        "Words:\n  I will look.\n",
    )


def test_standard_input_is_read_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("[TOOL_CALLS]run_tests[ARGS]{}"))
    assert parse() == (0, "1 call, read as mistral\n\n1. run_tests\n", "")


def test_a_long_value_is_shown_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("```python\ndef f():\n\n    return 1\n```", encoding="utf-8")
    status, out, _ = parse(str(path), "--expect", "calc.py")
    assert status == 0
    assert "1. write_file\n   path     calc.py\n   content  3 lines\n     | def f():\n     |\n" in out
    assert out.endswith("Mended:\n  inferred-path (calc.py)\n")


def test_a_problem_is_told_and_is_status_one(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text('{"name": "read_file", "arguments": {}}', encoding="utf-8")
    status, out, _ = parse(str(path))
    assert status == 1
    assert "no call, read as json" in out
    assert "Problems:\n  missing_argument: The call of read_file has no argument `path`." in out


def test_json_is_the_report_itself(answer: Path) -> None:
    status, out, _ = parse(str(answer), "--json")
    report = decode(ParseReport, json.loads(out))
    assert (status, report.dialect, report.calls[0].arguments) == (0, "json", {"path": "a.py", "start": 3})


def test_code_in_an_answer_in_words_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("Like this:\n\n```python a.py\nx = 1\n```", encoding="utf-8")
    assert parse(str(path), "--expect", "answer")[1].startswith("no call, read as prose\n")
    assert parse(str(path))[1].startswith("1 call, read as fenced-file\n")


def test_words_of_intent_are_a_call_where_an_answer_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("Let me look at a.py.", encoding="utf-8")
    assert parse(str(path), "--expect", "answer")[1].startswith("1 call, read as intent\n")


def test_an_answer_that_was_cut_is_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(CALL[:-1], encoding="utf-8")
    assert parse(str(path))[0] == 0
    status, out, _ = parse(str(path), "--cut")
    assert (status, "cut_off" in out) == (1, True)


def test_terminal_escapes_of_an_answer_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("\x1b[31mred\x1b[0m \x07", encoding="utf-8")
    assert "\x1b" not in parse(str(path))[1]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    status, out, err = parse(str(tmp_path / "none.txt"))
    assert (status != 0, out) == (True, "")
    assert "none.txt cannot be read." in err


CHUNKS = (
    {"choices": [{"delta": {"role": "assistant", "content": "Looking."}}]},
    {
        "choices": [
            {
                "delta": {
                    "tool_calls": [
                        {"index": 0, "id": "c1", "function": {"name": "read_file", "arguments": '{"pa'}}
                    ]
                }
            }
        ]
    },
    {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"arguments": 'th": "a.py"}'}}]}}]},
    {
        "choices": [
            {
                "delta": {
                    "tool_calls": [
                        {"index": 1, "id": "c2", "function": {"name": "run_tests", "arguments": ""}}
                    ]
                }
            }
        ]
    },
    {"choices": [{"delta": {}, "finish_reason": "tool_calls"}]},
)


def test_a_stream_as_the_server_sent_it_is_put_together(tmp_path: Path) -> None:
    path = tmp_path / "stream.txt"
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in CHUNKS]
    path.write_text("".join([*lines, "data: [DONE]\n"]), encoding="utf-8")
    status, out, _ = parse(str(path))
    assert (status, out) == (
        0,
        "2 calls, read as native\n\n1. read_file\n   path  a.py\n\n2. run_tests\n\nWords:\n  Looking.\n",
    )


def test_a_chat_completion_is_read_with_its_native_calls() -> None:
    function = {"name": "read_file", "arguments": {"path": "a.py"}}
    message = {
        "content": None,
        "reasoning_content": "Hm.",
        "tool_calls": [{"id": "c1", "function": function}],
    }
    reply = reply_of(json.dumps({"choices": [{"message": message, "finish_reason": "length"}]}))
    assert (reply.text, reply.reasoning, reply.finish_reason) == ("", "Hm.", "length")
    assert (reply.native_calls[0].name, reply.native_calls[0].arguments) == (
        "read_file",
        '{"path": "a.py"}',
    )


@pytest.mark.parametrize("raw", ["data: none", '{"a": 1}', '{"choices": []}', "{broken", "words"])
def test_anything_else_is_the_answer_itself(raw: str) -> None:
    assert reply_of(raw).text == raw
