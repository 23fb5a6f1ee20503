"""Made-up cells: ordinary ones, and such that crash, hang, fork, eat memory, delete files or change everything in
place."""

from __future__ import annotations

import random

__all__ = ["KINDS", "program"]

KINDS: dict[str, tuple[str, ...]] = {
    "plain": (
        "total = sum(numbers); print(total); total",
        "import math\nroots = [math.sqrt(abs(n)) for n in numbers]\nroots[:3]",
        "df.describe().loc['mean'].to_dict()",
        "[word for word in words if word.startswith('a')]",
        "import asyncio\nawait asyncio.sleep(0)\nlen(words)",
        "%timeit -n1 -r1 sum(numbers)",
        "!echo {len(words)}",
    ),
    "failing": (
        "1 / 0",
        "words[10_000]",
        "df['no such column']",
        "def f(n):\n    return f(n + 1)\nf(0)",
        "this is no python",
        "raise SystemExit(3)",
        "assert not numbers",
    ),
    "changing": (
        "numbers.append(1); numbers.sort(reverse=True)",
        "words.clear(); table.update(new=1); table.pop('a', None)",
        "array[:] = 0; array[{n} % len(array)] = 7",
        "big[{n} * 100:{n} * 100 + 5000] += 1",
        "df.loc[:, 'a'] = 0; df['new'] = 1; df.drop(index=0, inplace=True)",
        "del numbers, words, df",
        "for name in list(globals()):\n    if not name.startswith('_'): del globals()[name]",
        "thing.items.append(3); thing.count = {n}; type(thing).label = 'x'",
        "next(generator); next(generator)",
        "mapped[:] = 9; shared[0] = 99",
        "import os, sys\nos.environ['HOME'] = '/'; os.chdir('/'); sys.path.clear(); sys.modules.pop('json', None)",
        "import random, numpy as np\nrandom.seed({n}); np.random.seed({n}); np.random.rand(10)",
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); signal.alarm(1)",
        "import builtins; builtins.len = lambda x: 0; builtins.print = None",
        "import numpy as np, pandas as pd\nnp.set_printoptions(precision=1); pd.set_option('display.max_rows', 1)",
    ),
    "files": (
        "import os\nfor name in os.listdir('.'):\n    if os.path.isfile(name): os.remove(name)",
        "import shutil; shutil.rmtree('folder')",
        "open('data.csv', 'w').write('gone')",
        "df.to_csv('data.csv'); df.to_pickle('df.pkl')",
        "import os; os.rename('data.csv', 'other.csv'); os.chmod('folder', 0)",
        "!rm -rf * .[a-z]*",
        "handle.seek(0); handle.write('overwritten'); handle.truncate()",
        "database.execute('delete from t'); database.commit()",
        "import pathlib\nfor place in pathlib.Path('..').rglob('*.csv'):\n    place.unlink()",
    ),
    "crashing": (
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
        "import os; os._exit(7)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os, signal; os.kill(os.getppid(), signal.SIGTERM)",
        "import faulthandler; faulthandler._sigsegv()",
    ),
    "hanging": (
        "while True: pass",
        "import time; time.sleep(60)",
        "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "import queue; queue.Queue().get()",
        "import signal\n"
        "for n in range(1, 32):\n"
        "    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "while True: pass",
    ),
    "forking": (
        "import os\nfor _ in range(5):\n    os.fork()",
        "import subprocess; subprocess.Popen(['sleep', '30'], start_new_session=True)",
        "import os\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        import time; time.sleep(30)\n"
        "    os._exit(0)",
        "import threading, time\n"
        "for _ in range(20): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()",
        "import multiprocessing as m\n"
        "with m.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, 2]))",
    ),
    "hungry": (
        "block = bytearray(4 * 2**30)",
        "pieces = []\nwhile True: pieces.append('x' * 10_000_000)",
        "while True: print('y' * 10_000)",
        "open('large', 'wb').write(b'x' * 200_000_000)",
        "import os\nhandles = []\nwhile True: handles.append(os.open('/dev/null', 0))",
    ),
}


def program(number: int, kinds: tuple[str, ...] = tuple(KINDS)) -> tuple[str, str]:
    """The kind and the code of a made-up cell: one to three pieces, always the same for the same number."""
    chance = random.Random(number)
    kind = chance.choice(kinds)
    pieces = [chance.choice(KINDS[kind])]
    if not pieces[0].startswith(("%", "!")):
        for other in chance.choices(("plain", "changing", "files"), k=chance.randrange(3)):
            piece = chance.choice([text for text in KINDS[other] if not text.startswith(("%", "!"))])
            pieces.insert(0, f"try:\n{_indented(piece)}\nexcept Exception:\n    pass")
    return kind, "\n".join(pieces).replace("{n}", str(chance.randrange(1, 900)))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
