"""Attempts as futures on a Dask cluster. A job names its task; the workers have the suites themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from smallcode_jupyter.bench.attempting import Job, run_job
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["rows_from_cluster"]

_CONNECT_SECONDS = 30


def rows_from_cluster(jobs: Sequence[Job], address: str) -> Iterator[Row]:
    """Rows in the order they are finished; a worker that dies is replaced by another for its jobs.

    The model server's address must mean the same server on every worker. Raises UsageError without Dask or cluster.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError("Dask is not installed.", hint="pip install 'smallcode-jupyter[bench]'") from error
    dask: Any = distributed  # half of it is typed
    try:
        client = dask.Client(address, timeout=_CONNECT_SECONDS)
    except OSError as error:
        raise UsageError(f"No Dask scheduler answers at {address}.", why=f"{error}.") from error
    with client:
        futures = [client.submit(run_job, job, pure=False) for job in jobs]
        try:
            for future in dask.as_completed(futures):
                yield future.result()
                future.release()
        finally:
            client.cancel(futures)
