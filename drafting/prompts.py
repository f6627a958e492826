"""Prompt templates: Markdown files with a header (id, purpose, inputs), rendered strictly, known by their fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from drafting.errors import ProfileError

_FILE = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template. `fingerprint` is the SHA-256 of the file's bytes and part of the key of every section it words."""

    id: str
    purpose: str
    inputs: frozenset[str]
    body: str
    fingerprint: str

    def render(self, **values: str) -> str:
        """The text with every slot filled, in one pass: braces inside a value stay as they are.

        Raises ProfileError where a value is missing or one is given that the prompt does not name.
        """
        if set(values) != self.inputs:
            wrong = ", ".join(sorted(set(values) ^ self.inputs))
            raise ProfileError(f"提示词 {self.id} 的输入不符：{wrong}")
        return _SLOT.sub(lambda match: values[match.group(1)], self.body).strip()


@lru_cache(maxsize=32)
def load(name: str) -> Prompt:
    """The shipped prompt of that id (prompts/<id>.md). Raises ProfileError where its header and slots do not agree."""
    data = files("prompts").joinpath(f"{name}.md").read_bytes()
    match = _FILE.match(data.decode("utf-8"))
    if match is None:
        raise ProfileError(f"提示词 {name} 缺少 --- 开头的说明")
    head = dict(line.split(": ", 1) for line in match["head"].splitlines())
    inputs = frozenset(filter(None, (word.strip() for word in head["inputs"].split(","))))
    slots = frozenset(_SLOT.findall(match["body"]))
    if inputs != slots or head["id"] != name:
        raise ProfileError(f"提示词 {name} 的说明与正文不符：{', '.join(sorted(inputs ^ slots)) or head['id']}")
    return Prompt(name, head["purpose"], inputs, match["body"], hashlib.sha256(data).hexdigest())


def fingerprint(prompts: Iterable[Prompt]) -> str:
    """One fingerprint for the prompts that a way of wording uses."""
    return hashlib.sha256("".join(prompt.fingerprint for prompt in prompts).encode()).hexdigest()


def names() -> list[str]:
    """The ids of all shipped prompts."""
    return sorted(entry.name.removesuffix(".md") for entry in files("prompts").iterdir() if entry.name.endswith(".md"))
