"""The diff as text and as HTML."""

from __future__ import annotations

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.render.diff import diff_html, unified


def changed(before: str | None, after: str | None) -> ChangeSet:
    return ChangeSet(id="c", files=(FileChange(path="a.py", before=before, after=after, before_hash=None),))


def lines(*numbers: int) -> str:
    return "".join(f"{number}\n" for number in numbers)


def test_hunks_are_numbered_as_they_are_chosen() -> None:
    before = lines(*range(1, 21))
    after = before.replace("2\n3\n", "2\nthree\n", 1).replace("6\n", "six\n", 1).replace("19\n", "", 1)
    assert unified(changed(before, after)) == (
        "--- a/a.py\n+++ b/a.py\n"
        "@@ -1,9 +1,9 @@ hunks 1-2\n 1\n 2\n-3\n+three\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n"
        "@@ -16,5 +16,4 @@ hunk 3\n 16\n 17\n 18\n-19\n 20\n"
    )


def test_new_and_deleted_files_name_dev_null() -> None:
    assert unified(changed(None, "x\n")) == "--- /dev/null\n+++ b/a.py\n@@ -0,0 +1,1 @@ hunk 1\n+x\n"
    assert unified(changed("x\n", None)) == "--- a/a.py\n+++ /dev/null\n@@ -1,1 +0,0 @@ hunk 1\n-x\n"


def test_an_empty_new_file_is_still_named() -> None:
    assert unified(changed(None, "")) == "--- /dev/null\n+++ b/a.py\n"


def test_a_missing_last_line_end_is_said() -> None:
    assert unified(changed("x", "x\n")).splitlines()[3:] == ["-x", "\\ No newline at end of file", "+x"]


def test_a_changed_line_end_is_visible() -> None:
    assert unified(changed("x\r\n", "x\n")).splitlines()[3:] == ["-x␍", "+x"]


def test_a_form_feed_within_a_line_is_visible() -> None:
    assert unified(changed("a\fb\n", "c\n")).splitlines()[3:] == ["-a␌", "-b", "+c"]


def test_html_carries_signs_as_well_as_colours() -> None:
    page = diff_html(changed("a<b\n", "a>b\n"))
    assert ">-a&lt;b</span>" in page
    assert ">+a&gt;b</span>" in page


def test_a_cut_diff_says_how_much_is_missing() -> None:
    changes = changed("", lines(*range(1, 1001)))
    assert unified(changes, max_lines=10).splitlines()[-1] == "… 993 more lines of diff"
    assert "more lines of diff" in diff_html(changes, max_chars=2_000)


def test_nothing_changed_is_no_diff() -> None:
    assert unified(changed("x\n", "x\n")) == ""
