"""Ships the JupyterLab side panel and the widget in the wheel, building them first where Node is there.

A copy of the sources installed in place (`pip install -e`) gets them from `make panel`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LAB = "smallcode_jupyter/labextension"
BUILT = (f"{LAB}/package.json", "smallcode_jupyter/static/widget.js", "smallcode_jupyter/static/widget.css")
INSTALLED = "share/jupyter/labextensions/smallcode-jupyter"
WITHOUT = (
    "Node is not here: this wheel has no JupyterLab panel. Everything else works. With Node 20: make panel."
)


class PanelHook(BuildHookInterface):
    """Runs at every build of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what is built to the wheel; an installation in place is left alone."""
        if version == "editable":
            return
        root = Path(self.root)
        if not all((root / name).is_file() for name in BUILT):
            if shutil.which("node") is None:
                self.app.display_warning(WITHOUT)
                return
            build(root)
        build_data["artifacts"] += ["smallcode_jupyter/static/*.js", "smallcode_jupyter/static/*.css"]
        build_data["shared_data"][str(root / LAB)] = INSTALLED
        build_data["shared_data"][str(root / "install.json")] = f"{INSTALLED}/install.json"


def build(root: Path) -> None:
    """Fetch the packages and build, as `make panel` does."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    for arguments in (["install", "--immutable"], ["build:prod"]):
        jlpm = shutil.which("jlpm", path=path) or "jlpm"
        environment = {**os.environ, "PATH": path}
        subprocess.run([jlpm, *arguments], cwd=root / "labextension", env=environment, check=True)
