"""Examples in several steps: `add("a"); add("b") -> count() is 2`, `s = Stack(); s.push(1); s.pop() -> 1`.

A story is read from its start as far as every word of it is understood; what comes after that is left out, and with
it all that would depend on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.prose import (
    Dialect,
    ProseExample,
    expression_end,
    is_complaint,
    outcome_at,
    reported_at,
)
from smallcode_jupyter.checks.trim import shorten

__all__ = ["Subject", "find_scenarios"]

_START = re.compile(
    r"\b(?:For example|Examples?|[Ee]\.g\.)[^\S\n]*[:,]?\s*|```[\w+-]*\n|\n\n(?=    \S)|\n\n(?=\t\S)"
)
_FILLER = re.compile(
    r"(?:[\s,;`]|->|=>|→|\b(?:and|then|after(?:wards)?|with|as well|also|first|now|that|it|finally|again|later|next)\b"
    r"|(?<=[\s;,`)\]}\"'\d])\.(?=\s))*",
    re.IGNORECASE,
)
_ONLY_ARROWS = re.compile(r"[`\s]*(?:->|=>|→)[`\s]*")
_BINDING = re.compile(r"(?:(?:const|let|var|let mut)\s+)?(?:([A-Za-z_$]\w*)\s*(?::=|=(?!=))\s*)?")
_GO_VARIABLE = re.compile(r"var\s+(\w+)\s+(\w+)(?=\s)")
_HEAD = re.compile(
    r"(?:await\s+)?(?:new\s+)?&?(?P<name>[A-Za-z_$][\w$]*)(?P<path>(?:(?:\.|::)[A-Za-z_$][\w$]*)*)"
    r"(?:<[\w\s,|\[\]\"']+>(?=\())?"
)
_MOST_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A class, or a type with methods, that a story is about."""

    name: str
    methods: frozenset[str]
    makers: frozenset[str]
    """Functions that make one, besides its own name: `NewQueue`, `createQueue`."""
    default: str
    """What makes one where the story does not say; empty where it needs to know more."""


def find_scenarios(
    text: str, subjects: tuple[Subject, ...], names: frozenset[str], dialect: Dialect, *, let: str
) -> tuple[Group, ...]:
    """The stories of a text about one of the subjects, each a group of steps with at least one outcome.

    `let` is how the language binds a variable, with `{name}` and `{value}`.
    """
    found: dict[tuple[Step, ...], Group] = {}
    for start in _START.finditer(text):
        # What is told in a complaint is what happens now, unless it says what is expected.
        is_strict = is_complaint(text, start.start())
        story = _Story(text, subjects, names, dialect, let, is_strict=is_strict)
        steps = story.read(start.end())
        if sum(step.kind != "run" for step in steps) and len(steps) > 1:
            found[steps] = Group(steps=steps, origin="")
    return tuple(found.values())


class _Story:
    def __init__(
        self,
        text: str,
        subjects: tuple[Subject, ...],
        names: frozenset[str],
        dialect: Dialect,
        let: str,
        *,
        is_strict: bool,
    ) -> None:
        self._text = text
        self._subjects = subjects
        self._names = names
        self._dialect = dialect
        self._let = let
        self._is_strict = is_strict
        self._bound: dict[str, Subject | None] = {}
        self._steps: list[Step] = []
        self._told: list[str] = []

    def read(self, position: int) -> tuple[Step, ...]:
        """The steps up to the first thing that is not understood, the last of them with an outcome."""
        while len(self._steps) < _MOST_STEPS:
            filler = _FILLER.match(self._text, position)
            position = filler.end() if filler else position
            following = self._item(position)
            if following is None:
                break
            position = following
        steps = self._steps
        while steps and steps[-1].kind == "run":
            steps.pop()
        return tuple(steps)

    def _item(self, position: int) -> int | None:
        """Read one binding, call or property with its outcome; past it, or None."""
        variable = _GO_VARIABLE.match(self._text, position)
        if variable:
            subject = next((each for each in self._subjects if each.name == variable[2]), None)
            if subject is None:
                return None
            self._bound[variable[1]] = subject
            self._steps.append(Step(kind="run", source=variable[0]))
            return variable.end()
        binding = _BINDING.match(self._text, position)
        name = binding[1] if binding else None
        start = binding.end() if binding and name else position
        head = _HEAD.match(self._text, start)
        if head is None:
            return None
        is_call = self._text.startswith("(", head.end())
        end = expression_end(self._text, start) if is_call else head.end()
        if not end or (not is_call and name):
            return None
        source = " ".join(self._text[start:end].split("\n"))
        maker = self._maker(head)
        if maker is not None and is_call and self._is_known(source):
            return self._make(maker, source, name, end)
        call = self._call(head, source, is_bound=bool(name))
        if call is None or not self._is_known(call):
            return None
        return self._step(call, source, name, end, is_call=is_call)

    def _is_known(self, source: str) -> bool:
        known = self._names | self._bound.keys()
        known |= {name for subject in self._subjects for name in (subject.name, *subject.makers)}
        return self._dialect.is_simple(source, frozenset(known))

    def _maker(self, head: re.Match[str]) -> Subject | None:
        name, path = head["name"], head["path"]
        for subject in self._subjects:
            if name == subject.name and (not path or path == "::new"):
                return subject
            if name in subject.makers and not path:
                return subject
        return None

    def _make(self, subject: Subject, source: str, name: str | None, end: int) -> int:
        name = name or "it"
        self._bound = {**self._bound, name: subject}
        self._steps.append(Step(kind="run", source=self._let.format(name=name, value=source)))
        return end

    def _call(self, head: re.Match[str], source: str, *, is_bound: bool) -> str | None:
        """The call with its receiver; None where what it is called on is not clear."""
        name, path = head["name"], head["path"]
        if name in self._bound:
            return source if path else None
        bare = next((each for each in self._subjects if name in each.methods), None)
        if bare is not None and not path:
            receiver = self._receiver(bare)
            return f"{receiver}.{source}" if receiver else None
        named = next((each for each in self._subjects if each.name.lower().endswith(name.lower())), None)
        if named is not None and path and path.lstrip(".").split(".")[0] in named.methods and len(name) > 2:
            return source if self._begin(named, name) else None
        if name in self._names and not path and (self._steps or is_bound):
            return source
        return None

    def _receiver(self, subject: Subject) -> str | None:
        known = [name for name, each in self._bound.items() if each is subject]
        if known:
            return known[-1]
        return "it" if self._begin(subject, "it") else None

    def _begin(self, subject: Subject, name: str) -> bool:
        """Make one as the story must have begun."""
        if not subject.default:
            return False
        self._bound = {**self._bound, name: subject}
        self._steps.append(Step(kind="run", source=self._let.format(name=name, value=subject.default)))
        return True

    def _step(self, call: str, source: str, name: str | None, end: int, *, is_call: bool) -> int | None:
        outcome = None if name else self._outcome(call, end)
        if outcome is None:
            return self._unjudged(call, source, name, end) if is_call else None
        told = f"after {'; '.join(self._told[-4:])}: " if self._told else ""
        self._steps.append(
            Step(
                kind="value",
                source=call,
                want=outcome.expected,
                raises=outcome.raises,
                shown=f"{told}{shorten(source)}",
            )
        )
        self._told.append(shorten(source, 60))
        return self._after_outcome(end, outcome.expected or outcome.raises)

    def _outcome(self, call: str, end: int) -> ProseExample | None:
        if not self._is_strict:
            return outcome_at(self._text, end, call, self._dialect)
        wanted = reported_at(self._text, end, self._dialect)
        return ProseExample(expression=call, expected=wanted) if wanted is not None else None

    def _unjudged(self, call: str, source: str, name: str | None, end: int) -> int | None:
        """A call of which nothing is said, or only in a comment; None where what is said was not understood."""
        comment = re.compile(rf"`?[;,]?[ \t]*{self._dialect.comment}[^\n]*").match(self._text, end)
        if comment is None and self._says_more(end):
            return None
        self._steps.append(Step(kind="run", source=self._let.format(name=name, value=call) if name else call))
        self._told.append(shorten(source, 60))
        if name:
            self._bound = {**self._bound, name: None}
        return comment.end() if comment else end

    def _says_more(self, end: int) -> bool:
        """Whether something is said of the call that was not understood: then what follows is not certain."""
        arrow = _ONLY_ARROWS.match(self._text, end)
        if arrow:
            following = _HEAD.match(self._text, arrow.end())
            return following is None
        return self._dialect.separator().match(self._text, end) is not None

    def _after_outcome(self, end: int, wanted: str) -> int:
        """Past the outcome's words, and past a remark in brackets or to the end of a comment."""
        position = self._text.index(wanted, end) + len(wanted)
        remark = re.compile(r"`?\s*\([^()\n]*\)").match(self._text, position)
        position = remark.end() if remark else position
        line = self._text[self._text.rfind("\n", 0, position) + 1 : position]
        if re.search(self._dialect.comment, line):
            newline = self._text.find("\n", position)
            position = newline if newline >= 0 else len(self._text)
        return position
