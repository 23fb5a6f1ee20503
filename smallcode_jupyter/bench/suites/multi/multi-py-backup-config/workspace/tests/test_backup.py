import pytest
from backup.loader import load_settings
from backup.planner import files_to_copy
from backup.settings import ConfigError, Settings


def test_defaults():
    assert load_settings('source = "docs"', {}) == Settings("docs", "/var/backup", 30, True)


def test_exclude():
    settings = load_settings('source = "docs"\nexclude = ["*.tmp"]', {})
    assert settings.exclude == ("*.tmp",)
    assert files_to_copy(settings, ["docs/a.txt", "docs/a.tmp"]) == ["docs/a.txt"]


def test_environment_wins():
    assert load_settings('source = "docs"\nkeep_days = 3', {"BACKUP_KEEP_DAYS": "9"}).keep_days == 9


def test_unknown_setting():
    with pytest.raises(ConfigError, match="unknown setting: kep_days"):
        load_settings('source = "docs"\nkep_days = 3', {})
