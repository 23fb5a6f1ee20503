"""What a run looks like, as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from render_runs import cell_run, envelopes, failed_run, solved_run, view_of

from smallcode_jupyter.render.html import render_html
from smallcode_jupyter.render.markdown import render_markdown
from smallcode_jupyter.render.text import render_text

RUNS = {
    "solved": solved_run(),
    "cell": cell_run("n = len(df)\nn\n", answer="It `counts` rows:\n```python\nx = 1\n```\n- <b>done</b>"),
    "failed": failed_run(),
}
VIEWS = {"txt": render_text, "md": render_markdown, "html": render_html}
CLOSING = "Accept with %smallcode accept."
GOLDENS = Path(__file__).parent / "goldens"


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("kind", VIEWS)
def test_a_run_reads_as_recorded(name: str, kind: str) -> None:
    """To accept a change: python scripts/update_goldens.py, and read the difference."""
    shown = VIEWS[kind](view_of(RUNS[name]), closing=CLOSING)
    assert shown == (GOLDENS / f"{name}.{kind}").read_text(encoding="utf-8")


def test_a_running_run_shows_the_answer_being_written() -> None:
    events = solved_run()[:6]
    view = view_of(events)
    assert envelopes(events)[-1].event.type == "model.delta"
    assert render_text(view) == (
        "smallcode · tiny\n"
        "○ look at solution.py                                                                          1.0 s\n"
        "◇ think · turn 1 …\n"
        "\n"
        "  | first\n"
        "\n"
        "0 tokens read · 0 written · context 600/8k · 2.5 s\n"
    )
