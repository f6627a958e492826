"""Why a section is out of date: which fact, which prompt, which model, in the user's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from drafting.regeneration.drafts import MadeSection

_SHARED = {"model": "模型", "prompts": "提示词", "profile": "文种的写法", "settings": "调用设置"}
_SHOWN = 30


def because(old: MadeSection, new: MadeSection) -> tuple[str, ...]:
    """What changed from the section as it was made to the section as it should be, each in a few words."""
    return tuple(_changes(old, new))


def _changes(old: MadeSection, new: MadeSection) -> Iterator[str]:
    if old.heading != new.heading:
        yield f"标题由“{old.heading}”改为“{new.heading}”"
    yield from _facts(old.facts, new.facts)
    if old.facts == new.facts and old.grouped != new.grouped:
        yield "事实的分组变了"
    yield from _of_run(old.shared, new.shared)


def _facts(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    if sorted(old) == sorted(new):
        if list(old) != list(new):
            yield "事实的顺序变了"
        return
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        for before, after in zip(old[a:b], new[c:d], strict=False):
            yield f"事实{_quoted(before)}改为{_quoted(after)}"
        for before in old[a + (d - c) : b]:
            yield f"删去事实{_quoted(before)}"
        for after in new[c + (b - a) : d]:
            yield f"新增事实{_quoted(after)}"


def _of_run(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name, word in _SHARED.items():
        if old.get(name) != new.get(name):
            yield f"{word}由 {old.get(name)} 改为 {new.get(name)}" if name == "model" else f"{word}变了"


def _quoted(fact: str) -> str:
    text = str(json.loads(fact)["text"])
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"
