"""Worded sections in the workspace, by their keys: committed as each is done, so that a run that broke off asks for none of them again.

Facts are named by their place in the section: their ids change where a fact is put in elsewhere. Rows are not in the audit chain: they are
no one's words until a version holds them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from drafting.canonical import canonical
from drafting.facts import Fact
from drafting.models import Answer
from drafting.outline import PlannedPoint
from drafting.report import Point, Provenance
from drafting.workspace.tables import answers, wordings
from drafting.workspace.usage import Spent

_AT_ONCE = 500
"""SQLite takes some thousand parameters in a statement."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The points of a section as they were worded, their facts by place; `context` is what they were held against, `spent` what they cost."""

    context: str
    points: tuple[Point, ...]
    spent: Spent

    @classmethod
    def of(cls, context: str, planned: Sequence[PlannedPoint], points: Sequence[Point], spent: Spent) -> Worded:
        """Points of the outline as they were worded, in its order."""
        places = _places(planned)
        named = (replace(one, enumerator="", facts=tuple(places[id] for id in one.facts)) for one in points)
        return cls(context, tuple(named), spent)

    def as_points(self, planned: Sequence[PlannedPoint]) -> tuple[Point, ...]:
        """The points under the ids and the enumerators of an outline with the same facts."""
        return tuple(
            replace(one, facts=of.ids, enumerator=of.enumerator) for one, of in zip(self.points, planned, strict=True)
        )


def put(connection: Connection, key: str, worded: Worded) -> None:
    """Keeps a section, instead of what was there, and forgets the answers that led to it."""
    connection.execute(delete(answers).where(answers.c.section == key))
    connection.execute(delete(wordings).where(wordings.c.key == key))
    connection.execute(insert(wordings), {"key": key, "context": worded.context, "data": _packed(_told(worded))})


def among(connection: Connection, keys: Collection[str]) -> dict[str, Worded]:
    """Those of the keys under which a section is kept."""
    found: dict[str, Worded] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = select(wordings).where(wordings.c.key.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(rows):
            found[row.key] = _read(row.context, row.data)
    return found


def keep_answer(connection: Connection, question: str, section: str, answer: Answer) -> None:
    """Keeps an answer on the way to a section: a run that breaks off now does not ask that question again."""
    connection.execute(delete(answers).where(answers.c.question == question))
    told = {
        "text": answer.text,
        "outcome": answer.outcome,
        "tokens": [answer.prompt_tokens, answer.cached_tokens, answer.completion_tokens],
        "seconds": answer.seconds,
        "detail": answer.detail,
    }
    connection.execute(insert(answers), {"question": question, "section": section, "data": _packed(told)})


def answers_to(connection: Connection, sections: Collection[str]) -> dict[str, dict[str, Answer]]:
    """The answers that are kept on the way to sections: by section, then by question. A section without any is not there."""
    found: dict[str, dict[str, Answer]] = {}
    wanted = sorted(sections)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = select(answers).where(answers.c.section.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(rows):
            found.setdefault(row.section, {})[row.question] = _answer(json.loads(zlib.decompress(row.data)))
    return found


def _answer(told: dict[str, Any]) -> Answer:
    sent, cached, received = told["tokens"]
    return Answer(told["text"], told["outcome"], sent, cached, received, told["seconds"], told["detail"])


def _places(planned: Sequence[PlannedPoint]) -> dict[str, str]:
    facts: list[Fact] = [fact for point in planned for fact in point.facts]
    return {fact.id: str(place) for place, fact in enumerate(facts, start=1)}


def _packed(told: object) -> bytes:
    return zlib.compress(canonical(told), 1)


def _told(worded: Worded) -> dict[str, Any]:
    spent = worded.spent
    return {
        "points": [_point(point) for point in worded.points],
        "spent": [spent.calls, spent.prompt_tokens, spent.completion_tokens, spent.milliseconds],
    }


def _point(point: Point) -> list[Any]:
    how = point.provenance
    made = [
        how.origin,
        how.model,
        how.prompt,
        how.attempts,
        list(how.problems),
        how.prompt_tokens,
        how.completion_tokens,
    ]
    return [point.gist, point.body, list(point.facts), made]


def _read(context: str, data: bytes) -> Worded:
    told = json.loads(zlib.decompress(data))
    points = []
    for gist, body, facts, (origin, model, prompt, attempts, problems, *tokens) in told["points"]:
        how = Provenance(origin, model, prompt, attempts, tuple(problems), *tokens)
        points.append(Point(body=body, facts=tuple(facts), gist=gist, provenance=how))
    return Worded(context, tuple(points), Spent(*told["spent"]))
