"""Which profile a name gets."""

from __future__ import annotations

import pytest

from smallcode_jupyter.models.profiles import load_profiles, profile_for, rank_models


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("qwen2.5-coder:0.5b", "qwen2.5-coder-small"),
        ("Qwen2.5-Coder-1.5B-Instruct-Q4_K_M.gguf", "qwen2.5-coder-small"),
        ("Qwen/Qwen2.5-Coder-3B-Instruct", "qwen2.5-coder-small"),
        ("qwen2.5-coder:7b", "qwen2.5-coder"),
        ("qwen2.5-coder-14b-instruct", "qwen2.5-coder"),
        ("qwen2.5-coder:32b", "qwen2.5-coder"),
        ("qwen3-coder:30b", "qwen3-coder"),
        ("qwen3:8b", "qwen3"),
        ("gemma4:e4b", "gemma4"),
        ("google/gemma-3-12b-it", "gemma3"),
        ("gemma3:1b", "gemma3-small"),
        ("gemma3-270m-it-Q4_K_M", "gemma3-small"),
        ("llama3.2:3b", "llama3-small"),
        ("Meta-Llama-3.1-8B-Instruct", "llama3"),
        ("devstral:24b", "devstral"),
        ("mistral-nemo", "mistral"),
        ("Mistral-7B-Instruct-v0.2", "mistral-old"),
        ("phi-4-mini-instruct", "phi-mini"),
        ("phi4:14b", "phi"),
        ("granite3.3:8b", "granite"),
        ("LFM2-1.2B", "lfm2"),
        ("deepseek-coder:6.7b", "deepseek"),
        ("DeepSeek-R1-Distill-Qwen-7B", "deepseek-r1"),
        ("SmolLM2-135M-Instruct", "smollm"),
        ("something-nobody-heard-of", "default"),
        ("", "default"),
    ],
)
def test_family_of_a_name(name: str, profile: str) -> None:
    assert profile_for(name).name == profile


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
