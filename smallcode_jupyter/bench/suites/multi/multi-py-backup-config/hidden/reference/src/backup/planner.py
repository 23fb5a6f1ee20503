"""What a run of the backup has to do."""

from datetime import date, timedelta
from fnmatch import fnmatchcase

from backup.settings import Settings


def archive_name(settings: Settings, today: date) -> str:
    """Where today's backup goes."""
    ending = ".tar.gz" if settings.compress else ".tar"
    return f"{settings.target.rstrip('/')}/{today.isoformat()}{ending}"


def files_to_copy(settings: Settings, files: list[str]) -> list[str]:
    """The files of a list that lie below the source and are not excluded, in alphabetical order."""
    top = settings.source.rstrip("/") + "/"
    return sorted(file for file in files if file.startswith(top) and not is_excluded(settings, file))


def is_excluded(settings: Settings, file: str) -> bool:
    """Whether a pattern matches the path or its last part."""
    name = file.rpartition("/")[2]
    return any(fnmatchcase(file, pattern) or fnmatchcase(name, pattern) for pattern in settings.exclude)


def expired(settings: Settings, days: list[date], today: date) -> list[date]:
    """The backups that are older than the settings want, the oldest first."""
    limit = today - timedelta(days=settings.keep_days)
    return sorted(day for day in days if day < limit)
