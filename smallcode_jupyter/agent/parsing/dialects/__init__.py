"""The ways in which models write calls: one file each, in the order in which they are tried. The first that finds a
call decides; what is beside it stays text.

The order follows one rule: the surer a sign, the earlier. A sign is surer the less ordinary text or code could hold it.

1. What the server itself reported (`native`) needs no guessing.
2. Special tokens of chat templates (`gemma` to `harmony`): no person and no program writes them.
3. Tags that are made for calls. Those that say more come first, since one may stand inside another: `llama`, `qwen-xml`
   and `glm` all stand inside Hermes' `<tool_call>`, so `hermes` is asked after them, and `xml`, which also knows tags
   named like tools, last.
4. Marks and labels that are words (`marked-arguments`, `tool-fence`), then JSON in the shape of a call, wherever it
   stands. These come before files and edits, because the text of a file is then a string inside the call: its fences
   and blocks are content. Not the other way round: a file that holds such a call is fenced, and a fence that begins
   with anything but JSON or a tag is not looked into.
5. `labelled` lines, before files, because their arguments often stand in a fence below them.
6. Edits before whole files: a fence with a diff or with blocks in it is no file.
7. `python-call` after files: a file may consist of calls, a call never of a file.
8. Single words, and words of intent: only where nothing else was said.
"""

from __future__ import annotations

from smallcode_jupyter.agent.parsing.dialects.category import CATEGORY
from smallcode_jupyter.agent.parsing.dialects.deepseek import DEEPSEEK
from smallcode_jupyter.agent.parsing.dialects.fenced_file import FENCED_FILE
from smallcode_jupyter.agent.parsing.dialects.gemma import GEMMA
from smallcode_jupyter.agent.parsing.dialects.glm import GLM
from smallcode_jupyter.agent.parsing.dialects.harmony import HARMONY
from smallcode_jupyter.agent.parsing.dialects.hermes import HERMES
from smallcode_jupyter.agent.parsing.dialects.intent import INTENT
from smallcode_jupyter.agent.parsing.dialects.json_calls import JSON_CALLS
from smallcode_jupyter.agent.parsing.dialects.labelled import LABELLED
from smallcode_jupyter.agent.parsing.dialects.liquid import LIQUID
from smallcode_jupyter.agent.parsing.dialects.llama import LLAMA
from smallcode_jupyter.agent.parsing.dialects.marked_arguments import MARKED_ARGUMENTS
from smallcode_jupyter.agent.parsing.dialects.mistral import MISTRAL
from smallcode_jupyter.agent.parsing.dialects.native import NATIVE
from smallcode_jupyter.agent.parsing.dialects.python_call import PYTHON_CALL
from smallcode_jupyter.agent.parsing.dialects.qwen_xml import QWEN_XML
from smallcode_jupyter.agent.parsing.dialects.search_replace import SEARCH_REPLACE
from smallcode_jupyter.agent.parsing.dialects.tool_fence import TOOL_FENCE
from smallcode_jupyter.agent.parsing.dialects.unified_diff import UNIFIED_DIFF
from smallcode_jupyter.agent.parsing.dialects.xml_calls import XML_CALLS
from smallcode_jupyter.agent.parsing.source import Dialect

__all__ = ["DIALECTS", "MARKED"]

MARKED: tuple[Dialect, ...] = (
    *(GEMMA, LIQUID, MISTRAL, DEEPSEEK, HARMONY),
    *(LLAMA, QWEN_XML, GLM, HERMES, XML_CALLS),
    *(MARKED_ARGUMENTS, TOOL_FENCE),
)
"""Those with a mark that nothing else has: the only ones that count inside a model's thinking."""

DIALECTS: tuple[Dialect, ...] = (
    NATIVE,
    *MARKED,
    *(JSON_CALLS, LABELLED),
    *(SEARCH_REPLACE, UNIFIED_DIFF, FENCED_FILE),
    *(PYTHON_CALL, CATEGORY, INTENT),
)
"""To add a dialect: a file here with a `Dialect`, its name in this list, and replies in `tests/data/replies/`."""
