"""A cautious guess at token counts, for servers that do not tell theirs.

The guess must not be too low, or a prompt is silently cut. Checked in the tests against the Qwen 2.5 tokenizer on
source code, prose, numbers and several scripts.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from smallcode_jupyter.protocol.model import ModelInfo, ModelRequest, Usage

__all__ = ["calibrated", "estimate_request", "estimate_tokens"]

_MESSAGE_TOKENS = 8
"""Role markers of one message in the wordiest of the usual chat templates."""
_PROMPT_TOKENS = 48
"""The opening of the answer, and the system prompt that some templates put in where there is none."""
_PIECE = re.compile(
    r"""(?P<key>(?=[A-Za-z+/=]*\d)[A-Za-z0-9+/=]{24,})
    | (?P<word>[ ]?(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+))
    | (?P<space>[^\S\n]+) | (?P<newline>\n+) | (?P<foreign>[^\x00-\x7f]) | (?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_WORD_LETTERS = 4
"""Letters in a token of an uncommon word; common words are longer."""
_CODE_LETTERS = 1.4
"""Letters in a token of what is no word: abbreviations."""
_KEY_LETTERS = 1.0
"""Characters in a token of keys and hashes, where each digit is one."""
_BYTES_PER_TOKEN = 3


def estimate_tokens(text: str) -> int:
    """Tokens of a text, rather too many than too few; 0 only for the empty text."""
    pieces = 0.0
    for match in _PIECE.finditer(text):
        if match.lastgroup == "word":
            pieces += _word_tokens(match[0].strip())
        elif match.lastgroup == "key":
            pieces += len(match[0]) / _KEY_LETTERS
        elif match.lastgroup == "foreign":
            pieces += _foreign_tokens(match[0])
        else:
            pieces += 1
    by_length = -(-len(text.encode("utf-8", errors="replace")) // _BYTES_PER_TOKEN)
    return max(by_length, -int(-pieces // 1))


def _word_tokens(word: str) -> int:
    letters = _WORD_LETTERS if _VOWEL.search(word) else _CODE_LETTERS
    return -int(-len(word) // letters)


def _foreign_tokens(character: str) -> float:
    """A letter of another script: at most one token a byte, in practice far fewer below the rare planes."""
    code = ord(character)
    if code >= 0x10000:
        return 4
    return 1 if code < 0x800 else 2


def estimate_request(request: ModelRequest) -> int:
    """Tokens of the whole prompt with its template and tool texts, rather too many than too few."""
    total = _PROMPT_TOKENS
    for message in request.messages:
        total += _MESSAGE_TOKENS + estimate_tokens(message.content)
        for call in message.calls:
            total += _MESSAGE_TOKENS + estimate_tokens(call.name + json.dumps(dict(call.arguments)))
    for tool in request.tools:
        total += estimate_tokens(json.dumps(tool.schema()))
    return total


def calibrated(info: ModelInfo, request: ModelRequest, usage: Usage) -> ModelInfo:
    """With what the server's count of this prompt says about estimates. The highest share seen stays: a server that
    reports only what was not in its cache must not make later prompts look short.
    """
    if info.has_tokenizer or usage.is_estimated or not usage.prompt_tokens:
        return info
    share = usage.prompt_tokens / estimate_request(request)
    return replace(info, tokens_per_estimate=max(share, info.tokens_per_estimate or 0.0))
