"""A key for each person, made from one secret: nothing is stored, and nobody can make another one's."""

from __future__ import annotations

import hmac

__all__ = ["key_for", "user_of"]


def key_for(user: str, *, secret: str) -> str:
    """The key by which the gateway knows this person."""
    return f"{user}.{_mark(user, secret)}"


def user_of(key: str, *, secret: str) -> str | None:
    """Whose key it is; None if it was not made from this secret."""
    user, _, mark = key.rpartition(".")
    return user if user and hmac.compare_digest(mark.encode(), _mark(user, secret).encode()) else None


def _mark(user: str, secret: str) -> str:
    return hmac.digest(secret.encode(), f"smallcode gateway\0{user}".encode(), "sha256").hex()[:32]
