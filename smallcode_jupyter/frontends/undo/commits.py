"""What accepted code did to the variables, kept to be undone: old objects, and copies of what changed inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from smallcode_jupyter.frontends.cards import own_variables
from smallcode_jupyter.frontends.modules.live import Reloaded
from smallcode_jupyter.frontends.undo.contents import (
    Survey,
    can_change,
    mark_of,
    put_back,
    reachable,
    survey,
)
from smallcode_jupyter.frontends.undo.snapshot import Snapshot, take_snapshot

__all__ = ["Commit", "Commits", "StateReport"]

_MOST_COMMITS = 20
_MOST_SNAPSHOTS = 3
_LEAST_FREE_SHARE = 0.1
_NAMES = 12


@dataclass(slots=True, kw_only=True)
class Commit:
    """One time that something was accepted."""

    entry: str
    """Of the journal; empty where no file changed."""
    added: tuple[str, ...] = ()
    before: dict[str, object] = field(default_factory=dict)
    """The objects of names that were bound to another one or deleted."""
    after: dict[str, object] = field(default_factory=dict)
    """What the names of `added` and `before` were bound to afterwards."""
    found: Survey = field(default_factory=Survey)
    """The objects that the code could have changed, as they were."""
    changed: dict[int, int] = field(default_factory=dict)
    """Addresses of those that changed inside, with their marks afterwards."""
    snapshot: Snapshot | None = None
    why_none: str = ""
    """Why there is no snapshot, where one would be needed."""
    unknown: tuple[str, ...] = ()
    """What could not be looked through in time: it may have changed inside."""
    has_cell: bool = False
    """Whether the code was handed over as the next cell."""
    reloaded: Reloaded = field(default_factory=Reloaded)
    """The modules that were loaded again for it."""

    def forget(self, why: str) -> None:
        """Give back the memory that it keeps; what it knows of names stays."""
        if self.snapshot is not None:
            self.snapshot.drop()
            self.snapshot, self.why_none = None, why
            self.found.objects = {address: self.found.objects[address] for address in self.changed}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateReport:
    """What undoing did to the variables."""

    put_back: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Changed again since, so left as they are."""
    failed: tuple[tuple[str, str], ...] = ()
    """Could not be put back, and why."""
    unknown: tuple[str, ...] = ()
    """May have changed inside: too large to be looked through."""

    def sentences(self) -> tuple[str, ...]:
        """What to tell the person."""
        failed = "; ".join(f"{name} ({why})" for name, why in self.failed[:_NAMES])
        told = (
            ("Variables put back", _list(self.put_back)),
            ("Variables removed", _list(self.removed)),
            ("Left as they are, because they were changed since", _list(self.left)),
            ("Could not be put back", failed),
            ("Too large to be looked through, so perhaps changed inside", _list(self.unknown)),
        )
        return tuple(f"{what}: {names}." for what, names in told if names)


def _list(names: Sequence[str]) -> str:
    more = f", and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


class Commits:
    """The latest commits of one kernel. Bounded in number; copies are dropped when memory runs short."""

    def __init__(self, shell: Any) -> None:  # IPython is not typed
        self._shell = shell
        self._done: list[Commit] = []

    @property
    def last(self) -> Commit | None:
        """The latest one that was not undone."""
        return self._done[-1] if self._done else None

    @contextmanager
    def commit(self, *codes: str, entry: str = "") -> Iterator[Commit]:
        """Remember what the accepted code that runs within changes; empty: only files were accepted."""
        commit = Commit(entry=entry, has_cell=any(codes))
        before = self._variables()
        names = frozenset[str]().union(*(reachable(self._shell, code) for code in codes)) & before.keys()
        commit.found = survey(before, names)
        changeable = sorted(name for name in names if can_change(before[name]))
        commit.unknown = tuple(name for name in changeable if name not in commit.found.roots)
        if commit.found.objects:
            self.relieve()
            commit.snapshot, commit.why_none = self._copy()
        if commit.snapshot is None:
            commit.found.mark_large()
        try:
            yield commit
        finally:
            self._note(commit, before)
            self._done = [*self._done[1 - _MOST_COMMITS :], commit]
            self._bound()

    def undo_last(self) -> StateReport:
        """Put the variables of the latest commit back, and forget it."""
        commit = self._done.pop()
        try:
            return self._restore(commit)
        finally:
            commit.forget("it was undone")

    def relieve(self, *_: object) -> None:
        """Drop the oldest copies while memory is short."""
        for commit in self._done:
            if not _is_memory_short():
                return
            commit.forget("the copy was dropped when memory ran short")

    def close(self) -> None:
        """Drop all copies."""
        for commit in self._done:
            commit.forget("the extension was unloaded")

    def _variables(self) -> dict[str, object]:
        return own_variables(self._shell.user_ns, self._shell.user_ns_hidden)

    def _copy(self) -> tuple[Snapshot | None, str]:
        if _is_memory_short():
            return None, "memory is short, so no copy was kept"
        snapshot, why = take_snapshot(self._shell)
        return snapshot, f"no copy could be kept: {why}" if why else ""

    def _note(self, commit: Commit, before: Mapping[str, object]) -> None:
        """What is different now. A copy that nothing needs is dropped at once."""
        now = self._variables()
        commit.added = tuple(name for name in now if name not in before)
        commit.before = {
            name: value for name, value in before.items() if name not in now or now[name] is not value
        }
        commit.after = {name: now[name] for name in (*commit.added, *commit.before) if name in now}
        copy = commit.snapshot
        commit.changed = commit.found.changed(lambda places: copy.differing(places) if copy else ())
        if not commit.changed:
            commit.forget("")
            commit.found = Survey()

    def _bound(self) -> None:
        kept = [commit for commit in self._done if commit.snapshot is not None]
        for commit in kept[:-_MOST_SNAPSHOTS]:
            commit.forget("only the copies of the latest three are kept")

    def _restore(self, commit: Commit) -> StateReport:
        namespace = self._shell.user_ns
        report = _Draft(unknown=[name for name in commit.unknown if name not in commit.before])
        self._put_inside(commit, report)
        for name, value in commit.before.items():
            is_bound, was_bound = name in namespace, name in commit.after
            if is_bound == was_bound and namespace.get(name) is commit.after.get(name):
                namespace[name] = value
                report.put_back.append(name)
            else:
                report.left.append(name)
        for name in commit.added:
            if name not in namespace:
                continue
            if namespace[name] is commit.after[name]:
                del namespace[name]
                report.removed.append(name)
            else:
                report.left.append(name)
        return report.finished()

    def _put_inside(self, commit: Commit, report: _Draft) -> None:
        """The old content into the objects that changed inside: everybody who holds them has it again."""
        found, objects = commit.found, commit.found.objects
        wanted = [address for address, mark in commit.changed.items() if mark_of(objects[address]) == mark]
        failed: dict[int, str] = dict.fromkeys(wanted, commit.why_none)
        if commit.snapshot is not None:
            fetched = commit.snapshot.fetch(
                found, [address for address in wanted if not _read(commit, address)]
            )
            failed = dict(fetched.failed)
            for address, content in fetched.contents.items():
                if not put_back(objects[address], content):
                    failed[address] = f"a {type(objects[address]).__name__} cannot take its old content back"
        for name, addresses in found.leading_to(commit.changed).items():
            why = next((failed[address] for address in sorted(addresses) if address in failed), "")
            if why:
                report.failed.append((name, why))
            elif addresses <= set(wanted):
                report.put_back.append(name)
            else:
                report.left.append(name)


def _read(commit: Commit, address: int) -> bool:
    """Put a large array's bytes back at once, where it still lies as it did; whether that was possible."""
    place = commit.found.large.get(address)
    is_there = place is not None and (
        mark_of(commit.found.objects[address], is_brief=True) == commit.found.marks[address]
    )
    return bool(place and is_there and commit.snapshot and commit.snapshot.read_into(*place))


@dataclass(slots=True, kw_only=True)
class _Draft:
    put_back: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def finished(self) -> StateReport:
        failed = dict(self.failed)
        return StateReport(
            put_back=tuple(sorted({*self.put_back} - failed.keys() - {*self.left})),
            removed=tuple(sorted(self.removed)),
            left=tuple(sorted({*self.left})),
            failed=tuple(sorted(failed.items())),
            unknown=tuple(self.unknown),
        )


def _is_memory_short() -> bool:
    """Whether less than a tenth of the memory is free. False where that cannot be known."""
    try:
        with open("/proc/meminfo") as memory:
            amounts = {line.split(":")[0]: int(line.split()[1]) for line in memory}
    except (OSError, ValueError, IndexError):
        return False
    total, free = amounts.get("MemTotal", 0), amounts.get("MemAvailable", 0)
    return bool(total) and free < _LEAST_FREE_SHARE * total
