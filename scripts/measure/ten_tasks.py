"""Ten file-level tasks with hidden checks: the agent against the same model asked once.

    python scripts/measure/ten_tasks.py --base-url http://127.0.0.1:PORT/v1 --out FILE.jsonl

Tokens come from the server's own counters. Each task runs in a fresh folder and the checks never enter it. Safe to stop
and start again: finished rows in FILE are kept.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from pathlib import Path

TASKS = Path(__file__).parent / "tasks"
ONESHOT = "Answer with the whole of {target} in one fenced code block."


def counters(base_url: str) -> tuple[int, int]:
    """Prompt tokens read (without cached ones) and tokens written, since the server started."""
    with urllib.request.urlopen(base_url.removesuffix("/v1") + "/metrics", timeout=60) as answer:
        text = answer.read().decode()
    return tuple(
        int(float(re.search(rf"^llamacpp:{name}_total (\S+)", text, re.M)[1]))
        for name in ("prompt_tokens", "tokens_predicted")
    )


def oneshot(folder: Path, words: str, target: str, base_url: str) -> str:
    """The bare model: the files, the words, one greedy answer, its first fenced block."""
    parts = [
        f"{path.name}:\n```\n{path.read_text()}```"
        for path in sorted(folder.iterdir())
        if path.suffix != ".json"
    ]
    prompt = "\n\n".join([*parts, "Task: " + words.strip(), ONESHOT.format(target=target)])
    body = {"messages": [{"role": "user", "content": prompt}], "temperature": 0, "max_tokens": 2048}
    request = urllib.request.Request(
        base_url + "/chat/completions", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        text = json.load(answer)["choices"][0]["message"]["content"]
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S)
    if blocks:
        (folder / target).write_text(blocks[0])
    return "answered"


def smallcode(folder: Path, words: str, target: str, base_url: str, home: Path) -> str:
    """The agent through its command line; what it validated or could not judge is applied."""
    command = [sys.executable, "-m", "smallcode_jupyter", "run", words, "--cwd", str(folder)]
    command += ["--apply", "auto", "--json", "--base-url", base_url]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SMALLCODE_HOME": str(home)},
    )
    (home / "events.jsonl").write_text(done.stdout)
    (home / "stderr.txt").write_text(done.stderr)
    last = json.loads(done.stdout.strip().split("\n")[-1])["event"] if done.stdout.strip() else {}
    return last.get("outcome", f"exit {done.returncode}")


def is_solved(folder: Path, check: Path, home: Path) -> bool:
    """Whether the hidden check passes on the result, in a folder of its own."""
    judged = home / "judged"
    shutil.copytree(folder, judged)
    command = [sys.executable, "-c", check.read_text()]
    environment = {
        "PYTHONPATH": str(judged),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    try:
        done = subprocess.run(
            command, cwd=judged, capture_output=True, text=True, env=environment, timeout=120
        )
    except subprocess.TimeoutExpired:
        return False
    (home / "check.txt").write_text(done.stdout + done.stderr)
    return done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--arm", choices=["oneshot", "smallcode", "both"], default="both")
    parser.add_argument("--tasks", nargs="*", help="prefixes of task names")
    parser.add_argument("--keep", type=Path, help="keep folders and traces here")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.out.read_text().splitlines()] if options.out.exists() else []
    seen = {(row["task"], row["arm"]) for row in rows}
    arms = ["oneshot", "smallcode"] if options.arm == "both" else [options.arm]
    for task in sorted(TASKS.iterdir()):
        if options.tasks and not task.name.startswith(tuple(options.tasks)):
            continue
        for arm in arms:
            if (task.name, arm) not in seen:
                row = run_one(task, arm, options)
                rows.append(row)
                with options.out.open("a") as file:
                    file.write(json.dumps(row) + "\n")
                print(json.dumps(row), flush=True)
    for arm in arms:
        mine = [row for row in rows if row["arm"] == arm]
        sums = [sum(row[key] for row in mine) for key in ("solved", "read", "written", "seconds")]
        print(f"{arm}: {sums[0]}/{len(mine)} solved, {sums[1]} read, {sums[2]} written, {sums[3]:.0f} s")


def run_one(task: Path, arm: str, options: argparse.Namespace) -> dict[str, object]:
    facts = tomllib.loads((task / "task.toml").read_text())
    home = Path(tempfile.mkdtemp(prefix="ten-tasks-"))
    folder = home / "work"
    if (task / "workspace").is_dir():
        shutil.copytree(task / "workspace", folder)
    else:
        folder.mkdir()
    before, began = counters(options.base_url), time.monotonic()
    if arm == "oneshot":
        outcome = oneshot(folder, facts["words"], facts["target"], options.base_url)
    else:
        outcome = smallcode(folder, facts["words"], facts["target"], options.base_url, home)
    seconds, after = time.monotonic() - began, counters(options.base_url)
    row = {
        "task": task.name,
        "arm": arm,
        "solved": is_solved(folder, task / "check.py", home),
        "outcome": outcome,
        "read": after[0] - before[0],
        "written": after[1] - before[1],
        "seconds": round(seconds, 1),
    }
    if options.keep:
        kept = options.keep / f"{task.name}-{arm}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(home, kept)
    shutil.rmtree(home)
    return row


if __name__ == "__main__":
    main()
