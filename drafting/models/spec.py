"""ModelSpec: `PROVIDER:NAME`, the one way in which a model is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.errors import ModelSetupError

_PROVIDER = re.compile(r"[a-z][a-z0-9_]*")
_EXAMPLES = "openai:gpt-4o-mini、gguf:qwen2.5-coder-1.5b、gguf:/路径/模型.gguf 或 composer"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """`openai:NAME`, `gguf:NAME|PATH`, `composer` (no model; its name is empty), or a provider of LangChain's."""

    provider: str
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> ModelSpec:
        """Reads a spec; `str` of the result reads back the same. A name may hold colons (openai:qwen2.5:7b).

        Raises ModelSetupError for anything that is no spec. Whether the provider exists is seen when it is opened.
        """
        provider, colon, name = text.strip().partition(":")
        provider, name = provider.strip().lower(), name.strip()
        if provider == "composer" and not colon:
            return cls("composer")
        if not name or provider == "composer" or not _PROVIDER.fullmatch(provider):
            raise ModelSetupError(f"看不懂的模型“{text}”：请写成 提供方:名称，如 {_EXAMPLES}")
        return cls(provider, name)

    @property
    def is_composer(self) -> bool:
        return self.provider == "composer"

    @property
    def is_embedded(self) -> bool:
        return self.provider == "gguf"

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}" if self.name else self.provider
