import pathlib
import subprocess
import sys

pathlib.Path("text.txt").write_text("b a b c a b d\n")


def run(*arguments):
    return subprocess.run([sys.executable, "wordcount.py", "text.txt", *arguments], capture_output=True, text=True)


assert run("--top", "2").stdout.split("\n")[:2] == ["b 3", "a 2"], run("--top", "2")
assert len(run("--top", "2").stdout.split()) == 4
assert run().stdout.split("\n")[:4] == ["b 3", "a 2", "c 1", "d 1"]
assert run("--top", "9").stdout.split("\n")[:4] == ["b 3", "a 2", "c 1", "d 1"]
assert run("--top", "0").returncode == 2
assert run("--top", "-1").returncode == 2
from wordcount import count_words

assert count_words("It's it's")["it's"] == 2
