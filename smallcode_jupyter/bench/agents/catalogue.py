"""All agents that can be measured, by name."""

from __future__ import annotations

from smallcode_jupyter.bench.agents.oneshot import Oneshot
from smallcode_jupyter.bench.agents.peers import PEERS
from smallcode_jupyter.bench.agents.port import Agent
from smallcode_jupyter.bench.agents.resample import Resample
from smallcode_jupyter.bench.agents.smallcode import Smallcode
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["AGENTS", "agent_named"]

_ALL: tuple[Agent, ...] = (Smallcode(), Oneshot(), Resample(), *PEERS)
AGENTS: dict[str, Agent] = {agent.name: agent for agent in _ALL}


def agent_named(name: str) -> Agent:
    """The agent. Raises UsageError for an unknown name."""
    if name not in AGENTS:
        raise UsageError(f"There is no agent {name!r}.", hint=f"Agents are: {', '.join(AGENTS)}.")
    return AGENTS[name]
