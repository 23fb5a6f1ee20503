"""Undoing random edits in a real kernel: every variable is what it was, and in the same object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kernel

pytestmark = pytest.mark.kernel

ROUNDS = """
import collections as _c, copy as _copy, random as _random, time as _time
import numpy as _np, pandas as _pd
from smallcode_jupyter.frontends.magic import notebook_of as _of
from smallcode_jupyter.frontends.cells.replay import same as _same

class Node:
    def __init__(self, **own): self.__dict__.update(own)

def _fresh():
    shared = [1, 2, 3]
    return dict(
        n=1, s='text', items=[1, [2, 3], {'k': shared}], alias=shared, table={'a': shared, 'b': {'c': 1}},
        bag={1, 2, 3}, queue=_c.deque([1, 2]), counts=_c.defaultdict(int, a=1), order=_c.OrderedDict(a=1, b=2),
        raw=bytearray(b'abc'), grid=_np.arange(12.0).reshape(3, 4), small=_np.array([1, 2]), whole=_np.arange(5),
        frame=_pd.DataFrame({'x': [1.0, None, 3.0], 'y': ['a', 'b', None]}), line=_pd.Series([1, 2, 3], name='l'),
        node=Node(value=[1], inner=Node(value={'z': 1})), left=(1, [2]),
    )

_EDITS = [
    'n = n + 1', 's = s.upper()', 'items.append(4)', 'items[1].append(9)', 'items[2]["k"].pop()',
    'items = items + [5]', 'alias.clear()', 'table["new"] = 1', 'table["b"]["c"] = 2', 'del table["a"]', 'table = {}',
    'bag.add(9)', 'bag.clear()', 'queue.append(3)', 'counts["z"] += 1', 'order.move_to_end("a")', 'raw.extend(b"d")',
    'grid[1, 2] = -1', 'grid *= 2', 'grid = grid.T', 'grid.shape = (12,)', 'small[:] = 0', 'whole.sort()',
    'whole[::-1].sort()', 'frame.loc[0, "x"] = 9', 'frame["w"] = 1', 'del frame["y"]', 'frame = frame.dropna()',
    'frame.columns = ["p", "q"][: frame.shape[1]] + list(frame.columns[2:])', 'frame.index = range(5, 5 + len(frame))',
    'line.iloc[0] = 7', 'line.name = "m"', 'node.value.append(2)', 'node.inner.value = None', 'node.more = 1',
    'node = None', 'left[1].append(3)', 'del bag', 'del queue, n', 'fresh = 1', 'another = [1]',
    'items.clear()\\nitems = None', 'frame.loc[1, "x"] = 5\\nframe = None', 'items[1] = table', '1 / 0',
]

def _rounds(count, seed):
    shell, random = get_ipython(), _random.Random(seed)
    commits, wrong, took = _of(shell).commits, [], []
    for number in range(count):
        before = _fresh()
        kept = _copy.deepcopy(before)
        shell.user_ns.update(before)
        code = '\\n'.join(random.sample(_EDITS, random.randint(1, 5)))
        with commits.commit(code):
            shell.run_cell(code, store_history=False)
        began = _time.perf_counter()
        report = commits.undo_last()
        took.append(_time.perf_counter() - began)
        now = {name: shell.user_ns.get(name) for name in before}
        bad = [name for name in before if now[name] is not before[name] or not _alike(now[name], kept[name])]
        bad += [name for name in ('fresh', 'another') if name in shell.user_ns]
        bad += ['shared'] if not bad and not _shares(now) else []
        if bad or report.left or report.failed:
            wrong.append((code, bad, report))
    return wrong, took

def _alike(one, other):
    if type(one) in (_c.deque, _c.defaultdict, _c.OrderedDict, bytearray):
        return one == other and list(one) == list(other)
    return _same(one, other) is True

def _shares(now):
    return now['items'][2]['k'] is now['alias'] and now['table']['a'] is now['alias']
"""


def test_random_edits_are_undone(kernel: Kernel) -> None:
    assert kernel.run(ROUNDS).reply["status"] == "ok"
    quietly = "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    _found, _ = _rounds(30, 1)\n"
    ran = kernel.run(f"{quietly}print('wrong:', _found[:3])", timeout=120)
    assert ran.text.startswith("wrong: []\n"), ran.text
