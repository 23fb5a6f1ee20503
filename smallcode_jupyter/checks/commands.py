"""Examples of command-line programs in words: the command, what it reads, and what it prints.

$ python count.py --lines notes.txt        with the input          `node sum.js 1 2` prints `3`
12                                             1
                                           `python sum.py` prints
                                               1
"""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CommandExample", "find_commands"]

_PROGRAM = (
    r"(?:python3?\s+(?:-m\s+[\w.]+|[\w./-]+\.py)|node\s+[\w./-]+\.[cm]?js|go\s+run\s+[\w./-]+"
    r"|cargo\s+run(?:\s+--(?=\s|$))?)"
)
_VERB = r"(?:prints?|outputs?|writes?|shows?|gives?|displays?|should (?:print|output|write|show|give|display)|->|=>|→)"
_TRANSCRIPT_LINE = re.compile(
    rf"^\$\s+(?P<feed>(?:echo|printf|cat)\s+[^|\n]+\|\s*)?(?P<command>{_PROGRAM}.*)$"
)
_SAID = re.compile(
    rf"(?P<tick>`?)(?P<feed>(?:echo|printf|cat)\s+[^|\n`]+\|\s*)?(?P<command>{_PROGRAM}(?:[^\n`]*?))(?P=tick)\s+{_VERB}"
    r"(?:\s+(?:exactly|just|only|the (?:line|lines|text|output)|these (?:\w+ )?lines))*[ \t]*:?[ \t]*"
)
_INLINE = re.compile(r"`(?P<code>[^`\n]+)`|\"(?P<text>[^\"\n]+)\"")
_INLINE_END = re.compile(r"(?:[ \t]*(?:$|[\n.;)])|,[ \t]*(?:and|but|then)\b|[ \t]+and exits?\b)")
_BLOCK = re.compile(
    r"^(?P<fence>[ \t]*)```[\w+-]*[ \t]*\n(?P<fenced>.*?)^(?P=fence)```[ \t]*$"
    r"|(?:(?<=\n\n)|\A)(?P<indented>(?:(?:    |\t)[^\n]*\n|[ \t]*\n(?=(?:    |\t)))+)",
    re.MULTILINE | re.DOTALL,
)
_INPUT = re.compile(r"\b(?:input|stdin)\b[^.\n]{0,40}:?\s*\Z", re.IGNORECASE)
_SHELL = re.compile(r"[|&;<>$*?(){}\[\]~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandExample:
    """One run of a program."""

    words: tuple[str, ...]
    """The command: `python`, `notes.py`, `list`."""
    stdin: str | None
    """What it reads; None where the example does not say."""
    stdout: str
    """What it is to print, without white space at the ends of lines and at the end."""
    session: int
    """Examples with the same number run one after the other in one folder."""


def find_commands(text: str) -> tuple[CommandExample, ...]:
    """The examples in a text, in order, each once. Whatever could be meant otherwise is left out."""
    plain = text.replace("\r\n", "\n") + "\n"
    blocks = [(found.start(), found.end(), _content(found)) for found in _BLOCK.finditer(plain)]
    found = [*_transcripts(blocks), *_told(plain, blocks)]
    return tuple(dict.fromkeys(found))


def _content(found: re.Match[str]) -> str:
    return textwrap.dedent(found["fenced"] if found["fenced"] is not None else found["indented"])


def _transcripts(blocks: list[tuple[int, int, str]]) -> Iterator[CommandExample]:
    """`$ command` and the lines below it."""
    for session, (_, _, content) in enumerate(blocks):
        command: re.Match[str] | None = None
        printed: list[str] = []
        for line in [*content.split("\n"), "$"]:
            if not line.startswith("$"):
                printed.append(line)
                continue
            if command is not None:
                example = _example(command, "\n".join(printed), None, session)
                if example is None:
                    break  # what follows may build on it
                yield example
            command, printed = _TRANSCRIPT_LINE.match(line), []
            if command is None:
                break


def _told(text: str, blocks: list[tuple[int, int, str]]) -> Iterator[CommandExample]:
    """`command` prints ..., in the line or in the block that follows."""
    for number, said in enumerate(_SAID.finditer(text)):
        if any(start <= said.start() < end for start, end, _ in blocks):
            continue
        inline = _INLINE.match(text, said.end())
        if inline is not None and _INLINE_END.match(text, inline.end()):
            stdout = inline["code"] or inline["text"]
        else:
            following = next((block for block in blocks if block[0] >= said.end()), None)
            if following is None or text[said.end() : following[0]].strip():
                continue
            stdout = following[2]
        example = _example(said, stdout, _input_before(text, blocks, said.start()), 1_000 + number)
        if example is not None:
            yield example


def _input_before(text: str, blocks: list[tuple[int, int, str]], position: int) -> str | None:
    """The block right before the command that is called its input."""
    before = [block for block in blocks if block[1] <= position]
    if not before or text[before[-1][1] : position].strip(" \t\n`").count("\n\n"):
        return None
    start, end, content = before[-1]
    is_near = "\n\n" not in text[end:position].strip()
    return content.strip("\n") + "\n" if is_near and _INPUT.search(text[:start].rstrip()) else None


def _example(found: re.Match[str], stdout: str, stdin: str | None, session: int) -> CommandExample | None:
    command = found["command"].strip()
    redirected = re.fullmatch(r"(.*?)\s*<\s*([\w./-]+)", command)
    if redirected or _SHELL.search(command):
        return None
    try:
        words = tuple(shlex.split(command))
        fed = _fed(found["feed"]) if found["feed"] else stdin
    except ValueError:
        return None
    wanted = "\n".join(line.rstrip() for line in stdout.rstrip().split("\n"))
    if not wanted or "..." in wanted or "…" in wanted:
        return None
    return CommandExample(words=words, stdin=fed, stdout=wanted, session=session)


def _fed(feed: str) -> str:
    """What `echo "a b" |` gives to the program. Raises ValueError for other feeds."""
    words = shlex.split(feed.rstrip().removesuffix("|"))
    if words[0] == "echo" and not any(word.startswith("-") for word in words[1:]):
        return " ".join(words[1:]) + "\n"
    if words[0] == "printf" and len(words) == 2 and "%" not in words[1]:
        return words[1].replace("\\n", "\n").replace("\\t", "\t")
    raise ValueError(f"not understood: {feed}")
