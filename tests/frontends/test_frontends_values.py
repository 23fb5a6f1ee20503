"""What objects are called, and that telling it runs nobody's code."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import numpy
import pandas
import pytest

from smallcode_jupyter import register_card
from smallcode_jupyter.frontends.cards import own_variables, variable_items
from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import Style
from smallcode_jupyter.protocol.secrets import is_secret_name, mask_secrets, mask_source

CARD = Style(is_card=True)
CLOSED = Style(is_card=True, samples=False)


def card_of(variables: dict[str, object], words: str = "", hidden: dict[str, object] | None = None) -> str:
    """All that a prompt would say of the variables, as lines."""
    items = variable_items(own_variables(variables, hidden or {}), words)
    return "\n".join(
        f"{item.name}> {item.text}" if item.reason == "named in the task" else item.text for item in items
    )


class Trap:
    """Everything that can be asked of it is recorded as a fault."""

    asked: list[str] = []  # noqa: RUF012  # shared on purpose

    def __init__(self) -> None:
        self.value = 3

    def __getattribute__(self, name: str) -> Any:
        Trap.asked.append(name)
        raise RuntimeError(name)

    def __repr__(self) -> str:
        Trap.asked.append("__repr__")
        time.sleep(5)
        return "trap"

    __str__ = __repr__

    @property
    def __class__(self) -> Any:
        Trap.asked.append("__class__")
        raise RuntimeError

    def __len__(self) -> int:
        Trap.asked.append("__len__")
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        Trap.asked.append("__eq__")
        raise RuntimeError

    def __hash__(self) -> int:
        return 1


class SlyMeta(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("the name of a class")


class Sly(metaclass=SlyMeta):
    pass


@dataclass
class Point:
    x: int
    password: str = "hunter2"


def add(a: int, b: Point = None, *rest: Any, api_key: str = "sk-x", flag: bool = True, **more: Any) -> int:  # type: ignore[assignment]
    """Adds two things.

    More text.
    """
    return a


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "int = 3"),
        (10**400, "int = <large int>"),
        (None, "NoneType = None"),
        ("hello", "str = 'hello'"),
        ("x" * 100, "str, 100 characters = '" + "x" * 100 + "'"),
        ([1, 2.5, "a"], "list, 3 items = [1, 2.5, 'a']"),
        (list(range(100)), "list, 100 items = [0, 1, 2, 3, …]"),
        ({"a": [1], "token": "abc"}, "dict, 2 items = {'a': [1], 'token': <hidden>}"),
        ((1, (2, (3, (4,)))), "tuple, 2 items = (1, (2, (…)))"),
        (b"ab\x00", "bytes = b'ab\\x00'"),
        (Point(x=1), "Point = Point(x=1, password=<hidden>)"),
        (Point, "class Point"),
        (len, "built-in function"),
        (
            add,
            "def add(a: int, b: Point=None, *rest: Any, api_key: str=<hidden>, flag: bool=True, **more: Any)"
            " # Adds two things.",
        ),
        (numpy.arange(6.0).reshape(2, 3), "array, shape (2, 3), float64, from 0 to 5"),
        (numpy.array(["a"]), "array, shape (1,), <U1"),
    ],
)
def test_what_things_are_called(value: object, text: str) -> None:
    assert describe(value) == text


def test_no_code_of_an_object_runs_while_it_is_described() -> None:
    Trap.asked.clear()
    trap = Trap()
    texts = [describe(trap), describe([trap]), describe({"k": trap}), card_of({"t": trap, "s": Sly()})]
    assert Trap.asked == []
    assert texts[:2] == ["Trap = Trap(value=3)", "list, 1 items = [Trap(value=3)]"]
    assert "s: Sly = <Sly>" in texts[3]


def test_a_data_frame_is_told_by_columns_gaps_and_three_rows() -> None:
    frame = pandas.DataFrame(
        {
            "city": ["Bern", None, "Rom", "Oslo"],
            "people": [1.5, 2.5, None, 4.0],
            "api_key": ["k1", "k2", "k3", "k4"],
        }
    )
    text = frame.dtypes["city"]
    assert describe(frame).splitlines() == [
        f"DataFrame 4 rows × 3 columns (city: {text}, people: float64, api_key: {text})",
        "  missing: city 1, people 1",
        "  'Bern' | 1.5 | <hidden>",
        f"  {frame.iat[1, 0]} | 2.5 | <hidden>",
        "  'Rom' | nan | <hidden>",
    ]


def test_a_wide_frame_and_hostile_cells_stay_short() -> None:
    Trap.asked.clear()
    frame = pandas.DataFrame({f"c{number}": [0] for number in range(100)})
    assert "and 88 more columns" in describe(frame)
    assert "Trap" in describe(pandas.DataFrame({"t": pandas.Series([Trap()], dtype=object)}))
    assert "__repr__" not in Trap.asked
    assert "__class__" not in Trap.asked


def test_a_series_is_told_by_its_first_values() -> None:
    assert describe(pandas.Series([1, 2, 3, 4])) == "Series of 4 int64, first: 1, 2, 3"


def test_subclasses_of_containers_are_not_asked() -> None:
    class Slow(list[int]):
        def __iter__(self) -> Any:
            raise RuntimeError

        def __len__(self) -> int:
            raise RuntimeError

    assert describe(Slow([1])) == "Slow = <Slow>"


def test_a_class_that_borrows_a_library_name_is_not_trusted() -> None:
    fake = type("ndarray", (), {"__module__": "numpy", "shape": property(lambda self: 1 / 0)})
    assert describe(fake()) == "ndarray = <ndarray>"


@pytest.mark.parametrize(
    "name", ["password", "API_KEY", "my_token", "secret_sauce", "private_key", "aws_access_key"]
)
def test_names_that_suggest_a_secret(name: str) -> None:
    assert is_secret_name(name)
    assert card_of({name: "value"}) == f"{name}: <hidden>"


@pytest.mark.parametrize("name", ["monkey", "keyboard", "tokens_read", "author", "keys"])
def test_names_that_only_look_like_it(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "value", ["sk-" + "a" * 20, "ghp_" + "b" * 36, "AKIA" + "C" * 16, "postgres://me:pw@host/db"]
)
def test_values_that_are_secrets_are_masked(value: str) -> None:
    card = card_of({"text": f"use {value} now"})
    assert "<hidden>" in card
    assert value not in card
    assert mask_secrets("nothing here") == "nothing here"


def test_the_card_names_what_the_words_name_first_and_keeps_its_size() -> None:
    names: dict[str, object] = {f"v{number}": "x" * 50 for number in range(200)}
    card = card_of({"first": 1, **names}, words="what is first?")
    lines = card.splitlines()
    assert lines[0] == "first> first: int = 1"
    assert lines[1].startswith("v199: ")
    assert lines[-1].endswith("more variables)")
    assert len(card) <= 1_220


def test_the_card_leaves_out_what_is_not_the_persons() -> None:
    hidden = {"preset": 1}
    names = {
        "_": 1,
        "_ih": [],
        "In": [],
        "Out": {},
        "exit": 1,
        "preset": 1,
        "mine": 2,
        "np": numpy,
        "sys": sys,
    }
    assert card_of(names, hidden=hidden) == "mine: int = 2\nimported: sys, numpy as np"


def test_no_variables_is_no_card() -> None:
    assert card_of({}) == ""


def test_a_hundred_thousand_variables_take_no_time() -> None:
    names: dict[str, object] = {f"v{number}": list(range(10)) for number in range(100_000)}
    began = time.process_time()
    card_of(names)
    assert time.process_time() - began < 1.0


def test_the_card_of_a_frame_tells_its_index_its_gaps_and_the_choices_of_its_columns() -> None:
    frame = pandas.DataFrame(
        {
            "state": ["open", "closed", "open", None, "open", "open", "open"],
            "owner": [f"person {number}" for number in range(7)],
            "token": ["a", "b"] * 3 + ["a"],
        },
        index=pandas.date_range("2026-01-01", periods=7, name="day"),
    )
    kind, index = frame.dtypes["state"], frame.index.dtype
    assert describe(frame, CARD).splitlines() == [
        f"DataFrame 7 rows × 3 columns (state: {kind}, owner: {kind}, token: {kind}), index day: {index}",
        "  missing: state 1",
        "  state is one of 'open', 'closed'",
        "  'open' | 'person 0' | <hidden>",
        "  'closed' | 'person 1' | <hidden>",
        "  'open' | 'person 2' | <hidden>",
    ]


def test_without_samples_no_value_of_any_data_is_told() -> None:
    secret = "Zürich-4711"
    things: dict[str, object] = {
        "frame": pandas.DataFrame({"city": [secret] * 9, "n": [4711.5] * 9}),
        "series": pandas.Series([secret, secret], name="city"),
        "array": numpy.array([4711.5, 1.0]),
        "text": secret,
        "rows": [{"city": secret}],
        "nested": {"city": [secret], "n": 4711.5, secret: 1},
        "names": [secret, secret],
    }
    cards = {name: describe(value, CLOSED) for name, value in things.items()}
    assert all(secret not in card and "4711" not in card for card in cards.values())
    assert cards["array"] == "array, shape (2,), float64"
    assert cards["text"] == "str, 11 characters"
    assert cards["rows"] == "list of 1 dicts, each with 'city': str"
    assert cards["nested"] == "dict, 3 items ('city': list, 'n': float)"
    assert cards["names"] == "list, 2 items of str"
    items = variable_items(things, "compare frame with text", samples=False)
    assert all(secret not in item.text for item in items)


def test_a_large_frame_is_looked_through_only_in_part() -> None:
    frame = pandas.DataFrame(numpy.zeros((2_000_000, 2)), columns=["a", "b"])
    frame.iloc[10, 0] = numpy.nan
    began = time.process_time()
    text = describe(frame, CARD)
    assert time.process_time() - began < 0.5
    assert "missing in the first 500,000 rows: a 1" in text


def test_an_array_with_gaps_tells_them() -> None:
    assert describe(numpy.array([1.0, numpy.nan, 3.0])) == "array, shape (3,), float64, from 1 to 3, 1 NaN"
    assert describe(numpy.array([numpy.nan])) == "array, shape (1,), float64, 1 NaN"


def test_missing_dates_and_texts_are_told_as_the_library_does() -> None:
    frame = pandas.DataFrame(
        {"day": pandas.to_datetime([None]), "text": pandas.array([None], dtype="string")}
    )
    assert describe(frame).splitlines()[-1] == "  NaT | <NA>"


def test_numbers_and_dates_in_rows_are_short() -> None:
    frame = pandas.DataFrame({"x": [2 / 3], "n": [12_345_678], "day": pandas.to_datetime(["2026-01-02"])})
    assert describe(frame).splitlines()[-1] == "  0.666667 | 12345678 | 2026-01-02"


def test_columns_of_several_levels_and_dates_have_names() -> None:
    frame = pandas.DataFrame([[1, 2]], columns=pandas.MultiIndex.from_tuples([("a", "x"), ("a", "y")]))
    assert "(('a', 'x'): int64, ('a', 'y'): int64)" in describe(frame)


def test_containers_of_library_objects_stay_short() -> None:
    frame = pandas.DataFrame({"a": [1, 2]})
    assert describe([frame, numpy.zeros(3)]) == "list, 2 items = [DataFrame 2 × 1, ndarray 3]"
    assert describe({"day": date(2026, 1, 2), "path": PurePosixPath("a/b"), "n": numpy.float64(1.5)}) == (
        "dict, 3 items = {'day': 2026-01-02, 'path': <PurePosixPath>, 'n': 1.5}"
    )


class Classifier:
    """Follows the conventions of scikit-learn."""

    def __init__(self, depth: int = 3, api_key: str = "", name: str = "tree") -> None:
        self.depth, self.api_key, self.name = depth, api_key, name

    def fit(self, rows: Any, labels: Any) -> None:
        self.classes_ = numpy.array(["no", "yes"])
        self.n_features_in_ = 4
        self.coef_ = numpy.zeros((1, 4))

    def predict(self, rows: Any) -> Any:
        raise RuntimeError("a card calls nothing")

    @property
    def weights_(self) -> Any:
        raise RuntimeError("a card computes nothing")


def test_a_model_is_told_by_its_parameters_and_what_it_learned() -> None:
    model = Classifier(depth=5, api_key="hunter2")
    assert describe(model) == "Classifier(depth=5, api_key=<hidden>), not fitted"
    model.fit([], [])
    assert describe(model) == "Classifier(depth=5, api_key=<hidden>), fitted"
    assert describe(model, CARD).splitlines() == [
        "Classifier(depth=5, api_key=<hidden>), fitted",
        "  classes_=['no', 'yes'], n_features_in_=4, coef_=array 1 × 4",
    ]


class Pipeline:
    def __init__(self, steps: Any) -> None:
        self.steps = steps

    fit = predict = Classifier.fit


def test_a_pipeline_is_told_by_its_steps() -> None:
    model = Classifier(depth=4)
    pipeline = Pipeline([("first", Classifier()), ("last", model)])
    assert describe(pipeline, CARD) == "Pipeline(first: Classifier() → last: Classifier(depth=4)), not fitted"
    model.fit([], [])
    assert describe(pipeline, CARD) == "Pipeline(first: Classifier() → last: Classifier(depth=4)), fitted"
    assert describe(Classifier(depth=model)) == "Classifier(depth=Classifier(depth=4)), not fitted"


class Account:
    """Money.

    More.
    """

    def __init__(self, owner: str, balance: float = 0.0) -> None:
        self.owner = owner

    def pay(self, amount: float) -> float:
        """Take some."""
        return amount

    def _hidden(self) -> None: ...


def test_the_card_of_a_class_tells_how_it_is_made_and_used() -> None:
    assert describe(Account, CARD).splitlines() == [
        "class Account(owner: str, balance: float=0.0)  # Money.",
        "  .pay(self, amount: float) # Take some.",
    ]


def test_a_module_tells_its_version_or_what_it_offers(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop_rules.py").write_text(
        '"""Rules."""\nimport os\nfrom json import loads\nVAT = 0.2\ndef total(prices):\n    return 0\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    import importlib

    module = importlib.import_module("shop_rules")
    assert describe(module, CARD).splitlines() == ["module shop_rules  # Rules.", "  def total(prices)"]
    assert describe(numpy, CARD) == f"module numpy {numpy.__version__}"


class Grid:
    def __init__(self, words: Any = "a grid of 3 × 4, key sk-aaaaaaaaaaaaaaaaaaaa") -> None:
        self.words = words

    def _repr_smallcode_(self) -> Any:
        if isinstance(self.words, Exception):
            raise self.words
        while self.words is None:
            pass
        return self.words


class SmallGrid(Grid):
    pass


def test_objects_may_say_themselves_what_they_are() -> None:
    assert describe(SmallGrid()) == "a grid of 3 × 4, key <hidden>"
    assert len(describe(Grid("x" * 10_000), CARD)) == 900


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (ValueError("no"), "(_repr_smallcode_ failed: ValueError)"),
        (7, "(_repr_smallcode_ gave no text)"),
        (None, "(_repr_smallcode_ took longer than 0.2 s)"),
    ],
)
def test_what_goes_wrong_in_their_words_is_told_beside_the_usual_ones(words: Any, fault: str) -> None:
    began = time.monotonic()
    text = describe(Grid(words))
    assert text.startswith("Grid = Grid(words=")
    assert text.endswith(fault)
    assert time.monotonic() - began < 2.0


def test_an_object_that_answers_to_every_name_is_not_asked() -> None:
    from unittest.mock import MagicMock

    mock = MagicMock()
    describe(mock, CARD)
    assert mock.mock_calls == []


def test_a_description_can_be_registered_for_a_class_and_its_subclasses() -> None:
    register_card(Account, lambda value: "an account")
    register_card(f"{__name__}.Sub", lambda value: "a sub")

    class Other(Account):
        pass

    try:
        assert describe(Other("me")) == "an account"
        register_card(Account, None)
        assert describe(Other("me")) == "Other = Other(owner='me')"
    finally:
        register_card(Account, None)
        register_card(f"{__name__}.Sub", None)


@pytest.mark.parametrize(
    ("code", "masked"),
    [
        ('password = "hunter2"', 'password = "<hidden>"'),
        ("connect(user='me', api_key='abc')", "connect(user='me', api_key='<hidden>')"),
        ("os.environ['DB_PASSWORD'] = 'x y'", "os.environ['DB_PASSWORD'] = '<hidden>'"),
        ("headers = {'Authorization': 'Basic Zm9vOmJhcg'}", "headers = {'Authorization': '<hidden>'}"),
        ("token: str = 'abc'", "token: str = '<hidden>'"),
        ("name = 'password'", "name = 'password'"),
        ("password = getpass()", "password = getpass()"),
    ],
)
def test_secrets_in_code_are_masked_by_the_names_they_are_given(code: str, masked: str) -> None:
    assert mask_source(code) == masked


@pytest.mark.parametrize(
    "word",
    ["wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12", "AIza" + "Sy" * 17 + "a", "glpat-" + "a1B2" * 5],
)
def test_long_words_that_only_machines_write_are_masked(word: str) -> None:
    assert mask_secrets(f"use {word} now") == "use <hidden> now"


@pytest.mark.parametrize(
    "word",
    [
        "9e107d9d372bb6826bd81d3542a419d6e4d909c2",
        "a_very_long_name_of_a_function_in_this_notebook",
        "AnotherVeryLongNameOfAClassInThisNotebook",
        "2026-11-23T08:35:27",
        "123e4567-e89b-12d3-a456-426614174000",
    ],
)
def test_sums_names_and_dates_are_not(word: str) -> None:
    assert mask_secrets(word) == word


def test_columns_and_attributes_can_be_named() -> None:
    frame = pandas.DataFrame({"price": [1, 2, 3, 4]})
    (card,) = variable_items({"df": frame}, "round `df.price`")[:1]
    assert (card.name, card.text) == ("df.price", "df.price: Series of 4 int64 named price, first: 1, 2, 3")


def test_cards_have_a_bounded_size_whatever_is_named() -> None:
    frame = pandas.DataFrame({f"column_{number}": ["some text"] * 5 for number in range(30)})
    many: dict[str, object] = {f"frame_{number}": frame for number in range(50)}
    items = variable_items(many, " ".join(many))
    assert sum(len(item.text) for item in items) <= 2_400 + 1_220
    assert len(items) >= 3
