"""What a machine-made version was made from: its key and its sections' keys, so that the next run knows what changed since."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from drafting.canonical import canonical
from drafting.regeneration.keys import Inputs, told
from drafting.workspace.tables import drafts


@dataclass(frozen=True, slots=True)
class MadeSection:
    """A section as it was made: its key, and what went into that; `facts` are what they said, in order."""

    key: str
    heading: str
    facts: tuple[str, ...]
    grouped: tuple[int, ...]
    shared: Mapping[str, str]

    @classmethod
    def of(cls, inputs: Inputs) -> MadeSection:
        facts = tuple(canonical(told(fact)).decode() for facts in inputs.points for fact in facts)
        return cls(inputs.key, inputs.heading, facts, tuple(len(facts) for facts in inputs.points), dict(inputs.shared))


@dataclass(frozen=True, slots=True)
class Made:
    """What a version was made from; `locked` says that it holds points that a person locked."""

    key: str
    sections: tuple[MadeSection, ...]
    locked: bool = False


def put(connection: Connection, version_id: int, made: Made) -> None:
    """Keeps what a version was made from, or made from again where other facts or another model came to the same text."""
    sections = [[one.key, one.heading, list(one.facts), list(one.grouped), dict(one.shared)] for one in made.sections]
    data = zlib.compress(canonical({"sections": sections, "locked": made.locked}), 1)
    connection.execute(delete(drafts).where(drafts.c.version_id == version_id))
    connection.execute(insert(drafts), {"version_id": version_id, "key": made.key, "data": data})


def get(connection: Connection, version_id: int) -> Made | None:
    """What the version was made from; None where that was not kept, as with drafts of an earlier program."""
    row = connection.execute(select(drafts.c.key, drafts.c.data).where(drafts.c.version_id == version_id)).first()
    if row is None:
        return None
    told: dict[str, Any] = json.loads(zlib.decompress(row.data))
    sections = (
        MadeSection(key, heading, tuple(facts), tuple(grouped), shared)
        for key, heading, facts, grouped, shared in told["sections"]
    )
    return Made(row.key, tuple(sections), told["locked"])
