"""A web API that keeps things in SQLite: models, routes and tests, with the standard library alone."""

from __future__ import annotations

import ast

from smallcode_jupyter.scaffold.description import Description, Field, ModelPart
from smallcode_jupyter.scaffold.filling import fill

__all__ = ["api_files"]

_COLUMNS = {"str": "TEXT", "int": "INTEGER", "float": "REAL", "bool": "INTEGER"}
_SAMPLES = {"str": '"first"', "int": "7", "float": "1.5", "bool": "True"}
_OTHERS = {"str": '"second"', "int": "8", "float": "2.5", "bool": "False"}
_WRONG = {"str": "5", "int": '"x"', "float": '"x"', "bool": '"x"'}


def api_files(found: Description) -> dict[str, str]:
    """The files by their paths."""
    first = found.models[0]
    values = {
        "name": found.name,
        "about": (found.about or f"The API of {found.name}.").replace('"', "'"),
        "models": "\n\n\n".join(map(_model, found.models)),
        "names": ", ".join(one.name for one in found.models),
        "kinds": ", ".join(f'"{_plural(one)}": {one.name}' for one in found.models),
        "tables": "\n".join(map(_table, found.models)),
        "listed": "\n".join(f"- `/{_plural(one)}` and `/{_plural(one)}/ID`" for one in found.models),
        "tests": "\n\n\n".join(map(_tests, found.models)),
        "first": _plural(first),
    }
    paths = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "readme.md.txt",
        f"{found.name}/__init__.py": "init.py.txt",
        f"{found.name}/__main__.py": "main.py.txt",
        f"{found.name}/models.py": "models.py.txt",
        f"{found.name}/store.py": "store.py.txt",
        f"{found.name}/app.py": "app.py.txt",
        "tests/test_api.py": "test_api.py.txt",
    }
    return {path: fill(f"api/{template}", **values) for path, template in paths.items()}


def _plural(one: ModelPart) -> str:
    name = one.name.lower()
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch", "sh")) else f"{name}s"


def _ordered(one: ModelPart) -> list[Field]:
    return sorted(one.fields, key=lambda field: bool(field.default))


def _model(one: ModelPart) -> str:
    lines = [
        f"    {field.name}: {field.type}" + (f" = {field.default}" if field.default else "")
        for field in _ordered(one)
    ]
    return "\n".join(["@dataclass", f"class {one.name}:", f'    """One {one.name.lower()}."""', "", *lines])


def _table(one: ModelPart) -> str:
    columns = ", ".join(f"{field.name} {_COLUMNS[field.type]} NOT NULL" for field in _ordered(one))
    return f"CREATE TABLE IF NOT EXISTS {_plural(one)} (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns});"


def _tests(one: ModelPart) -> str:
    path = _plural(one)
    fields = _ordered(one)
    sample = ", ".join(f'"{field.name}": {_SAMPLES[field.type]}' for field in fields)
    changed, required = fields[0], [field for field in fields if not field.default]
    wrong = f'{{**SAMPLE, "{changed.name}": {_WRONG[changed.type]}}}'
    missing = (
        f'    assert call(app, "POST", "/{path}", {{}})[0] == 400\n'
        if required
        else f'    assert call(app, "POST", "/{path}", {{}})[0] == 201\n'
    )
    tests = fill(
        "api/test_model.py.txt",
        model=one.name.lower(),
        path=path,
        sample=sample,
        field=changed.name,
        other=_OTHERS[changed.type],
        wrong=wrong.replace("SAMPLE", f"{one.name.upper()}"),
        constant=one.name.upper(),
        missing=missing.rstrip("\n"),
    )
    ast.parse(tests)
    return tests.rstrip("\n")
