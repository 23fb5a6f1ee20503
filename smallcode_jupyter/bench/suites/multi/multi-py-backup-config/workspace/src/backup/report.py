"""A summary before a run begins."""

from datetime import date

from backup.planner import archive_name, expired, files_to_copy
from backup.settings import Settings


def summary(settings: Settings, files: list[str], days: list[date], today: date) -> list[str]:
    """What would be done."""
    return [
        f"copy {len(files_to_copy(settings, files))} files to {archive_name(settings, today)}",
        f"delete {len(expired(settings, days, today))} old backups",
    ]
