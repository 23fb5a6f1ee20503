"""The deployment of examples/jupyterhub, with a real JupyterHub: a student logs in, works, and meets the locks.

    python scripts/try_hub.py            # installs JupyterHub and its proxy into out/hub, once; needs npm

A scripted model server stands in for the real one. The exit status is 1 if anything is not as the example promises.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import websocket_connect

sys.path.insert(0, str(Path(__file__).parent / "measure"))
from class_of_ten import TASKS, Paced

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "jupyterhub"
TOOLS = ROOT / "out" / "hub"
CONFIG = """
load_subconfig({example!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = {folder!r} + "/cookie_secret"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.auth_token = {token!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.Spawner.cmd = [{single_user!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.env_keep = ["PATH", "LANG", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH"]
c.SimpleLocalProcessSpawner.home_dir_template = {folder!r} + "/home/{{username}}"
c.JupyterHub.services.append({{"name": "examiner", "api_token": {token!r}}})
c.JupyterHub.load_roles = [
    {{"name": "examiner", "services": ["examiner"],
      "scopes": ["admin:users", "admin:servers", "access:servers", "tokens"]}}
]
"""


def install() -> None:
    """JupyterHub over the packages of this interpreter, and its proxy."""
    python = TOOLS / "bin" / "python"
    if not (TOOLS / "bin" / "jupyterhub").exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "jupyterhub"], check=True)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    library = next((TOOLS / "lib").glob("python*")) / "site-packages"
    (library / "project.pth").write_text(f"{here}\n{ROOT}\n", encoding="utf-8")
    if not (TOOLS / "node_modules" / ".bin" / "configurable-http-proxy").exists():
        command = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(TOOLS),
            "configurable-http-proxy",
        ]
        subprocess.run(command, check=True)


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Hub:
    """A hub that runs."""

    def __init__(self, port: int, token: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.headers = {"Authorization": f"token {token}"}
        self.client = AsyncHTTPClient()

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Status and text; -1 where nothing answers."""
        content = None if method in ("GET", "DELETE") else json.dumps(body or {})
        request = HTTPRequest(
            self.url + path, method, self.headers, content, request_timeout=300, follow_redirects=True
        )
        try:
            response = await self.client.fetch(request, raise_error=False)
        except OSError:
            return -1, ""
        return response.code, response.body.decode(errors="replace") if response.body else ""

    async def until(self, path: str, is_so: str, *, seconds: float = 900) -> str:
        """The text at the path, once it holds these words. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                status, text = await self.ask("GET", path)
                if status == 200 and is_so in text:
                    return text
                await asyncio.sleep(0.5)

    async def until_listening(self) -> None:
        """Until something answers at all: the proxy, before there is a hub behind it."""
        while (await self.ask("GET", "/"))[0] == -1:
            await asyncio.sleep(0.2)

    @asynccontextmanager
    async def kernel(self, user: str) -> AsyncIterator[Kernel]:
        """A kernel of this student's server."""
        _, text = await self.ask("POST", f"/user/{user}/api/kernels", {"name": "python3"})
        path = f"/user/{user}/api/kernels/{json.loads(text)['id']}/channels"
        socket = await websocket_connect(
            HTTPRequest(self.url.replace("http", "ws", 1) + path, headers=self.headers, request_timeout=120)
        )
        yield Kernel(socket)
        socket.close()


class Kernel:
    """What a notebook is to a kernel."""

    def __init__(self, socket: object) -> None:
        self.socket = socket

    async def run(self, code: str) -> str:
        """All that the cell showed, as text."""
        id = uuid.uuid4().hex
        header = {
            "msg_id": id,
            "msg_type": "execute_request",
            "session": id,
            "username": "",
            "version": "5.3",
        }
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "allow_stdin": False,
            "user_expressions": {},
        }
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
        await self.socket.write_message(json.dumps(message))  # type: ignore[attr-defined]
        shown: list[str] = []
        while True:
            answer = json.loads(await self.socket.read_message())  # type: ignore[attr-defined]
            if answer["parent_header"].get("msg_id") != id:
                continue
            content = answer["content"]
            shown.append(content.get("text", ""))
            shown.append(content.get("data", {}).get("text/plain", ""))
            shown += content.get("traceback", [])
            if answer["msg_type"] == "status" and content["execution_state"] == "idle":
                return "\n".join(filter(None, shown))


def expect(what: str, is_so: bool, shown: str) -> bool:
    """Say whether something is as promised."""
    print(f"{'✓' if is_so else '✗'} {what}", flush=True)
    if not is_so:
        print(f"{shown[-3_000:]}\n")
    return is_so


async def examine(hub: Hub, locked: Path) -> bool:
    """One student's lesson; whether all is as the example promises."""
    await hub.until("/hub/api/", "version")
    await hub.ask("POST", "/hub/api/users/ada")
    await hub.ask("POST", "/hub/api/users/ada/server")
    page = await hub.until("/user/ada/lab", "jupyter-config-data")
    told = [
        expect("the student's JupyterLab starts", True, ""),
        expect("the side panel is there", "smallcode-jupyter" in page, page),
    ]
    async with hub.kernel("ada") as kernel:
        shown = await kernel.run("%load_ext smallcode_jupyter\n%smallcode config")
        told.append(expect("settings say where they are locked", f"locked by {locked}" in shown, shown))
        told.append(expect("the student's own key is set, and not shown", "(set)" in shown, shown))
        shown = await kernel.run("%smallcode set base_url http://127.0.0.1:9/v1")
        told.append(expect("another server is refused", "base_url is locked" in shown, shown))
        shown = await kernel.run("%smallcode set max_calls 100")
        told.append(expect("a higher limit is refused", "max_calls is locked" in shown, shown))
        shown = await kernel.run("%%smallcode --max-seconds 9000\nWrite a function.")
        told.append(expect("a higher limit of one cell is refused", "max_seconds is locked" in shown, shown))
        shown = await kernel.run(f"%%smallcode\n{TASKS['vowels'][0]}")
        told.append(expect("a task is solved through the gateway", "Validated" in shown, shown))
        shown = await kernel.run("%smallcode accept\nprint(vowels('Ada'))")
        told.append(expect("and its code runs", "\n2" in shown, shown))
        shown = await kernel.run("import os; print([name for name in os.environ if 'GATEWAY' in name])")
        told.append(expect("the secret is not in the student's environment", "[]" in shown, shown))
    return all(told)


async def run(folder: Path) -> bool:
    """A hub with the example's configuration, and its examination."""
    server = HTTPServer(
        Application([(r"/v1/(?:models|chat/completions)", Paced)], log_function=lambda _: None)
    )
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    port, hub_port, api_port, gateway_port = free_ports(4)
    locked = TOOLS / "etc" / "smallcode" / "locked.toml"
    locked.parent.mkdir(parents=True, exist_ok=True)
    text = (EXAMPLE / "locked.toml").read_text(encoding="utf-8")
    locked.write_text(text.replace(":8090/", f":{gateway_port}/"), encoding="utf-8")
    token, config = secrets.token_hex(16), folder / "jupyterhub_config.py"
    config.write_text(
        CONFIG.format(
            example=str(EXAMPLE / "jupyterhub_config.py"),
            password=secrets.token_hex(8),
            folder=str(folder),
            port=port,
            hub_port=hub_port,
            api_port=api_port,
            single_user=str(TOOLS / "bin" / "jupyterhub-singleuser"),
            token=token,
        ),
        encoding="utf-8",
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("SMALLCODE_")} | {
        "SMALLCODE_GATEWAY_SECRET": secrets.token_hex(32),
        "MODEL_SERVER": f"http://127.0.0.1:{sockets[0].getsockname()[1]}/v1",
        "GATEWAY_PORT": str(gateway_port),
        "JUPYTER_PATH": os.pathsep.join(
            filter(None, [os.environ.get("JUPYTER_PATH"), str(Path(sys.prefix) / "share" / "jupyter")])
        ),
        "JUPYTER_CONFIG_PATH": str(Path(sys.prefix) / "etc" / "jupyter"),
        "PATH": f"{TOOLS / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    # The hub would give its proxy ten seconds to start.
    proxy = [str(TOOLS / "node_modules" / ".bin" / "configurable-http-proxy"), "--log-level", "error"]
    proxy += [
        "--port",
        str(port),
        "--api-port",
        str(api_port),
        "--default-target",
        f"http://127.0.0.1:{hub_port}",
    ]
    with (folder / "proxy.log").open("wb") as log:
        held = env | {"CONFIGPROXY_AUTH_TOKEN": token}
        processes = [subprocess.Popen(proxy, cwd=folder, env=held, stdout=log, stderr=log)]
    hub = Hub(port, token)
    try:
        await hub.until_listening()
        with (folder / "hub.log").open("wb") as log:
            command = [TOOLS / "bin" / "jupyterhub", "-f", str(config)]
            processes.append(subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log))
        return await examine(hub, locked)
    except BaseException:
        print((folder / "hub.log").read_text(encoding="utf-8", errors="replace")[-6_000:])
        raise
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(300)


def main() -> int:
    """Install, run, say."""
    install()
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        (Path(folder) / "home").mkdir()
        return 0 if asyncio.run(run(Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
