"""Command line: shows what a run would do."""

import argparse
import os
from datetime import date
from pathlib import Path

from backup.loader import load_settings
from backup.report import summary
from backup.settings import ConfigError


def main(argv: list[str] | None = None) -> int:
    """Print the summary; 2 if the settings are of no use."""
    parser = argparse.ArgumentParser(prog="backup")
    parser.add_argument("config")
    parser.add_argument("--today", type=date.fromisoformat, default=None)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args(argv)
    try:
        settings = load_settings(Path(options.config).read_text(encoding="utf-8"), os.environ)
    except ConfigError as error:
        print(f"error: {error}")
        return 2
    for line in summary(settings, options.files, [], options.today or date.today()):
        print(line)
    return 0
