"""Every word the model sees, one Markdown file a prompt.

`render` fills `{{name}}` and fails on a variable that is missing or left over: no prompt goes out half filled.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["render"]

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@cache
def _template(name: str) -> str:
    return (files(__package__) / f"{name}.md").read_text(encoding="utf-8").strip("\n")


def render(name: str, /, **variables: str) -> str:
    """The prompt `name` with its variables filled in literally. Raises KeyError if they do not match."""
    template = _template(name)
    wanted = set(_VARIABLE.findall(template))
    if wanted != variables.keys():
        raise KeyError(f"prompt {name} takes {sorted(wanted)}, got {sorted(variables)}")
    return _VARIABLE.sub(lambda match: variables[match.group(1)], template)
