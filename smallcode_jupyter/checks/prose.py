"""Examples that people write in words: `f(1, 2) == 3`, `f(1) -> 3`, `f(1) returns 3`, `f(-1) raises ValueError`."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from smallcode_jupyter.checks.values import read_literal

__all__ = [
    "BUILTIN_NAMES",
    "PYTHON",
    "Dialect",
    "ProseExample",
    "expression_end",
    "find_calls",
    "find_pair_examples",
    "find_prose_examples",
    "find_value_examples",
    "is_complaint",
    "is_simple",
    "literal_at",
    "outcome_at",
    "reported_at",
    "simple_calls",
]

_WRAPPERS = "list|tuple|set|sorted|len|dict|str|sum|abs|round|bool|int|float|repr|type|next|max|min|any|all"
_NUMBER = re.compile(r"[+-]?(?:0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?j?)")
_WORD = re.compile(r"-?(?:True|False|None|inf|nan|set\(\)|float\(['\"][+-]?(?:inf|nan)['\"]\))")
_REPORTED = re.compile(r"`?[ \t]*[,;(][ \t]*(?:but[ ])?(?:I[ ])?expected[ \t]*:?[ \t]*`?", re.IGNORECASE)
"""In `got 3, expected 4`: between what came and what ought to come."""
_END = re.compile(
    r"`?(?:[ \t]*(?:$|[\n,.;)\]:!?`#]|—|–|-[ ](?=[A-Za-z]))"
    r"|[ \t]+(?:and|or|but|while|because|since|for|when|if|as|whereas|\()(?:\b|(?<=\()))"
)
_COMPLAINT = re.compile(
    r"\b(?:currently|now|wrong(?:ly)?|incorrectly|bug|broken|fix|fails?|at the moment|today|actually|because|why)\b",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:so|make|should|must)\b", re.IGNORECASE)
_CORRECTED = re.compile(
    r"`?[ \t]*(?:,[ \t]*)?(?:(?:but|when|where|and)[ ])?(?:it[ ])?(?:instead of|rather than"
    r"|(?:should|must|expected|ought)(?:[ ](?:be|return|give|to be|to return|have returned|have been))*)"
    r"[ \t]*:?[ \t]*`?",
    re.IGNORECASE,
)
_CONTRADICTED = re.compile(
    r"`?[ \t]*(?:\([^()\n]*\))?[.,;:]?\s*(?:but\b|instead\b|expected\b|which (?:is|should|must)\b"
    r"|(?:it|this|that) (?:should|must|ought|is wrong)\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"`?\s*(?:,\s*(?:and\s+|or\s+)?|(?:and|or)\s+)`?")
_OF_ALL = re.compile(r"`?\s+(?:all\s+|both\s+)?(?:are|return|give|raise|throw)\b")
_PAIRS_START = re.compile(r"\b(?:for example|examples?|e\.g\.)[ \t]*:?\s*", re.IGNORECASE)
_ARROW = re.compile(r"`?[ \t]*(?:->|=>|→|⇒|gives|becomes)[ \t]*`?")
_NEXT_PAIR = re.compile(r"`?[ \t]*[,;\n][ \t\n]*(?:and[ ])?`?")
_LISTED = re.compile(r",[ \t]*[\d'\"\[({-]")
_REFUSED = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
BUILTIN_NAMES = frozenset(name for name in dir(builtins) if not name.startswith("_")) - {
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "exit",
    "globals",
    "help",
    "input",
    "open",
    "quit",
}
"""Built-ins that an example may call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How calls, values and comments are written in a language."""

    comment: str
    """What a comment begins with, as a regular expression."""
    before: str
    """What may stand before the name in a call, as a regular expression: `(?:new )?`."""
    after: str = ""
    """What may stand between the name and its bracket."""
    error: str
    """The names of exceptions, as a regular expression."""
    literal_at: Callable[[str, int], tuple[str, int] | None]
    """The literal that begins at a place of a text and where it ends, or None."""
    is_simple: Callable[[str, frozenset[str]], bool]
    """Whether a text is one expression that calls one of the names and needs nothing unknown."""

    def separator(self) -> re.Pattern[str]:
        """Between a call and its outcome. The groups `symbol`, `comment`, `word` say of what kind it is."""
        return _separator(self.comment)


@cache
def _separator(comment: str) -> re.Pattern[str]:
    return re.compile(
        rf"""`?[ \t]*(?:
            (?P<symbol>===?|->|=>|[→⇒⟶⟹➔➜➝➞]|=(?!=)|\bis\b(?=[ \t]+`?(?:True|False|None)\b))
          | ;?[ \t]*(?:\n[ \t]*)?(?P<comment>(?:{comment})[ \t]*(?:expected[ \t]*:?))
          | ;?[ \t]*(?P<trailing>(?:{comment})[ \t]*(?:Output|Result|Returns?|Should[ ]return|->|=>|==|=|→)?[ \t]*:?)
          | (?:(?:should|must|will|would|shall)[ ])?
            (?P<word>returns?|gives?|are|be|equals?|equal[ ]to|evaluates?[ ]to|produces?|is(?:[ ]equal[ ]to)?)\b[ \t]*:?
        )[ \t]*(?:\n[ \t]*)?`?""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _raises(comment: str, error: str) -> re.Pattern[str]:
    return re.compile(
        rf"`?[ \t]*(?:(?:{comment})[ \t]*)?(?:(?:should|must|will|would|->|=>|→)[ \t]*)?(?P<verb>raises?|throws?)?"
        rf"[ \t]+(?:an?[ ])?`?(?P<name>{error})\b(?![ \t]*\()"
    )


@cache
def _got(comment: str) -> re.Pattern[str]:
    return re.compile(rf"`?;?[ \t]*(?:\n[ \t]*)?(?:{comment})[ \t]*got[ \t]*:?[ \t]*`?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseExample:
    """A call and what is to come of it: a literal's text, or the name of an exception."""

    expression: str
    expected: str = ""
    raises: str = ""


def find_prose_examples(
    text: str, names: frozenset[str], dialect: Dialect | None = None
) -> tuple[ProseExample, ...]:
    """The examples that call one of `names` with literals and state a literal outcome, in order, each once.

    Whatever could be meant otherwise is left out: a wrong example misleads more than a missing one. They are in
    Python unless another dialect is given.
    """
    return tuple(dict.fromkeys(_find(text, names, dialect or PYTHON))) if names else ()


def _find(text: str, names: frozenset[str], dialect: Dialect) -> Iterator[ProseExample]:
    position = 0
    waiting: list[str] = []
    for start, end in simple_calls(text, names, dialect):
        if start < position:
            continue
        if not _JOINED.fullmatch(text, position, start):
            waiting = []
        is_assert = bool(re.search(r"\bassert[ \t]+$", text[:start]))
        expression = " ".join(text[start:end].split("\n"))
        example = outcome_at(
            text, end, expression, dialect, is_assert=is_assert, is_complaint=is_complaint(text, start)
        )
        position = end
        if example is None:
            waiting.append(expression)
            continue
        # "f(1), f(2) and f(3) are None": of all of them.
        if _OF_ALL.match(text, end):
            yield from (replace(example, expression=other) for other in waiting)
        waiting = []
        yield example


def is_complaint(text: str, position: int) -> bool:
    """Whether the sentence up to here tells what is wrong now rather than what is wanted."""
    sentence = re.split(r"[.!?\n][ \n]|\n\n", text[:position])[-1]
    return bool(_COMPLAINT.search(sentence)) and not _WISH.search(sentence)


def simple_calls(text: str, names: frozenset[str], dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Where calls of one of `names` begin and end that need nothing unknown."""
    alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    call = re.compile(rf"(?<![\w.'\"]){dialect.before}(?:{alternatives}){dialect.after}\(")
    for found in call.finditer(text):
        end = expression_end(text, found.start())
        if end and dialect.is_simple(text[found.start() : end], names):
            yield found.start(), end


def find_pair_examples(text: str, names: frozenset[str], dialect: Dialect) -> tuple[ProseExample, ...]:
    """`Examples: 90 -> "1m 30s", 5 -> "5s"` of the only function that the text speaks of, which takes one thing."""
    spoken = {name for name in names if re.search(rf"(?<![\w.]){re.escape(name)}\(", text)}
    shaped = [
        name
        for name in spoken
        if re.search(rf"(?<![\w.]){re.escape(name)}\([A-Za-z_]\w*(?:\s*:[^,()]*)?\)", text)
    ]
    if len(spoken) != 1 or not shaped:
        return ()
    found: dict[ProseExample, None] = {}
    for start in _PAIRS_START.finditer(text):
        position = start.end() + (text.startswith("`", start.end()))
        while (given := dialect.literal_at(text, position)) and (arrow := _ARROW.match(text, given[1])):
            wanted = dialect.literal_at(text, arrow.end())
            if wanted is None or not _END.match(text, wanted[1]):
                break
            found[ProseExample(expression=f"{shaped[0]}({given[0]})", expected=wanted[0])] = None
            following = _NEXT_PAIR.match(text, wanted[1])
            if following is None:
                break
            position = following.end()
    return tuple(found)


def find_calls(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """The calls of one of `names` in a text that need nothing unknown, whatever is said of their results."""
    if not names:
        return ()
    spans = simple_calls(text, names, PYTHON)
    return tuple(dict.fromkeys(" ".join(text[start:end].split("\n")) for start, end in spans))


def find_value_examples(text: str, names: frozenset[str]) -> tuple[ProseExample, ...]:
    """The statements of the form `name == literal` about one of `names`, in order, each once."""
    if not names:
        return ()
    alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    found: dict[ProseExample, None] = {}
    for match in re.finditer(rf"(?<![\w.])({alternatives})`?[ \t]*==[ \t]*`?", text):
        literal = literal_at(text, match.end())
        if literal is not None and _END.match(text, literal[1]):
            found[ProseExample(expression=match[1], expected=literal[0])] = None
    return tuple(found)


def outcome_at(
    text: str,
    end: int,
    expression: str,
    dialect: Dialect,
    *,
    is_assert: bool = False,
    is_complaint: bool = False,
) -> ProseExample | None:
    """What the text after a call says of its outcome; None where it says nothing certain."""
    raised = _raises(dialect.comment, dialect.error).match(text, end)
    if raised is not None and (raised["verb"] or re.search(rf"->|=>|→|{dialect.comment}", raised[0])):
        return ProseExample(expression=expression, raises=raised["name"])
    reported = reported_at(text, end, dialect)
    if reported is not None:
        return ProseExample(expression=expression, expected=reported)
    separator = dialect.separator().match(text, end)
    if separator is None:
        return None
    literal = dialect.literal_at(text, separator.end())
    if literal is None:
        return None
    # "f(3) returns 4 but should return 3": what is, then what ought to be.
    corrected = _CORRECTED.match(text, literal[1])
    if corrected is not None:
        literal = dialect.literal_at(text, corrected.end())
        is_complaint = False
    says_what_is = separator["word"] is not None and not re.search(r"should|must|would", separator[0])
    if literal is None or not _END.match(text, literal[1]) or (is_complaint and says_what_is):
        return None
    if says_what_is and corrected is None and _CONTRADICTED.match(text, literal[1]):
        return None
    if not is_assert and _LISTED.match(text, literal[1]):
        return None
    return ProseExample(expression=expression, expected=literal[0])


def reported_at(text: str, end: int, dialect: Dialect) -> str | None:
    """What a report of a fault says is expected: `# got 3, expected 4`, `# expected 4`. None where there is none."""
    separator = dialect.separator().match(text, end)
    if separator is not None and separator["comment"]:
        literal = dialect.literal_at(text, separator.end())
        return literal[0] if literal and _END.match(text, literal[1]) else None
    got = _got(dialect.comment).match(text, end)
    came = dialect.literal_at(text, got.end()) if got else None
    between = _REPORTED.match(text, came[1]) if came else None
    literal = dialect.literal_at(text, between.end()) if between else None
    return literal[0] if literal and _END.match(text, literal[1]) else None


def literal_at(text: str, position: int) -> tuple[str, int] | None:
    """The literal that starts here and where it ends, or None."""
    if position >= len(text):
        return None
    end = _literal_end(text, position)
    if end <= position or (end < len(text) and (text[end].isalnum() or text[end] == "_")):
        return None
    literal = text[position:end]
    try:
        read_literal(literal)
    except ValueError:
        return None
    return literal, end


def _literal_end(text: str, position: int) -> int:
    for pattern in (_WORD, _NUMBER):
        found = pattern.match(text, position)
        if found is not None:
            return found.end()
    prefix = re.compile(r"[bBrRuU]{0,2}(?=['\"])").match(text, position)
    if prefix is not None:
        return _string_end(text, prefix.end())
    return _bracket_end(text, position) if text[position] in _CLOSING else 0


def _string_end(text: str, position: int) -> int:
    """Past the string that starts here; 0 if it does not end on its line."""
    quote = text[position]
    index = position + 1
    while index < len(text) and text[index] != "\n":
        if text[index] == "\\":
            index += 1
        elif text[index] == quote:
            return index + 1
        index += 1
    return 0


def _bracket_end(text: str, position: int) -> int:
    """Past the bracket that opens here; 0 if it is not closed."""
    open_brackets: list[str] = []
    index = position
    while index < len(text) and index - position < 2_000:
        character = text[index]
        if character in "'\"":
            index = _string_end(text, index)
            if index == 0:
                return 0
            continue
        if character in _CLOSING:
            open_brackets.append(_CLOSING[character])
        elif character in ")]}":
            if open_brackets.pop() != character:
                return 0
            if not open_brackets:
                return index + 1
        index += 1
    return 0


def expression_end(text: str, start: int) -> int:
    """Past the call that starts here with all that is chained to it; 0 if it is not closed."""
    end = _bracket_end(text, text.index("(", start))
    while end and end < len(text):
        attribute = re.compile(r"\.[A-Za-z_]\w*").match(text, end)
        if attribute is not None:
            end = attribute.end()
        elif text[end] in "([":
            end = _bracket_end(text, end)
        else:
            break
    return end


def is_simple(code: str, names: frozenset[str]) -> bool:
    """Whether this is one expression that calls one of `names` and needs nothing but them and the built-ins."""
    try:
        tree = ast.parse(code.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bound = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, _REFUSED) or (isinstance(node, ast.Constant) and node.value is Ellipsis):
            return False
    return bool(used & names) and used <= names | BUILTIN_NAMES | bound


PYTHON = Dialect(
    comment=r"\#",
    before=rf"(?:(?:{_WRAPPERS})\()*",
    error=r"[A-Z]\w*(?:Error|Exception|Iteration)",
    literal_at=literal_at,
    is_simple=is_simple,
)
