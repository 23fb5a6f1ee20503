"""Import time, first feedback in a kernel, the harness's own time, and the share of the prompt served from the cache.

python scripts/measure/latency.py --base-url http://127.0.0.1:PORT/v1
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from smallcode_jupyter.protocol.events import Envelope, TurnFinished
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.session.config import load_settings
from smallcode_jupyter.session.session import Session

NEVER = "Write f(x) in a.py. f(1) == 2 and f(1) == 3"
"""Two examples that contradict each other: every attempt fails, so the run takes all its turns."""


def import_milliseconds() -> float:
    """Median of five, cumulative, as `-X importtime` tells."""
    times = []
    for _ in range(5):
        command = [sys.executable, "-X", "importtime", "-c", "import smallcode_jupyter"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = re.search(r"\|\s+(\d+) \| smallcode_jupyter$", done.stderr, re.M)
        assert found
        times.append(int(found[1]) / 1000)
    return statistics.median(times)


def first_feedback_milliseconds(base_url: str) -> list[float]:
    """From sending the cell to the first display, in a real kernel: the first run, then two more."""
    environment = {**os.environ, "SMALLCODE_BASE_URL": base_url}
    with tempfile.TemporaryDirectory() as folder:
        manager, client = start_new_kernel(kernel_name="python3", cwd=folder, env=environment)
        try:
            client.execute_interactive("%load_ext smallcode_jupyter\nn = 3")
            return [_first_display(client) for _ in range(3)]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def _first_display(client: object) -> float:
    seen: list[float] = []

    def on_output(message: dict[str, object]) -> None:
        if message["msg_type"] == "display_data":
            seen.append(time.perf_counter())

    began = time.perf_counter()
    client.execute_interactive("%%smallcode\nSet m to n + 1.", output_hook=on_output, timeout=300)
    return (seen[0] - began) * 1000


def five_turns(base_url: str) -> tuple[int, int, list[float]]:
    """Prompt tokens, those from the cache, and the harness's seconds of each turn, of a run that takes five turns."""
    turns: list[float] = []

    def on_event(envelope: Envelope) -> None:
        if isinstance(envelope.event, TurnFinished):
            turns.append(envelope.event.harness_seconds)

    with tempfile.TemporaryDirectory() as folder:
        root, state = Path(folder) / "root", Path(folder) / "state"
        root.mkdir()
        session = Session(root=root, settings=load_settings(root, given={"base_url": base_url}), state=state)
        result = session.run(NEVER, surface="files", limits=Limits(calls=5), on_event=on_event)
        session.close()
    return result.finished.prompt_tokens, result.finished.cached_tokens, turns


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base-url", required=True)
    options = parser.parse_args()
    print(f"import smallcode_jupyter: {import_milliseconds():.1f} ms (median of 5)")
    times = first_feedback_milliseconds(options.base_url)
    print(f"first feedback in a kernel: {', '.join(f'{item:.0f}' for item in times)} ms")
    prompt, cached, turns = five_turns(options.base_url)
    print(f"five turns: {cached}/{prompt} prompt tokens from the cache ({100 * cached / prompt:.0f} %)")
    print(f"harness time of each turn: {', '.join(f'{item * 1000:.0f}' for item in turns)} ms")


if __name__ == "__main__":
    main()
