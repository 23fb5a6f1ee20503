"""Named statements of one Python file spliced into the lines of another."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from smallcode_jupyter.workspace.definitions import (
    DEFINITIONS,
    FUNCTIONS,
    GUARD,
    Source,
    Unit,
    key_of,
    name_of,
    unit_of,
    units_of,
)

__all__ = ["Splice", "aliases_of", "lacks_methods", "loose_of", "target_of"]

_IMPORTS = (ast.Import, ast.ImportFrom)
_Alias = tuple[str | None, int, str, str | None]


class Splice:
    """Collects edits of the old lines; `lines` applies them. `replaced` and `added` are the names they change."""

    def __init__(self, old: Source, new: Source) -> None:
        self._old, self._tree = old
        self._new = new
        self._edits: list[tuple[int, int, list[str]]] = []
        self.replaced: list[str] = []
        self.added: list[str] = []
        self.left_out: list[ast.stmt] = []
        """Statements of the new file that are not taken over."""

    @property
    def is_longer(self) -> bool:
        """Whether something comes after the old end."""
        return any(start == len(self._old) for start, _, _ in self._edits)

    def lines(self) -> list[str]:
        """The lines as they become. Of edits at one place the first recorded comes first."""
        out: list[str] = []
        at = 0
        for start, end, lines in sorted(self._edits, key=lambda edit: edit[:2]):
            out += [*self._old[at:start], *lines]
            at = end
        return [*out, *self._old[at:]]

    def merge(self) -> None:
        """Replace what both have, add what only the new one has, and its imports."""
        self.add_imports()
        old = units_of(self._old, self._tree)
        homeless: list[Unit] = []
        methods: dict[str, list[Unit]] = {}
        for unit in units_of(*self._new):
            owner = target_of(unit, old)
            if owner is None:
                homeless.append(unit)
            else:
                methods.setdefault(owner.key, []).append(unit)
        for owner in old:
            if owner.key in methods and owner.key not in {unit.key for unit in homeless}:
                self._merge_class(owner, methods[owner.key], owner.name)
        rest = self._pair(old, homeless, "", methods)
        kept = self._without_examples([unit for unit in rest if unit.key != GUARD], old)
        self._add_top(old, kept)
        seen = {ast.dump(node) for node in self._tree.body}
        gone = [unit.node for unit in rest if unit not in kept] + loose_of(self._new[1])
        self.left_out = [node for node in self._new[1].body if node in gone and ast.dump(node) not in seen]

    def _pair(
        self, old: Sequence[Unit], new: Sequence[Unit], prefix: str, methods: dict[str, list[Unit]]
    ) -> list[Unit]:
        """Put the new units in the places of the old ones; those without a place are given back."""
        rest: list[Unit] = []
        for key in dict.fromkeys(unit.key for unit in new):
            olds = [unit for unit in old if unit.key == key]
            news = [unit for unit in new if unit.key == key]
            if not olds:
                rest += news
            elif len(olds) == len(news):
                for was, becomes in zip(olds, news, strict=True):
                    self._put(was, [becomes], prefix, methods.get(key, []))
            else:
                self._put(olds[0], news, prefix, [])
                for extra in olds[1:] if not olds[0].is_assignment else []:
                    self._delete(extra)
        return rest

    def _put(self, old: Unit, new: list[Unit], prefix: str, methods: list[Unit]) -> None:
        was, becomes = old.node, new[0].node
        if len(new) == 1 and isinstance(was, ast.ClassDef) and isinstance(becomes, ast.ClassDef):
            members = [*units_of(self._new[0], becomes), *methods]
            if methods or lacks_methods(was, becomes):
                return self._merge_class(old, members, prefix + old.name)
        lines = [line for unit in new for line in _moved(unit, old.indent)]
        if lines != self._old[old.start : old.end]:
            self._edits.append((old.start, old.end, lines))
            self.replaced.append(prefix + old.name)

    def _delete(self, unit: Unit) -> None:
        start = unit.above
        while start and not self._old[start - 1].strip():
            start -= 1
        self._edits.append((start, unit.end, []))

    def _merge_class(self, old: Unit, members: list[Unit], name: str) -> None:
        """Replace the members that both have; new assignments after the last one, new methods at the end."""
        if not isinstance(old.node, ast.ClassDef):
            return
        body = old.node.body
        rest = self._pair(units_of(self._old, old.node), members, f"{name}.", {})
        if not rest:
            return
        self.added += [f"{name}.{unit.name}" for unit in rest]
        first = self._old[body[0].lineno - 1]
        indent = first[: len(first) - len(first.lstrip())]
        fields = [line for unit in rest if unit.is_assignment for line in self._with_comments(unit, indent)]
        methods = [
            line
            for unit in rest
            if not unit.is_assignment
            for line in ["\n", *self._with_comments(unit, indent)]
        ]
        fillers = [node for node in body if isinstance(node, ast.Pass) or _is_dots(node)]
        has_docstring = ast.get_docstring(old.node) is not None
        if fillers and len(body) == len(fillers) + has_docstring:
            lines = [*fields, *methods] if fields or has_docstring else methods[1:]
            self._edits.append((fillers[0].lineno - 1, fillers[-1].end_lineno or 0, lines))
            return
        places = [unit.end for unit in units_of(self._old, old.node) if unit.is_assignment]
        top = (body[0].end_lineno or 0) if has_docstring else unit_of(self._old, body[0]).above
        if fields:
            self._edits.append((max([*places, top]), max([*places, top]), fields))
        if methods:
            self._edits.append((old.end, old.end, methods))

    def _with_comments(self, unit: Unit, indent: str) -> list[str]:
        return _moved(unit, indent, [*self._new[0][unit.above : unit.start], *unit.lines])

    def _without_examples(self, units: list[Unit], old: Sequence[Unit]) -> list[Unit]:
        """Without assignments that only try out the code: no definition uses them, but a call or a print does."""
        tree = self._new[1]
        used = _loaded(node for node in tree.body if isinstance(node, DEFINITIONS))
        tried = _loaded(loose_of(tree))
        local = {unit.name for unit in (*old, *units_of(*self._new)) if not unit.is_assignment}
        kept: list[Unit] = []
        for unit in units:
            names = set(unit.name.split(", "))
            calls = {
                part.func.id
                for part in ast.walk(unit.node)
                if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
            }
            if not unit.is_assignment or names & used or not (names & tried or calls & local):
                kept.append(unit)
        return kept

    def _add_top(self, old: Sequence[Unit], units: list[Unit]) -> None:
        """After the last definition, or before the first statement that needs the name at once."""
        self.added += [unit.name for unit in units]
        new = {unit.key: unit for unit in units_of(*self._new)}
        needs = [(unit.above, _needed_at_once(new[unit.key].node)) for unit in old if unit.key in new]
        groups: dict[int, list[Unit]] = {}
        for unit in reversed(units):
            at = min([self._end_of_definitions(old), *(at for at, names in needs if unit.name in names)])
            needs.append((at, _needed_at_once(unit.node)))
            groups.setdefault(at, []).insert(0, unit)
        for at, group in groups.items():
            self._insert(at, group)

    def _end_of_definitions(self, old: Sequence[Unit]) -> int:
        guards = [unit.above for unit in old if unit.key == GUARD]
        stop = min([len(self._old), *guards])
        ends = [unit.end for unit in old if isinstance(unit.node, DEFINITIONS) and unit.end <= stop]
        loose = [unit_of(self._old, node).above for node in loose_of(self._tree)]
        return max(ends) if ends else min([stop, *loose])

    def _insert(self, at: int, units: list[Unit]) -> None:
        lines: list[str] = []
        flat = False
        for unit in units:
            blanks = 0 if flat and unit.is_assignment else 2
            lines += ["\n"] * (blanks if lines else max(0, 2 - self._blanks(at, -1)) if at else 0)
            lines += self._with_comments(unit, "")
            flat = unit.is_assignment
        if any(line.strip() for line in self._old[at:]):
            lines += ["\n"] * (2 - self._blanks(at, 1))
        self._edits.append((at, at, lines))

    def _blanks(self, at: int, step: int) -> int:
        """How many blank lines stand before (-1) or after (1) a place; two at most."""
        near = self._old[at : at + 2] if step > 0 else self._old[max(0, at - 2) : at][::-1]
        return next((count for count, line in enumerate(near) if line.strip()), len(near))

    def add_imports(self) -> None:
        """Below the last import; without one below the docstring, or at the top."""
        future, others = _missing_imports(self._tree, self._new[1])
        top, is_first = self._top()
        body = self._tree.body
        first = next((at for at, node in enumerate(body) if isinstance(node, DEFINITIONS)), len(body))
        ends = [self._whole_line(node) for node in body[:first] if isinstance(node, _IMPORTS)]
        pairs = [(top, future), (max(ends), others)] if ends else [(top, [*future, *others])]
        for at, lines in pairs:
            if lines:
                lead = ["\n"] if is_first and at == top and at and self._old[at - 1].strip() else []
                after = self._old[at] if at < len(self._old) else "\n"
                is_next_import = after.startswith(("import ", "from "))
                tail = ["\n"] * (0 if is_next_import or not after.strip() else 1 if not ends else 0)
                if not ends and after.strip() and after.startswith(("def ", "class ", "async def", "@")):
                    tail = ["\n", "\n"]
                self._edits.append((at, at, [*lead, *lines, *tail]))

    def _top(self) -> tuple[int, bool]:
        """Where imports may begin, and whether it is not already below a `from __future__`."""
        body = self._tree.body
        futures = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
        if futures:
            return self._whole_line(futures[-1]), False
        if ast.get_docstring(self._tree, clean=False) is not None:
            return self._whole_line(body[0]), True
        comments = next((n for n, line in enumerate(self._old) if not line.startswith("#")), len(self._old))
        if comments < len(self._old) and self._old[comments].strip():
            comments = sum(
                line.startswith("#!") or "coding" in line for line in self._old[: min(comments, 2)]
            )
        return comments, True

    def _whole_line(self, node: ast.stmt) -> int:
        """The index after the statement and those that begin on its last line."""
        end = node.end_lineno or node.lineno
        for other in self._tree.body:
            if other.lineno <= end < (other.end_lineno or 0):
                end = other.end_lineno or end
        return end


def _is_dots(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def lacks_methods(old: ast.ClassDef, new: ast.ClassDef) -> bool:
    """Whether the new class misses a method or nested class of the old one."""
    has = {key_of(node): node for node in new.body}
    for node in old.body:
        there = has.get(key_of(node))
        if isinstance(node, DEFINITIONS) and there is None:
            return True
        if isinstance(node, ast.ClassDef) and isinstance(there, ast.ClassDef) and lacks_methods(node, there):
            return True
    return False


def loose_of(tree: ast.Module) -> list[ast.stmt]:
    """The statements that define nothing."""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return [node for node in body if not name_of(node) and not isinstance(node, _IMPORTS)]


def target_of(method: Unit, old: Sequence[Unit]) -> Unit | None:
    """The class that a method written without its class belongs to, or None."""
    node = method.node
    if not isinstance(node, FUNCTIONS) or any(unit.key == method.key for unit in old):
        return None
    given = [*node.args.posonlyargs, *node.args.args]
    if not given or given[0].arg not in ("self", "cls"):
        return None
    classes = [unit for unit in old if isinstance(unit.node, ast.ClassDef)]
    owners = [
        unit
        for unit in classes
        if isinstance(unit.node, ast.ClassDef) and method.key in {key_of(member) for member in unit.node.body}
    ]
    found = owners or classes
    return found[0] if len(found) == 1 else None


def _needed_at_once(node: ast.AST) -> set[str]:
    """The names that a statement uses when the file is imported, not first when it is called."""
    parts: list[ast.AST] = list(ast.iter_child_nodes(node))
    if isinstance(node, FUNCTIONS):
        parts = [*node.decorator_list, *node.args.defaults, *[d for d in node.args.kw_defaults if d]]
        parts += [part for part in (node.returns, *(arg.annotation for arg in node.args.args)) if part]
    elif isinstance(node, ast.Lambda):
        parts = [*node.args.defaults]
    names = {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else set()
    return names.union(*(_needed_at_once(part) for part in parts))


def _loaded(nodes: Iterable[ast.AST]) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def aliases_of(tree: ast.Module) -> list[_Alias]:
    """Every name imported at the top level, also in a `try` or `if` there."""
    found: list[_Alias] = []
    for node in tree.body:
        inner = (
            [node]
            if isinstance(node, _IMPORTS)
            else ast.walk(node)
            if isinstance(node, ast.Try | ast.If)
            else []
        )
        for part in inner:
            if isinstance(part, ast.Import):
                found += [(None, 0, alias.name, alias.asname) for alias in part.names]
            elif isinstance(part, ast.ImportFrom):
                found += [(part.module or "", part.level, alias.name, alias.asname) for alias in part.names]
    return found


def _missing_imports(old: ast.Module, new: ast.Module) -> tuple[list[str], list[str]]:
    """The imports at the top of `new` that `old` lacks: those from `__future__`, and the others."""
    has = set(aliases_of(old))
    defined = {name_of(node) for node in old.body if isinstance(node, DEFINITIONS)}
    future: list[str] = []
    others: list[str] = []
    for node in new.body:
        if not isinstance(node, _IMPORTS):
            continue
        module, level = (node.module or "", node.level) if isinstance(node, ast.ImportFrom) else (None, 0)
        names = [
            alias
            for alias in node.names
            if (module, level, alias.name, alias.asname) not in has
            and (alias.asname or alias.name) not in defined
        ]
        has |= {(module, level, alias.name, alias.asname) for alias in names}
        if names and isinstance(node, ast.ImportFrom):
            text = ast.unparse(ast.ImportFrom(module=node.module, names=names, level=node.level)) + "\n"
            (future if module == "__future__" else others).append(text)
        elif names:
            others.append(ast.unparse(ast.Import(names=names)) + "\n")
    return future, others


def _moved(unit: Unit, indent: str, lines: Sequence[str] | None = None) -> list[str]:
    """The unit's lines with another indentation; what stands inside of strings is not moved, docstrings are."""
    given = list(unit.lines if lines is None else lines)
    if unit.indent == indent:
        return given
    fixed: set[int] = set()
    docstrings = {
        id(part.body[0].value)
        for part in ast.walk(unit.node)
        if isinstance(part, DEFINITIONS) and isinstance(part.body[0], ast.Expr)
    }
    for part in ast.walk(unit.node):
        is_text = isinstance(part, ast.JoinedStr) or (
            isinstance(part, ast.Constant) and isinstance(part.value, str | bytes)
        )
        if is_text and id(part) not in docstrings and isinstance(part, ast.expr):
            fixed |= set(range(part.lineno, part.end_lineno or part.lineno))
    skipped = len(given) - len(unit.lines)
    return [
        indent + line[len(unit.indent) :]
        if line.strip() and line.startswith(unit.indent) and unit.start + at - skipped not in fixed
        else line
        for at, line in enumerate(given)
    ]
