"""The bare model: one question with the whole workspace, and its answer written down."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from smallcode_jupyter.bench.agents.answers import files_in, prompt_for, write_files
from smallcode_jupyter.bench.agents.port import Attempt, Brief
from smallcode_jupyter.models.json_http import as_list, as_object, as_text, ask_json
from smallcode_jupyter.models.usage import Tally, estimate_prompt
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Oneshot", "Said", "ask"]

_ANSWER_TOKENS = 2_048
_LOG_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer of the model."""

    status: int
    """Of HTTP; 0: it took too long, or nothing answers."""
    text: str
    tokens: int = 0
    """Read and written."""
    is_timed_out: bool = False


def ask(brief: Brief, *, temperature: float, seed: int, seconds: float) -> Said:
    """One question. Never raises for what the server does."""
    body: dict[str, Json] = {
        "model": brief.model,
        "messages": [{"role": "user", "content": prompt_for(brief)}],
        "temperature": temperature,
        "seed": seed,
        "max_tokens": _ANSWER_TOKENS,
    }
    try:
        answer = ask_json(f"{brief.base_url}/chat/completions", body, timeout=max(1.0, seconds))
    except TimeoutError as error:
        return Said(status=0, text=str(error), is_timed_out=True)
    except OSError as error:
        return Said(status=0, text=str(error), is_timed_out="timed out" in str(error))
    if not answer.is_ok:
        return Said(status=answer.status, text=answer.text)
    tally = Tally(estimated_prompt=estimate_prompt(body))
    tally.add(answer.body)
    return Said(
        status=answer.status,
        text=_content(as_object(answer.body)),
        tokens=tally.usage.prompt_tokens + tally.usage.completion_tokens,
    )


def _content(body: Mapping[str, Json]) -> str:
    choices = as_list(body.get("choices"))
    return as_text(as_object(as_object(choices[0]).get("message")).get("content")) if choices else ""


class Oneshot:
    """One greedy answer; no tools, no checks, no second try."""

    name = "oneshot"
    works_in_notebooks = True

    def version(self) -> str:
        """Of the way it is asked."""
        return "1"

    def attempt(self, brief: Brief) -> Attempt:
        """Ask and write what came."""
        started = time.monotonic()
        said = ask(brief, temperature=brief.temperature or 0.0, seed=brief.seed, seconds=brief.seconds)
        if said.is_timed_out:
            return Attempt(status="timed_out", log=f"No answer after {time.monotonic() - started:.0f} s.")
        if said.status != 200:
            return Attempt(status="failed", log=f"HTTP {said.status}: {said.text[:_LOG_CHARS]}")
        files = files_in(said.text, brief)
        write_files(files, brief.folder)
        return Attempt(status="ended" if files else "no_answer", log=said.text[-_LOG_CHARS:])
