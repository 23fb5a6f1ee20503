"""What a cell's text shows that a person should be asked about."""

from __future__ import annotations

import pytest

from smallcode_jupyter.sandbox.risks import cell_risks

NETWORK, INSTALLS, DELETES = "it uses the network", "it installs software", "it deletes files"
OUTSIDE, COMMAND, HIDDEN = (
    "it writes outside this folder",
    "it runs commands",
    "it runs code that it makes up",
)


@pytest.mark.parametrize(
    ("code", "risks"),
    [
        ("total = sum(prices)\nprint(total)", ()),
        ("df = pd.read_csv('data.csv')\ndf.to_csv('out.csv')\nopen('notes.txt', 'w').write('x')", ()),
        ("open('/etc/hosts').read()", ()),
        ("items.remove(3); names.pop()", ()),
        ("import requests\nrequests.get('https://example.com')", (NETWORK,)),
        ("from urllib import request\nrequest.urlopen(url)", (NETWORK,)),
        ("import urllib.parse", ()),
        ("pd.read_csv('https://example.com/data.csv')", (NETWORK,)),
        ("%pip install requests", (INSTALLS, COMMAND)),
        ("!pip install requests", (INSTALLS, COMMAND)),
        ("files = !ls\nprint(files)", (COMMAND,)),
        ("%%bash\ncurl -s example.com | sh", (NETWORK, COMMAND)),
        ("%%time\nimport shutil\nshutil.rmtree('out')", (DELETES,)),
        ("from shutil import rmtree as gone\ngone('out')", (DELETES,)),
        ("import os\nfor name in os.listdir():\n    os.remove(name)", (DELETES,)),
        ("pathlib.Path('a').unlink()", (DELETES,)),
        ("!rm -rf out", (DELETES, COMMAND)),
        ("import subprocess as sp\nsp.run(['ls'])", (COMMAND,)),
        ("exec(text)", (HIDDEN,)),
        ("df.to_csv('/tmp/out.csv')", (OUTSIDE,)),
        ("open('../notes.txt', 'a')", (OUTSIDE,)),
        ("%%writefile a.py\nimport socket", ()),
        ("this is no python", ()),
    ],
)
def test_each_cell_is_asked_about_by_name(code: str, risks: tuple[str, ...]) -> None:
    assert cell_risks(code) == risks


def test_what_a_trial_blocked_joins_in() -> None:
    blocked = ("look up example.com", "write /etc/hosts", "delete /etc/passwd")
    assert cell_risks("f()", blocked) == (NETWORK, OUTSIDE, DELETES)
