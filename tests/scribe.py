"""A scribe for tests of the writer: what a faithful model would answer, and the ways in which others answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.endpoint import Behaviour, Body, completion

Points = list[dict[str, Any]]

_GISTS = (
    "从严开展检查",
    "抓实教育培训",
    "加大投入保障",
    "推进平台建设",
    "做好应急准备",
    "强化值班值守",
    "完善工作台账",
)


def asked(body: Body) -> Points:
    """The points that a section prompt asks for: [{"facts": […], "texts": […]}]."""
    text = str(body["messages"][-1]["content"])
    lists = re.findall(r"^\[\{.*\}\]$", text, re.MULTILINE)
    return list(json.loads(lists[-1])) if lists else []


def faithful(body: Body) -> Points:
    """Every point worded in its facts' own words."""
    return [
        {"facts": point["facts"], "gist": _GISTS[index % len(_GISTS)], "text": "；".join(point["texts"]) + "。"}
        for index, point in enumerate(asked(body))
    ]


def answer(points: Points) -> Behaviour:
    return completion(json.dumps({"points": points}, ensure_ascii=False))


def scribe(*mistakes: Callable[[Points], Points] | Behaviour) -> Callable[[Body], Behaviour]:
    """A script: one mistake a call, then faithful answers. A mistake is a behaviour, or a change to faithful points."""
    left = list(mistakes)

    def behave(body: Body) -> Behaviour:
        if not left:
            return answer(faithful(body))
        mistake = left.pop(0)
        changed = _changed(mistake, faithful(body))
        return changed if changed is not None else mistake  # type: ignore[return-value]

    return behave


def _changed(mistake: Any, points: Points) -> Behaviour | None:
    return answer(mistake(points)) if getattr(mistake, "changes_points", False) else None


def change(edit: Callable[[Points], Points]) -> Callable[[Points], Points]:
    """Marks a function as a mistake made in the points."""
    edit.changes_points = True  # type: ignore[attr-defined]
    return edit


def text(old: str, new: str) -> Callable[[Points], Points]:
    """The mistake of writing `new` for `old` in the first point whose text holds it."""

    @change
    def edit(points: Points) -> Points:
        for point in points:
            if old in point["text"]:
                point["text"] = point["text"].replace(old, new, 1)
                break
        return points

    return edit
