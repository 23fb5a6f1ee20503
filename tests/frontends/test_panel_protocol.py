"""The panel's TypeScript types are those of the Python protocol."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from smallcode_jupyter.frontends import comm_messages as say
from smallcode_jupyter.frontends.reports import undo_sentence
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.events import Envelope, ModelDelta
from smallcode_jupyter.session.config import SETTING_NAMES
from smallcode_jupyter.workspace.journal import UndoReport

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "gen_protocol_ts.py"
NOT_OF_THE_PANEL = {"api_key", "stronger_key", "apply", "recording", "record_to", "without", "seed"}
"""Keys do not belong into a file of settings; the others are of the command line, and for measuring."""


def test_the_generated_files_are_those_of_the_protocol() -> None:
    """To accept a change of the protocol: python scripts/gen_protocol_ts.py, and read the difference."""
    spec = importlib.util.spec_from_file_location("gen_protocol_ts", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [path.name for path, text in module.files().items() if path.read_text(encoding="utf-8") != text]
    assert stale == []


def test_jupyterlab_offers_every_setting_under_its_name() -> None:
    schema = json.loads((ROOT / "labextension" / "schema" / "plugin.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(SETTING_NAMES) - NOT_OF_THE_PANEL
    for name, setting in schema["properties"].items():
        assert f"SMALLCODE_{name.upper()}" in setting["description"]


def test_the_panel_translates_what_the_kernel_says_about_files_put_back() -> None:
    words = (ROOT / "labextension" / "src" / "words.ts").read_text(encoding="utf-8")
    for paths in ((), ("a.py",)):
        sentence = undo_sentence(UndoReport(entry_id="e", paths=paths)).replace("a.py", "%1")
        assert f"later('{sentence}')" in words


def test_messages_survive_json() -> None:
    hunk = say.HunkRange(before_start=1, before_end=2, after_start=1, after_end=3)
    for message in (
        say.Accept(changes="c1", path="a.py", hunks=(hunk,)),
        say.Run(words="do {it}", surface="files", policy="plan"),
        say.Told(text="done", settings=(say.Setting(name="model", value="", source="default"),)),
    ):
        assert decode(type(message), encode(message)) == message


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"type": "explode"},
        {"type": "run"},
        {"type": "run", "words": 7},
        {"type": "run", "words": "x", "policy": "yolo"},
        {"type": "accept", "changes": "c", "hunks": [{"before_start": "0"}]},
        {"type": ["run"], "words": "x"},
    ],
)
def test_what_is_no_deed_is_refused_in_a_sentence(data: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="not understood"):
        say.read_deed(data)


def test_what_is_sent_is_utf8_whatever_the_model_wrote() -> None:
    said = say.Events(
        envelopes=(Envelope(run="r", seq=0, at=0.0, event=ModelDelta(turn=1, text="half \ud83d é")),)
    )
    sent = json.dumps(say.to_message(said), ensure_ascii=False)
    assert "half ? é" in sent.encode().decode()
