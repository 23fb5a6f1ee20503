"""Where a string ends that may hold quotes it should have escaped.

A quote ends its string where what follows could follow a value here: a comma and another key, the brackets that are
open, or the end. Every other quote is content. Each quote is judged once, by the few characters after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.names import plain
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Ending", "StringScan"]

_UP_TO = {
    '"': re.compile(r'[^"\\]*(?:\\.?[^"\\]*)*', re.DOTALL),
    "'": re.compile(r"[^'\\]*(?:\\.?[^'\\]*)*", re.DOTALL),
    "`": re.compile(r"[^`\\]*(?:\\.?[^`\\]*)*", re.DOTALL),
    '"""': re.compile(r'[^"\\]*(?:(?:\\.?|"(?!""))[^"\\]*)*', re.DOTALL),
    "'''": re.compile(r"[^'\\]*(?:(?:\\.?|'(?!''))[^'\\]*)*", re.DOTALL),
    "“": re.compile(r"[^“”\"\\]*(?:\\.?[^“”\"\\]*)*", re.DOTALL),
    "‘": re.compile(r"[^‘’'\\]*(?:\\.?[^‘’'\\]*)*", re.DOTALL),
    '<|"|>': re.compile(r'[^<]*(?:<(?!\|"\|>)[^<]*)*'),
    "<escape>": re.compile(r"[^<]*(?:<(?!escape>)[^<]*)*"),
}
_UP_TO["”"], _UP_TO["’"] = _UP_TO["“"], _UP_TO["‘"]
_GAP = re.compile(r"\s*")
_COMMENTED_GAP = re.compile(r"\s*(?:(?:(?://|#)[^\n]{0,200}(?:\n|\Z)|/\*[^*]{0,200}\*/)\s*){0,4}")
_CLOSERS = re.compile(r"[\s}\])]*")
_BRACKETS_AT_END = re.compile(r"[\s}\])]+\Z")
_BRACKETS_AT_LINE_END = re.compile(r"[^\n\"'`]*?(?P<brackets>[}\])]{1,8})[ \t]*(?=\n|\Z)")
_NEXT_KEY = re.compile(
    r"""\s*(?:"([^"\n\\]{0,60})"|'([^'\n\\]{0,60})'|[“”]([^“”\n]{0,60})[“”]|([A-Za-z_$][\w$.\-]{0,60}))\s{0,10}"""
    r"""(?P<mark>:|=(?!=))"""
)
_NEXT_VALUE = re.compile(r"""\s*(?:["'`{\[(“‘\d\-]|true\b|false\b|null\b|None\b|True\b|False\b|[}\])]|\Z)""")
_JOIN = re.compile(r"""\+\s{0,20}["']""")
_COMMENT = re.compile(r"[ \t]+(?://|#)[^\n]{0,200}\n\s*(?:[\"'}\])]|[A-Za-z_]\w{0,60}\s*:)")
_LINE_END = re.compile(r"[ \t]*\n")
_SHORT = 40
"""Characters after the last quote of a string without an end that are no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where a string stops, and how that was found."""

    stop: int
    """Offset of what ends it."""
    after: int
    """Offset after that."""
    repairs: tuple[str, ...] = ()
    is_whole: bool = True
    """False where the text ended inside the string."""


class StringScan:
    """Finds the ends of strings in one text.

    `awaited` holds the closing brackets that are open, `taken` the members read so far in each, the innermost last.
    """

    def __init__(
        self,
        text: str,
        end: int,
        *,
        keys: frozenset[str],
        awaited: list[str],
        taken: Sequence[Mapping[str, Json]],
    ) -> None:
        self._text, self._end, self._keys = text, end, keys
        self._awaited, self._taken = awaited, taken
        tail = _BRACKETS_AT_END.search(text, max(0, end - 200), end)
        last = tail.start() - 1 if tail is not None else -1
        self._tail = last if last >= 0 and text[last] in "\"'“”‘’" else -1
        """Offset of a quote that only brackets follow to the end; -1 where there is none."""

    def ending(self, begin: int, mark: str) -> Ending:
        """The end of the string whose opening `mark` ends at `begin`."""
        text, end = self._text, self._end
        pattern, width = _UP_TO[mark], len(mark)
        position, inner, first, unbalanced = begin, -1, -1, -1
        balance, counted = 0, begin
        while True:
            found = pattern.match(text, position, end)
            stop = found.end() if found is not None else end
            if stop >= end:
                if unbalanced >= 0:
                    after = unbalanced + width
                    return Ending(stop=unbalanced, after=after, repairs=("unescaped-quotes",), is_whole=False)
                return self._without_end(begin, inner, first)
            at_tail = stop + width - 1 == self._tail
            is_end = mark[0] == "<" or self._is_end(stop + width, has_inner=inner >= 0, at_tail=at_tail)
            if is_end and inner >= 0 and not at_tail:
                balance, counted = balance + self._opened(counted, stop), stop
                is_end = balance <= 0
                unbalanced = unbalanced if is_end else stop
            if is_end:
                repairs = ("unescaped-quotes",) if inner >= 0 else ()
                return Ending(stop=stop, after=stop + width, repairs=repairs)
            first = stop if first < 0 else first
            inner, position = stop, stop + width

    def _opened(self, start: int, stop: int) -> int:
        """Brackets that open here and do not close: code that was cut inside them is no whole string."""
        count = self._text.count
        closed = sum(count(mark, start, stop) for mark in "}])")
        return sum(count(mark, start, stop) for mark in "{[(") - closed

    def _is_end(self, after: int, *, has_inner: bool, at_tail: bool) -> bool:
        """Whether the quote before this offset ends the string; after unescaped quotes it takes more to be sure."""
        text = self._text
        gap = _GAP.match(text, after, self._end)
        at = gap.end() if gap is not None else after
        if at >= self._end or at_tail:
            return True
        mark = text[at]
        innermost = self._awaited[-1] if self._awaited else ""
        if mark in "}])":
            return self._closes(at, has_inner=has_inner)
        if mark == "," or (mark == ";" and innermost != ")"):
            return self._goes_on(at + 1, innermost, has_inner=has_inner)
        if has_inner:
            return "\n" in text[after:at] and self._is_key(at, innermost, has_inner=True)
        if "\n" in text[after:at] and innermost in ")]" and mark in "\"'":
            return True
        return (
            (innermost != "]" and mark in "\"'“" and self._is_key(at, innermost, has_inner=False))
            or _JOIN.match(text, at, self._end) is not None
            or _COMMENT.match(text, after, self._end) is not None
        )

    def _closes(self, at: int, *, has_inner: bool) -> bool:
        """Whether the brackets that follow a quote close what is open here."""
        text, awaited = self._text, self._awaited
        run = _CLOSERS.match(text, at, self._end)
        after = run.end() if run is not None else at
        is_last = after >= self._end
        count = sum(text.count(bracket, at, after) for bracket in "}])")
        if text[at] not in awaited:
            return not has_inner and count == len(awaited) and (is_last or "\n" in text[at:after])
        if has_inner and text[at] != awaited[-1]:
            return False
        if is_last or not has_inner:
            return True
        if count < len(awaited):
            return text[after] == "," and self._goes_on(after + 1, awaited[-1 - count], has_inner=True)
        return self._tail < at and (text[after] in "<`" or "\n" in text[at:after])

    def _goes_on(self, after: int, closer: str, *, has_inner: bool) -> bool:
        """Whether another member follows the comma before this offset."""
        if closer == "]":
            return _NEXT_VALUE.match(self._text, after, self._end) is not None
        if self._is_key(after, closer, has_inner=has_inner):
            return True
        gap = _COMMENTED_GAP.match(self._text, after, self._end)
        at = gap.end() if gap is not None and not has_inner else after
        if at > after and self._is_key(at, closer, has_inner=has_inner):
            return True
        if at >= self._end or (self._text[at] in "}])" and not has_inner):
            return True
        is_value = closer == ")" and not has_inner
        return is_value and _NEXT_VALUE.match(self._text, at, self._end) is not None

    def _is_key(self, at: int, closer: str, *, has_inner: bool) -> bool:
        found = _NEXT_KEY.match(self._text, at, self._end)
        if found is None or (found["mark"] == "=" and closer != ")" and found[4] is not None):
            return False
        key = next((group for group in found.groups()[:4] if group is not None), "")
        if not has_inner:
            return True
        if found[4] is not None and closer != ")":
            return False
        is_taken = bool(self._taken) and key in self._taken[-1]
        return not is_taken and (not self._keys or plain(key) in self._keys)

    def _without_end(self, begin: int, inner: int, first: int) -> Ending:
        """The end of a string that nothing ends that could.

        The only quote of its line, before the brackets that end its line or the text, or at the end.
        """
        text, end = self._text, self._end
        if first >= 0 and "\n" not in text[begin:first] and _LINE_END.match(text, first + 1, end):
            return Ending(stop=first, after=first + 1)
        line = _BRACKETS_AT_LINE_END.match(text, begin, end)
        if line is not None and len(line["brackets"]) == len(self._awaited):
            stop = line.start("brackets")
            return Ending(
                stop=stop, after=stop, repairs=("unclosed-string",), is_whole=bool(text[line.end() :].strip())
            )
        if inner >= 0 and end - inner <= _SHORT and "\n" not in text[inner:end]:
            return Ending(stop=inner, after=inner + 1, repairs=("unescaped-quotes",), is_whole=False)
        tail = _BRACKETS_AT_END.search(text, max(begin, end - 200), end)
        stop = tail.start() if tail is not None and tail.group().strip() else end
        return Ending(stop=stop, after=stop, repairs=("unclosed-string",), is_whole=False)
