"""The tools as models see them. A small model reads every word: keep them few."""

from __future__ import annotations

from smallcode_jupyter.protocol.tools import Parameter, ToolSpec

__all__ = [
    "EDIT_CELL",
    "EDIT_FILE",
    "FIND_FILES",
    "FINISH",
    "LIST_FILES",
    "OUTLINE",
    "READ_FILE",
    "RUN_CODE",
    "RUN_COMMAND",
    "RUN_TESTS",
    "SEARCH_TEXT",
    "UPDATE_PLAN",
    "WRITE_DEFINITIONS",
    "WRITE_FILE",
]

_FILE_NAMES = ("file_path", "filename", "file", "filepath", "file_name", "target_file", "target")
_FOLDER_NAMES = ("path", "dir", "directory", "folder_path", "dir_path", "directory_path", "root")


def _file(description: str = "file", *, is_required: bool = True) -> Parameter:
    return Parameter(
        name="path", kind="string", description=description, is_required=is_required, aliases=_FILE_NAMES
    )


def _folder() -> Parameter:
    return Parameter(
        name="folder",
        kind="string",
        description="only in this folder",
        is_required=False,
        aliases=_FOLDER_NAMES,
    )


READ_FILE = ToolSpec(
    name="read_file",
    category="read",
    description="Show a file's text.",
    aliases=("cat", "open_file", "view", "view_file", "get_file", "show_file", "read"),
    parameters=(
        _file(),
        Parameter(
            name="start",
            kind="integer",
            description="first line",
            is_required=False,
            aliases=("start_line", "from", "offset", "line_start"),
        ),
        Parameter(
            name="end",
            kind="integer",
            description="last line",
            is_required=False,
            aliases=("end_line", "to", "line_end"),
        ),
    ),
)
LIST_FILES = ToolSpec(
    name="list_files",
    category="read",
    description="List the files.",
    aliases=("ls", "list_dir", "list_directory", "dir", "tree"),
    parameters=(_folder(),),
)
OUTLINE = ToolSpec(
    name="outline",
    category="read",
    description="List a file's functions, classes or cells with line numbers.",
    aliases=("symbols", "list_symbols", "get_outline", "file_outline"),
    parameters=(_file(),),
)
WRITE_FILE = ToolSpec(
    name="write_file",
    category="write",
    description="Write a whole file.",
    aliases=("create_file", "save_file", "write", "new_file", "overwrite_file"),
    parameters=(
        _file(),
        Parameter(
            name="content",
            kind="string",
            description="its whole text",
            aliases=("contents", "text", "code", "body", "file_content", "file_text", "data"),
        ),
    ),
)
WRITE_DEFINITIONS = ToolSpec(
    name="write_definitions",
    category="write",
    description="Replace or add whole functions and classes of a Python file.",
    aliases=("write_functions", "replace_function", "add_function", "update_function"),
    parameters=(
        _file(),
        Parameter(
            name="source",
            kind="string",
            description="their whole code",
            aliases=("content", "code", "definitions", "new"),
        ),
    ),
)
EDIT_FILE = ToolSpec(
    name="edit_file",
    category="write",
    description="Replace lines in a file.",
    aliases=(
        "str_replace", "replace_in_file", "patch", "apply_patch", "edit", "str_replace_editor", "search_replace",
        "replace", "modify_file", "update_file",
    ),
    parameters=(
        _file(),
        Parameter(
            name="old",
            kind="string",
            description="lines to replace, copied exactly",
            aliases=("old_string", "search", "old_str", "old_text", "old_code", "find", "original"),
        ),
        Parameter(
            name="new",
            kind="string",
            description="lines instead",
            aliases=("new_string", "replace", "new_str", "new_text", "new_code", "replacement", "updated"),
        ),
    ),
)  # fmt: skip
EDIT_CELL = ToolSpec(
    name="edit_cell",
    category="write",
    description="Replace a cell of an .ipynb file.",
    aliases=("edit_notebook", "notebook_edit", "replace_cell", "update_cell"),
    parameters=(
        _file(),
        Parameter(
            name="cell_id",
            kind="string",
            description="the cell's id",
            aliases=("cell", "id", "cell_index", "cell_number"),
        ),
        Parameter(
            name="source",
            kind="string",
            description="its whole code",
            aliases=("content", "code", "new_source", "text"),
        ),
    ),
)
SEARCH_TEXT = ToolSpec(
    name="search_text",
    category="search",
    description="Find lines in all files.",
    aliases=("grep", "search", "search_files", "search_code", "ripgrep", "rg", "grep_search", "find_text"),
    parameters=(
        Parameter(
            name="pattern",
            kind="string",
            description="text to find",
            aliases=("query", "text", "regex", "q", "search_term", "term", "string"),
        ),
        _folder(),
        Parameter(
            name="is_regex",
            kind="boolean",
            description="pattern is a regular expression",
            is_required=False,
            aliases=("regexp", "use_regex", "isRegex"),
        ),
    ),
)
FIND_FILES = ToolSpec(
    name="find_files",
    category="search",
    description="Find files by name.",
    aliases=("glob", "find", "find_file", "file_search", "glob_search"),
    parameters=(
        Parameter(
            name="pattern",
            kind="string",
            description="such as *.py",
            aliases=("glob", "name", "query", "filename", "file_name", "path"),
        ),
    ),
)
RUN_CODE = ToolSpec(
    name="run_code",
    category="run",
    description="Try Python code on a copy of the variables.",
    aliases=("python", "execute_code", "run_python", "execute_python", "exec", "ipython", "run_cell"),
    parameters=(
        Parameter(
            name="code", kind="string", description="Python", aliases=("source", "script", "content", "text")
        ),
    ),
)
RUN_COMMAND = ToolSpec(
    name="run_command",
    category="run",
    description="Run a shell command on a copy of the files.",
    aliases=(
        "bash", "shell", "execute", "execute_command", "terminal", "run_shell", "run_bash", "run_terminal_cmd",
        "run_shell_command", "sh", "cmd", "run",
    ),
    parameters=(
        Parameter(
            name="command",
            kind="string",
            description="the command",
            aliases=("cmd", "shell_command", "bash_command", "script", "code"),
        ),
    ),
)  # fmt: skip
RUN_TESTS = ToolSpec(
    name="run_tests",
    category="run",
    description="Run the tests.",
    aliases=("pytest", "test", "run_test", "unittest"),
    parameters=(_file("only this file", is_required=False),),
)
UPDATE_PLAN = ToolSpec(
    name="update_plan",
    category="plan",
    description="Set the steps of the work.",
    aliases=("todo_write", "plan", "make_plan", "set_plan", "create_plan", "update_todos", "write_todos"),
    parameters=(
        Parameter(
            name="steps", kind="array", description="all steps", aliases=("plan", "todos", "tasks", "items")
        ),
        Parameter(
            name="done",
            kind="array",
            description="finished steps",
            is_required=False,
            aliases=("completed", "finished"),
        ),
    ),
)
FINISH = ToolSpec(
    name="finish",
    category="plan",
    description="End the task.",
    aliases=("final_answer", "done", "submit", "complete", "attempt_completion", "task_complete"),
    parameters=(
        Parameter(
            name="answer",
            kind="string",
            description="last words to the person",
            aliases=("message", "summary", "result", "text", "response"),
        ),
    ),
)
