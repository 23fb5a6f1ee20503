"""Run every attack twice, in a plain forked child (the control, which must work) and in a trial, and print a table.

    python scripts/attacks/run.py [--quick] [--json FILE] [--no-namespaces] [--kernel]

Each attack runs in a real kernel and is judged there or by the client that drives it, never by what the attack says
of itself where the kernel can see it. Run it as root and as an ordinary user: some controls need one or the other.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import queue
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import psutil  # noqa: E402
from attack import Attack  # noqa: E402
from catalogue import ATTACKS  # noqa: E402
from jupyter_client.kernelspec import KernelSpec  # noqa: E402
from jupyter_client.manager import KernelManager, start_new_kernel  # noqa: E402

QUICK = 6
"""Every so many attacks with `--quick`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One attack's outcomes; None where it was not run."""

    attack: Attack
    control: bool | None
    trial: bool | None
    why: str
    because: str
    """Why it is accepted that it works; empty where it is not."""

    @property
    def state(self) -> str:
        """`blocked`, `open`, `void` (the control did not work: nothing is shown), `wrong` (not "
        "as declared)."""
        if self.control is False:
            return "void"
        if self.trial:
            return "open" if self.because else "wrong"
        return "blocked"


class Target:
    """A kernel to attack, started again whenever one is lost."""

    def __init__(self, home: Path, *, has_namespaces: bool) -> None:
        self._home, self._has_namespaces = home, has_namespaces
        self._count = 0
        self._start()

    def _start(self) -> None:
        self._count += 1
        base = self._home / f"kernel{self._count}"
        base.mkdir()
        paths = os.pathsep.join((str(HERE), str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")))
        variables = {
            **os.environ,
            "HOME": str(self._home),
            "PYTHONPATH": paths,
            "IPYTHONDIR": str(self._home / "ipython"),
            "SMALLCODE_TEST_API_KEY": "planted-" + "secret-4711",
        }
        self.manager, self.client = start_new_kernel(env=variables, cwd=str(base))
        self.ask(f"from world import World\nW = World(get_ipython(), {str(base)!r})\nimport json", seconds=60)
        if not self._has_namespaces:
            self.ask("W.go_without_namespaces()", seconds=10)

    def ask(self, code: str, seconds: float) -> tuple[str, bool]:
        """What a cell printed, and whether all of it came from that cell. Raises queue.Empty "
        "where the kernel is lost."""
        sent = self.client.execute(code)
        text, is_clean, deadline = "", True, time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            if left < 0:
                raise queue.Empty
            message = self.client.get_iopub_msg(timeout=max(0.1, left))
            content = message["content"]
            if message["parent_header"].get("msg_id") != sent:
                is_clean = is_clean and message["msg_type"] in ("status", "execute_input")
                continue
            if message["msg_type"] == "stream":
                text += content["text"]
            elif message["msg_type"] == "error":
                raise RuntimeError("\n".join(content["traceback"]))
            elif message["msg_type"] == "status" and content["execution_state"] == "idle":
                break
        self.client.get_shell_msg(timeout=max(0.1, deadline - time.monotonic()))
        return text, is_clean

    def attempt_from(self, attacker: Attacker, attack: Attack) -> bool:
        """Whether the attack worked, tried by another kernel."""
        facts, _ = self.ask(f"print('FACTS' + json.dumps(W.expect({attack.name!r})))", 20)
        told = attacker.run(attack, json.loads(facts.rpartition("FACTS")[2]))
        self.ask(f"W.heard({told!r})", 20)
        text, _ = self.ask("print('VERDICT' + json.dumps(W.verdict()))", 20)
        return bool(json.loads(text.rpartition("VERDICT")[2])["worked"])

    def attempt(self, attack: Attack, mode: str) -> tuple[bool, str]:
        """Whether the attack worked, and what the report said."""
        try:
            patience = 3.0 if attack.group == "channels" else 20.0
            self.ask(f"W.begin({attack.name!r}, {mode!r})", attack.seconds + patience)
            time.sleep(0.2 if attack.group == "channels" else 0)
            text, _ = self.ask("print('VERDICT' + json.dumps(W.verdict()))", patience)
            verdict = json.loads(text.rpartition("VERDICT")[2])
        except (queue.Empty, json.JSONDecodeError, RuntimeError) as error:
            self.stop()
            self._start()
            return True, f"the kernel was lost ({type(error).__name__})"
        if not self.manager.is_alive():
            self.stop()
            self._start()
            return True, "the kernel was lost"
        return bool(verdict["worked"]), str(verdict["why"])

    def stop(self) -> None:
        """End the kernel and its neighbour."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Watched:
    """A `Target` in a process of its own, since garbage on a connection may hang the client at its end, too."""

    PATIENCE = 90.0
    """Seconds beyond the attack's own: kernels are started meanwhile."""

    def __init__(self, home: Path, *, has_namespaces: bool) -> None:
        self._home, self._has_namespaces = home, has_namespaces
        self._start()

    def _start(self) -> None:
        home = Path(tempfile.mkdtemp(prefix="client", dir=self._home))
        context = multiprocessing.get_context("spawn")
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, home, self._has_namespaces))
        self._process.start()
        far.close()

    def attempt(self, attack: Attack, mode: str) -> tuple[bool, str]:
        """As `Target.attempt`."""
        try:
            self._pipe.send((attack.name, mode))
            if self._pipe.poll(attack.seconds + self.PATIENCE):
                worked, why = self._pipe.recv()
                return bool(worked), str(why)
            why = "its client hung"
        except (EOFError, OSError):
            why = "its client was lost"
        self.stop()
        self._start()
        return True, f"the kernel was lost ({why})"

    def stop(self) -> None:
        """End the client, its kernel and whatever they started."""
        with contextlib.suppress(OSError):
            self._pipe.send(None)
        self._process.join(10)
        if self._process.is_alive():
            client = psutil.Process(self._process.pid)
            for process in (*client.children(recursive=True), client):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, home: Path, has_namespaces: bool) -> None:
    """Attack a kernel in the ways that come over the pipe, until None does."""
    by_name = {attack.name: attack for attack in ATTACKS}
    target = Target(home, has_namespaces=has_namespaces)
    while asked := pipe.recv():
        name, mode = asked
        pipe.send(target.attempt(by_name[name], mode))
    target.stop()


class Attacker:
    """A kernel that attacks another: confined, or not, as a control."""

    def __init__(self, home: Path, *, is_confined: bool) -> None:
        folder = home / ("confined" if is_confined else "plain")
        folder.mkdir()
        self.manager = KernelManager()
        if is_confined:
            command = [
                sys.executable,
                "-m",
                "smallcode_jupyter.sandbox.kernel_launch",
                "-f",
                "{connection_file}",
            ]
            self.manager._kernel_spec = KernelSpec(argv=command, interrupt_mode="message", language="python")
        paths = os.pathsep.join((str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")))
        variables = {
            "HOME": str(home),
            "PYTHONPATH": paths,
            "SMALLCODE_TEST_API_KEY": "planted-" + "secret-4711",
        }
        self.manager.start_kernel(cwd=str(folder), env={**os.environ, **variables})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, attack: Attack, facts: dict[str, Any]) -> str:
        """What the attack prints."""
        prepared = (
            "import pathlib, types\n"
            f"facts = {facts!r}\n"
            "for name in ('work', 'other', 'home', 'secret'): facts[name] = pathlib.Path(facts[name])\n"
            "W = types.SimpleNamespace(**facts)\n"
            "W.file = types.SimpleNamespace(fileno=lambda: W.handle)"
        )
        # In a child: what an attack does to the process it runs in is not its aim.
        attack_it = (
            "import os, sys\n"
            "output = os.memfd_create('told')\n"
            f"code = get_ipython().transform_cell({attack.code!r})\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    try:\n"
            "        os.dup2(output, 1)\n"
            "        sys.stdout = os.fdopen(1, 'w', closefd=False)\n"
            "        exec(code, {**globals(), '__name__': '__main__'})\n"
            "        sys.stdout.flush()\n"
            "    finally:\n"
            "        os._exit(0)\n"
            "import time\n"
            "deadline = time.monotonic() + 6\n"
            "while time.monotonic() < deadline and os.waitpid(child, os.WNOHANG)[0] == 0: time.sleep(0.01)\n"
            "else:\n"
            "    try: os.kill(child, 9); os.waitpid(child, 0)\n"
            "    except OSError: pass\n"
            "print(os.pread(output, 100_000, 0).decode(errors='replace'))\n"
            "os.close(output)"
        )
        texts: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            texts.append(str(message["content"].get("text", "")))

        for code in (prepared, attack_it):
            self.client.execute_interactive(code, output_hook=hear, timeout=30, store_history=False)
        return "".join(texts)

    def stop(self) -> None:
        """End it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def run_kernel_attacks(attacks: tuple[Attack, ...], place: Path | None) -> list[Row]:
    """Those that another process could try, by a plain kernel and by a confined one."""
    user = "root" if os.geteuid() == 0 else "user"
    rows = []
    with tempfile.TemporaryDirectory(prefix="attacks-", dir=place, ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / ".ssh").mkdir()
        target = Target(home, has_namespaces=True)
        attackers = [Attacker(home, is_confined=is_confined) for is_confined in (False, True)]
        try:
            for attack in attacks:
                if attack.is_from_outside and attack.needs in ("", user):
                    control, confined = (target.attempt_from(attacker, attack) for attacker in attackers)
                    because = attack.open_in_kernel
                    rows.append(Row(attack=attack, control=control, trial=confined, why="", because=because))
        finally:
            for kernel in (target, *attackers):
                kernel.stop()
    return rows


def run_attacks(attacks: tuple[Attack, ...], *, has_namespaces: bool = True) -> list[Row]:
    """Each attack that can work for this user, in both ways."""
    user = "root" if os.geteuid() == 0 else "user"
    rows = []
    with tempfile.TemporaryDirectory(prefix="attacks-", ignore_cleanup_errors=True) as folder:
        target = Watched(Path(folder), has_namespaces=has_namespaces)
        try:
            for attack in attacks:
                if attack.needs not in ("", user):
                    continue
                control = target.attempt(attack, "control")[0] if attack.has_control else None
                trial, why = target.attempt(attack, "trial")
                because = attack.open_because or ("" if has_namespaces else attack.open_without_namespaces)
                rows.append(Row(attack=attack, control=control, trial=trial, why=why, because=because))
        finally:
            target.stop()
    return rows


def table(rows: list[Row]) -> str:
    """One line an attack, then the count."""
    marks = {True: "works", False: "-", None: " "}
    lines = [f"{'group':<11} {'attack':<52} {'control':<8} {'outcome':<8} held by, or why it is open"]
    for row in rows:
        attack = row.attack
        words = row.because if row.state == "open" else attack.held_by
        if row.state in ("wrong", "void"):
            words = f"{row.state.upper()}: {row.why}"[:160]
        outcome = "OPEN" if row.trial else "blocked"
        lines.append(f"{attack.group:<11} {attack.name:<52} {marks[row.control]:<8} {outcome:<8} {words}")
    counts = {
        state: sum(row.state == state for row in rows) for state in ("blocked", "open", "void", "wrong")
    }
    lines.append(f"{len(rows)} attacks: " + ", ".join(f"{count} {state}" for state, count in counts.items()))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"every {QUICK}th attack")
    parser.add_argument("--only", default="", help="attacks whose group or name contains this")
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--no-namespaces", action="store_true", help="as where a system does not allow them")
    parser.add_argument(
        "--kernel", action="store_true", help="attacks by a confined kernel instead of a trial"
    )
    parser.add_argument("--place", type=Path, help="where the attacked files are made")
    given = parser.parse_args()
    attacks = tuple(a for a in ATTACKS if not given.only or given.only in (a.name, a.group))
    attacks = attacks[::QUICK] if given.quick else attacks
    if given.kernel:
        rows = run_kernel_attacks(attacks, given.place)
    else:
        rows = run_attacks(attacks, has_namespaces=not given.no_namespaces)
    print(table(rows))
    if given.json:
        values = [
            {"name": r.attack.name, "control": r.control, "trial": r.trial, "state": r.state} for r in rows
        ]
        given.json.write_text(json.dumps(values, indent=1) + "\n")
    return int(any(row.state in ("wrong", "void") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
