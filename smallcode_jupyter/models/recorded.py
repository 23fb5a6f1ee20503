"""Answers of a real model, kept in a file and given again: demos and tests that need no model."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event

from smallcode_jupyter.models.counting import estimate_request, estimate_tokens
from smallcode_jupyter.models.json_http import as_int, as_text
from smallcode_jupyter.models.port import Model, OnDelta
from smallcode_jupyter.models.scripted import replay
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.errors import ConfigError, RequestRefused
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.tools import Json

__all__ = ["RecordedModel", "RecordingModel"]

_HOW_TO_RECORD = "Record it again with RecordingModel(model, FILE)."


def _key(value: object) -> str:
    """The same for equal values, in every process."""
    encoded = value if isinstance(value, str) else json.dumps(encode(value), sort_keys=True)
    return sha256(encoded.encode("utf-8", errors="surrogatepass")).hexdigest()


class RecordingModel:
    """A `Model` that passes everything on to another and writes what came back into a JSONL file.

    The file is replaced as a whole after each answer, so it is complete at any moment. What it held before is lost.
    Answers that failed or were cancelled are not recorded.
    """

    def __init__(self, model: Model, file: Path) -> None:
        self._model = model
        self._file = file
        self._lines: list[dict[str, Json]] = []
        self._counts: dict[str, int] = {}

    @property
    def info(self) -> ModelInfo:
        """Of the model behind."""
        return self._model.info

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """See `Model.ask`."""
        reply = self._model.ask(request, on_delta=on_delta, cancel=cancel)
        if reply.finish_reason != "cancelled":
            self._lines.append(
                {
                    "type": "answer",
                    "key": _key(request),
                    "request": encode(request),
                    "reply": encode(_without_times(reply)),
                }
            )
            self._save()
        return reply

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """See `Model.count`."""
        counts = self._model.count(texts)
        self._counts.update({_key(text): tokens for text, tokens in zip(texts, counts, strict=True)})
        return counts

    def count_request(self, request: ModelRequest) -> int:
        """See `Model.count_request`."""
        tokens = self._model.count_request(request)
        self._counts[_key(request)] = tokens
        return tokens

    def close(self) -> None:
        """Closes the model behind, too."""
        self._save()
        self._model.close()

    def _save(self) -> None:
        counts: list[dict[str, Json]] = [
            {"type": "count", "key": key, "tokens": tokens} for key, tokens in self._counts.items()
        ]
        head: dict[str, Json] = {"type": "model", "info": encode(self.info)}
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [head, *self._lines, *counts])
        part = self._file.with_name(self._file.name + ".part")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self._file)


class RecordedModel:
    """A `Model` that gives the answers of a recording. The same request asked again gets the next answer recorded for
    it, and the last one from then on. Raises ConfigError if the file is no recording.
    """

    def __init__(self, file: Path, *, how_to_record: str = _HOW_TO_RECORD, delay: float = 0.0) -> None:
        """`how_to_record` is the hint a person gets when a request is not in the recording."""
        self._file = file
        self._how_to_record = how_to_record
        self._delay = delay
        self._answers: dict[str, list[ModelReply]] = {}
        self._counts: dict[str, int] = {}
        self._asked: dict[str, int] = {}
        self.info = self._load()

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """See `Model.ask`. Raises RequestRefused for a request that was not recorded."""
        key = _key(request)
        answers = self._answers.get(key)
        if answers is None:
            raise RequestRefused(
                f"The recording {self._file.name} has no answer to this request.",
                why="The prompt or the sampler is not the one that was recorded.",
                hint=self._how_to_record,
            )
        number = self._asked.get(key, 0)
        self._asked[key] = number + 1
        recorded = answers[min(number, len(answers) - 1)]
        given = replay(recorded, on_delta=on_delta, cancel=cancel, delay=self._delay)
        is_whole = given.finish_reason == recorded.finish_reason
        usage = recorded.usage if is_whole else given.usage
        return replace(given, usage=replace(usage, seconds=given.usage.seconds))

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """As recorded; a cautious estimate for a text that was not counted then."""
        return tuple(self._counts.get(_key(text), estimate_tokens(text)) for text in texts)

    def count_request(self, request: ModelRequest) -> int:
        """As recorded; a cautious estimate for a request that was not counted then."""
        return self._counts.get(_key(request), estimate_request(request))

    def close(self) -> None:
        """Nothing to give back."""

    def _load(self) -> ModelInfo:
        try:
            # Not splitlines(): an answer may hold other line ends of Unicode.
            lines = [json.loads(line) for line in self._file.read_text(encoding="utf-8").split("\n") if line]
            for line in lines[1:]:
                self._take(line)
            return decode(ModelInfo, lines[0]["info"])
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise ConfigError(
                f"{self._file} is no recording of a model.",
                why=f"Reading it failed: {error}.",
                hint=self._how_to_record,
            ) from error

    def _take(self, line: dict[str, Json]) -> None:
        key = as_text(line["key"])
        if line["type"] == "count":
            self._counts[key] = as_int(line["tokens"])
        else:
            self._answers.setdefault(key, []).append(decode(ModelReply, line["reply"]))


def _without_times(reply: ModelReply) -> ModelReply:
    """Times differ at each recording and would hide what changed."""
    return replace(reply, usage=replace(reply.usage, seconds=0.0, first_token_seconds=0.0))
