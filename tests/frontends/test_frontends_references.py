"""`@df`, `@cell:3`, `@last-error`, `@file:utils.py`: resolved, refused, completed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pandas
import pytest
from frontends_fake import FakeSession
from IPython.core.completer import provisionalcompleter
from render_runs import solved_run

from smallcode_jupyter.frontends.kernel import LiveKernel
from smallcode_jupyter.frontends.magic import load, notebook_of, unload, use_session
from smallcode_jupyter.frontends.notebook import CellUsageError
from smallcode_jupyter.frontends.references import named_in
from smallcode_jupyter.protocol.errors import UsageError


@pytest.fixture
def facts(shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> LiveKernel:
    """A shell with variables, three cells and some files."""
    (tmp_path / "utils.py").write_text("def load(): ...\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "shop.csv").write_text("a\n1\n")
    shell.user_ns["sales"] = pandas.DataFrame({"price": [1.0], "two words": [2]})
    for code in ("import math", "limit = 3", "limit"):
        shell.run_cell(code, store_history=True)
    capsys.readouterr()
    return LiveKernel(shell)


def fail(shell: Any) -> None:
    """Raise an error as a cell. Not in a fixture: pytest forgets what was raised before the test itself."""
    shell.run_cell("limit / 0")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("plot @sales by month", "plot `sales` by month"),
        ("(@sales, @limit).", "(`sales`, `limit`)."),
        ("round @sales.price.", "round `sales.price`."),
        ("use @math.pi", "use `math.pi`"),
        ("why does @cell:3 fail?", "why does cell In[3] fail?"),
        ("explain @cell:3.", "explain cell In[3]."),
        ("fix @last-error", "fix the last error"),
        ("use @file:utils.py, please", "use utils.py, please"),
        ("read @file:data/shop.csv", "read data/shop.csv"),
        ("write to me@sales.org or @someone", "write to me@sales.org or @someone"),
        ("compute a @ b and x@limit", "compute a @ b and x@limit"),
        ("```python\n@limit\ndef f(): ...\n```", "```python\n@limit\ndef f(): ...\n```"),
        ("@limit\ndef f(): ...", "@limit\ndef f(): ..."),
        ("already `@limit`", "already `@limit`"),
    ],
)
def test_references_become_plain_words(
    facts: LiveKernel, shell: Any, tmp_path: Path, typed: str, plain: str
) -> None:
    fail(shell)
    assert facts.plain_words(typed, root=tmp_path) == plain


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("plot @salse", "There is no variable `salse`. Is `@sales` meant?"),
        ("plot @sales.prise", "`sales` has nothing called `prise`."),
        ("fix @cell:9", "There is no cell '9'. @cell:N is the cell that shows In[N]; Tab completes it."),
        ("use @file:util.py", "There is no file 'util.py' in this folder. Tab completes @file:NAME."),
        ("use @file:../../etc/passwd", "There is no file '../../etc/passwd' in this folder."),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(
    facts: LiveKernel, tmp_path: Path, typed: str, sentence: str
) -> None:
    with pytest.raises(UsageError) as caught:
        facts.plain_words(typed, root=tmp_path)
    assert str(caught.value).startswith(sentence)


def test_there_is_no_last_error_before_one_was_raised(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("sys.last_value", raising=False)
    with pytest.raises(UsageError, match="no error to refer to"):
        LiveKernel(shell).plain_words("fix @last-error", root=tmp_path)


def test_the_session_is_asked_in_plain_words(facts: LiveKernel, shell: Any) -> None:
    load(shell)
    session = FakeSession(solved_run())
    use_session(session)  # type: ignore[arg-type]  # the fake has the same door
    shell.run_cell("%%smallcode\nplot @sales\n")
    assert session.calls[0][1] == "plot `sales`"
    result = shell.run_cell("%%smallcode\nplot @salse\n")
    assert isinstance(result.error_in_exec, CellUsageError)
    assert len(session.calls) == 1


def test_a_named_variable_gets_its_card_with_and_without_the_sign(facts: LiveKernel, tmp_path: Path) -> None:
    for words in (facts.plain_words("plot @sales", root=tmp_path), "plot sales"):
        first = facts.context_items(words)[0]
        assert (first.name, first.reason, first.weight) == ("sales", "named in the task", 3.0)
        assert first.text.startswith("sales: DataFrame 1 rows × 2 columns (price: float64, two words: int64)")


def test_words_of_prose_are_variables_only_where_they_are_marked() -> None:
    assert named_in("a plot of b and a, I think; `a` is `b.c`", {"a", "I", "b"}) == ("b", "a", "b.c")


def test_the_cell_that_defines_a_named_function_comes_along(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("def mean(values):\n    return sum(values) / len(values)\n", store_history=True)
    for number in range(6):
        shell.run_cell(f"value = {number}", store_history=True)
    capsys.readouterr()
    cells = [item for item in LiveKernel(shell).context_items("test mean") if item.kind == "cell"]
    assert (cells[0].name, cells[0].reason) == ("In[1]", "defines mean")


def test_secrets_in_cells_are_masked(shell: Any) -> None:
    shell.run_cell("password = 'hunter2'", store_history=True)
    cells = [item for item in LiveKernel(shell).context_items("connect") if item.kind == "cell"]
    assert cells[0].text == "password = '<hidden>'"


def test_a_cell_can_be_named_by_its_id(facts: LiveKernel, tmp_path: Path) -> None:
    output = nbformat.v4.new_output("stream", text="a line\n" * 40)
    cells = [
        nbformat.v4.new_code_cell("limit = 3", id="c1"),
        nbformat.v4.new_code_cell("api_key = 'abc'", id="c-2", outputs=[output]),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "shop.ipynb")
    words = facts.plain_words("explain @cell:c-2", root=tmp_path)
    assert words == "explain cell c-2"
    item = next(item for item in facts.context_items(words) if item.reason == "named in the task")
    assert (item.name, item.text) == (
        "c-2",
        "api_key = '<hidden>'\n# Output:" + "\n# a line" * 12,
    )
    with pytest.raises(UsageError, match="no cell 'c3'"):
        facts.plain_words("explain @cell:c3", root=tmp_path)


def completions(shell: Any, typed: str) -> list[str]:
    with provisionalcompleter():
        return [item.text for item in shell.Completer.completions(typed, len(typed))]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("plot @sal", ["@sales"]),
        ("plot @sales.", ["@sales.price"]),
        ("explain @cell:", ["@cell:3", "@cell:2", "@cell:1"]),
        ("fix @la", ["@last-error"]),
        ("use @file:ut", ["@file:utils.py"]),
        ("use @file:da", ["@file:data/"]),
        ("use @file:data/s", ["@file:data/shop.csv"]),
        ("(@lim", ["@limit"]),
    ],
)
def test_tab_completes_references_in_a_request(
    facts: LiveKernel, shell: Any, typed: str, wanted: list[str]
) -> None:
    load(shell)
    fail(shell)
    assert completions(shell, f"%%smallcode\nfirst line\n{typed}") == wanted
    assert completions(shell, f"%smallcode explain {typed}") == wanted


def test_everything_that_can_follow_the_sign_is_offered(facts: LiveKernel, shell: Any) -> None:
    load(shell)
    fail(shell)
    assert completions(shell, "%%smallcode\n@") == [
        "@limit",
        "@math",
        "@sales",
        "@last-error",
        "@cell:",
        "@file:",
    ]


def test_other_cells_are_completed_as_before(facts: LiveKernel, shell: Any) -> None:
    before = completions(shell, "x = 1\nsal"), completions(shell, "@sal")
    load(shell)
    assert (completions(shell, "x = 1\nsal"), completions(shell, "@sal")) == before
    unload(shell)
    assert completions(shell, "%%smallcode\n@last") == []


def test_samples_can_be_switched_off(facts: LiveKernel, shell: Any) -> None:
    from dataclasses import replace

    load(shell)
    session = FakeSession(solved_run())
    session.settings = replace(session.settings, samples=False)
    use_session(session)  # type: ignore[arg-type]  # the fake has the same door
    shell.run_cell("def look(town):\n    return town / 0\nlook('Zürich')")
    facts = notebook_of(shell).facts
    assert "  town: str, 6 characters" in facts.error_text()
    texts = [item.text for item in facts.context_items("plot sales")]
    assert texts[0] == "sales: DataFrame 1 rows × 2 columns (price: float64, two words: int64)"
