import pytest
from expenses.cli import main
from expenses.model import parse_amount
from expenses.service import Tracker
from expenses.store import Store


def test_amounts():
    assert parse_amount("12.50") == 1250
    with pytest.raises(ValueError):
        parse_amount("12.5")


def test_tracker(tmp_path):
    tracker = Tracker(Store(tmp_path / "e.jsonl"))
    tracker.add("2026-05-02", 1250, "Taxi")
    tracker.add("2026-05-01", 300, "Tea")
    assert [expense.what for expense in tracker.find()] == ["Tea", "Taxi"]
    assert tracker.total() == 1550


def test_command_line(tmp_path, capsys):
    file = ["--file", str(tmp_path / "e.jsonl")]
    assert main([*file, "add", "2026-05-02", "12.50", "Taxi"]) == 0
    assert main([*file, "add", "2026-05-02", "0", "Taxi"]) == 1
    capsys.readouterr()
    assert main([*file, "list"]) == 0
    assert capsys.readouterr().out == "2026-05-02     12.50  Taxi\n"
