"""Nothing leaves this machine unasked: consent to another machine, once for each, and keys that stay with theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from smallcode_jupyter.models.address import Target, remote_refused, target_of
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.session.config import Settings

__all__ = ["admit", "admit_address", "consent_question", "needs_consent", "permitted", "require_unlocked"]

Ask = Callable[[AskUser], Answer]


def needs_consent(settings: Settings, state: Path) -> bool:
    """Whether the person has to be asked before the model of these settings may be."""
    if not settings.base_url or settings.recording:
        return False
    return not _is_settled(
        target_of(settings.base_url), settings.api_key, settings.allowed_hosts, Grants(state)
    )


def admit(settings: Settings, *, state: Path, ask: Ask) -> ModelSettings:
    """The settings to find the model with, after the person said yes to another machine, if that was needed.

    Raises ConfigError where the answer is no, or where nobody can be asked.
    """
    if settings.base_url:
        require_unlocked(settings, settings.base_url)
        admit_address(
            settings.base_url, settings.api_key, allowed_hosts=settings.allowed_hosts, state=state, ask=ask
        )
    return permitted(settings, state)


def permitted(settings: Settings, state: Path) -> ModelSettings:
    """The settings to find the model with, without asking: what is not allowed is refused, a foreign key left out."""
    grants = Grants(state)
    granted = () if "allow_remote" in settings.locked else grants.origins()
    found = replace(settings.model_settings, allowed=(*settings.allowed_hosts, *granted))
    if settings.base_url and not grants.may_send(target_of(settings.base_url), settings.api_key):
        return replace(found, api_key=None)
    return found


def admit_address(
    base_url: str, api_key: str | None, *, allowed_hosts: tuple[str, ...], state: Path, ask: Ask
) -> None:
    """Ask, if need be, whether requests and the key may go to an address. Raises ConfigError where they may not."""
    target, grants = target_of(base_url), Grants(state)
    if _is_settled(target, api_key, allowed_hosts, grants):
        if api_key:
            grants.remember(target, api_key, is_allowed=False)
        return
    owners = () if grants.may_send(target, api_key) else grants.owners(api_key or "")
    if ask(consent_question(target, has_key=bool(api_key), owners=owners)).choice != "yes":
        if owners:
            raise _foreign_key(target, owners)
        raise remote_refused(target)
    grants.remember(target, api_key, is_allowed=not target.is_here)


def require_unlocked(settings: Settings, base_url: str) -> None:
    """Raises ConfigError for another machine that a locked `allow_remote` does not name: no person's yes adds to it."""
    target = target_of(base_url)
    if not target.is_here and target.host not in settings.allowed_hosts:
        settings.require_free("allow_remote")


def consent_question(target: Target, *, has_key: bool, owners: tuple[str, ...] = ()) -> AskUser:
    """What the person is asked. `owners` are those whom the key was sent to before."""
    parts = [f"The model server {target.host} is not on this machine." if not target.is_here else ""]
    if not target.is_here:
        parts.append(
            "Your words and the code and files that a task needs would be sent there, without secrets that"
        )
        parts.append("can be recognised.")
        parts.append("" if target.is_encrypted else "The connection is NOT encrypted.")
    if owners:
        parts.append(
            f"Your API key was used for {', '.join(owners)} before; it would go to {target.origin} now."
        )
    elif has_key:
        parts.append("Your API key goes there, too.")
    question = " ".join([*filter(None, parts), f"Allow {target.host}? This is asked once."])
    return AskUser(question=question, choices=("yes", "no"), default="no")


def _is_settled(target: Target, api_key: str | None, allowed_hosts: tuple[str, ...], grants: Grants) -> bool:
    is_allowed = target.is_here or target.host in allowed_hosts or target.origin in grants.origins()
    return is_allowed and grants.may_send(target, api_key)


def _foreign_key(target: Target, owners: tuple[str, ...]) -> ConfigError:
    return ConfigError(
        f"The API key was used for {', '.join(owners)} and is not sent to {target.origin}.",
        why="A key belongs to the server it was first used with.",
        hint=f"Set the key of this server, or allow it with `smallcode remote allow --with-key {target.origin}`.",
    )
