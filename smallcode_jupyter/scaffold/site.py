"""A static site: pages that share a menu and a style sheet, and a test of its links."""

from __future__ import annotations

import html
import re

from smallcode_jupyter.scaffold.description import Description, PagePart
from smallcode_jupyter.scaffold.filling import fill

__all__ = ["site_files"]


def site_files(found: Description) -> dict[str, str]:
    """The files by their paths."""
    title = found.name.replace("_", " ").title()
    names = _file_names(found.pages)
    files = {
        "style.css": fill("site/style.css.txt"),
        "script.js": fill("site/script.js.txt"),
        "README.md": fill("site/readme.md.txt", title=title, about=found.about or f"The site of {title}."),
        "tests/test_site.py": fill("site/test_site.py.txt", pages=", ".join(f'"{name}"' for name in names)),
    }
    for page, name in zip(found.pages, names, strict=True):
        files[name] = fill(
            "site/page.html.txt",
            site=html.escape(title),
            title=html.escape(page.title),
            about=html.escape(page.about or found.about or f"{page.title} of {title}."),
            menu="\n".join(
                _item(one, other, other == name) for one, other in zip(found.pages, names, strict=True)
            ),
        )
    return files


def _item(page: PagePart, name: str, is_current: bool) -> str:
    mark = ' aria-current="page"' if is_current else ""
    return f'        <li><a href="{name}"{mark}>{html.escape(page.title)}</a></li>'


def _file_names(pages: tuple[PagePart, ...]) -> list[str]:
    """The first page is `index.html`; the others have their titles as names, each another one."""
    names = ["index.html"]
    for page in pages[1:]:
        stem = re.sub(r"[^a-z0-9]+", "-", page.title.lower()).strip("-") or "page"
        number = 2
        name = f"{stem}.html"
        while name in names:
            name, number = f"{stem}-{number}.html", number + 1
        names.append(name)
    return names
