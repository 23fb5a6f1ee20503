"""What a task is shown with the help of the index."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from smallcode_jupyter.index.code_index import CodeIndex, store_path
from smallcode_jupyter.protocol.errors import Cancelled, Problem
from smallcode_jupyter.protocol.tasks import Context, Task
from smallcode_jupyter.session.gathering import Gatherer
from smallcode_jupyter.workspace.staging import Staging

MANY = {f"pkg/mod{number}.py": f"def thing_{number}(): ...\n" for number in range(9)}
Put = Callable[[dict[str, str]], None]


@pytest.fixture
def put(project: Path) -> Put:
    def put(files: dict[str, str]) -> None:
        for name, text in files.items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text)

    return put


class Look:
    """Gathers for some words, in a run of its own each time."""

    def __init__(self, root: Path, state: Path, scratch: Path) -> None:
        self.root, self.state = root, state
        self.staging = Staging(root, scratch)
        self.cancel = Event()
        self.told: list[Problem] = []
        self.seconds = 600.0

    def __call__(self, words: str) -> Context:
        index = CodeIndex(self.root, store_path(self.state, self.root))
        gatherer = Gatherer(
            self.staging,
            index=index,
            facts=None,
            left_out=frozenset(),
            cancel=self.cancel,
            seconds=self.seconds,
        )
        return gatherer.gather(Task(id="t", words=words), self.told.append)


@pytest.fixture
def look(project: Path, tmp_path: Path) -> Look:
    return Look(project, tmp_path / "state", tmp_path / "scratch")


def _chosen(context: Context) -> list[tuple[str, float, str]]:
    return [(item.name, item.weight, item.reason) for item in context.items]


def test_what_defines_a_name_is_given_and_its_tests(put: Put, look: Look) -> None:
    put(
        MANY
        | {
            "tests/test_mod4.py": "from pkg.mod4 import thing_4\n",
            "web/x.ts": "export function drawAll() {}\n",
        }
    )
    assert _chosen(look("make thing_4 faster and drawAll too")) == [
        ("web/x.ts", 2.0, "defines drawAll"),
        ("pkg/mod4.py", 2.0, "defines thing_4"),
        ("tests/test_mod4.py", 1.0, "tests pkg/mod4.py"),
    ]


def test_a_name_that_many_files_define_says_nothing(put: Put, look: Look) -> None:
    put({f"a{number}.py": "def main(): ...\n" for number in range(5)})
    assert look("change main").items == ()


def test_a_readme_is_given_only_when_named(put: Put, look: Look) -> None:
    put(MANY | {"README.md": "# thing_1\n"})
    assert [item.name for item in look("fix thing_1").items] == ["pkg/mod1.py"]
    assert [item.name for item in look("update README.md").items] == ["README.md"]


def test_two_hundred_files_take_under_fifty_milliseconds(put: Put, look: Look) -> None:
    body = "".join(f"def helper_{{n}}_{line}(x):\n    return x + {line}\n\n" for line in range(30))
    put(
        {f"pkg/sub{n % 10}/mod{n}.py": body.replace("{n}", str(n)) for n in range(200)}
        | {".gitignore": "*.log\n"}
    )
    look("warm up")
    times = []
    for _ in range(5):
        # The processor's time, not the clock's: other tests may share the machine.
        start = time.process_time()
        context = look("fix helper_7_3 in mod7.py")
        times.append(time.process_time() - start)
    assert [item.name for item in context.items] == ["pkg/sub7/mod7.py"]
    assert min(times) < 0.05


@pytest.mark.parametrize(
    ("source", "test", "text"),
    [
        ("hours.go", "hours_test.go", "package main\n\nfunc TestHours(t *testing.T) {}\n"),
        ("slug.js", "test_slug.cjs", "const { slug } = require('./slug.js');\n"),
        ("slug.ts", "test/slug.spec.mts", "import { slug } from '../slug';\n"),
    ],
)
def test_tests_of_other_languages_are_given_too(
    put: Put, look: Look, source: str, test: str, text: str
) -> None:
    put({source: "one\n", test: text, "other.md": "x\n"})
    assert (test, 1.0, f"tests {source}") in _chosen(look(f"complete {source}"))


def test_go_tests_of_another_package_are_not_given(put: Put, look: Look) -> None:
    put({"a/hours.go": "package a\n", "b/rate_test.go": "package b\n"})
    assert [item.name for item in look("complete a/hours.go").items] == ["a/hours.go"]


def test_what_is_staged_is_what_is_found(put: Put, look: Look) -> None:
    put(MANY)
    look.staging.write("pkg/mod2.py", "def other(): ...\n")
    look.staging.write("pkg/new.py", "def thing_2(): ...\n")
    assert _chosen(look("make thing_2 faster")) == [("pkg/new.py", 2.0, "defines thing_2")]


def test_a_run_that_is_stopped_does_not_wait_for_the_index(put: Put, look: Look) -> None:
    put(MANY)
    look.cancel.set()
    with pytest.raises(Cancelled):
        look("make thing_2 faster")


def test_where_time_is_short_the_partial_index_is_used_and_this_is_said(put: Put, look: Look) -> None:
    put(MANY)
    look("make thing_2 faster")
    put({"pkg/late.py": "def thing_late(): ...\n"})
    look.seconds = 0.0
    assert _chosen(look("make thing_2 faster")) == [("pkg/mod2.py", 2.0, "defines thing_2")]
    assert [problem.code for problem in look.told] == ["index_incomplete"]


def test_an_index_that_cannot_be_kept_is_said_and_done_without(put: Put, look: Look) -> None:
    put(MANY)
    look.state.write_text("no folder")
    assert _chosen(look("make thing_2 faster, see mod4.py")) == [("pkg/mod4.py", 3.0, "named in the task")]
    assert look.told[0].what.startswith("Files are chosen without the index.")


def test_files_of_one_task_are_told_with_their_links(put: Put, look: Look) -> None:
    put(
        MANY
        | {
            "pkg/__init__.py": "",
            "pkg/user.py": "from pkg.mod1 import thing_1\n\n\ndef use():\n    return thing_1()\n",
            "tests/test_user.py": "from pkg.user import use\n",
        }
    )
    found = {one.path: one for one in look("`thing_1` takes an argument now").found}
    assert found["pkg/mod1.py"].defines == ("thing_1",)
    assert found["pkg/user.py"].uses == ("thing_1",)
    assert "pkg/mod1.py" in found["pkg/user.py"].imports
