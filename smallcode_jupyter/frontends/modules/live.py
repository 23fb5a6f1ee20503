"""The modules of one kernel: loaded again when accepted files or an undo change them, and which cells that concerns."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.cards import own_variables
from smallcode_jupyter.frontends.cells.flow import imported_by, users_of
from smallcode_jupyter.frontends.modules.graph import loaded_from, members_of
from smallcode_jupyter.frontends.modules.loading import Imported, Loading, load_again
from smallcode_jupyter.frontends.modules.staged import prefer_staged

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel
    from smallcode_jupyter.session.cells import StagedFiles

__all__ = ["Modules", "Reloaded", "preparation"]

_NAMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """What became of the loaded modules after files changed, and which cells it concerns."""

    loading: Loading = field(default_factory=Loading)
    cells: tuple[int, ...] = ()
    """The cells that used them, by their latest execution counts."""
    names: tuple[str, ...] = ()
    """What these cells are called."""
    lost: tuple[str, ...] = ()
    """Modules whose files are gone: they stay loaded."""
    by_autoreload: tuple[str, ...] = ()
    """Modules that IPython's autoreload loads again before the next cell."""
    put_back: tuple[str, ...] = ()
    """Modules that hold their old objects again."""

    def sentences(self) -> tuple[str, ...]:
        """What to tell the person; nothing where no loaded module is concerned."""
        loading = self.loading
        if loading.error is not None:
            return (
                f"The kernel could not load it again ({loading.error}) and works on with what it had loaded: "
                "correct the file, undo it, or restart the kernel.",
            )
        old = ", ".join(f"{name} ({held})" for name, held in loading.old[:_NAMES])
        told = (
            ("In the kernel, too, as it was", _list(self.put_back)),
            ("Loaded again in the kernel", _list(tuple(loading.before))),
            ("Loaded again by autoreload before the next cell", _list(self.by_autoreload)),
            ("Stays loaded until the kernel restarts, though its file is gone", _list(self.lost)),
            ("No longer in its module, so still the old one", _list(loading.gone)),
            ("Still of the old code: make it again", old),
        )
        cells = f"{_list(self.names)} used it: %smallcode rerun tries that in a copy, and then runs it here."
        return (*(f"{what}: {names}." for what, names in told if names), *([cells] if self.cells else []))


def _list(names: tuple[str, ...]) -> str:
    more = f", and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


class Modules:
    """Of one kernel."""

    def __init__(self, shell: Any, facts: LiveKernel) -> None:  # IPython is not typed
        self._shell = shell
        self._facts = facts
        self._waiting: tuple[int, ...] = ()

    def changed(self, paths: Iterable[str], root: Path) -> Reloaded:
        """Files below the folder were written: load again what they concern, if anything that is loaded."""
        reloaded = self._load(_real(paths, root), root)
        return self._with_cells(reloaded, reloaded.loading)

    def undone(self, paths: Iterable[str], root: Path, before: Reloaded) -> Reloaded:
        """The same after an undo; modules that `before` names are given their very objects back where they can be.

        The notebook's names are the caller's: they are bound to the old objects already.
        """
        put_back = before.loading.put_back()
        left = {_source(name) for name in before.loading.before if name in sys.modules}
        files = (_real(paths, root) | left) - {_source(name) for name in put_back}
        again = replace(self._load(files, root), put_back=put_back)
        return self._with_cells(again, again.loading, before.loading)

    def ran(self, number: int) -> None:
        """The cell that ran last under this number was run again."""
        self._waiting = tuple(other for other in self._waiting if other != number)

    def _load(self, files: frozenset[Path], root: Path) -> Reloaded:
        concerned = loaded_from(files, root)
        if not concerned:
            importlib.invalidate_caches()  # a new module can be imported at once
            return Reloaded()
        lost = tuple(name for name in concerned if not _source(name).is_file())
        watched = tuple(name for name in concerned if name not in lost and _is_watched(self._shell, name))
        others = files - {_source(name) for name in (*lost, *watched)}
        imported = _imported(self._shell, self._facts)
        loading = load_again(others, root, self._shell.user_ns, imported=imported)
        return Reloaded(loading=loading, lost=lost, by_autoreload=watched)

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """The cells that used what was loaded again and did not run since, with their execution counts."""
        return tuple(cell for cell in self._facts.latest_cells() if cell[0] in self._waiting)

    def _with_cells(self, reloaded: Reloaded, *loadings: Loading) -> Reloaded:
        """With the cells that used what these changed; they are remembered as waiting."""
        done = [loading for loading in loadings if loading.before]
        modules = frozenset(reloaded.by_autoreload).union(*(loading.affected.reached for loading in done))
        if not modules:
            return reloaded
        variables = own_variables(self._shell.user_ns, self._shell.user_ns_hidden)
        names = {name for name, value in variables.items() if _belongs(value, modules)}
        for loading in done:
            names.update(loading.bound, loading.gone, (name for name, _ in loading.old))
        cells = self._facts.latest_cells()
        found = users_of(self._shell, names, [source for _, source in cells])
        numbers = tuple(cells[place][0] for place in found)
        self._waiting = tuple(sorted({*self._waiting, *numbers}))
        called = tuple(self._facts.cell_name(number) for number in numbers)
        return replace(reloaded, cells=numbers, names=called)


def preparation(shell: Any, facts: LiveKernel, staged: StagedFiles) -> Callable[[], BaseException | None]:
    """What to do in a copy of the kernel, before a cell is tried there, so that it meets the staged modules.

    The error with which loading them again ends is the result.
    """
    texts = {Path(os.path.realpath(staged.root / path)): text for path, text in staged.texts.items()}
    files = [path for path, text in texts.items() if text is not None]

    def prepare() -> BaseException | None:
        prefer_staged(texts)
        if not loaded_from(files, staged.root):
            return None
        imported = _imported(shell, facts)
        return load_again(files, staged.root, shell.user_ns, imported=imported, texts=texts).error

    return prepare


def _imported(shell: Any, facts: LiveKernel) -> Imported:
    found: dict[str, tuple[str, str]] = {}
    sources = (*(source for _, source in facts.cells()), *facts.accepted())
    for source in sources:
        found |= imported_by(shell, source) if "import" in source else {}
        module, _ = found.pop("*", ("", ""))
        found |= {name: (module, name) for name in _public(module)}
    return found


def _public(module: str) -> Iterable[str]:
    """What `from module import *` binds."""
    members = members_of(sys.modules[module]) if module in sys.modules else {}
    named = members.get("__all__", [name for name in members if not name.startswith("_")])
    return named if isinstance(named, list | tuple) else ()


def _belongs(value: object, modules: frozenset[str]) -> bool:
    """Whether it is one of the modules, a package of one, or defined in one."""
    if isinstance(value, ModuleType):
        name = value.__name__
        return name in modules or any(module.startswith(f"{name}.") for module in modules)
    return isinstance(value, FunctionType | type) and value.__module__ in modules


def _source(name: str) -> Path:
    return Path(os.path.realpath(sys.modules[name].__file__ or ""))


def _real(paths: Iterable[str], root: Path) -> frozenset[Path]:
    return frozenset(Path(os.path.realpath(root / path)) for path in paths)


def _is_watched(shell: Any, name: str) -> bool:
    """Whether autoreload is switched on for the module: it would load it a second time."""
    magics = shell.magics_manager.registry.get("AutoreloadMagics")
    reloader = getattr(magics, "_reloader", None)
    if reloader is None or not reloader.enabled or name in reloader.skip_modules:
        return False
    return bool(reloader.check_all or name in reloader.modules)
