"""Shows how files would be renamed."""

import os.path


def rename_plan(names: list[str], prefix: str) -> list[str]:
    """A line "OLD -> NEW" for each name."""
    lines = []
    for number, name in enumerate(names, 1):
        extension = os.path.splitext(name)[1].lower()
        lines.append(f"{name} -> {prefix}-{number:03d}{extension}")
    return lines
