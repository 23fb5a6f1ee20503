"""Which profile a name gets."""

from __future__ import annotations

import pytest

from smallcode_jupyter.models.local.catalogue import CATALOGUE
from smallcode_jupyter.models.profiles import load_profiles, profile_for, rank_models

# Names as Ollama tags, repositories and GGUF files of a hub, and ids of LM Studio write them.
NAMES: dict[str, tuple[str, ...]] = {
    "qwen2.5-coder-small": (
        "qwen2.5-coder:0.5b",
        "qwen2.5-coder:1.5b-instruct-q4_K_M",
        "qwen2.5-coder-1.5b",
        "Qwen2.5-Coder-1.5B-Instruct-Q4_K_M.gguf",
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        "Qwen/Qwen2.5-Coder-3B-Instruct",
        "qwen2.5-coder-3b-instruct",
        "qwen/qwen2.5-coder-0.5b-instruct-mlx",
    ),
    "qwen2.5-coder": (
        "qwen2.5-coder:latest",
        "qwen2.5-coder:7b",
        "qwen2.5-coder-14b-instruct",
        "qwen2.5-coder:32b",
        "bartowski/Qwen2.5-Coder-32B-Instruct-GGUF",
        "qwen2.5-coder-7b-instruct-q4_k_m.gguf",
    ),
    "qwen3-coder": (
        "qwen3-coder:30b",
        "Qwen/Qwen3-Coder-30B-A3B-Instruct",
        "qwen/qwen3-coder-30b",
        "Qwen3-Coder-30B-A3B-Instruct-UD-Q4_K_XL.gguf",
        "qwen3-coder-next",
        "Qwen3-Next-80B-A3B-Instruct",
    ),
    "qwen3-instruct": (
        "qwen3:4b-instruct-2507-q4_K_M",
        "Qwen3-4B-Instruct-2507-GGUF",
        "qwen3-30b-a3b-instruct-2507",
    ),
    "qwen3-small": ("qwen3:0.6b", "Qwen3-1.7B-Q8_0.gguf", "qwen3.5:0.8b", "unsloth/Qwen3.5-2B-GGUF"),
    "qwen3": (
        "qwen3:8b",
        "qwen/qwen3-4b-thinking-2507",
        "Qwen3-14B-Q4_K_M.gguf",
        "qwen3.5:9b",
        "qwen3.6-27b",
        "qwq:32b",
    ),
    "qwen2.5": ("qwen2.5:7b", "Qwen2.5-3B-Instruct", "qwen2:1.5b", "codeqwen:7b"),
    "gemma4-e2b": (
        "gemma4:e2b",
        "google/gemma-4-e2b",
        "gemma-4-E2B-it-Q4_K_M.gguf",
        "unsloth/gemma-4-E2B-it-GGUF",
    ),
    "gemma4": (
        "gemma4:e4b",
        "gemma4:latest",
        "gemma4:26b",
        "google/gemma-4-26b-a4b",
        "gemma-4-26B-A4B-it-UD-Q4_K_XL.gguf",
        "google/gemma-4-E4B-it",
    ),
    "gemma3-small": (
        "gemma3:1b",
        "gemma3:270m",
        "gemma3-270m-it-Q4_K_M",
        "gemma3-270m",
        "google/gemma-3-1b",
        "gemma-3-270m-it-GGUF",
        "gemma3n:e2b",
    ),
    "gemma3": (
        "google/gemma-3-12b-it",
        "gemma3:4b",
        "gemma-3-4b-it-Q4_K_M.gguf",
        "gemma2:2b",
        "codegemma:7b",
    ),
    "devstral": (
        "devstral:24b",
        "devstral-small-2:24b",
        "mistralai/devstral-small-2507",
        "mistralai_Devstral-Small-2-24B-Instruct-2512-Q4_K_M.gguf",
    ),
    "magistral": ("magistral:24b", "mistralai/magistral-small-2509", "Magistral-Small-2506-GGUF"),
    "mistral-old": (
        "Mistral-7B-Instruct-v0.2",
        "mixtral:8x7b",
        "codestral:22b",
        "Codestral-22B-v0.1-Q4_K_M.gguf",
    ),
    "mistral": (
        "mistral:7b",
        "mistral-nemo",
        "ministral-3:8b",
        "mistralai/ministral-3-3b",
        "Mistral-7B-Instruct-v0.3.Q4_K_M.gguf",
        "Mistral-Small-3.2-24B-Instruct-2506",
    ),
    "deepseek-r1": (
        "deepseek-r1:1.5b",
        "deepseek-r1:8b",
        "DeepSeek-R1-Distill-Qwen-7B",
        "DeepSeek-R1-0528-Qwen3-8B-Q4_K_M.gguf",
        "deepseek/deepseek-r1-0528-qwen3-8b",
        "DeepSeek-R1-Distill-Llama-8B-GGUF",
    ),
    "deepseek-coder-small": ("deepseek-coder:1.3b", "deepseek-coder-1.3b-instruct.Q4_K_M.gguf"),
    "deepseek-coder": (
        "deepseek-coder:6.7b",
        "deepseek-coder-v2:16b",
        "DeepSeek-Coder-V2-Lite-Instruct-GGUF",
    ),
    "deepseek": ("deepseek-v3.1", "deepseek-llm:7b"),
    "smollm3": ("SmolLM3-3B", "ggml-org/SmolLM3-3B-GGUF", "smollm3-3b"),
    "smollm": (
        "SmolLM2-135M-Instruct",
        "smollm2:1.7b",
        "smollm2-135m",
        "smollm2-360m-instruct-q8_0.gguf",
        "smollm:360m",
    ),
    "lfm2.5": ("LFM2.5-1.2B-Instruct-Q4_K_M.gguf", "liquid/lfm2.5-1.2b", "LFM2.5-8B-A1B"),
    "lfm2": (
        "LFM2-1.2B",
        "LFM2-2.6B-GGUF",
        "liquid/lfm2-1.2b",
        "LFM2-8B-A1B-Q4_K_M.gguf",
        "hf.co/LiquidAI/LFM2-350M-GGUF",
    ),
    "granite-small": (
        "granite4:1b",
        "granite4:350m",
        "granite-4.0-1b-GGUF",
        "granite3.3:2b",
        "granite-3.3-2b-instruct",
    ),
    "granite": (
        "granite3.3:8b",
        "granite4:micro",
        "ibm/granite-4-h-tiny",
        "granite-4.0-h-small-Q4_K_M.gguf",
        "granite-code:8b",
    ),
    "phi-reasoning": (
        "phi4-reasoning:14b",
        "phi4-mini-reasoning",
        "microsoft/phi-4-reasoning-plus",
        "Phi-4-mini-reasoning-GGUF",
    ),
    "phi-mini": (
        "phi-4-mini-instruct",
        "phi4-mini:3.8b",
        "Phi-3.5-mini-instruct-Q4_K_M.gguf",
        "phi3:mini",
        "microsoft/Phi-4-mini-instruct",
    ),
    "phi": ("phi4:14b", "microsoft/phi-4", "phi-4-Q4_K_M.gguf", "phi3:medium"),
    "llama3-small": (
        "llama3.2:3b",
        "llama3.2:1b",
        "Llama-3.2-1B-Instruct-Q4_K_M.gguf",
        "lmstudio-community/Llama-3.2-3B-Instruct-GGUF",
        "tinyllama:1.1b",
    ),
    "llama3": (
        "llama3.1:8b",
        "Meta-Llama-3.1-8B-Instruct",
        "Meta-Llama-3-8B-Instruct.Q4_0.gguf",
        "llama3.3:70b",
        "meta/llama-3.3-70b",
    ),
    "codellama": ("codellama:7b-instruct", "CodeLlama-13b-Instruct-hf", "llama2:7b"),
    "gpt-oss": ("gpt-oss:20b", "openai/gpt-oss-20b", "gpt-oss-20b-mxfp4.gguf"),
    "default": ("something-nobody-heard-of", "", "starcoder2:3b"),
}


@pytest.mark.parametrize(
    ("profile", "name"), [(profile, name) for profile, names in NAMES.items() for name in names]
)
def test_family_of_a_name(profile: str, name: str) -> None:
    assert profile_for(name).name == profile
    assert profile_for(name.upper()).name == profile


def test_every_row_has_names_that_lead_to_it() -> None:
    assert {profile.name for _, profile in load_profiles().entries} | {"default"} == NAMES.keys()


def test_every_model_of_the_catalogue_has_the_profile_that_it_names() -> None:
    named = {entry.name: entry.profile for entry in CATALOGUE}
    assert {name: profile_for(name).name for name in named} == named


@pytest.mark.parametrize(
    "name", ["qwen3:8b", "deepseek-r1:8b", "gpt-oss:20b", "smollm3-3b", "phi4-mini-reasoning"]
)
def test_models_that_reason_are_never_asked_greedily(name: str) -> None:
    profile = profile_for(name)
    assert min(profile.temperature, *profile.temperature_steps) > 0.5
    assert "think" in profile.reasoning_tags


@pytest.mark.parametrize(
    ("name", "system", "tools", "parallel"),
    [
        ("gemma3:4b", False, False, True),
        ("mistral-7b-instruct-v0.2", False, False, True),
        ("gemma4:e4b", True, True, True),
        ("mistral-small3.2:24b", True, True, True),
        ("llama3.1:8b", True, True, False),
        ("deepseek-r1:7b", False, True, True),
        ("deepseek-coder:6.7b", True, False, True),
        ("qwen2.5-coder:7b", True, True, True),
    ],
)
def test_what_templates_refuse_is_known(name: str, system: bool, tools: bool, parallel: bool) -> None:
    profile = profile_for(name)
    assert (profile.has_system_role, profile.has_tool_role, profile.has_parallel_calls) == (
        system,
        tools,
        parallel,
    )


def test_native_calls_are_asked_for_only_where_the_template_has_them() -> None:
    profiles = [profile for _, profile in load_profiles().entries]
    assert [
        profile.name
        for profile in profiles
        if profile.tool_protocol == "native" and not profile.has_tool_role
    ] == []


def test_small_coders_are_asked_in_plain_blocks_with_whole_files() -> None:
    profile = profile_for("qwen2.5-coder:1.5b")
    assert (profile.tool_protocol, profile.edit_format, profile.temperature) == ("blocks", "whole", 0.0)


def test_every_profile_has_a_name_of_its_own_and_is_reached_by_a_pattern() -> None:
    names = [profile.name for _, profile in load_profiles().entries]
    assert len(set(names)) == len(names)
    for patterns, profile in load_profiles().entries:
        reached = {
            profile_for(pattern.replace("*", "-").replace("[013]", "1").replace("[345]", "4")).name
            for pattern in patterns
        }
        assert profile.name in reached


def test_models_that_cannot_talk_are_left_out() -> None:
    assert rank_models(("nomic-embed-text", "a", "bge-m3", "b-coder")) == ("b-coder", "a")
