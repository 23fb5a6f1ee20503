"""Literals as people and programs write them in any of the languages that are checked.

One reader for all: `[1, "a"]`, `{ok: true}`, `map[string]int{"a": 1}`, `vec![Some(2)]`, `Point { x: 1 }`, `None`,
`undefined`. It reads what an example says, and what a program printed of a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from smallcode_jupyter.checks.values import Opaque, Value, Variant

__all__ = ["UNDEFINED", "agrees", "read_at", "read_value"]

UNDEFINED = Opaque(kind="undefined", text="undefined")
_WORDS: dict[str, Value] = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": None,
    "None": None,
    "nil": None,
    "<nil>": None,
    "undefined": UNDEFINED,
    "NaN": float("nan"),
    "nan": float("nan"),
    "Infinity": float("inf"),
    "inf": float("inf"),
    "+Inf": float("inf"),
}
_WORD = re.compile(r"(?:<nil>|\+Inf|[A-Za-z]+)(?![\w$])")
_NUMBER = re.compile(
    r"-?(?:0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"(?:(?:_?[iuf](?:8|16|32|64|128|size))|n)?(?![\w$])"
)
_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_TYPE = re.compile(
    r"(?:\[\d*\]|map\[[\w.*]+\]|\*|&)*(?:[A-Za-z_][\w.]*|interface ?\{\}|struct ?\{[^{}]*\})?(?=\{|\(nil\))"
)
_NAME = re.compile(r"[A-Za-z_][\w]*(?:(?:\.|::)[A-Za-z_]\w*)*")
_KEY = re.compile(r"[A-Za-z_$][\w$]*(?=\s*:(?!:))")
_MAKERS = frozenset({"String::from", "Box::new", "Rc::new", "Arc::new", "BTreeMap::from", "HashMap::from"})
_MADE_STRING = re.compile(r"\.(?:to_string|to_owned|into|to_vec)\(\)")
_MOST_DEPTH = 40


class _Unreadable(ValueError):
    """What stands here is no literal."""


def read_value(text: str) -> Value:
    """The value of a whole text. Raises ValueError where it is no literal."""
    found = read_at(text.strip(), 0)
    if found is None or found[1] != len(text.strip()):
        raise ValueError(f"not a literal: {text[:80]!r}")
    return found[0]


def read_at(text: str, position: int) -> tuple[Value, int] | None:
    """The value of the literal that starts here and where it ends, or None where there is none."""
    try:
        value, end = _Reader(text).value(position, 0)
    except (_Unreadable, IndexError):
        return None
    return value, end


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def value(self, position: int, depth: int) -> tuple[Value, int]:
        text = self._text
        if depth > _MOST_DEPTH or position >= len(text):
            raise _Unreadable
        while text.startswith("&", position):
            position += 5 if text.startswith("&mut ", position) else 1
        if text[position] in "\"'":
            return self._string(position)
        if number := _NUMBER.match(text, position):
            return _read_number(number[0]), number.end()
        if text[position] == "-" and text.startswith(("Infinity", "inf"), position + 1):
            _, end = self.value(position + 1, depth)
            return float("-inf"), end
        if (word := _WORD.match(text, position)) and word[0] in _WORDS:
            return _WORDS[word[0]], word.end()
        if (kind := _TYPE.match(text, position)) and kind[0]:
            return self._typed(kind, depth)
        opened: dict[str, Callable[[int, int], tuple[Value, int]]] = {
            "[": self._list,
            "(": self._tuple,
            "{": self._braces,
        }
        if text[position] in opened:
            return opened[text[position]](position, depth)
        return self._named(position, depth)

    def _string(self, position: int) -> tuple[Value, int]:
        found = _STRING.match(self._text, position)
        if found is None:
            raise _Unreadable
        made = _MADE_STRING.match(self._text, found.end())
        return _unescape(found[0][1:-1]), made.end() if made else found.end()

    def _items(self, position: int, closing: str, depth: int) -> tuple[list[Value], int, bool]:
        """The values from here to the closing bracket, the place after it, and whether a comma came last."""
        items: list[Value] = []
        has_comma = False
        position = self._skip(position)
        while not self._text.startswith(closing, position):
            item, position = self.value(position, depth + 1)
            items.append(item)
            position = self._skip(position)
            has_comma = self._text.startswith(",", position)
            if has_comma:
                position = self._skip(position + 1)
            elif not self._text.startswith(closing, position):
                raise _Unreadable
        return items, position + len(closing), has_comma

    def _list(self, position: int, depth: int) -> tuple[Value, int]:
        items, end, _ = self._items(position + 1, "]", depth)
        made = _MADE_STRING.match(self._text, end)
        return items, made.end() if made else end

    def _tuple(self, position: int, depth: int) -> tuple[Value, int]:
        items, end, has_comma = self._items(position + 1, ")", depth)
        return (items[0] if len(items) == 1 and not has_comma else tuple(items)), end

    def _braces(self, position: int, depth: int) -> tuple[Value, int]:
        """A dict, an object, or a set."""
        start = self._skip(position + 1)
        if self._text.startswith("}", start):
            return {}, start + 1
        found = self._entry(start, depth)
        if found is None:
            items, end, _ = self._items(start, "}", depth)
            try:
                return set(items), end
            except TypeError:
                return items, end
        entries: dict[Value, Value] = {}
        while found is not None:
            key, item, end = found
            try:
                entries[key] = item
            except TypeError as error:
                raise _Unreadable from error
            end = self._skip(end)
            if self._text.startswith("}", end):
                return entries, end + 1
            if not self._text.startswith(",", end):
                raise _Unreadable
            end = self._skip(end + 1)
            if self._text.startswith("}", end):
                return entries, end + 1
            found = self._entry(end, depth)
        raise _Unreadable

    def _entry(self, position: int, depth: int) -> tuple[Value, Value, int] | None:
        """A key with its value; None where there is no colon after what stands here."""
        bare = _KEY.match(self._text, position)
        if bare:
            key: Value = bare[0]
            end = bare.end()
        else:
            key, end = self.value(position, depth + 1)
        end = self._skip(end)
        if not self._text.startswith(":", end):
            return None
        item, end = self.value(self._skip(end + 1), depth + 1)
        return key, item, end

    def _typed(self, kind: re.Match[str], depth: int) -> tuple[Value, int]:
        """Go's `[]int{1}`, `map[string]int{"a": 1}`, `Item{"Pen", 3}`, `[]string(nil)`."""
        name, end = kind[0], kind.end()
        is_map, is_list = name.startswith("map["), name.startswith("[")
        if self._text.startswith("(nil)", end):
            return ({} if is_map else [] if is_list else None), end + 5
        if is_list or is_map:
            value, end = self._elements(end, depth) if is_list else self._braces(end, depth)
            return value, end
        fields, end = self._elements_or_fields(end, depth)
        return Variant(name=re.split(r"\.|::", name.strip("*&"))[-1], items=fields), end

    def _elements(self, position: int, depth: int) -> tuple[Value, int]:
        """The items between braces; those of a slice of structs may be bare braces themselves."""
        items, end, _ = self._items(position + 1, "}", depth)
        return items, end

    def _elements_or_fields(self, position: int, depth: int) -> tuple[tuple[Value, ...], int]:
        value, end = self._braces(position, depth)
        if isinstance(value, dict):
            return ((value,) if value else ()), end
        items, end, _ = self._items(position + 1, "}", depth)
        return tuple(items), end

    def _named(self, position: int, depth: int) -> tuple[Value, int]:
        """Rust's `Some(1)`, `vec![1]`, `Point { x: 1 }`."""
        found = _NAME.match(self._text, position)
        if found is None:
            raise _Unreadable
        name, end = found[0], found.end()
        if self._text.startswith("![", end) and name == "vec":
            return self._list(end + 1, depth)
        if self._text.startswith("(", end):
            items, end, _ = self._items(end + 1, ")", depth)
            if name in _MAKERS and len(items) == 1:
                return items[0], end
            return Variant(name=re.split(r"\.|::", name)[-1], items=tuple(items)), end
        if self._text.startswith((" {", "{"), end) and name[:1].isupper():
            fields, end = self._elements_or_fields(self._text.index("{", end), depth)
            return Variant(name=re.split(r"\.|::", name)[-1], items=fields), end
        raise _Unreadable

    def _skip(self, position: int) -> int:
        while position < len(self._text) and self._text[position] in " \t\n":
            position += 1
        return position


def _read_number(text: str) -> Value:
    plain = (
        re.sub(r"(?:_?[iuf](?:8|16|32|64|128|size)|n)$", "", text)
        if not text.lower().startswith("0x")
        else text
    )
    plain = plain.replace("_", "")
    is_hexadecimal = "x" in plain.lower()
    if not is_hexadecimal and (re.search(r"[.eE]", plain) or re.search(r"f(?:32|64)$", text)):
        return float(plain)
    return int(plain, 16 if is_hexadecimal else 10)


def _unescape(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3] or found[4]
        if code:
            return chr(int(code, 16)) if int(code, 16) < 0x110000 else found[0]
        return _SIMPLE_ESCAPES.get(found[5], found[5])

    return _ESCAPE.sub(plain, text)


def agrees(got: Value, want: Value) -> bool | None:
    """Whether a value is what an example says; None where that cannot be told, as between a list and a set."""
    if isinstance(want, Variant) or isinstance(got, Variant):
        return _variants_agree(got, want)
    if isinstance(want, bool) or isinstance(got, bool) or want is None or got is None:
        return got is want
    if isinstance(want, int | float) and isinstance(got, int | float):
        return _numbers_agree(got, want)
    if isinstance(want, list | tuple) and isinstance(got, list | tuple):
        return _all_agree([*got], [*want])
    if isinstance(want, dict) and isinstance(got, dict):
        there = {key: item for key, item in got.items() if item != UNDEFINED}
        wanted = {key: item for key, item in want.items() if item != UNDEFINED}
        if there.keys() != wanted.keys():
            return False
        return _all_agree([there[key] for key in wanted], [*wanted.values()])
    containers = (list, tuple, set, frozenset, dict)
    if isinstance(want, set | frozenset) and isinstance(got, set | frozenset):
        return got == want
    if isinstance(want, containers) and isinstance(got, containers):
        return None
    if isinstance(got, Opaque) and got != UNDEFINED and want != UNDEFINED:
        return None
    return got == want


def _all_agree(got: list[Value], want: list[Value]) -> bool | None:
    if len(got) != len(want):
        return False
    found = [agrees(one, other) for one, other in zip(got, want, strict=True)]
    return False if False in found else None if None in found else True


def _numbers_agree(got: float, want: float) -> bool:
    if got != got or want != want:
        return got != got and want != want
    return got == want or abs(got - want) <= 1e-9 * max(abs(got), abs(want))


def _variants_agree(got: Value, want: Value) -> bool | None:
    if isinstance(got, Variant) and isinstance(want, Variant):
        if got.name != want.name:
            return False
        if bool(got.items) != bool(want.items):
            return None
        is_named = [bool(each.items) and isinstance(each.items[0], dict) for each in (got, want)]
        if is_named[0] != is_named[1]:
            got_items = [*got.items[0].values()] if isinstance(got.items[0], dict) else [*got.items]
            want_items = [*want.items[0].values()] if isinstance(want.items[0], dict) else [*want.items]
            return _all_agree(got_items, want_items)
        return _all_agree([*got.items], [*want.items])
    if isinstance(got, Variant) and got.name in ("Some", "Ok") and len(got.items) == 1:
        return agrees(got.items[0], want)
    if isinstance(want, Variant) and want.name in ("Some", "Ok", "Err") and got is None:
        return False
    return None
