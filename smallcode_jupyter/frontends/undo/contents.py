"""What objects contain: a mark that changes with it, the content itself, and putting old content back.

Every list, dictionary, array, table and plain object that variables lead to is looked at by itself, so that each can be
put back into the very object, whoever holds it. No code of the person's classes runs.
"""

from __future__ import annotations

import sys
import time
import zlib
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from smallcode_jupyter.frontends.cells.flow import names_of
from smallcode_jupyter.frontends.values.style import class_chain, class_members, instance_members

__all__ = ["Survey", "can_change", "content_of", "mark_of", "put_back", "reachable", "survey"]

_PLAIN = (int, float, complex, str, bytes, bool, type(None), range)
_FIXED = (ModuleType, FunctionType, BuiltinFunctionType, type)
_LISTS = (list, deque)
_SETS = (set, frozenset)
_MAPPINGS = (dict, OrderedDict, defaultdict)
_LIBRARIES = sys.stdlib_module_names - {"__main__", "dataclasses", "types"} | {"IPython", "ipykernel"}
_SECONDS = 3.0
_LARGE = 1 << 20
"""Bytes of an array that is not looked through before, but compared with the copy after."""
_OBJECTS = 500_000
_CALLS = 8
"""How far functions are followed into the functions they call."""


def reachable(shell: Any, code: str) -> frozenset[str]:  # IPython is not typed
    """Variables that the code may change inside: those it uses, and those of the functions it calls."""
    namespace: Mapping[str, object] = shell.user_ns
    found: set[str] = set()
    names = set(names_of(shell, code).used)
    for _ in range(_CALLS):
        names = {name for name in names if name in namespace and name not in found}
        found |= names
        names = {inner for name in names for code in _codes(namespace[name]) for inner in _globals(code)}
    return frozenset(found)


def _codes(value: object) -> list[CodeType]:
    if type(value) is FunctionType:
        return [value.__code__]
    kind: Any = value if issubclass(type(value), type) else type(value)
    members = class_members(kind).values() if kind.__module__ == "__main__" else ()
    return [item.__code__ for item in members if type(item) is FunctionType]


def _globals(code: CodeType) -> Iterable[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if type(constant) is CodeType:
            yield from _globals(constant)


def can_change(value: object) -> bool:
    """Whether the object can have another content later."""
    return type(value) not in _PLAIN and not issubclass(type(value), _FIXED)


@dataclass(slots=True)
class Survey:
    """The objects that some variables lead to."""

    roots: dict[str, int] = field(default_factory=dict)
    """Name -> address of its object. Names that could not be looked through in time are left out."""
    objects: dict[int, Any] = field(default_factory=dict)
    """Address -> object; as long as they are held here, no other object has their address."""
    inside: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Address -> addresses of what the object leads to."""
    marks: dict[int, int] = field(default_factory=dict)
    """Address -> mark of its content; of large arrays only of their shape and place."""
    large: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Address -> where the bytes of a large array begin, and how many they are."""

    def mark_large(self) -> None:
        """Mark large arrays by their bytes, too, which takes about a second for each gigabyte."""
        self.marks |= {address: mark_of(self.objects[address]) for address in self.large}
        self.large = {}

    def changed(self, differing: Callable[[Mapping[int, tuple[int, int]]], Iterable[int]]) -> dict[int, int]:
        """The objects whose content is another now, with their marks.

        `differing` says which of the large arrays have other bytes than they had.
        """
        found = [
            address
            for address, value in self.objects.items()
            if mark_of(value, is_brief=address in self.large) != self.marks[address]
        ]
        found += [address for address in differing(self.large) if address not in found]
        return {address: mark_of(self.objects[address]) for address in found}

    def leading_to(self, addresses: Iterable[int]) -> dict[str, frozenset[int]]:
        """The names that lead to these objects, each with those it leads to."""
        wanted = frozenset(addresses)
        found = {name: wanted & self._reached(root) for name, root in self.roots.items()}
        return {name: reached for name, reached in found.items() if reached}

    def _reached(self, root: int) -> set[int]:
        reached, waiting = {root}, [root]
        while waiting:
            new = [address for address in self.inside.get(waiting.pop(), ()) if address not in reached]
            reached.update(new)
            waiting += new
        return reached


def survey(namespace: Mapping[str, object], names: Iterable[str], *, seconds: float = _SECONDS) -> Survey:
    """Look through the variables of these names, in the order of the names."""
    deadline = time.monotonic() + seconds
    found = Survey()
    for name in sorted(names):
        if name not in namespace or not can_change(namespace[name]):
            continue
        if not _visit(found, namespace[name], deadline):
            break
        found.roots[name] = id(namespace[name])
    return found


def _visit(found: Survey, value: object, deadline: float) -> bool:
    """Add the object and all it leads to; whether there was time for all."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if id(item) in found.objects:
            continue
        if len(found.objects) >= _OBJECTS or time.monotonic() > deadline:
            return False
        inner = [child for child in _children(item) if can_change(child)]
        found.objects[id(item)] = item
        found.inside[id(item)] = tuple(id(child) for child in inner)
        place = _place(item)
        if place is not None:
            found.large[id(item)] = place
        found.marks[id(item)] = mark_of(item, is_brief=place is not None)
        waiting += inner
    return True


def _children(value: Any) -> Iterator[object]:
    kind = type(value)
    if kind in _LISTS or kind in _SETS or kind is tuple:
        yield from value
    elif kind in _MAPPINGS:
        yield from value.keys()
        yield from value.values()
    elif (array := _array(value)) is not None:
        yield from array.flat if array.dtype.hasobject else ()
    elif _is_table(value):
        for block in value._mgr.blocks:
            array = _array(getattr(block.values, "_ndarray", block.values))
            yield from array.flat if array is not None and array.dtype.hasobject else ()
    elif _is_plain_object(value):
        yield from instance_members(value).values()


def mark_of(value: Any, *, is_brief: bool = False) -> int:
    """Equal as long as the object's own content is the same: what it leads to counts by identity.

    `is_brief`: of an array only its shape, its type and where it lies.
    """
    kind = type(value)
    if is_brief:
        return hash((value.shape, str(value.dtype), value.ctypes.data))
    if kind is bytearray:
        return zlib.crc32(value)
    if kind in _LISTS or kind is tuple:
        return hash(tuple(_token(item) for item in value))
    if kind in _SETS:
        return hash(frozenset(_token(item) for item in value))
    if kind in _MAPPINGS:
        return hash(tuple((_token(key), _token(item)) for key, item in value.items()))
    if (array := _array(value)) is not None:
        return _mark_array(array)
    if _is_table(value):
        return _mark_table(value)
    if _is_plain_object(value):
        own = instance_members(value)
        return hash((id(kind), *((name, _token(item)) for name, item in own.items())))
    return id(value)


def _token(value: Any) -> int:
    return hash((type(value).__name__, value)) if type(value) in _PLAIN else id(value)


def _array(value: Any) -> Any:
    numpy: Any = sys.modules.get("numpy")
    return value if numpy is not None and type(value) in (numpy.ndarray, numpy.memmap) else None


def _place(value: Any) -> tuple[int, int] | None:
    """Where a large array's bytes lie in one piece."""
    array = _array(value)
    if array is None or array.nbytes < _LARGE or array.dtype.hasobject:
        return None
    is_whole = array.flags.c_contiguous or array.flags.f_contiguous
    return (int(array.ctypes.data), int(array.nbytes)) if is_whole else None


def _mark_array(array: Any) -> int:
    numpy: Any = sys.modules["numpy"]
    if array.dtype.hasobject:
        return hash((array.shape, *[_token(item) for item in array.flat]))
    content = array if array.flags.c_contiguous else numpy.ascontiguousarray(array)
    return hash((array.shape, str(array.dtype), zlib.crc32(content.reshape(-1).view(numpy.uint8))))


def _is_table(value: Any) -> bool:
    pandas: Any = sys.modules.get("pandas")
    return pandas is not None and type(value) in (
        getattr(pandas, "DataFrame", None),
        getattr(pandas, "Series", None),
    )


def _mark_table(table: Any) -> int:
    """By blocks and labels."""
    parts = [_mark_labels(axis) for axis in table._mgr.axes]
    parts.append(_token(instance_members(table).get("_name")))
    for block in table._mgr.blocks:
        stored = block.values
        array = _array(getattr(stored, "_ndarray", getattr(stored, "_data", stored)))
        parts.append(id(getattr(stored, "_pa_array", stored)) if array is None else _mark_array(array))
        parts.append(hash(str(block.mgr_locs)))
    return hash(tuple(parts))


def _mark_labels(index: Any) -> int:
    if type(index).__name__ == "RangeIndex":
        return hash((index.start, index.stop, index.step, str(index.name)))
    values = getattr(index, "_values", None)
    array = _array(getattr(values, "_ndarray", values))
    return id(index) if array is None else hash((_mark_array(array), str(index.name)))


def _is_plain_object(value: Any) -> bool:
    """Of the person's or of a library's class, with a dictionary of its own that is all it has."""
    package = type(value).__module__.partition(".")[0]
    return package not in _LIBRARIES and package not in ("numpy", "pandas") and bool(instance_members(value))


def content_of(value: Any) -> Any:
    """A new object that holds what this one holds, as `put_back` takes it."""
    kind = type(value)
    if kind in _LISTS or kind is set:
        return list(value)
    if kind in _MAPPINGS:
        return list(value.items())
    if kind is bytearray:
        return bytes(value)
    if (array := _array(value)) is not None:
        return array.view()
    return value.copy(deep=False) if _is_table(value) else dict(instance_members(value))


def put_back(target: Any, content: Any) -> bool:
    """Give an object its old content, so that all who hold it see that; whether it could."""
    kind = type(target)
    if kind in (list, bytearray):
        target[:] = content
    elif kind in (set, *_MAPPINGS):
        target.clear()
        target.update(content)
    elif kind is deque:
        target.clear()
        target.extend(content)
    elif _array(target) is not None:
        return _put_array(target, content)
    elif _is_table(target):
        _put_table(target, content)
    elif any("__slots__" in class_members(part) for part in class_chain(target)):
        return False
    else:
        own = instance_members(target)
        assert isinstance(own, dict)
        own.clear()
        own.update(content)
    return True


def _put_array(target: Any, content: Any) -> bool:
    if target.size != content.size or target.dtype != content.dtype or not target.flags.writeable:
        return False
    if target.shape != content.shape:
        try:
            target.shape = content.shape
        except AttributeError:  # its parts do not lie side by side
            return False
    target[...] = content
    return True


def _put_table(target: Any, content: Any) -> None:
    """A frame or series gets the other's blocks, and a series its name, as an operation in place would do."""
    object.__setattr__(target, "_mgr", content._mgr)
    if "_name" in instance_members(content):
        object.__setattr__(target, "_name", content._name)
    clear = getattr(target, "_clear_item_cache", None)  # pandas 2
    if clear is not None:
        clear()
