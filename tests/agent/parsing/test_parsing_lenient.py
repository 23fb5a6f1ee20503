"""Values that are nearly JSON: what is read, and how each mend is called."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.agent.parsing.lenient import read_arguments
from smallcode_jupyter.agent.parsing.repair import load_json, read_json
from smallcode_jupyter.protocol.tools import Json

KEYS = frozenset({"path", "content", "old", "new", "query", "steps", "name", "arguments"})


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ('{"a": [1, 2.5, -3e2, true, null]}', {"a": [1, 2.5, -300.0, True, None]}, ()),
        ("{'a': 'b'}", {"a": "b"}, ("single-quotes",)),
        ("{'a': 'it\\'s', 'b': \"it's\"}", {"a": "it's", "b": "it's"}, ("single-quotes",)),
        ('{"a": True, "b": None}', {"a": True, "b": None}, ("python-literal",)),
        ('{"a": (1, 2), "b": ("x")}', {"a": [1, 2], "b": "x"}, ("python-literal",)),
        ("{a: 1, b-c: 2}", {"a": 1, "b-c": 2}, ("unquoted-key",)),
        ('{"a": some words, "b": 10-20}', {"a": "some words", "b": "10-20"}, ("unquoted-value",)),
        ('{“a”: “b”, "c": ‘d’}', {"a": "b", "c": "d"}, ("smart-quotes",)),
        ('{"a": `x = "1"`}', {"a": 'x = "1"'}, ("backtick-quotes",)),
        ('{"a": """x = "1"\n"""}', {"a": 'x = "1"\n'}, ("triple-quotes",)),
        ('{"a": r"\\d+"}', {"a": "\\d+"}, ()),
        ('{"a": "\\d+"}', {"a": "\\d+"}, ("invalid-escape",)),
        ('{"a": "x\ny", "b": 1,}', {"a": "x\ny", "b": 1}, ("raw-newlines", "trailing-comma")),
        ('{"a": 1, // one\n "b": 2 # two\n}', {"a": 1, "b": 2}, ("comment",)),
        ('{"a": "b", /* c */ "d": 1}', {"a": "b", "d": 1}, ("comment",)),
        ('{"a": 1,, "b": 2}', {"a": 1, "b": 2}, ("extra-comma",)),
        ('{"a": 1 "b": 2}', None, ()),
        ('{"a": "x" "b": 2}', {"a": "x", "b": 2}, ("missing-comma",)),
        ('["a"\n "b"]', ["a", "b"], ("missing-comma",)),
        ('["a" "b"]', ['a" "b'], ("unescaped-quotes",)),
        (
            '{"a": ["b", "c" and words',
            {"a": ["b", "c"]},
            ("unescaped-quotes", "missing-bracket", "text-after"),
        ),
        ('{"a": "x" + "y" +\n "z"}', {"a": "xyz"}, ("joined-strings",)),
        ('{"a" = 1, "b" => 2}', {"a": 1, "b": 2}, ("equals-sign",)),
        ('{"a": {"b": [1, 2}', {"a": {"b": [1, 2]}}, ("missing-bracket",)),
        ('{"a": [1, 2}', {"a": [1, 2]}, ("missing-bracket",)),
        ('{"a": "b"]', {"a": "b"}, ("wrong-bracket",)),
        ('{"a: "b"}', {"a": "b"}, ("missing-quote",)),
        ('{"a": "b}', {"a": "b"}, ("unclosed-string",)),
        ('"a": 1, "b": 2}', {"a": 1, "b": 2}, ("missing-bracket",)),
        ('{"a": "he said "no" to me", "b": 1}', {"a": 'he said "no" to me', "b": 1}, ("unescaped-quotes",)),
        ('{"a": "b"} and so on', {"a": "b"}, ("text-after",)),
        ("{1, 2}", None, ()),
        ("words", None, ()),
        ("{words}", None, ()),
        ("", None, ()),
    ],
)
def test_value_is_read_and_each_mend_is_named(text: str, value: Json, repairs: tuple[str, ...]) -> None:
    found = load_json(text)
    if value is None:
        assert found is None
    else:
        assert found is not None
        assert (found.value, found.repairs) == (value, repairs)


CODE = (
    'print("hi")',
    'print("a", "b", end="")\nprint({"x": "y", "z": [1, "2"]})',
    'CALL = {"name": "x", "path": "y"}\nprint(CALL["name"])',
    "def f(a, b={}):\n    return f\"{a}: {b['c']}\"",
    'const x = {"a": ["b", "c"]};\nif (x["a"]) { go("b"); }',
    '<a href="x" class="y">"quoted"</a>',
    'grep -rn "TODO" src | awk \'{print "x"}\'',
    'json.loads("{}"), "[]"',
)


@pytest.mark.parametrize("code", CODE)
@pytest.mark.parametrize("newline", ["\n", "\\n"])
def test_code_with_quotes_that_are_not_escaped_is_read_whole(code: str, newline: str) -> None:
    written = code.replace("\n", newline)
    text = f'{{"name": "write_file", "arguments": {{"path": "a.py", "content": "{written}", "new": "z"}}}}'
    found = load_json(text, keys=KEYS)
    assert found is not None
    assert found.value == {
        "name": "write_file",
        "arguments": {"path": "a.py", "content": code, "new": "z"},
    }


names = st.text(alphabet="abc_", min_size=1, max_size=4)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(names, values, min_size=1, max_size=4)
small = settings(max_examples=100, deadline=None, derandomize=True)


@given(value=objects, indent=st.sampled_from([None, 1, 4]))
@small
def test_any_json_is_read_as_it_is(value: dict[str, Json], indent: int | None) -> None:
    found = load_json(json.dumps(value, indent=indent))
    assert found is not None
    assert (found.value, found.repairs, found.is_whole) == (value, (), True)


@given(value=objects)
@small
def test_any_value_that_python_prints_is_read(value: dict[str, Json]) -> None:
    found = load_json(repr(value))
    assert found is not None
    assert (found.value, found.is_whole) == (value, True)


@given(value=objects)
@small
def test_commas_and_comments_too_many_change_nothing(value: dict[str, Json]) -> None:
    text = json.dumps(value, indent=1).replace("{\n", "{ // begin\n").replace("\n}", ",\n}")
    found = load_json(text)
    assert found is not None
    if "// begin" not in json.dumps(value):
        assert found.value == value


@given(value=objects, cut=st.integers(0, 200))
@small
def test_a_value_that_is_cut_is_never_called_whole(value: dict[str, Json], cut: int) -> None:
    text = json.dumps(value)
    found = read_json(text, 0, min(cut, len(text) - 1))
    assert found is None or not found.is_whole


@given(value=objects)
@small
def test_arguments_are_read_as_python_writes_them(value: dict[str, Json]) -> None:
    text = f"f({', '.join(f'{key}={item!r}' for key, item in value.items())})"
    found = read_arguments(text, 2, len(text), keys=frozenset())
    assert found is not None
    assert (found.named, found.positional, found.end) == (value, (), len(text))
