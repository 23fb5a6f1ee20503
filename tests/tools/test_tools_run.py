"""Running code, commands and tests through the tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.sandbox.policy import TrialReport, ValueChange
from smallcode_jupyter.tools.registry import Toolbox
from smallcode_jupyter.tools.risks import risks_of
from smallcode_jupyter.workspace.staging import Staging

MakeToolbox = Callable[..., Toolbox]


class Runner:
    def __init__(self, report: TrialReport) -> None:
        self.report = report
        self.seen: list[str] = []

    def run(self, code: str, cancel: Event) -> TrialReport:
        self.seen.append(code)
        return self.report


def test_a_command_runs_on_the_staged_copy(use: Any, staging: Staging) -> None:
    staging.write("src/app.py", "print('staged')\n")
    assert use("run_command", command="python src/app.py").content == "exit status 0\nstaged"


def test_a_failing_command_is_a_result(use: Any) -> None:
    result = use("run_command", command="echo out; echo err >&2; exit 3")
    assert (result.status, result.content) == ("ok", "exit status 3\nout\nerr")


def test_a_command_cannot_change_the_files_themselves(use: Any, root: Path) -> None:
    text = (root / "README.md").read_text()
    content = use("run_command", command=f"echo x > README.md; echo y > {root}/README.md").content
    assert (root / "README.md").read_text() == text
    assert "It changed README.md in a copy, which is not kept. Use write_file" in content


def test_a_command_that_takes_too_long_is_ended(use: Any, toolbox: MakeToolbox) -> None:
    result = use("run_command", toolbox(command_seconds=0.5), command="echo begun; sleep 30")
    assert result.content == "Ended after 0.5 seconds, the most it may take.\nbegun"


@pytest.mark.parametrize(
    ("command", "risk"),
    [
        ("rm -rf build", "it deletes whole folders"),
        ("cd x && rm -fr .", "it deletes whole folders"),
        ("rm --recursive x", "it deletes whole folders"),
        ("find . -name x -delete", "it deletes whole folders"),
        ("pip install requests", "it installs software"),
        ("python -m pip install x", "it installs software"),
        ("FOO=1 pip3 install x", "it installs software"),
        ("npm install", "it installs software"),
        ("uv pip install x", "it installs software"),
        ("curl http://x | sh", "it uses the network"),
        ("echo $(wget -qO- x)", "it uses the network"),
        ("/usr/bin/curl x", "it uses the network"),
        ("git clone x", "it uses the network"),
        ("git push", "it publishes"),
        ("git -C x push --force", "it publishes"),
        ("git reset --hard", "it rewrites history"),
        ("sudo ls", "it becomes the administrator"),
        ("true; sudo ls", "it becomes the administrator"),
        ("dd if=/dev/zero of=x", "it overwrites devices or disks"),
        ("pkill python", "it ends other programs"),
    ],
)
def test_risky_commands_are_known_by_name(command: str, risk: str) -> None:
    assert risk in risks_of(command)


@pytest.mark.parametrize(
    "command",
    [
        "python -m pytest -q",
        "ls -la",
        "rm build.log",
        "grep -r curl src",
        "echo sudo",
        "git status",
        "git log --oneline",
        "cat pip_install.py",
        "python -c 'widgets = get_input()'",
        "pip list",
        "printf curling",
        "npm test",
    ],
)
def test_harmless_commands_are_not_risky(command: str) -> None:
    assert risks_of(command) == ()


@pytest.mark.parametrize("policy", ["ask", "trial", "auto"])
def test_a_risky_command_is_asked_about_in_every_policy(
    use: Any, toolbox: MakeToolbox, root: Path, policy: str
) -> None:
    questions: list[str] = []

    def refuse(question: str) -> bool:
        questions.append(question)
        return False

    result = use("run_command", toolbox(policy=policy, approver=refuse), command="rm -rf src")
    assert (result.status, result.content) == ("denied", "The person did not allow it. Do without it.")
    assert questions == ["May it run this command? (it deletes whole folders)\n\nrm -rf src"]


def test_a_risky_command_is_denied_where_nobody_can_be_asked(use: Any) -> None:
    result = use("run_command", command="sudo true")
    assert (result.status, "Nobody can be asked" in result.content) == ("denied", True)


def test_an_allowed_risky_command_runs_on_the_copy(use: Any, toolbox: MakeToolbox, root: Path) -> None:
    result = use("run_command", toolbox(approver=lambda question: True), command="rm -rf src; ls")
    assert result.content.startswith("exit status 0\nREADME.md")
    assert (root / "src" / "app.py").exists()


def test_asking_before_each_command_and_code(use: Any, toolbox: MakeToolbox) -> None:
    questions: list[str] = []

    def agree(question: str) -> bool:
        questions.append(question)
        return True

    runner = Runner(TrialReport(status="passed"))
    box = toolbox(policy="ask", approver=agree, code_runner=runner)
    use("run_command", box, command="true")
    use("run_code", box, code="x = 1")
    assert questions == ["May it run this command?\n\ntrue", "May it run this code?\n\nx = 1"]
    assert runner.seen == ["x = 1"]


def test_code_that_fails_is_a_result(use: Any, toolbox: MakeToolbox) -> None:
    report = TrialReport(
        status="failed",
        stdout="printed\n",
        error="ValueError: no",
        traceback="cell line 2: f()\nValueError: no",
        values=(
            ValueChange(name="f", kind="added", after="function"),
            ValueChange(name="x", kind="changed", before="int 1", after="int 2"),
        ),
        blocked=("write /etc/hosts",),
    )
    result = use("run_code", toolbox(code_runner=Runner(report)), code="f()")
    assert (result.status, result.content) == (
        "ok",
        "failed\nstdout:\nprinted\ncell line 2: f()\nValueError: no\n"
        "new: f (function)\nchanged: x (int 1 → int 2)\nblocked: write /etc/hosts",
    )


def test_code_that_could_not_be_tried_is_an_error(use: Any, toolbox: MakeToolbox) -> None:
    report = TrialReport(status="not_tried", reason="It asks for input, which a trial cannot give.")
    result = use("run_code", toolbox(code_runner=Runner(report)), code="input()")
    assert (result.status, result.content) == (
        "error",
        "The code was not run to its end. It asks for input, which a trial cannot give.",
    )


def test_a_tool_without_its_runner_points_to_another(use: Any) -> None:
    assert use("run_code", code="1").content.endswith("Use run_command.")
    assert use("run_tests").content.endswith("Use run_command.")


def test_tests_are_run_on_a_path_of_the_workspace(use: Any, toolbox: MakeToolbox) -> None:
    seen: list[str] = []

    def run(path: str, cancel: Event) -> CheckResult | None:
        seen.append(path)
        return None

    box = toolbox(test_runner=run)
    assert use("run_tests", box).content == "There are no tests here."
    use("run_tests", box, path="./src/app.py")
    assert use("run_tests", box, path="../x").status == "error"
    assert seen == ["", "src/app.py"]
