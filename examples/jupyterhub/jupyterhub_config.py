"""A class on one machine: JupyterHub, one model server, and a fair gateway between them. README.md says how."""

import os
import sys

from smallcode_jupyter.models.gateway.keys import key_for

c = get_config()  # noqa: F821  # JupyterHub gives it

SECRET = os.environ["SMALLCODE_GATEWAY_SECRET"]
MODEL_SERVER = os.environ.get("MODEL_SERVER", "http://127.0.0.1:8080/v1")

# Started with the hub, and again if it ends. Two answers at once; for each student, 60 questions a minute and 200,000
# tokens an hour.
c.JupyterHub.services = [
    {
        "name": "smallcode-gateway",
        "command": [
            *(sys.executable, "-m", "smallcode_jupyter", "gateway", "--upstream", MODEL_SERVER),
            *("--port", os.environ.get("GATEWAY_PORT", "8090")),
            *("--slots", "2", "--requests", "60", "--tokens", "200000"),
        ],
        "environment": {
            "SMALLCODE_GATEWAY_SECRET": SECRET,
            "SMALLCODE_GATEWAY_UPSTREAM_KEY": os.environ.get("SMALLCODE_GATEWAY_UPSTREAM_KEY", ""),
        },
    }
]

# Each student's own key. Where the questions go, and what a student may not change, stands in locked.toml.
c.Spawner.environment = {"SMALLCODE_API_KEY": lambda spawner: key_for(spawner.user.name, secret=SECRET)}
