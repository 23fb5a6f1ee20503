"""Models as scikit-learn makes them, and everything that follows its conventions.

Parameters stand in the instance under the names that `__init__` has, what was learned under names that end in `_`. Both
are read from the instance's own dictionary: no property and no method of the model is called.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import FunctionType

from smallcode_jupyter.frontends.values.builtin import short
from smallcode_jupyter.frontends.values.style import (
    Style,
    class_chain,
    class_members,
    dynamic,
    instance_members,
    is_genuine,
    type_name,
)
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name
from smallcode_jupyter.render.plain import one_line

__all__ = ["describe_estimator", "is_estimator"]

_LEARNED = 6
_TOLD_FIRST = ("n_features_in_", "feature_names_in_", "classes_", "n_iter_")


def is_estimator(value: object) -> bool:
    """Whether its class can be fitted and then predicts or transforms."""
    names: set[str] = set()
    for kind in class_chain(value):
        names.update(class_members(kind).keys() & {"fit", "predict", "transform", "fit_transform"})
    return "fit" in names and len(names) > 1


def describe_estimator(value: object, style: Style) -> str:
    """`LogisticRegression(C=0.5), fitted`: what differs from the defaults; as a card also what it learned."""
    own = instance_members(value)
    head = _head(value)
    learned = _names_learned(own)
    if not learned and not any(_names_learned(instance_members(step)) for _, step in _steps(own)):
        return one_line(f"{head}, not fitted", style.room * 2)
    if not style.is_card or not learned:
        return one_line(f"{head}, fitted", style.room * 2)
    learned.sort(key=lambda name: name not in _TOLD_FIRST)
    shown = ", ".join(f"{name}={_learned(own[name], style)}" for name in learned[:_LEARNED])
    return f"{one_line(head, style.room * 2)}, fitted\n  {one_line(shown, 3 * style.room)}"


def _names_learned(own: Mapping[str, object]) -> list[str]:
    return [name for name in own if type(name) is str and name.endswith("_") and not name.startswith("_")]


def _head(value: object) -> str:
    """`LogisticRegression(C=0.5)`; of a pipeline its steps."""
    own = instance_members(value)
    steps = [f"{name}: {_head(step)}" for name, step in _steps(own)]
    return f"{type_name(value)}({' → '.join(steps) or ', '.join(_changed(value, own))})"


def _steps(own: Mapping[str, object]) -> list[tuple[str, object]]:
    """Those of a pipeline; none of any other model."""
    steps = own.get("steps")
    if type(steps) is not list:
        return []
    return [step for step in steps if type(step) is tuple and len(step) == 2 and type(step[0]) is str]


def _changed(value: object, own: Mapping[str, object]) -> list[str]:
    """The parameters that were given something else than their defaults."""
    shown: list[str] = []
    for name, default in _defaults(value).items():
        if name not in own or own[name] is default:
            continue
        if type(own[name]) is type(default) and type(default) in (int, float, str) and own[name] == default:
            continue
        shown.append(f"{name}={HIDDEN if is_secret_name(name) else _parameter(own[name])}")
    return shown


def _parameter(value: object) -> str:
    return _head(value) if is_estimator(value) else short(value, Style(room=40), depth=1)


def _defaults(value: object) -> dict[str, object]:
    """The parameters of the nearest `__init__` written in Python."""
    for kind in class_chain(value):
        maker = class_members(kind).get("__init__")
        if type(maker) is FunctionType:
            found = inspect.Signature.from_callable(maker, follow_wrapped=False).parameters
            return {name: parameter.default for name, parameter in found.items() if name != "self"}
    return {}


def _learned(value: object, style: Style) -> str:
    """The shape of an array, the elements of a short one, a number as it is."""
    if type_name(value) == "ndarray" and is_genuine(value, "numpy"):
        array = dynamic(value)
        if array.ndim != 1 or array.size > _LEARNED or not style.samples:
            return f"array {' × '.join(str(number) for number in array.shape)}"
        return short(array.tolist(), Style(room=60), depth=1)
    return short(value, Style(room=60, samples=style.samples), depth=1)
