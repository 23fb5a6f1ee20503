"""The words of tasks that a command makes up, instead of the person."""

from __future__ import annotations

from smallcode_jupyter.agent.prompts import render

__all__ = ["explain_cell_words", "explain_error_words", "fix_cell_words", "fix_file_words"]


def fix_cell_words(cell: str) -> str:
    """To write a cell anew, such as `In[3]`."""
    return render("fix_cell", cell=cell)


def fix_file_words(file: str) -> str:
    """To correct a file."""
    return render("fix_file", file=file)


def explain_cell_words(cell: str) -> str:
    """To explain a cell, such as `cell In[3]`."""
    return render("explain_cell", cell=cell)


def explain_error_words() -> str:
    """To explain the last error."""
    return render("explain_error")
