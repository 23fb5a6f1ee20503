"""Finding a server and a model on it, and how large its window really is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from models_fake_server import FakeServer, Handler, Step, answer, silent

from smallcode_jupyter.models.choosing import ModelChoice, list_choices
from smallcode_jupyter.models.discovery import discover, find_servers
from smallcode_jupyter.models.masked import MaskedModel
from smallcode_jupyter.models.servers import ServedModel, identify_server
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import (
    AccessDenied,
    ConfigError,
    NoModel,
    NoServer,
    ServerFault,
    StreamBroken,
    UnknownModel,
)

MODELS = "/v1/models"
LLAMA = {
    "data": [
        {"id": "qwen2.5-coder-1.5b", "owned_by": "llamacpp", "meta": {"n_ctx": 16384, "n_ctx_train": 32768}}
    ]
}


def names(*ids: str) -> Step:
    return answer({"object": "list", "data": [{"id": name, "object": "model"} for name in ids]})


def by_model(answers: dict[str, object]) -> Step:
    """Ollama's /api/show."""

    def step(handler: Handler) -> None:
        wanted = handler.server.fake.asked("/api/show")[-1].body["model"]
        answer(answers[wanted])(handler)

    return step


def test_llama_window_is_that_of_one_slot(server: FakeServer) -> None:
    server.on(MODELS, answer(LLAMA))
    server.on("/props", answer({"default_generation_settings": {"n_ctx": 4096}, "total_slots": 4}))
    facts = identify_server(server.base_url)

    assert facts.kind == "llama.cpp"
    assert facts.models == (
        ServedModel(name="qwen2.5-coder-1.5b", context_window=4096, is_window_known=True),
    )


def test_what_can_be_chosen_where_an_address_is_set_is_what_its_server_has(server: FakeServer) -> None:
    server.on(MODELS, names("small", "large"))
    where = f"openai-compatible at {server.base_url}"
    assert list_choices(ModelSettings(base_url=server.base_url)) == (
        ModelChoice(name="small", where=where),
        ModelChoice(name="large", where=where),
    )


def test_what_can_be_chosen_is_what_runs_here_and_then_files(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine.gguf").write_bytes(b"GGUF" + bytes(64))
    server.on(MODELS, names("served"))
    choices = list_choices(ModelSettings(), local_servers=(server.base_url,))
    assert [choice.name for choice in choices] == ["served", "mine"]
    assert choices[-1].where == "built in"


def test_llama_without_props_has_the_window_of_its_list(server: FakeServer) -> None:
    server.on(MODELS, answer(LLAMA))
    assert identify_server(server.base_url).models[0].context_window == 16384


def test_vllm_window(server: FakeServer) -> None:
    server.on(MODELS, answer({"data": [{"id": "m", "owned_by": "vllm", "max_model_len": 32768}]}))
    facts = identify_server(server.base_url)

    assert facts.kind == "vllm"
    assert facts.models == (ServedModel(name="m", context_window=32768, is_window_known=True),)


def test_lmstudio_windows_and_only_models_that_talk(server: FakeServer) -> None:
    server.on(MODELS, names("far", "near", "text-embedding"))
    rows = [
        {"id": "far", "type": "llm", "state": "not-loaded", "max_context_length": 131072},
        {
            "id": "near",
            "type": "vlm",
            "state": "loaded",
            "loaded_context_length": 8192,
            "max_context_length": 131072,
        },
        {"id": "text-embedding", "type": "embeddings", "state": "loaded"},
    ]
    server.on("/api/v0/models", answer({"data": rows}))
    facts = identify_server(server.base_url)

    assert facts.kind == "lmstudio"
    assert facts.models == (
        ServedModel(name="near", context_window=8192, is_window_known=True),
        ServedModel(name="far", context_window=4096, is_window_known=False, is_loaded=False),
    )


def test_a_model_that_ollama_sends_on_counts_as_another_machine(server: FakeServer) -> None:
    server.on(MODELS, names("qwen3-coder:480b-cloud", "plain:latest"))
    server.on("/api/version", answer({"version": "0.12.3"}))
    row = {
        "name": "qwen3-coder:480b-cloud",
        "remote_model": "qwen3-coder:480b",
        "remote_host": "https://ollama.com:443",
    }
    server.on("/api/tags", answer({"models": [row, {"name": "plain:latest", "digest": "abc"}]}))
    address = server.base_url
    assert discover(ModelSettings(base_url=address)).info.name == "plain:latest"
    with pytest.raises(ConfigError, match=r"remote allow https://ollama\.com`"):
        discover(ModelSettings(base_url=address, model="qwen3-coder:480b-cloud"))
    allowed = ModelSettings(base_url=address, model="qwen3-coder:480b-cloud", allowed=("https://ollama.com",))
    assert isinstance(discover(allowed), MaskedModel)
    assert not server.asked("/v1/chat/completions")


def test_ollama_says_the_window_that_is_in_use_not_the_one_the_model_could_have(server: FakeServer) -> None:
    server.on(MODELS, names("plain:latest", "set:7b", "hot:4b"))
    server.on("/api/version", answer({"version": "0.9.1"}))
    loaded = {"name": "hot:4b", "context_length": 8192, "size": 100, "size_vram": 100}
    server.on("/api/ps", answer({"models": [loaded]}))
    trained = {"model_info": {"qwen2.context_length": 131072}}
    server.on(
        "/api/show",
        by_model({"plain:latest": trained, "set:7b": {**trained, "parameters": "num_ctx    16384\nstop x"}}),
    )
    facts = identify_server(server.base_url)

    assert facts.kind == "ollama"
    assert facts.models == (
        ServedModel(name="hot:4b", context_window=8192, is_window_known=True, device="GPU"),
        ServedModel(name="plain:latest", context_window=4096, is_window_known=False, is_loaded=False),
        ServedModel(name="set:7b", context_window=16384, is_window_known=True, is_loaded=False),
    )


def test_old_ollama_has_half_the_window(server: FakeServer) -> None:
    server.on(MODELS, names("m"))
    server.on("/api/version", answer({"version": "0.5.13"}))
    assert identify_server(server.base_url).models[0].context_window == 2048


def test_window_that_only_shows_with_the_first_answer_is_found_then(server: FakeServer) -> None:
    server.on(MODELS, names("m"))
    server.on("/api/version", answer({"version": "0.9.1"}))
    model = discover(ModelSettings(base_url=server.base_url))
    assert (model.info.context_window, model.info.is_window_known) == (4096, False)

    server.on("/api/ps", answer({"models": [{"name": "m", "context_length": 32768}]}))
    model._learn_window()
    assert (model.info.context_window, model.info.is_window_known) == (32768, True)


def test_unknown_kind_of_server_is_asked_as_openai_compatible(server: FakeServer) -> None:
    server.on(MODELS, names("m"))
    model = discover(ModelSettings(base_url=server.base_url))

    assert model.info == server.info(name="m", is_window_known=False)


@pytest.mark.parametrize(
    ("setting", "window"), [(8192, 8192), (99999, 16384)], ids=["less is taken", "more than there is, is not"]
)
def test_setting_of_the_window(server: FakeServer, setting: int, window: int) -> None:
    server.on(MODELS, answer(LLAMA))
    model = discover(ModelSettings(base_url=server.base_url, context_window=setting))
    assert (model.info.context_window, model.info.is_window_known) == (window, True)


def test_setting_of_the_window_counts_where_the_server_does_not_say(server: FakeServer) -> None:
    server.on(MODELS, names("m"))
    model = discover(ModelSettings(base_url=server.base_url, context_window=65536))
    assert (model.info.context_window, model.info.is_window_known) == (65536, True)


@pytest.mark.parametrize("written", ["{root}", "{root}/", "{root}/v1/", "{root}/v1/chat/completions"])
def test_address_may_be_written_in_any_usual_way(server: FakeServer, written: str) -> None:
    server.on(MODELS, names("m"))
    address = written.format(root=server.base_url.removesuffix("/v1"))
    assert discover(ModelSettings(base_url=address)).info.base_url == server.base_url


@pytest.mark.parametrize(
    "address", ["localhost:8080", "ftp://127.0.0.1/v1", "http://", "nonsense", "http://a b/", "http://[::1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="no address"):
        discover(ModelSettings(base_url=address))


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.5:8080/v1",
        "https://api.example.com/v1",
        "http://127.0.0.1@example.com/v1",
        "http://localhost.example.com",
    ],
)
def test_another_machine_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(ConfigError, match="not on this machine"):
        discover(ModelSettings(base_url=address))


def test_another_machine_may_be_allowed() -> None:
    with pytest.raises(NoServer):
        discover(ModelSettings(base_url="http://host.invalid/v1", allowed=("host.invalid",)))


def test_model_of_the_settings_is_taken_by_any_spelling(server: FakeServer) -> None:
    server.on(MODELS, names("other", "Qwen/Qwen2.5-Coder-7B:latest"))
    model = discover(ModelSettings(base_url=server.base_url, model="qwen2.5-coder-7b"))
    assert model.info.name == "Qwen/Qwen2.5-Coder-7B:latest"
    assert model.info.profile.name == "qwen2.5-coder"


def test_without_a_name_the_best_for_code_is_taken(server: FakeServer) -> None:
    server.on(MODELS, names("nomic-embed-text", "llama3.2:3b", "qwen2.5-coder:1.5b"))
    assert discover(ModelSettings(base_url=server.base_url)).info.name == "qwen2.5-coder:1.5b"


def test_wrong_model_name_names_those_that_exist_closest_first(server: FakeServer) -> None:
    server.on(MODELS, names("llama3.2:3b", "qwen2.5-coder:7b"))
    with pytest.raises(UnknownModel) as caught:
        discover(ModelSettings(base_url=server.base_url, model="qwen2.5-coder:70b"))
    assert "qwen2.5-coder:7b, llama3.2:3b" in caught.value.why
    assert "'qwen2.5-coder:7b'" in caught.value.hint
    assert caught.value.exit_status == 3


@pytest.mark.parametrize("data", [[], None])
def test_server_without_a_model(server: FakeServer, data: object) -> None:
    server.on(MODELS, answer({"object": "list", "data": data}))
    with pytest.raises(NoModel, match="no model to talk to") as caught:
        discover(ModelSettings(base_url=server.base_url))
    assert type(caught.value) is NoModel


def test_no_server_at_the_address(closed_port: int) -> None:
    with pytest.raises(NoServer, match=str(closed_port)):
        discover(ModelSettings(base_url=f"http://127.0.0.1:{closed_port}"))


def test_web_page_at_the_address(server: FakeServer) -> None:
    server.on(MODELS, answer("<html>hello</html>"))
    with pytest.raises(StreamBroken, match="no OpenAI-compatible server"):
        discover(ModelSettings(base_url=server.base_url))


def test_key_is_wanted(server: FakeServer) -> None:
    server.on(MODELS, answer({"error": {"message": "no key"}}, status=401))
    with pytest.raises(AccessDenied):
        discover(ModelSettings(base_url=server.base_url))


def test_loading_server_at_the_address_is_waited_for(server: FakeServer) -> None:
    loading = answer({"error": {"message": "Loading model", "type": "unavailable_error"}}, status=503)
    server.on(MODELS, loading, loading, answer(LLAMA))
    assert discover(ModelSettings(base_url=server.base_url)).info.name == "qwen2.5-coder-1.5b"


def test_broken_server_at_the_address(server: FakeServer) -> None:
    server.on(MODELS, answer({"error": "boom"}, status=500))
    with pytest.raises(ServerFault):
        discover(ModelSettings(base_url=server.base_url))


def test_running_server_is_found_and_gets_no_key(server: FakeServer, closed_port: int) -> None:
    server.on(MODELS, names("m"))
    places = (f"http://127.0.0.1:{closed_port}/v1", server.base_url)
    model = discover(ModelSettings(api_key="secret"), local_servers=places)

    assert model.info.base_url == server.base_url
    assert "secret" not in str([one.headers for one in server.received])


def test_port_with_something_else_on_it_is_passed_over(server: FakeServer) -> None:
    server.on(MODELS, answer("<html>JupyterHub</html>"))
    assert find_servers((server.base_url,)) == ()


def test_port_that_never_answers_is_passed_over(server: FakeServer) -> None:
    server.on(MODELS, silent)
    assert find_servers((server.base_url,)) == ()


@dataclass
class Embedded:
    base_url: str
    device: str = "CPU, 2 threads"


def test_embedded_server_is_started_where_none_runs(server: FakeServer, closed_port: int) -> None:
    server.on(MODELS, answer(LLAMA))
    wanted: list[str | None] = []

    def start(name: str | None) -> Embedded:
        wanted.append(name)
        return Embedded(base_url=server.base_url)

    places = (f"http://127.0.0.1:{closed_port}/v1",)
    model = discover(ModelSettings(model="1.5b"), start_embedded=start, local_servers=places)

    assert wanted == ["1.5b"]
    assert (model.info.server, model.info.device) == ("embedded", "CPU, 2 threads")
    assert model.info.context_window == 16384


def test_nothing_anywhere_says_what_to_do(closed_port: int) -> None:
    with pytest.raises(NoServer) as caught:
        discover(ModelSettings(), local_servers=(f"http://127.0.0.1:{closed_port}/v1",))
    assert "smallcode models pull" in caught.value.hint
    assert caught.value.exit_status == 3


def test_name_that_nobody_has(server: FakeServer) -> None:
    server.on(MODELS, names("tinyllama"))

    def start(name: str | None) -> Embedded:
        raise AssertionError("not in the catalogue, so not to be started")

    with pytest.raises(UnknownModel) as caught:
        discover(ModelSettings(model="tinylama"), start_embedded=start, local_servers=(server.base_url,))
    assert caught.value.why.startswith("There are: tinyllama, ")
