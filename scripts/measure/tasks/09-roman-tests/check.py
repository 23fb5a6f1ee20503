import pathlib
import subprocess
import sys

source = pathlib.Path("roman.py").read_text()


def passes():
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "test_roman.py"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONDONTWRITEBYTECODE": "1", "PATH": ""})
    return done.returncode == 0


assert passes(), "the tests fail on the correct module"
mutants = [
    ('(4, "IV"), ', ""),
    ('(900, "CM"), ', ""),
    ("1 <= number <= 3999", "1 <= number <= 3998"),
    ("1 <= number <= 3999", "0 <= number <= 3999"),
    (" or to_roman(number) != text", ""),
    ("number += value", "number += value + (value == 50)"),
]
killed = 0
for old, new in mutants:
    assert old in source
    pathlib.Path("roman.py").write_text(source.replace(old, new))
    killed += not passes()
pathlib.Path("roman.py").write_text(source)
assert killed >= 4, killed
