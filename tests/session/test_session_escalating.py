"""A stronger model steps in after the first has failed: off by default, asked about, within a budget, told aloud."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from session_log import Log

sys.path.insert(0, str(Path(__file__).parent.parent / "models"))

from models_fake_server import CHAT, FakeHTTPServer, FakeServer, Handler, answer, delta, finish, stream

from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.events import Notice
from smallcode_jupyter.session.config import load_settings, trust
from smallcode_jupyter.session.results import RunResult
from smallcode_jupyter.session.session import Session

STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WRONG = f"```python tools.py\n{STUB}    return x + 3\n```"
WRONG_TOO = f"```python tools.py\n{STUB}    return x * x\n```"
WORDS = "Implement double in tools.py."
USAGE = {"usage": {"prompt_tokens": 1000, "completion_tokens": 100}}
Run = Callable[..., RunResult]


class Person:
    def __init__(self, *choices: str) -> None:
        self.choices = list(choices)
        self.asked: list[AskUser] = []

    def __call__(self, question: AskUser) -> Answer:
        self.asked.append(question)
        return Answer(choice=self.choices.pop(0))


@pytest.fixture
def stronger() -> Iterator[FakeServer]:
    fake = FakeServer()
    fake.on("/v1/models", answer({"data": [{"id": "strong"}]}))
    fake.on(CHAT, stream(delta(content=GOOD), finish(**USAGE)))
    with FakeHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.fake = fake
        fake.base_url = f"http://127.0.0.1:{http.server_address[1]}/v1"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield fake
        http.shutdown()


@pytest.fixture
def run(project: Path, tmp_path: Path, log: Log, stronger: FakeServer) -> Run:
    (project / "tools.py").write_text(STUB)

    def run(*replies: str, person: Person | None = None, **given: object) -> RunResult:
        wanted = {"stronger_url": stronger.base_url, "max_calls": 5, **given}
        session = Session(
            root=project,
            settings=load_settings(project, given=wanted),
            model=ScriptedModel(replies),
            ask=person,
            state=tmp_path / "state",
        )
        return session.run(WORDS, surface="files", on_event=log)

    return run


def notes(log: Log) -> dict[str, str]:
    """The first of each code."""
    found = [event.problem for event in log.of(Notice)]  # type: ignore[attr-defined]
    return {problem.code: str(problem) for problem in reversed(found)}


def prompt_of(stronger: FakeServer) -> str:
    return "\n".join(message["content"] for message in stronger.asked(CHAT)[0].body["messages"])


def test_it_is_off_unless_switched_on(run: Run, stronger: FakeServer) -> None:
    run(*[WRONG] * 5)
    assert stronger.received == []


def test_after_two_failures_the_stronger_model_is_given_the_best_state_and_solves_it(
    run: Run, stronger: FakeServer, log: Log
) -> None:
    result = run(WRONG, WRONG_TOO, escalate="auto", stronger_price="3/15")
    assert result.finished.outcome == "validated"
    assert stronger.asked(CHAT)
    prompt = prompt_of(stronger)
    assert "Another model tried this before you" in prompt
    assert "return x + 3" in prompt or "return x * x" in prompt
    assert "expected 8" in prompt
    said = notes(log)
    assert "strong on a server of this machine" in said["escalated"]
    assert "tools.py: 5 of 5 lines" in said["escalated"]
    assert "$0.25 in this run" in said["escalated"]
    assert "read 1,000 and wrote 100 tokens" in said["asked_stronger"]
    assert "$0.0045" in said["asked_stronger"]


def test_what_works_is_never_escalated(run: Run, stronger: FakeServer) -> None:
    assert run(WRONG, GOOD, GOOD, GOOD, GOOD, escalate="auto").finished.outcome == "validated"
    assert stronger.received == []


def test_answers_that_cannot_be_used_count_as_failures(run: Run, stronger: FakeServer) -> None:
    assert run("", "", escalate="auto").finished.outcome == "validated"
    assert stronger.asked(CHAT)


def test_no_means_no(run: Run, stronger: FakeServer, log: Log) -> None:
    person = Person("no")
    result = run(WRONG, WRONG_TOO, GOOD, GOOD, GOOD, person=person, escalate="ask")
    assert result.finished.outcome == "validated"
    assert stronger.asked(CHAT) == []
    assert len(person.asked) == 1
    assert "price is not known" in person.asked[0].question
    assert (person.asked[0].choices, person.asked[0].default) == (("yes", "no", "show"), "no")
    assert "not_escalated" in notes(log)


def test_nobody_there_means_no(run: Run, stronger: FakeServer) -> None:
    run(*[WRONG] * 5, escalate="ask")
    assert stronger.asked(CHAT) == []


def test_the_whole_prompt_is_shown_before_it_is_sent(run: Run, stronger: FakeServer) -> None:
    person = Person("show", "yes")
    run(WRONG, WRONG_TOO, person=person, escalate="ask")
    for message in stronger.asked(CHAT)[0].body["messages"]:
        assert message["content"] in person.asked[1].question


@pytest.mark.parametrize(
    "limit", [{"escalate_tokens": 500}, {"escalate_dollars": 0.0001, "stronger_price": "3/15"}]
)
def test_the_budget_holds_before_anything_is_sent(
    run: Run, stronger: FakeServer, log: Log, limit: dict[str, object]
) -> None:
    run(*[WRONG] * 5, escalate="auto", **limit)
    assert stronger.asked(CHAT) == []
    assert "allowed" in notes(log)["too_dear"]


def test_the_budget_ends_the_stronger_models_turn_in_the_middle_of_a_run(
    run: Run, stronger: FakeServer, log: Log
) -> None:
    stronger.on(
        CHAT, stream(delta(content=WRONG), finish(usage={"prompt_tokens": 9000, "completion_tokens": 900}))
    )
    result = run(WRONG, WRONG_TOO, GOOD, GOOD, GOOD, escalate="auto", escalate_tokens=10_000)
    assert len(stronger.asked(CHAT)) == 1
    assert "budget_spent" in notes(log)
    assert result.finished.outcome == "validated"


def test_a_stronger_model_that_fails_leaves_the_run_to_the_first(
    run: Run, stronger: FakeServer, log: Log
) -> None:
    stronger.on(CHAT, answer({"error": {"message": "out of credit"}}, status=402))
    assert run(WRONG, WRONG_TOO, GOOD, GOOD, GOOD, escalate="auto").finished.outcome == "validated"
    assert "out of credit" in notes(log)["RequestRefused"]


def test_another_machine_is_told_no_secrets_and_the_file_keeps_them(
    run: Run, stronger: FakeServer, project: Path, log: Log
) -> None:
    key = "sk-proj-Zk3vQ9xT7bN2mLpR8sWd"
    (project / "tools.py").write_text(f"API_KEY = '{key}'\n\n\n{STUB}")
    masked = GOOD.replace("tools.py\n", "tools.py\nAPI_KEY = 'SECRET_1_HIDDEN'\n\n\n")
    stronger.on(CHAT, stream(delta(content=masked), finish()))
    # Not written as loopback addresses are, so it counts as another machine.
    far = stronger.base_url.replace("127.0.0.1", "127.1")
    person = Person("yes", "yes")
    replies = [
        text.replace("tools.py\n", f"tools.py\nAPI_KEY = '{key}'\n\n\n") for text in (WRONG, WRONG_TOO)
    ]
    result = run(*replies, person=person, escalate="ask", stronger_url=far, stronger_key="the-key-of-127")
    assert result.finished.outcome == "validated"
    sent = json.dumps(stronger.asked(CHAT)[0].body)
    assert key not in sent
    assert "SECRET_1_HIDDEN" in sent
    assert stronger.asked(CHAT)[0].headers["authorization"] == "Bearer the-key-of-127"
    assert result.changes.files[0].after is not None
    assert result.changes.files[0].after.startswith(f"API_KEY = '{key}'\n")
    assert "127.1 is not on this machine" in person.asked[0].question
    assert "1 secret masked" in person.asked[1].question


def test_a_mask_that_cannot_be_put_back_is_refused_aloud(run: Run, project: Path) -> None:
    broken = GOOD.replace("tools.py\n", "tools.py\nAPI_KEY = 'SECRET_7_HIDDEN'\n")
    result = run(broken, broken, broken, broken, broken)
    assert result.changes.is_empty
    assert (project / "tools.py").read_text() == STUB


def test_settings_that_do_not_fit_are_refused(run: Run, project: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="stronger_url"):
        run(WRONG, escalate="auto", stronger_url="")
    with pytest.raises(ConfigError, match="stronger_model"):
        run(WRONG, escalate="auto", stronger_url="anthropic")
    with pytest.raises(ConfigError, match="neither an address"):
        run(WRONG, escalate="auto", stronger_url="nobody")
    with pytest.raises(ConfigError, match="stronger_price"):
        run(WRONG, escalate="auto", stronger_price="cheap")
    (project / ".env").write_text("SMALLCODE_ESCALATE=auto\n")
    trust(project, tmp_path / "state")
    with pytest.raises(ConfigError, match=r"\.env"):
        load_settings(project, state=tmp_path / "state")


def test_keys_of_services_are_read_only_where_the_service_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from smallcode_jupyter.models.providers import load_providers, provider_of

    monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key")
    assert provider_of("anthropic").key(None) == "a-key"
    assert provider_of("anthropic").key("mine") == "mine"
    assert provider_of("deepseek").key(None) is None
    assert provider_of("https://api.anthropic.com/v1").key(None) is None
    assert all(provider.base_url.startswith("https://") for provider in load_providers().values())
