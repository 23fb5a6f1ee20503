"""Describing live objects without running their code: only exact built-in types are ever shown by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType

from smallcode_jupyter.frontends.values import callables, estimators, frames
from smallcode_jupyter.frontends.values.builtin import describe_builtin
from smallcode_jupyter.frontends.values.registry import own_words
from smallcode_jupyter.frontends.values.style import Style, is_genuine, module_name, type_name

__all__ = ["describe"]

_LINE = Style()
_CARD_CHARS = 900


def describe(value: object, style: Style = _LINE) -> str:
    """What the object is, in about `style.room` characters; several lines for data and for cards. Never raises.

    Code of classes defined by the person is not run: of their instances only the class and its plain attributes show.
    The exception is what the person wrote for this, `_repr_smallcode_` and registered functions.
    """
    said, fault = own_words(value, _CARD_CHARS if style.is_card else 4 * style.room)
    if said:
        return said
    text = _described(value, style)
    return f"{text}  {fault}" if fault else text


def _described(value: object, style: Style) -> str:
    describer = _known(value)
    if describer is None and estimators.is_estimator(value):
        describer = estimators.describe_estimator
    if describer is not None:
        # Library code: it may meet broken data, and a card without one variable is better than none.
        try:
            return describer(value, style)
        except Exception as error:  # noqa: BLE001  # whatever a library raises becomes the description
            return f"{type_name(value)} (not readable: {type(error).__name__})"
    kind = type(value)
    if kind is FunctionType:
        assert isinstance(value, FunctionType)
        return callables.describe_function(value, style)
    if kind is BuiltinFunctionType:
        return "built-in function"
    # `isinstance` would ask the object itself.
    if issubclass(kind, type):
        return callables.describe_class(value, style)  # type: ignore[arg-type]  # a class, by its type
    if issubclass(kind, ModuleType):
        return callables.describe_module(value, style)  # type: ignore[arg-type]  # a module, by its type
    return describe_builtin(value, style)


def _known(value: object) -> Callable[[object, Style], str] | None:
    """The describer of a library's own class; a class that only borrows its name has none."""
    package = module_name(value).split(".")[0]
    describer = _KNOWN.get((package, type_name(value)))
    return describer if describer is not None and is_genuine(value, package) else None


_KNOWN: Mapping[tuple[str, str], Callable[[object, Style], str]] = {
    ("pandas", "DataFrame"): frames.describe_frame,
    ("pandas", "Series"): frames.describe_series,
    ("numpy", "ndarray"): frames.describe_array,
    ("numpy", "memmap"): frames.describe_array,
    ("polars", "DataFrame"): frames.describe_polars,
    ("polars", "Series"): frames.describe_polars_series,
    ("torch", "Tensor"): frames.describe_tensor,
}
