"""A solution that runs in a confined child and is asked for values; what is right is decided here."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any, Protocol

from smallcode_jupyter.bench.grading.encoding import decode, encode
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.conversation import Conversation

__all__ = ["Judge", "Raised", "Subject", "SubjectDied"]


class SubjectDied(Exception):
    """The solution cannot be asked any more: it does not load, ended, or took too long."""

    def __init__(self, what: str, *, kind: str = "wrong_answer") -> None:
        super().__init__(what)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Raised:
    """The solution raised an exception instead of returning a value."""

    names: tuple[str, ...]
    """Its class and that one's bases, nearest first."""
    message: str


class Judge(Protocol):
    """Where claims about values are counted."""

    def equal(self, actual: Any, expected: Any, what: str = "", *, approx: float = 0.0) -> None:
        """Count whether they are the same."""

    def true(self, claim: bool, what: str) -> None:
        """Count whether it holds."""


class Subject:
    """A running Python or JavaScript solution.

    `names` of a call are plain values that the code sees as variables: in Python of their own types, in JavaScript as
    JSON has them. Code is an expression in the
    solution's language, with its modules as variables; a coroutine or a promise is awaited.
    """

    def __init__(self, child: Conversation, judge: Judge, *, seconds: float, is_python: bool) -> None:
        self._child, self._judge, self._seconds = child, judge, seconds
        self._is_python = is_python
        self.printed = ""
        """What the last call printed."""

    def request(self, fields: dict[str, Any]) -> Any:
        """One question to the child. Raises SubjectDied."""
        nonce = secrets.token_hex(16)
        try:
            line = self._child.ask(json.dumps(fields | {"nonce": nonce}), seconds=self._seconds)
        except SandboxError as error:
            raise SubjectDied(f"{error.what} {error.why}".strip()) from error
        try:
            reply = json.loads(line)
            is_ours = isinstance(reply, dict) and reply.get("nonce") == nonce
            if is_ours and "error" not in reply:
                self.printed = str(reply["printed"])
                return decode(reply["value"])
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise SubjectDied("The solution's answer cannot be read.") from error
        if not is_ours:
            raise SubjectDied("The solution answered in the grader's name.")
        self.printed = str(reply.get("printed", ""))
        return Raised(tuple(str(name) for name in reply["error"]), str(reply.get("message", "")))

    def value(self, code: str, **names: Any) -> Any:
        """What an expression yields; a `Raised` if it raises."""
        return self.request({"do": "value", "code": code, "names": self._sent(names)})

    def run(self, code: str, **names: Any) -> None:
        """Run statements and keep what they define (in JavaScript: assign to `space.NAME`). Raises SubjectDied."""
        result = self.request({"do": "run", "code": code, "names": self._sent(names)})
        if isinstance(result, Raised):
            raise SubjectDied(f"{result.names[0]}: {result.message}")

    def _sent(self, names: dict[str, Any]) -> Any:
        return encode(names) if self._is_python else names

    def equal(self, code: str, expected: Any, *, approx: float = 0.0, **names: Any) -> None:
        """Claim what an expression yields."""
        self._judge.equal(self.value(code, **names), expected, _what(code, names), approx=approx)

    def raises(self, error: str, code: str, *, says: str = "", **names: Any) -> None:
        """Claim that an expression raises an error of this class, with this text in its message."""
        result = self.value(code, **names)
        holds = (
            isinstance(result, Raised) and error in result.names and says.lower() in result.message.lower()
        )
        got = f"{result.names[0]}: {result.message}" if isinstance(result, Raised) else repr(result)[:200]
        self._judge.true(holds, f"{_what(code, names)} should raise {error} {says}".rstrip() + f", got {got}")

    def prints(self, code: str, expected: str, **names: Any) -> None:
        """Claim what an expression prints, without blanks at the ends of lines and empty lines at the end."""
        result = self.value(code, **names)
        what = f"printed by {_what(code, names)}"
        if isinstance(result, Raised):
            self._judge.true(False, f"{what}: {result.names[0]}: {result.message}")
            return
        self._judge.equal(_tidy(self.printed), _tidy(expected), what)


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()


def _what(code: str, names: dict[str, Any]) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in names.items())
    return f"{code} with {shown}"[:300] if shown else code[:300]
