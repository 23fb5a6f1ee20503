"""The files of a project, from its description."""

from __future__ import annotations

from collections.abc import Callable

from smallcode_jupyter.scaffold.api import api_files
from smallcode_jupyter.scaffold.description import Description, Kind, read_description
from smallcode_jupyter.scaffold.package import package_files
from smallcode_jupyter.scaffold.site import site_files

__all__ = ["make_project"]

_MAKERS: dict[Kind, Callable[[Description], dict[str, str]]] = {
    "package": package_files,
    "api": api_files,
    "site": site_files,
}


def make_project(text: str) -> dict[str, str]:
    """The texts of all files by their paths, for a description (see `read_description`). Raises UsageError."""
    description = read_description(text)
    return _MAKERS[description.kind](description)
