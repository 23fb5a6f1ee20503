"""Which language a block or a path is in, and what looks like a path."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.parsed import Expectation

__all__ = ["COMMENTS", "OUTPUT", "SHELL", "as_path", "language_of", "language_of_path"]

SHELL = "shell"
OUTPUT = "output"

_TAGS: dict[str, str] = {
    tag: language
    for language, tags in {
        "python": "python py python3 py3 ipython ipython3 jupyter cython pyi sage",
        "javascript": "javascript js jsx mjs cjs node typescript ts tsx",
        "html": "html htm xhtml vue svelte",
        "css": "css scss sass less",
        "markdown": "markdown md mdx",
        "restructuredtext": "rst restructuredtext",
        "json": "json jsonc json5 jsonl ipynb",
        "yaml": "yaml yml",
        "toml": "toml",
        "ini": "ini cfg conf properties env dotenv editorconfig gitignore",
        "xml": "xml svg",
        "sql": "sql",
        "c": "c h cpp c++ cc cxx hpp hh",
        "csharp": "csharp cs c#",
        "java": "java",
        "kotlin": "kotlin kt kts",
        "scala": "scala",
        "go": "go golang",
        "rust": "rust rs",
        "ruby": "ruby rb",
        "php": "php",
        "swift": "swift",
        "dart": "dart",
        "r": "r",
        "julia": "julia jl",
        "lua": "lua",
        "perl": "perl pl pm",
        "haskell": "haskell hs",
        "elixir": "elixir ex exs",
        "latex": "latex tex",
        "make": "makefile make mk",
        "docker": "dockerfile docker",
        "csv": "csv tsv",
        "text": "text txt plaintext plain",
        SHELL: "bash sh shell zsh fish powershell ps1 bat cmd batch",
        OUTPUT: "console output stdout stderr terminal log shell-session shellsession pycon doctest traceback result",
    }.items()
    for tag in tags.split()
}
_NO_EXTENSIONS = frozenset({"c++", "c#", "python3", "py3", "plain", "stdout", "stderr"})
_NAMES = {
    "makefile": "make",
    "dockerfile": "docker",
    "license": "text",
    "readme": "text",
    "changelog": "text",
    ".gitignore": "ini",
    ".env": "ini",
    ".editorconfig": "ini",
    ".dockerignore": "ini",
}
COMMENTS: dict[str, tuple[str, ...]] = {
    "javascript": ("//", "/*"),
    "css": ("/*", "//"),
    "html": ("<!--", "//"),
    "xml": ("<!--",),
    "markdown": ("<!--",),
    "sql": ("--",),
    "lua": ("--",),
    "haskell": ("--",),
    "ini": ("#", ";"),
    "latex": ("%",),
    "php": ("//", "#", "/*"),
    "text": (),
    "csv": (),
    "json": ("//",),
    **dict.fromkeys(("c", "csharp", "java", "kotlin", "scala", "go", "rust", "swift", "dart"), ("//", "/*")),
}
"""How a comment begins, where that is not `#`."""

_CELL = re.compile(r"cell:[\w-]{1,64}\Z")
_PATH = re.compile(r"(?![-/]*\Z)[\w@~.+\-/\\:\[\]()]{1,200}\Z")
_QUOTES = "`'\"*“”‘’<>"


def language_of(tag: str) -> str:
    """The language a fence's first word names; the word itself where it is not known, empty for none."""
    tag = tag.lower().strip("{}.")
    return _TAGS.get(tag, tag)


def language_of_path(path: str) -> str:
    """The language of a file by its name; `python` for a notebook cell, empty if not known."""
    if path.startswith("cell:"):
        return "python"
    name = path.rpartition("/")[2].lower()
    stem, dot, extension = name.rpartition(".")
    if name in _NAMES:
        return _NAMES[name]
    if not (dot and stem) or extension in _NO_EXTENSIONS:
        return ""
    language = _TAGS.get(extension, "")
    return "text" if extension == "log" else "" if language == OUTPUT else language


def as_path(word: str, expectation: Expectation) -> str | None:
    """The path this word is, without quotes and closing punctuation, or None if it is no path.

    Only names with a file extension in use, a few without (`Makefile`), cells and known paths count:
    `e.g.`, `3.11`, `example.com` and `self.value` do not.
    """
    word = word.strip().strip(_QUOTES).rstrip(":,;").strip(_QUOTES).strip("{}")
    if not word or len(word) > 200:
        return None
    if word in expectation.known_paths or word == expectation.default_path or _CELL.match(word):
        return word
    if not _PATH.match(word) or "://" in word or word.endswith((".", "/", "()")):
        return None
    if ":" in word and not re.match(r"[A-Za-z]:[\\/]", word):
        return None
    return word if language_of_path(word.replace("\\", "/")) else None
