"""A Python package with a command line and tests. Its functions are still to be written."""

from __future__ import annotations

from smallcode_jupyter.scaffold.description import Description, Field, FunctionPart
from smallcode_jupyter.scaffold.filling import fill

__all__ = ["package_files"]

_NUMBERS = ("int", "float")


def package_files(found: Description) -> dict[str, str]:
    """The files by their paths."""
    name, about = found.name, found.about or f"The command {found.name}."
    names = [one.name for one in found.functions]
    values = {
        "name": name,
        "about": about.replace('"', "'"),
        "functions": "\n\n\n".join(map(_function, found.functions)),
        "names": ", ".join(sorted(names)),
        "exported": ", ".join(f'"{one}"' for one in sorted(names)),
        "commands": "\n".join(map(_command, found.functions)),
        "listed": "\n".join(
            f"- `{name} {_dashed(one.name)}`: {one.about or one.name}" for one in found.functions
        ),
        "tests": "\n\n\n".join(
            _test(one, number) for one in found.functions for number in range(len(one.examples))
        ),
        "first": _dashed(names[0]),
    }
    paths = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "readme.md.txt",
        f"src/{name}/__init__.py": "init.py.txt",
        f"src/{name}/__main__.py": "main.py.txt",
        f"src/{name}/core.py": "core.py.txt",
        f"src/{name}/cli.py": "cli.py.txt",
        "tests/test_cli.py": "test_cli.py.txt",
    }
    if any(one.examples for one in found.functions):
        paths["tests/test_core.py"] = "test_core.py.txt"
    return {path: fill(f"package/{template}", **values) for path, template in paths.items()}


def _function(one: FunctionPart) -> str:
    parameters = ", ".join(_parameter(field) for field in one.fields)
    doc = one.about or f"Do what {one.name} says."
    examples = "".join(f"\n    >>> {example}\n    True\n" for example in one.examples)
    ending = f"\n{examples}    " if examples else ""
    return (
        f'def {one.name}({parameters}) -> {one.returns}:\n    """{doc}{ending}"""\n'
        f'    raise NotImplementedError("{one.name}")'
    )


def _parameter(field: Field) -> str:
    return f"{field.name}: {field.type}" + (f" = {field.default}" if field.default else "")


def _command(one: FunctionPart) -> str:
    lines = [f'    command = commands.add_parser("{_dashed(one.name)}", help={one.about or one.name!r})']
    lines += [f"    command.add_argument({_argument(field)})" for field in one.fields]
    names = ", ".join(f"{field.name}=args.{field.name}" for field in one.fields)
    lines.append(f"    command.set_defaults(run=lambda args: {one.name}({names}))")
    return "\n".join(lines)


def _argument(field: Field) -> str:
    """What `add_argument` gets: a flag for what is true or false, an option for what has a default."""
    option = f'"--{_dashed(field.name)}"'
    if field.type == "bool":
        action = "store_false" if field.default == "True" else "store_true"
        return f'{option}, dest="{field.name}", action="{action}"'
    inner = field.type.removeprefix("list[").removesuffix("]") if field.type.startswith("list[") else ""
    kind = inner or field.type
    converter = f", type={kind}" if kind in _NUMBERS else "" if kind == "str" else ", type=json.loads"
    many = ', nargs="*"' if inner else ""
    if field.default:
        return f'{option}, dest="{field.name}", default={field.default}{converter}{many}'
    return f'"{field.name}"{converter}{many}'


def _test(one: FunctionPart, number: int) -> str:
    ending = f"_{number + 1}" if len(one.examples) > 1 else ""
    return f"def test_{one.name}{ending}():\n    assert {one.examples[number]}"


def _dashed(name: str) -> str:
    return name.replace("_", "-")
