"""The kernel "Python 3 (SmallCode, confined)" in Jupyter's list: installed, removed, found."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from smallcode_jupyter.protocol.errors import NotFound
from smallcode_jupyter.sandbox.bubblewrap import check_bubblewrap
from smallcode_jupyter.sandbox.forwarding import parse_address
from smallcode_jupyter.sandbox.proxy import parse_domain

__all__ = [
    "DISPLAY_NAME",
    "KERNEL_NAME",
    "allow_domain",
    "allowed_domains",
    "forbid_domain",
    "install_kernel",
    "remove_kernel",
]

KERNEL_NAME = "smallcode-confined"
DISPLAY_NAME = "Python 3 (SmallCode, confined)"
_DOMAINS = "domains.txt"


def install_kernel(
    *,
    forward: tuple[str, ...] = (),
    domains: tuple[str, ...] = (),
    writable: tuple[Path, ...] = (),
    prefix: Path | None = None,
) -> Path:
    """Put it into the person's list of kernels, or into that of an environment (`prefix`); the folder it lies in.

    `forward`: the addresses, `HOST:PORT`, that it may reach. `domains`: servers that it may reach through a proxy,
    as `parse_domain` takes them. `writable`: folders besides the notebook's that it may change. Raises SandboxError
    where a kernel cannot be confined here, UsageError for what is no address or no name.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    check_bubblewrap()
    options = [part for address in forward for part in ("--forward", "{}:{}".format(*parse_address(address)))]
    options += [part for folder in writable for part in ("--writable", str(folder.absolute()))]
    names = [parse_domain(name) for name in domains]
    module = "smallcode_jupyter.sandbox.kernel_launch"
    command = [sys.executable, "-m", module, "-f", "{connection_file}", *options]
    spec = {
        "argv": command,
        "display_name": DISPLAY_NAME,
        "language": "python",
        "interrupt_mode": "message",
        "metadata": {"debugger": True},
    }
    with tempfile.TemporaryDirectory(prefix="smallcode-") as folder:
        (Path(folder) / "kernel.json").write_text(json.dumps(spec, indent=1) + "\n")
        place = KernelSpecManager().install_kernel_spec(
            folder, KERNEL_NAME, user=prefix is None, prefix=str(prefix) if prefix else None
        )
    listed = Path(place) / _DOMAINS
    listed.write_text("".join(f"{name}\n" for name in names))
    # Not every front end knows the folder of a kernel by a placeholder.
    argv = [*command, "--domains", str(listed)]
    (Path(place) / "kernel.json").write_text(json.dumps({**spec, "argv": argv}, indent=1) + "\n")
    return Path(place)


def allowed_domains() -> tuple[str, ...]:
    """The servers that confined kernels may reach. Raises NotFound where none is installed."""
    return tuple(_domains_file().read_text().split())


def allow_domain(text: str) -> str:
    """Let confined kernels, those that run too, reach a server; its name in the list. Raises UsageError, NotFound."""
    name = parse_domain(text)
    _write_domains(dict.fromkeys((*allowed_domains(), name)))
    return name


def forbid_domain(text: str) -> str:
    """Take it out again. Raises NotFound where it is not in the list."""
    name = parse_domain(text)
    known = allowed_domains()
    if name not in known:
        raise NotFound(f"{name} is not in the list.", hint="smallcode kernel shows what is.")
    _write_domains(one for one in known if one != name)
    return name


def _write_domains(names: Iterable[str]) -> None:
    _domains_file().write_text("".join(f"{name}\n" for name in names))


def _domains_file() -> Path:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        folder = Path(KernelSpecManager().get_kernel_spec(KERNEL_NAME).resource_dir)
    except NoSuchKernel:
        raise NotFound(
            f"The kernel {KERNEL_NAME!r} is not installed.", hint="Run: smallcode kernel install"
        ) from None
    return folder / _DOMAINS


def remove_kernel() -> Path:
    """Take it out of the list; the folder that is gone. Raises NotFound where it is not there."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        return Path(KernelSpecManager().remove_kernel_spec(KERNEL_NAME))
    except (NoSuchKernel, KeyError):  # some versions look it up in a dictionary
        raise NotFound(f"The kernel {KERNEL_NAME!r} is not installed.") from None
