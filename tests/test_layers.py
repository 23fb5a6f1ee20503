"""Who may import whom; and that importing stays cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "smallcode_jupyter"
LEVEL = {
    "protocol": 0,
    "agent": 1,
    "render": 1,
    "models": 2,
    "tools": 2,
    "workspace": 2,
    "index": 2,
    "scaffold": 2,
    "sandbox": 2,
    "checks": 2,
    "selection": 2,
    "session": 3,
    "bench": 4,
    "frontends": 4,
}
ALLOWED = {
    "protocol": set(),
    "agent": {"protocol"},
    "render": {"protocol"},
    "models": {"protocol"},
    "workspace": {"protocol"},
    "sandbox": {"protocol"},
    "scaffold": {"protocol"},
    "index": {"protocol", "workspace"},  # files are walked, read and parsed there
    # Edits are staged; code runs confined; what is to be renamed is found.
    "tools": {"protocol", "workspace", "sandbox", "index"},
    "checks": {"protocol", "workspace", "sandbox"},  # the staged copy is checked, confined
    "selection": {"protocol", "checks", "sandbox"},  # answers are run as the examples are
    "session": {
        "protocol",
        "agent",
        "models",
        "tools",
        "workspace",
        "sandbox",
        "checks",
        "selection",
        "index",
    },
    # The command line and the magics list, fetch and serve models; kernel.py runs trials.
    # Grading runs solutions confined; agents are driven through their command lines, ours too.
    "bench": {"protocol", "models", "sandbox", "render"},
    "frontends": {
        "protocol",
        "session",
        "bench",
        "render",
        "models",
        "workspace",
        "sandbox",
        "index",
        "scaffold",
    },
}
NOTEBOOK = {"IPython", "ipykernel", "ipywidgets", "anywidget", "comm"}
MAY_IMPORT_NOTEBOOK = {"frontends", "sandbox/trial", "checks/syntax", "bench/grading/python_child"}
CLIENTS = {"openai", "httpx", "httpx2", "requests", "urllib3"}
MAX_LINES, MAX_FUNCTION = 400, 50


def imports(path: Path) -> set[str]:
    """Every module imported anywhere in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "pathlib"}
    return found


def sources() -> list[tuple[str, Path]]:
    suites = PACKAGE / "bench" / "suites"
    files = sorted(path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(suites))
    return [(str(path.relative_to(PACKAGE).with_suffix("")), path) for path in files]


def test_layers_import_only_downwards() -> None:
    wrong = []
    for name, path in sources():
        layer = name.split("/")[0]
        if layer not in LEVEL:
            continue
        for module in imports(path):
            parts = module.split(".")
            if parts[0] != "smallcode_jupyter" or len(parts) == 1 or parts[1] not in LEVEL:
                continue
            if parts[1] != layer and parts[1] not in ALLOWED[layer]:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_notebook_packages_stay_in_the_front_ends() -> None:
    wrong = [
        f"{name} imports {module}"
        for name, path in sources()
        for module in imports(path)
        if module.split(".")[0] in NOTEBOOK and not name.startswith(tuple(MAY_IMPORT_NOTEBOOK))
    ]
    assert wrong == []


def test_only_models_speak_http() -> None:
    wrong = [
        f"{name} imports {module}"
        for name, path in sources()
        for module in imports(path)
        if (module.split(".")[0] in CLIENTS or module == "urllib.request") and not name.startswith("models/")
    ]
    assert wrong == []


def test_pure_layers_touch_nothing_outside() -> None:
    outside = {
        "os",
        "sys",
        "time",
        "random",
        "subprocess",
        "socket",
        "pathlib.Path",
        "logging",
        "threading",
        "asyncio",
    }
    wrong = [
        f"{name} imports {module}"
        for name, path in sources()
        if name.split("/")[0] in ("protocol", "agent", "render")
        for module in imports(path)
        if module in outside or module.split(".")[0] in outside
    ]
    assert wrong == []


def test_files_and_functions_stay_short() -> None:
    wrong = []
    for name, path in sources():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MAX_LINES:
            wrong.append(f"{name} has {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > MAX_FUNCTION:
                    wrong.append(f"{name}: {node.name} has {length} lines")
    assert wrong == []


def test_no_catch_all_modules() -> None:
    assert [
        name for name, _ in sources() if name.split("/")[-1] in ("utils", "helpers", "misc", "common", "base")
    ] == []


def test_importing_the_package_is_instant_and_has_no_side_effect() -> None:
    code = (
        "import sys, time; before = time.process_time(); import smallcode_jupyter;"
        "took = time.process_time() - before;"
        "heavy = {'IPython', 'ipywidgets', 'openai', 'pydantic', 'nbformat', 'asyncio'} & set(sys.modules);"
        "print(took < 0.03, sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []", done.stdout + done.stderr


def test_everything_public_exists() -> None:
    wrong = []
    for name, path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
            ):
                exported = ast.literal_eval(node.value)
                defined = {
                    n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
                }
                defined |= {
                    n.name
                    for n in tree.body
                    if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                }
                defined |= {
                    a.asname or a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names
                }
                wrong += [f"{name}: {missing}" for missing in set(exported) - defined]
    assert wrong == []
