"""Whether a changed file has the names that its part of a task gives it. A hint: words name things for many reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_mentioned"]

_CODE = re.compile(r"`([^`\n]+)`")
_BARE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b[a-z]\w*_\w+\b|(?<![\w-])--[a-z][\w-]+")
"""Names that need no quotes to be told from words: `BACKUP_TARGET`, `keep_days`, `--tag`."""
_NAME = re.compile(r"(?<![\w-])--[a-z][\w-]+|[A-Za-z_]\w*")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_GOES = re.compile(
    r"\b(?:goes?\s+away|gone|becomes?|renamed?|instead\s+of|no\s+longer|never|not|remove[ds]?|delete[ds]?|drop(?:ped)?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_ITEM = re.compile(r"^[ \t]*(?:[-*]|\d+[.)])[ \t]+", re.MULTILINE)
_PLACEHOLDER = re.compile(r"[A-Z][A-Z0-9]*")
"""Beside other names, what a person fills in: `cancel NUMBER`."""
_SHORTEST = 3
_MOST_SAID = 4


def check_mentioned(path: str, text: str, *, words: str) -> CheckResult | None:
    """What the items of `words` name as code and the file does not have; None where they name nothing.

    Never a failure. Names in a sentence that says that something goes or is not to be are not looked for.
    """
    names = list(dict.fromkeys(_names(words)))
    missing = [name for name in names if re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", text) is None]
    if not names:
        return None
    said = ", ".join(f"`{name}`" for name in missing[:_MOST_SAID])
    return CheckResult(
        name="named",
        status="unchecked",
        target=path,
        passed=len(names) - len(missing),
        failed=len(missing),
        detail=f"{path} lacks what the task names: {said}" if missing else "",
        display=f"{len(names) - len(missing)} of {len(names)} names of the task are in {path}.",
    )


def _names(words: str) -> Iterator[str]:
    items = _ITEM.split(words)[1:]
    for sentence in (one for item in items for one in _SENTENCE.split(item.partition("\n\n")[0])):
        if _GOES.search(_TEXT.sub('""', sentence)):
            continue
        for code in (*_CODE.findall(sentence), *_BARE.findall(_TEXT.sub('""', _CODE.sub("", sentence)))):
            found = _NAME.findall(_TEXT.sub('""', code))
            yield from (
                name
                for name in found
                if len(name) >= _SHORTEST and not (len(found) > 1 and _PLACEHOLDER.fullmatch(name))
            )
