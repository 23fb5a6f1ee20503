"""Write what runs look like now over tests/render/goldens; read the difference before committing it."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests" / "render"
sys.path.insert(0, str(TESTS))

from render_runs import view_of  # noqa: E402
from test_render_goldens import CLOSING, GOLDENS, RUNS, VIEWS  # noqa: E402

for kind, render in VIEWS.items():
    for name, run in RUNS.items():
        (GOLDENS / f"{name}.{kind}").write_text(render(view_of(run), closing=CLOSING), encoding="utf-8")
