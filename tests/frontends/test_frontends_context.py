"""`smallcode context`: what the prompts of a run held, from its trace alone."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from render_runs import envelopes, solved_run

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.protocol.codec import to_json
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    ContextPlan,
    ContextReplanned,
    Dropped,
    Event,
    ModelFinished,
    ModelStarted,
    Route,
    TurnFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.model import ModelReply, Usage
from smallcode_jupyter.session.session import Session

PLAN = ContextPlan(
    window=4_096,
    prompt_tokens=2_339,
    answer_tokens=1_178,
    kept=("system prompt", "task", "run_tests result"),
    sizes=(72, 14, 314),
    dropped=(
        Dropped(name="tests/test_a.py", tokens=564, reason="needed less than the rest; 3,554 do not fit"),
        Dropped(name="run_tests result", tokens=917, kept_tokens=314, reason="old; 3,554 do not fit"),
    ),
    is_prefix_stable=False,
    reason="left out to fit: tests/test_a.py",
)
AGAIN = ContextPlan(
    window=2_048, prompt_tokens=1_500, answer_tokens=512, kept=("system prompt", "task"), is_estimated=True
)


def run(*events: Event) -> list[Event]:
    route = Route(category="run", tools=("run_tests",), reason="")
    return [TurnStarted(turn=1, route=route, plan=PLAN), *events, TurnFinished(turn=1)]


def asked(usage: Usage, problem: Problem | None = None) -> list[Event]:
    return [
        ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0.0),
        ModelFinished(turn=1, reply=ModelReply(text="x", usage=usage), problem=problem),
    ]


@pytest.fixture
def trace(tmp_path: Path) -> Any:
    def write(events: list[Event]) -> str:
        path = tmp_path / "run.jsonl"
        path.write_text("".join(json.dumps(to_json(one)) + "\n" for one in envelopes(events)))
        return str(path)

    return write


def context(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["context", *arguments], console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def test_what_was_kept_shortened_and_left_out_is_shown_with_its_reason(trace: Any) -> None:
    usage = Usage(prompt_tokens=2_300, cached_tokens=1_150)
    status, out, err = context(trace(run(*asked(usage))))
    assert (status, err) == (0, "")
    assert out == (
        "turn 1 (run): 2,339 tokens of 4,096, 1,178 kept for the answer\n"
        "       72  system prompt\n"
        "       14  task\n"
        "      314  run_tests result\n"
        "  shortened: run_tests result, 603 of 917 tokens: old; 3,554 do not fit\n"
        "  left out: tests/test_a.py, 564 tokens: needed less than the rest; 3,554 do not fit\n"
        "  begins otherwise than the prompt before: left out to fit: tests/test_a.py\n"
        "  the server read 2,300 tokens, 1,150 of them from the cache (50%)\n"
        "\n"
        "1 prompt: the server read 2,300 tokens, 1,150 of them from the cache (50%); 1 part left out, 1 shortened\n"
    )


def test_a_prompt_that_was_planned_again_is_a_block_of_its_own(trace: Any) -> None:
    cut = Problem(code="cut_prompt", what="The server read only 2,048 tokens.")
    events = run(
        *asked(Usage(prompt_tokens=2_048), cut),
        ContextReplanned(turn=1, plan=AGAIN),
        *asked(Usage(prompt_tokens=1_400)),
    )
    _, out, _ = context(trace(events))
    first, second, _ = out.split("\n\n")
    assert "no whole answer: The server read only 2,048 tokens." in first
    assert second.startswith("turn 1 (run), planned again: about 1,500 tokens of 2,048")


def test_one_turn_can_be_named_and_a_wrong_one_is_said(trace: Any) -> None:
    path = trace(solved_run())
    _, out, _ = context(path, "--turn", "2")
    assert out.startswith("turn 2 (write): 600 tokens of 8,192, 1,024 kept for the answer\n")
    assert "turn 1" not in out
    assert context(path, "--turn", "9") == (2, "", "There is no turn 9. The trace has 2 turns.\n")


def test_json_holds_everything(trace: Any) -> None:
    _, out, _ = context(trace(run(*asked(Usage(prompt_tokens=2_300, cached_tokens=1_150)))), "--json")
    (prompt,) = json.loads(out)
    assert (prompt["turn"], prompt["window"], prompt["cache_share"]) == (1, 4_096, 0.5)
    assert prompt["kept"][2] == {"name": "run_tests result", "tokens": 314}
    assert [item["name"] for item in prompt["left_out"]] == ["tests/test_a.py"]
    assert prompt["shortened"][0]["kept_tokens"] == 314


@pytest.mark.parametrize(
    ("text", "sentence"), [(None, "cannot be read"), ("no trace\nat all\n", "is no trace")]
)
def test_what_is_no_trace_is_said_in_a_sentence(tmp_path: Path, text: str | None, sentence: str) -> None:
    path = tmp_path / "x.jsonl"
    if text is not None:
        path.write_text(text)
    status, out, err = context(str(path))
    assert (status, out) == (1, "")
    assert sentence in err


def test_a_real_run_in_a_small_window_tells_what_it_left_out(tmp_path: Path) -> None:
    root = tmp_path / "work"
    root.mkdir()
    (root / "orders.py").write_text("def total(lines): return sum(line.amount for line in lines)\n" * 90)
    (root / "test_orders.py").write_text("from orders import total\n" + "def test(): total([])\n" * 300)
    info = ScriptedModel([]).info
    model = ScriptedModel(["It adds up."], info=replace(info, context_window=2_048))
    session = Session(root=root, model=model, state=tmp_path / "state")
    result = session.run("What does total in orders.py do?", surface="files", on_event=lambda _: None)
    session.close()
    status, out, _ = context(str(result.trace), "--json")
    (prompt,) = json.loads(out)
    cut = {item["name"] for item in [*prompt["shortened"], *prompt["left_out"]]}
    assert (status, result.finished.answer) == (0, "It adds up.")
    assert {"orders.py", "test_orders.py"} & cut
    assert prompt["prompt_tokens"] + prompt["answer_tokens"] <= 2_048
    assert abs(prompt["prompt_tokens"] - prompt["read_tokens"]) < 60
