"""Forgotten imports are added where there is no doubt."""

from __future__ import annotations

import ast

import pytest

from smallcode_jupyter.workspace.imports import add_missing_imports


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("def f():\n    sys.exit(2)\n", ("import sys",)),
        ("def f(x: List[int]) -> Optional[int]:\n    return x[0]\n", ("from typing import List, Optional",)),
        ("@dataclass\nclass A:\n    x: int\n", ("from dataclasses import dataclass",)),
        (
            "c = Counter(re.findall('a', 'b'))\n",
            ("import re", "from collections import Counter"),
        ),
        ("import os\nprint(os.path, sys.argv)\n", ("import sys",)),
    ],
)
def test_what_is_meant_is_added(text: str, added: tuple[str, ...]) -> None:
    outcome = add_missing_imports(text)
    assert outcome.added == added
    ast.parse(outcome.text)
    assert add_missing_imports(outcome.text).added == ()
    assert outcome.text.endswith(text.splitlines(keepends=True)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nsys.exit()\n",
        "from os import *\nsys.exit()\n",
        "def f(sys):\n    return sys.exit\n",
        "def f():\n    import re\n    return re.compile('x')\n",
        "time = 3\nprint(time.real)\n",
        "print(time)\n",
        "for re in []:\n    re.x\n",
        "try:\n    pass\nexcept ValueError as sys:\n    sys.args\n",
        "match 1:\n    case math:\n        math.real\n",
        "numpy.array([1])\n",
        "def f(:\n",
        "",
    ],
)
def test_where_there_is_doubt_nothing_is_added(text: str) -> None:
    assert (add_missing_imports(text).text, add_missing_imports(text).added) == (text, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sys.exit()\n", "import sys\n\n\nsys.exit()\n"),
        ('"""Doc."""\n\nsys.exit()\n', '"""Doc."""\n\nimport sys\n\nsys.exit()\n'),
        ("import os\n\nsys.exit()\n", "import os\nimport sys\n\nsys.exit()\n"),
        (
            "#!/usr/bin/python\n# note\nsys.exit()\n",
            "#!/usr/bin/python\n# note\nimport sys\n\n\nsys.exit()\n",
        ),
        (
            "from __future__ import annotations\nx: List[int] = []\n",
            "from __future__ import annotations\nfrom typing import List\nx: List[int] = []\n",
        ),
    ],
)
def test_imports_go_to_the_top(before: str, after: str) -> None:
    assert add_missing_imports(before).text == after
