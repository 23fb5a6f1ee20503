"""Measure the parser against `json.loads` and json-repair, and write the tables of `docs/parsing.md`.

    python scripts/parser_table.py [--write]

What was meant is known from outside: calls are written in each dialect, whole and with one defect each, and a reply
counts as recovered if exactly those calls come out. The two others get help that they would not have alone: the part
of the text from the first bracket to the last is tried too, and what they read is fitted to the tools by the parser.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from json_repair import repair_json

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "parsing.md"
sys.path.insert(0, str(ROOT / "tests" / "agent" / "parsing"))

import parsing_corpus  # noqa: E402  # the tests' own modules
import parsing_render  # noqa: E402

from smallcode_jupyter.agent.parsing.dialects import DIALECTS  # noqa: E402
from smallcode_jupyter.agent.parsing.parsed import Expectation  # noqa: E402
from smallcode_jupyter.agent.parsing.reply import parse_reply  # noqa: E402
from smallcode_jupyter.protocol.model import ModelReply  # noqa: E402
from smallcode_jupyter.protocol.tools import Json  # noqa: E402

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SPECS = parsing_corpus.SPECS
EXPECTATION = Expectation(known_paths=("src/app.py", "README.md"))


def real_files() -> list[parsing_render.Meant]:
    """A call for each file in the recorded replies: real code is the hardest text for a broken string."""
    return [
        ((call.name, dict(call.arguments)),)
        for case in parsing_corpus.read_corpus()
        if case.origin.startswith("recorded from ") and case.parsed is not None
        for call in case.parsed.calls
        if call.name == "write_file" and call.arguments["path"] != "cell:next"
    ]


def read_strictly(text: str) -> Json:
    value: Json = json.loads(text)
    return value


def read_with_repair(text: str) -> Json:
    value: Json = repair_json(text, return_objects=True)
    return value


def ours(text: str) -> list[tuple[str, dict[str, Json]]]:
    parsed = parse_reply(ModelReply(text=text), specs=SPECS, expectation=EXPECTATION)
    return [(call.name, dict(call.arguments)) for call in parsed.calls]


def others(read: Callable[[str], Json], text: str) -> list[tuple[str, dict[str, Json]]]:
    """What this reads of the text, or of the part between the outermost brackets, fitted to the tools by ours."""
    parts = [re.search(pattern, text, re.DOTALL) for pattern in (r"[\[{].*[\]}]", r"\{.*\}")]
    for candidate in (text, *(part.group() for part in parts if part)):
        try:
            value = read(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict | list) and value and (calls := ours(json.dumps(value))):
            return calls
    return []


READERS: dict[str, Callable[[str], list[tuple[str, dict[str, Json]]]]] = {
    "json.loads": lambda text: others(read_strictly, text),
    "json-repair": lambda text: others(read_with_repair, text),
    "SmallCode": ours,
}


def shares(
    rows: Sequence[str],
    of: Callable[[tuple[str, str]], str],
    made: Sequence[tuple[str, str, dict[str, bool]]],
) -> list[str]:
    """Table rows: the name, how many replies, and the share that each reader recovered."""
    lines = []
    for row in rows:
        found = [right for dialect, defect, right in made if of((dialect, defect)) == row]
        cells = [f"{round(100 * sum(right[name] for right in found) / len(found))} %" for name in READERS]
        lines.append(f"| {row} | {len(found)} | {' | '.join(cells)} |")
    return lines


def corpus_lines() -> list[str]:
    """What the corpus holds, by dialect: replies with calls, and those recorded from models."""
    cases = parsing_corpus.read_corpus()
    lines = []
    for name in [*(dialect.name for dialect in DIALECTS), "prose"]:
        of_it = [case for case in cases if case.parsed is not None and case.parsed.dialect == name]
        recorded = sum(case.origin.startswith("recorded from ") for case in of_it)
        lines.append(f"| {name} | {len(of_it)} | {recorded} |")
    total = sum(case.origin.startswith("recorded from ") for case in cases)
    return [*lines, f"| **all** | **{len(cases)}** | **{total}** |"]


def times() -> str:
    """A sentence on how long a reply takes."""
    seconds = []
    for case in parsing_corpus.read_corpus():
        parsing_corpus.parse(case)
        # A blank more, so that nothing is remembered from the time before.
        fresh = replace(case, reply=replace(case.reply, text=case.reply.text + " "))
        begun = time.process_time()
        parsing_corpus.parse(fresh)
        seconds.append((time.process_time() - begun, len(case.reply.text)))
    ordered = sorted(taken for taken, _ in seconds)
    median, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    longest = max(length for _, length in seconds)
    return (
        f"Time for one reply of the corpus ({len(ordered)} replies of up to {longest:,} characters): median "
        f"{1000 * median:.2f} ms, 99th percentile {1000 * high:.2f} ms, longest {1000 * ordered[-1]:.2f} ms."
    )


def tables() -> str:
    """The measured part of the page."""
    made = [
        (dialect, defect, {name: read(text) == meant for name, read in READERS.items()})
        for dialect, defect, text, meant in parsing_render.spoilt_replies(real_files())
    ]
    head = ["replies", *READERS]
    rule = "| --- |" + " --: |" * len(head)
    total = [
        f"{sum(right[name] for *_, right in made) / len(made):.0%}".replace("%", " %") for name in READERS
    ]
    return "\n".join(
        [
            f"| dialect | {' | '.join(head)} |",
            rule,
            *shares(list(parsing_render.RENDERINGS), lambda pair: pair[0], made),
            f"| **all** | **{len(made)}** | " + " | ".join(f"**{share}**" for share in total) + " |",
            "",
            f"| defect | {' | '.join(head)} |",
            rule,
            *shares(list(parsing_render.DEFECTS), lambda pair: pair[1], made),
            "",
            times(),
            "",
            "| read as | replies in the corpus | of these recorded from models |",
            "| --- | --: | --: |",
            *corpus_lines(),
        ]
    )


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--write", action="store_true", help=f"write them into {PAGE.relative_to(ROOT)}")
    options.add_argument("--failures", action="store_true", help="show what ours did not recover")
    args = options.parse_args()
    if args.failures:
        for dialect, defect, text, meant in parsing_render.spoilt_replies(real_files()):
            if ours(text) != meant:
                print(f"== {dialect}, {defect}\n{text}\n-- {ours(text)}\n")
        return 0
    measured = tables()
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")
    print(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
