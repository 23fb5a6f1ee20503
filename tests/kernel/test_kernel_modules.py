"""Modules of the folder in a real kernel: tried as staged, loaded again on accept, and back again on undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kernel

pytestmark = pytest.mark.kernel

PRICES = """
def clean(values):
    return [v for v in values if v > 0]


class Cart:
    def total(self):
        return 1
"""
BETTER = PRICES.replace("v > 0", "v >= 0").replace("return 1", "return 2")


def propose(kernel: Kernel, *edits: tuple[str, str | None], cell: str = "") -> None:
    """Put a change set before the person, as a run would."""
    kernel.run(f"""
from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, NEXT_CELL, content_hash
_session = _notebook_of(get_ipython()).session
_files = []
for _path, _after in {edits!r}:
    _place = _session.root / _path
    _before = _place.read_text() if _place.exists() else None
    _hash = None if _before is None else content_hash(_before.encode())
    _files.append(FileChange(path=_path, before=_before, after=_after, before_hash=_hash))
if {cell!r}:
    _files.append(FileChange(path=NEXT_CELL, before=None, after={cell!r}, before_hash=None))
_session.pending = ChangeSet(id='x', files=tuple(_files))
""")


def accept(kernel: Kernel) -> str:
    return kernel.run("%smallcode accept").last


def undo(kernel: Kernel) -> str:
    return kernel.run("%smallcode undo").last


@pytest.fixture
def shop(kernel: Kernel, tmp_path: Path) -> Kernel:
    """A kernel that has imported `prices` out of its folder, and knows no variables or cells of other tests."""
    (tmp_path / "prices.py").write_text(PRICES)
    kernel.run("""
_inputs = get_ipython().history_manager.input_hist_raw
_inputs[:] = [""] * len(_inputs)
""")
    kernel.run("%reset_selective -f ^(?!script$)")
    kernel.run("import sys; sys.modules.pop('prices', None); sys.path.insert(0, '')")
    kernel.run("script()")
    kernel.run("import prices")
    return kernel


def test_accepting_loads_the_module_again_and_undo_brings_its_objects_back(shop: Kernel) -> None:
    shop.run(
        "from prices import clean as tidy, Cart\nold_clean = prices.clean\ncart = Cart()\ncarts = [cart]"
    )
    shop.run("kept = tidy([0, 1])")
    shop.run("doubled = [v * 2 for v in kept]")
    shop.run("unrelated = 1")
    propose(shop, ("prices.py", BETTER))
    told = accept(shop)
    assert "Loaded again in the kernel: prices." in told
    for held in ("cart (prices.Cart)", "carts (prices.Cart)", "old_clean (prices.clean)"):
        assert held in told
    assert "unrelated" not in told
    assert "%smallcode rerun" in told
    now = "tidy([0, 1]), prices.clean([0]), old_clean([0]), Cart().total(), cart.total(), isinstance(cart, Cart)"
    assert shop.run(now).text == "([0, 1], [0], [], 2, 1, False)"
    assert shop.run("kept, doubled").text == "([1], [2])"
    told = undo(shop)
    assert "Put back: prices.py." in told
    assert "In the kernel, too, as it was: prices." in told
    assert shop.run(now).text == "([1], [], [], 1, 1, True)"
    assert shop.run("prices.clean is old_clean").text == "True"


def test_a_cell_meets_the_staged_module_in_the_copy_and_the_kernel_keeps_its_own(shop: Kernel) -> None:
    shop.run("import pathlib, tempfile, threading; from smallcode_jupyter.session.cells import StagedFiles")
    shop.run("from prices import clean")
    staged = {"prices.py": BETTER + "import rates\n", "rates.py": "VAT = 3\n"}
    shop.run(f"""
def attempt(code, texts={staged!r}):
    facts = _notebook_of(get_ipython()).facts
    staged = StagedFiles(root=pathlib.Path.cwd(), texts=texts)
    scratch = pathlib.Path(tempfile.mkdtemp()) / 's'
    return facts.run_trial(code, seconds=20, scratch=scratch, cancel=threading.Event(), staged=staged)
""")
    ran = shop.run("attempt('import rates; clean([0]), prices.Cart().total(), rates.VAT').result")
    assert ran.text == "'([0], 2, 3)'"
    assert shop.run("clean([0]), prices.Cart().total(), 'rates' in sys.modules").text == "([], 1, False)"
    broken = {"prices.py": BETTER + "RATE = 1 / 0\n"}
    ran = shop.run(f"_r = attempt('1', {broken!r}); print(_r.status, _r.is_prepared, _r.error)")
    assert ran.text.startswith("failed False")
    assert "ImportError: prices.py, line 9: ZeroDivisionError: division by zero" in ran.text


def test_an_answer_that_cannot_be_loaded_into_the_kernel_is_sent_back(shop: Kernel) -> None:
    # Imported by itself it is right; in a kernel, where IPython is loaded, it is not.
    broken = BETTER + "import sys\nRATE = 1 / ('ipykernel' not in sys.modules)\n"
    right = BETTER + "RATE = 1\n"
    shop.run(f"script(*{[f'```python{text}```' for text in (broken, right)]!r})")
    ran = shop.run("%%smallcode\nIn prices.py, keep zeros in `clean`, and add a constant `RATE`.", timeout=60)
    assert "loading 0/1 ✗" in ran.last
    assert "loading –" not in ran.last
    assert "RATE = 1\n" in shop.run("%smallcode diff").last
    assert shop.run("hasattr(prices, 'RATE')").text == "False"


def test_a_module_that_cannot_be_loaded_again_goes_on_as_it_was(shop: Kernel) -> None:
    propose(shop, ("prices.py", BETTER + "RATE = 1 / 0\n"))
    told = accept(shop)
    assert "could not load it again (prices.py, line 9: ZeroDivisionError: division by zero)" in told
    assert shop.run("prices.clean([0]), prices.Cart().total()").text == "([], 1)"
    undo(shop)
    assert shop.run("prices.clean([0])").text == "[]"


def test_a_cell_that_is_accepted_with_the_file_runs_with_the_new_module(shop: Kernel) -> None:
    shop.run("from prices import clean")
    propose(shop, ("prices.py", BETTER), cell="kept = clean([0, 1])\n")
    accept(shop)
    assert shop.run("kept").text == "[0, 1]"
    undo(shop)
    assert shop.run("'kept' in globals(), clean([0, 1])").text == "(False, [1])"


def test_rerun_tries_in_a_copy_and_then_runs_here(shop: Kernel) -> None:
    shop.run("kept = prices.clean([0, 1])")
    shop.run("count = len(kept)")
    assert "No cell waits" in shop.run("%smallcode rerun").last
    propose(shop, ("prices.py", BETTER))
    accept(shop)
    assert shop.run("count").text == "1"
    told = shop.run("%smallcode rerun").last
    assert "Here, too" in told
    assert shop.run("kept, count").text == "([0, 1], 2)"
    assert "No cell waits" in shop.run("%smallcode rerun").last
    assert "Variables put back: count, kept." in undo(shop)
    assert shop.run("kept, count").text == "([1], 1)"


def test_rerun_changes_nothing_where_the_copy_fails(shop: Kernel) -> None:
    shop.run("kept = prices.clean([0, 1])")
    shop.run("ratio = 1 / (2 - len(kept))")
    propose(shop, ("prices.py", BETTER))
    accept(shop)
    told = shop.run("%smallcode rerun").last
    assert "ends in an error (ZeroDivisionError: division by zero). Nothing was run here." in told
    assert shop.run("kept, ratio").text == "([1], 1.0)"


def test_under_plan_rerun_is_only_the_copy(shop: Kernel) -> None:
    shop.run("kept = prices.clean([0, 1])")
    propose(shop, ("prices.py", BETTER))
    accept(shop)
    shop.run("%smallcode set policy plan")
    try:
        told = shop.run("%smallcode rerun").last
        assert "In a copy" in told
        assert "ran. Nothing was run here." in told
        assert shop.run("kept").text == "[1]"
    finally:
        shop.run("%smallcode set policy trial")


def test_where_autoreload_is_on_it_is_left_to_it(shop: Kernel) -> None:
    shop.run("%load_ext autoreload\n%autoreload 2")
    try:
        shop.run("cart = prices.Cart()")
        propose(shop, ("prices.py", BETTER))
        told = accept(shop)
        assert "Loaded again by autoreload before the next cell: prices." in told
        assert "Loaded again in the kernel" not in told
        assert shop.run("prices.clean([0]), cart.total()").text == "([0], 2)"
        undo(shop)
        assert shop.run("prices.clean([0]), cart.total()").text == "([], 1)"
    finally:
        shop.run("%autoreload 0")
