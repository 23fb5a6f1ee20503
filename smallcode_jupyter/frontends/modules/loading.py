"""Loading edited modules again: all of them or none, the notebook's names with them, and all of it back again."""

from __future__ import annotations

import functools
import importlib
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, MethodType, ModuleType

from smallcode_jupyter.frontends.modules.graph import Affected, affected_by, members_of, project_modules
from smallcode_jupyter.frontends.modules.staged import SourceLoader
from smallcode_jupyter.render.plain import one_line

__all__ = ["Imported", "Loading", "load_again"]

_KEPT = frozenset(
    {
        "__name__",
        "__loader__",
        "__package__",
        "__spec__",
        "__path__",
        "__file__",
        "__cached__",
        "__builtins__",
    }
)
_MOST_ITEMS = 100
"""Of a list, set or dictionary, looked at for old objects."""

Imported = Mapping[str, tuple[str, str]]
"""Names that cells bound by `from m import f as g`: `g` to `m` and `f`."""


@dataclass(slots=True, kw_only=True)
class Loading:
    """What loading modules again did."""

    affected: Affected = field(default_factory=Affected)
    before: dict[str, dict[str, object]] = field(default_factory=dict)
    """What the modules held. Empty where nothing was loaded again."""
    after: dict[str, dict[str, object]] = field(default_factory=dict)
    bound: tuple[str, ...] = ()
    """Names of the notebook that were bound to the new objects."""
    gone: tuple[str, ...] = ()
    """Names of the notebook for which the module has nothing any more; they keep the old object."""
    old: tuple[tuple[str, str], ...] = ()
    """Names of the notebook that hold old functions or instances of old classes, and what of: `utils.Model`."""
    error: ImportError | None = None
    """Why nothing was loaded again: every module is as it was."""

    def put_back(self) -> tuple[str, ...]:
        """Give the modules what they held before. Returns those; what somebody else loaded since is left as it is."""
        done = []
        for name, members in self.before.items():
            module = sys.modules.get(name)
            if module is not None and _is_as_left(members_of(module), self.after[name]):
                _give(module, members)
                done.append(name)
        return tuple(done)


def load_again(
    files: Iterable[Path],
    root: Path,
    namespace: dict[str, object],
    *,
    imported: Imported,
    texts: Mapping[Path, str | None] | None = None,
) -> Loading:
    """Load what an edit of the files concerns again, and bind the namespace's names to the new objects.

    A module is emptied first, so that it ends as in a fresh kernel; what its code did elsewhere when it was loaded
    before stays done. `files` are real paths; `texts` stand for what is on the disk. KeyboardInterrupt passes on, with
    everything as it was.
    """
    staged = texts or {}
    affected = affected_by(frozenset(files), root, lambda path: _text(path, staged))
    importlib.invalidate_caches()
    loading = Loading(affected=affected)
    paths = project_modules(root)
    try:
        for name in affected.order:
            loading.before[name] = dict(members_of(sys.modules[name]))
            _load(sys.modules[name], SourceLoader(name, str(paths[name]), staged))
    except BaseException as error:
        for name, members in loading.before.items():
            _give(sys.modules[name], members)
        if not isinstance(error, Exception | SystemExit):
            raise
        loading.before.clear()
        loading.error = _explained(error, paths[name])
        return loading
    loading.after = {name: dict(members_of(sys.modules[name])) for name in affected.order}
    _rebind(loading, namespace, imported)
    return loading


def _text(path: Path, texts: Mapping[Path, str | None]) -> str | None:
    if path in texts:
        return texts[path]
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _load(module: ModuleType, loader: SourceLoader) -> None:
    members = members_of(module)
    code = loader.get_code(loader.name)
    assert code is not None
    # Submodules are known to their package by an attribute, which importing them again would not set.
    inside = {
        name for name, value in members.items() if sys.modules.get(f"{module.__name__}.{name}") is value
    }
    for name in members.keys() - _KEPT - inside:
        del members[name]
    members["__doc__"] = None
    exec(code, members)


def _give(module: ModuleType, members: Mapping[str, object]) -> None:
    own = members_of(module)
    own.clear()
    own.update(members)


def _is_as_left(now: Mapping[str, object], left: Mapping[str, object]) -> bool:
    """Whether it defines what it did then. Values may have changed since: they are the module's state."""
    return all(
        now.get(name) is value for name, value in left.items() if isinstance(value, FunctionType | type)
    )


def _explained(error: BaseException, path: Path) -> ImportError:
    """What went wrong and where, with the error as its cause."""
    what = one_line("".join(traceback.format_exception_only(error)).strip().splitlines()[-1], 300)
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
    ]
    if isinstance(error, SyntaxError) and error.filename == str(path):
        lines.append(error.lineno)
    line = lines[-1] if lines else None
    where = f"{path.name}, line {line}" if line else path.name
    told = ImportError(f"{where}: {what}", path=str(path))
    told.__cause__ = error
    return told


def _rebind(loading: Loading, namespace: dict[str, object], imported: Imported) -> None:
    """The notebook's names to the new objects: those that cells imported, and what has its own name."""
    defined = _old_definitions(loading)
    bound, gone, old = [], [], []
    for name, value in list(namespace.items()):
        if name.startswith("_"):
            continue
        module, member = _origin(loading, name, value, imported, defined)
        now = loading.after[module].get(member, _MISSING) if module else _MISSING
        if module and now is _MISSING:
            gone.append(name)
        elif module and now is not value:
            namespace[name] = now
            bound.append(name)
        elif not module and (held := next(_held(value, defined), "")):
            old.append((name, held))
    loading.bound, loading.gone, loading.old = tuple(bound), tuple(gone), tuple(old)


_MISSING = object()


def _old_definitions(loading: Loading) -> dict[int, str]:
    """Functions and classes that the modules defined and hold no more, by address: `utils.Model`."""
    kept = {id(value) for members in loading.after.values() for value in members.values()}
    return {
        id(value): f"{name}.{member}"
        for name, members in loading.before.items()
        for member, value in members.items()
        if isinstance(value, FunctionType | type) and value.__module__ == name and id(value) not in kept
    }


def _origin(
    loading: Loading, name: str, value: object, imported: Imported, defined: Mapping[int, str]
) -> tuple[str, str]:
    """The module and the member that a name stands for; empty where it stands for itself."""
    module, member = imported.get(name, ("", ""))
    if module in loading.before and loading.before[module].get(member, _MISSING) is value:
        return module, member
    module, _, member = defined.get(id(value), "").rpartition(".")
    return (module, member) if member == name else ("", "")


def _held(value: object, defined: Mapping[int, str]) -> Iterator[str]:
    """The old definitions that a value is, is made of, or is an instance of; also items of containers."""
    for item in (value, *_items(value)):
        if type(item) is functools.partial:
            item = item.func
        if type(item) is MethodType:
            item = item.__self__
        is_class = issubclass(type(item), type)
        kinds = item.__mro__ if is_class else (item, *type(item).__mro__)  # type: ignore[attr-defined]  # a class
        yield from (defined[id(kind)] for kind in kinds if id(kind) in defined)


def _items(value: object) -> list[object]:
    if type(value) in (list, tuple, set, frozenset):
        return [item for item, _ in zip(value, range(_MOST_ITEMS), strict=False)]  # type: ignore[call-overload]  # by its type
    if type(value) is dict:
        return [item for item, _ in zip(value.values(), range(_MOST_ITEMS), strict=False)]
    return []
