"""The magics in a real kernel, driven as a notebook drives it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from conftest import Kernel

pytestmark = pytest.mark.kernel

TRACE = "application/vnd.smallcode.trace.v1+json"
ANSWER = "```python\nx = 6 * 7\nprint('computed', x)\n```\n"


def script(kernel: Kernel, *replies: str, delay: float = 0.0) -> None:
    ran = kernel.run(f"model = _script(*{replies!r}, delay={delay})")
    assert ran.reply["status"] == "ok", ran.text


def test_the_first_display_comes_at_once(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    ran = kernel.run("%%smallcode\ncompute six times seven\n")
    kinds = [message["msg_type"] for message in ran.messages]
    assert ran.times[kinds.index("display_data")] < 0.1


def test_the_first_event_comes_at_once_in_a_fresh_session(kernel: Kernel) -> None:
    """Loading the extension has imported what the first cell needs."""
    ran = kernel.run("%%smallcode --base-url http://127.0.0.1:9/v1\ncompute\n")
    started = ran.displays[-1][TRACE][0]
    assert started["event"]["type"] == "task.started"
    assert started["at"] - ran.messages[0]["parent_header"]["date"].timestamp() < 0.1


def test_words_with_braces_reach_the_model_as_typed(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    words = "say {x} and {{y}} and $HOME and \"quotes\" 'too' \\n"
    kernel.run("HOME = x = 'EXPANDED'")
    kernel.run(f"%%smallcode\n{words}\n")
    seen = kernel.run("print(model.requests[0].messages[-1].content)").text
    assert words in seen


def test_the_output_carries_four_types_and_fits_a_notebook_file(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    ran = kernel.run("%%smallcode\ncompute six times seven\n")
    data = ran.displays[-1]
    assert list(data) == ["text/plain", "text/markdown", "text/html", TRACE]
    assert data[TRACE][0]["event"]["type"] == "task.started"
    assert data[TRACE][-1]["event"]["type"] == "task.finished"
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data=data)])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_nothing_changes_before_it_is_accepted(kernel: Kernel) -> None:
    script(kernel, "```python\nunheard_of = 6 * 7\n```\n")
    ran = kernel.run("%%smallcode\ncompute six times seven\n")
    assert "accept with %smallcode accept" in ran.last
    assert ran.reply["payload"] == []
    assert kernel.run("'unheard_of' in globals()").text == "False"


def test_accepting_runs_the_code_and_keeps_it_as_the_next_cell(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    kernel.run("%%smallcode\ncompute six times seven\n")
    ran = kernel.run("%smallcode accept")
    code = "x = 6 * 7\nprint('computed', x)"
    assert ran.text == "computed 42\n"
    assert ran.reply["payload"] == [{"source": "set_next_input", "text": code, "replace": False}]
    assert ran.displays[0]["text/plain"].strip() == code
    assert kernel.run("x").text == "42"


def test_auto_runs_what_validated_in_the_same_cell(kernel: Kernel) -> None:
    answer = "```python\ndef double(n):\n    return 2 * n\n\nassert double(4) == 8\nprint(double(21))\n```\n"
    script(kernel, answer)
    ran = kernel.run("%%smallcode --policy auto\nWrite double(n). double(4) == 8. Print double(21).\n")
    assert "Its code ran here and is kept as the next cell." in ran.last
    assert ran.text == "42\n"
    assert ran.reply["payload"][0]["source"] == "set_next_input"


def test_undo_puts_a_file_back(kernel: Kernel, tmp_path: Path) -> None:
    file = tmp_path / "area.py"
    file.write_text("def area(r):\n    return r\n", encoding="utf-8")
    script(kernel, "area.py\n```python\ndef area(r):\n    return 3 * r * r\n```\n")
    kernel.run("%%smallcode --files\nfix area in area.py\n")
    assert file.read_text(encoding="utf-8").endswith("return r\n")
    accepted = kernel.run("%smallcode accept")
    assert accepted.last.startswith("Accepted: area.py.")
    assert file.read_text(encoding="utf-8").endswith("return 3 * r * r\n")
    assert kernel.run("%smallcode undo").last == "Put back: area.py."
    assert file.read_text(encoding="utf-8").endswith("return r\n")


def test_an_unknown_option_is_one_sentence_and_the_kernel_goes_on(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    ran = kernel.run("%%smallcode --frobnicate\nwords\n")
    assert ran.reply["status"] == "error"
    (sentence,) = ran.reply["traceback"]
    assert sentence.startswith("There is no option --frobnicate. Options are: --model M, --base-url U, ")
    assert kernel.run("1 + 1").text == "2"


def test_interrupting_a_silent_model_stops_at_once(kernel: Kernel) -> None:
    script(kernel, ANSWER, delay=30)
    sent = kernel.send("%%smallcode\ncompute six times seven\n")
    time.sleep(1.0)
    began = time.monotonic()
    kernel.manager.interrupt_kernel()
    ran = kernel.finish(sent)
    assert time.monotonic() - began < 1.0
    assert ran.reply["ename"] == "CellStopped"
    assert ran.reply["traceback"] == ["Stopped. What was done until then is shown above."]
    assert "■ Stopped" in ran.last
    assert "think · turn 1" in ran.last
    assert ran.displays[-1][TRACE][-1]["event"]["outcome"] == "cancelled"
    assert kernel.run("1 + 1").text == "2"


def test_interrupting_again_and_again_leaves_the_kernel_alive(kernel: Kernel) -> None:
    """A model that does not notice the first interrupt is given up at the second."""
    kernel.run(
        "import time\n"
        "class Deaf(_ScriptedModel):\n"
        "    def ask(self, request, *, on_delta, cancel):\n"
        "        time.sleep(3)\n"
        "        return super().ask(request, on_delta=on_delta, cancel=cancel)\n"
        "_use_session(_Session(root=_Path.cwd(), model=Deaf(['x']), facts=_LiveKernel(get_ipython())))\n"
    )
    sent = kernel.send("%%smallcode\ncompute six times seven\n")
    time.sleep(0.5)
    for _ in range(3):
        kernel.manager.interrupt_kernel()
        time.sleep(0.2)
    ran = kernel.finish(sent, timeout=2)
    assert ran.reply["ename"] == "CellStopped"
    assert kernel.run("2 + 2").text == "4"
    script(kernel, ANSWER)
    assert kernel.run("%%smallcode\ncompute six times seven\n").reply["status"] == "ok"


def test_accepted_code_can_be_interrupted(kernel: Kernel) -> None:
    """The kernel turns interrupts of an awaiting cell into a cancellation, which blocking code would not notice."""
    code = (
        "```python\nimport time, os\nif os.path.exists('go'):\n    time.sleep(60)\nassert True\nn = 1\n```\n"
    )
    script(kernel, code)
    kernel.run("%%smallcode\nWrite code that waits if there is a file go.\n")
    kernel.run("open('go', 'w').close()")
    sent = kernel.send("%smallcode accept")
    time.sleep(0.7)
    began = time.monotonic()
    kernel.manager.interrupt_kernel()
    ran = kernel.finish(sent)
    assert time.monotonic() - began < 1.0
    assert "KeyboardInterrupt" in ran.last
    assert kernel.run("1 + 1").text == "2"


def test_the_display_is_refreshed_at_most_ten_times_a_second(kernel: Kernel) -> None:
    words = "\n".join(f"value_{number} = {number}" for number in range(120))
    script(kernel, f"```python\n{words}\n```\n", delay=0.004)
    ran = kernel.run("%%smallcode\nwrite code that sets many values\n")
    moments = [
        moment
        for message, moment in zip(ran.messages, ran.times, strict=True)
        if message["msg_type"] == "update_display_data"
    ]
    took = moments[-1] - moments[0]
    assert took > 1.0
    assert 5 < len(moments) <= 10 * took + 3
    assert (
        len(
            {
                message["content"]["transient"]["display_id"]
                for message in ran.messages
                if "data" in message["content"]
            }
        )
        == 1
    )


def test_a_notebook_of_fifty_megabytes_beside_it_is_harmless(kernel: Kernel, tmp_path: Path) -> None:
    with (tmp_path / "large.ipynb").open("w", encoding="utf-8") as file:
        file.write('{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write('"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    script(kernel, ANSWER)
    began = time.monotonic()
    ran = kernel.run("%%smallcode\ncompute six times seven\n")
    assert ran.reply["status"] == "ok"
    assert time.monotonic() - began < 5.0


def test_no_server_is_a_sentence_with_what_to_do(kernel: Kernel) -> None:
    kernel.run("%smallcode set base_url http://127.0.0.1:9/v1")
    kernel.run("_use_session(_Session(root=_Path.cwd()))")
    ran = kernel.run("%%smallcode --base-url http://127.0.0.1:9/v1\ncompute\n")
    assert ran.reply["status"] == "ok"
    assert "✗ Failed" in ran.last
    assert "127.0.0.1:9" in ran.last
    assert "Traceback" not in ran.last


def test_the_model_learns_of_variables_and_cells(kernel: Kernel) -> None:
    kernel.run("prices = {'tea': 3, 'api_key': 'sk-abcdefghijklmnopqrstuvwx'}")
    script(kernel, ANSWER)
    kernel.run("%%smallcode\nsum the prices\n")
    seen = kernel.run("print(model.requests[0].messages[-1].content)").text
    assert "# prices\nprices: dict, 2 items = {'tea': 3, 'api_key': <hidden>}" in seen
    assert "sk-abcdef" not in seen


def test_references_are_completed_and_reach_the_model_as_cards(kernel: Kernel, tmp_path: Path) -> None:
    kernel.run("import pandas\nsales = pandas.DataFrame({'price': [1.5, None], 'password': ['a', 'b']})")
    kernel.client.complete("%%smallcode\nplot @sal", 21)
    reply = kernel.client.get_shell_msg(timeout=30)["content"]
    assert (reply["matches"], reply["cursor_start"], reply["cursor_end"]) == (["@sales"], 17, 21)
    script(kernel, ANSWER)
    kernel.run("%%smallcode\nplot @sales\n")
    seen = kernel.run("print(model.requests[0].messages[-1].content)").text
    assert "# sales\nsales: DataFrame 2 rows × 2 columns (price: float64, password: " in seen
    assert "  missing: price 1\n  1.5 | <hidden>\n  nan | <hidden>\n" in seen
    assert "# Task\nplot `sales`\n" in seen
