"""The tests themselves cannot leave the machine."""

from __future__ import annotations

import socket

import pytest


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match="tried to reach 192"):
        plug.connect(("192.0.2.1", 80))


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as plug:
        plug.connect(server.getsockname())
