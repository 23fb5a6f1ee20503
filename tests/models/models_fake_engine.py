"""The built-in server's process with a stand-in for the engine: everything but the model is real."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from smallcode_jupyter.models.local.server_main import Engine, main


class Handler(BaseHTTPRequestHandler):
    answers = 0
    name = ""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/metrics":
            content = f"llamacpp:tokens_predicted_total {Handler.answers}\nllamacpp:requests_processing 0\n"
        elif self.path == "/v1/models":
            content = json.dumps(
                {"data": [{"id": self.name, "owned_by": "llamacpp", "meta": {"n_ctx": 512}}]}
            )
        elif self.path == "/props":
            content = json.dumps({"default_generation_settings": {"n_ctx": 512}})
        else:
            Handler.answers += self.path == "/work"
            content = "{}"
        hangs = os.environ.get("FAKE_HANGS")
        if hangs and os.path.exists(hangs):
            time.sleep(60)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        choice = {"index": 0, "delta": {"content": "Hello from the stand-in."}, "finish_reason": "stop"}
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"data: %s\n\ndata: [DONE]\n\n" % json.dumps({"choices": [choice]}).encode())


def start_engine(options: argparse.Namespace) -> Engine:
    if words := os.environ.get("FAKE_DIES"):
        sys.exit(words)
    time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
    Handler.name = options.name
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Engine(port=server.server_address[1], device="a stand-in", server=server)


if __name__ == "__main__":
    main(start_engine=start_engine)
