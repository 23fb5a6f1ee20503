"""A model server that answers from a script, and a suite of one small task."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models_fake_server import CHAT, FakeServer, Handler, Step, answer, delta, events, finish

from smallcode_jupyter.bench.attempting import Arm, Job
from smallcode_jupyter.bench.facts import ServedBy

TEST = "from solution import double\n\n\ndef test_double():\n    assert double(4) == 8\n"
STARTER = 'def double(x):\n    """Twice x."""\n    raise NotImplementedError\n'
RIGHT = 'def double(x):\n    """Twice x."""\n    return 2 * x\n'
WRONG = 'def double(x):\n    """Twice x."""\n    return x + 4\n'
CHECK = """
def check(exam):
    py = exam.python()
    for n in (1, 4, 7):
        py.equal('solution.double(n)', 2 * n, n=n)
"""


def fenced(code: str) -> str:
    return f"Here it is:\n\n```python\n{code}```\n"


def say(*texts: str, cached: int = 0) -> Step:
    """Answer with the texts in turn, the last again and again; streamed or whole, as asked."""
    left = list(texts)

    def step(handler: Handler) -> None:
        body: Mapping[str, Any] = handler.server.fake.received[-1].body
        text = left.pop(0) if len(left) > 1 else left[0]
        words = len(text.split())
        usage = {
            "prompt_tokens": 100,
            "completion_tokens": words,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        if not body.get("stream"):
            message = {"role": "assistant", "content": text}
            whole = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage}
            answer(whole)(handler)
            return
        handler.start_stream()
        handler.wfile.write(events(delta(content=text), finish(), {"choices": [], "usage": usage}, "[DONE]"))

    return step


def script(server: FakeServer, step: Step) -> None:
    """Make the fake server a whole one."""
    server.on("/v1/models", answer({"data": [{"id": "tiny", "object": "model"}]}))
    server.on(CHAT, step)


def make_task(
    folder: Path, *, name: str = "double", check: str = CHECK, visible: bool = True, starter: str = STARTER
) -> Path:
    """A task in `folder/tiny/NAME`."""
    place = folder / "tiny" / name
    (place / "workspace").mkdir(parents=True)
    (place / "hidden" / "reference").mkdir(parents=True)
    (place / "workspace" / "solution.py").write_text(starter)
    if visible:
        (place / "workspace" / "test_public.py").write_text(TEST)
    (place / "hidden" / "check.py").write_text(check)
    (place / "hidden" / "reference" / "solution.py").write_text(RIGHT)
    lines = [
        f'id = "{name}"',
        'category = "python"',
        'language = "python"',
        'difficulty = "easy"',
        "time_limit_s = 60",
        'editable = ["solution.py"]',
        'prompt = "Write the function double in solution.py as its docstring says."',
        'visible_checks = "python -m pytest -q test_public.py"' if visible else "",
    ]
    (place / "task.toml").write_text("\n".join(lines) + "\n")
    return place


def make_job(server: FakeServer, folder: Path, *, agent: str = "oneshot", **more: Any) -> Job:
    fields: dict[str, Any] = {
        "suite": "tiny",
        "task": "double",
        "arm": Arm(agent=agent),
        "seed": 0,
        "served": ServedBy(base_url=server.base_url, model="tiny", context_window=4_096, server="fake 1"),
        "tokens": 24_000,
        "seconds": 400.0,
        "folder": folder,
    }
    return Job(**{**fields, **more})
