"""What a cell would do that a person should be asked about by name before it runs for real, as far as its text shows.

It decides which question to ask, and protects nothing: code can hide what it does. What a trial of it blocked is better
evidence, and joins the list.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

__all__ = ["cell_risks"]

_NETWORK = "it uses the network"
_INSTALLS = "it installs software"
_DELETES = "it deletes files"
_OUTSIDE = "it writes outside this folder"
_COMMAND = "it runs commands"
_HIDDEN = "it runs code that it makes up"
_MODULES = dict.fromkeys(
    (
        *(
            "aiohttp",
            "boto3",
            "ftplib",
            "http.client",
            "httpx",
            "huggingface_hub",
            "imaplib",
            "openai",
            "paramiko",
        ),
        *("requests", "smtplib", "socket", "telnetlib", "urllib.request", "urllib3", "websockets"),
    ),
    _NETWORK,
)
_CALLS = {
    "os.remove": _DELETES,
    "os.unlink": _DELETES,
    "os.rmdir": _DELETES,
    "os.removedirs": _DELETES,
    "shutil.rmtree": _DELETES,
    "shutil.move": _DELETES,
    "os.system": _COMMAND,
    "os.popen": _COMMAND,
    "subprocess.run": _COMMAND,
    "subprocess.call": _COMMAND,
    "subprocess.check_call": _COMMAND,
    "subprocess.check_output": _COMMAND,
    "subprocess.Popen": _COMMAND,
    "exec": _HIDDEN,
    "eval": _HIDDEN,
}
_METHODS = {"unlink": _DELETES, "rmtree": _DELETES, "rmdir": _DELETES}
_READERS = {"read_csv", "read_json", "read_html", "read_parquet", "read_excel", "urlopen", "urlretrieve"}
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        _INSTALLS,
        re.compile(r"\b(?:pip3?|uv|conda|mamba|apt(?:-get)?|npm|cargo|gem)\b[^\n]*\b(?:install|add)\b"),
    ),
    (
        _NETWORK,
        re.compile(r"\b(?:curl|wget|ssh|scp|rsync|ftp|nc)\b|\bgit\b[^\n]*\b(?:clone|pull|push|fetch)\b"),
    ),
    (_DELETES, re.compile(r"(?:^|[\s;&|])(?:rm|rmdir|shred)\s|\bfind\b[^\n]*-delete\b")),
)
"""In lines that a shell runs."""
_SHELL_LINE = re.compile(
    r"^\s*(?:[\w,\s]*=\s*)?(?:!|%(?:pip|conda|mamba|uv|sx|system|sc)\b)(.*)$", re.MULTILINE
)
_SHELL_CELL = re.compile(r"^\s*%%(?:bash|sh|script|system|!|sx)\b[^\n]*\n(.*)", re.DOTALL)
_MAGIC_INSTALL = re.compile(r"^\s*%(?:pip|conda|mamba|uv)\b", re.MULTILINE)


def cell_risks(code: str, blocked: Iterable[str] = ()) -> tuple[str, ...]:
    """Each once, as the end of a sentence; empty if nothing is seen. `blocked`: what a trial of it was refused."""
    found = [*_of_shell(code), *_of_python(_SHELL_LINE.sub("pass", _without_magics(code)))]
    for attempt in blocked:
        verb = attempt.partition(" ")[0]
        found.append(
            _NETWORK if verb in ("look", "fetch", "open") else _DELETES if verb == "delete" else _OUTSIDE
        )
    return tuple(dict.fromkeys(found))


def _of_shell(code: str) -> Iterator[str]:
    cell = _SHELL_CELL.match(code)
    lines = [cell[1]] if cell else [match[1] for match in _SHELL_LINE.finditer(code)]
    if _MAGIC_INSTALL.search(code):
        yield _INSTALLS
    for text in lines:
        yield from (risk for risk, pattern in _WORDS if pattern.search(text))
        yield _COMMAND


def _without_magics(code: str) -> str:
    if code.lstrip().startswith("%%"):
        first, _, rest = code.lstrip().partition("\n")
        return "" if _SHELL_CELL.match(code) or first.startswith("%%writefile") else rest
    return re.sub(r"^\s*%.*$", "pass", code, flags=re.MULTILINE)


def _of_python(code: str) -> Iterator[str]:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _modules(node):
                if risk := _MODULES.get(module, _MODULES.get(module.partition(".")[0], "")):
                    yield risk
        elif isinstance(node, ast.Call):
            yield from _of_call(node, names)


def _modules(node: ast.Import | ast.ImportFrom) -> tuple[str, ...]:
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    module = node.module or ""
    return (module, *(f"{module}.{alias.name}" for alias in node.names))


def _imported(tree: ast.Module) -> dict[str, str]:
    """What names stand for: `rmtree` for `shutil.rmtree`, `sp` for `subprocess`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _of_call(node: ast.Call, names: dict[str, str]) -> Iterator[str]:
    called = ast.unparse(node.func)
    first, dot, rest = called.partition(".")
    called = names.get(first, first) + dot + rest
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if risk := _CALLS.get(called, _METHODS.get(method, "")):
        yield risk
    texts = [
        part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    last = called.rpartition(".")[2]
    if last in _READERS and any(
        text.startswith(("http://", "https://", "ftp://", "s3://")) for text in texts
    ):
        yield _NETWORK
    if last in ("open", "to_csv", "to_excel", "to_parquet", "to_json", "savefig", "save") and texts:
        is_reading = last == "open" and (len(texts) < 2 or not set(texts[1]) & set("wax+"))
        if not is_reading and texts[0].startswith(("/", "~", "../")):
            yield _OUTSIDE
