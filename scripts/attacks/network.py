"""Attacks over the network and on the kernel's own channels."""

from __future__ import annotations

from attack import Attack

__all__ = ["NETWORK"]

_SOCKET = "seccomp; network namespace"
_SEALED = "handles sealed"
_NAMED = "its own channels are such files; those in /run, /tmp and private folders are out of sight"
_OWN = "in its own network, which leads nowhere"


def _net(
    name: str, code: str, happened: str, held_by: str = _SOCKET, group: str = "network", **more: str
) -> Attack:
    return Attack(name=name, group=group, code=code, happened=happened, held_by=held_by, **more)


_SIGNED = """
import json, hmac, hashlib, uuid, datetime, zmq
kernel = get_ipython().kernel
key = kernel.session.key
def signed(kind, content):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    header = {'msg_id': uuid.uuid4().hex, 'msg_type': kind, 'username': 'x', 'session': 'x'}
    header = json.dumps(header | {'version': '5.3', 'date': now}).encode()
    parts = [header, b'{}', b'{}', json.dumps(content).encode()]
    signer = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        signer.update(part)
    return [b'<IDS|MSG>', signer.hexdigest().encode(), *parts]
app = kernel.parent
def send(port, parts):
    context = zmq.Context()
    sock = context.socket(zmq.DEALER)
    sock.connect(f'tcp://{app.ip}:{port}')
    sock.send_multipart(parts)
    sock.close(2000)
    context.term()
"""
NETWORK: tuple[Attack, ...] = (
    _net(
        "open a TCP connection",
        "import socket; socket.create_connection(('127.0.0.1', W.tcp_port), 2)",
        "W.reached(W.tcp)",
    ),
    _net(
        "open a TCP connection by the shell",
        "import subprocess; subprocess.run(['bash', '-c', f'echo x > /dev/tcp/127.0.0.1/{W.tcp_port}'])",
        "W.reached(W.tcp)",
    ),
    _net(
        "fetch an address",
        (
            "import urllib.request\ntry:\n"
            "    urllib.request.urlopen(f'http://127.0.0.1:{W.tcp_port}', timeout=0.3)\n"
            "except TimeoutError:\n    pass"
        ),
        "W.reached(W.tcp)",
    ),
    _net(
        "wait for TCP connections",
        "import socket; s = socket.create_server(('127.0.0.1', 0)); print('listens', s.getsockname()[1])",
        "'listens' in told",
        open_in_kernel=_OWN,
    ),
    _net(
        "send a UDP packet",
        (
            "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', "
            "('127.0.0.1', W.udp_port))"
        ),
        "W.reached(W.udp)",
    ),
    _net(
        "connect to a socket file",
        "import socket; socket.socket(socket.AF_UNIX).connect(W.socket_path)",
        "W.reached(W.path_socket)",
        "seccomp",
        open_in_kernel=_NAMED,
    ),
    _net(
        "connect to an abstract socket",
        "import socket; socket.socket(socket.AF_UNIX).connect(W.abstract_name)",
        "W.reached(W.abstract)",
        "seccomp; Landlock scope; network namespace",
    ),
    _net(
        "make a socket file elsewhere",
        "import socket; socket.socket(socket.AF_UNIX).bind(str(W.other / 'made'))",
        "(W.other / 'made').exists()",
        "seccomp; Landlock",
    ),
    _net(
        "open a netlink socket",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); print('open')",
        "'open' in told",
        "seccomp",
        open_in_kernel=_OWN,
    ),
    _net(
        "open a packet socket",
        "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW); print('open')",
        "'open' in told",
        "seccomp; lost capabilities",
        needs="root",
    ),
    _net(
        "set up io_uring",
        (
            "import ctypes\n"
            "if ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(256)) >= 0: "
            "print('open')"
        ),
        "'open' in told",
        "seccomp",
    ),
    _net(
        "write to an inherited connection",
        "import os; os.write(W.connected[0].fileno(), b'x')",
        "W.waiting(W.connected[1])",
        _SEALED,
    ),
    _net("write to an inherited socket pair", "W.pair[0].send(b'x')", "W.waiting(W.pair[1])", _SEALED),
    _net(
        "run code in the kernel with its key",
        _SIGNED
        + (
            "send(app.shell_port, signed('execute_request', {'code': 'hacked = 1', 'silent': "
            "True, 'store_history': False, 'user_expressions': {}, 'allow_stdin': False}))"
        ),
        "'hacked' in W.shell.user_ns",
        "key overwritten; seccomp",
        "channels",
    ),
    _net(
        "shut the kernel down with its key",
        _SIGNED + "send(app.control_port, signed('shutdown_request', {'restart': False}))",
        "False",
        "key overwritten; seccomp",
        "channels",
    ),
    _net(
        "write garbage into the kernel's connections",
        (
            "import os\nfor number in range(3, 200):\n"
            "    try: os.write(number, b'garbage' * 100) if "
            "os.readlink(f'/proc/self/fd/{number}').startswith('socket') else 0\n"
            "    except OSError: pass"
        ),
        "False",
        _SEALED,
        "channels",
    ),
    _net(
        "shut the kernel's connections",
        (
            "import socket, os\nfor number in range(3, 200):\n    try:\n"
            "        if os.readlink(f'/proc/self/fd/{number}').startswith('socket'): "
            "socket.socket(fileno=os.dup(number)).shutdown(2)\n    except OSError: pass"
        ),
        "False",
        _SEALED,
        "channels",
    ),
)
