"""How fast the index is, how much memory it takes, and how well it finds the files that a task must change.

    python scripts/measure_index.py [tree] [django] [recall] [--files 100000] [--cache DIR]

`tree`: a generated tree, indexed cold, refreshed untouched and after ten edits, asked. `django`: the same for one large
package from the registry. `recall`: on the benchmark's `multi` tasks, each alone and among all others and Django,
against searching for the words and showing whole files. Everything is made in a cache folder outside of the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from platformdirs import user_cache_path

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.question import read_question
from smallcode_jupyter.index.words import STOP_WORDS, word_set
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.workspace.scan import scan

SUITE = Path(__file__).parent.parent / "smallcode_jupyter" / "bench" / "suites" / "multi"
DJANGO = "Django==5.2"
BUDGETS = (500, 1_000, 2_000, 4_000)
_NOUNS = sorted(
    word_set(
        "invoice order customer booking room table price stock report user account ledger entry filter parser writer "
        "cache route station weather trip fuel garage vehicle plate loan book reader desk fee notice slot guest "
        "menu dish"
    )
)
_VERBS = sorted(
    word_set("load save find list make read write check count merge split render format parse send store")
)
_LOOKED_AT = 40
"""Files of the baseline's order that are tried for the space that is left."""


def python_file(rng: random.Random, number: int) -> str:
    """A module of some forty lines with a class, functions, imports of other modules and docstrings."""
    noun, other = rng.choice(_NOUNS), rng.choice(_NOUNS)
    near = number - number % 50 + rng.randrange(50)
    functions = "\n\n".join(
        f"def {rng.choice(_VERBS)}_{rng.choice(_NOUNS)}_{number}_{part}({other}, limit=10):\n"
        f'    """Handle one {other} of the {noun}."""\n'
        f"    rows = [item for item in {other} if item.{noun} > limit]\n"
        f"    return make_{near}(rows, {part})\n"
        for part in range(4)
    )
    return (
        f'"""{noun.title()} and {other}."""\n\n'
        f"from . import module_{near}\nfrom .module_{near} import make_{near}\n\n\n"
        f"class {noun.title()}{number}:\n    def __init__(self, {other}):\n        self.{other} = {other}\n\n"
        f"    def {rng.choice(_VERBS)}(self):\n        return module_{near}.make_{near}(self.{other}, 1)\n\n\n"
        f"def make_{number}(rows, part):\n    return rows[part:]\n\n\n{functions}"
    )


def script_file(rng: random.Random, number: int) -> str:
    """A TypeScript module of some twenty lines."""
    noun, near = rng.choice(_NOUNS), number - number % 50 + rng.randrange(50)
    return (
        f"import {{ make{near} }} from './module_{near}';\n\n"
        f"export interface {noun.title()}{number} {{ id: number; {rng.choice(_NOUNS)}: string }}\n\n"
        f"/** The {noun}s that count. */\nexport function make{number}(rows: {noun.title()}{number}[]): number {{\n"
        f"  return rows.filter((row) => row.id > 3).length + make{near}([]);\n}}\n\n"
        f"export class {rng.choice(_VERBS).title()}{number} {{\n  private items = new Map<string, number>();\n"
        f"  add(key: string): void {{ this.items.set(key, make{number}([])); }}\n}}\n"
    )


def make_tree(root: Path, files: int) -> None:
    """Folders of 50 files; four in five in Python, the rest in TypeScript."""
    if (root / f"made-{files}.txt").exists():
        return
    shutil.rmtree(root, ignore_errors=True)
    rng = random.Random(1)
    for number in range(files):
        folder = root / f"area_{number // 2500:03d}" / f"part_{number // 50:05d}"
        if number % 50 == 0:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "__init__.py").write_text("")
        is_script = number // 50 % 5 == 4
        text = script_file(rng, number) if is_script else python_file(rng, number)
        (folder / f"module_{number}.{'ts' if is_script else 'py'}").write_text(text)
    (root / f"made-{files}.txt").write_text("")


def fetch_django(folder: Path) -> Path:
    """The unpacked package."""
    root = folder / "django"
    if not root.exists():
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(folder),
            DJANGO,
        ]
        subprocess.run(command, check=True)
        with ZipFile(next(folder.glob("[Dd]jango-*.whl"))) as wheel:
            wheel.extractall(root)
    return root


class Timed:
    """How long something takes: by the clock, to which other work on the machine adds, and of the processor's time."""

    def __init__(self, action: Callable[[], object]) -> None:
        began, used = time.perf_counter(), time.process_time()
        action()
        self.seconds = time.perf_counter() - began
        self.cpu = time.process_time() - used


def measure_folder(root: Path, store: Path, questions: Iterable[str]) -> dict[str, float]:
    """Cold, warm, after ten edits, and asked; in this process, whose memory is told too."""
    shutil.rmtree(store.parent, ignore_errors=True)
    index = CodeIndex(root, store)
    cold = Timed(index.refresh)
    found = {"cold_seconds": cold.seconds, "cold_cpu_seconds": cold.cpu}
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["store_mb"] = sum(file.stat().st_size for file in store.parent.iterdir()) / 1e6
    found["files"] = index.refresh().files
    unchanged = Timed(index.refresh)
    found |= {"unchanged_seconds": unchanged.seconds, "unchanged_cpu_seconds": unchanged.cpu}
    paths = [path for path in sorted(root.rglob("*.py")) if path.stat().st_size > 200]
    edited = random.Random(2).sample(paths, 10)
    before = [path.read_text() for path in edited]
    for path, text in zip(edited, before, strict=True):
        path.write_text(f"{text}\n\ndef edited_now():\n    pass\n")
    time.sleep(0.2)
    ten = Timed(index.refresh)
    found |= {"ten_edits_seconds": ten.seconds, "ten_edits_cpu_seconds": ten.cpu}
    assert len(index.definitions("edited_now")) == 10
    for path, text in zip(edited, before, strict=True):
        path.write_text(text)
    index.refresh()
    times = [
        Timed(lambda words=words: index.query(words, 2_000, count=estimate_tokens)) for words in questions
    ]
    found |= {
        "query_median_ms": 1000 * statistics.median(one.seconds for one in times),
        "query_median_cpu_ms": 1000 * statistics.median(one.cpu for one in times),
        "query_worst_cpu_ms": 1000 * max(one.cpu for one in times),
        "memory_after_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return found


def task_words() -> dict[str, str]:
    """The words of every task, by its id."""
    return {
        folder.name: tomllib.loads((folder / "task.toml").read_text())["prompt"]
        for folder in sorted(SUITE.iterdir())
        if (folder / "task.toml").exists()
    }


def must_change(task: str) -> set[str]:
    """The files of the workspace that the reference solution changes or deletes."""
    reference, workspace = SUITE / task / "hidden" / "reference", SUITE / task / "workspace"
    found = {path.relative_to(reference).as_posix() for path in reference.rglob("*") if path.is_file()}
    if "DELETED.txt" in found:
        found |= set((reference / "DELETED.txt").read_text().split())
    return {path for path in found if (workspace / path).exists()}


def by_search(root: Path, words: str) -> list[str]:
    """The baseline's order: files in which most of the words stand, as a search for each of them would find."""
    wanted = {token for token in re.findall(r"[^\W\d]\w{2,}", words) if token.lower() not in STOP_WORDS}
    paths = set(read_question(words).paths)
    scores: dict[str, float] = {}
    for path in scan(root, limit=20_000).paths:
        text = (root / path).read_text(errors="replace")
        named = 3 * sum(path.endswith(one) for one in paths if "." in one)
        scores[path] = named + sum(word in text for word in wanted)
    return sorted((path for path in scores if scores[path]), key=lambda path: (-scores[path], path))


@cache
def tokens_in(path: Path) -> int:
    """What a file takes in a prompt."""
    return estimate_tokens(path.read_text(errors="replace")) + 10


def shown_whole(root: Path, paths: Iterable[str], budget: int) -> set[str]:
    """The files that fit, whole, in this order; one that does not fit is left out."""
    shown: set[str] = set()
    for path in islice(paths, _LOOKED_AT):
        cost = tokens_in(root / path)
        if cost <= budget:
            budget -= cost
            shown.add(path)
    return shown


def measure_recall(
    root: Path, store: Path, tasks: dict[str, str], prefix: Callable[[str], str]
) -> dict[str, object]:
    """Shares of the files that must change, over all tasks together."""
    index = CodeIndex(root, store)
    index.refresh()
    total = 0
    counts: dict[str, int] = {}
    for task, words in tasks.items():
        wanted = {prefix(task) + path for path in must_change(task)}
        total += len(wanted)
        ranked = [one.file.path for one in index.rank(words, limit=200)]
        searched = by_search(root, words)
        found: dict[str, set[str]] = {
            "index: first k files": set(ranked[: len(wanted)]),
            "search: first k files": set(searched[: len(wanted)]),
            "index: first 10 files": set(ranked[:10]),
            "search: first 10 files": set(searched[:10]),
        }
        for budget in BUDGETS:
            fitted = index.query(words, budget, count=estimate_tokens, limit=200)
            found[f"index: signatures, {budget} tokens"] = {one.path for one in fitted.files}
            found[f"index: whole files, {budget} tokens"] = shown_whole(root, ranked, budget)
            found[f"search: whole files, {budget} tokens"] = shown_whole(root, searched, budget)
        for name, paths in found.items():
            counts[name] = counts.get(name, 0) + len(wanted & paths)
    return {"must_change": total, **{name: round(count / total, 3) for name, count in counts.items()}}


def recall(folder: Path) -> dict[str, object]:
    """Each task alone; all in one tree; all in one tree with Django."""
    tasks = task_words()
    alone: list[dict[str, object]] = [
        measure_recall(
            SUITE / task / "workspace", folder / "stores" / task / "index.sqlite", {task: words}, lambda _: ""
        )
        for task, words in tasks.items()
    ]
    total = sum(int(str(one["must_change"])) for one in alone)
    merged: dict[str, object] = {
        name: round(sum(float(str(one[name])) * int(str(one["must_change"])) for one in alone) / total, 3)
        for name in alone[0]
        if name != "must_change"
    }
    found: dict[str, object] = {"alone": {"must_change": total, **merged}}
    tree = folder / "tasks"
    shutil.rmtree(tree, ignore_errors=True)
    for task in tasks:
        shutil.copytree(SUITE / task / "workspace", tree / task)
    store = folder / "stores" / "tasks" / "index.sqlite"
    found["together"] = measure_recall(tree, store, tasks, lambda task: f"{task}/")
    shutil.copytree(fetch_django(folder), tree / "django")
    found["together with Django"] = measure_recall(tree, store, tasks, lambda task: f"{task}/")
    return found


def main() -> None:
    """Measure what is asked for and print it as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=["tree", "django", "recall"], metavar="PART")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, default=user_cache_path("smallcode-measure"))
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    questions = list(task_words().values())
    found: dict[str, object] = {}
    if "tree" in args.parts:
        root = args.cache / f"tree-{args.files}"
        make_tree(root, args.files)
        asked = [*questions, "`Invoice7` should load every booking", "fix make_4711 in module_4711.py"]
        found["tree"] = measure_folder(root, args.cache / "stores" / "tree" / "index.sqlite", asked)
    if "django" in args.parts:
        asked = [
            *questions,
            "`QuerySet.bulk_create` ignores the batch size",
            "the admin's changelist filters twice",
        ]
        found["django"] = measure_folder(
            fetch_django(args.cache), args.cache / "stores" / "django" / "index.sqlite", asked
        )
    if "recall" in args.parts:
        found["recall"] = recall(args.cache)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
