"""Writes the data of the page: python -m backend.export menu.csv web/data.js"""

import json
import sys
from pathlib import Path

from backend.menu import parse_menu
from backend.warnings import warnings


def export(dishes: list[dict]) -> str:
    """The text of data.js: an assignment that a page can load without a server."""
    return f"window.MENU = {json.dumps({'dishes': dishes}, indent=1)};\n"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    menu = parse_menu(source.read_text(encoding="utf-8"))
    for line in warnings(menu):
        print(line)
    target.write_text(export(menu), encoding="utf-8")
