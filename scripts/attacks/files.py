"""Attacks on files: changing what is the person's, reading what is nobody else's."""

from __future__ import annotations

from attack import Attack

__all__ = ["FILES"]

_LAYER = "layer over the folder; Landlock"
_GIVEN = "a kernel is given the environment it was started with"
_OUTSIDE = "Landlock; read-only mounts"


def _on_files(name: str, code: str, happened: str, held_by: str = _OUTSIDE, **more: str) -> Attack:
    return Attack(name=name, group="files", code=code, happened=happened, held_by=held_by, **more)


def _reading(name: str, code: str, held_by: str = "Landlock", **more: str) -> Attack:
    happened = more.pop("happened", "SECRET in told")
    return Attack(name=name, group="reading", code=code, happened=happened, held_by=held_by, **more)


_CHANGING = (
    _on_files(
        "write a new file in the folder",
        "open(W.work / 'new', 'w').write('x')",
        "(W.work / 'new').exists()",
        _LAYER,
    ),
    _on_files(
        "overwrite a file in the folder",
        "open(W.work / 'theirs.txt', 'w').write('x')",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "append to a file in the folder",
        "open(W.work / 'theirs.txt', 'a').write('x')",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "truncate a file in the folder",
        "import os; os.truncate(W.work / 'theirs.txt', 0)",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "delete a file in the folder",
        "import os; os.remove(W.work / 'theirs.txt')",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "rename a file in the folder",
        "import os; os.rename(W.work / 'theirs.txt', W.work / 'mine')",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "remove a folder in the folder",
        "import shutil; shutil.rmtree(W.work / 'sub')",
        "not (W.work / 'sub').exists()",
        _LAYER,
    ),
    _on_files(
        "a shell command writes",
        "import os; os.system(f'echo x > {W.work}/theirs.txt')",
        "W.changed(W.work / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "a ! command deletes",
        "!rm -rf {W.work}/theirs.txt {W.other}/theirs.txt",
        "W.changed(W.work / 'theirs.txt') or W.changed(W.other / 'theirs.txt')",
        _LAYER,
    ),
    _on_files(
        "a hook of git is planted",
        "open(W.work / '.git/hooks/post-commit', 'w').write('x')",
        "(W.work / '.git/hooks/post-commit').exists()",
        _LAYER,
    ),
    _on_files(
        "write through an inherited folder handle",
        "import os; os.write(os.open('new', os.O_WRONLY | os.O_CREAT, dir_fd=W.directory), b'x')",
        "(W.work / 'new').exists()",
    ),
    _on_files(
        "delete through an inherited folder handle",
        "import os; os.remove('theirs.txt', dir_fd=W.directory)",
        "W.changed(W.work / 'theirs.txt')",
    ),
    _on_files(
        "write through /proc/PARENT/cwd",
        "open(f'/proc/{W.pid}/cwd/theirs.txt', 'w').write('x')",
        "W.changed(W.work / 'theirs.txt')",
        "Landlock",
    ),
    _on_files(
        "write through /proc/PARENT/root",
        "open(f'/proc/{W.pid}/root{W.other}/theirs.txt', 'w').write('x')",
        "W.changed(W.other / 'theirs.txt')",
        "Landlock",
    ),
    _on_files(
        "write a new file elsewhere", "open(W.other / 'new', 'w').write('x')", "(W.other / 'new').exists()"
    ),
    _on_files(
        "overwrite a file elsewhere",
        "open(W.other / 'theirs.txt', 'w').write('x')",
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "truncate a file elsewhere",
        "import os; os.truncate(W.other / 'theirs.txt', 0)",
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "delete a file elsewhere",
        "import os; os.remove(W.other / 'theirs.txt')",
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "rename a file elsewhere",
        "import os; os.rename(W.other / 'theirs.txt', W.other / 'mine')",
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "make a folder elsewhere", "import os; os.mkdir(W.other / 'made')", "(W.other / 'made').exists()"
    ),
    _on_files(
        "make a pipe elsewhere", "import os; os.mkfifo(W.other / 'made')", "(W.other / 'made').exists()"
    ),
    _on_files(
        "make a link elsewhere",
        "import os; os.symlink('/etc', W.other / 'made')",
        "os.path.lexists(W.other / 'made')",
    ),
    _on_files(
        "a hard link through scratch, then write",
        (
            "import os, tempfile\nplace = tempfile.mkdtemp() + '/link'\n"
            "os.link(W.other / 'theirs.txt', place)\nopen(place, 'w').write('x')"
        ),
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "a symbolic link through scratch, then write",
        (
            "import os, tempfile\nplace = tempfile.mkdtemp() + '/link'\n"
            "os.symlink(W.other / 'theirs.txt', place)\nopen(place, 'w').write('x')"
        ),
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "map a file elsewhere and write",
        "import mmap\nf = open(W.other / 'theirs.txt', 'r+b')\nmmap.mmap(f.fileno(), 0)[0:1] = b'X'",
        "W.changed(W.other / 'theirs.txt')",
    ),
    _on_files(
        "an unnamed file is linked elsewhere",
        (
            "import os\nn = os.open(W.other, os.O_TMPFILE | os.O_WRONLY)\nos.write(n, b'x')\n"
            "os.link(f'self/fd/{n}', W.other / 'made', src_dir_fd=os.open('/proc', os.O_RDONLY), "
            "follow_symlinks=True)"
        ),
        "(W.other / 'made').exists()",
    ),
    _on_files(
        "a startup file of IPython is planted",
        (
            "p = W.home / '.ipython/profile_default/startup'\np.mkdir(parents=True, exist_ok=True)\n"
            "(p / 'x.py').write_text('x')"
        ),
        "(W.home / '.ipython/profile_default/startup/x.py').exists()",
    ),
    _on_files(
        "a kernel is planted",
        (
            "p = W.home / '.local/share/jupyter/kernels/x'\np.mkdir(parents=True, exist_ok=True)\n"
            "(p / 'kernel.json').write_text('{}')"
        ),
        "(W.home / '.local/share/jupyter/kernels/x/kernel.json').exists()",
    ),
    _on_files(
        "a path file of Python is planted",
        (
            "p = W.home / '.local/lib/python3.11/site-packages'\n"
            "p.mkdir(parents=True, exist_ok=True)\n(p / 'x.pth').write_text('import os')"
        ),
        "(W.home / '.local/lib/python3.11/site-packages/x.pth').exists()",
    ),
    _on_files(
        "insert into a database elsewhere",
        (
            "import sqlite3\nc = sqlite3.connect(W.other / 'their.db')\n"
            "c.execute('insert into t values (1)'); c.commit()"
        ),
        "W.database.execute('select count(*) from t').fetchone()[0] > 0",
    ),
    _on_files(
        "change the mode of a file",
        "import os; os.chmod(W.other / 'theirs.txt', 0o777)",
        "(W.other / 'theirs.txt').stat().st_mode & 0o777 != 0o644",
        "seccomp (does nothing); read-only mounts",
    ),
    _on_files(
        "change the times of a file",
        "import os; os.utime(W.other / 'theirs.txt', (1, 1))",
        "(W.other / 'theirs.txt').stat().st_mtime < 100",
        "seccomp (does nothing); read-only mounts",
    ),
    _on_files(
        "change the owner of a file",
        "import os; os.chown(W.other / 'theirs.txt', -1, os.getgid())",
        "(W.other / 'theirs.txt').stat().st_ctime_ns > W.changed_at",
        "seccomp (does nothing); read-only mounts",
    ),
    _on_files(
        "set an attribute of a file",
        "import os; os.setxattr(W.other / 'theirs.txt', 'user.x', b'1')",
        "'user.x' in os.listxattr(W.other / 'theirs.txt')",
        "seccomp (does nothing); read-only mounts",
    ),
    _on_files(
        "leave a file in /dev/shm",
        "open('/dev/shm/smallcode-stray', 'w').write('x')",
        "os.path.exists('/dev/shm/smallcode-stray')",
        "its own /dev/shm; else Landlock",
    ),
    _on_files(
        "make a device",
        "import os, stat; os.mknod(W.other / 'made', stat.S_IFCHR | 0o666, os.makedev(1, 3))",
        "(W.other / 'made').exists()",
        "Landlock; lost capabilities",
        needs="root",
    ),
)
_READING = (
    _reading("read a private key", "print(open(W.secret).read())"),
    _reading(
        "read a private key through a link",
        "import os, tempfile\np = tempfile.mkdtemp() + '/l'\nos.symlink(W.secret, p)\nprint(open(p).read())",
    ),
    _reading(
        "read a private key by a command",
        "import subprocess\nprint(subprocess.run(['cat', W.secret], capture_output=True, text=True).stdout)",
    ),
    _reading(
        "read a private key through /proc/PARENT/root", "print(open(f'/proc/{W.pid}/root{W.secret}').read())"
    ),
    _reading(
        "read the connection file",
        "from ipykernel.connect import get_connection_file\nprint(open(get_connection_file()).read())",
        happened="'signature_scheme' in told",
    ),
    _reading(
        "read the kernel's environment",
        "print(open(f'/proc/{W.pid}/environ').read())",
        happened="'HOME=' in told",
    ),
    _reading(
        "read the kernel's memory map",
        "print(open(f'/proc/{W.pid}/maps').read()[:500])",
        happened="'r-' in told or 'rw' in told",
    ),
    _reading(
        "read another process's environment",
        "print(open(f'/proc/{W.neighbour}/environ').read())",
        happened="'HOME=' in told",
    ),
    _reading(
        "read a secret of the environment",
        "import os; print(os.environ['SMALLCODE_TEST_API_KEY'])",
        "overwritten in the copy",
        open_in_kernel=_GIVEN,
    ),
    _reading(
        "read a secret of the first environment",
        "print(open('/proc/self/environ').read())",
        "overwritten in the copy",
        open_in_kernel=_GIVEN,
    ),
    _reading(
        "read the key that signs messages",
        "print(get_ipython().kernel.session.key.hex())",
        "overwritten in the copy",
        happened="W.shell.kernel.session.key.hex() in told",
    ),
    _reading(
        "find the key among all objects",
        (
            "import gc\n"
            "print([o for r in gc.get_objects() if type(r) is dict for o in list(r.values()) if "
            "type(o) is bytes and len(o) > 30 and b'-' in o][:200])"
        ),
        "overwritten in the copy",
        happened="repr(W.shell.kernel.session.key) in told",
    ),
    _reading(
        "is there a private key, and how large",
        "import os; print('size', os.stat(W.secret).st_size)",
        "",
        happened="'size' in told",
        open_because="stat is outside Landlock's reach: existence and size of any file can be learned",
    ),
    _reading(
        "the names in a private folder",
        "import os; print(os.listdir(W.secret.parent))",
        "",
        happened="'id_fake' in told",
        open_because="to hide names, no folder above it could be listed, home among them; contents stay unread",
    ),
)
FILES: tuple[Attack, ...] = (*_CHANGING, *_READING)
