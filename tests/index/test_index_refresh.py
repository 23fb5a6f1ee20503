"""Keeping the index up to date: incremental, persistent, shared, never wrong about what is staged."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from threading import Event

import pytest
from index_shop import SHOP

from smallcode_jupyter.index.code_index import CodeIndex, store_path
from smallcode_jupyter.index.refresh import Progress
from smallcode_jupyter.protocol.errors import Cancelled


def paths(index: CodeIndex, words: str) -> list[str]:
    return [one.file.path for one in index.rank(words)]


def defined(index: CodeIndex, name: str) -> list[tuple[str, int]]:
    return [(path, one.line) for path, one in index.definitions(name)]


def test_only_what_changed_is_read_again(shop: CodeIndex, put) -> None:
    assert shop.refresh().read == 0
    put(
        {
            "src/shop/rates.py": "def other_rate():\n    pass\n",
            "src/shop/new.py": "x = 1\n",
            "README.md": None,
        }
    )
    report = shop.refresh()
    assert (report.files, report.read, report.gone) == (len(SHOP), 2, 1)
    assert defined(shop, "find_rate") == []
    assert defined(shop, "other_rate") == [("src/shop/rates.py", 1)]


def test_a_file_that_was_only_touched_keeps_what_is_known(shop: CodeIndex, root: Path) -> None:
    os.utime(root / "src/shop/rates.py", ns=(1, 1))
    assert shop.refresh().read == 0
    assert defined(shop, "find_rate") == [("src/shop/rates.py", 7)]


def test_an_edit_within_the_clocks_tick_and_of_the_same_size_is_noticed(
    index: CodeIndex, put, root: Path
) -> None:
    put({"a.py": "def first(): pass\n"})
    index.refresh()
    status = (root / "a.py").stat()
    put({"a.py": "def other(): pass\n"})
    os.utime(root / "a.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    index.refresh()
    assert (defined(index, "first"), defined(index, "other")) == ([], [("a.py", 1)])


def test_ignored_huge_and_binary_files_are_left_out_and_counted(index: CodeIndex, put, root: Path) -> None:
    (root / ".git").mkdir()
    put(
        {
            ".gitignore": "build/\n*.log\n",
            "build/out.py": "def built(): pass\n",
            "a.log": "def logged(): pass\n",
            "node_modules/x/index.js": "function packed() {}\n",
            "picture.png": b"\x89PNG\0",
            "data": b"\0\1\2",
            "huge.py": "x = 1\n" * 400_000,
            "long.py": "def far_down(): pass\n" * 30_000,
            "ok.py": "def ok(): pass\n",
        }
    )
    report = index.refresh()
    assert report.skipped == (("binary", 2), ("large", 1))
    assert report.files == 3
    assert [path for path, _ in index.statistics().notes] == ["long.py"]
    for name in ("built", "logged", "packed", "far_down"):
        assert defined(index, name) == []


def test_a_refresh_tells_how_far_it_is_and_goes_on_where_it_was_stopped(index: CodeIndex, put) -> None:
    put({f"m{number}.py": f"def f{number}(): pass\n" for number in range(450)})
    seen: list[Progress] = []
    stop = Event()

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 200:
            stop.set()

    with pytest.raises(Cancelled):
        index.refresh(on_progress=on_progress, cancel=stop)
    assert seen == [Progress(done=0, total=450), Progress(done=200, total=450)]
    report = index.refresh(on_progress=seen.append)
    assert (report.files, report.read) == (450, 50)
    assert seen[-1].done == seen[-1].total


def test_staged_texts_stand_in_place_of_the_files(shop: CodeIndex) -> None:
    shop.overlay(
        {
            "src/shop/rates.py": "class RateTable:\n    def rate_of(self): pass\n",
            "src/shop/extra.py": "from shop.weather import forecast\n",
            "src/shop/board.py": None,
        }
    )
    assert defined(shop, "find_rate") == []
    assert defined(shop, "rate_of") == [("src/shop/rates.py", 2)]
    assert [one.path for one in shop.references("forecast")] == ["src/shop/extra.py", "src/shop/weather.py"]
    assert "src/shop/board.py" not in paths(shop, "board display lines")
    assert "src/shop/extra.py" in paths(shop, "`forecast`")
    shop.overlay({})
    assert defined(shop, "find_rate") == [("src/shop/rates.py", 7)]


def test_a_broken_store_is_made_again(shop: CodeIndex, tmp_path: Path) -> None:
    store = tmp_path / "state" / "index.sqlite"
    for path in store.parent.iterdir():
        path.unlink()
    store.write_bytes(b"this is no database, but long enough to be looked at\n" * 100)
    assert shop.refresh().read == len(SHOP)
    assert defined(shop, "find_rate") == [("src/shop/rates.py", 7)]


def _refresh(root: Path, store: Path, results: multiprocessing.Queue[tuple[int, int]]) -> None:
    index = CodeIndex(root, store)
    found = 0
    for _ in range(4):
        index.refresh()
        found = len(index.rank("`f7` of some module"))
    results.put((index.refresh().files, found))


def test_two_processes_may_share_it(put, root: Path, tmp_path: Path) -> None:
    put({f"p{number % 7}/m{number}.py": f"def f{number}(): return {number}\n" for number in range(600)})
    store = tmp_path / "state" / "index.sqlite"
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[int, int]] = context.Queue()
    others = [context.Process(target=_refresh, args=(root, store, results)) for _ in range(2)]
    for other in others:
        other.start()
    outcomes = [results.get(timeout=100) for _ in others]
    for other in others:
        other.join()
    assert [files for files, _ in outcomes] == [600, 600]
    assert all(found for _, found in outcomes)
    index = CodeIndex(root, store)
    assert index.refresh().read == 0
    assert [len(index.definitions(f"f{number}")) for number in range(0, 600, 50)] == [1] * 12


def test_the_store_lies_outside_the_workspace(root: Path, tmp_path: Path) -> None:
    place = store_path(tmp_path / "state", root)
    assert place.is_relative_to(tmp_path / "state" / "workspaces")
    assert place != store_path(tmp_path / "state", tmp_path)


def test_a_store_inside_the_workspace_is_not_indexed(put, root: Path) -> None:
    put({"a.py": "x = 1\n"})
    index = CodeIndex(root, root / "state" / "index.sqlite")
    index.refresh()
    assert index.refresh().files == 1
