"""Run as `python -I python_child.py FOLDERS REQUESTS REPLIES`: evaluates expressions on a solution and says what came.

FOLDERS is a JSON list of import folders. A request is a JSON line with a nonce; so is its reply. Only the standard
library is used, and nothing that a solution can reach decides what is right: the expected values are not here.
"""

import contextlib
import io
import json
import os
import sys
import types


def decode(value):
    """What the grader encoded."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$tuple" in value:
        return tuple(decode(item) for item in value["$tuple"])
    if "$set" in value:
        return {decode(item) for item in value["$set"]}
    if "$map" in value:
        return {decode(key): decode(item) for key, item in value["$map"]}
    return {key: decode(item) for key, item in value.items()}


def encode(value, depth=0):
    kind = type(value)
    if depth > 60:
        return {"$opaque": ["too deep", ""]}
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if kind is float:
        return value if value == value and abs(value) != float("inf") else {"$float": repr(value)}
    if kind is list:
        return [encode(item, depth + 1) for item in value]
    if kind is tuple:
        return {"$tuple": [encode(item, depth + 1) for item in value]}
    if kind is set or kind is frozenset:
        return {"$set": [encode(item, depth + 1) for item in value]}
    if kind is dict:
        if all(type(key) is str and not key.startswith("$") for key in value):
            return {key: encode(item, depth + 1) for key, item in value.items()}
        return {"$map": [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in value.items()]}
    if kind is bytes:
        return {"$bytes": value.hex()}
    return encode_array(value, depth) or {"$opaque": [kind.__name__, repr(value)[:500]]}


def encode_array(value, depth):
    """Numbers and tables of numpy and pandas, as the plain values they hold."""
    module = type(value).__module__.partition(".")[0]
    if module == "numpy" and hasattr(value, "tolist"):
        return encode(value.tolist(), depth + 1)
    if module == "pandas":
        name = type(value).__name__
        if name == "DataFrame":
            return {
                "columns": encode(list(value.columns), depth + 1),
                "index": encode(value.index.tolist(), depth + 1),
                "rows": [encode(list(row), depth + 1) for row in value.itertuples(index=False)],
            }
        if name == "Series":
            return {
                "index": encode(value.index.tolist(), depth + 1),
                "values": encode(value.tolist(), depth + 1),
            }
        if hasattr(value, "tolist"):
            return encode(value.tolist(), depth + 1)
        if name == "Timestamp":
            return value.isoformat()
    return None


def failure(error):
    names = [kind.__name__ for kind in type(error).__mro__ if kind not in (object, BaseException)]
    return {"error": names, "message": str(error)[:500]}


def run_cells(request, space):
    """Run a notebook's cells in order in an IPython shell, whose variables are then what expressions see.

    What the answer's cell did to names that were there before is left in `exam_rebound` and `exam_lost`.
    """
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell(user_ns=space)
    shell.history_manager.enabled = False
    for number, source in enumerate(request["cells"]):
        before = {name: id(value) for name, value in space.items() if not name.startswith("_")}
        result = shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            raise RuntimeError(f"cell {number}: {type(error).__name__}: {error}")
        if number == request["answer"]:
            gone = sorted(name for name in before if name not in space)
            changed = [name for name in before if name in space and id(space[name]) != before[name]]
    space["exam_lost"], space["exam_rebound"] = gone, sorted(changed)


def handle(request, space):
    names = decode(request.get("names", {}))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            if request["do"] == "cells":
                run_cells(request, space)
                return {"value": None, "printed": printed.getvalue()}
            if request["do"] == "run":
                space.update(names)
                exec(request["code"], space)
                return {"value": None, "printed": printed.getvalue()}
            value = eval(request["code"], space, None) if not names else call(request["code"], space, names)
            if isinstance(value, types.CoroutineType):
                import asyncio

                value = asyncio.run(value)
            return {"value": encode(value), "printed": printed.getvalue()}
        except BaseException as error:  # a solution may raise anything, SystemExit too
            return failure(error) | {"printed": printed.getvalue()}


def call(code, space, names):
    """The expression with its names as arguments, so that comprehensions and lambdas in it see them."""
    make = eval(f"lambda {', '.join(names)}: ({code})", space)
    return make(**names)


def main():
    folders, requests, replies = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sys.path[:0] = folders
    space = {"__name__": "__exam__"}
    os.set_inheritable(requests, False)
    os.set_inheritable(replies, False)
    source = os.fdopen(requests, "r", encoding="utf-8")
    target = os.fdopen(replies, "w", encoding="utf-8")
    for line in source:
        request = json.loads(line)
        try:
            text = json.dumps(handle(request, space) | {"nonce": request["nonce"]})
        except (ValueError, TypeError, RecursionError) as error:
            text = json.dumps(failure(error) | {"nonce": request["nonce"]})
        target.write(text + "\n")
        target.flush()


main()
