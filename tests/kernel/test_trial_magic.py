"""`%%trial` in a real kernel: each kind of cell is tried, told, and leaves nothing behind."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kernel, Ran

pytestmark = pytest.mark.kernel

UNCHANGED = "Your variables and files are as they were."


def attempt(kernel: Kernel, code: str, options: str = "") -> str:
    """What `%%trial` shows of a cell; nothing else may come out of the kernel."""
    ran: Ran = kernel.run(f"%%trial {options}\n{code}")
    assert ran.reply["status"] == "ok", ran.text
    assert ran.text == ""
    assert len(ran.displays) in (1, 2), "a slow one says first that it is running"
    told = ran.last
    assert UNCHANGED in told
    return told


def test_it_tells_what_a_cell_would_do_and_does_not_do_it(kernel: Kernel) -> None:
    kernel.run("prices = [3, 4]; gone = 1")
    told = attempt(kernel, "prices.append(5)\ndel gone\ntotal = sum(prices)\nprint('so far')\ntotal")
    assert told.startswith("It runs (")
    for line in (
        "printed:\n  so far",
        "result:\n  12",
        "new: total (int 12)",
        "changed inside: prices (list, 2 items → list, 3 items)",
        "deleted: gone (int 1)",
    ):
        assert line in told
    assert kernel.run("prices, gone, 'total' in globals()").text == "([3, 4], 1, False)"


def test_a_failing_cell_is_told_by_its_line(kernel: Kernel) -> None:
    told = attempt(kernel, "def share(n):\n    return 1 / n\nshare(0)")
    assert told.startswith("It fails (")
    assert "cell line 2, in share: return 1 / n\nZeroDivisionError: division by zero" in told


def test_cells_that_await_work(kernel: Kernel) -> None:
    assert "result:\n  5" in attempt(kernel, "import asyncio\nawait asyncio.sleep(0, 5)")
    code = "import asyncio\nasync def f(n):\n    await asyncio.sleep(0)\n    return n\nawait asyncio.gather(f(1), f(2))"
    assert "result:\n  [1, 2]" in attempt(kernel, code)
    assert "printed:\n  0\n  1" in attempt(
        kernel, "async def g():\n    yield 0\n    yield 1\nasync for n in g():\n    print(n)"
    )


def test_magics_and_commands_work(kernel: Kernel) -> None:
    assert "printed:\n  from bash" in attempt(kernel, "%%bash\necho from bash")
    assert "printed:\n  from a command" in attempt(kernel, "!echo from a command")
    assert "new: listing (SList)" in attempt(kernel, "listing = !echo one; echo two")
    assert "ns" in attempt(kernel, "%timeit -n1 -r1 1 + 1")
    assert "added file: made.py, 8 bytes" in attempt(kernel, "%%writefile made.py\nx = 123")


def test_files_are_written_in_a_layer(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("a,b\n1,2\n")
    (tmp_path / "gone.txt").write_text("x")
    told = attempt(
        kernel,
        "import os, pathlib\n"
        "open('old.csv', 'a').write('3,4\\n')\n"
        "os.remove('gone.txt')\n"
        "pathlib.Path('sub').mkdir(); pathlib.Path('sub/new.txt').write_text('new')\n"
        "open('old.csv').read().count('\\n'), sorted(os.listdir())",
    )
    assert "result:\n  (3, ['old.csv', 'sub'])" in told
    for line in (
        "changed file: old.csv, 12 bytes",
        "deleted file: gone.txt",
        "added file: sub/new.txt, 3 bytes",
    ):
        assert line in told
    assert sorted(place.name for place in tmp_path.iterdir()) == ["gone.txt", "old.csv"]
    assert (tmp_path / "old.csv").read_text() == "a,b\n1,2\n"


def test_what_a_trial_may_not_do_is_named_even_if_the_code_hides_it(kernel: Kernel) -> None:
    told = attempt(
        kernel,
        "import urllib.request\n"
        "for attempt in (lambda: open('/etc/hosts', 'a'), lambda: urllib.request.urlopen('http://example.com')):\n"
        "    try:\n        attempt()\n    except OSError:\n        pass",
    )
    assert told.startswith("It runs (")
    for line in (
        "blocked: write /etc/hosts",
        "blocked: fetch http://example.com",
        "blocked: look up example.com",
    ):
        assert line in told


def test_a_table_is_told_with_its_columns_and_missing_values(kernel: Kernel) -> None:
    kernel.run("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': [1.0, None, 3.0]})")
    told = attempt(kernel, "df['c'] = df['a'] * 2\ndf2 = df.dropna()\ndf = df.rename(columns={'a': 'n'})")
    old = "DataFrame, 3 rows, 2 columns: a int64; b float64, 1 missing"
    assert (
        f"changed: df ({old} → DataFrame, 3 rows, 3 columns: n int64; b float64, 1 missing; c int64)" in told
    )
    assert "new: df2 (DataFrame, 2 rows, 3 columns: a int64; b float64; c int64)" in told
    told = attempt(kernel, "df.loc[1, 'b'] = 2.0")
    assert f"changed inside: df ({old} → DataFrame, 3 rows, 2 columns: a int64; b float64)" in told
    assert "nothing" not in attempt(kernel, "df.groupby('a')['b'].mean()")
    assert kernel.run("df.shape, int(df['b'].isna().sum())").text == "((3, 2), 1)"


def test_a_change_inside_a_big_array_is_found_in_its_memory(kernel: Kernel) -> None:
    kernel.run("import numpy as np\nbig = np.zeros(4_000_000); same = np.ones(1_000_000); view = big[1000:]")
    told = attempt(kernel, "big[2_000_000:2_000_100] = 1\nsame[:5] = 1.0\ntotal = big.sum()")
    (line,) = [line for line in told.splitlines() if "changed inside: big" in line]
    assert line.endswith("4,096 bytes of memory differ)")
    assert "changed inside: view" in told
    assert "same" not in told
    assert kernel.run("float(big.sum())").text == "0.0"


def test_a_plot_is_told_as_data(kernel: Kernel) -> None:
    told = attempt(
        kernel,
        "import matplotlib.pyplot as plt\n"
        "fig, (left, right) = plt.subplots(1, 2)\n"
        "left.plot([1, 2, 3], [10, 40, 90], label='sales'); left.legend()\n"
        "left.set(title='Sales', xlabel='month', ylabel='euros')\n"
        "right.bar(['a', 'b'], [3, 5]); right.set_yscale('log')\n"
        "fig.suptitle('Both')\nplt.show()",
    )
    assert "plot: Both, 2 axes" in told
    assert "“Sales”; x: month 0.9 to 3.1; y: euros 6 to 94; legend: sales" in told
    assert "line sales: 3, 10 to 90" in told
    assert "bars: 2, 3 to 5" in told
    assert "(log)" in told
    assert "It fails" in attempt(kernel, "plt.plot([1]); plt.title('$\\\\frac{$'); plt.show()")


def test_a_database_in_the_folder_can_be_written_in_the_copy(kernel: Kernel) -> None:
    kernel.run(
        "import sqlite3\nbase = sqlite3.connect('shop.db')\n"
        "base.execute('create table t(x)'); base.execute('insert into t values (1)'); base.commit()"
    )
    told = attempt(kernel, "base.execute('select x from t').fetchall()")
    assert "result:\n  [(1,)]" in told
    code = (
        "c = sqlite3.connect('shop.db'); c.execute('insert into t values (2)'); c.commit()\n"
        "c.execute('select count(*) from t').fetchone()"
    )
    assert "result:\n  (2,)" in attempt(kernel, code)
    assert kernel.run("base.execute('select count(*) from t').fetchone()").text == "(1,)"


def test_threads_that_wait_are_no_obstacle(kernel: Kernel) -> None:
    kernel.run(
        "import queue, threading\nwork = queue.Queue()\n"
        "thread = threading.Thread(target=lambda: [item for item in iter(work.get, None)], daemon=True)\nthread.start()"
    )
    try:
        assert "result:\n  2" in attempt(kernel, "1 + 1")
        code = (
            "from concurrent.futures import ThreadPoolExecutor\n"
            "with ThreadPoolExecutor(2) as pool:\n    r = list(pool.map(abs, [-1, -2]))\nr"
        )
        assert "result:\n  [1, 2]" in attempt(kernel, code)
    finally:
        kernel.run("work.put(None); thread.join()")


def test_processes_of_the_cell_work(kernel: Kernel) -> None:
    code = (
        "import multiprocessing as m\n"
        "with m.get_context('fork').Pool(2) as pool:\n    r = pool.map(abs, [-3, -4])\nr"
    )
    assert "result:\n  [3, 4]" in attempt(kernel, code, "--seconds 30")


def test_a_large_namespace_is_no_obstacle(kernel: Kernel) -> None:
    kernel.run("import numpy as np\nhuge = np.ones(2**26); pieces = [str(n) for n in range(200_000)]")
    try:
        began = time.monotonic()
        assert "result:\n  67108864.0" in attempt(kernel, "float(huge.sum())")
        assert time.monotonic() - began < 5
    finally:
        kernel.run("del huge, pieces")


def test_random_numbers_are_those_the_cell_would_get(kernel: Kernel) -> None:
    kernel.run("import random, numpy as np\nrandom.seed(3); np.random.seed(3)")
    tried = attempt(kernel, "round(random.random(), 6), round(float(np.random.rand()), 6)")
    real = kernel.run("round(random.random(), 6), round(float(np.random.rand()), 6)").text
    assert f"result:\n  {real}" in tried


def test_interrupting_ends_the_trial(kernel: Kernel) -> None:
    sent = kernel.send("%%trial\nimport time; time.sleep(60)")
    time.sleep(0.7)
    began = time.monotonic()
    kernel.manager.interrupt_kernel()
    ran = kernel.finish(sent)
    assert ran.reply["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - began < 2
    assert kernel.run("1 + 1").text == "2"


def test_a_long_trial_shows_what_it_prints_and_runs_once(kernel: Kernel) -> None:
    kernel.run("runs = []")
    sent = kernel.send(
        "%%trial --seconds 600\nimport time\nruns.append(1)\n"
        "for step in range(100):\n    print('step', step)\n    time.sleep(0.1)"
    )
    time.sleep(2.5)
    kernel.manager.interrupt_kernel()
    ran = kernel.finish(sent)
    assert ran.reply["ename"] == "KeyboardInterrupt"
    shown = [data["text/plain"] for data in ran.displays]
    assert len(shown) >= 2
    assert all("The trial is running; ■ stops it." in text for text in shown)
    assert "step 3" in shown[-1]
    assert kernel.run("runs").text == "[]"
    told = kernel.run("%%trial\nimport time\nfor n in range(8): print(n); time.sleep(0.15)")
    assert told.last.startswith("It runs (")
    assert (
        len(
            {
                message["content"]["transient"]["display_id"]
                for message in told.messages
                if "data" in message["content"]
            }
        )
        == 1
    )


def test_the_time_it_may_take_is_an_option(kernel: Kernel) -> None:
    assert attempt(kernel, "while True: pass", "--seconds 0.5").startswith("It does not end in time (0.5")
    ran = kernel.run("%%trial --frobnicate\n1")
    assert ran.reply["traceback"] == [
        "%%trial does not know '--frobnicate'. It takes one option, the most seconds: %%trial --seconds 30, up to 600."
    ]


def test_an_unconfined_kernel_is_called_so(kernel: Kernel) -> None:
    assert "unconfined kernel: code that you run or accept here can do what you can" in attempt(kernel, "1")
