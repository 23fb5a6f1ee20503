"""The cells of a notebook in a real kernel: hidden state, fixing, explaining, testing, undoing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from conftest import Kernel, Ran

pytestmark = pytest.mark.kernel

FORGET = """
for _name in [name for name in globals() if not name.startswith('_')]:
    if _name not in ('In', 'Out', 'exit', 'quit', 'open', 'get_ipython'):
        del globals()[_name]
"""


@dataclass
class Book:
    """A notebook beside the kernel, whose cells are run one by one."""

    kernel: Kernel
    path: Path
    cells: list[nbformat.NotebookNode] = field(default_factory=list)

    def add(self, source: str) -> int:
        """Put a cell below the others; its number from 0."""
        self.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{len(self.cells)}"))
        return len(self.cells) - 1

    def run(self, number: int) -> Ran:
        """Run a cell, and save."""
        ran = self.kernel.run(self.cells[number]["source"])
        self.cells[number]["execution_count"] = ran.reply["execution_count"]
        self.save()
        return ran

    def write(self, *sources: str) -> list[int]:
        """Add cells and run each; the numbers they ran under."""
        for source in sources:
            self.run(self.add(source))
        return [cell["execution_count"] for cell in self.cells[-len(sources) :]]

    def save(self) -> None:
        nbformat.write(nbformat.v4.new_notebook(cells=self.cells), self.path)


@pytest.fixture
def book(kernel: Kernel, tmp_path: Path) -> Book:
    assert kernel.run(FORGET).reply["status"] == "ok"
    return Book(kernel, tmp_path / "book.ipynb")


def test_a_notebook_that_gives_the_same_again_is_said_to(book: Book) -> None:
    book.write(
        "import pandas, numpy\nframe = pandas.DataFrame({'a': [1.0, None]})",
        "def double(x):\n    return 2 * x\n\nclass Point:\n    def __init__(self):\n        self.x = [1]",
        "%time values = numpy.arange(3) * double(2)\npoint = Point()\nnested = {'k': [(1, 'a')]}",
        "print(values)",
    )
    assert book.kernel.run("%smallcode check").last.splitlines() == [
        "book.ipynb, as it was saved:",
        "✓ A clean run of 4 cells in a copy gives the kernel's 8 variables again.",
    ]
    assert book.kernel.run("double(4)").text == "8"


def test_hidden_state_is_found_and_named(book: Book) -> None:
    first, second, third, gone = book.write("total = 1", "total = total + 1", "rate = 2", "kept = 3")
    book.cells.pop()
    book.run(1)
    again = book.cells[1]["execution_count"]
    lines = book.kernel.run("%smallcode check").last.splitlines()
    assert lines[1:] == [
        f"! Out of order: cell 2, In[{again}] ran after cell 3, In[{third}], which stands below it.",
        f"! Only in the kernel: kept. In[{gone}] made it, whose text is no longer in the notebook.",
        "! total differs: it is int = 3; a clean run gives int = 2.",
    ]
    assert (first, second) == (third - 2, third - 1)
    assert book.kernel.run("total, kept").text == "(3, 3)"


def test_a_cell_that_needs_a_later_or_a_deleted_one_is_found(book: Book) -> None:
    book.add("answer = question + 1")
    (made,) = book.write("question = 41")
    book.run(0)
    used = book.cells[0]["execution_count"]
    last = book.kernel.run("%smallcode check").last.splitlines()[-1]
    assert last == (
        f"✗ A clean run stops in cell 1, In[{used}]: NameError: name 'question' is not defined. "
        f"It is made in cell 2, In[{made}], which comes later."
    )
    book.cells.pop()
    book.save()
    last = book.kernel.run("%smallcode check").last.splitlines()[-1]
    assert last.endswith(f"is not defined. In[{made}] made it, whose text is no longer in the notebook.")


def test_a_deleted_variable_and_a_cell_that_never_ran_are_named(book: Book) -> None:
    book.add("%pip install something\n# a comment")
    first, second = book.write("size = 1\nlimit = 2", "del limit")
    book.cells.pop()
    book.add("never = 1")
    book.save()
    assert book.kernel.run("%smallcode check").last.splitlines()[1:] == [
        f"! Not in the kernel: limit, which cell 2, In[{first}] makes: it was deleted since.",
        "! Not in the kernel: never, which cell 3 makes: that cell has not run.",
    ]
    assert second == first + 1


def test_a_cell_that_was_changed_since_it_ran_is_named(book: Book) -> None:
    (number,) = book.write("size = 1")
    book.cells[0]["source"] = "size = 2"
    book.save()
    assert book.kernel.run("%smallcode check").last.splitlines()[1:] == [
        f"! Changed since it ran: cell 1, In[{number}].",
        "! size differs: it is int = 1; a clean run gives int = 2.",
    ]


def test_without_a_file_the_check_says_what_to_do(book: Book) -> None:
    ran = book.kernel.run("%smallcode check")
    assert ran.reply["traceback"] == [
        "The file of this notebook is not known. Save it in the folder that the kernel works in."
    ]


def answers(kernel: Kernel, *replies: str) -> None:
    """Let a model with these answers be book."""
    ran = kernel.run(f"model = _script(*{replies!r})")
    assert ran.reply["status"] == "ok", ran.text


def prompt(kernel: Kernel, number: int = 0) -> str:
    return kernel.run(f"print(model.requests[{number}].messages[-1].content)").text


MEAN = "def mean(values):\n    return sum(values) / len(valeus)"
FIXED = "def mean(values):\n    return sum(values) / len(values)"


def test_fix_corrects_the_cell_to_blame_and_proves_it(book: Book) -> None:
    kernel = book.kernel
    answers(kernel, f"```python\n{FIXED}\n```")
    defined, used = book.write(MEAN, "result = mean([1, 2, 3])")
    ran = kernel.run("%smallcode fix")
    assert ran.reply["status"] == "ok", ran.text
    assert (
        f"Proved in a copy of the kernel: In[{defined}] as proposed, and then In[{used}], runs without an error. "
        "Accept with %smallcode accept."
    ) in ran.last
    seen = prompt(kernel)
    assert f"Cell In[{defined}], line 2, in mean: return sum(values) / len(valeus)\n  values: list" in seen
    assert f"Write cell In[{defined}] again" in seen
    assert kernel.run("'result' in globals()").text == "False"
    ran = kernel.run("%smallcode accept")
    assert ran.reply["payload"] == [{"source": "set_next_input", "text": FIXED, "replace": False}]
    assert ran.last == (
        f"The corrected text of In[{defined}] ran here, and then In[{used}]. "
        f"It is in the next cell: put it in the place of In[{defined}]."
    )
    assert kernel.run("result").text == "2.0"


def test_fix_goes_on_to_the_next_suspect(book: Book) -> None:
    kernel = book.kernel
    wrong = [f"```python\ntotal = sum(prices.values()) + {number} / 0\n```" for number in range(4)]
    right = "```python\nprices = {'tea': 3}\n```"
    answers(kernel, *wrong, right)
    made, used = book.write("prices = {'tea': '3'}", "total = sum(prices.values())")
    ran = kernel.run("%smallcode fix", timeout=60)
    assert f"In[{used}] is left as it is." in "".join(str(data) for data in ran.displays)
    assert f"In[{made}] as proposed, and then In[{used}], runs" in ran.last
    kernel.run("%smallcode accept")
    assert kernel.run("total").text == "3"


def test_accepted_code_that_fails_can_be_fixed(book: Book) -> None:
    kernel = book.kernel
    kernel.run("rows = []")
    accept(kernel, "def first():\n    return rows[0]\n")
    kernel.run("rows = None")
    book.write("value = first()")
    answers(kernel, "```python\ndef first():\n    return rows[0] if rows else 0\n```")
    assert "Proved in a copy of the kernel" in kernel.run("%smallcode fix").last
    assert "def first():\n    return rows[0]\n```" in prompt(kernel)


def test_an_error_in_a_file_is_fixed_in_the_file(book: Book, tmp_path: Path) -> None:
    kernel = book.kernel
    file = tmp_path / "shop_rules.py"
    file.write_text("def total(prices):\n    return sum(price for price in prizes)\n", encoding="utf-8")
    answers(kernel, "```python\ndef total(prices):\n    return sum(prices)\n```")
    kernel.run(f"import sys\nsys.path.insert(0, {str(tmp_path)!r})")
    book.write("import shop_rules\nshop_rules.total([1, 2])")
    last = kernel.run("%smallcode fix").last
    assert "The error comes from shop_rules.py; accepting loads it again in the kernel." in last
    assert kernel.run("%smallcode accept").last.startswith("Accepted: shop_rules.py. Loaded again")
    assert file.read_text(encoding="utf-8") == "def total(prices):\n    return sum(prices)\n"
    assert kernel.run("shop_rules.total([1, 2])").text == "3"


def test_where_nothing_can_be_tried_a_fix_says_that_it_is_not_proved(book: Book) -> None:
    kernel = book.kernel
    answers(kernel, f"```python\n{FIXED}\n```")
    book.write(MEAN, "result = mean([1, 2, 3])")
    kernel.run(
        "import threading\nstop = threading.Event()\ndef spin():\n    while not stop.is_set():\n        pass\n"
        "threading.Thread(target=spin, daemon=True).start()"
    )
    last = kernel.run("%smallcode fix", timeout=60).last
    kernel.run("stop.set()")
    assert "It could not be tried whether In[" in last
    assert "is running in the kernel; try it again when that has ended." in last
    assert "Proved" not in last
    kernel.run("%smallcode accept")
    assert kernel.run("result").text == "2.0"


def test_fix_says_what_to_run_where_a_cell_has_not_run(book: Book) -> None:
    answers(book.kernel)
    book.add("limit = 3")
    book.write("double = limit * 2")
    assert book.kernel.run("%smallcode fix").last == (
        "`limit` is made in cell 1, which has not run as it stands: run that cell first."
    )


def test_a_cell_that_needs_its_own_name_is_not_told_to_run_first(book: Book) -> None:
    kernel = book.kernel
    answers(kernel, "```python\nhits = 0\nhits = hits + 1\n```")
    book.write("hits = hits + 1")
    assert "Proved in a copy of the kernel" in kernel.run("%smallcode fix").last


def test_a_fix_of_a_cell_that_ran_again_is_refused(book: Book) -> None:
    kernel = book.kernel
    answers(kernel, f"```python\n{FIXED}\n```")

    def run_as(cell_id: str, code: str) -> None:
        header = kernel.client.session.msg(
            "execute_request", {"code": code, "silent": False, "store_history": True}
        )
        header["metadata"] = {"cellId": cell_id}
        kernel.client.shell_channel.send(header)
        kernel.finish(header["header"]["msg_id"])

    run_as("first", MEAN)
    run_as("second", "result = mean([1, 2, 3])")
    assert "Proved in a copy" in kernel.run("%smallcode fix").last
    run_as("first", "def mean(values):\n    return 0")
    ran = kernel.run("%smallcode accept")
    assert ran.reply["traceback"] == [
        "The cell first was changed since it was read; nothing was changed now. Run %smallcode fix again."
    ]


def test_there_is_nothing_to_fix_or_explain_before_an_error(book: Book) -> None:
    kernel = book.kernel
    kernel.run("import sys\nif hasattr(sys, 'last_value'): del sys.last_value")
    for command in ("fix", "explain error"):
        assert "There is no error to" in kernel.run(f"%smallcode {command}").reply["traceback"][0]


def test_a_cell_and_an_error_are_explained_in_words(book: Book) -> None:
    kernel = book.kernel
    answers(kernel, "It adds.", "The list is empty.")
    (number,) = book.write("total = sum([1, 2])")
    ran = kernel.run(f"%smallcode explain {number}")
    assert "It adds." in ran.last
    assert "✓ Answered" in ran.last
    seen = prompt(kernel)
    assert f"Explain cell In[{number}] to the person" in seen
    assert "total = sum([1, 2])" in seen
    book.write("empty = []\nempty[0]")
    assert "The list is empty." in kernel.run("%smallcode explain").last
    assert "Explain the last error" in prompt(kernel, 1)
    assert "IndexError: list index out of range" in prompt(kernel, 1)
    assert kernel.run("%smallcode explain 999").reply["traceback"][0].startswith("There is no cell '999'.")


DOUBLE = """
calls = []
def double(x):
    '''Twice.

    >>> double(2)
    5
    '''
    calls.append(x)
    return 2 * x
"""
ASSERTS = "assert double(2) == 4\nassert double(3) == 7, 'seven'"
FUNCTIONS = """def test_fine():
    assert double(0) == 0

def test_wrong():
    value = double(1)
    assert value == 3

def test_needs(tmp_path): ...
"""
CLASS = "class TestAll:\n    def test_one(self):\n        assert double(5) == 10"


def test_all_kinds_of_tests_are_found_and_run_in_a_copy(book: Book, tmp_path: Path) -> None:
    kernel = book.kernel
    (tmp_path / "test_shop.py").write_text(
        "def test_good():\n    pass\n\ndef test_bad():\n    assert 1 == 2\n"
    )
    numbers = book.write(DOUBLE, ASSERTS, FUNCTIONS, CLASS)
    lines = kernel.run("%smallcode test", timeout=60).last.splitlines()
    assert lines == [
        "✓ assert double(2) == 4  cell 2, line 1",
        "✗ assert double(3) == 7, 'seven'  cell 2, line 2: double(3) is int = 6",
        f"✓ test_fine  In[{numbers[2]}]",
        f"✗ test_wrong  In[{numbers[2]}], line 6: AssertionError   (assert value == 3)",
        f"– test_needs  In[{numbers[2]}]: it needs tmp_path",
        f"✓ TestAll.test_one  In[{numbers[3]}]",
        "✗ doctest of double: double(2) Expected: 5 Got: 4",
        "✓ test_shop.py::test_good",
        "✗ test_shop.py::test_bad  line 5: assert 1 == 2",
        "4 passed, 4 failed, 1 not run.",
    ]
    assert kernel.run("calls").text == "[2, 3]"


def test_no_tests_are_said_to_be_none(book: Book) -> None:
    book.write("x = 1")
    assert book.kernel.run("%smallcode test").last.startswith("There are no tests:")


def accept(kernel: Kernel, code: str) -> Ran:
    """Let a model propose the code, and accept it."""
    answers(kernel, f"```python\n{code}\n```")
    proposed = kernel.run("%%smallcode\nWrite the next cell.\n")
    ran = kernel.run("%smallcode accept")
    assert ran.reply["status"] == "ok", proposed.last
    return ran


STAYS = "The cell with its code stays: delete it if it is not wanted."


def test_undo_brings_back_what_changed_inside(book: Book) -> None:
    kernel = book.kernel
    kernel.run(
        "import numpy, pandas\nitems = [1, 2]\nalias = items\nbig = numpy.arange(1_000_000.0)\nview = big[:3]\n"
        "frame = pandas.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\nbound = frame['a'].sum\n"
        "class Box:\n    pass\nbox = Box()\nbox.content = {'k': [1]}\ncount = 1\ngone = {'x': 1}"
    )
    code = (
        "items.append(3)\nbig[:] = 0\nframe['c'] = 1\nframe.loc[0, 'b'] = 'z'\nbox.content['k'].append(2)\n"
        "count = 2\ngone.clear()\ndel gone\nfresh = 5"
    )
    assert "ran here" in accept(kernel, code).last
    assert kernel.run("items, list(frame.columns), count").text == "([1, 2, 3], ['a', 'b', 'c'], 2)"
    assert kernel.run("%smallcode undo").last == (
        "Variables put back: big, box, count, frame, gone, items. Variables removed: fresh. " + STAYS
    )
    told = kernel.run(
        "print(items, alias is items, big.sum(), view.base is big, list(view), frame.to_dict('list'), box.content,"
        " type(box) is Box, count, gone, 'fresh' in globals())"
    ).text
    assert told == (
        "[1, 2] True 499999500000.0 True [np.float64(0.0), np.float64(1.0), np.float64(2.0)]"
        " {'a': [1, 2], 'b': ['x', 'y']} {'k': [1]} True 1 {'x': 1} False\n"
    )
    kernel.run("items.append(9)\nbig[0] = 7\nframe['d'] = 2")
    assert kernel.run("items, big[0], frame.shape").text == "([1, 2, 9], np.float64(7.0), (2, 3))"


def test_what_cannot_be_pickled_is_no_obstacle_and_what_cannot_be_put_back_is_named(book: Book) -> None:
    kernel = book.kernel
    kernel.run(
        "import numpy, threading\nlock = threading.Lock()\nbox = {'lock': lock, 'n': 1}\nitems = [1]\n"
        "grid = numpy.zeros(3)"
    )
    accept(kernel, "box['n'] = 2\nbox['lock'] = None\nitems.append(2)\ngrid.resize(2, refcheck=False)")
    assert kernel.run("%smallcode undo").last == (
        "Variables put back: box, items. "
        f"Could not be put back: grid (a ndarray cannot take its old content back). {STAYS}"
    )
    assert kernel.run("box['n'], box['lock'] is lock, items").text == "(1, True, [1])"


def test_undo_goes_back_step_by_step_and_leaves_what_was_changed_since(book: Book, tmp_path: Path) -> None:
    kernel = book.kernel
    file = tmp_path / "area.py"
    file.write_text("def area(r):\n    return r\n", encoding="utf-8")
    answers(kernel, "area.py\n```python\ndef area(r):\n    return 3 * r * r\n```\n")
    kernel.run("%%smallcode --files\nfix area in area.py\n")
    kernel.run("%smallcode accept")
    kernel.run("items, other = [0], [0]")
    for number in (1, 2):
        accept(kernel, f"items.append({number})\nother.append({number})")
    kernel.run("other.append(99)")
    assert kernel.run("%smallcode undo").last == (
        "Variables put back: items. Left as they are, because they were changed since: other. " + STAYS
    )
    assert kernel.run("items, other").text == "([0, 1], [0, 1, 2, 99])"
    kernel.run("%smallcode undo")
    assert kernel.run("items").text == "[0]"
    assert file.read_text(encoding="utf-8").endswith("3 * r * r\n")
    assert kernel.run("%smallcode undo").last == "Put back: area.py."
    assert file.read_text(encoding="utf-8").endswith("return r\n")


CHILDREN = "print(len(open('/proc/thread-self/children').read().split()))"


def test_copies_are_bounded_and_leave_nothing_behind(book: Book) -> None:
    kernel = book.kernel
    before = int(kernel.run(CHILDREN).text)
    kernel.run("items = []")
    for number in range(5):
        accept(kernel, f"items.append({number})")
    assert int(kernel.run(CHILDREN).text) == before + 3
    accept(kernel, "unrelated = 1")
    assert int(kernel.run(CHILDREN).text) == before + 3
    for _ in range(6):
        kernel.run("%smallcode undo")
    assert kernel.run("items").text == "[0, 1]"
    assert int(kernel.run(CHILDREN).text) == before
    accept(kernel, "items.append(5)")
    kernel.run("%unload_ext smallcode_jupyter")
    assert int(kernel.run(CHILDREN).text) == before


def test_a_copy_that_is_killed_is_told(book: Book) -> None:
    kernel = book.kernel
    kernel.run("items = [1]")
    accept(kernel, "items.append(2)")
    kernel.run(
        "from smallcode_jupyter.frontends.magic import notebook_of\nimport os, signal\n"
        "os.kill(notebook_of(get_ipython()).commits.last.snapshot._process, signal.SIGKILL)"
    )
    assert (
        "Could not be put back: items (the copy of the kernel is gone" in kernel.run("%smallcode undo").last
    )
    assert kernel.run("items").text == "[1, 2]"
