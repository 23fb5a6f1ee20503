"""Answers that call nothing: prose, code, data, documents."""

from __future__ import annotations

__all__ = ["CODE_WITH_PATHS", "PIECES"]

PIECES: tuple[str, ...] = (
    "A generator yields values one at a time, so it can walk a large file without reading it whole.",
    "You should read the file first, then search for the function, and at last write the fix.",
    "I would use read_file to look at it, but I already know what is in it.",
    "The call read_file(path) returns the text of the file.",
    'Calling `read_file("a.py")` inside a sentence is not a call, only a mention.',
    "1. Read a.py\n2. Run the tests\n3. Finish",
    "run the tests and search for errors",
    "Plan:\n- read\n- write\n- run",
    "The dictionary {'a': 1, 'b': 2} has two keys, and {x for x in xs} is a set.",
    'JSON looks like this: {"key": "value", "list": [1, 2, 3]}.',
    '{"name": "Alice", "age": 30}',
    '[{"name": "a"}, {"name": "b"}]',
    '{"action": "login", "user": "bob"}',
    '{"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}',
    '{"name": "demo", "version": "1.0.0", "scripts": {"test": "jest"}, "dependencies": {"left-pad": "^1.0"}}',
    '{"query": {"match": {"title": "search"}}, "size": 10}',
    '{"tool": "hammer", "args": "none"}',
    '{"search": {"term": "x"}, "run": {"speed": 3}}',
    '{"name": "read_file", "description": "Read a file.", '
    '"parameters": {"type": "object", "properties": {"path": {"type": "string"}}}}',
    '{"jsonrpc": "2.0", "method": "tools/list", "id": 1}',
    '```json\n{"name": "bash", "stars": 5, "arguments_count": 2}\n```',
    "```json\n{\n  // broken data\n  name: 'Bob',\n  'age': 3,\n}\n```",
    "Use it like this:\n\n```bash\npip install demo\ndemo --help\n```\n",
    '```\nTraceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: bad\n```',
    "```text\nread_file\nwrite_file\n```",
    "    read_file('a.py')\n    run_tests()\n",
    "| tool | does |\n| --- | --- |\n| read_file | reads |\n| finish | ends |",
    "# Demo\n\nA small tool.\n\n## Install\n\n```bash\npip install demo\n```\n\n"
    "## Use\n\n```python\nimport demo\n\ndemo.run()\n```\n",
    "Git shows a conflict as `<<<<<<< HEAD`, `=======` and `>>>>>>> main`.",
    "Heading\n=======\n\nText\n\n>>>>> quoted mail\n> more",
    "The loop is `for i in range(3): print(i)`.",
    "```python\ndef f():\n    return {'name': 'read_file', 'arguments': {'path': 'a.py'}}\n```",
    "```python\nimport json\n"
    'CALL = json.loads(\'{"name": "read_file", "arguments": {"path": "a.py"}}\')\nprint(CALL)\n```',
    "```js\nconst tools = [{name: 'read_file'}];\n```",
    "<div>\n  <p>Hello {name: 'x'}</p>\n</div>",
    "name: read_file\ndescription: reads a file\n",
    "$ ls\na.py\n$ cat a.py\nx = 1\n",
    "Yes.",
    "True",
    "answer",
    "x",
    '{"name": "test"}',
    '[{"name": "done"}, {"name": "find"}]',
    "test()\n\ndone()",
    'dir("x")',
    "```python\ntest()\n```",
    "{}",
    "[]",
    "```\n```",
    "~~~",
    "{{{{ not json",
)
"""None is a call, whether blocks are accepted (with nowhere to go) or not."""

CODE_WITH_PATHS: tuple[str, ...] = (
    "Put this into `app.py`:\n\n```python\nprint(1)\n```",
    "```python app.py\nprint(1)\n```",
    "### app.py\n\n```python\nprint(1)\n```",
    "```python\n# app.py\nprint(1)\n```",
    "app.py\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE",
    "app.py\ndef f():\n    return 1\n",
)
"""None is an edit where blocks are not accepted."""
