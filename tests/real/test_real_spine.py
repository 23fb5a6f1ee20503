"""The spine on real parts: a real model, the command line, a real kernel."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from smallcode_jupyter.protocol.codec import from_json
from smallcode_jupyter.protocol.events import TaskFinished
from smallcode_jupyter.session.trace import check_invariants

pytestmark = pytest.mark.real


def test_the_command_line_solves_a_file(real_server: dict[str, str], folder: Path) -> None:
    words = "Implement double in tools.py."
    command = [
        sys.executable,
        "-m",
        "smallcode_jupyter",
        "run",
        words,
        "--cwd",
        str(folder),
        "--apply",
        "auto",
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=real_server, timeout=300)
    envelopes = [from_json(json.loads(line)) for line in done.stdout.splitlines()]
    assert check_invariants(envelopes) == ()
    finished = envelopes[-1].event
    assert isinstance(finished, TaskFinished)
    assert (done.returncode, finished.outcome) == (0, "validated"), done.stderr
    check = [sys.executable, "-c", "from tools import double; assert double(21) == 42 and double(-1) == -2"]
    subprocess.run(check, cwd=folder, check=True)
    assert finished.prompt_tokens > 50
    assert finished.completion_tokens > 5


def test_a_cell_is_solved_in_a_live_kernel(real_server: dict[str, str], tmp_path: Path) -> None:
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path), env=real_server)
    try:

        def run(code: str) -> tuple[str, list[dict[str, object]]]:
            outputs: list[dict[str, object]] = []
            reply = client.execute_interactive(
                code,
                timeout=300,
                store_history=True,
                output_hook=lambda message: outputs.append(message["content"]),
            )
            return reply["content"]["status"], outputs

        assert run("%load_ext smallcode_jupyter\nprices = [3, 4, 5]")[0] == "ok"
        status, outputs = run("%%smallcode\nCompute the sum of the list prices and store it in `total`.")
        assert status == "ok"
        final = [content["data"] for content in outputs if "data" in content][-1]
        assert isinstance(final, dict)
        assert "application/vnd.smallcode.trace.v1+json" in final
        assert "total" in str(final["text/plain"])
        assert run("assert 'total' not in globals()")[0] == "ok"
        assert run("%smallcode accept")[0] == "ok"
        assert run("assert total == 12")[0] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
