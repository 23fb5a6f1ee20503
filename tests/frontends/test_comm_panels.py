"""What panels are told and what they can do, without a kernel."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.frontends.comm import Panels
from smallcode_jupyter.frontends.notebook import Notebook
from smallcode_jupyter.models.choosing import ModelChoice
from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.session.session import Session

BEFORE = "def one():\n    return 0\n\n\ndef two():\n    return 0\n\n\ndef three():\n    return 0\n"
AFTER = BEFORE.replace("0", "1", 1).replace("three():\n    return 0", "three():\n    return 3")
REPLY = f"numbers_of.py\n```python\n{AFTER}```\n"
CELL = "```python\nx = 6 * 7\nprint('computed', x)\n```\n"
WORDS = "change numbers_of.py so that one() returns 1 and three() returns 3"


class Panel:
    """A panel that writes down what it hears."""

    def __init__(self, panels: Panels) -> None:
        self.heard: list[dict[str, Any]] = []
        self.leave = panels.listen(self.heard.append)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["type"] == kind]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [envelope["event"] for message in self.of("events") for envelope in message["envelopes"]]

    @property
    def told(self) -> str:
        return str(self.of("told")[-1]["text"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "numbers_of.py").write_text(BEFORE, encoding="utf-8")
    return folder


@pytest.fixture
def opened(shell: Any, folder: Path, tmp_path: Path) -> Iterator[Any]:
    """Makes the panels of a session whose model gives these replies."""
    sessions: list[Session] = []

    def make(*replies: str, delay: float = 0.0) -> Panels:
        notebook = Notebook(shell, open_session=lambda *_: pytest.fail("a session was given"))
        model = ScriptedModel(replies, delay=delay)
        sessions.append(Session(root=folder, model=model, facts=notebook.facts, state=tmp_path / "state"))
        notebook.use(sessions[-1])
        notebook.panels = Panels(notebook)
        return notebook.panels

    yield make
    for session in sessions:
        session.close()


def run(words: str, **more: str) -> dict[str, str]:
    return {"type": "run", "words": words, **more}


def proposed(panel: Panel) -> dict[str, Any]:
    changes = panel.of("pending")[-1]["changes"]
    assert changes is not None
    return dict(changes)


def hunk(before: tuple[int, int], after: tuple[int, int]) -> dict[str, int]:
    return {
        "before_start": before[0],
        "before_end": before[1],
        "after_start": after[0],
        "after_end": after[1],
    }


async def test_a_run_is_told_as_it_goes(opened: Any) -> None:
    panels = opened(CELL)
    panel = Panel(panels)
    await panels.do(run("compute six times seven {literally}"))
    assert panel.events[0]["task"]["words"] == "compute six times seven {literally}"
    assert panel.events[-1]["type"] == "task.finished"
    assert proposed(panel)["files"][0]["after"] == "x = 6 * 7\nprint('computed', x)\n"


async def test_a_panel_that_comes_late_is_told_the_same(opened: Any) -> None:
    panels = opened(CELL)
    first = Panel(panels)
    await panels.do(run("compute six times seven"))
    late = Panel(panels)
    (hello,) = late.heard
    whole = [event for event in first.events if event["type"] != "model.delta"]
    assert [envelope["event"] for envelope in hello["runs"][0]["envelopes"]] == whole
    assert hello["pending"] == proposed(first)
    assert hello["is_running"] is False


async def test_pieces_of_an_answer_are_joined_and_none_is_lost(opened: Any) -> None:
    words = "\n".join(f"value_{number} = {number}" for number in range(200))
    panels = opened(f"```python\n{words}\n```\n")
    panel = Panel(panels)
    await panels.do(run("write code that sets many values"))
    pieces = [event["text"] for event in panel.events if event["type"] == "model.delta"]
    whole = [event["reply"]["text"] for event in panel.events if event["type"] == "model.finished"]
    assert "".join(pieces) == "".join(whole)
    assert len(pieces) < len("".join(whole)) / 50


async def test_a_hunk_is_accepted_and_another_rejected(opened: Any, folder: Path) -> None:
    panels = opened(REPLY)
    panel = Panel(panels)
    await panels.do(run(WORDS, surface="files"))
    changes = proposed(panel)
    part = {"changes": changes["id"], "path": "numbers_of.py"}
    await panels.do({"type": "accept", **part, "hunks": [hunk((1, 2), (1, 2))]})
    text = (folder / "numbers_of.py").read_text(encoding="utf-8")
    assert text == BEFORE.replace("0", "1", 1)
    assert panel.of("accepted")[-1]["paths"] == ["numbers_of.py"]
    await panels.do({"type": "reject", **part, "hunks": [hunk((9, 10), (9, 10))]})
    assert (folder / "numbers_of.py").read_text(encoding="utf-8") == text
    assert panel.of("pending")[-1]["changes"] is None
    await panels.do({"type": "undo"})
    assert (folder / "numbers_of.py").read_text(encoding="utf-8") == BEFORE
    assert panel.told.startswith("Put back: numbers_of.py.")


async def test_only_what_the_person_saw_is_accepted(opened: Any, folder: Path) -> None:
    panels = opened(REPLY)
    panel = Panel(panels)
    await panels.do(run(WORDS, surface="files"))
    changes = proposed(panel)
    await panels.do({"type": "accept", "changes": "an earlier one"})
    assert panel.told.startswith("The proposal has changed since it was shown.")
    other = [hunk((0, 2), (0, 2))]
    await panels.do({"type": "accept", "changes": changes["id"], "path": "numbers_of.py", "hunks": other})
    assert panel.told.startswith("The proposal has changed since it was shown.")
    assert (folder / "numbers_of.py").read_text(encoding="utf-8") == BEFORE


async def test_code_for_a_cell_is_run_only_where_the_panel_cannot_write_cells(
    opened: Any, shell: Any
) -> None:
    panels = opened(CELL, CELL, CELL, CELL)  # two of each run: they agree
    panel = Panel(panels)
    for runs_cell in (False, True):
        await panels.do(run("compute six times seven"))
        await panels.do(
            {"type": "accept", "changes": proposed(panel)["id"], "path": None, "runs_cell": runs_cell}
        )
        assert ("x" in shell.user_ns) is runs_cell
    ours, theirs = panel.of("accepted")
    assert ours["cell_code"] == "x = 6 * 7\nprint('computed', x)\n"
    assert "was_run" not in ours
    assert theirs["was_run"] is True
    assert theirs["output"] == "computed 42\n"


async def test_auto_accepts_what_validated(opened: Any) -> None:
    code = "```python\ndef double(n):\n    return 2 * n\n\nassert double(4) == 8\n```\n"
    panels = opened(code)
    panel = Panel(panels)
    await panels.do(run("Write double(n). double(4) == 8.", policy="auto"))
    assert panel.of("accepted")[-1]["cell_code"].startswith("def double")
    assert panels.notebook.session.pending is None


async def test_auto_leaves_code_that_could_do_harm_to_the_person(opened: Any) -> None:
    code = "```python\nimport shutil\n\ndef clear(folder):\n    shutil.rmtree(folder)\n\nassert clear\n```\n"
    panels = opened(code)
    panel = Panel(panels)
    await panels.do(run("Write clear(folder) that deletes a folder.", policy="auto"))
    assert panel.of("accepted") == []
    assert proposed(panel)["files"][0]["path"] == "cell:next"


async def test_stopping_from_another_thread_ends_the_run(opened: Any) -> None:
    panels = opened(CELL, delay=5.0)
    panel = Panel(panels)
    running = asyncio.ensure_future(panels.do(run("compute")))
    while not any(event["type"] == "model.started" for event in panel.events):
        await asyncio.sleep(0.01)
    threading.Thread(target=panels.wish, args=({"type": "stop"},)).start()
    await asyncio.wait_for(running, 3)
    assert panel.events[-1]["outcome"] == "cancelled"


async def test_a_question_waits_for_the_panel(opened: Any) -> None:
    call = '{"name": "run_command", "arguments": {"command": "pip install nothing-at-all"}}'
    panels = opened(call, "There is nothing more to do.")
    panel = Panel(panels)
    before = panels.notebook.session.ask

    def answer() -> None:
        while not any(event["type"] == "user.asked" for event in panel.events):
            threading.Event().wait(0.01)
        panels.wish({"type": "answer", "choice": "no"})

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    await panels.do(run("run the command: pip install nothing-at-all", policy="ask", surface="files"))
    assert [event["choice"] for event in panel.events if event["type"] == "user.answered"][:1] == ["no"]
    assert panels.notebook.session.ask is before


async def test_what_the_person_takes_out_is_not_sent_until_it_is_put_back(opened: Any, folder: Path) -> None:
    panels = opened(REPLY, REPLY)
    panel = Panel(panels)
    panels.wish({"type": "leave_out", "name": "numbers_of.py", "is_out": True})
    assert panel.of("left_out")[-1]["names"] == ["numbers_of.py"]
    await panels.do(run(WORDS, surface="files"))
    (context,) = [event["context"] for event in panel.events if event["type"] == "context.gathered"]
    assert context["left_out"] == ["numbers_of.py"]
    assert "numbers_of.py" not in [item["name"] for item in context.get("items", [])]
    assert "def three" not in str(next(event for event in panel.events if event["type"] == "model.started"))
    assert Panel(panels).heard[0]["left_out"] == ["numbers_of.py"]
    panels.wish({"type": "leave_out", "name": "numbers_of.py", "is_out": False})
    await panels.do(run(WORDS, surface="files"))
    again = [event["context"] for event in panel.events if event["type"] == "context.gathered"][-1]
    assert "numbers_of.py" in [item["name"] for item in again["items"]]


async def test_the_models_that_can_be_chosen_are_told(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    panels = opened(CELL)
    panel = Panel(panels)
    found = (ModelChoice(name="coder:1.5b", where="ollama at http://127.0.0.1:11434/v1"),)
    monkeypatch.setattr(panels.notebook.session, "list_models", lambda: found)
    panels.wish({"type": "list_models"})
    for thread in [one for one in threading.enumerate() if one.name == "smallcode-models"]:
        thread.join(10)
    assert panel.of("models") == [
        {
            "type": "models",
            "models": [{"name": "coder:1.5b", "where": "ollama at http://127.0.0.1:11434/v1"}],
        }
    ]


async def test_settings_are_told_with_where_they_came_from(opened: Any) -> None:
    panels = opened(CELL)
    panel = Panel(panels)
    await panels.do({"type": "set", "name": "policy", "value": "plan"})
    settings = {row["name"]: (row["value"], row["source"]) for row in panel.of("told")[-1]["settings"]}
    assert settings["policy"] == ("plan", "set here")
    await panels.do({"type": "set", "name": "api_key", "value": "sk-secret"})
    assert "sk-secret" not in str(panel.heard)
    await panels.do({"type": "set", "name": "policy", "value": "yolo"})
    assert panel.of("told")[-1]["level"] == "error"


@pytest.mark.parametrize("data", [{}, {"type": "explode"}, {"type": "answer"}])
async def test_what_is_not_understood_is_told(opened: Any, data: dict[str, str]) -> None:
    panels = opened(CELL)
    panel = Panel(panels)
    panels.wish(data)
    await panels.do(data)
    assert [message["level"] for message in panel.of("told")] == ["error", "error"]


async def test_a_panel_that_has_left_hears_nothing(opened: Any) -> None:
    panels = opened(CELL)
    panel = Panel(panels)
    panel.leave()
    await panels.do(run("compute six times seven"))
    assert [message["type"] for message in panel.heard] == ["hello"]
