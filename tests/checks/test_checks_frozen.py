"""Assignments to fields of frozen dataclasses."""

from __future__ import annotations

from smallcode_jupyter.checks.frozen import check_frozen
from smallcode_jupyter.protocol.checks import CheckResult

MODEL = "@dataclass(frozen=True)\nclass Booking:\n    number: int\n    cancelled: bool = False\n"
SERVICE = "def cancel(booking):\n    booking.cancelled = True\n"


def judged(service: str, *, model: str = MODEL, before: str = "", other: str = "") -> CheckResult | None:
    files = {"model.py": model, "service.py": service, "other.py": other}
    return check_frozen(
        ["service.py"], paths=list(files), read=files.get, read_before={"service.py": before}.get
    )


def test_an_assignment_that_cannot_work_is_told_with_what_works() -> None:
    result = judged(SERVICE)
    assert result is not None
    assert (result.status, result.detail) == (
        "failed",
        "service.py, line 2: `booking.cancelled = ...` fails, because Booking is frozen; "
        "make a changed copy: dataclasses.replace(booking, cancelled=...)",
    )
    assert judged("def count(booking):\n    booking.number += 1\n") is not None


def test_what_may_work_is_left_alone() -> None:
    assert judged(SERVICE, before=SERVICE) is None
    assert judged(SERVICE, model=MODEL.replace("frozen=True", "slots=True")) is None
    assert (
        judged(SERVICE, other="class Form:\n    def __init__(self):\n        self.cancelled = False\n")
        is None
    )
    assert judged(SERVICE, other="class Form:\n    cancelled: bool\n") is None
    assert judged("def rename(booking):\n    booking.name = 1\n") is None
    assert judged("def broken(:\n", model="def broken(:\n# frozen") is None
    assert judged("def cancel(booking):\n    return booking.cancelled\n") is None
