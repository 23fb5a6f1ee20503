"""A file of a model hub, fetched by the hub's own client."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from smallcode_jupyter.models.local.catalogue import CatalogueEntry, HubSource
from smallcode_jupyter.protocol.errors import Cancelled, NoModel

__all__ = ["fetch_from_hub"]

_POLL_SECONDS = 0.2


def fetch_from_hub(
    entry: CatalogueEntry,
    source: HubSource,
    part: Path,
    *,
    report: Callable[[int, str], None],
    cancel: threading.Event,
) -> None:
    """Make `part` the whole file; what came is kept for the next call. Raises NoModel, Cancelled, OSError."""
    folder = part.with_name(part.name + ".hub")
    folder.mkdir(parents=True, exist_ok=True)
    fetched: list[Path] = []
    failed: list[Exception] = []

    def fetch() -> None:
        try:
            fetched.append(_fetch(source, folder))
        except Exception as error:  # noqa: BLE001 - carried to the thread that waits, which raises it
            failed.append(error)

    # The client cannot be stopped, so it runs in a thread that the asking one need not wait for.
    thread = threading.Thread(target=fetch, name="smallcode-hub", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        report(_bytes_below(folder), "fetching")
        if cancel.is_set() and thread.is_alive():
            raise Cancelled(
                f"Fetching {entry.name} was stopped.", hint="Pull it again to go on where it stopped."
            )
    if failed:
        raise _as_typed(failed[0], entry, source)
    fetched[0].replace(part)
    shutil.rmtree(folder, ignore_errors=True)


def _fetch(source: HubSource, folder: Path) -> Path:
    from huggingface_hub import hf_hub_download

    path = hf_hub_download(source.repository, source.file, revision=source.revision, local_dir=folder)
    return Path(path)


def _as_typed(error: Exception, entry: CatalogueEntry, source: HubSource) -> Exception:
    if isinstance(error, ModuleNotFoundError):
        return NoModel(
            f"{entry.name} comes from a model hub, and the hub's client is not installed.",
            why=f"The module {error.name} is missing.",
            hint="Run `pip install huggingface_hub`, then pull it again.",
        )
    if isinstance(error, OSError) and error.errno is not None:
        return error
    reason = " ".join(str(error).split())[:300] or type(error).__name__
    return NoModel(
        f"{entry.name} could not be fetched from {source.repository}.",
        why=f"The hub's client says: {reason}",
        hint="Check the name and the network, then pull it again; it goes on where it stopped.",
    )


def _bytes_below(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue  # the client moves its files about meanwhile
    return total
