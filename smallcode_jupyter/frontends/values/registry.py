"""Objects that describe themselves: the method `_repr_smallcode_`, and functions registered for classes.

Both are the person's code, run because the person wrote it for this. Each call is bounded in time and its text in size.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, FunctionType

from smallcode_jupyter.frontends.values.style import class_chain, class_members
from smallcode_jupyter.protocol.secrets import mask_secrets
from smallcode_jupyter.render.plain import plain

__all__ = ["METHOD", "own_words", "register_card"]

METHOD = "_repr_smallcode_"
_SECONDS = 0.2
_Describer = Callable[[object], str]

_BY_CLASS: dict[int, tuple[type, _Describer]] = {}
"""By the class's identity: to look it up by itself would ask its metaclass."""
_BY_NAME: dict[str, _Describer] = {}
"""By `module.Class`, which may not be imported yet."""


class _TookTooLong(BaseException):
    """Leaves a description that does not end. No Exception, for the description may catch these."""


def register_card(kind: type | str, describe: Callable[[object], str] | None) -> None:
    """Let `describe` say what objects of this class, or of a subclass, are. None takes that back.

    `kind` is a class, or its full name such as `"mylib.Grid"`. The text should be short: it goes to the model.
    """
    if isinstance(kind, str):
        _BY_NAME.pop(kind, None)
        if describe is not None:
            _BY_NAME[kind] = describe
        return
    _BY_CLASS.pop(id(kind), None)
    if describe is not None:
        _BY_CLASS[id(kind)] = (kind, describe)


def own_words(value: object, limit: int) -> tuple[str, str]:
    """What the object, or the function registered for its class, says, and why it could not; either may be empty."""
    describer = _describer(value)
    if describer is None:
        return "", ""
    try:
        said = _within(_SECONDS, lambda: describer(value))
    except Exception as error:  # noqa: BLE001  # the person's code: the usual description is told instead
        return "", f"({METHOD} failed: {type(error).__name__})"
    except _TookTooLong:
        return "", f"({METHOD} took longer than {_SECONDS:g} s)"
    if type(said) is not str:
        return "", f"({METHOD} gave no text)"
    text = mask_secrets(plain(said)).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…", ""


def _describer(value: object) -> _Describer | None:
    for kind in class_chain(value):
        registered = _BY_CLASS.get(id(kind))
        if registered is not None:
            return registered[1]
        members = class_members(kind)
        name = f"{members.get('__module__')}.{type.__dict__['__qualname__'].__get__(kind)}"
        if name in _BY_NAME:
            return _BY_NAME[name]
        method = members.get(METHOD)
        if type(method) is FunctionType:
            return method
    return None


def _within(seconds: float, call: Callable[[], str]) -> str:
    """The call's result. Raises _TookTooLong; without a limit outside the main thread, and where there is no alarm."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return call()
    is_running = True

    def ring(number: int, frame: FrameType | None) -> None:
        if is_running:
            raise _TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return call()
    finally:
        is_running = False
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
