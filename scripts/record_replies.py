"""Ask a model some thirty small things and put its raw answers into `tests/data/replies/`.

    python scripts/record_replies.py http://127.0.0.1:8080/v1 --label smollm2-135m --name "SmolLM2-135M-Instruct Q4_1"

Any OpenAI-compatible server will do. The prompts have the shapes of the agent's own, and of native tool calls. What
the parser makes of each answer is written down with it: read every file before committing it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.agent.compose import fence, tools_text
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.protocol.tools import Json

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "agent" / "parsing"))

import parsing_corpus  # noqa: E402  # the tests' own module

SECONDS = 600
MOST_TOKENS = 400
FILES = {
    "calc.py": "def add(a, b):\n    return a - b\n\n\ndef median(values):\n    return values[len(values) // 2]\n",
    "app.js": "export function slug(title) {\n  return title.toLowerCase();\n}\n",
    "index.html": "<!doctype html>\n<title>Shop</title>\n<h1>Shop</h1>\n",
    "utils.py": "import json\n\n\ndef load_config(path):\n    return json.load(open(path))\n",
}
ASKED = {
    "route": "asked for a category",
    "tools": "asked for a JSON call",
    "whole": "asked for a whole file",
    "files": "asked for files with their paths",
    "edit": "asked for search-and-replace blocks",
    "definitions": "asked for the functions that change",
    "cell": "asked for a notebook cell",
    "answer": "asked a question",
    "native": "asked with native tools offered",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One thing to ask."""

    name: str
    kind: str
    """A key of `ASKED`."""
    words: str
    path: str = ""
    """The file in question; empty for none."""


PROMPTS: tuple[Prompt, ...] = tuple(
    Prompt(name=name, kind=kind, words=words, path=path)
    for name, kind, path, words in (
        ("route-fix", "route", "", "Fix the bug in median()."),
        ("route-find", "route", "", "Which files mention load_config?"),
        ("route-run", "route", "", "Run the tests."),
        ("route-plan", "route", "", "Plan how to add a login."),
        ("tools-read", "tools", "", "Show me what utils.py does."),
        ("tools-list", "tools", "", "Which files are here?"),
        ("tools-search", "tools", "", "Find all uses of `load_config`."),
        ("tools-run", "tools", "", "Run pytest."),
        ("tools-write", "tools", "", "Create greet.py with a function greet(name) that returns a greeting."),
        ("tools-plan", "tools", "", "Make a plan for a small to-do program."),
        ("whole-fix", "whole", "calc.py", "The functions add and median are wrong. Fix them."),
        ("whole-js", "whole", "app.js", "slug() should also replace blanks by hyphens."),
        ("whole-html", "whole", "index.html", "Add a list with three fruits."),
        ("whole-new", "whole", "bank.py", "Write a class Account with deposit and withdraw."),
        ("whole-go", "whole", "main.go", "Print the numbers from 1 to 5."),
        ("whole-rust", "whole", "main.rs", "Read a line and print it in upper case."),
        (
            "files-two",
            "files",
            "",
            "Create geometry.py with area(radius) and test_geometry.py with one test.",
        ),
        ("files-readme", "files", "", "Write README.md for calc.py, with an example."),
        ("edit-rename", "edit", "calc.py", "Rename add to total."),
        ("edit-fix", "edit", "calc.py", "median() is wrong for unsorted lists. Fix it."),
        ("edit-js", "edit", "app.js", "Trim the title in slug()."),
        ("definitions-fix", "definitions", "calc.py", "median() is wrong for unsorted lists. Fix it."),
        ("cell-mean", "cell", "cell:next", "Compute the mean of the list xs and print it."),
        ("cell-plot", "cell", "cell:next", "Plot the column price of the dataframe df as a histogram."),
        ("answer-yield", "answer", "", "What does `yield` do? Show a short example."),
        ("answer-file", "answer", "utils.py", "What does load_config return?"),
        ("native-read", "native", "", "Show me what is in utils.py."),
        ("native-search", "native", "", "Where is load_config defined?"),
        ("native-run", "native", "", "Run the tests with pytest."),
        ("native-edit", "native", "", "In calc.py change `return a - b` to `return a + b`."),
        ("native-two", "native", "", "Read calc.py and utils.py."),
    )
)
CHOICES = (
    "read: look at a file. write: create or change code. search: find text. run: run code. plan: make a plan."
)
CATEGORIES = {
    **{"tools-list": "read", "tools-read": "read", "tools-search": "search", "tools-run": "run"},
    **{"tools-write": "write", "tools-plan": "plan"},
}


def instruction(prompt: Prompt) -> str:
    """The end of the prompt, in the agent's own words."""
    if prompt.kind == "tools":
        specs = [spec for spec in parsing_corpus.SPECS if spec.category == CATEGORIES[prompt.name]]
        example = {
            "name": specs[0].name,
            "arguments": {p.name: "..." for p in specs[0].parameters if p.is_required},
        }
        return render(
            "tools", tools=tools_text(specs), example=json.dumps(example), others="read, write, run"
        )
    if prompt.kind == "route":
        return render("route", choices=CHOICES)
    names = {"whole": "write_whole", "edit": "write_edit", "definitions": "write_definitions"}
    if prompt.kind in names:
        return render(names[prompt.kind], path=prompt.path)
    if prompt.kind == "files":
        return render("write_files", example="```python calc.py")
    others = {"cell": "write_cell", "answer": "answer"}
    return render("native", others="plan, write") if prompt.kind == "native" else render(others[prompt.kind])


def body_of(prompt: Prompt, *, model: str, temperature: float) -> dict[str, Json]:
    """The request."""
    shown = [prompt.path] if prompt.path in FILES else []
    parts = [f"{path}:\n{fence(path, FILES[path])}" for path in shown]
    others = [path for path in FILES if path not in shown]
    if prompt.kind != "cell":
        parts.append(f"{'Other files' if shown else 'Files'}: {', '.join(others)}")
    parts += [render("task", words=prompt.words), instruction(prompt)]
    body: dict[str, Json] = {
        "model": model,
        "temperature": temperature,
        "max_tokens": MOST_TOKENS,
        "messages": [
            {"role": "system", "content": render("system_notebook" if prompt.kind == "cell" else "system")},
            {"role": "user", "content": "\n\n".join(parts)},
        ],
    }
    if prompt.kind == "native":
        body["tools"] = [spec.schema() for spec in parsing_corpus.SPECS]
    return body


def ask(url: str, body: dict[str, Json] | None = None) -> dict[str, Json]:
    """What the server answers. Raises OSError."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        found: dict[str, Json] = json.load(answer)
    return found


def head_of(prompt: Prompt, origin: str, choice: dict) -> str:  # type: ignore[type-arg]  # as the server sent it
    """The head of the file: origin, expectation, and what of the reply is not its text."""
    lines = [f"origin = {json.dumps(origin, ensure_ascii=False)}", "", "[expectation]"]
    if prompt.kind in ("whole", "edit", "definitions", "cell"):
        lines.append(f"default_path = {json.dumps(prompt.path)}")
    else:
        lines.append(f"accepts_blocks = {'true' if prompt.kind == 'files' else 'false'}")
    if prompt.kind in ("tools", "native", "answer"):
        lines.append("accepts_intent = true")
    if prompt.kind != "cell":
        lines.append(f"known_paths = {json.dumps([*FILES])}")
    message = choice["message"]
    fields = {"finish_reason": choice.get("finish_reason"), "reasoning": message.get("reasoning_content")}
    calls = message.get("tool_calls") or []
    fields = {key: value for key, value in fields.items() if value and value != "stop"}
    lines += (
        ["", "[reply]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items())] if fields else []
    )
    for number, call in enumerate(calls, 1):
        function = call["function"]
        lines += ["", "[[reply.native_calls]]", f"id = {json.dumps(call.get('id') or f'native_{number}')}"]
        lines += [f"{key} = {json.dumps(function[key])}" for key in ("name", "arguments")]
    return "\n".join(lines)


def store(prompt: Prompt, answer: dict[str, Json], *, label: str, name: str, temperature: float) -> str:
    """Write the answer down; what is to be told of it."""
    choice = answer["choices"][0]  # type: ignore[call-overload,index]  # as the server sent it
    text = choice["message"].get("content") or ""
    if "\r" in text or "\n=== " in text:
        return "left out: the text cannot be kept in such a file"
    if not text.strip() and not choice["message"].get("tool_calls"):
        return "left out: empty"
    date = datetime.date.today().isoformat()
    origin = (
        f"recorded from {name} on {date}, {ASKED[prompt.kind]}, temperature {temperature:g}: {prompt.words}"
    )
    path = parsing_corpus.REPLIES / f"recorded-{label}-{prompt.name}.txt"
    path.write_text(f"{head_of(prompt, origin, choice)}\n\n=== text\n{text}\n=== parsed\n", encoding="utf-8")
    case = parsing_corpus.read_case(path)
    parsed = parsing_corpus.parse(case)
    parsing_corpus.write_case(case, parsed)
    problems = ", ".join(problem.code for problem in parsed.problems)
    return f"{len(parsed.calls)} calls, {parsed.dialect}{f', {problems}' if problems else ''}"


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base_url", help="of the server, with /v1")
    options.add_argument("--label", required=True, help="a short name for the files: recorded-LABEL-...")
    options.add_argument("--name", required=True, help="the model's full name, for the origin")
    options.add_argument("--model", help="the name that the server wants (default: its first)")
    options.add_argument("--temperature", type=float, default=0.0)
    args = options.parse_args(arguments)
    base = args.base_url.rstrip("/")
    model = args.model or ask(f"{base}/models")["data"][0]["id"]  # type: ignore[call-overload,index]  # likewise
    for prompt in PROMPTS:
        body = body_of(prompt, model=model, temperature=args.temperature)
        answer = ask(f"{base}/chat/completions", body)
        told = store(prompt, answer, label=args.label, name=args.name, temperature=args.temperature)
        print(f"{prompt.name}: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
