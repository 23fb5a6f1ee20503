"""What a task's words say of where a fault lies: that it has to be found, and where it does not lie. Pure."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.opening import SOURCE_SUFFIXES

__all__ = ["PATH", "is_place_unknown", "ruled_out"]

PATH = rf"`?(?:[\w-]+/)*[\w.-]+\.(?:{SOURCE_SUFFIXES})\b`?(?![/(])"
"""A source file as it stands in words."""

_PATHS = rf"{PATH}(?:(?:,|\s+and|\s+or|\s+nor|,\s+and)\s+{PATH})*"
_FAULT = r"(?:bugs?|faults?|errors?|mistakes?|problems?|defects?|issues?|flaws?)"
_SEARCH = (
    r"(?:find(?:\s+out)?|locate|track\s+down|trace|hunt(?:\s+down)?|look\s+for|search\s+for|figure\s+out|work\s+out"
    r"|investigate|diagnose)"
)
_UNKNOWN = re.compile(
    # The noun, not the verb: `the cause`, `both causes`, `its real culprit`.
    r"\b(?:the|its|their|both|all|any|real|actual|root|underlying)\s+(?:\w+\s+)?(?:causes?|culprits?)\b"
    rf"|\b{_SEARCH}\s+(?:the\s+|its\s+|their\s+)?(?:reasons?|(?:sources?|origins?)\s+of)\b"
    rf"|\b{_SEARCH}\s+(?:why|what\s+(?:is|goes|went)\s+wrong|what's\s+wrong|where\s+(?:\w+\s+){{1,4}}(?:from|wrong|breaks?|fails?))\b"
    rf"|\b{_FAULT}\s+(?:(?:is|are|lies?|hides?|sits?|(?:must|may|might)\s+be)\s+)?(?:hidden\s+)?(?:somewhere|elsewhere)\b"
    rf"|\b{_FAULT}\s+(?:is|are|lies?|hides?|sits?)\s+in\s+(?:a|one|some)\b",
    re.IGNORECASE,
)

_CLAUSE = r"[^.;\n]*(?:\.\w[^.;\n]*)*"
"""The rest of a clause; the dot of a file's name ends none."""
_DEGREE = (
    r"(?:(?:all|already|just|quite|perfectly|itself|themselves|otherwise|certainly|known\s+to\s+be)\s+)*"
)
_BLAMELESS = (
    r"(?:right|correct|fine|ok|okay|in\s+order|innocent|blameless|unaffected"
    rf"|not\s+(?:to\s+blame|at\s+fault|broken|affected|involved|wrong|the\s+(?:cause|culprit|problem|{_FAULT})))"
)
_CHANGING = r"(?:touch|chang|edit|modify|alter)(?:e|ing)?"
_RULED_OUT = re.compile(
    # Said to be right, or tried without success: all that the clause names.
    rf"{_CLAUSE}\b(?:is|are|was|were|be)\s+{_DEGREE}{_BLAMELESS}\b{_CLAUSE}"
    rf"|{_CLAUSE}\b(?:(?:been|was|were|already)\s+tried|ruled\s+out|did(?:\s+not|n['’]t)\s+help|in\s+vain)\b{_CLAUSE}"
    # To stay as it is.
    rf"|{_PATHS}\s+(?:(?:must|should|shall|has\s+to|have\s+to|needs?\s+to)\s+)?(?:works?|stays?|remains?)\b"
    rf"|{_PATHS}\s+(?:needs?|wants?)\s+no\s+(?:changes?|edits?)\b"
    rf"|{_PATHS}\s+(?:(?:is|are)\s+not\s+to\s+be|(?:must|should|shall|may|can)\s*(?:not|n['’]t)\s+be)\s+(?:touch|chang|edit|modifi|alter)e?d\b"
    rf"|\b(?:leave|keep)\s+{_PATHS}\s+(?:alone|as\b|unchanged|untouched|the\s+same|out\b)"
    rf"|(?:\b(?:not|never|without)|n['’]t)\s+(?:ever\s+)?{_CHANGING}\s+(?:anything\s+in\s+|the\s+(?:file|module)\s+)?{_PATHS}"
    rf"|\bno\s+changes?\s+(?:in|to|of)\s+{_PATHS}"
    rf"|\b(?:not|outside)\s+(?:in\s+|of\s+)?{_PATHS}",
    re.IGNORECASE,
)


def is_place_unknown(words: str) -> bool:
    """Whether a fault is to be found first."""
    return _UNKNOWN.search(words) is not None


def ruled_out(words: str) -> str:
    """The parts of the words that say which files are not to blame, or not to be changed."""
    return " ".join(_RULED_OUT.findall(words))
