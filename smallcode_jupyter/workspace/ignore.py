"""What `.gitignore` files leave out, from the repository's top down to each folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["IgnoreRules"]

_MAX_BYTES = 100_000
_MAX_PARENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    spec: GitIgnoreSpec
    prefix: str = ""
    """Put before a path to make it relative to the folder of the rules, where that is above the workspace."""
    cut: int = 0
    """Characters to cut from a path for the same, where that is below."""

    def verdict(self, path: str) -> bool | None:
        """Whether the rules ignore the path; None where they do not speak of it."""
        return self.spec.check_file(self.prefix + path[self.cut :]).include


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreRules:
    """The rules that hold in one folder of the workspace."""

    scopes: tuple[_Scope, ...] = ()
    """Outermost first."""

    @classmethod
    def above(cls, root: Path) -> IgnoreRules:
        """The rules of the repository that `root` is in, from its exclude file down to the folder above `root`.

        None of them counts where they ignore the workspace's own folder.
        """
        top = _repository_top(root)
        if top is None:
            return cls()
        parts = root.relative_to(top).parts
        files = [(0, top / ".git" / "info" / "exclude")]
        files += [(depth, top.joinpath(*parts[:depth], ".gitignore")) for depth in range(len(parts))]
        scopes: list[_Scope] = []
        for depth, file in files:
            spec = _read_spec(file)
            if spec is None:
                continue
            below = ["/".join(parts[depth:end]) + "/" for end in range(depth + 1, len(parts) + 1)]
            if any(spec.check_file(folder).include for folder in below):
                return cls()
            scopes.append(_Scope(spec=spec, prefix=below[-1] if below else ""))
        return cls(scopes=tuple(scopes))

    def entering(self, folder: str, file: Path) -> IgnoreRules:
        """The rules in `folder` (relative, empty for the root), which has this `.gitignore`."""
        spec = _read_spec(file)
        if spec is None:
            return self
        return IgnoreRules(scopes=(*self.scopes, _Scope(spec=spec, cut=len(folder) + 1 if folder else 0)))

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether the path (relative to the root) is ignored. The innermost rule that speaks of it decides."""
        name = path + "/" if is_folder else path
        for scope in reversed(self.scopes):
            verdict = scope.verdict(name)
            if verdict is not None:
                return verdict
        return False


def _repository_top(root: Path) -> Path | None:
    for folder in (root, *root.parents)[:_MAX_PARENTS]:
        if os.path.lexists(folder / ".git"):
            return folder
    return None


def _read_spec(file: Path) -> GitIgnoreSpec | None:
    try:
        with open(file, "rb") as stream:
            lines = stream.read(_MAX_BYTES).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return None
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    if not lines:
        return None
    # Imported here: it costs 30 ms, and many folders have no such file.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
