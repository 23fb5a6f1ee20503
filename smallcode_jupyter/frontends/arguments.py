"""Arguments of commands, with our own complaints."""

from __future__ import annotations

import argparse
from typing import NoReturn

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["Arguments"]


class Arguments(argparse.ArgumentParser):
    """An argument parser whose complaints are our errors: one sentence instead of a usage text."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", hint=f"See {self.prog} --help.")
