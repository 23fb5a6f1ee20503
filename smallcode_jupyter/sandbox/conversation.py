"""A confined process that is asked again and again: lines to it and lines back, on pipes of their own."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.scratch import ScratchFolder
from smallcode_jupyter.sandbox.starting import (
    find_program,
    kill_group,
    launch_arguments,
    small_environment,
)

__all__ = ["Conversation"]

_MOST_REPLY_BYTES = 16 * 2**20


class Conversation:
    """Start `command` confined, with the numbers of its two pipes (requests, replies) as last arguments.

    `policy.seconds` bounds the whole conversation. Standard output and errors go to a file of at most
    `policy.file_mb`. POSIX only. Raises SandboxError where the process could not be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        policy: SandboxPolicy,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._scratch = ScratchFolder()
        scratch = self._scratch.path
        variables = small_environment(scratch, env or {})
        executable = find_program(command, cwd, variables)
        within = replace(policy, write_roots=(*policy.write_roots, scratch))
        request_end, self._requests = os.pipe()
        self._replies, reply_end = os.pipe()
        status_end, status = os.pipe()
        words = (executable, *command[1:], str(request_end), str(reply_end))
        self._deadline = time.monotonic() + policy.seconds
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the conversation
        try:
            self._process = subprocess.Popen(
                launch_arguments(words, within, status),
                cwd=cwd,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
                pass_fds=(request_end, reply_end, status),
            )
        except OSError as error:
            raise SandboxError("The process could not be started.", why=f"{error}.") from error
        finally:
            for number in (request_end, reply_end, status):
                os.close(number)
        self._rest = b""
        self._is_open = True
        with os.fdopen(status_end) as pipe:
            said = pipe.readline()
            if not said.startswith("ok "):
                lines = [line.strip() for line in (said, *pipe)]
                self.close()
                raise SandboxError("The process could not be confined.", why=" ".join(lines[1:]))

    def ask(self, line: str, *, seconds: float) -> str:
        """One line in, one line out. Raises SandboxError if it ends, or takes longer than `seconds`."""
        deadline = min(self._deadline, time.monotonic() + seconds)
        self._send(line.encode() + b"\n", deadline)
        while b"\n" not in self._rest:
            if len(self._rest) > _MOST_REPLY_BYTES:
                raise SandboxError("The process said too much.")
            self._await(self._replies, select.POLLIN, deadline)
            chunk = os.read(self._replies, 65_536)
            if not chunk:
                raise SandboxError("The process ended before it answered.", why=self.output()[-300:].strip())
            self._rest += chunk
        answer, _, self._rest = self._rest.partition(b"\n")
        return answer.decode(errors="replace")

    def _send(self, data: bytes, deadline: float) -> None:
        os.set_blocking(self._requests, False)
        while data:
            self._await(self._requests, select.POLLOUT, deadline)
            try:
                data = data[os.write(self._requests, data) :]
            except BrokenPipeError as error:
                raise SandboxError("The process ended.", why=self.output()[-300:].strip()) from error

    def _await(self, number: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(number, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise SandboxError("The process took too long.")

    def output(self) -> str:
        """What it printed so far, standard output and errors together."""
        self._output.seek(0)
        return self._output.read(200_000).decode(errors="replace")

    def close(self) -> None:
        """Kill it with all it started. Safe to call again."""
        if not self._is_open:
            return
        self._is_open = False
        kill_group(self._process)
        self._process.wait()
        os.close(self._requests)
        os.close(self._replies)
        self._output.close()
        self._scratch.close()
