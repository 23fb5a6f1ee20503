"""Answers for Python files: what is mended on the way into the file."""

from __future__ import annotations

import ast

import pytest

from smallcode_jupyter.workspace.mends import tell_mends
from smallcode_jupyter.workspace.merging import mend_file, merge_answer

OLD = '''"""Durations."""


class Clock:
    """A clock."""

    def text(self):
        """What it
        shows."""
        raise NotImplementedError


def parse(text):
    """The seconds of a text."""
    raise NotImplementedError
'''
PARSE = "def parse(text):\n    return int(text)\n"


def merged(answer: str, old: str = OLD) -> tuple[str, str]:
    """The merged text and the mends in words; merging again changes nothing."""
    outcome = merge_answer(old, answer, "src/clock.py")
    assert outcome.text is not None, outcome.problem
    ast.parse(outcome.text)
    again = merge_answer(outcome.text, answer, "src/clock.py")
    assert (again.text, again.problem and again.problem.code) == (None, "no_change")
    return outcome.text, tell_mends(outcome.mends)


def test_docstrings_that_were_left_out_come_back() -> None:
    text, mends = merged("class Clock:\n    def text(self):\n        return 1\n\n\n" + PARSE)
    clock = (
        'class Clock:\n    """A clock."""\n    def text(self):\n'
        '        """What it\n        shows."""\n        return 1\n'
    )
    parse = 'def parse(text):\n    """The seconds of a text."""\n    return int(text)\n'
    assert text == f'"""Durations."""\n\n{clock}\n\n{parse}'
    assert mends == "kept-docstring: Clock, Clock.text, parse"


def test_docstrings_take_the_indentation_of_the_new_code() -> None:
    text, _ = merged("class Clock:\n  def text(self):\n    return 1\n  def more(self): return 2\n")
    assert ast.get_docstring(ast.parse(text).body[1].body[1]) == "What it\nshows."  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("trial", "mends"),
    [
        ('print(parse("3"))\n', 'dropped-demonstration: print(parse(\'3\'))'),
        ('if __name__ == "__main__":\n    print(parse("3"))\n', "dropped-demonstration: if __name__ == '__main__':"),
        (
            "clock = Clock()\nassert clock.text() == 1\n",
            "dropped-demonstration: clock = Clock(), assert clock.text() == 1",
        ),
        ("for n in range(3):\n    print(parse(n))\n", "dropped-demonstration: for n in range(3):"),
        ("register(parse)\n", "left-out: register(parse)"),
    ],
)  # fmt: skip
def test_statements_that_the_file_had_nothing_of_are_left_out(trial: str, mends: str) -> None:
    text, told = merged(f"{PARSE}\n\n{trial}")
    assert text == OLD[: OLD.rindex("    raise")] + "    return int(text)\n"
    assert told == f"{mends}; kept-docstring: parse"


def test_statements_come_at_the_end_where_the_task_asks_for_them() -> None:
    answer = f'{PARSE}\n\nresult = parse("3")\n# shown\nprint(result)\n'
    text = merge_answer(OLD, answer, "clock.py", keeps_demonstrations=True).text
    assert text is not None
    assert text.endswith('    return int(text)\n\n\nresult = parse("3")\n# shown\nprint(result)\n')


def test_tests_for_another_file_are_no_part_of_this_one() -> None:
    answer = f"{PARSE}\n\n# test_clock.py\nimport pytest\n\n\ndef test_parse():\n    assert parse('1') == 1\n"
    text, mends = merged(answer)
    assert "pytest" not in text
    assert mends == "dropped-section: test_clock.py; kept-docstring: parse"


def test_forgotten_imports_are_added() -> None:
    text, mends = merged(PARSE.replace("int(text)", "Counter(re.findall('a', text))"))
    assert text.startswith('"""Durations."""\n\nimport re\nfrom collections import Counter\n\n\nclass Clock:')
    assert mends == "kept-docstring: parse; added-import: import re, from collections import Counter"


def test_a_whole_text_loses_only_what_tries_it_out() -> None:
    trial = (
        "\n\n# Example usage\nclock = Clock()\nprint(clock.text())\n"
        '\n\nif __name__ == "__main__":\n    print(parse("1"))\n'
    )
    text, mends = mend_file(OLD, OLD.replace("text):", "text: str):") + trial, "clock.py")
    assert text == OLD.replace("text):", "text: str):")
    assert {mend.name for mend in mends} == {"dropped-demonstration"}
    for kept in (
        OLD + '\n\nif __name__ == "__main__":\n    main()\n',
        OLD + "\n\nregister(parse)\n",
        "print(1)\n",
        "def parse(text):\n    return 1\n\n\nprint(parse(''))\n",
    ):
        assert mend_file(OLD, kept, "clock.py") == (kept, [])
    script = "def f():\n    return 1\n\n\nprint(f())\n"
    assert mend_file(script, script.replace("1", "2"), "clock.py")[0] == script.replace("1", "2")
    assert mend_file("", script, "clock.py") == (script, [])


def test_a_file_does_not_import_from_itself() -> None:
    text, mends = merged(f"from clock import Clock, parse\nfrom clock import gone\n\n\n{PARSE}")
    assert "import" not in text
    assert mends == (
        "dropped-import: from clock import Clock, parse, from clock import gone; kept-docstring: parse"
    )
    other = f"from clock import gettime\n\n\n{PARSE}"
    assert "from clock import gettime\n" in merged(other)[0]


def test_names_of_files_in_a_docstring_begin_no_section() -> None:
    answer = 'def parse(text):\n    """Reads\n\n# settings.py\n\nconfig.json:\n"""\n    return int(text)\n'
    text, mends = merged(answer)
    assert text.endswith(answer)
    assert mends == ""


def test_a_class_that_is_imported_is_not_defined_again() -> None:
    old = "from clock import Clock\n\n\ndef parse(text):\n    return Clock()\n"
    copy = "@dataclass\nclass Clock:\n    seconds: int\n\n\n"
    text, mends = merged(f"{copy}def parse(text):\n    return Clock(int(text))\n", old)
    assert text == old.replace("Clock()", "Clock(int(text))")
    assert mends == "dropped-copy: Clock, which is imported from clock"
    assert "class Clock" in merged(copy, old)[0]
