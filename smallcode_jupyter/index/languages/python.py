"""What a Python file defines, imports and calls, by the standard library's own parser."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from smallcode_jupyter.index.facts import FileFacts, Import, Symbol, SymbolKind, shortened

__all__ = ["extract", "facts_of_tree", "import_from"]

_DEFINITION = re.compile(r"^([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)([^\n]*)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w, \t]+)|import[ \t]+([\w.]+))", re.M)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_VALUE = 80


def extract(path: str, text: str) -> FileFacts:
    """The facts of one file. What does not parse is read line by line. Never raises."""
    lines = text.count("\n") + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        return facts_of_tree(path, tree, lines)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _by_lines(path, text, lines)


def facts_of_tree(path: str, tree: ast.Module, lines: int) -> FileFacts:
    """The facts of a parsed file. May raise RecursionError for very deep code."""
    symbols = list(_symbols(tree.body, ""))
    imports = [one for node in _statements(tree) for one in _imported(path, node)]
    return FileFacts(language="python", symbols=tuple(symbols), imports=tuple(imports), lines=lines)


def _symbols(body: list[ast.stmt], owner: str) -> Iterator[Symbol]:
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield _function(node, owner)
                if owner and node.name == "__init__":
                    yield from _attributes(node, owner)
            case ast.ClassDef():
                yield _class(node, owner)
                yield from _symbols(node.body, f"{owner}.{node.name}" if owner else node.name)
            case ast.Assign() | ast.AnnAssign():
                yield from _values(node, owner)
            case ast.If() | ast.Try() | ast.With():
                yield from _symbols(_inner(node), owner)


def _inner(node: ast.If | ast.Try | ast.With) -> list[ast.stmt]:
    """The statements that a condition decides about; those of `if __name__ == ...` too, they bind names as well."""
    body = list(node.body)
    if not isinstance(node, ast.With):
        body += node.orelse
    if isinstance(node, ast.Try):
        body += [one for handler in node.handlers for one in handler.body]
    return body


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> Symbol:
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    is_property = any(_last(one) in ("property", "cached_property") for one in node.decorator_list)
    mark = "@property " if is_property else ""
    return Symbol(
        name=node.name,
        kind="method" if owner else "function",
        owner=owner,
        line=node.lineno,
        end=node.end_lineno or node.lineno,
        signature=shortened(f"{mark}{word} {node.name}({ast.unparse(node.args)}){returns}"),
        doc=_doc(node),
        calls=_calls(node),
    )


def _class(node: ast.ClassDef, owner: str) -> Symbol:
    bases = [ast.unparse(base) for base in node.bases]
    given = f"({', '.join(bases)})" if bases else ""
    marks = "".join(f"@{_last(one)} " for one in node.decorator_list if _last(one))
    fields = [
        f"{one.target.id}: {ast.unparse(one.annotation)}"
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]
    shown = f" {{ {', '.join(fields)} }}" if fields else ""
    return Symbol(
        name=node.name,
        kind="class",
        owner=owner,
        line=node.lineno,
        end=node.end_lineno or node.lineno,
        signature=shortened(f"{marks}class {node.name}{given}{shown}"),
        doc=_doc(node),
        bases=tuple(filter(None, map(_last, node.bases))),
    )


def _attributes(node: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> Iterator[Symbol]:
    """What `__init__` binds on its first parameter."""
    first = node.args.args[0].arg if node.args.args else ""
    seen: set[str] = set()
    for inner in _nodes(node):
        if not isinstance(inner, ast.Attribute) or not isinstance(inner.ctx, ast.Store):
            continue
        is_own = isinstance(inner.value, ast.Name) and inner.value.id == first
        if is_own and inner.attr not in seen:
            seen.add(inner.attr)
            yield Symbol(
                name=inner.attr,
                kind="field",
                owner=owner,
                line=inner.lineno,
                end=inner.end_lineno or inner.lineno,
            )


def _values(node: ast.Assign | ast.AnnAssign, owner: str) -> Iterator[Symbol]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [
        one.id
        for target in targets
        for one in (target.elts if isinstance(target, ast.Tuple) else [target])
        if isinstance(one, ast.Name)
    ]
    value = node.value if node.value is not None else None
    is_short = value is not None and (value.end_lineno or 0) - value.lineno < 3
    kind: SymbolKind = "field" if owner else "constant" if names and names[0].isupper() else "variable"
    for name in names:
        hint = f": {ast.unparse(node.annotation)}" if isinstance(node, ast.AnnAssign) else ""
        given = f" = {shortened(ast.unparse(value), _VALUE)}" if value is not None and is_short else ""
        yield Symbol(
            name=name,
            kind=kind,
            owner=owner,
            line=node.lineno,
            end=node.end_lineno or node.lineno,
            signature=f"{name}{hint}{given}",
            bases=(),
        )


def _last(node: ast.expr) -> str:
    """The last name of `a.b.c`, `a.b()`, `a[b]`; empty for what has none."""
    if isinstance(node, ast.Call):
        return _last(node.func)
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _doc(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    first = node.body[0] if node.body else None
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return ""
    text = first.value.value
    return shortened(text.strip().split("\n\n")[0], 160) if isinstance(text, str) else ""


def _calls(node: ast.AST) -> tuple[str, ...]:
    names = [_last(one.func) for one in _nodes(node) if isinstance(one, ast.Call)]
    return tuple(dict.fromkeys(name for name in names if name))


def _nodes(root: ast.AST) -> list[ast.AST]:
    """The node and all below it, as `ast.walk` gives them, but faster: most of indexing is this."""
    found = [root]
    for node in found:
        for value in node.__dict__.values():
            if value.__class__ is list:
                found += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and value._fields:
                found.append(value)
    return found


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement, however deep."""
    stack: list[ast.AST] = list(reversed(tree.body))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        for name in ("handlers", "finalbody", "orelse", "body", "cases"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                stack += reversed(inner)


def _imported(path: str, node: ast.stmt) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(target=alias.name.replace(".", "/"), line=node.lineno)
    elif isinstance(node, ast.ImportFrom):
        names = tuple(alias.name for alias in node.names)
        yield import_from(path, node.module or "", node.level, names, node.lineno)


def import_from(path: str, module: str, level: int, names: tuple[str, ...], line: int) -> Import:
    """What `from MODULE import NAMES` with so many dots means in the file at this path."""
    target = module.replace(".", "/")
    if not level:
        return Import(target=target, names=names, line=line)
    folders = path.split("/")[:-1]
    base = folders[: len(folders) - level + 1]
    return Import(target="/".join([*base, target] if target else base), names=names, is_exact=True, line=line)


def _by_lines(path: str, text: str, lines: int) -> FileFacts:
    symbols: list[Symbol] = []
    owner = ""
    for match in _DEFINITION.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        owner = "" if not match[1] else owner
        kind: SymbolKind = "class" if match[2] == "class" else "method" if owner else "function"
        signature = shortened(f"{match[2]} {match[3]}{match[4]}".rstrip(": "))
        symbols.append(
            Symbol(name=match[3], kind=kind, owner=owner, line=line, end=line, signature=signature)
        )
        if match[2] == "class" and not match[1]:
            owner = match[3]
    imports: list[Import] = []
    for match in _IMPORT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[3]:
            imports.append(Import(target=match[3].replace(".", "/"), line=line))
            continue
        module = match[1].lstrip(".")
        names = tuple(name.split()[0] for name in match[2].split(",") if name.strip())
        imports.append(import_from(path, module, len(match[1]) - len(module), names, line))
    return FileFacts(
        language="python",
        symbols=tuple(symbols),
        imports=tuple(imports),
        lines=lines,
        note="does not parse; read line by line",
    )
