"""Holding an answer to a constraint while it is written, on servers that can."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from smallcode_jupyter.models.failures import Refusal, is_overflow
from smallcode_jupyter.protocol.model import Constraint, ModelRequest, OneOf
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Constrain", "Constraints", "by_grammar", "by_schema"]

Constrain = Callable[[Constraint], dict[str, Json]]
"""What to add to a request so that its answer keeps to the constraint."""
_NOT_UNDERSTOOD = (400, 422)


def by_schema(constraint: Constraint) -> dict[str, Json]:
    """The usual way; one of several texts then comes in quotation marks."""
    if isinstance(constraint, OneOf):
        schema: Mapping[str, Json] = {"type": "string", "enum": list(constraint.choices)}
    else:
        schema = constraint.schema
    wrapped: dict[str, Json] = {"name": "answer", "strict": True, "schema": dict(schema)}
    return {"response_format": {"type": "json_schema", "json_schema": wrapped}}


def by_grammar(constraint: Constraint) -> dict[str, Json]:
    """llama.cpp takes a grammar, too: one of several texts then costs only its own tokens."""
    if not isinstance(constraint, OneOf):
        return by_schema(constraint)
    return {"grammar": "root ::= " + " | ".join(json.dumps(choice) for choice in constraint.choices)}


class Constraints:
    """Whether a server is sent constraints: one that refused one is not sent another."""

    def __init__(self, constrain: Constrain | None) -> None:
        """None for a kind of server that is not known to understand any."""
        self._constrain = constrain

    def fields(self, request: ModelRequest) -> dict[str, Json]:
        """What is added to the request. llama.cpp refuses a grammar beside tools, and a tool call has its own."""
        if self._constrain is None or request.constraint is None or request.tools:
            return {}
        return self._constrain(request.constraint)

    def are_given_up(self, request: ModelRequest, refusal: Refusal) -> bool:
        """Whether the refusal may be due to the constraint; the question is then worth asking without it."""
        if not self.fields(request) or refusal.status not in _NOT_UNDERSTOOD or is_overflow(refusal.message):
            return False
        self._constrain = None
        return True
