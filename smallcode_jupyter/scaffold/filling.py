"""Templates: files of the package with `$name` where something goes in."""

from __future__ import annotations

from importlib.resources import files
from string import Template

__all__ = ["fill"]


def fill(template: str, /, **values: str) -> str:
    """The template of this name with its values. Raises KeyError for one that is missing."""
    text = files("smallcode_jupyter.scaffold").joinpath("templates", template).read_text(encoding="utf-8")
    return Template(text).substitute(values)
