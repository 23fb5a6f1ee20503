"""The filter program, run through a small interpreter of its instructions."""

from __future__ import annotations

import errno
import struct

import pytest

from smallcode_jupyter.sandbox.seccomp import filter_program

ALLOW, KILL, REFUSE, SKIP = 0x7FFF0000, 0x80000000, 0x50000 | errno.EPERM, 0x50000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def verdict(program: bytes, number: int, *arguments: int, architecture: int = ARCHITECTURES["x86_64"]) -> int:
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    instructions = list(struct.iter_unpack("<HBBI", program))
    accumulator, position = 0, 0
    while True:
        code, if_true, if_false, value = instructions[position]
        position += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            accumulator = struct.unpack_from("<I", data, value)[0]
            continue
        holds = {
            0x15: accumulator == value,
            0x35: accumulator >= value,
            0x45: bool(accumulator & value),
        }[code]
        position += if_true if holds else if_false


@pytest.mark.parametrize(
    ("number", "arguments", "expected"),
    [
        (0, (), ALLOW),  # read
        (101, (), REFUSE),  # ptrace
        (425, (), REFUSE),  # io_uring_setup
        (41, (2,), REFUSE),  # socket, internet
        (41, (1,), REFUSE),  # socket, path
        (53, (1,), ALLOW),  # socketpair
        (56, (0x11,), ALLOW),  # fork
        (56, (0x10000000,), REFUSE),  # a new user namespace
        (435, (), 0x50000 | errno.ENOSYS),  # clone3
        (302, (0, 7), ALLOW),  # own limits
        (302, (1, 7), REFUSE),  # another's
        (141, (0, 0), ALLOW),
        (141, (0, 99), REFUSE),
        (16, (0, 0x5401), ALLOW),  # asking for a terminal's settings
        (16, (0, 0x5412), REFUSE),  # typing into it
        (16, (0, 0x541C), REFUSE),
        (0x40000000, (), REFUSE),  # the second set of numbers
        (90, (), ALLOW),  # chmod
    ],
)
def test_each_call_gets_its_answer(number: int, arguments: tuple[int, ...], expected: int) -> None:
    program = filter_program(allows_network=False, is_trial=False, machine="x86_64")
    assert verdict(program, number, *arguments) == expected


def test_allowing_the_network_allows_sockets_only() -> None:
    program = filter_program(allows_network=True, is_trial=False, machine="x86_64")
    assert verdict(program, 41, 2) == ALLOW
    assert verdict(program, 101) == REFUSE


def test_frozen_metadata_seems_to_change() -> None:
    program = filter_program(allows_network=False, is_trial=True, machine="x86_64")
    assert verdict(program, 90) == SKIP


def test_another_architecture_is_killed() -> None:
    program = filter_program(allows_network=False, is_trial=False, machine="x86_64")
    assert verdict(program, 0, architecture=0x40000003) == KILL


@pytest.mark.parametrize(
    ("number", "arguments", "expected"),
    [
        (63, (), ALLOW),
        (117, (), REFUSE),
        (198, (2,), REFUSE),
        (199, (1,), ALLOW),
        (220, (0x11,), ALLOW),
        (220, (0x40000000,), REFUSE),
        (261, (1,), REFUSE),
        (53, (), SKIP),
    ],
)
def test_the_other_table(number: int, arguments: tuple[int, ...], expected: int) -> None:
    program = filter_program(allows_network=False, is_trial=True, machine="aarch64")
    assert verdict(program, number, *arguments, architecture=ARCHITECTURES["aarch64"]) == expected
