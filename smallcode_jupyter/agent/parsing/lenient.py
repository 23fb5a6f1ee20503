"""Values that are nearly JSON, read in one pass, each mend named.

Single, smart and missing quotes, Python's words and tuples, comments, wrong commas, missing brackets, raw line breaks
and unescaped quotes inside strings. Linear: nothing is tried twice, and what follows a quote is looked at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.endings import Ending, StringScan
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Arguments", "Lenient", "read_arguments", "read_lenient", "read_members"]

_DEEPEST = 48
_LONGEST_NUMBER = 30
_MOST_POSITIONAL = 32

_BLANK = re.compile(r"(?:\s+|//[^\n]*|#[^\n]*|/\*[^*]{0,400}\*/)*")
_SEPARATOR = re.compile(r"\s*(:|=>|=(?!=))")
_KEY = re.compile(
    r"""(?:"([^"\n\\]{0,80})"|'([^'\n\\]{0,80})'|[“”]([^“”\n]{0,80})[“”]|`([^`\n]{0,80})`"""
    r"""|<\|"\|>([^<\n]{0,80})<\|"\|>|([A-Za-z_$][\w$.\-]{0,80}))(?=\s{0,20}(?::|=(?!=)))"""
)
_HALF_KEY = re.compile(r"""["']?([A-Za-z_$][\w$.\-]{0,60})["']?(?=\s{0,20}:)""")
_PARTIAL_KEY = re.compile(r"""["'“`]?[\w$.\-]{0,80}["'”`]?\s{0,20}\Z""")
"""A key that the end of the text cuts."""
_QUOTE = re.compile(r"""([rRfFbBuU]{0,2})(\"\"\"(?!\")|'''(?!')|"|'|`|[“”‘’]|<\|"\|>|<escape>)""")
_JOIN = re.compile(r"""\s*\+\s*(?=["'])""")
_ADJACENT = re.compile(r"""\s*\n\s*(?=["'])""")
_SCALAR = re.compile(r"[^,}\])\n\"'{\[(]*")
_NUMBER = re.compile(r"[-+]?\d[\d_]*(\.\d+)?([eE][-+]?\d{1,3})?\Z")
_FILE = re.compile(
    r"\A[\w\-./~]*[\w\-]\.(?:py|ipynb|js|mjs|tsx?|jsx|html?|css|go|rs|java|c|h|cpp|rb|php|md|txt|json|toml|ya?ml|csv|sh)\Z"
)
"""What may stand as an argument without quotes: a path, which no variable looks like."""
_ESCAPE = re.compile(
    r"\\(u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.|\Z)", re.DOTALL
)
_COMMENT_BEHIND = re.compile(r"\s(?:#|//).*\Z", re.DOTALL)
_ESCAPED = {
    **{"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""},
    **{mark: mark for mark in "\"'\\/`“”‘’"},
}
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_PYTHON_WORDS: dict[str, Json] = {"True": True, "False": False, "None": None, "undefined": None, "nil": None}
_MENDED_QUOTES = {
    **dict.fromkeys(('"""', "'''"), "triple-quotes"),
    **dict.fromkeys("“”‘’", "smart-quotes"),
    "'": "single-quotes",
    "`": "backtick-quotes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenient:
    """A value that was read."""

    value: Json
    end: int
    """Offset after it."""
    repairs: tuple[str, ...]
    is_whole: bool
    """False where the text ended before the value did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What stands between the brackets of a call."""

    positional: tuple[Json, ...]
    named: dict[str, Json]
    end: int
    repairs: tuple[str, ...]
    is_whole: bool


def read_lenient(text: str, start: int, end: int, *, keys: frozenset[str] = frozenset()) -> Lenient | None:
    """The object or list that begins here; None if what stands here is neither. Never raises.

    `keys` are plain names (`names.plain`) that may follow a string with unescaped quotes in it; empty for any.
    """
    reader = _Reader(text, start, end, keys)
    if text[start : start + 1] not in ("{", "["):
        return None
    try:
        value = reader.value()
    except _NoValue:
        return None
    return Lenient(value=value, end=reader.at, repairs=tuple(reader.repairs), is_whole=reader.is_whole)


def read_members(text: str, start: int, end: int, *, keys: frozenset[str] = frozenset()) -> Lenient | None:
    """The object whose opening bracket is missing: `start` is at its first key. None if it is none. Never raises."""
    reader = _Reader(text, start, end, keys)
    reader.mend("missing-bracket")
    try:
        value = reader.members("}")
    except _NoValue:
        return None
    return Lenient(value=value, end=reader.at, repairs=tuple(reader.repairs), is_whole=reader.is_whole)


def read_arguments(text: str, start: int, end: int, *, keys: frozenset[str]) -> Arguments | None:
    """The arguments of a call whose opening bracket ends at `start`, as in Python; None if they are none.

    Values are literals: a name or another call as an argument makes it no call. Never raises.
    """
    reader = _Reader(text, start, end, keys)
    positional: list[Json] = []
    try:
        named = reader.members(")", positional)
    except _NoValue:
        return None
    return Arguments(
        positional=tuple(positional),
        named=named,
        end=reader.at,
        repairs=tuple(reader.repairs),
        is_whole=reader.is_whole,
    )


class _NoValue(Exception):
    """What stands here is nothing like JSON."""


class _Reader:
    """One reading. Mutable: it lives inside one function."""

    def __init__(self, text: str, start: int, end: int, keys: frozenset[str]) -> None:
        self.text, self.at, self.end = text, start, end
        self.repairs: dict[str, None] = {}
        self.is_whole = True
        self._awaited: list[str] = []
        self._taken: list[dict[str, Json]] = []
        self._strings = StringScan(text, end, keys=keys, awaited=self._awaited, taken=self._taken)

    def mend(self, name: str) -> None:
        self.repairs[name] = None

    def value(self) -> Json:
        """The value that begins here. Raises _NoValue."""
        self._skip()
        mark = self._peek()
        if not mark:
            self.is_whole = False
            return None
        if mark in "{[(":
            return self._bracketed(mark)
        quote = _QUOTE.match(self.text, self.at, self.end)
        if quote is None:
            return self._scalar()
        text = self._string(quote)
        while joined := self._next_string():
            self.mend("joined-strings")
            self.at = joined.end()
            following = _QUOTE.match(self.text, self.at, self.end)
            if following is None:
                break
            text += self._string(following)
        return text

    def members(self, closer: str, positional: list[Json] | None = None) -> dict[str, Json]:
        """The members up to this closing bracket; the opening one is read. Raises _NoValue."""
        found: dict[str, Json] = {}
        self._enter(closer, found)
        while not self._is_closed(closer):
            begun = self.at
            key = self._key()
            if key is None and positional is not None and not found and not self._is_text():
                positional.append(self.value())
                if len(positional) > _MOST_POSITIONAL:
                    raise _NoValue
            elif key is None:
                is_partial = _PARTIAL_KEY.match(self.text, begun, self.end) is not None
                if not found and not positional and not is_partial:
                    raise _NoValue
                self.at = self.end if is_partial else begun
                self.is_whole = self.is_whole and not is_partial
                self.mend("missing-bracket")
                break
            else:
                found[key] = self.value()
            self._comma(closer)
        self._leave()
        return found

    def _is_text(self) -> bool:
        """Whether a bare word that is no literal stands here: a variable, not a value."""
        word = _SCALAR.match(self.text, self.at, self.end)
        bare = word.group().strip() if word else ""
        is_literal = (
            bare in _WORDS or bare in _PYTHON_WORDS or (_NUMBER.match(bare) or _FILE.match(bare)) is not None
        )
        return bool(bare) and not is_literal and _QUOTE.match(self.text, self.at, self.end) is None

    def _bracketed(self, mark: str) -> Json:
        self.at += 1
        if mark == "{":
            return self.members("}")
        closer = {"[": "]", "(": ")"}[mark]
        if mark == "(":
            self.mend("python-literal")
        items: list[Json] = []
        is_tuple = mark == "["
        self._enter(closer, {})
        while not self._is_closed(closer):
            begun = self.at
            items.append(self.value())
            if self._comma(closer):
                is_tuple = True
            elif self._peek() and self._peek() not in "}])" and not self._begins_another(closer):
                self.mend("missing-bracket")
                break
            if self.at == begun:
                raise _NoValue
        self._leave()
        return items if is_tuple or len(items) != 1 else items[0]

    def _enter(self, closer: str, members: dict[str, Json]) -> None:
        if len(self._awaited) >= _DEEPEST:
            raise _NoValue
        self._awaited.append(closer)
        self._taken.append(members)

    def _leave(self) -> None:
        self._awaited.pop()
        self._taken.pop()

    def _is_closed(self, closer: str) -> bool:
        """Whether the bracket ends here; it is read, or mended where it is missing or another."""
        self._skip()
        mark = self._peek()
        while mark and mark in ",;":
            self.mend("extra-comma")
            self.at += 1
            self._skip()
            mark = self._peek()
        if not mark:
            self.is_whole = False
            self.mend("missing-bracket")
            return True
        if mark == closer:
            self.at += 1
            return True
        if mark not in "}])":
            return False
        if mark in self._awaited:
            self.mend("missing-bracket")
            return True
        self.mend("wrong-bracket")
        self.at += 1
        return True

    def _comma(self, closer: str) -> bool:
        """Go on behind a comma, and whether there is one."""
        self._skip()
        mark = self._peek()
        if not mark or mark not in ",;":
            if mark and mark not in "}])" and self._begins_another(closer):
                self.mend("missing-comma")
            return False
        self.at += 1
        self._skip()
        if self._peek() and self._peek() in "}])":
            self.mend("trailing-comma")
        return True

    def _begins_another(self, closer: str) -> bool:
        pattern = _QUOTE if closer == "]" else _KEY
        is_bracket = closer == "]" and self._peek() in "{["
        return is_bracket or pattern.match(self.text, self.at, self.end) is not None

    def _key(self) -> str | None:
        """The key that stands here, its separator read too; None if there is none."""
        found = _KEY.match(self.text, self.at, self.end)
        if found is None:
            found = _HALF_KEY.match(self.text, self.at, self.end)
            if found is None:
                return None
            self.mend("missing-quote")
            key = found[1]
        else:
            key = next(group for group in found.groups() if group is not None)
            self._note_key(found)
        separator = _SEPARATOR.match(self.text, found.end(), self.end)
        if separator is None:
            return None
        if separator[1] != ":" and self._awaited[-1] != ")":
            self.mend("equals-sign")
        self.at = separator.end()
        return key

    def _note_key(self, found: re.Match[str]) -> None:
        mark = found.group()[0]
        if mark in _MENDED_QUOTES:
            self.mend(_MENDED_QUOTES[mark])
        elif mark not in '"<' and self._awaited[-1] != ")":
            self.mend("unquoted-key")

    def _next_string(self) -> re.Match[str] | None:
        joined = _JOIN.match(self.text, self.at, self.end)
        if joined is None and self._awaited and self._awaited[-1] == ")":
            joined = _ADJACENT.match(self.text, self.at, self.end)
        return joined

    def _string(self, quote: re.Match[str]) -> str:
        prefix, mark = quote.groups()
        if mark in _MENDED_QUOTES:
            self.mend(_MENDED_QUOTES[mark])
        ending: Ending = self._strings.ending(quote.end(), mark)
        raw = self.text[quote.end() : ending.stop]
        self.at = ending.after
        for repair in ending.repairs:
            self.mend(repair)
        self.is_whole = self.is_whole and ending.is_whole
        if "\n" in raw and len(mark) == 1:
            self.mend("raw-newlines")
        if "\\" not in raw or "r" in prefix.lower() or mark.startswith("<"):
            return raw
        return self._unescaped(raw)

    def _unescaped(self, raw: str) -> str:
        def real(found: re.Match[str]) -> str:
            code = found[1]
            if len(code) > 1:
                return chr(int(code[1:], 16))
            if code in _ESCAPED:
                return _ESCAPED[code]
            self.mend("invalid-escape")
            return found[0]

        text = _ESCAPE.sub(real, raw)
        if any("\ud800" <= mark <= "\udfff" for mark in text):
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text

    def _scalar(self) -> Json:
        found = _SCALAR.match(self.text, self.at, self.end)
        word = found.group().strip() if found else ""
        if found is None or not word:
            raise _NoValue
        bare = _COMMENT_BEHIND.sub("", word).rstrip()
        if bare != word:
            self.mend("comment")
            word = bare
        following = self.text[found.end() : min(found.end() + 1, self.end)]
        if following and following not in ",}])\n":
            raise _NoValue
        self.at = found.end()
        if word in _WORDS:
            return _WORDS[word]
        if word in _PYTHON_WORDS:
            self.mend("python-literal")
            return _PYTHON_WORDS[word]
        if _NUMBER.match(word) and len(word) <= _LONGEST_NUMBER:
            return float(word) if any(mark in word for mark in ".eE") else int(word)
        if ")" in self._awaited and not _FILE.search(word):
            raise _NoValue
        self.mend("unquoted-value")
        return word

    def _skip(self) -> None:
        found = _BLANK.match(self.text, self.at, self.end)
        if found is not None and found.end() > self.at:
            if found.group().strip():
                self.mend("comment")
            self.at = found.end()

    def _peek(self) -> str:
        return self.text[self.at] if self.at < self.end else ""
