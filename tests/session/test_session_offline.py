"""Nothing leaves the machine: in a network that has only loopback everything works, and nothing else is tried."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.confined
def test_everything_works_without_a_network_and_nothing_else_is_tried(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("SMALLCODE_")}
    child = Path(__file__).with_name("offline_child.py")
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--net", sys.executable, str(child)],
        env={**kept, "SMALLCODE_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["scripted"], report["server"]) == ("validated", 0)
    assert report["written"].endswith("return 2 * x\n")
    assert (report["nothing"], report["remote"]) == (3, 2)
    assert [address for address in report["tried"] if address not in ("127.0.0.1", "::1", "localhost")] == []
    assert "127.0.0.1" in report["tried"]
    assert "api.example.invalid is not on this machine" in " ".join(done.stdout.split())
