"""What a command would do that a person should be asked about first."""

from __future__ import annotations

import re

__all__ = ["NETWORK", "risks_of"]

NETWORK = "it uses the network"
_START = r"(?:^|[;&|(`]|\$\(|\b(?:then|do|else|exec|env|nohup|time|xargs)\s)\s*(?:\w+=\S*\s+)*(?:\S*/)?"
"""Where a program's name may stand in a line of shell."""
_RISKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(_START + pattern))
    for name, pattern in (
        ("it becomes the administrator", r"(?:sudo|doas|su|pkexec)\b"),
        ("it deletes whole folders", r"rm\s+(?:\S+\s+)*-{1,2}(?:\w*[rR]|recursive)"),
        ("it deletes whole folders", r"find\s.*\s-delete\b"),
        ("it overwrites devices or disks", r"(?:dd|mkfs\S*|fdisk|parted|shred|wipefs)\b"),
        ("it ends other programs", r"(?:kill|pkill|killall|shutdown|reboot|systemctl)\b"),
        (
            "it installs software",
            r"(?:pip3?|uv|conda|mamba|poetry|pipx)\s+(?:pip\s+)?(?:install|add|sync|uninstall|remove)\b",
        ),
        ("it installs software", r"python[\d.]*\s+-m\s+pip\s+(?:install|uninstall)\b"),
        ("it installs software", r"(?:npm|pnpm|yarn|bun)\s+(?:i|ci|install|add)\b"),
        (
            "it installs software",
            r"(?:apt|apt-get|dnf|yum|apk|brew|pacman|gem|cargo|go)\s+(?:install|add|-S)",
        ),
        (NETWORK, r"(?:curl|wget|ssh|scp|sftp|rsync|nc|ncat|telnet|ftp|ping|dig|nslookup)\b"),
        (NETWORK, r"git\s+(?:\S+\s+)*(?:clone|fetch|pull)\b"),
        ("it publishes", r"git\s+(?:\S+\s+)*push\b"),
        ("it publishes", r"(?:twine\s+upload|npm\s+publish|docker\s+push|gh\s+\w)"),
        ("it rewrites history", r"git\s+(?:\S+\s+)*(?:reset\s+--hard|clean\s+-\w*f|rebase|filter-branch)"),
    )
)
_NEEDS_NETWORK = ("it installs software", "it publishes")


def risks_of(command: str) -> tuple[str, ...]:
    """What should be asked about, each once, as the end of a sentence; empty if nothing."""
    found = [name for name, pattern in _RISKS if pattern.search(command)]
    if any(name in _NEEDS_NETWORK for name in found):
        found.append(NETWORK)
    return tuple(dict.fromkeys(found))
