"""A step of the set-up that fails: nothing runs, and the person is told."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox import canary, confine, forked, isolate, namespaces
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.sandbox.trial import run_trial

STEPS = [
    (forked, "privatise_shared_maps"),
    (forked, "volunteer_for_memory"),
    (forked.private, "wipe_session_key"),
    (forked.private, "wipe_environment"),
    (isolate, "detach_process"),
    (isolate, "redirect_streams"),
    (isolate, "seal_files"),
    (isolate, "mute_shell"),
    (isolate, "use_scratch"),
    (isolate, "quiet_plots"),
    (isolate, "catch_figures"),
    (isolate, "limit_native_threads"),
    (namespaces, "_call"),
    (namespaces, "syscall"),
    (confine, "_limit_resources"),
    (confine, "_give_up_privileges"),
    (confine, "drop_capabilities"),
    (confine, "restrict_files"),
    (confine, "install_filter"),
    (canary, "prove_confinement"),
]
NAMES = [name for _, name in STEPS]


@pytest.fixture
def attempt(shell: Any, tmp_path: Path) -> Any:
    def run() -> TrialReport:
        return run_trial(shell, "print('it ran')", seconds=8.0, scratch=tmp_path / "scratch")

    assert run().stdout == "it ran\n"
    return run


@pytest.mark.parametrize(
    "error", [OSError(38, "not implemented"), OSError(1, "not permitted"), ValueError("no")]
)
@pytest.mark.parametrize("step", STEPS, ids=NAMES)
def test_a_step_that_fails_means_that_nothing_runs(
    attempt: Any, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str], error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(*step, fail)
    report = attempt()
    assert (report.status, report.stdout) == ("not_tried", "")
    assert str(error) in report.reason


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
def test_a_copy_that_dies_on_the_way_has_run_nothing(
    attempt: Any, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str]
) -> None:
    monkeypatch.setattr(*step, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    report = attempt()
    assert (report.status, report.stdout) == ("crashed", "")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ((canary, "_write"), "it could write files"),
        ((canary, "_connect"), "it could open connections"),
        ((canary.os, "kill"), "it could send signals to the kernel"),
    ],
)
def test_a_confinement_with_a_hole_is_found_before_anything_runs(
    attempt: Any, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str], told: str
) -> None:
    kill = os.kill
    if step[1] == "kill":  # the kernel itself needs it, to end the copy
        monkeypatch.setattr(canary.os, "kill", lambda pid, number: kill(pid, number) if number else None)
    else:
        monkeypatch.setattr(*step, lambda *_: None)
    report = attempt()
    assert (report.status, report.stdout) == ("not_tried", "")
    assert told in report.reason


@pytest.mark.parametrize("step", ["restrict_files", "install_filter"])
def test_a_step_that_silently_does_nothing_is_found(
    attempt: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    """Without namespaces, each of the two is the only one that refuses something the canary tries."""
    monkeypatch.setattr("smallcode_jupyter.sandbox.trial.namespaces_available", _none)
    monkeypatch.setattr(confine, step, lambda *_, **__: None)
    report = attempt()
    assert (report.status, report.stdout) == ("not_tried", "")
    assert "does not hold" in report.reason
    assert [place.name for place in tmp_path.iterdir()] == ["scratch"]


def _none() -> namespaces.Namespaces:
    return namespaces.Namespaces(works=False)


def test_a_canary_that_is_not_sure_counts_as_a_hole(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="not certain"):
        canary.prove_confinement(tmp_path / "missing", os.getppid())
