"""Plain words of intent as a call, "Let me look at utils.py.": reading and searching, where that is expected."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.languages import as_path
from smallcode_jupyter.agent.parsing.paths import complete_path
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Json

__all__ = ["INTENT"]

_LONGEST = 400
"""Characters; a longer answer says something, it does not announce."""
_SENTENCE = re.compile(r"(?<=[.!:])\s+(?=[A-Z`])|\n+")
_WILL = (
    r"(?:(?:ok(?:ay)?|sure|first|next|now|then|so|alright|great|well|certainly|of course)\b[,.!:]?\s+){0,3}"
    r"(?:let me|let's|let us|"
    r"i(?:'ll| will| shall|'m going to| am going to| need to| want to| have to| must|'d like to)|"
    r"we (?:need|have) to|to (?:answer|do|find|understand|fix)[^,.]{0,60}, i (?:need to|will))\s+"
    r"(?:(?:first|now|also|just|quickly|start by|begin by|take|have)\s+){0,3}"
)
_READ = re.compile(
    _WILL
    + r"(?:read(?:ing)?|look(?:ing)? (?:at|into|inside|in)|a (?:quick |closer )?look (?:at|into|inside)|"
    r"open(?:ing)?|check(?:ing)?(?: out)?|view(?:ing)?|examin(?:e|ing)|inspect(?:ing)?|see|show)\b"
    r"(?:\s+(?:the|this|that|file|contents?|code|source|module|function|class|of|in|inside|how|what|where|whether|through|"
    r"over|current|existing|first)\b){0,6}\s+(?P<rest>[`'\"*]{0,2}[\w@~.+\-/\\]{2,120}[^?]{0,160})\Z",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    _WILL + r"(?:search(?:ing)?|grep(?:ping)?|look(?:ing)?)\s+"
    r"(?:(?:the|all|every)\s+(?:files|code|project|workspace)\s+)?for\s+(?:(?:the|all|any|every)\s+)?(?:\w+\s+){0,3}?[`\"'](?P<words>[^`\"'\n]{2,80})[`\"'][^?]{0,120}\Z",
    re.IGNORECASE,
)
_LIST = re.compile(
    _WILL + r"(?:list|look at|see|check|show)\s+(?:what|which|the|all)\s+(?:the\s+)?files\b[^?`]{0,80}\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[`'\"*]{0,2}([\w@~.+\-/\\]{2,120})[`'\"*]{0,2}")
_HEDGE = re.compile(
    r"\b(?:if you|would you|should i|shall i|before i|once you|after you|please|can't|cannot)\b", re.I
)


def read(source: Source) -> Finding | None:
    """The call that the last sentence of a short answer announces; None where the answer says more than that."""
    text = source.text.strip()
    if not source.expectation.accepts_intent or not 0 < len(text) <= _LONGEST or source.is_cut:
        return None
    if source.fences or _HEDGE.search(text):
        return None
    last = [part.strip() for part in _SENTENCE.split(text) if part.strip()][-1].rstrip(" .!:…")
    call = _reading(source, last) or _searching(source, last) or _listing(source, last)
    if call is None:
        return None
    return Finding(calls=(call,), text=text, repairs=(Repair(name="intent", detail=last[:120]),))


def _reading(source: Source, sentence: str) -> RawCall | None:
    found = _READ.match(sentence)
    if found is None:
        return None
    known = source.expectation.known_paths
    words = [word[1].rstrip(".") for word in _WORD.finditer(found["rest"])]
    paths = [as_path(word, source.expectation) for word in words]
    placed = [complete_path(path, source.expectation)[0] for path in paths if path is not None]
    if not paths or paths[0] is None or len(set(placed)) != 1 or (known and placed[0] not in known):
        return None
    return _call(source, "read_file", {"path": placed[0]})


def _searching(source: Source, sentence: str) -> RawCall | None:
    found = _SEARCH.match(sentence)
    return _call(source, "search_text", {"pattern": found["words"]}) if found is not None else None


def _listing(source: Source, sentence: str) -> RawCall | None:
    return _call(source, "list_files", {}) if _LIST.match(sentence) else None


def _call(source: Source, name: str, arguments: dict[str, Json]) -> RawCall | None:
    return RawCall(name=name, arguments=arguments) if source.tools.find_distinct(name) is not None else None


INTENT = Dialect(name="intent", read=read)
