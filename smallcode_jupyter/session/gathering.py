"""What a run is shown of the workspace: the index is brought up to date within a few seconds, then asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from threading import Event, Timer

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.protocol.effects import Focused
from smallcode_jupyter.protocol.errors import Cancelled, Problem, WorkspaceError
from smallcode_jupyter.protocol.tasks import Context, ContextItem, FoundFile, Task
from smallcode_jupyter.session.cancelling import EitherEvent
from smallcode_jupyter.session.cells import KernelFacts
from smallcode_jupyter.workspace.context import Find, gather
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["Gatherer"]

Notify = Callable[[Problem], None]

_SIGNATURES = 600
"""Tokens for what one file needs of others."""
_SECONDS = 5.0
"""For bringing the index up to date. What was read until then is used; the next run goes on from there."""


class Gatherer:
    """Performs what asks for files: of the workspace, of the index, of the kernel."""

    def __init__(
        self,
        staging: Staging,
        *,
        index: CodeIndex | None,
        facts: KernelFacts | None,
        left_out: frozenset[str],
        cancel: Event,
        seconds: float = _SECONDS,
    ) -> None:
        """Without an index only what is named is found; it has `seconds` to be brought up to date.

        `left_out`: names of what the person does not want to be shown.
        """
        self._staging = staging
        self._index = index
        self._facts = facts
        self._left_out = left_out
        self._cancel = cancel
        self._seconds = seconds

    def gather(self, task: Task, notify: Notify) -> Context:
        """What is known before the model is asked, less what the person took out. Raises Cancelled on a stop."""
        found = self._gather(task, notify)
        wanted = tuple(item for item in found.items if item.name not in self._left_out)
        gone = tuple(item.name for item in found.items if item.name in self._left_out)
        return replace(found, items=wanted, left_out=gone)

    def focus(self, path: str, words: str) -> Focused:
        """One file as it is staged now, and signatures of what it needs of others."""
        items: list[ContextItem] = []
        if self._staging.exists(path):
            items.append(self._whole(path))
        if self._index is not None:
            self._index.overlay(self._staging.texts())
            needed = self._index.around(path, words, budget=_SIGNATURES, count=estimate_tokens)
            items += [
                ContextItem(kind="outline", name=one.path, text=one.lines, reason=one.reasons[0], weight=1.0)
                for one in needed.files
                if one.lines
            ]
        return Focused(items=tuple(items))

    def _whole(self, path: str) -> ContextItem:
        reason, weight = "this step's file", 3.0
        try:
            text = self._staging.read(path)
        except WorkspaceError as error:
            return ContextItem(kind="error", name=path, text=str(error), reason=reason, weight=weight)
        return ContextItem(kind="file", name=path, text=text, reason=reason, weight=weight)

    def _gather(self, task: Task, notify: Notify) -> Context:
        if self._index is None:
            find: Find | None = None
        elif task.surface == "notebook":
            find = _nothing
        else:
            find = partial(self._find, self._index, notify)
        found = gather(task, self._staging, find=find)
        if task.surface != "notebook":
            return found
        named = tuple(item for item in found.items if item.weight >= 3)
        facts = self._facts.context_items(task.words) if self._facts is not None else ()
        paths = tuple(path for path in found.paths if not path.endswith(".ipynb"))
        return replace(found, items=(*named, *facts), paths=paths)

    def _find(
        self, index: CodeIndex, notify: Notify, words: str, named: Sequence[str]
    ) -> Sequence[FoundFile]:
        """What the words are about, as it is staged now; nothing, aloud, where the index cannot be used."""
        try:
            self._refresh(index, notify)
            index.overlay(self._staging.texts())
            return index.survey(words, named=named)
        except WorkspaceError as error:
            what = f"Files are chosen without the index. {error.problem.what}"
            notify(replace(error.problem, what=what))
            return ()

    def _refresh(self, index: CodeIndex, notify: Notify) -> None:
        """Within the time there is. Raises WorkspaceError, Cancelled."""
        late = EitherEvent(self._cancel)
        timer = Timer(self._seconds, late.set)
        timer.daemon = True
        timer.start()
        try:
            index.refresh(cancel=late)
        except Cancelled:
            if self._cancel.is_set():
                raise
            notify(
                Problem(
                    code="index_incomplete",
                    what="The index does not know all files of this folder yet.",
                    why=f"More changed than can be read in {self._seconds:g} seconds.",
                    hint="`smallcode index` completes it; until then each run goes on from where the last one came.",
                )
            )
        finally:
            timer.cancel()


def _nothing(words: str, named: Sequence[str]) -> Sequence[FoundFile]:
    """Code for the next cell is about variables and named files; nothing else is looked for."""
    return ()
