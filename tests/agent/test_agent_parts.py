"""What of a task concerns one file."""

from __future__ import annotations

import pytest

from smallcode_jupyter.agent.parts import part_of

WORDS = """\
Please add tags to our tracker (src/app), through all layers:

- model.py: `Expense` gets a last field `tags`.
- src/app/store.py: `save` writes them
  as a JSON list.
- Old lines load with no tags.
- `Service.find(tag)` finds them.

Example: `tags` are ("a", "b").

Names stay."""
PATHS = {"src/app/model.py", "src/app/store.py", "src/app/service.py", "src/app/cli.py"}
DEFINES = {"src/app/service.py": ("Service", "find")}
OPENING = "Please add tags to our tracker (src/app), through all layers:"


@pytest.mark.parametrize(
    ("path", "own"),
    [
        (
            "src/app/model.py",
            ("- model.py: `Expense` gets a last field `tags`.", 'Example: `tags` are ("a", "b").'),
        ),
        (
            "src/app/store.py",
            ("- src/app/store.py: `save` writes them\n  as a JSON list.\n- Old lines load with no tags.",),
        ),
        ("src/app/service.py", ("- `Service.find(tag)` finds them.",)),
    ],
)
def test_a_file_gets_its_items_and_what_is_said_of_them(path: str, own: tuple[str, ...]) -> None:
    assert part_of(WORDS, path, paths=PATHS, defines=DEFINES) == "\n\n".join((OPENING, *own))


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (WORDS, "src/app/cli.py"),
        ("Change model.py and store.py.", "src/app/model.py"),
        ("- model.py: one thing.\n- model.py: another.", "src/app/model.py"),
        ("1. The sum is wrong.\n2. So is the mean.", "src/app/model.py"),
        ("", "src/app/model.py"),
    ],
)
def test_where_no_item_tells_it_apart_there_is_no_part(words: str, path: str) -> None:
    assert part_of(words, path, paths=PATHS, defines=DEFINES) == ""


def test_a_remark_that_names_the_file_belongs_to_it() -> None:
    words = "- a.py: `one`.\n- b.py: `two`.\n\nIn a.py nothing else changes.\n\nThank you."
    assert part_of(words, "a.py", paths={"a.py", "b.py"}, defines={}) == (
        "- a.py: `one`.\n\nIn a.py nothing else changes."
    )


def test_an_item_about_a_file_that_stays_belongs_to_none() -> None:
    words = "- a.py: `one`.\n- c.py stays.\n- b.py: `two`."
    assert part_of(words, "a.py", paths={"a.py", "b.py"}, defines={}) == "- a.py: `one`."
