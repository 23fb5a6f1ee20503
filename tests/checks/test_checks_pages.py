"""Pages and style sheets: what is a fault, and what only looks like one."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.markup.pages import has_templates, read_page
from smallcode_jupyter.checks.markup.styles import style_faults
from smallcode_jupyter.sandbox.toolchains import find_node

PAGE = "<!doctype html>\n<html lang='en'>\n<head><title>t</title></head>\n<body>\n{}\n</body>\n</html>\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("<div>\n<span>a</div>", [(2, "<span> is not closed before </div> in line 2")]),
        ("<section>\n<p>a", [(1, "<section> is never closed")]),
        ("<p>a</b></p>", [(1, "</b> closes nothing that is open")]),
        ("<p>a<div>b</div></p>", [(1, "</p> closes nothing that is open")]),
        ("<script src='a.js'/>", [(1, "<script/> does not close itself in HTML: write <script></script>")]),
    ],
)
def test_tags_that_do_not_match_are_faults(text, faults):
    assert read_page(text).structure == faults


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>a<li>b</ul>",
        "<table><tr><td>1<td>2<tr><th>3</table>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<p>a<p>b<div>c</div>",
        "<select><option>a<option>b</select>",
        "<img src=a><br><input><hr/>",
        "<svg><path d='M0'/><g><circle r=1 /></g></svg>",
        "<script>if (a < b) x = '</div>';</script>",
        "<style>a > b { color: red }</style>",
        "<!-- <div> --><p>a",
        "<my-card><slot></slot></my-card>",
        "<details><summary>a</summary><p>b</details>",
    ],
)
def test_right_tags_are_no_faults(text):
    assert read_page(text).structure == []


def test_ids_are_compared():
    page = read_page(
        '<label for="a">A</label><input id="b"><input id="b">\n<p aria-describedby="b c">x</p><label for="{{ x }}">'
    )
    assert page.doubles == [(1, 'the id "b" occurs twice')]
    assert [(line, name) for line, name, _ in page.references] == [(1, "a"), (2, "c")]


@pytest.mark.parametrize(
    "text", ["{% if a %}<p>{% endif %}", "<?php echo 1 ?>", "<% a %>", "{{#each a}}<li>{{/each}}"]
)
def test_templates_are_known(text):
    assert has_templates(text)
    assert not has_templates("<p>{{ name }}</p>")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "a { color: red\n  margin: 0; }",
            (1, "a semicolon is missing before `margin`: `color: red margin: 0`"),
        ),
        ("a { color red; }", (1, "a colon is missing: `color red`")),
        ("a { color: ; }", (1, "`color` has no value")),
        ("a {\n b: c;\n", (1, "this block is never closed: a `}` is missing")),
        ("a { b: c; }\n}", (2, "`}` closes nothing")),
        ("@meida print { a { b: c; } }", (1, "there is no `@meida`; `@media` is meant?")),
        ("a { width: calc((1px + 2px); }", (1, "a bracket is not closed before `}`")),
        ("a { content: 'x; }", (1, "this string is never closed: 'x; }")),
        ("/* a", (1, "this comment is never closed")),
        ("color: red;", (1, "this belongs to no rule: `color: red`")),
        ("{ color: red; }", (1, "a rule without a selector")),
    ],
)
def test_faults_of_a_style_sheet(text, fault):
    assert fault in style_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "@charset 'utf-8';\n@import url(a.css);\n:root { --gap: 4px; --empty:; --x: { a: b } }\n",
        "a { background: url(data:image/png;base64,AA==) no-repeat, url('x;y') }",
        ".a { color: red; &:hover { color: blue } > b { top: 0 } margin: 0 }",
        ".g { grid-template-areas:\n 'a b'\n 'c d'; }",
        "@media (min-width: 600px) and (hover) { a:not(.b)::before { content: '}' } }",
        "@font-face { font-family: X; src: url(x.woff2) format('woff2') }",
        "@keyframes k { from { top: 0 } 50.5% { top: 1px } }",
        "@tailwind base;\n@layer base, components;\n.a { @apply flex; }",
        "a { *zoom: 1; filter: progid:DXImageTransform.Microsoft.gradient(startColorstr='#1', endColorstr='#2'); }",
        ".sm\\:flex { --a\\.b: 1; color: red !important }",
    ],
)
def test_right_style_sheets_have_no_faults(text):
    assert style_faults(text) == ()


def test_faults_of_a_page_are_told_with_their_lines(verdict):
    text = PAGE.format("<main>\n<p>a</i></p>\n</main>")
    result = verdict("syntax", {"index.html": text})
    assert (result.status, result.detail) == (
        "failed",
        "index.html, line 6: </i> closes nothing that is open\n    <p>a</i></p>",
    )


def test_page_without_faults_is_not_validated_by_that(check):
    report = check({"index.html": PAGE.format("<p>a</p>"), "a.css": "a { b: c }\n"})
    assert [(result.name, result.status) for result in report.results] == [
        ("syntax", "passed"),
        ("page", "passed"),
        ("syntax", "passed"),
    ]
    assert report.status == "unchecked"


def test_faults_that_were_there_before_do_not_count(check):
    old = PAGE.format("<p id='a'>a</i></p><p id='a'>b</p><style>a { b c }</style>")
    report = check({"index.html": old.replace("</body>", "<p>new</p>\n</body>")}, on_disk={"index.html": old})
    assert [result.status for result in report.results] == ["passed", "passed"]


def test_label_without_its_field_fails_unless_a_script_may_make_it(verdict):
    body = "<label for='age'>Age</label>"
    assert verdict("page", {"index.html": PAGE.format(body)}).detail.startswith(
        'index.html, line 5: no element has the id "age" that this label is for\n'
    )


@pytest.mark.parametrize(
    "script", ["<script src='form.js'></script>", "<script src='https://x.org/a.js'></script>"]
)
def test_what_a_script_may_make_is_not_missing(verdict, script):
    text = PAGE.format(f"<label for='age'>Age</label>{script}")
    on_disk = {"form.js": "make('age');\n"}
    assert verdict("page", {"index.html": text}, on_disk=on_disk).status == "passed"


def test_script_and_style_inside_a_page_are_checked(verdict):
    text = PAGE.format("<style>\na { b: c\n</style>\n<script>\nlet a = 1;\nlet b = ;\n</script>")
    result = verdict("syntax", {"index.html": text})
    assert result.status == "failed"
    assert "index.html, line 6: this block is never closed: a `}` is missing\n    a { b: c" in result.detail
    has_node = find_node() is not None
    assert (
        "index.html, line 10: SyntaxError: Unexpected token ';'\n    let b = ;" in result.detail
    ) == has_node


def test_template_is_unchecked(check):
    assert check({"index.html": "{% for a in b %}<li>{% endfor %}"}).status == "unchecked"


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.css", "a {\n  b c;\n}\n", "a.css, line 2: a colon is missing: `b c`"),
        ("a.yaml", "a: 1\nb: [1,\n", "a.yaml, line 3: not valid YAML"),
        ("a.svg", "<svg>\n<g>\n</svg>\n", "a.svg, line 3: not valid XML: mismatched tag"),
        ("a.jsonl", '{"a": 1}\n{"a": }\n', "a.jsonl, line 2: not valid JSON"),
    ],
)
def test_other_formats_are_parsed(verdict, path, text, message):
    result = verdict("syntax", {path: text})
    assert result.status == "failed"
    assert result.detail.startswith(message)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "a: 1\n---\nb: !custom [1]\n"),
        ("tsconfig.json", '{\n  // strict\n  "a": "x // y", /* b */\n}\n'),
        (".vscode/settings.json", '{ "a": [1,], }\n'),
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>"),
    ],
)
def test_good_files_of_other_formats_pass(verdict, path, text):
    assert verdict("syntax", {path: text}).status == "passed"
