"""Run inside as `python -m smallcode_jupyter.sandbox.kernel_inside FOLDER`: prove the confinement, be the kernel."""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from pathlib import Path

from smallcode_jupyter.sandbox.forwarding import listen_inside
from smallcode_jupyter.sandbox.launched import is_kernel_confined

__all__ = ["main"]

_SETTINGS = "/tmp/.ipython"
_NOT_HELD = "The confinement does not hold: no kernel was started."


def main(arguments: list[str]) -> int:
    """Does not return while the kernel runs."""
    folder = Path(arguments[0])
    if not is_kernel_confined():
        print(_NOT_HELD, file=sys.stderr)  # noqa: T201  # the server's log
        return 1
    os.environ["IPYTHONDIR"] = str(_copied_settings())
    os.environ["XDG_CACHE_HOME"] = "/tmp/.cache"
    _use_proxy(listen_inside(folder))
    sys.argv = [sys.argv[0], "-f", str(folder / "connection.json"), "--HistoryManager.hist_file=:memory:"]
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
    return 0


def _use_proxy(port: int | None) -> None:
    """What programs look at to find the way out; nothing but this port leads anywhere."""
    if port is None:
        return
    for name in ("http_proxy", "https_proxy"):
        os.environ[name] = os.environ[name.upper()] = f"http://127.0.0.1:{port}"
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = "127.0.0.1,localhost"


def _copied_settings() -> Path:
    """The person's settings of IPython and what runs at its start, where IPython may write beside them."""
    own = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython") / "profile_default"
    copy = Path(_SETTINGS) / "profile_default"
    (copy / "startup").mkdir(parents=True, exist_ok=True)
    for place in (*own.glob("*.py"), *own.glob("*.json"), *own.glob("startup/*")):
        if place.is_file():
            shutil.copyfile(place, copy / place.relative_to(own))
    return copy.parent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
