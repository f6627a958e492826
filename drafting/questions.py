"""What a model is asked: rules first, then facts as data, then the drafter's wish; and what is said to an answer that was wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafting import prompts
from drafting.models import Answer, Message, Outcome, Unit
from drafting.outline import PlannedPoint, PlannedSection
from drafting.profile import Profile
from drafting.prompts import Prompt
from drafting.verification import Problem

NO_WORDING: Mapping[Outcome, str] = {
    "complete": "应答不是所要的 JSON 对象，或缺少要点",
    "cut": "应答被截断",
    "empty": "应答为空",
    "refused": "模型拒绝作答",
    "garbled": "应答不完整",
}
"""The problem of an answer in which a point's wording is not to be found."""

_PROMPTS: Mapping[Unit, tuple[str, ...]] = {
    "point": ("word-point", "word-point-facts", "repair-point"),
    "section": ("word-section", "word-section-facts", "repair-section"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the drafter wants of a rewording (更简洁), and the points' texts as they stand, by their facts' ids."""

    instruction: str
    standing: Mapping[tuple[str, ...], str] = field(default_factory=dict)


def of_point(profile: Profile, point: PlannedPoint, wish: Wish | None) -> list[Message]:
    """The question for one point."""
    facts = prompts.load("word-point-facts").render(facts=_facts(point))
    return _opening("word-point", profile, facts, [point], wish)


def called(section: PlannedSection) -> dict[str, str]:
    """What a section's facts are called towards a model, by their ids: F1, F2, … in each section.

    A fact that is put in elsewhere renumbers the brief; the questions about this section, and with them its key, stay as they were.
    """
    facts = (fact for point in section.points for fact in point.facts)
    return {fact.id: f"F{number}" for number, fact in enumerate(facts, start=1)}


def of_section(
    profile: Profile, heading: str, points: Sequence[PlannedPoint], names: Mapping[str, str], wish: Wish | None
) -> list[Message]:
    """The question for points of one section; `names` as `called` gives them."""
    facts = prompts.load("word-section-facts").render(heading=heading, points=_as_json(points, names))
    return _opening("word-section", profile, facts, points, wish, names)


def again_of_point(answer: Answer, found: Sequence[Problem], point: PlannedPoint) -> list[Message]:
    """The answer that was wrong, and what is said to it."""
    listed = "\n".join(f"- {problem.message}" for problem in found)
    return _exchange(answer, prompts.load("repair-point").render(problems=listed, facts=_facts(point)))


def again_of_section(
    answer: Answer,
    wrong: Mapping[tuple[str, ...], Sequence[Problem]],
    points: Sequence[PlannedPoint],
    names: Mapping[str, str],
) -> list[Message]:
    """The answer, what was `wrong` in it by the points' facts, and the points that are left to be worded."""
    told = (f"{_listed(ids, names)}：{'；'.join(problem.message for problem in found)}" for ids, found in wrong.items())
    asked = _as_json(points, names)
    return _exchange(answer, prompts.load("repair-section").render(problems="\n".join(told), points=asked))


def used(unit: Unit, wish: Wish | None) -> Iterator[Prompt]:
    """The prompts that such questions are made of."""
    return (prompts.load(name) for name in (*_PROMPTS[unit], *(("wish",) if wish else ())))


def _opening(
    rules: str,
    profile: Profile,
    facts: str,
    points: Sequence[PlannedPoint],
    wish: Wish | None,
    names: Mapping[str, str] | None = None,
) -> list[Message]:
    """The rules are the same for every question of a kind and come first, so that prefix caches hit."""
    diction = "；".join(profile.diction) or "庄重、简明、准确"
    told = prompts.load(rules).render(kind=profile.name, diction=diction)
    if wish is not None:
        standing = {_listed(point.ids, names or {}): wish.standing.get(point.ids, "") for point in points}
        wanted = prompts.load("wish").render(
            instruction=json.dumps(wish.instruction, ensure_ascii=False),
            standing=json.dumps(standing, ensure_ascii=False),
        )
        facts = f"{facts}\n\n{wanted}"
    return [Message("system", told), Message("user", facts)]


def _exchange(answer: Answer, again: str) -> list[Message]:
    return [Message("assistant", answer.text or "（无）"), Message("user", again)]


def _facts(point: PlannedPoint) -> str:
    return "；".join(fact.text for fact in point.facts)


def _as_json(points: Sequence[PlannedPoint], names: Mapping[str, str]) -> str:
    told = [
        {"facts": [names[id] for id in point.ids], "texts": [fact.text for fact in point.facts]} for point in points
    ]
    return json.dumps(told, ensure_ascii=False)


def _listed(ids: Sequence[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(id, id) for id in ids)
