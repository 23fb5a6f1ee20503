"""Ten students at once against one model server, through the gateway: waiting times, fairness, what was lost.

    python scripts/measure/class_of_ten.py                   # a scripted server that answers at a model's pace
    python scripts/measure/class_of_ten.py --model 0.5b      # the real one, behind the built-in server
    python scripts/measure/class_of_ten.py --greedy 5        # one student gives five times as many tasks

Each student is a kernel of its own with the real magic; what is asked goes over HTTP. The exit status is 1 if any
request or task was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from time import monotonic

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from smallcode_jupyter.models.gateway.fair import Rules
from smallcode_jupyter.models.gateway.keys import key_for
from smallcode_jupyter.models.gateway.server import Answered, Gateway, GatewayOptions
from smallcode_jupyter.models.local.pull import pull
from smallcode_jupyter.models.local.serve import ensure_server, stop_server
from smallcode_jupyter.models.scripted import split_words
from smallcode_jupyter.protocol.events import Envelope, ModelStarted, TaskFinished
from smallcode_jupyter.session.trace import read_trace

SECRET = "of no worth: this class lasts minutes"
TASKS = {
    "median": (
        "Write a function median(values) that returns the median of a list.\nmedian([4, 1, 3, 2]) == 2.5",
        "def median(values):\n    ordered = sorted(values)\n    half = len(ordered) // 2\n"
        "    if len(ordered) % 2:\n        return ordered[half]\n"
        "    return (ordered[half - 1] + ordered[half]) / 2\n",
    ),
    "vowels": (
        "Write a function vowels(text) that counts the vowels of a text.\nvowels('Ada Lovelace') == 6",
        "def vowels(text):\n    return sum(letter in 'aeiou' for letter in text.lower())\n",
    ),
    "chunks": (
        "Write a function chunks(items, size) that cuts a list into lists of a size.\n"
        "chunks([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]",
        "def chunks(items, size):\n    return [items[i:i + size] for i in range(0, len(items), size)]\n",
    ),
}
"""Name -> the words, and an answer that is right."""


class Paced(RequestHandler):
    """A server that answers one question at a time, as fast as a small model on two cores."""

    busy = asyncio.Lock()
    read_rate, write_rate = 400.0, 30.0
    """Tokens a second."""

    def get(self) -> None:
        self.write({"data": [{"id": "paced", "object": "model", "owned_by": "paced"}]})

    async def post(self) -> None:
        body = json.loads(self.request.body)
        prompt = json.dumps(body["messages"])
        last = max(TASKS, key=lambda name: prompt.rfind(f"{name}("))
        words = split_words(f"```python\n{TASKS[last][1]}```\n")
        self.set_header("Content-Type", "text/event-stream")
        async with self.busy:
            await asyncio.sleep(len(prompt) / 4 / self.read_rate)
            for word in words:
                await asyncio.sleep(1 / self.write_rate)
                await self.send(
                    {"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}
                )
            usage = {"prompt_tokens": len(prompt) // 4, "completion_tokens": len(words)}
            await self.send({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage})
        self.write("data: [DONE]\n\n")

    async def send(self, event: dict[str, object]) -> None:
        self.write(f"data: {json.dumps(event)}\n\n")
        await self.flush()


@dataclass(slots=True)
class Student:
    """One kernel."""

    name: str
    tasks: int
    home: Path
    manager: AsyncKernelManager
    finished: float = 0.0
    """When the last task had ended."""
    failures: list[str] = field(default_factory=list)
    """Cells that ended with an exception."""

    async def start(self, base_url: str) -> AsyncKernelClient:
        """The kernel with the extension loaded."""
        folder = self.home / "work"
        folder.mkdir(parents=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith("SMALLCODE_")}
        env |= {
            "SMALLCODE_HOME": str(self.home),
            "SMALLCODE_BASE_URL": base_url,
            "SMALLCODE_API_KEY": key_for(self.name, secret=SECRET),
            "SMALLCODE_MAX_SECONDS": "3000",
        }
        await self.manager.start_kernel(env=env, cwd=str(folder))
        client = self.manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=300)
        await self.run(client, "%load_ext smallcode_jupyter")
        return client

    async def work(self, client: AsyncKernelClient) -> None:
        """Give all tasks, one after the other."""
        names = list(TASKS)
        for number in range(self.tasks):
            await self.run(client, f"%%smallcode\n{TASKS[names[number % len(names)]][0]}")
        self.finished = monotonic()

    async def run(self, client: AsyncKernelClient, code: str) -> None:
        reply = await client.execute_interactive(code, output_hook=lambda _: None, timeout=3_600)
        if reply["content"]["status"] != "ok":
            self.failures.append(str(reply["content"].get("evalue")))

    def runs(self) -> list[tuple[Envelope, ...]]:
        """The traces of all runs."""
        return [read_trace(path) for path in sorted(self.home.rglob("traces/*.jsonl"))]


def jain(values: Sequence[float]) -> float:
    """Jain's index: 1 where all are equal, 1/n where one has everything."""
    total = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * total) if total else 1.0


async def hold_class(args: argparse.Namespace, upstream: str, home: Path) -> int:
    """The lesson; the exit status."""
    log: list[tuple[float, Answered]] = []
    options = GatewayOptions(
        upstream=upstream,
        secret=SECRET,
        rules=Rules(requests=0),
        on_answer=lambda answered: log.append((monotonic(), answered)),
    )
    gateway = Gateway(options)
    base_url = gateway.open()
    students = [
        Student(
            name=f"student{number:02}",
            tasks=args.tasks * (args.greedy if number == 1 else 1),
            home=home / f"student{number:02}",
            manager=AsyncKernelManager(kernel_name="python3"),
        )
        for number in range(1, args.students + 1)
    ]
    clients = await asyncio.gather(*(student.start(base_url) for student in students))
    print(f"{len(students)} kernels are ready.", flush=True)
    began = monotonic()
    try:
        await asyncio.gather(*(one.work(client) for one, client in zip(students, clients, strict=True)))
    finally:
        for client, student in zip(clients, students, strict=True):
            client.stop_channels()
            await student.manager.shutdown_kernel(now=True)
        await gateway.close()
    return report(students, log, began)


def report(students: list[Student], log: list[tuple[float, Answered]], began: float) -> int:
    """Print what happened; 1 if anything was lost."""
    all_at_work = min(student.finished for student in students)
    lost = 0
    print("| student | tasks | validated | requests | median wait, s | longest wait, s | server, s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for student in students:
        mine = [answered for _, answered in log if answered.user == student.name]
        events = [envelope.event for run in student.runs() for envelope in run]
        ends = [event for event in events if isinstance(event, TaskFinished)]
        asked = sum(isinstance(event, ModelStarted) for event in events)
        answered = sum(one.status == 200 for one in mine)
        lost += abs(asked - answered) + sum(end.outcome in ("failed", "cancelled") for end in ends)
        lost += abs(student.tasks - len(ends)) + len(student.failures)
        student.failures += [f"{end.outcome}: {end.reason}" for end in ends if end.outcome != "validated"]
        waits = [one.waited for one in mine] or [0.0]
        print(
            f"| {student.name} | {student.tasks} | {sum(end.outcome == 'validated' for end in ends)} | {answered} of "
            f"{asked} | {median(waits):.1f} | {max(waits):.1f} | {sum(one.took for one in mine):.1f} |"
        )
        for failure in student.failures:
            print(f"  {failure}")
    waits = [[one.waited for _, one in log if one.user == student.name] or [0.0] for student in students]
    served = [
        sum(one.took for when, one in log if one.user == student.name and when <= all_at_work)
        for student in students
    ]
    statuses = sorted({one.status for _, one in log})
    print(f"requests {len(log)}, of HTTP status {statuses}; lost: {lost}; {monotonic() - began:.0f} s in all")
    print(
        f"median wait {median([one.waited for _, one in log] or [0.0]):.1f} s, longest {max(map(max, waits)):.1f} s"
    )
    print(f"Jain's index of the server's seconds while all were at work: {jain(served):.3f}")
    print(f"Jain's index of the mean waits: {jain([mean(each) for each in waits]):.3f}")
    return 1 if lost else 0


def main() -> int:
    """Run the class that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=10)
    parser.add_argument("--tasks", type=int, default=3, help="that each student gives")
    parser.add_argument(
        "--greedy", type=int, default=1, metavar="N", help="the first one gives N times as many"
    )
    parser.add_argument(
        "--model", help="a model of the catalogue, such as 0.5b, instead of the scripted server"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        home = Path(folder)
        if not args.model:
            return asyncio.run(_with_paced(args, home))
        weights = pull(args.model)
        os.environ["SMALLCODE_HOME"] = str(home / "server")
        handle = ensure_server(weights)
        try:
            return asyncio.run(hold_class(args, handle.base_url, home))
        finally:
            stop_server()


async def _with_paced(args: argparse.Namespace, home: Path) -> int:
    server = HTTPServer(
        Application([(r"/v1/(?:models|chat/completions)", Paced)], log_function=lambda _: None)
    )
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    return await hold_class(args, f"http://127.0.0.1:{sockets[0].getsockname()[1]}/v1", home)


if __name__ == "__main__":
    sys.exit(main())
