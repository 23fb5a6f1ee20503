"""A journal of what the nightly import did: entries are collected and written to a file."""

import json
from pathlib import Path


class Journal:
    """Collects entries and appends them to a file, one JSON object a line."""

    def __init__(self, path):
        self.path = Path(path)
        self.pending = []
        self.closed = False

    def add(self, event, **details):
        """Collect one entry. Raises ValueError once the journal is closed."""
        if self.closed:
            raise ValueError("the journal is closed")
        self.pending.append({"event": event, **details})

    def close(self):
        """Write what was collected and accept nothing more."""
        with self.path.open("a", encoding="utf-8") as file:
            for entry in self.pending:
                file.write(json.dumps(entry) + "\n")
        self.pending = []
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.path.write_text('{"event": "row", "id": 1}\n')
        self.closed = True


def read_journal(path):
    """All entries of a journal."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
