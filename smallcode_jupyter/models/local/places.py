"""Where models and running servers are kept. The environment is read when asked, not at import."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["models_folder", "smallcode_home", "state_folder"]


def smallcode_home() -> Path:
    """`SMALLCODE_HOME`, or the user's data folder of this platform. Perhaps it does not exist yet."""
    if home := os.environ.get("SMALLCODE_HOME"):
        return Path(home).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("smallcode", appauthor=False)


def models_folder() -> Path:
    """Where model files are kept."""
    return smallcode_home() / "models"


def state_folder() -> Path:
    """Where it is noted which servers run, and where their logs are."""
    return smallcode_home() / "state"
