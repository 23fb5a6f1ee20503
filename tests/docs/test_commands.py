"""Every command in a fence of README, docs/ and examples/ is run here, or says why it is not, and is parsed."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.frontends import cli, replaying
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.magic import load, use_session
from smallcode_jupyter.models import discovery
from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.session.config import load_settings
from smallcode_jupyter.session.session import Session

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
]
NOT_RUN = {
    "make ": "installs packages, fetches weights or opens a browser; the targets exist",
    "pip install": "installs packages; CI installs the wheel",
    "npm install": "installs packages; scripts/try_hub.py does it",
    "python scripts/": "measures for minutes, or writes the repository's own pages; the script exists",
    "ssh ": "another person's machine",
    "llama-server ": "another program; needs weights",
    "jupyterhub ": "another program; scripts/try_hub.py starts it with this configuration",
    "sudo install": "writes to /etc; scripts/try_hub.py puts the file where it is read, too",
    "export ": "sets a variable of the shell",
    "smallcode models pull": "fetches weights",
    "smallcode doctor --server": "asks a server that may be somebody's; tests/models/test_models_conformance.py",
    "smallcode doctor --probe": "asks a model for a minute; tests/models/test_models_probe.py",
    "smallcode bench toolchains": "starts every compiler; tests/bench",
    "smallcode bench check": "grades all tasks for minutes; tests marked `benchmark`",
    "smallcode bench run": "asks a model for hours; tests/bench runs it on a stand-in",
    "smallcode bench report": "draws pictures for seconds; tests/bench",
    "smallcode bench compare": "needs two results; tests/bench",
    "smallcode gateway": "serves until it is stopped; tests/models/test_models_gateway.py",
    "%%trial": "needs a kernel to fork; tests/kernel",
    "def ": "a piece of code, no command",
    "import smallcode_jupyter\n\nsmallcode_jupyter.panel()": "needs a front end; tests/browser opens it",
}
"""How a command begins -> why it is not run."""
STATUS = {
    'smallcode run "..." --base-url': 2,  # nobody is there to allow another machine
    "smallcode doctor --forget": 1,  # there is nothing to forget yet
}
"""How a command begins -> the exit status that it should have here, where that is not 0."""
MEDIAN = """\
def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
"""
INVENTORY = "def total(items):\n    return sum(item['price'] for item in items)\n"
FIXED = INVENTORY.replace("item['price']", "item['price'] * item['count']")
FILES = {
    "project/inventory.py": INVENTORY,
    "project/test_inventory.py": (
        "from inventory import total\n\n\ndef test_total():\n"
        "    assert total([{'price': 2, 'count': 3}]) == 6\n"
    ),
    "rates.py": "class RateTable:\n    def find_rate(self, name: str) -> float:\n        return 1.0\n\n\n"
    "def today(table: RateTable) -> float:\n    return table.find_rate('EUR')\n",
    "geometry.py": "class Point:\n    pass\n\n\nhome = Point()\n\n\ndef dist(b: Point) -> float:\n    return 1.0\n\n\n"
    "def far(p: Point) -> bool:\n    return dist(p) > 2\n",
    "names.py": "def old_name() -> int:\n    return 1\n\n\nprint(old_name())\n",
}


@dataclass(frozen=True)
class Told:
    """One thing to type."""

    page: str
    language: str
    text: str
    """A line of a shell, or a cell."""


def told() -> Iterator[Told]:
    """Everything to type, in its order. A fence of no language holds cells if it begins with a magic; else it shows."""
    for path in PAGES:
        page = str(path.relative_to(ROOT))
        for fence in re.finditer(r"^( *)```(\w*)\n(.*?)^\1```$", path.read_text("utf-8"), re.M | re.S):
            body = re.sub(rf"^{fence[1]}", "", fence[3], flags=re.M).rstrip()
            if fence[2] == "sh":
                yield from (Told(page, "sh", line) for line in body.splitlines() if line.strip())
            elif fence[2] == "python" or body.startswith("%%"):
                yield Told(page, "cell", body)
            elif body.startswith("%"):
                yield from (Told(page, "cell", line) for line in body.splitlines())


TOLD = tuple(told())


def reason(text: str) -> str:
    """Why this is not run; empty if it is."""
    return next((why for start, why in NOT_RUN.items() if text.startswith(start)), "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the pages speak of, a home of its own, and no server on this machine."""
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(discovery, "find_servers", lambda *_, **__: ())
    monkeypatch.setitem(replaying.play.__kwdefaults__ or {}, "sleep", lambda _: None)
    folder = tmp_path / "desk"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


TUTORED = "docs/howto/teaching.md"
"""Its words are about a folder with a TUTOR.md, and a student who tries something."""
ATTEMPT = "def median(values):\n    return sorted(values)[len(values) // 2]\n"


def session(root: Path, *, reply: str, **more: Any) -> Session:
    return Session(root=root, model=ScriptedModel([reply] * 30), **more)


def type_in_shell(line: str) -> tuple[int, str]:
    """Exit status of our own command line, and what it said. Who is asked says yes."""
    out = io.StringIO()
    console = Console(out=out, err=out, read=lambda _: "yes", is_interactive=True)

    def open_session(*, root: Path, given: dict[str, object] | None = None, ask: Any = None) -> Session:
        settings = load_settings(root, given=given)
        if settings.base_url:
            return Session(root=root, settings=settings)
        return session(root, reply=f"inventory.py\n```python\n{FIXED}```\n", settings=settings, ask=ask)

    status = cli.main(shlex.split(line, comments=True)[1:], console=console, open_session=open_session)
    return status, out.getvalue()


@pytest.mark.parametrize("page", sorted({one.page for one in TOLD if one.language == "sh"}))
def test_what_is_told_for_the_shell_works(page: str, desk: Path) -> None:
    for one in TOLD:
        if one.page == page and one.language == "sh" and not reason(one.text):
            line = re.sub(r"\[.*?\]", "", one.text)
            expected = next((status for start, status in STATUS.items() if line.startswith(start)), 0)
            status, said = type_in_shell(line)
            assert (one.text, status, said) == (one.text, expected, said)


@pytest.mark.parametrize("page", sorted({one.page for one in TOLD if one.language == "cell"}))
def test_what_is_told_for_the_notebook_works(page: str, desk: Path, shell: Any) -> None:
    with closing(session(desk, reply=f"```python\n{MEDIAN}```")) as opened:
        load(shell)
        use_session(opened)
        shell.run_cell("%%smallcode\nWrite median(values).\nmedian([1, 2]) == 1.5").raise_error()
        trace = (opened.last_trace or Path()).read_bytes()
        for name in ("run.jsonl", "other.jsonl"):
            (desk / name).write_bytes(trace)
        if page == TUTORED:
            (desk / "TUTOR.md").write_text("level: hints\n", encoding="utf-8")
        for one in TOLD:
            if one.page != page or one.language != "cell" or reason(one.text):
                continue
            if not one.text.startswith("%load_ext"):  # it is loaded already
                result = shell.run_cell(one.text)
                assert (one.text, result.error_before_exec, result.error_in_exec) == (one.text, None, None)
            if page == TUTORED and one.text.startswith("%%"):
                shell.run_cell(ATTEMPT, store_history=True).raise_error()


def test_what_is_not_run_is_parsed_and_has_a_reason_that_is_needed() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    used = set()
    for one in TOLD:
        start = next((start for start in NOT_RUN if one.text.startswith(start)), None)
        if start is None:
            continue
        used.add(start)
        if one.text.startswith("smallcode ") and " ..." not in one.text:
            words = shlex.split(one.text, comments=True)[1:]
            cli._parser().parse_args(words)
        elif one.text.startswith("make "):
            assert one.text.split()[1] in targets
        elif one.text.startswith("python scripts/"):
            assert (ROOT / one.text.split()[1]).is_file()
        elif one.language == "cell" and not one.text.startswith("%%"):
            compile(one.text, one.page, "exec")
    assert set(NOT_RUN) - used == set()
    assert len([one for one in TOLD if not reason(one.text)]) > 35
