"""Looking names up in the index, and exact renaming, in the staged copy."""

from __future__ import annotations

from threading import Event

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.renaming.outcome import Transformation
from smallcode_jupyter.index.renaming.rename import rename
from smallcode_jupyter.index.renaming.signature import change_signature
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tools import Parameter, ToolSpec
from smallcode_jupyter.tools.workbench import Answer, Arguments, Handler, Workbench

__all__ = ["ENTRIES", "change_parameters", "find_symbol", "rename_symbol"]

_MOST_PLACES = 40
_NAME = Parameter(
    name="name",
    kind="string",
    description="name, Class.member or function.parameter",
    aliases=("symbol", "old", "old_name", "identifier", "query", "target"),
)
FIND_SYMBOL = ToolSpec(
    name="find_symbol",
    is_for_names=True,
    category="search",
    description="Where a function, class or field is defined and used.",
    aliases=("find_references", "find_definition", "goto_definition", "find_usages", "list_code_usages"),
    parameters=(_NAME,),
)
RENAME_SYMBOL = ToolSpec(
    name="rename_symbol",
    is_for_names=True,
    category="write",
    description="Rename it in all files.",
    aliases=("rename", "rename_function", "rename_class"),
    parameters=(
        _NAME,
        Parameter(
            name="new_name",
            kind="string",
            description="its new name",
            aliases=("new", "to", "replacement"),
        ),
    ),
)
CHANGE_PARAMETERS = ToolSpec(
    name="change_parameters",
    is_for_names=True,
    category="write",
    description="Give a Python function other parameters, and change all calls.",
    aliases=("change_signature",),
    parameters=(
        _NAME,
        Parameter(
            name="parameters",
            kind="string",
            description="all parameters, as between the parentheses of def",
            aliases=("signature", "params", "new_parameters"),
        ),
    ),
)


def find_symbol(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Definitions with their signatures, then the lines that use the name."""
    index, name = _index(bench), str(arguments["name"]).strip().removesuffix("()")
    found = index.definitions(name)
    if not found:
        near = [f"{path}:{one.line}: {one.signature or one.qualified}" for path, one in index.similar(name)]
        more = "\n".join(["Similar:", *near]) if near else "Use search_text for other text."
        return Answer(content=f"Nothing defines `{name}`. {more}")
    lines = [f"{path}:{one.line}: {one.signature or one.qualified}" for path, one in found]
    places = [place for place in index.references(name) if place.kind != "definition"]
    lines += ["used:", *(f"{place.path}:{place.line}: {place.text}" for place in places[:_MOST_PLACES])]
    if len(places) > _MOST_PLACES:
        lines.append(f"({len(places) - _MOST_PLACES} more)")
    return Answer(content="\n".join(lines if places else [*lines[:-1], "It is used nowhere else."]))


def rename_symbol(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Rename everywhere, or nothing: what stands in the way is told then."""
    index = _index(bench)
    found = rename(index, str(arguments["name"]).strip(), str(arguments["new_name"]).strip())
    return _staged(bench, found, f"Renamed {found.what} to {arguments['new_name']}")


def change_parameters(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Change a signature and its calls, or nothing."""
    found = change_signature(_index(bench), str(arguments["name"]).strip(), str(arguments["parameters"]))
    return _staged(bench, found, f"Changed the {found.what}")


def _index(bench: Workbench) -> CodeIndex:
    """The index as the staged copy is now. Raises UsageError where there is none."""
    if bench.index is None:
        raise UsageError("There is no index here.", hint="Use search_text.")
    bench.index.overlay(bench.staging.texts())
    return bench.index


def _staged(bench: Workbench, found: Transformation, what: str) -> Answer:
    for path in found.texts:
        bench.staging.read(path)  # remembered, so that a change on disk is noticed
    for path, text in found.texts.items():
        bench.staging.write(path, text)
    lines = [
        f"{what} in {len(found.sites)} places:",
        *(f"{one.path}:{one.line}: {one.after}" for one in found.sites),
    ]
    if found.notes:
        lines += ["Not changed, as these are texts or other things:", *found.notes]
    return Answer(content="\n".join(lines), changed=tuple(sorted(found.texts)))


ENTRIES: tuple[tuple[ToolSpec, Handler], ...] = (
    (FIND_SYMBOL, find_symbol),
    (RENAME_SYMBOL, rename_symbol),
    (CHANGE_PARAMETERS, change_parameters),
)
"""For the list of tools."""
