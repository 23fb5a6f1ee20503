"""Answers in Go and Rust are compared by what they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.toolchains import find_go, find_rustc
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.workspace.staging import Staging

WORDS = 'Complete first_word in m.rs. Example: first_word("Host: a.org") is "Host:". Without words it is "".'
GO_WORDS = 'Complete FirstWord in m.go. Example: FirstWord("Host: a.org") is "Host:". Without words it is "".'
RUST = "pub fn first_word(text: &str) -> String {\n    BODY\n}\n"
GO = 'package main\n\nimport "strings"\n\nfunc FirstWord(text string) string {\n\tBODY\n}\n'


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "m.rs").write_text(RUST.replace("BODY", "todo!()"))
    (tmp_path / "work" / "m.go").write_text(GO.replace("BODY", 'return strings.ToLower("")'))
    (tmp_path / "work" / "go.mod").write_text("module m\n\ngo 1.21\n")
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    yield staging
    staging.close()


@pytest.mark.parametrize(
    ("path", "words", "text", "bodies", "is_installed"),
    [
        (
            "m.rs",
            WORDS,
            RUST,
            (
                'text.split_whitespace().next().unwrap_or("").to_string()',
                "text.split_whitespace().take(1).collect()",
                "text.split_whitespace().next().unwrap().to_string()",
            ),
            find_rustc() is not None,
        ),
        (
            "m.go",
            GO_WORDS,
            GO,
            (
                'f := strings.Fields(text)\n\tif len(f) == 0 {\n\t\treturn ""\n\t}\n\treturn f[0]',
                'for _, word := range strings.Fields(text) {\n\t\treturn word\n\t}\n\treturn ""',
                "return strings.Fields(text)[0]",
            ),
            find_go() is not None,
        ),
    ],
)
def test_two_right_answers_behave_alike_and_one_that_panics_breaks(
    staging: Staging, path: str, words: str, text: str, bodies: tuple[str, ...], is_installed: bool
) -> None:
    observer = Observer(staging, seconds=60.0)
    seen = []
    for body in bodies:
        staging.write(path, text.replace("BODY", body))
        seen.append(observer.observe((path,), words))
    first, second, careless = seen
    assert (len(first.outcomes) > 5) == is_installed
    assert first.outcomes == second.outcomes
    assert first.breaks == second.breaks == ()
    assert any("panicked" in broken for broken in careless.breaks) == is_installed
