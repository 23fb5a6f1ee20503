"""The five channels of a kernel, passed on between a front end's TCP ports and sockets in a folder.

A confined kernel has no network; front ends know only ports. Bytes go through unread: messages stay signed end to end.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["inner_connection", "start_relay"]

_CHANNELS = {
    "shell_port": ("ROUTER", "DEALER"),
    "iopub_port": ("XPUB", "XSUB"),
    "stdin_port": ("ROUTER", "DEALER"),
    "control_port": ("ROUTER", "DEALER"),
    "hb_port": ("ROUTER", "DEALER"),
}
"""Which sockets face the front end, and which the kernel."""
_IDENTITY = b"smallcode-relay"
"""The kernel asks for input at the address that a request came from: one address for all channels."""
_OF_ENCRYPTION = ("curve_publickey", "curve_secretkey")


def inner_connection(outer: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The connection file of the kernel inside: the same key, sockets in the folder instead of ports."""
    inner = {name: value for name, value in outer.items() if name not in _OF_ENCRYPTION}
    ports = {name: number for number, name in enumerate(_CHANNELS, start=1)}
    return {**inner, "transport": "ipc", "ip": str(folder / "channel"), **ports}


def start_relay(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> None:
    """Pass everything on from now on, in threads that live as long as the process. Raises zmq.ZMQError."""
    import zmq

    context = zmq.Context()
    for name, (facing, backing) in _CHANNELS.items():
        front, back = context.socket(getattr(zmq, facing)), context.socket(getattr(zmq, backing))
        for socket in (front, back):
            socket.linger = 1_000
        for limited in (front, back):
            limited.set_hwm(0)
        _encrypt(front, outer)
        if backing == "DEALER":
            back.identity = _IDENTITY
        front.bind(_address(outer, outer[name]))
        back.connect(f"ipc://{inner['ip']}-{inner[name]}")
        threading.Thread(target=_pass_on, args=(front, back), name=f"smallcode-{name}", daemon=True).start()


def _address(outer: Mapping[str, Any], port: int) -> str:
    if outer["transport"] == "ipc":
        return f"ipc://{outer['ip']}-{port}"
    return f"tcp://{outer['ip']}:{port}"


def _encrypt(front: Any, outer: Mapping[str, Any]) -> None:
    """As the front end expects it of a kernel."""
    public, secret = (outer.get(name) for name in _OF_ENCRYPTION)
    if public and secret:
        front.curve_publickey, front.curve_secretkey = os.fsencode(public), os.fsencode(secret)
        front.curve_server = True


def _pass_on(front: Any, back: Any) -> None:
    import zmq

    try:
        zmq.proxy(front, back)
    except zmq.ZMQError:
        return  # the process is ending
