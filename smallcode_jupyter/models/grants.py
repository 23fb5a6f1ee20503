"""Which other machines the person has allowed to be asked, and which keys belong to them. Kept in the state folder."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from smallcode_jupyter.models.address import Target
from smallcode_jupyter.models.json_http import as_list, as_object, as_text
from smallcode_jupyter.models.local.lock import exclusive, read_object, replace_object
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Grants"]


class Grants:
    """What was allowed, by origin. Only a fingerprint of a key is kept, to know it again."""

    def __init__(self, state: Path) -> None:
        """`state` is the folder; it need not exist yet."""
        self._file = state / "remote.json"

    def origins(self) -> tuple[str, ...]:
        """The machines that may be asked."""
        return tuple(name for name, row in self._rows().items() if as_object(row).get("allowed") is True)

    def owners(self, api_key: str) -> tuple[str, ...]:
        """Whom this key was sent to before."""
        mark = _mark(api_key)
        return tuple(
            name for name, row in self._rows().items() if mark in as_list(as_object(row).get("keys"))
        )

    def may_send(self, target: Target, api_key: str | None) -> bool:
        """Whether the key belongs there: it was sent there before, or nowhere yet."""
        owners = self.owners(api_key) if api_key else ()
        return not owners or target.origin in owners

    def remember(self, target: Target, api_key: str | None, *, is_allowed: bool) -> None:
        """Note that this key belongs there, and whether requests may go there from now on without being asked about."""
        with exclusive(self._file.with_suffix(".lock")):
            rows = self._rows()
            row = as_object(rows.get(target.origin))
            keys = [key for key in as_list(row.get("keys")) if as_text(key)]
            if api_key and _mark(api_key) not in keys:
                keys.append(_mark(api_key))
            new: dict[str, Json] = {"allowed": is_allowed or row.get("allowed") is True, "keys": keys}
            if new != row:
                replace_object(self._file, {**rows, target.origin: new})

    def forget(self, name: str) -> tuple[str, ...]:
        """Take back what was allowed for a host or an origin, and what keys were noted; the origins."""
        with exclusive(self._file.with_suffix(".lock")):
            rows = self._rows()
            gone = tuple(origin for origin in rows if name in (origin, urlsplit(origin).hostname))
            replace_object(self._file, {origin: row for origin, row in rows.items() if origin not in gone})
        return gone

    def _rows(self) -> dict[str, Json]:
        return read_object(self._file)


def _mark(api_key: str) -> str:
    return sha256(f"smallcode key\0{api_key}".encode()).hexdigest()[:16]
