"""Arguments are fitted to the tool, and every mend has a name."""

from __future__ import annotations

import pytest
from parsing_corpus import SPECS

from smallcode_jupyter.agent.parsing.coerce import coerce_arguments
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Json, Parameter, ToolSpec

BY_NAME = {spec.name: spec for spec in SPECS}
EVERY_KIND = ToolSpec(
    name="kinds",
    category="read",
    description="One argument of each kind.",
    parameters=tuple(
        Parameter(name=f"a_{kind}", kind=kind, description=kind, is_required=False)  # type: ignore[arg-type]  # all are
        for kind in ("string", "integer", "number", "boolean", "array")
    ),
)


@pytest.mark.parametrize(
    ("key", "given", "fitted"),
    [
        ("a_string", 3, "3"),
        ("a_string", 2.5, "2.5"),
        ("a_string", True, "true"),
        ("a_string", {"a": [1]}, '{"a": [1]}'),
        ("a_string", ["x", "y"], "x\ny"),
        ("a_string", [1, 2], "[1, 2]"),
        ("a_integer", "3", 3),
        ("a_integer", " -12 ", -12),
        ("a_integer", 4.0, 4),
        ("a_integer", "7.0", 7),
        ("a_number", "2.5", 2.5),
        ("a_boolean", "True", True),
        ("a_boolean", "no", False),
        ("a_boolean", 1, True),
        ("a_array", "a, b", ["a", "b"]),
        ("a_array", "a\nb, c", ["a", "b, c"]),
        ("a_array", '["a", "b"]', ["a", "b"]),
        ("a_array", "1. a\n2) b\n- c", ["a", "b", "c"]),
        ("a_array", ["a", 1], ["a", "1"]),
        ("a_array", [{"step": "a", "status": "open"}], ["a"]),
        ("a_array", 5, ["5"]),
    ],
)
def test_value_of_another_type_is_turned_into_the_right_one(key: str, given: Json, fitted: Json) -> None:
    repair = Repair(name=f"type:{key}", detail=key.removeprefix("a_"))
    assert coerce_arguments(EVERY_KIND, {key: given}) == ({key: fitted}, (repair,), ())


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("a_integer", "three"),
        ("a_integer", 2.5),
        ("a_integer", True),
        ("a_integer", "9" * 5_000),
        ("a_number", [1]),
        ("a_boolean", "maybe"),
        ("a_boolean", {"a": 1}),
    ],
)
def test_value_that_cannot_be_the_type_is_a_problem(key: str, given: Json) -> None:
    arguments, _, problems = coerce_arguments(EVERY_KIND, {key: given})
    assert (arguments, [problem.code for problem in problems]) == ({}, ["wrong_type"])
    assert key in problems[0].what


@pytest.mark.parametrize("value", ["x", 3, 2.5, False, ["a"]])
def test_value_of_the_right_type_is_left_alone(value: Json) -> None:
    kinds = {str: "a_string", int: "a_integer", float: "a_number", bool: "a_boolean", list: "a_array"}
    given = {kinds[type(value)]: value}
    assert coerce_arguments(EVERY_KIND, given) == (given, (), ())


@pytest.mark.parametrize("key", ["file_path", "filePath", "FILE-PATH", "Filename"])
def test_aliases_count_in_any_spelling(key: str) -> None:
    assert coerce_arguments(BY_NAME["read_file"], {key: "a.py"}) == (
        {"path": "a.py"},
        (Repair(name=f"alias:{key}", detail="path"),),
        (),
    )


def test_own_name_wins_over_an_alias() -> None:
    arguments, repairs, _ = coerce_arguments(BY_NAME["read_file"], {"file": "b.py", "path": "a.py"})
    assert (arguments, repairs) == ({"path": "a.py"}, (Repair(name="dropped:file", detail="read_file"),))


def test_misspelled_argument_is_understood() -> None:
    arguments, repairs, _ = coerce_arguments(BY_NAME["run_command"], {"comand": "ls", "x": 1})
    assert arguments == {"command": "ls"}
    assert [repair.name for repair in repairs] == ["argument:comand", "dropped:x"]


def test_only_argument_is_the_required_one_whatever_its_name() -> None:
    arguments, repairs, _ = coerce_arguments(BY_NAME["read_file"], {"target": "a.py"})
    assert (arguments, repairs) == ({"path": "a.py"}, (Repair(name="argument:target", detail="path"),))


def test_unknown_argument_is_dropped_by_name() -> None:
    arguments, repairs, problems = coerce_arguments(
        BY_NAME["read_file"], {"path": "a.py", "encoding": "utf-8"}
    )
    assert (arguments, problems) == ({"path": "a.py"}, ())
    assert repairs == (Repair(name="dropped:encoding", detail="read_file"),)


@pytest.mark.parametrize("raw", [{}, None, "", {"path": None}, {"path": ""}])
def test_missing_required_argument_is_a_problem_that_names_it(raw: Json) -> None:
    arguments, _, problems = coerce_arguments(BY_NAME["read_file"], raw)
    assert (arguments, [problem.code for problem in problems]) == ({}, ["missing_argument"])
    assert "read_file" in problems[0].what
    assert "`path`" in problems[0].what
    assert problems[0].why
    assert problems[0].hint


def test_empty_text_is_a_value() -> None:
    given: dict[str, Json] = {"path": "a.py", "content": ""}
    assert coerce_arguments(BY_NAME["write_file"], given) == (given, (), ())


@pytest.mark.parametrize("raw", ["a.py", ["a.py"], '{"path": "a.py"}', {"arguments": {"path": "a.py"}}])
def test_arguments_in_other_wrappings_are_understood(raw: Json) -> None:
    arguments, _, problems = coerce_arguments(BY_NAME["read_file"], raw)
    assert (arguments, problems) == ({"path": "a.py"}, ())
