"""How much the text of files has to do with some words: BM25 over words of paths, names, comments and code."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from smallcode_jupyter.index.view import View

__all__ = ["Match", "relevance"]

_K1, _B = 1.2, 0.5
"""Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with fields weighted."""
_WEIGHTS = {"path": 3.0, "names": 2.0, "docs": 1.0, "body": 1.0}
_MOST_POSTINGS = 2_500
"""Read for one question; rare words come first, and common ones say little."""


_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Match:
    """A file's relevance."""

    score: float
    words: tuple[str, ...]
    """That count, the weightiest first."""


def relevance(view: View, words: Mapping[str, float]) -> dict[int, Match]:
    """The best files with these words (and their weights), by id. May raise sqlite3.Error."""
    known = sorted((count, word) for word, count in view.document_counts(list(words)).items())
    left = _MOST_POSTINGS
    parts: dict[int, dict[str, float]] = {}
    idf: dict[str, float] = {}
    for count, word in known:
        if left <= 0:
            break
        postings = view.postings(word, limit=left)
        left -= len(postings)
        idf[word] = words[word] * math.log(1 + (max(view.count, count) - count + 0.5) / (count + 0.5))
        for file, column in postings:
            found = parts.setdefault(file, {})
            found[word] = found.get(word, 0.0) + _WEIGHTS[column]
    lengths = view.lengths(list(parts))
    scores = {file: _scores(parts[file], idf, length / view.mean_words) for file, length in lengths.items()}
    totals = sorted(((sum(found.values()), file) for file, found in scores.items()), reverse=True)
    return {file: Match(total, _by_score(scores[file])) for total, file in totals[:_MOST_FILES]}


def _scores(found: Mapping[str, float], idf: Mapping[str, float], length: float) -> dict[str, float]:
    norm = _K1 * (1 - _B + _B * length)
    return {word: idf[word] * weight * (_K1 + 1) / (weight + norm) for word, weight in found.items()}


def _by_score(scores: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(scores, key=lambda word: -scores[word]))
