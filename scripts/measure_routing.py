"""How well requests are routed, and what routing saves: `tests/data/requests.toml` against the words, and a model.

    python scripts/measure_routing.py                                      # the words alone; tokens are estimated
    python scripts/measure_routing.py --base-url http://127.0.0.1:8080/v1  # the server counts, the model is asked

With a server, each request that the words leave open (with `--every`, each request) is put to the model as a run puts
it: the system prompt, the task, the question for a category; once held to the words where the server can, and once not.
Nothing is written anywhere; the numbers go to standard output, each wrong answer to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from smallcode_jupyter.agent.compose import route_question, tools_text
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.routing import CATEGORY_WORDS, category_word, prior
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import Constraint, ModelReply, ModelRequest, OneOf
from smallcode_jupyter.protocol.tasks import Context, Surface, Task
from smallcode_jupyter.protocol.tools import CATEGORIES, Category
from smallcode_jupyter.tools.registry import TOOLS, specs_of

REQUESTS = Path(__file__).parents[1] / "tests" / "data" / "requests.toml"
ANSWER_TOKENS = 4


@dataclass(frozen=True)
class Request:
    """One labelled request."""

    part: str
    surface: Surface
    words: str
    accepts: tuple[Category, ...]


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base-url", help="an OpenAI-compatible server")
    parser.add_argument("--model", help="a name on the server (default: the best one found)")
    parser.add_argument("--every", action="store_true", help="ask the model also where the words are clear")
    args = parser.parse_args()
    requests = load_requests()
    for part in ("tune", "holdout"):
        print_prior(part, [request for request in requests if request.part == part])
    model = None
    if args.base_url:
        model = discover(ModelSettings(base_url=args.base_url, model=args.model))
        print(f"\nmodel: {model.info.name} on {model.info.server}")
    print_schemas(model, requests)
    if model is not None:
        for constraint in (OneOf(choices=CATEGORY_WORDS), None):
            print_asked(model, requests, constraint, is_every=args.every)


def load_requests() -> list[Request]:
    """Both halves."""
    parts = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))
    return [
        Request(part=part, surface=cast("Surface", surface), words=words, accepts=tuple(accepts))
        for part, surfaces in parts.items()
        for surface, rows in surfaces.items()
        for words, accepts in rows.items()
    ]


def print_prior(part: str, requests: Sequence[Request]) -> None:
    """How often the words decide, and how often they are right where they do, and where they do not."""
    found = [prior(request.words, surface=request.surface) for request in requests]
    right = [one.category in request.accepts for one, request in zip(found, requests, strict=True)]
    clear = [hit for hit, one in zip(right, found, strict=True) if one.is_clear]
    print(
        f"{part}: {len(requests)} requests; the words decide {share(len(clear), len(requests))}, "
        f"right in {share(sum(clear), len(clear))} of these; the likeliest category is right in "
        f"{share(sum(right), len(requests))} of all"
    )


def print_schemas(model: OpenAICompatModel | None, requests: Sequence[Request]) -> None:
    """Tokens of a category's tools against those of all tools, also weighted by how often each category is wanted."""

    def count(text: str) -> int:
        return model.count((text,))[0] if model else estimate_tokens(text)

    wanted = [request.accepts[0] for request in requests]
    print(f"\ntokens of tools ({'as the server counts them' if model else 'estimated'}):")
    for name, write in (
        ("lines of text", tools_text),
        ("native schemas", lambda specs: json.dumps([spec.schema() for spec in specs])),
    ):
        everything = count(write(TOOLS))
        each = {category: count(write(specs_of(category))) for category in CATEGORIES}
        mean = sum(each[category] for category in wanted) / len(wanted)
        rows = ", ".join(f"{category} {tokens}" for category, tokens in each.items())
        print(f"  {name}: all {everything}; {rows}; on average {mean:.0f} ({mean / everything:.0%} of all)")


def print_asked(
    model: OpenAICompatModel, requests: Sequence[Request], constraint: Constraint | None, *, is_every: bool
) -> None:
    """Ask, and say how often the model and the two together are right."""
    print(f"\nthe model's word, {'held to the six words' if constraint else 'free'}:")
    for part in ("tune", "holdout"):
        mine = [request for request in requests if request.part == part]
        replies = {
            request.words: ask(model, request, constraint)
            for request in mine
            if is_every or not prior(request.words, surface=request.surface).is_clear
        }
        understood = right = together = 0
        for request in mine:
            found = prior(request.words, surface=request.surface)
            reply = replies.get(request.words)
            word = category_word(reply.text) if reply else None
            if reply:
                understood += word is not None
                right += word in request.accepts
                if word not in request.accepts:
                    print(f"{part} {request.surface} {request.words!r}: {reply.text!r}", file=sys.stderr)
            decided = found.category if found.is_clear else word or found.category
            together += decided in request.accepts
        print(
            f"  {part}: asked {len(replies)}, understood {understood}, right {share(right, len(replies))}; "
            f"words and model together right in {share(together, len(mine))}; {cost(list(replies.values()))}"
        )


def ask(model: OpenAICompatModel, request: Request, constraint: Constraint | None) -> ModelReply:
    """The answer to the question for a category, with nothing else in the prompt."""
    task = Task(id="route", words=request.words, surface=request.surface)
    state = open_run(task, model.info, Context(), category="write")
    system = render("system_notebook" if request.surface == "notebook" else "system")
    question = f"{render('task', words=request.words)}\n\n{route_question(state)}"
    return model.ask(
        ModelRequest(
            messages=(Message(role="system", content=system), Message(role="user", content=question)),
            max_tokens=ANSWER_TOKENS,
            constraint=constraint,
        ),
        on_delta=lambda _: True,
        cancel=threading.Event(),
    )


def cost(replies: Sequence[ModelReply]) -> str:
    """What a question cost on average."""
    if not replies:
        return "nothing asked"
    usages = [reply.usage for reply in replies]
    read = sum(usage.prompt_tokens - usage.cached_tokens for usage in usages) / len(usages)
    written = sum(usage.completion_tokens for usage in usages) / len(usages)
    seconds = sum(usage.seconds for usage in usages) / len(usages)
    return f"{read:.0f} tokens read anew, {written:.1f} written, {seconds:.2f} s a question"


def share(part: int, whole: int) -> str:
    """As a percentage with its numbers."""
    return f"{part / whole:.1%} ({part}/{whole})" if whole else "none"


if __name__ == "__main__":
    main()
