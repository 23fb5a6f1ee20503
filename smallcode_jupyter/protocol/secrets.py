"""Secrets: what looks like a key, token or password, by name, by shape and by entropy; and masks that can be undone.

Two uses. What a person's variables and cells say of secrets is never told to a model: `mask_secrets`, `mask_source`.
And whatever goes to another machine goes through `Masks`, which knows more shapes, because it can put everything back.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

__all__ = [
    "HIDDEN",
    "Masks",
    "find_secrets",
    "is_secret_name",
    "mask_secrets",
    "mask_source",
    "masks_brought",
]

HIDDEN = "<hidden>"
_NAME = re.compile(
    r"(?i)(passw|passphrase|pwd$|secret|token$|api_?key|access_?key|private_?key|credential|cookie|bearer"
    r"|^auth(orization)?$|^dsn$|conn(ection)?_?str(ing)?$|_key$)"
)
_SHAPE = re.compile(
    r"sk-[\w-]{16,}|[sr]k_(?:live|test)_\w{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|hf_\w{20,}"
    r"|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|xox[abprs]-[\w-]{10,}|npm_\w{30,}|pypi-[\w-]{50,}"
    r"|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)|(?i:(?<=bearer )|(?<=basic ))[\w.~+/=-]{16,}"
)
_LONG_WORD = re.compile(r"[\w+=-]{32,}")
_LEAST_OF_EACH = 3
"""Digits, small and capital letters in a long word that only a machine writes."""
_ASSIGNED = re.compile(
    r"""(?P<name>[A-Za-z_]\w*)(?P<between>["']?\]?\s*(?::\s*\w+\s*)?[=:]\s*)[rbfu]{0,2}(?P<quote>["'])(?P<value>(?:(?!(?P=quote)).)+)(?P=quote)"""
)
_BARE = re.compile(
    r"^\s*(?:export\s+|-\s+)?(?P<name>[A-Za-z_][\w.-]*)\s*[=:]\s*(?P<value>[^\s\"'$<>(){}\[\],;#]{6,})\s*$",
    re.MULTILINE,
)
"""A line of `.env`, YAML or INI: the value stands bare."""
_WORD = re.compile(r"[A-Za-z0-9+/=_-]{20,}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{32,}")
_LEAST_ENTROPY = 3.9
"""Bits a character. Random letters and digits have 4 and more at this length; names and words 3.7 and less."""
_LEAST_DIGITS = 3
_MASK = re.compile(r"(?i)SECRET_\d+_HIDDEN")
_PIECES = re.compile(r"""(["'\\\r\n]+)""")
"""Never inside a mask: what comes back must fit into a quoted text of any language, into JSON and on one line."""


def is_secret_name(name: str) -> bool:
    """Whether the name suggests that its value should not be shown to a model."""
    return bool(_NAME.search(name))


def mask_secrets(text: str) -> str:
    """The text with whatever looks like a key, token or password in an address replaced."""
    return _LONG_WORD.sub(_masked_word, _SHAPE.sub(HIDDEN, text))


def mask_source(code: str) -> str:
    """Code with what looks like a secret replaced, and the texts that it gives to names that suggest one."""
    return mask_secrets(_ASSIGNED.sub(_masked_assignment, code))


def find_secrets(text: str, *, known: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Where secrets stand, as pairs of start and end, in order and apart. `known` are looked for as they are."""
    spans = sorted(_spans(text, known), key=lambda span: (span[0], -span[1]))
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return tuple(found)


class Masks:
    """Gives each secret a mask of its own and takes it back: `unmask(mask(text)) == text` for every text.

    One object for one conversation: a secret keeps its mask, so prompts keep their beginning.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are secrets whatever they look like, such as values of the environment."""
        self._known = tuple(known)
        self._mask_of: dict[str, str] = {}
        self._secret_of: dict[str, str] = {}

    def mask(self, text: str) -> str:
        """The text with a mask for each secret. A text that already reads like a mask is treated as one."""
        parts, end = [], 0
        for start, stop in find_secrets(text, known=self._known):
            parts.append(text[end:start])
            # With the group, split() keeps what cannot be inside a mask.
            parts += map(self._mask, _PIECES.split(text[start:stop]))
            end = stop
        return "".join([*parts, text[end:]])

    def mask_value(self, name: str, text: str) -> str:
        """The text with masks, as a whole where it is the value of something that is named like a secret."""
        return "".join(map(self._mask, _PIECES.split(text))) if is_secret_name(name) else self.mask(text)

    def unmask(self, text: str) -> str:
        """The text with the secrets back in their places; a mask that was never given stays."""
        return _MASK.sub(lambda found: self._secret_of.get(found[0].upper(), found[0]), text)

    @property
    def count(self) -> int:
        """Secrets masked so far."""
        return len(self._mask_of)

    def _mask(self, secret: str) -> str:
        if not secret or _PIECES.fullmatch(secret):
            return secret
        if secret not in self._mask_of:
            mask = f"SECRET_{len(self._mask_of) + 1}_HIDDEN"
            self._mask_of[secret] = mask
            self._secret_of[mask] = secret
        return self._mask_of[secret]


def masks_brought(before: str, after: str) -> tuple[str, ...]:
    """Masks in `after` that `before` does not have: a model wrote down what it was shown in place of a secret.

    `<hidden>` counts only where `before` has something that is hidden from models: else it is an ordinary word.
    """
    brought = [mask for mask, times in Counter(_MASK.findall(after)).items() if times > before.count(mask)]
    if after.count(HIDDEN) > before.count(HIDDEN) and mask_source(before) != before:
        brought.append(HIDDEN)
    return tuple(brought)


def _spans(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    for pattern in (_MASK, _SHAPE, _HEXADECIMAL):
        yield from (found.span() for found in pattern.finditer(text))
    for pattern in (_ASSIGNED, _BARE):
        yield from (found.span("value") for found in pattern.finditer(text) if is_secret_name(found["name"]))
    yield from (found.span() for found in _WORD.finditer(text) if _is_random(found[0]))
    for secret in known:
        yield from (found.span() for found in re.finditer(re.escape(secret), text))


def _is_random(word: str) -> bool:
    """Whether only a machine writes such a word: many different characters, digits among letters."""
    if sum(map(str.isdigit, word)) < _LEAST_DIGITS or not any(map(str.isalpha, word)):
        return False
    shares = [times / len(word) for times in Counter(word).values()]
    return -sum(share * math.log2(share) for share in shares) >= _LEAST_ENTROPY


def _masked_word(found: re.Match[str]) -> str:
    """A long mixture of digits, small and capital letters is a key; a long name or a hexadecimal sum is not."""
    word = found[0]
    counts = (sum(test(letter) for letter in word) for test in (str.isdigit, str.islower, str.isupper))
    return HIDDEN if all(count >= _LEAST_OF_EACH for count in counts) else word


def _masked_assignment(found: re.Match[str]) -> str:
    if not is_secret_name(found["name"]):
        return found[0]
    quote = found["quote"]
    return f"{found['name']}{found['between']}{quote}{HIDDEN}{quote}"
