"""What a hint may say: code cut out of a model's answer, and hints that the harness makes itself. Pure.

Small models obey badly: asked for a question they write the solution. So nothing they write is shown as it came.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from smallcode_jupyter.protocol.tutoring import Rung

__all__ = ["Spoken", "made_hint", "spoken"]

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_TAGGED = re.compile(r"<(pre|code)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r"(`+)(.+?)\1")
_MARKER = re.compile(r"^\s*(?:[-*•>]|\d+[.)]|#+)\s+|^\s+")
_HEADER = re.compile(
    r"^(?:if|elif|else|for|while|def|class|with|try|except|finally|async|match|case)\b.*:\s*(?:#.*)?$"
)
_FOREIGN = re.compile(
    r"^[\])}]+[;,)]*$|[=(\[].*;$|[{;]$(?<!\w;)|=>|^@\w+"
    r"|^\w+(?:\[.*\])?\s*[+*/-]?=\s*[\[({]$|^%{1,2}\w|^[$!]\s*\w"
)
"""Lines of other languages, and halves of Python's that do not parse alone."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LOOKS_LIKE_CODE = re.compile(r"[=\[\](){}+*/%<>]|\breturn\b|\bimport\b|\blambda\b|\bfor\b")
_LEAD = re.compile(r":\s*$")
_MARK = "…"
_CUT = "\x00"
_MOST_WORDS = 60
"""Of a sentence that is looked through for code within it."""
_MOST_LINES: dict[Rung, int] = {"question": 3, "pointer": 6, "pseudo-code": 14}
_MOST_SENTENCES: dict[Rung, int] = {"question": 2, "pointer": 4, "pseudo-code": 30}
_FEWEST_WORDS = 4
_STATEMENTS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Return,
    ast.Delete,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.For,
    ast.While,
    ast.If,
    ast.With,
    ast.Raise,
    ast.Try,
    ast.Assert,
    ast.Import,
    ast.ImportFrom,
)
_EXPRESSIONS = (
    ast.BinOp,
    ast.Lambda,
    ast.IfExp,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Await,
    ast.Yield,
    ast.Call,
    ast.JoinedStr,
    ast.Subscript,
    ast.NamedExpr,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is left of an answer."""

    text: str
    """Empty where nothing is left that can be shown."""
    cut: int
    """Pieces of code that were taken out."""


def spoken(answer: str, rung: Rung) -> Spoken:
    """The words of an answer without its code, and no more of them than the rung is for. `rung` is not `code`."""
    text, blocks = _without_blocks(answer)
    lines: list[str] = []
    cut = blocks
    for line in _without_runs(text.splitlines()):
        if line == _CUT:
            cut += line != next(iter(lines[-1:]), "")
            lines.append(_CUT)
            continue
        words, count = _without_spans(line)
        cut += count
        lines.append(words)
    kept = _kept(lines)
    text = _questions(kept) if rung == "question" else "\n".join(_brief(kept, rung))
    return Spoken(text=text if len(re.findall(r"\w{2,}", text)) >= _FEWEST_WORDS else "", cut=cut)


def made_hint(rung: Rung, *, failing: str, error: str, has_attempt: bool) -> str:
    """A hint without a model: from the failing check, or the traceback. `failing` and `error` may be empty."""
    seen = _first_lines(failing) or _first_lines(error, last=True)
    if rung == "question":
        if failing:
            return (
                f"{seen}\nWork it through by hand: after which line is the value no longer what you expect?"
            )
        if error:
            return f"{seen}\nWhat are the values of the names in the line that fails, just before it runs?"
        if has_attempt:
            return (
                "Nothing that can be checked fails. Which input that the task allows have you not tried yet?"
            )
        return "What goes in, and what is to come out? Can you write down one small example by hand?"
    if rung == "pointer":
        if failing or error:
            place = (
                "the line that the traceback ends in"
                if error and not failing
                else "what happens for this input"
            )
            return f"Look at {place}, and print the values on the way to it:\n{seen}"
        return "Look at the task's own example: does each of your lines do what you would do by hand?"
    case = seen.partition("\n")[0]
    steps = [
        f"Take the case that fails: {case}" if case else "Take the smallest example of the task.",
        "Write down in words what has to happen to it, one step a line.",
        "Beside each step note the line of your code that does it.",
        "The first step without a line, or with one that does something else, is where to go on.",
    ]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _first_lines(text: str, *, last: bool = False) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return "\n".join(lines[-4:] if last else lines[:4])[:400]


def _without_blocks(answer: str) -> tuple[str, int]:
    text, fences = _FENCE.subn(_CUT, answer.replace(_CUT, ""))
    text, tags = _TAGGED.subn(_CUT, text)
    return text.replace(_CUT, f"\n{_CUT}\n"), fences + tags


def _without_runs(lines: list[str]) -> Iterator[str]:
    """The lines, with a mark in the place of each that is code, alone or with its neighbours."""
    index = 0
    while index < len(lines):
        length = _code_run(lines, index)
        yield _CUT if length else lines[index]
        index += length or 1


def _code_run(lines: list[str], start: int) -> int:
    """How many lines from here on are code together; 0 if this one is none."""
    line = _bare(lines[start])
    if not line or line == _CUT:
        return 0
    for length in range(min(12, len(lines) - start), 1, -1):
        run = lines[start : start + length]
        if all(part.strip() for part in (run[0], run[-1])) and _is_code(textwrap.dedent("\n".join(run))):
            return length
    return int(_is_code(line) or bool(_HEADER.match(line)) or bool(_FOREIGN.search(line)))


def _bare(line: str) -> str:
    """Without the marks of lists and quotations, and without backticks and stars around it."""
    before = None
    while before != line:
        before, line = line, _MARKER.sub("", line, count=1)
    return line.strip().strip("`*").strip()


def _is_code(text: str, *, is_within: bool = False) -> bool:
    """Whether it is Python, and neither plain words that happen to parse nor an example with only literals.

    `is_within` a sentence, a call that only names a function and what goes in is no code either.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    parts = list(ast.walk(tree))
    calls = [part.func for part in parts if isinstance(part, ast.Call)]
    free = [
        part
        for part in parts
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part not in calls
    ]
    if any(isinstance(part, _STATEMENTS) for part in parts):
        return bool(free) or not is_within
    if is_within and len(calls) == 1 and _is_simple_call(tree.body):
        return False
    return bool(free) and any(isinstance(part, _EXPRESSIONS) for part in parts)


def _is_simple_call(body: list[ast.stmt]) -> bool:
    value = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    return isinstance(value, ast.Call) and all(
        isinstance(part, ast.Name | ast.Constant) for part in value.args
    )


def _without_spans(line: str) -> tuple[str, int]:
    """A line of words with the code inside it replaced by a mark, and how often."""
    count = 0

    def judged(found: re.Match[str]) -> str:
        nonlocal count
        if not _is_code(found[2].strip(), is_within=True):
            return found[0]
        count += 1
        return _MARK

    sentences = [_without_windows(sentence) for sentence in _SENTENCE.split(_INLINE.sub(judged, line))]
    return " ".join(text for text, _ in sentences), count + sum(cut for _, cut in sentences)


def _without_windows(sentence: str) -> tuple[str, int]:
    """The longest runs of words that are code, replaced; one that is too long to look through goes whole."""
    words, count, start = sentence.split(" "), 0, 0
    if not _LOOKS_LIKE_CODE.search(sentence):
        return sentence, 0
    if len(words) > _MOST_WORDS:
        return _MARK, 1
    while start < len(words):
        for end in range(len(words), start, -1):
            window = " ".join(words[start:end]).strip().rstrip(".,:;!?").strip("`*")
            if _LOOKS_LIKE_CODE.search(window) and _is_code(window, is_within=True):
                words[start:end] = [_MARK]
                count += 1
                break
        start += 1
    return " ".join(words), count


def _kept(lines: list[str]) -> list[str]:
    """Without marks, and without the words that only lead up to code: `Here is the function:`."""
    kept: list[str] = []
    for line in lines:
        if line == _CUT:
            while kept and (not kept[-1].strip() or _LEAD.search(kept[-1])):
                kept.pop()
            continue
        kept.append(line.rstrip())
    return [line for line in kept if _bare(line).strip(f"{_MARK} .:")]


def _questions(lines: list[str]) -> str:
    """The first questions in the text: a question is all that this rung gives."""
    sentences = [part.strip() for line in lines for part in _SENTENCE.split(_MARKER.sub("", line))]
    asked = [part for part in sentences if part.endswith("?")]
    return " ".join(asked[: _MOST_SENTENCES["question"]])


def _brief(lines: list[str], rung: Rung) -> Iterator[str]:
    left = _MOST_SENTENCES[rung]
    for line in lines[: _MOST_LINES[rung]]:
        sentences = _SENTENCE.split(line)
        if left <= 0:
            return
        yield " ".join(sentences[:left])
        left -= len(sentences)
