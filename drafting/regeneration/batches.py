"""Batches in the workspace: put down before they are created, so that no run that broke off loses one or pays for it twice."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, insert, select, update

from drafting.canonical import canonical
from drafting.models import ModelSpec
from drafting.workspace.ledger import Ledger
from drafting.workspace.tables import batches
from drafting.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch whose answers were not taken yet. `batch` is the endpoint's name for it, empty where a run ended before it was known;
    `sections` are the keys of the sections that its questions are for.
    """

    tag: str
    batch: str
    sections: Mapping[str, str]


def put(ledger: Ledger, endpoint: str, spec: ModelSpec, sections: Mapping[str, str]) -> Batch:
    """Puts down a batch that is about to be created."""
    made = Batch(token_hex(32), "", sections)
    row = {"tag": made.tag, "batch": "", "endpoint": endpoint, "model": str(spec), "by": ledger.who, "at": ledger.at}
    data = zlib.compress(canonical(dict(sections)), 1)
    ledger.connection.execute(insert(batches), {**row, "data": data, "ended": ""})
    return made


def name(ledger: Ledger, tag: str, batch: str) -> None:
    """The endpoint created it, under this name."""
    ledger.connection.execute(update(batches).where(batches.c.tag == tag).values(batch=batch))


def end(ledger: Ledger, tag: str, how: str) -> None:
    """Its answers were taken, or there will be none."""
    ledger.connection.execute(update(batches).where(batches.c.tag == tag).values(ended=how))


def forget(ledger: Ledger, tag: str) -> None:
    """It was never created."""
    ledger.connection.execute(delete(batches).where(batches.c.tag == tag))


@dataclass(frozen=True, slots=True)
class Listed:
    """A batch that is waited for: at which endpoint, for which model, by whom and since when."""

    batch: Batch
    endpoint: str
    model: str
    by: str
    at: str


def waited_for(workspace: Workspace) -> list[Listed]:
    """The batches of every endpoint and model that are waited for, oldest first."""
    wanted = select(batches).where(batches.c.ended == "").order_by(batches.c.at, batches.c.tag)
    with workspace.reading() as connection:
        return [Listed(_batch(row), row.endpoint, row.model, row.by, row.at) for row in connection.execute(wanted)]


def open_ones(workspace: Workspace, endpoint: str, spec: ModelSpec) -> list[Batch]:
    """The batches of an endpoint and a model that are waited for, oldest first."""
    wanted = select(batches).where(batches.c.endpoint == endpoint, batches.c.model == str(spec), batches.c.ended == "")
    with workspace.reading() as connection:
        rows = connection.execute(wanted.order_by(batches.c.at, batches.c.tag)).all()
    return [_batch(row) for row in rows]


def _batch(row: Any) -> Batch:
    return Batch(row.tag, row.batch, json.loads(zlib.decompress(row.data)))
