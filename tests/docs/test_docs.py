"""The documentation site builds without a warning, and what it tells people to type exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from reference import PAGES, command_parsers

from smallcode_jupyter.frontends.options import option_names
from smallcode_jupyter.frontends.subcommands import COMMANDS
from smallcode_jupyter.protocol import errors
from smallcode_jupyter.protocol.events import EVENT_TYPES
from smallcode_jupyter.protocol.tasks import TECHNIQUES
from smallcode_jupyter.session.config import SETTING_NAMES

ROOT = Path(__file__).parent.parent.parent
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
}
PARSERS = dict(command_parsers())
OPTIONS = {
    name: {word for action in parser._actions for word in action.option_strings}
    for name, parser in PARSERS.items()
}
OF_THE_HARNESS = {"HOME", "LIVE", "GATEWAY_SECRET", "GATEWAY_UPSTREAM_KEY"}
"""Variables of the environment that are no settings."""


def typed() -> Iterator[tuple[str, str]]:
    """Everything in fences and between backticks, a line each, with the page it stands on."""
    for page, text in TEXTS.items():
        for fence in re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.M | re.S):
            yield from ((page, line.split("  #")[0].strip()) for line in fence.splitlines())
        for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text):
            yield page, span.strip()


def test_the_site_builds_offline_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert "WARNING" not in done.stderr
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")]
    fetched = r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"'
    assert len(pages) > 20
    assert [link for text in pages for link in re.findall(fetched, text)] == []


def test_generated_pages_leave_nothing_out() -> None:
    made = {page: make() for page, make in PAGES.items()}
    tags = [vars(kind)["__dataclass_fields__"]["type"].default for kind in EVENT_TYPES]
    assert [name for name in SETTING_NAMES if f"| `{name}` |" not in made["reference/settings.md"]] == []
    assert [tag for tag in tags if f"## {tag}\n" not in made["reference/events.md"]] == []
    assert [name for name in COMMANDS if f"`%smallcode {name}" not in made["reference/magics.md"]] == []
    assert [name for name in PARSERS if f"## {name}\n" not in made["reference/cli.md"]] == []
    told = set(re.findall(r"^## (\w+)$", made["troubleshooting.md"], flags=re.M))
    assert {"UsageError", "ConfigError", "NoServer", "NotFound"} <= told <= set(errors.__all__)
    assert "There is no command …" in made["troubleshooting.md"]


def test_every_command_that_is_told_exists_with_its_options() -> None:
    wrong, count = [], 0
    for page, line in typed():
        if not line.startswith("smallcode ") or "·" in line:
            continue
        name, *words = line.split()
        while words and f"{name} {words[0]}" in PARSERS:
            name = f"{name} {words.pop(0)}"
        unknown = {word.strip("[],.").split("=")[0] for word in words if word.startswith("--")} - OPTIONS[
            name
        ]
        count += 1
        if (name == "smallcode" and not words[0].startswith("--")) or unknown:
            wrong.append((page, line))
    assert wrong == []
    assert count > 30


def test_every_magic_and_setting_that_is_told_exists() -> None:
    wrong, count = [], 0
    for page, line in typed():
        found = re.match(r"%smallcode ([a-z]+)(?: ([a-z_]+))?", line)
        if found is None:
            continue
        count += 1
        is_setting = found[1] != "set" or found[2] is None or found[2] in (*SETTING_NAMES, *TECHNIQUES)
        if found[1] not in COMMANDS or not (is_setting or found[2] == "without"):
            wrong.append((page, line))
    assert wrong == []
    assert count > 30


def test_every_variable_of_the_environment_that_is_told_exists() -> None:
    known = {name.upper() for name in SETTING_NAMES} | OF_THE_HARNESS
    told = {
        (page, name) for page, text in TEXTS.items() for name in re.findall(r"SMALLCODE_([A-Z_]*[A-Z])", text)
    }
    assert {(page, name) for page, name in told if name not in known} == set()


def test_options_of_the_cell_magic_that_are_told_exist() -> None:
    told = {
        option
        for _, line in typed()
        if line.startswith("%%smallcode")
        for option in re.findall(r"--[a-z-]+", line)
    }
    assert told <= set(re.findall(r"--[a-z-]+", option_names()))
