"""Masks: every secret gets one, and every text comes back as it was."""

from __future__ import annotations

import random

import pytest

from smallcode_jupyter.protocol.secrets import HIDDEN, Masks, masks_brought

KEY = "sk-proj-Zk3vQ9xT7bN2mLpR8sWd"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq9\nx0Zz/4==\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"use {KEY} now", KEY),
        ("password = 'correct horse'", "correct horse"),
        ('{"api_key": "short1"}', "short1"),
        ("DB_PASSWORD=hunter22\nDEBUG=1", "hunter22"),
        ("  client_secret: abc-def-12", "abc-def-12"),
        ("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", "wJalrXUtnFEMI"),
        ("postgres://admin:s3cr3t!@db:5432/x", "s3cr3t!"),
        ("Authorization: Bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"),
        ("x = 'q8Zr2LkV0pYtW6nB3sXe'", "q8Zr2LkV0pYtW6nB3sXe"),
        ("id = 9e107d9d372bb6826bd81d3542a419d6", "9e107d9d372bb6826bd81d3542a419d6"),
        (PEM, "MIIEpAIBAAKCAQEA7bq9"),
        ("the word swordfish7 is one", "swordfish7"),
    ],
)
def test_a_secret_is_masked_and_put_back(text: str, secret: str) -> None:
    masks = Masks(known=("swordfish7",))
    masked = masks.mask(text)
    assert secret not in masked
    assert masks.unmask(masked) == text


@pytest.mark.parametrize(
    "text",
    [
        "def find_the_cheapest_rate_in_a_table(rates): ...",
        "password = getpass()",
        "token = tokens[0]",
        "token: str = ''",
        "class AnotherVeryLongNameOfAClassInThisNotebook2: pass",
        "2026-11-23T08:35:27 https://example.org/a/b/c?d=1",
        "from smallcode_jupyter.frontends.commands.bench_report import add",
        "assert total == 12345678901234567890",
        "key = row['key']",
    ],
)
def test_ordinary_code_stays_as_it_is(text: str) -> None:
    assert Masks().mask(text) == text


def test_a_secret_keeps_its_mask_and_others_get_their_own() -> None:
    masks = Masks()
    first = masks.mask(f"a {KEY}")
    assert masks.mask(f"b {KEY} password='zzz'") == first.replace("a ", "b ") + " password='SECRET_2_HIDDEN'"
    assert masks.count == 2


def test_a_text_that_reads_like_a_mask_comes_back_as_it_was() -> None:
    masks = Masks()
    text = "x = 'SECRET_1_HIDDEN'; password = 'SECRET_2_HIDDEN'; y = 'secret_1_hidden'"
    assert masks.unmask(masks.mask(text)) == text


def test_what_is_put_back_never_breaks_a_quoted_text() -> None:
    masks = Masks()
    masked = masks.mask("password = 'a\"b\\c\"'")
    assert masked == "password = 'SECRET_1_HIDDEN\"SECRET_2_HIDDEN\\SECRET_3_HIDDEN\"'"


def test_a_thousand_made_up_texts_come_back_as_they_were() -> None:
    chance = random.Random(9)
    pieces = [
        "password=",
        "'",
        '"',
        "\n",
        "\\",
        KEY,
        "SECRET_1_HIDDEN",
        "token: ",
        "9e107d9d" * 4,
        "é",
        " ",
        "_",
        "7",
        PEM,
    ]
    masks = Masks(known=("7 é",))
    for _ in range(1000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 12)))
        masked = masks.mask(text)
        assert KEY not in masked
        assert masks.unmask(masked) == text


@pytest.mark.parametrize(
    ("before", "after", "brought"),
    [
        ("x = 1", "x = 'SECRET_7_HIDDEN'", ("SECRET_7_HIDDEN",)),
        ("x = 'SECRET_7_HIDDEN'", "y = 'SECRET_7_HIDDEN'", ()),
        ("password = 'hunter2'", f"password = '{HIDDEN}'", (HIDDEN,)),
        ("", f"print('{HIDDEN}')", ()),
        ("x = 1", f"print('{HIDDEN}')", ()),
    ],
)
def test_masks_that_a_model_wrote_down_are_noticed(before: str, after: str, brought: tuple[str, ...]) -> None:
    assert masks_brought(before, after) == brought
