"""The site's pages that are made from the code: settings, events, magics, command line, messages."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_type_hints

from smallcode_jupyter.frontends import cli
from smallcode_jupyter.frontends.options import option_names
from smallcode_jupyter.frontends.subcommands import COMMANDS
from smallcode_jupyter.protocol import errors
from smallcode_jupyter.protocol.events import EVENT_TYPES
from smallcode_jupyter.session.config import SETTING_NAMES, Settings

__all__ = ["PAGES", "command_parsers"]

PACKAGE = Path(__file__).parent.parent / "smallcode_jupyter"


def settings_page() -> str:
    """Every setting with its type, default and meaning."""
    told = _field_docs(Settings)
    types = {field.name: str(field.type) for field in dataclasses.fields(Settings)}
    defaults = Settings()
    rows = [
        (f"`{name}`", _code(types[name]), _code(str(getattr(defaults, name))), told.get(name, ""))
        for name in SETTING_NAMES
    ]
    head = (
        "# Settings\n\nSet one with `%smallcode set NAME VALUE`, or in the environment as `SMALLCODE_` and its name in "
        "capitals. `%smallcode config` shows where each value came from.\n\n"
    )
    return head + _table(("setting", "type", "default", "what it means"), rows)


def events_page() -> str:
    """Every event of a run with its fields."""
    parts = ["# Events\n\nA trace is a file of JSON lines, one event each: `run`, `seq`, `at` and `event`.\n"]
    for kind in EVENT_TYPES:
        hints = get_type_hints(kind)
        tag = next(field.default for field in dataclasses.fields(kind) if field.name == "type")
        doc = inspect.getdoc(kind) or ""
        told = _field_docs(kind)
        rows = [
            (f"`{field.name}`", _code(_type_name(hints[field.name])), told.get(field.name, ""))
            for field in dataclasses.fields(kind)
            if field.name != "type"
        ]
        is_own = not doc.startswith(f"{kind.__name__}(")
        parts.append(
            "\n".join(
                [f"## {tag}\n", f"{_one(doc)}\n" if is_own else "", _table(("field", "type", ""), rows)]
            )
        )
    return "\n".join(parts)


def magics_page() -> str:
    """The magics and their commands."""
    rows = [
        (f"`%smallcode {command.usage}`".replace("|", "\\|"), command.about) for command in COMMANDS.values()
    ]
    return (
        "# Magics\n\nAfter `%load_ext smallcode_jupyter`:\n\n- `%%smallcode` and words below it: solve a task. "
        f"Options on its line: {_code(option_names())}.\n- `%%trial` and code below it: run it in a copy of the "
        f"kernel; a number on its line is the longest it may take, in seconds.\n\n"
        f"{_table(('command', 'what it does'), rows)}"
    )


def cli_page() -> str:
    """The command line, from its own parsers."""
    parts = ["# Command line\n"]
    for name, parser in command_parsers():
        rows = [(f"`{label}`", _one(action.help or "")) for action, label in _arguments(parser)]
        parts.append(
            f"## {name}\n\n{_one(parser.description or _help_of(name))}\n\n{_table(('argument', ''), rows)}"
        )
    return "\n".join(parts)


def messages_page() -> str:
    """What went wrong, what it means and what to do, by the words of the message, from the places that raise it."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "suites" not in path.parts:
            for code, what, hint in _raised(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(code, {}).setdefault(what, hint)
    parts = [
        "# By error message\n\nEvery message says what happened, why, and what to do. `…` stands for what differs from "
        "case to case. Those below have something that you can do about them.\n"
    ]
    for code in sorted(found):
        doc = _one(inspect.getdoc(getattr(errors, code)) or "")
        rows = [(_text(what), _text(hint)) for what, hint in sorted(found[code].items())]
        parts.append(f"## {code}\n\n{doc}\n\n{_table(('message', 'what to do'), rows)}")
    return "\n".join(parts)


def command_parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its words, `smallcode bench run`, and its parser."""
    yield from _below("smallcode", cli._parser())


def _below(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, child in action.choices.items():
                yield from _below(f"{name} {word}", child)


def _help_of(name: str) -> str:
    *above, word = name.split()
    for other, parser in command_parsers():
        if other == " ".join(above):
            for action in parser._actions:
                for choice in getattr(action, "_choices_actions", ()):
                    if choice.dest == word:
                        return choice.help or ""
    return ""


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.Action, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
        if action.choices is not None:
            value = "|".join(str(choice) for choice in action.choices)
        value = "" if action.nargs == 0 else str(value)
        yield (
            action,
            " ".join(part for part in (", ".join(action.option_strings), value) if part).replace("|", "\\|"),
        )


def _raised(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Class, message and hint of every error that is made here with a hint."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and node.args):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name not in errors.__all__ or name == "Problem":
            continue
        what = _words(node.args[0])
        hint = next((_words(keyword.value) for keyword in node.keywords if keyword.arg == "hint"), "")
        if what and hint and what.strip("… "):
            yield name, what, hint


def _words(node: ast.expr) -> str:
    """The text of a string in the code, `…` for what is put in; empty for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return ""


def _field_docs(kind: type) -> dict[str, str]:
    """The string under each field of a class."""
    tree = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(tree, ast.ClassDef)
    told = {}
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        if (
            isinstance(before, ast.AnnAssign)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            assert isinstance(before.target, ast.Name)
            told[before.target.id] = _one(str(after.value.value)).replace("|", "\\|")
    return told


def _type_name(hint: object) -> str:
    return re.sub(r"[\w.]+\.(\w+)", r"\1", str(hint)).replace("<class '", "").replace("'>", "")


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|") if text else ""


def _text(text: str) -> str:
    """Words of a message as they are: nothing in them is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", _one(text)).replace("\\<", "&lt;").replace("\\>", "&gt;")


def _one(text: str) -> str:
    return " ".join(text.split())


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "reference/settings.md": settings_page,
    "reference/events.md": events_page,
    "reference/magics.md": magics_page,
    "reference/cli.md": cli_page,
    "troubleshooting.md": messages_page,
}
"""Path on the site -> what makes its text."""
