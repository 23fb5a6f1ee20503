"""Which extractor reads which file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from smallcode_jupyter.index.facts import FileFacts
from smallcode_jupyter.index.languages import go, markup, notebook, plain, python, rust, script

__all__ = ["MAX_CHARS", "extract", "words_source"]

Extractor = Callable[[str, str], FileFacts]
_BY_SUFFIX: dict[str, Extractor] = {
    **dict.fromkeys((".py", ".pyi"), python.extract),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"), script.extract),
    ".go": go.extract,
    ".rs": rust.extract,
    **dict.fromkeys((".html", ".htm"), markup.extract_html),
    ".css": markup.extract_css,
    ".ipynb": notebook.extract,
}
_BY_NAME: dict[str, Extractor] = {
    "go.mod": go.extract_module,
    "package.json": plain.extract_package,
    "Cargo.toml": plain.extract_package,
}
MAX_CHARS = 400_000
"""Of a file whose definitions are looked for; of a longer one only the first words are kept."""
_LINE_CHARS = 400
"""Characters a line on average, from which on a file was made by a program."""
_FEW_LINES = 5_000


def extract(path: str, text: str) -> FileFacts:
    """The facts of a file by its name. `text` has `\\n` line ends. Never raises."""
    extractor = _BY_NAME.get(os.path.basename(path)) or _BY_SUFFIX.get(os.path.splitext(path)[1].lower())
    if extractor is None:
        return plain.extract(path, text)
    if not path.endswith(".ipynb") and (note := _unread(text)):
        return FileFacts(language="text", lines=text.count("\n") + 1, note=note)
    return extractor(path, text)


def _unread(text: str) -> str:
    """Why a source is not parsed; empty where it is."""
    if len(text) > MAX_CHARS:
        return f"large ({len(text) // 1000:,} kB): only its first words are known"
    if len(text) > _FEW_LINES and len(text) > _LINE_CHARS * (text.count("\n") + 1):
        return "minified: only its first words are known"
    return ""


def words_source(path: str, text: str) -> str:
    """The part of a file whose words count: of a notebook the cells without their outputs."""
    if path.endswith(".ipynb"):
        cells = re.findall(r'"source"\s*:\s*(\[[^\]]*\]|"(?:[^"\\]|\\.)*")', text[: MAX_CHARS * 4])
        return "\n".join(cells).replace("\\n", "\n")
    return text[:MAX_CHARS]
