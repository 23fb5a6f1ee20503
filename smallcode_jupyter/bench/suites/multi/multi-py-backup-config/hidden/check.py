from fnmatch import fnmatchcase

SETUP = """
import os
from datetime import date
from backup.settings import ConfigError, Settings
from backup.loader import load_settings
from backup.planner import archive_name, expired, files_to_copy
from backup.report import summary
from backup.cli import main
def show(s):
    return (s.source, s.target, s.keep_days, s.compress, s.exclude)
"""
LOAD = "show(load_settings(text, env))"
DAYS = "keep_days must be a whole number of at least 1"


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    full = 'source = "docs"\ntarget = "/mnt"\nkeep_days = 7\ncompress = false\nexclude = ["*.tmp", "docs/old/*"]\n'
    py.equal("show(Settings('docs'))", ("docs", "/var/backup", 30, True, ()))
    py.equal(LOAD, ("docs", "/var/backup", 30, True, ()), text='source = "docs"', env={})
    py.equal(LOAD, ("docs", "/mnt", 7, False, ("*.tmp", "docs/old/*")), text=full, env={})
    py.equal(LOAD, ("docs", "/x", 9, True, ("*.bak", "a b")), text=full,
             env={"BACKUP_TARGET": "/x", "BACKUP_KEEP_DAYS": "9", "BACKUP_COMPRESS": "1", "BACKUP_EXCLUDE": ":*.bak::a b:", "HOME": "/"})
    py.equal(LOAD, ("docs", "/mnt", 7, False, ("*.tmp", "docs/old/*")), text=full,
             env={"BACKUP_TARGET": "", "BACKUP_KEEP_DAYS": "", "BACKUP_COMPRESS": "", "BACKUP_EXCLUDE": ""})
    py.equal(LOAD, ("docs", "/var/backup", 1, False, ("x",)), text='source = "docs"',
             env={"BACKUP_COMPRESS": "0", "BACKUP_KEEP_DAYS": "1", "BACKUP_EXCLUDE": "x"})
    for days in ("0", "-3", "2.5", '"7"', "true", "[7]"):
        py.raises("ConfigError", LOAD, says=DAYS, text=f'source = "docs"\nkeep_days = {days}', env={})
    for days in ("0", "-1", "many", "1.5"):
        py.raises("ConfigError", LOAD, says=DAYS, text=full, env={"BACKUP_KEEP_DAYS": days})
    for flag in ("yes", "true", "2", "01"):
        py.raises("ConfigError", LOAD, says="BACKUP_COMPRESS must be 0 or 1", text=full, env={"BACKUP_COMPRESS": flag})
    for key in ("kep_days", "Target", "verbose"):
        py.raises("ConfigError", LOAD, says=f"unknown setting: {key}", text=f"{full}{key} = 3", env={})
    py.raises("ConfigError", LOAD, says="source is missing", text="keep_days = 3", env={})
    py.raises("ConfigError", LOAD, says="not TOML", text="keep_days = ", env={})
    files = ["docs/b.txt", "docs/a.tmp", "docs/old/c.txt", "other/d.txt", "docs/a.txt", "docs/x.TMP", "docs2/a.txt"]
    copy = "files_to_copy(Settings(source, exclude=tuple(exclude)), files)"
    py.equal(copy, ["docs/a.txt", "docs/b.txt", "docs/x.TMP"], source="docs", exclude=["*.tmp", "docs/old/*"], files=files)
    py.equal(copy, ["docs/a.tmp", "docs/a.txt", "docs/b.txt", "docs/old/c.txt", "docs/x.TMP"], source="docs/", exclude=[], files=files)
    py.equal(copy, ["docs/a.tmp", "docs/b.txt", "docs/old/c.txt", "docs/x.TMP"], source="docs", exclude=["a.txt"], files=files)
    py.equal(copy, ["docs/a.tmp", "docs/a.txt", "docs/b.txt", "docs/old/c.txt", "docs/x.TMP"], source="docs", exclude=["old", "b"], files=files)
    py.equal("summary(Settings('docs', '/m/', 3, False, ('*.tmp',)), files, [date(2026, 1, 1), date(2026, 1, 7)], date(2026, 1, 10))",
             ["copy 4 files to /m/2026-01-10.tar", "delete 1 old backups"], files=files)
    py.equal("archive_name(Settings('docs'), date(2026, 1, 2))", "/var/backup/2026-01-02.tar.gz")
    (exam.folder / "good.toml").write_text(full, encoding="utf-8")
    (exam.folder / "bad.toml").write_text(full + "color = 1\n", encoding="utf-8")
    py.run("[os.environ.pop(name) for name in list(os.environ) if name.startswith('BACKUP_')]")
    py.prints("main(['good.toml', *files, '--today', '2026-01-02'])",
              "copy 3 files to /mnt/2026-01-02.tar\ndelete 0 old backups", files=files)
    py.prints("main(['bad.toml'])", "error: unknown setting: color")
    py.equal("main(['bad.toml'])", 2)
    py.run("os.environ['BACKUP_EXCLUDE'] = '*.txt'")
    py.prints("main(['good.toml', *files, '--today', '2026-01-02'])",
              "copy 2 files to /mnt/2026-01-02.tar\ndelete 0 old backups", files=files)
    for _ in range(20):
        names = [f"src/{exam.random.choice(['', 'a/', 'b/', 'a/b/'])}{exam.random.choice('xyz')}.{exam.random.choice(['py', 'pyc', 'log'])}"
                 for _ in range(8)]
        exclude = exam.random.sample(["*.pyc", "x.*", "src/a/*", "b/*", "y.log", "src/?.py", "[xy].log"], exam.random.randrange(1, 4))
        kept = sorted(name for name in names if not any(
            fnmatchcase(name, pattern) or fnmatchcase(name.split("/")[-1], pattern) for pattern in exclude))
        py.equal("files_to_copy(load_settings('source = \"src\"', env), files)", kept, files=names, env={"BACKUP_EXCLUDE": ":".join(exclude)})
        keep = exam.random.randrange(1, 99)
        py.equal("load_settings(text, env).keep_days", keep, text=f'source = "s"\nkeep_days = {keep}', env={})
