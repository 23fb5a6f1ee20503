"""Mutate replies and look for an exception, a wait, or a call that was invented.

    python scripts/fuzz_parser.py --count 1000000 --seed 1 --state fuzz.json

The pool begins with the replies in `tests/data/replies/` and the ordinary texts of the tests. Every twentieth mutant
is traced; one that takes the parser to a new line joins the pool. Run `i` of a seed is always the same for the same
pool; with `--state` the pool and the count are written down, and the next call goes on from there. Mutants of ordinary
texts that name no tool must call nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "agent" / "parsing"))

import parsing_corpus  # noqa: E402  # the tests' own modules
import parsing_prose  # noqa: E402

from smallcode_jupyter.agent.parsing import reply as parser  # noqa: E402
from smallcode_jupyter.agent.parsing.names import index_tools, plain  # noqa: E402
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed  # noqa: E402
from smallcode_jupyter.protocol.model import FinishReason, ModelReply, NativeCall  # noqa: E402
from smallcode_jupyter.tools.registry import TOOLS  # noqa: E402

LONGEST = 16_000
SLOW = 0.050
TRACED_EVERY = 20
PARSER = str(Path(parser.__file__).parent)
SPECS = (parsing_corpus.SPECS, tuple(TOOLS))
REASONS: tuple[FinishReason, ...] = ("stop", "stop", "length", "tool_calls", "guard")
EXPECTATIONS = (
    Expectation(default_path="a.py", known_paths=("a.py", "src/b.py", "README.md")),
    Expectation(known_paths=("a.py", "src/b.py")),
    Expectation(accepts_blocks=False, accepts_intent=True, known_paths=("a.py", "src/b.py")),
    Expectation(default_path="cell:next"),
    Expectation(default_path="README.md", known_paths=("README.md",)),
)
PIECES = (
    *"`~{}[]()\"'\\:,.#<>|=+-*/ \n\t\r_ax09é\u2028\x00",
    *(
        "```",
        "````",
        "~~~",
        "```python\n",
        "```json\n",
        "```diff\n",
        "```tool_code\n",
        "``` a.py\n",
        '"""',
        "'''",
    ),
    *(
        "<think>",
        "</think>",
        "<tool_call>",
        "</tool_call>",
        "<function=read_file>",
        "<parameter=path>",
        "</function>",
    ),
    *("<|tool_call>call:read_file{", '<|"|>', "<tool_call|>", "<|tool_call_start|>[", "<|tool_call_end|>"),
    *(
        "[TOOL_CALLS]",
        "[ARGS]",
        "<|python_tag|>",
        "<read_file>",
        "<path>",
        "</path>",
        "<arg_key>",
        "<arg_value>",
    ),
    *("<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<|channel|>commentary to=functions.read_file<|message|>"),
    *(
        "TOOL_NAME: read_file\n",
        "BEGIN_ARG: path\n",
        "END_ARG\n",
        "Action: read_file\n",
        "Action Input: ",
        "tool: ",
    ),
    *(
        "<<<<<<< SEARCH\n",
        "=======\n",
        ">>>>>>> REPLACE\n",
        "--- a/a.py\n+++ b/a.py\n",
        "@@ -1 +1 @@\n",
        "...\n",
    ),
    *(
        '{"name": "read_file", ',
        '"arguments": {',
        '"path": "a.py"',
        '"content": "',
        "}}",
        "read_file(",
        "print(",
    ),
    *(
        "# ... rest of the code ...\n",
        "1e999",
        "NaN",
        "null",
        "None",
        "\\n",
        "\\u00e9",
        "\\ud800",
        '\\"',
        "// x\n",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A text to mutate."""

    text: str
    is_ordinary: bool = False
    """Whether it names no tool, so that nothing made of it alone may be a call."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was seen so far."""

    pool: list[Seed]
    done: int = 0
    lines: set[tuple[str, int]] = field(default_factory=set)
    slowest: float = 0.0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)


def first_pool() -> list[Seed]:
    """The replies of the corpus and the ordinary texts of the tests."""
    names = {name for specs in SPECS for name in index_tools(specs).by_name}
    replies = [
        Seed(text=text)
        for case in parsing_corpus.read_corpus()
        for text in (case.reply.text, *(call.arguments for call in case.reply.native_calls))
        if text
    ]
    texts = [*parsing_prose.PIECES, *parsing_prose.CODE_WITH_PATHS]
    words = {text: {plain(word) for word in text.replace("(", " ").split()} for text in texts}
    return replies + [Seed(text=text, is_ordinary=not words[text] & names) for text in texts]


def mutate(source: Seed, pool: list[Seed], chance: random.Random) -> str:
    """The text with one to four changes."""
    text = source.text
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((1, 1, 2, 5, 20, 100)))
        kind = chance.randrange(9)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:end] + text[start:end] + text[end:]
        elif kind == 2 and not source.is_ordinary:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif kind == 3 and not source.is_ordinary:
            text = text[:start] + chance.choice(PIECES) + text[end:]
        elif kind == 4:
            text = text[:end]
        elif kind == 5 and not source.is_ordinary:
            other = chance.choice(pool).text
            cut = chance.randint(0, len(other))
            text = text[:start] + other[cut : cut + 400] + text[end:]
        elif kind == 6:
            one, two = chance.choice(
                (('"', "'"), ("'", '"'), ("\n", " "), ("\\n", "\n"), ("\n", "\\n"), ('\\"', '"'))
            )
            text = text.replace(one, two, chance.choice((1, 2, -1)))
        elif kind == 7 and chance.random() < 0.15 and start < end:
            text = text[:end] + text[start:end] * (LONGEST // (end - start)) + text[end:]
        else:
            text = text[:start] + chance.choice("`{}[]()\"'\\:,<>|=\n aé") + text[start:]
        text = text[:LONGEST]
    return text


def run(index: int, seed: int, tally: Tally) -> None:
    """One mutant: parse it and look at what came out."""
    chance = random.Random(f"{seed}:{index}")
    source = chance.choice(tally.pool)
    text = mutate(source, tally.pool, chance)
    specs, expectation = chance.choice(SPECS), chance.choice(EXPECTATIONS)
    if source.is_ordinary:
        expectation = replace(expectation, default_path=None, accepts_blocks=False)
    reply = ModelReply(text=text, finish_reason=chance.choice(REASONS))
    if not source.is_ordinary and chance.random() < 0.1:
        call = NativeCall(id="c", name=chance.choice(specs).name, arguments=text)
        reply = replace(reply, text="", native_calls=(call,))
    is_traced = index % TRACED_EVERY == 0
    seen = len(tally.lines)
    if is_traced:
        sys.settrace(lambda frame, event, _: note(frame, tally))
    begun = time.process_time()
    try:
        parsed = parser.parse_reply(reply, specs=specs, expectation=expectation)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what this looks for
        sys.settrace(None)
        tally.failures.append(f"{index}: {type(error).__name__}: {error} for {text!r}")
        return
    took = time.process_time() - begun
    sys.settrace(None)
    if not is_traced:
        tally.seconds += took
        tally.slowest = max(tally.slowest, timed(took, reply, specs, expectation, index, tally))
    elif len(tally.lines) > seen and len(text) <= 4_000:
        tally.pool.append(Seed(text=text, is_ordinary=source.is_ordinary))
    if wrong := what_is_wrong(parsed, source, specs):
        tally.failures.append(f"{index}: {wrong} for {text!r}")


def note(frame: FrameType, tally: Tally):  # type: ignore[no-untyped-def]  # a trace function returns itself
    """Trace only the parser's own lines."""
    name = frame.f_code.co_filename
    if not name.startswith(PARSER):
        return None
    tally.lines.add((name, frame.f_lineno))

    def line(inner: FrameType, event: str, _: object):  # type: ignore[no-untyped-def]  # likewise
        tally.lines.add((name, inner.f_lineno))
        return line

    return line


def timed(took: float, reply: ModelReply, specs, expectation, index: int, tally: Tally) -> float:  # type: ignore[no-untyped-def]  # passed on
    """The time that it takes, the best of five where the first was slow: the machine may be busy."""
    if took <= SLOW / 2:
        return took
    for _ in range(4):
        begun = time.process_time()
        parser.parse_reply(reply, specs=specs, expectation=expectation)
        took = min(took, time.process_time() - begun)
    if took > SLOW:
        text = reply.text or reply.native_calls[0].arguments
        tally.failures.append(f"{index}: {1000 * took:.0f} ms for {text!r}")
    return took


def what_is_wrong(parsed: Parsed, source: Seed, specs) -> str:  # type: ignore[no-untyped-def]  # passed on
    """A sentence where the result breaks a promise, else empty."""
    names = {spec.name: {parameter.name for parameter in spec.parameters} for spec in specs}
    for number, call in enumerate(parsed.calls, 1):
        if not call.arguments.keys() <= names.get(call.name, set()) or call.id != f"call_{number}":
            return f"odd call {call}"
    if source.is_ordinary and parsed.calls:
        return f"invented {parsed.calls[0]}"
    return ""


def load(path: Path | None) -> Tally:
    """The tally that was written down, else a new one."""
    if path is None or not path.exists():
        return Tally(pool=first_pool())
    data = json.loads(path.read_text(encoding="utf-8"))
    return Tally(
        pool=[Seed(text=text, is_ordinary=is_ordinary) for text, is_ordinary in data["pool"]],
        done=data["done"],
        lines={(name, line) for name, line in data["lines"]},
        slowest=data["slowest"],
        seconds=data["seconds"],
        failures=data["failures"],
    )


def save(path: Path | None, tally: Tally) -> None:
    if path is None:
        return
    data = {
        "done": tally.done,
        "slowest": tally.slowest,
        "seconds": tally.seconds,
        "failures": tally.failures,
        "lines": sorted(tally.lines),
        "pool": [(seed.text, seed.is_ordinary) for seed in tally.pool],
    }
    path.write_text(json.dumps(data), encoding="utf-8")


def told(tally: Tally) -> str:
    untraced = max(1, tally.done - tally.done // TRACED_EVERY)
    return (
        f"{tally.done:,} mutants, {len(tally.pool):,} in the pool, {len(tally.lines):,} lines reached, "
        f"{1000 * tally.seconds / untraced:.2f} ms on average, {1000 * tally.slowest:.0f} ms at most, "
        f"{len(tally.failures)} failures"
    )


def main() -> int:
    """1 where a promise was broken."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=20_000, help="mutants in all")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--state", type=Path, help="file to go on from and to write to")
    args = options.parse_args()
    tally = load(args.state)
    while tally.done < args.count:
        run(tally.done, args.seed, tally)
        tally.done += 1
        if tally.done % 10_000 == 0:
            save(args.state, tally)
            print(told(tally), flush=True)
    save(args.state, tally)
    print(told(tally))
    for failure in tally.failures[:20]:
        print(failure[:2_000])
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
