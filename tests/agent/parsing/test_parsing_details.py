"""Names, paths and contents, through the door."""

from __future__ import annotations

import json

import pytest
from parsing_corpus import SPECS

from smallcode_jupyter.agent.parsing.dialects import DIALECTS, MARKED
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.protocol.tools import Json

PATHS = ("src/app.py", "src/util/text.py", "tests/test_app.py", "README.md", "a/__init__.py", "b/__init__.py")
HERE = Expectation(default_path="src/app.py", known_paths=PATHS)


def _call(name: str, **arguments: Json) -> Parsed:
    text = json.dumps({"name": name, "arguments": arguments})
    return parse_reply(ModelReply(text=text), specs=SPECS, expectation=HERE)


def _only_call(parsed: Parsed) -> tuple[str, dict[str, Json]]:
    assert len(parsed.calls) == 1
    return parsed.calls[0].name, dict(parsed.calls[0].arguments)


@pytest.mark.parametrize(
    "name", ["readFile", "READ_FILE", "read-file", "Read File", "functions.read_file", "tools:read_file"]
)
def test_tool_is_found_however_its_name_is_written(name: str) -> None:
    parsed = _call(name, path="README.md")
    assert _only_call(parsed) == ("read_file", {"path": "README.md"})
    assert parsed.repairs == (Repair(name="tool-name", detail=f"{name} -> read_file"),)


def test_tool_is_found_by_its_alias() -> None:
    parsed = _call("bash", command="ls")
    assert (_only_call(parsed), parsed.repairs) == (
        ("run_command", {"command": "ls"}),
        (Repair(name="alias:bash", detail="run_command"),),
    )


@pytest.mark.parametrize("name", ["reader", "file", "read_file_and_write_file", "", "x" * 500, "add"])
def test_name_that_is_not_close_to_one_tool_is_a_problem(name: str) -> None:
    parsed = _call(name, path="README.md")
    assert (parsed.dialect, parsed.calls, [problem.code for problem in parsed.problems]) == (
        "prose",
        (),
        ["unknown_tool"],
    )
    assert "read_file, list_files" in parsed.problems[0].why


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("src/app.py", "src/app.py"),
        ("./src/app.py", "src/app.py"),
        (".\\src\\app.py", "src/app.py"),
        ("'src/app.py'", "src/app.py"),
        ("app.py", "src/app.py"),
        ("util/text.py", "src/util/text.py"),
        ("/workspace/src/app.py", "src/app.py"),
        ("lib/text.py", "src/util/text.py"),
        ("__init__.py", "__init__.py"),
        ("other.py", "other.py"),
        ("./", "."),
    ],
)
def test_path_of_a_file_to_read_is_completed_only_where_one_is_meant(given: str, meant: str) -> None:
    parsed = _call("read_file", path=given)
    assert _only_call(parsed)[1]["path"] == meant
    assert [repair.name for repair in parsed.repairs] == ([f"path:{given}"] if given != meant else [])


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("app.py", "src/app.py"),
        ("path/to/app.py", "src/app.py"),
        ("text.py", "text.py"),
        ("lib/new.py", "lib/new.py"),
        ("/workspace/lib/new.py", "lib/new.py"),
        ("/home/user/src/util/text.py", "src/util/text.py"),
        ("c/__init__.py", "c/__init__.py"),
    ],
)
def test_path_of_a_file_to_write_may_be_new(given: str, meant: str) -> None:
    assert _only_call(_call("write_file", path=given, content="x = 1\n"))[1]["path"] == meant


@pytest.mark.parametrize(
    "line",
    [
        "__init__.py",
        "__init__.py:",
        "**__init__.py**",
        "### `__init__.py`",
        "1. `__init__.py` (new)",
        "File: __init__.py",
    ],
)
def test_line_before_the_fence_names_the_file(line: str) -> None:
    parsed = parse_reply(ModelReply(text=f"{line}\n```python\nx = 1\n```"), specs=SPECS, expectation=HERE)
    assert parsed.calls[0].arguments == {"path": "__init__.py", "content": "x = 1\n"}
    assert parsed.text == ""


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ("x = 1\n", "x = 1\n"),
        ("x = 1", "x = 1\n"),
        ("def f():\\n    return 1\\n", "def f():\n    return 1\n"),
        ('print("a\\nb")', 'print("a\\nb")\n'),
        ('x = "\\\\n"\ny = 1\n', 'x = "\\\\n"\ny = 1\n'),
        ("```python\nx = 1\n```", "x = 1\n"),
        ("```\nx = 1\n```\n", "x = 1\n"),
        ('"""\n```\nx\n```\n"""\n', '"""\n```\nx\n```\n"""\n'),
        ("", ""),
    ],
)
def test_content_of_a_file_is_what_was_meant(content: str, written: str) -> None:
    assert _only_call(_call("write_file", path="new.py", content=content))[1]["content"] == written


def test_fences_in_markdown_are_kept() -> None:
    content = "```bash\npip install demo\n```\n"
    assert _only_call(_call("write_file", path="README.md", content=content))[1]["content"] == content


@pytest.mark.parametrize(
    "line",
    [
        "# ... rest of the code unchanged ...",
        "    # ... existing code ...",
        "# rest of the file remains the same",
        "# (other methods unchanged)",
        "# ...",
        "# … remaining functions …",
        "# existing code here",
        "# rest of your code...",
        "# The rest of the class stays the same",
    ],
)
def test_whole_file_with_a_placeholder_is_refused(line: str) -> None:
    text = f"```python src/app.py\nimport os\n{line}\n```"
    parsed = parse_reply(ModelReply(text=text), specs=SPECS, expectation=HERE)
    assert (parsed.calls, [problem.code for problem in parsed.problems]) == ((), ["elided"])
    assert line.strip() in parsed.problems[0].what


@pytest.mark.parametrize(
    "line",
    [
        "# the rest of the list",
        "# existing users keep their code",
        "# wait...",
        "# same as before, but faster",
        "# reads the remaining lines of the file",
        "raise NotImplementedError  # ...",
        "def f() -> int: ...",
        "...",
        "x = '# ... rest of the code ...'",
        "# loading...",
    ],
)
def test_ordinary_comment_is_no_placeholder(line: str) -> None:
    text = f"```python src/app.py\nimport os\n{line}\n```"
    parsed = parse_reply(ModelReply(text=text), specs=SPECS, expectation=HERE)
    assert _only_call(parsed)[1]["content"] == f"import os\n{line}\n"


def test_more_calls_than_sensible_are_cut_with_a_name() -> None:
    lines = [json.dumps({"name": "read_file", "arguments": {"path": f"f{n}.py"}}) for n in range(50)]
    parsed = parse_reply(ModelReply(text="\n".join(lines)), specs=SPECS, expectation=HERE)
    assert len(parsed.calls) == 32
    assert parsed.repairs == (Repair(name="too-many-calls", detail="50 calls, 32 kept"),)


def test_without_tools_a_file_is_still_an_edit() -> None:
    parsed = parse_reply(ModelReply(text="```python src/app.py\nx = 1\n```"), specs=(), expectation=HERE)
    assert _only_call(parsed) == ("write_file", {"path": "src/app.py", "content": "x = 1\n"})


def test_cell_that_calls_a_function_named_like_an_alias_is_a_cell() -> None:
    text = "```python\ntest()\n```"
    parsed = parse_reply(
        ModelReply(text=text), specs=SPECS, expectation=Expectation(default_path="cell:next")
    )
    assert _only_call(parsed) == ("write_file", {"path": "cell:next", "content": "test()\n"})


def test_dialects_are_one_visible_list_from_the_surest_sign_to_the_least() -> None:
    names = [dialect.name for dialect in DIALECTS]
    assert len(set(names)) == len(names) == 21
    assert names[0] == "native"
    assert names[-8:] == [
        *("json", "labelled", "search-replace", "unified-diff", "fenced-file"),
        *("python-call", "category", "intent"),
    ]
    assert set(MARKED) <= set(DIALECTS)


@pytest.mark.parametrize(
    ("inner", "dialect"),
    [
        ('{"name": "read_file", "arguments": {"path": "a.py"}}', "hermes"),
        ("<function=read_file>\n<parameter=path>\na.py\n</parameter>\n</function>", "qwen-xml"),
        ('<function=read_file>{"path": "a.py"}</function>', "llama"),
        ("read_file\n<arg_key>path</arg_key>\n<arg_value>a.py</arg_value>", "glm"),
        ("<name>read_file</name>\n<path>a.py</path>", "xml"),
        ("TOOL_NAME: read_file\nBEGIN_ARG: path\na.py\nEND_ARG", "marked-arguments"),
        ('read_file(path="a.py")', "hermes"),
    ],
)
def test_what_stands_between_the_tags_of_hermes_decides_whose_call_it_is(inner: str, dialect: str) -> None:
    parsed = parse_reply(
        ModelReply(text=f"<tool_call>\n{inner}\n</tool_call>"), specs=SPECS, expectation=Expectation()
    )
    assert (parsed.dialect, _only_call(parsed), parsed.text) == (
        dialect,
        ("read_file", {"path": "a.py"}),
        "",
    )


def test_a_call_whose_text_is_a_file_with_fences_and_blocks_is_that_call() -> None:
    content = "# Edit\n\n```python b.py\nx = 1\n```\n\na.py\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n"
    text = "<tool_call>\n<function=write_file>\n<parameter=path>\nNOTES.md\n</parameter>\n"
    text += f"<parameter=content>\n{content}</parameter>\n</function>\n</tool_call>"
    parsed = parse_reply(ModelReply(text=text), specs=SPECS, expectation=HERE)
    assert _only_call(parsed) == ("write_file", {"path": "NOTES.md", "content": content})


@pytest.mark.parametrize("key", ["file_path", "filename", "file", "filepath", "File-Path", "Path"])
@pytest.mark.parametrize(
    "written",
    [
        '<tool_call>{{"name": "read_file", "arguments": {{"{key}": "README.md"}}}}</tool_call>',
        "<function=read_file><parameter={key}>README.md</parameter></function>",
        '<|tool_call>call:read_file{{{key}:<|"|>README.md<|"|>}}<tool_call|>',
        "tool: read_file\narguments:\n  {key}: README.md",
    ],
)
def test_aliases_count_in_every_dialect(key: str, written: str) -> None:
    parsed = parse_reply(ModelReply(text=written.format(key=key)), specs=SPECS, expectation=HERE)
    assert _only_call(parsed) == ("read_file", {"path": "README.md"})
    assert [repair.detail for repair in parsed.repairs if key in repair.name] == (
        ["path"] if key != "path" else []
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The answer is 3.\n<|im_end|>\n<|im_start|>user\nAnd now?", "The answer is 3."),
        ("<|im_start|>assistant\nThe answer is 3.", "The answer is 3."),
        ("Yes.<end_of_turn>\n<start_of_turn>user\nWhy?", "Yes."),
        ('Write "<|im_start|>" first.', 'Write "<|im_start|>" first.'),
    ],
)
def test_turns_that_the_model_makes_up_for_others_are_no_part_of_its_answer(text: str, said: str) -> None:
    parsed = parse_reply(
        ModelReply(text=text, finish_reason="length"), specs=SPECS, expectation=Expectation()
    )
    assert (parsed.text, parsed.calls) == (said, ())


def test_marks_of_chat_templates_in_code_stay() -> None:
    code = 'PROMPT = """<|im_start|>user\n{words}<|im_end|>\n"""\n'
    parsed = parse_reply(ModelReply(text=f"```python\n{code}```"), specs=SPECS, expectation=HERE)
    assert _only_call(parsed) == ("write_file", {"path": "src/app.py", "content": code})


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read_file", {"path": "..."}),
        ("update_plan", {"steps": ["..."]}),
        ("write_file", {"path": "…", "content": "x"}),
    ],
)
def test_an_example_copied_from_the_prompt_is_no_call(name: str, arguments: dict[str, Json]) -> None:
    parsed = _call(name, **arguments)
    assert parsed.calls == ()
    assert [problem.code for problem in parsed.problems] == ["missing_argument"]
