"""The panel in JupyterLab as a person uses it, with a model that answers from a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser_lab import SETUP, Lab, LabPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ANSWER = "```python\nx = 6 * 7\nprint('computed', x)\n```\n"
BEFORE = "def one():\n    return 0\n\n\ndef two():\n    return 0\n\n\ndef three():\n    return 0\n"
AFTER = BEFORE.replace("0", "1", 1).replace("three():\n    return 0", "three():\n    return 3")
WORDS = "change numbers_of.py so that one() returns 1 and three() returns 3"
TRACE = "application/vnd.smallcode.trace.v1+json"


def opened(at: LabPage, name: str, *replies: str, delay: float = 0.0, cells: tuple[Any, ...] = ()) -> None:
    """A notebook whose model gives these replies, and the panel beside it."""
    at.lab.write(name, [SETUP, f"script(*{replies!r}, delay={delay})", *cells])
    at.open(name)
    at.run_cell(0)
    at.run_cell(1)
    at.show_panel()


def test_words_are_sent_the_code_is_accepted_with_a_key_and_taken_back(at: LabPage) -> None:
    opened(at, "accept", ANSWER)
    at.ask("compute six times seven {literally}")
    expect(at.panel.locator(".sc-asked")).to_have_text("compute six times seven {literally}")
    proposal = at.panel.locator(".sc-proposal")
    expect(proposal).to_contain_text("x = 6 * 7")
    expect(proposal).to_be_focused()
    expect(at.panel.locator("[data-live]")).to_have_text(re.compile(r"\w"))
    at.page.keyboard.press("a")
    expect(at.page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(3)
    expect(at.page.locator(".jp-Notebook :focus, .jp-Notebook:focus")).to_have_count(1)
    expect(at.page.locator(".jp-Notebook .jp-CodeCell").nth(2)).to_contain_text("computed 42")
    expect(proposal).to_have_count(0)
    assert at.sources()[2] == "x = 6 * 7\nprint('computed', x)"
    at.command("notebook:enter-command-mode")
    at.command("notebook:undo-cell-action")
    expect(at.page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(2)


def test_an_answer_is_streamed_and_the_assistant_stopped_while_cells_go_on(at: LabPage) -> None:
    story = " ".join(f"word{number}" for number in range(1500))
    opened(at, "stop", story, delay=0.02, cells=("1 + 1",))
    at.ask("tell me a long story")
    expect(at.panel.locator(".sc-stream")).to_contain_text("word1 word2")
    running = at.panel.locator(".sc-running .sc-icon").last
    assert running.evaluate("icon => getComputedStyle(icon).animationName") == "none", "motion is reduced"
    at.panel.get_by_role("button", name="Stop the assistant").click()
    expect(at.panel.locator(".sc-outcome")).to_contain_text("Stopped")
    at.run_cell(2)
    assert at.output(2).strip().endswith("2")


def test_the_assistant_cannot_be_confused_with_a_running_cell(at: LabPage) -> None:
    """A busy kernel keeps the words and shows why they wait; each of the two stops ends its own thing."""
    opened(at, "busy", ANSWER, cells=("import time\nfor _ in range(600):\n    time.sleep(0.1)",))
    at.start_cell(2)
    interrupt = at.panel.get_by_role("button", name="Interrupt the running cell")
    expect(interrupt).to_be_visible()
    at.ask("compute six times seven")
    expect(at.panel).to_contain_text("The kernel runs a cell; this comes next.")
    interrupt.click()
    expect(at.panel.locator(".sc-proposal")).to_contain_text("x = 6 * 7")
    assert "KeyboardInterrupt" in at.output(2)


def test_one_hunk_is_accepted_another_rejected_and_the_file_put_back(at: LabPage, lab: Lab) -> None:
    file = lab.work / "hunks" / "numbers_of.py"
    file.parent.mkdir()
    file.write_text(BEFORE, encoding="utf-8")
    opened(at, "hunks", f"numbers_of.py\n```python\n{AFTER}```\n")
    at.panel.get_by_label("Where the result goes").select_option("files")
    at.ask(WORDS)
    hunks = at.panel.locator("[data-hunk]")
    expect(hunks).to_have_count(2)
    at.page.keyboard.press("j")
    expect(hunks.nth(0)).to_be_focused()
    at.page.keyboard.press("y")
    expect(hunks).to_have_count(1)
    assert file.read_text(encoding="utf-8") == BEFORE.replace("0", "1", 1)
    hunks.nth(0).get_by_role("button", name="Reject").click()
    expect(at.panel.locator(".sc-proposal")).to_have_count(0)
    assert file.read_text(encoding="utf-8") == BEFORE.replace("0", "1", 1)
    at.panel.get_by_role("button", name="Undo files").click()
    expect(at.panel).to_contain_text("Put back: numbers_of.py.")
    assert file.read_text(encoding="utf-8") == BEFORE


def test_cells_that_used_an_edited_module_run_again_with_one_button(at: LabPage, lab: Lab) -> None:
    file = lab.work / "again" / "numbers_of.py"
    file.parent.mkdir()
    file.write_text(BEFORE, encoding="utf-8")
    cells = ("import numbers_of", "print(numbers_of.three())", "print('apart')")
    opened(at, "again", f"numbers_of.py\n```python\n{AFTER}```\n", cells=cells)
    for number in (2, 3, 4):
        at.run_cell(number)
    at.panel.get_by_label("Where the result goes").select_option("files")
    at.ask(WORDS)
    at.panel.get_by_role("button", name="Accept all").click()
    again = at.panel.get_by_role("button", name="Run the cells that used it again")
    again.click()
    outputs = at.page.locator(".jp-Notebook .jp-CodeCell")
    expect(outputs.nth(3).locator(".jp-OutputArea")).to_have_text(re.compile(r"^\s*3\s*$"))
    expect(outputs.nth(4).locator(".jp-InputPrompt")).to_have_text("[5]:")
    expect(again).to_have_count(0)


def test_an_error_is_fixed_in_its_own_cell(at: LabPage) -> None:
    fixed = "```python\ntotal = sum([1, 2, 3])\nprint(total)\n```\n"
    opened(at, "fix", fixed, cells=("total = summ([1, 2, 3])\nprint(total)",))
    at.select_cell(2)
    assert not at.is_enabled("smallcode:fix")
    at.run_cell(2)
    at.page.locator(".jp-Notebook .jp-CodeCell").nth(2).click()
    at.page.locator('.jp-cell-toolbar [data-command="smallcode:fix"]').click()
    expect(at.panel.locator(".sc-removed")).to_have_text("-total = summ([1, 2, 3])")
    expect(at.panel.locator(".sc-added")).to_have_text("+total = sum([1, 2, 3])")
    at.panel.get_by_role("button", name="Accept and run").click()
    expect(at.page.locator(".jp-Notebook .jp-CodeCell").nth(2).locator(".jp-OutputArea")).to_have_text(
        re.compile(r"^\s*6\s*$")
    )
    assert at.sources()[2:] == ["total = sum([1, 2, 3])\nprint(total)"]


def test_a_correction_of_a_cell_above_takes_its_place(at: LabPage) -> None:
    """The button is at the cell that failed; the cell to blame is written anew, and what builds on it runs again."""
    wrong = "def mean(values):\n    return sum(values) / len(valeus)"
    right = wrong.replace("valeus", "values")
    opened(at, "blame", f"```python\n{right}\n```\n", cells=(wrong, "print(mean([1, 2, 3]))"))
    at.run_cell(2)
    at.run_cell(3)
    at.select_cell(3)
    at.command("smallcode:fix")
    expect(at.panel.locator(".sc-removed")).to_have_text("-    return sum(values) / len(valeus)")
    expect(at.panel).to_contain_text("Proved in a copy of the kernel")
    at.panel.get_by_role("button", name="Accept and run").click()
    expect(at.page.locator(".jp-Notebook .jp-CodeCell").nth(3).locator(".jp-OutputArea")).to_have_text(
        re.compile(r"^\s*2\.0\s*$")
    )
    assert at.sources()[2:] == [right, "print(mean([1, 2, 3]))"]


def test_a_cell_that_was_changed_meanwhile_is_left_alone(at: LabPage) -> None:
    opened(at, "changed", "```python\nprint(2)\n```\n", cells=("print(1 / 0)",))
    at.run_cell(2)
    at.select_cell(2)
    at.command("smallcode:fix")
    expect(at.panel.locator(".sc-proposal")).to_contain_text("print(2)")
    at.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets[2].model.sharedModel.setSource('mine = 1')"
    )
    at.panel.get_by_role("button", name="Accept and run").click()
    expect(at.page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(4)
    assert at.sources()[2:] == ["mine = 1", "print(2)"]


def test_the_thread_is_there_again_after_a_reload_and_after_a_restart(at: LabPage) -> None:
    opened(at, "again", ANSWER, ANSWER)
    at.ask("compute six times seven")
    expect(at.panel.locator(".sc-proposal")).to_be_visible()
    at.command("docmanager:save")
    at.wait_for_layout()
    at.page.reload()
    at.wait_for_notebook()
    expect(at.panel.locator(".sc-asked")).to_have_text("compute six times seven")
    expect(at.panel.locator(".sc-proposal")).to_contain_text("x = 6 * 7")
    at.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(at.panel.locator(".sc-proposal")).to_have_count(0)
    expect(at.panel.locator(".sc-asked")).to_have_text("compute six times seven")
    at.run_cell(0)
    at.run_cell(1)
    at.ask("compute it again")
    expect(at.panel.locator(".sc-proposal")).to_contain_text("x = 6 * 7")
    expect(at.panel.locator(".sc-asked")).to_have_count(2)


def test_a_second_window_shows_the_same_thread(at: LabPage) -> None:
    opened(at, "second", ANSWER)
    at.ask("compute six times seven")
    expect(at.panel.locator(".sc-proposal")).to_be_visible()
    other = LabPage(at.page.context.new_page(), at.lab)
    other.open("second", window="-2")
    other.show_panel()
    expect(other.panel.locator(".sc-asked")).to_have_text("compute six times seven")
    other.panel.get_by_role("button", name="Discard").click()
    expect(at.panel.locator(".sc-proposal")).to_have_count(0)


def test_a_run_is_saved_and_pinned_and_its_words_come_back(at: LabPage) -> None:
    opened(at, "after", ANSWER)
    at.ask("compute six times seven")
    expect(at.panel.locator(".sc-proposal")).to_be_focused()
    at.page.keyboard.press("d")
    with at.page.expect_download() as saved:
        at.panel.get_by_role("button", name="Save the trace").click()
    lines = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    kinds = [json.loads(line)["event"]["type"] for line in lines]
    assert (kinds[0], kinds[-1]) == ("task.started", "task.finished")
    at.panel.get_by_role("button", name="Pin to notebook").click()
    expect(at.page.locator(".jp-Notebook .jp-MarkdownCell")).to_have_count(1)
    assert "    compute six times seven" in at.sources()[2].splitlines()
    field = at.panel.locator("textarea")
    field.click()
    at.page.keyboard.press("ArrowUp")
    expect(field).to_have_value("compute six times seven")
    at.page.keyboard.press("ArrowDown")
    expect(field).to_have_value("")


def test_the_keyboard_is_enough(at: LabPage) -> None:
    at.lab.write("keys", [SETUP, f"script({ANSWER!r})"])
    at.open("keys")
    at.run_cell(0)
    at.run_cell(1)
    at.page.keyboard.press("Control+Alt+k")
    expect(at.panel.locator("textarea")).to_be_focused()
    at.connected()
    at.page.keyboard.type("compute six times seven")
    at.page.keyboard.press("Enter")
    expect(at.panel.locator(".sc-proposal")).to_be_focused()
    at.page.keyboard.press("d")
    expect(at.panel).to_contain_text("Discarded")
    assert len(at.sources()) == 2


def test_the_model_is_offered_names_after_at(at: LabPage) -> None:
    opened(at, "names", ANSWER, cells=("prices = {'tea': 3}",))
    at.run_cell(2)
    field = at.panel.locator("textarea")
    field.click()
    at.page.keyboard.type("sum @pri")
    expect(at.panel.get_by_role("option", name="@prices")).to_be_visible()
    at.page.keyboard.press("Tab")
    expect(field).to_have_value("sum @prices ")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"])
def test_axe_finds_nothing_serious(at: LabPage, theme: str) -> None:
    """With everything unfolded: a step, the context with a part left out, the settings; and names after @."""
    name = "axe-" + theme.split(" ", 1)[1].lower().replace(" ", "-")
    opened(at, name, ANSWER, cells=("prices = [3, 4, 5]",))
    at.run_cell(2)
    at.command("apputils:change-theme", theme=theme)
    at.ask("the sum of @prices")
    expect(at.panel.locator(".sc-proposal")).to_be_visible()
    at.panel.locator(".sc-step button").first.click()
    at.panel.locator(".sc-meter summary").click()
    at.panel.locator(".sc-part", has_text="prices").first.click()
    expect(at.panel.locator(".sc-part.sc-out")).to_have_attribute("aria-pressed", "true")
    at.panel.locator(".sc-settings summary").click()
    at.panel.get_by_label("Model", exact=True).focus()
    at.panel.get_by_label("Policy", exact=True).select_option("plan")
    at.panel.locator("textarea").click()
    at.page.keyboard.type("@pri")
    expect(at.panel.get_by_role("option", name="@prices")).to_be_visible()
    found = at.axe("#smallcode-panel")
    serious = [item["id"] for item in found if item["impact"] in ("serious", "critical")]
    at.command("apputils:change-theme", theme="JupyterLab Light")
    assert serious == []


@pytest.mark.parametrize(("language", "send"), [("default", "Send"), ("de_DE", "Senden")])
def test_nothing_is_cut_off_at_240_pixels(at: LabPage, lab: Lab, language: str, send: str) -> None:
    lab.speak(language)
    opened(at, f"narrow-{language}", ANSWER)
    lab.speak("default")
    expect(at.panel.locator(".sc-composer .sc-main")).to_have_text(send)
    at.ask("compute six times seven")
    expect(at.panel.locator(".sc-proposal")).to_be_visible()
    too_wide = at.page.evaluate(
        """() => {
            const root = document.querySelector('#smallcode-panel .sc-root');
            root.style.width = '240px';
            const edge = root.getBoundingClientRect().right + 1;
            return [...root.querySelectorAll('button, select, textarea, .sc-words, .sc-outcome')]
                .filter(item => item.getBoundingClientRect().right > edge).map(item => item.outerHTML);
        }"""
    )
    assert too_wide == []


def test_a_saved_trace_is_shown_without_a_kernel_and_does_nothing(at: LabPage, lab: Lab) -> None:
    hostile = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
    change = {"path": "cell:next", "before": None, "after": f"# {hostile}\n", "before_hash": None}
    check = {"name": "trial", "status": "passed", "target": "cell:next", "display": hostile}
    events = [
        {"type": "task.started", "task": {"id": "t", "words": hostile}},
        {"type": "model.started", "turn": 1, "messages": [], "kept_messages": 0, "temperature": 0},
        {"type": "model.finished", "turn": 1, "reply": {"text": hostile}},
        {
            "type": "change.proposed",
            "changes": {"id": "c", "files": [change]},
            "report": {"results": [check]},
        },
        {
            "type": "task.finished",
            "outcome": "answered",
            "reason": hostile,
            "answer": f"[x](javascript:1) {hostile}",
        },
    ]
    trace = [{"run": "r", "seq": seq, "at": float(seq), "event": event} for seq, event in enumerate(events)]
    data = {TRACE: [*trace, {"junk": True}], "text/html": "<b>fallback</b>", "text/plain": "fallback"}
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("1", outputs=[output], execution_count=1)
    lab.write("saved", [cell], has_kernel=False)
    at.page.add_locator_handler(
        at.page.locator("dialog.jp-Dialog"),
        lambda dialog: dialog.get_by_role("button", name="No Kernel", exact=True).click(),
    )
    at.page.goto(f"{lab.url}/lab/workspaces/saved/tree/saved/saved.ipynb?reset")
    saved = at.page.locator(".jp-OutputArea .sc-saved")
    expect(saved).to_contain_text("<img src=x onerror='window.hacked=1'>")
    expect(saved).to_contain_text("1 entries of this trace are not understood.")
    assert saved.locator("img, script, a, iframe, form, textarea, .sc-decide").count() == 0
    for button in saved.locator("button").all():
        button.click()
    assert at.page.evaluate("() => window.hacked") is None
    assert not [one for one in lab.requests("sessions") if "saved" in one["path"]]


def test_a_cells_run_is_in_the_panel_and_its_trace_in_the_output(at: LabPage) -> None:
    opened(at, "cell", ANSWER, cells=("%%smallcode\ncompute six times seven",))
    at.run_cell(2)
    expect(at.panel.locator(".sc-asked")).to_contain_text("compute six times seven")
    expect(at.page.locator(".jp-OutputArea .sc-saved")).to_contain_text("think · turn 1")
    at.panel.get_by_role("button", name="Accept and run").click()
    expect(at.page.locator(".jp-Notebook .jp-CodeCell").nth(3)).to_contain_text("computed 42")


def test_the_widget_runs_and_accepts(at: LabPage) -> None:
    at.lab.write(
        "widget",
        [
            SETUP,
            f"script({ANSWER!r})",
            "import smallcode_jupyter\nprices = [3, 4]\nsmallcode_jupyter.panel()",
            "x",
        ],
    )
    at.open("widget")
    for index in range(3):
        at.run_cell(index)
    widget = at.page.locator(".sc-widget")
    field = widget.locator("textarea")
    field.click()
    at.page.keyboard.type("compute @pri")
    expect(widget.get_by_role("option", name="@prices")).to_be_visible()
    at.page.keyboard.press("Escape")
    field.fill("compute six times seven")
    field.press("Enter")
    proposal = widget.locator(".sc-proposal")
    expect(proposal).to_contain_text("x = 6 * 7")
    proposal.press("x")
    assert len(at.sources()) == 4, "x cuts a cell where the notebook hears it"
    widget.get_by_role("button", name="Accept and run").click()
    expect(widget).to_contain_text("computed 42")
    at.run_cell(3)
    assert at.output(3).strip().endswith("42")


def test_the_first_feedback_comes_with_the_next_frames(at: LabPage) -> None:
    """In frames, not in time: how long a frame takes is the machine's."""
    opened(at, "quick", ANSWER)
    at.panel.locator("textarea").fill("compute six times seven")
    frames = at.page.evaluate(
        """() => new Promise(done => {
            const panel = document.querySelector('#smallcode-panel');
            let frames = 0;
            const look = () => {
                if (panel.querySelector('.sc-asked')) {
                    done(frames);
                } else {
                    frames += 1;
                    requestAnimationFrame(look);
                }
            };
            panel.querySelector('form').requestSubmit();
            look();
        })"""
    )
    assert frames <= 3
