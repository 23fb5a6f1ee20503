"""The cautious estimate against counts of the Qwen 2.5 tokenizer, taken once from a llama.cpp server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smallcode_jupyter.models.counting import calibrated, estimate_request, estimate_tokens
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile, ModelRequest, Usage

COUNTED = [
    ("hex and digits", "0x1f3a 12345678901234567890 3.14159", 35),
    ("German", "Größe der Tür überprüfen, äöüß", 11),
    ("Chinese", "这是一个测试程序,用来计算令牌", 7),
    ("Russian", "Привет, мир! Как дела?", 9),
    ("emoji", "🙂🚀🎉🧪👩\u200d👩\u200d👧\u200d👦", 14),
    ("one letter", "a" * 200, 25),
    ("consonants", "xqzptvkjwl wkjqzx_vbnm", 13),
    ("brackets", "{}[]()<>;:,.!?" * 10, 80),
    ("blank", "\n\n\n   \t\t  x", 4),
    ("Hebrew, Arabic", "שלום עולם مرحبا", 6),
    ("boxes", "print('═'*40) # ─────────", 11),
    ("key", "AAAAB3NzaC1yc2EAAAADAQABAAABgQC7vbqajDhA9f8fh3jXk2", 34),
    ("rare planes", "zß水🍌𠀀", 7),
    ("Hindi", "हिन्दी में लिखें", 15),
    ("Thai", "ภาษาไทย ทดสอบ", 4),
    ("marks", "____init____ === !== ->", 6),
    (
        "code",
        'def mean(values: list[float]) -> float:\n    """The mean."""\n    return sum(values) / len(values)\n',
        24,
    ),
    ("camel", "getElementsByTagNameNS(nsURI, qName).addEventListener(onKeyDownHandler)", 13),
    ("json", '{"name": "edit_file", "arguments": {"path": "src/utils.py", "n": [1, 2, 3]}}', 31),
    ("html", '<div class="jp-OutputArea-output" data-id="42"><svg viewBox="0 0 10 10"/></div>', 30),
    (
        "base64",
        "RCCCPP3m8cJrMPkOx90B5Ih1NKIPCw0Ew27YDnHg/XewdnDrlAvVM1+XParYYZuR/8kR9XzO1Fi7vyzgN1PJvfoP8BadyVdW"
        "dAZmds+wtOuJAsRCadoc9rpm0/i21LEAqeoOdVpcLoIQJCoI5wePf4k4XrCUI1VR",
        118,
    ),
    ("hash", "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046", 53),
    ("prose", "The quick brown fox jumps over the lazy dog, and nobody minds.", 14),
    ("greek", "α+β≥γ ∑∫√∞ ≠ ε", 12),
    ("upper", "HTTP_NOT_FOUND XMLHTTPREQUEST ERR_CONN_RST", 9),
]


@pytest.mark.parametrize(("text", "tokens"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED])
def test_estimate_is_never_too_low(text: str, tokens: int) -> None:
    assert estimate_tokens(text) >= tokens


@pytest.mark.parametrize("kind", ["code", "json", "html", "prose"])
def test_estimate_of_usual_texts_is_less_than_twice_too_high(kind: str) -> None:
    text, tokens = next(row[1:] for row in COUNTED if row[0] == kind)
    assert estimate_tokens(text) < 2 * tokens


def test_nothing_is_no_token() -> None:
    assert estimate_tokens("") == 0


def test_long_numbers_count_each_digit() -> None:
    assert estimate_tokens("1" * 500) >= 500


def test_estimates_are_calibrated_by_the_servers_counts_and_never_down_again() -> None:
    request = ModelRequest(messages=(Message(role="user", content="total = price * amount\n" * 50),))
    estimate = estimate_request(request)
    info = ModelInfo(
        name="m",
        base_url="",
        server="ollama",
        context_window=4_096,
        is_window_known=True,
        profile=ModelProfile(name="test"),
    )
    told = calibrated(info, request, Usage(prompt_tokens=estimate // 2))
    assert told.tokens_per_estimate == pytest.approx(0.5, abs=0.01)
    assert calibrated(told, request, Usage(prompt_tokens=20)) == told
    assert calibrated(told, request, Usage(is_estimated=True, prompt_tokens=9_000)) == told
    exact = replace(info, has_tokenizer=True)
    assert calibrated(exact, request, Usage(prompt_tokens=estimate // 2)) == exact


def test_surrogates_do_no_harm() -> None:
    assert estimate_tokens("\ud800 lone") > 0


def test_prompt_has_more_than_its_messages() -> None:
    one = ModelRequest(messages=(Message(role="user", content="hi"),))
    two = ModelRequest(messages=(*one.messages, Message(role="assistant", content="hello")))
    # Qwen's template makes 30 tokens of the first, with the system prompt that it puts in.
    assert 30 <= estimate_request(one) < estimate_request(two)
