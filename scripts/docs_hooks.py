"""What MkDocs is told while it builds the site: pages that are made from the code, and where two pages lie."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))
from reference import PAGES

_PLACES = {"home.md": "index.html", "index.md": "code-index/index.html"}
"""`index.md` is the page of the code index, so the first page of the site is another one."""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the generated pages, and move those of `_PLACES`."""
    for path, make in PAGES.items():
        files.append(File.generated(config, path, content=make()))
    for file in files.documentation_pages():
        if file.src_uri in _PLACES:
            file.dest_uri = _PLACES[file.src_uri]
    return files
