"""Runs that were handed to a queue: what is to be done, what became of it, and what may still be spent, for every machine to see."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from drafting.canonical import canonical
from drafting.errors import InputError
from drafting.regeneration.order import Result
from drafting.workspace.tables import orders, runs

CANCELLED = "已取消"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a run is done: `rate` requests a minute, `max_tokens`, `max_cost` in the money of the prices, each None for no limit."""

    rate: float | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    price_sent: float = 0.0
    price_received: float = 0.0
    allow_secrets: bool = False

    @property
    def limited(self) -> bool:
        return self.max_tokens is not None or self.max_cost is not None


@dataclass(frozen=True, slots=True)
class Run:
    """A run: `stopped` says why nothing of it is begun any more, empty while it is."""

    id: int
    at: str
    who: str
    model: str
    terms: Terms
    stopped: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A run and how many of its reports are done."""

    run: Run
    reports: int
    done: int


def add(connection: Connection, at: str, who: str, model: str, terms: Terms, parcels: Sequence[dict[str, Any]]) -> int:
    """Puts down a run and its orders, in the caller's write; the run's number."""
    id = (connection.execute(select(func.max(runs.c.id))).scalar_one() or 0) + 1
    row = {"id": id, "at": at, "who": who, "model": model, "terms": json.dumps(asdict(terms))}
    spent = {"spent": 0, "cost": 0.0, "dearest": 0, "dearest_cost": 0.0, "stopped": ""}
    connection.execute(insert(runs), row | spent)
    for start in range(0, len(parcels), _AT_ONCE):
        rows = [
            {
                "run_id": id,
                "place": place,
                "path": parcel["path"],
                "data": zlib.compress(canonical(parcel), 1),
                "under_way": 0,
                "result": "",
            }
            for place, parcel in enumerate(parcels[start : start + _AT_ONCE], start=start + 1)
        ]
        connection.execute(insert(orders), rows)
    return id


def get(connection: Connection, id: int) -> Run:
    """Raises InputError where there is no such run."""
    row = connection.execute(select(runs).where(runs.c.id == id)).first()
    if row is None:
        raise InputError(f"没有第 {id} 次运行；chengwen runs 列出所有运行")
    return _run(row)


def parcel(connection: Connection, id: int, place: int) -> dict[str, Any] | None:
    """What is to be done at that place of the run; None where it has been done."""
    row = connection.execute(
        select(orders.c.data, orders.c.result).where(orders.c.run_id == id, orders.c.place == place)
    ).one()
    if row.result:
        return None
    told: dict[str, Any] = json.loads(zlib.decompress(row.data))
    return told


def finish(connection: Connection, id: int, place: int, result: Result) -> None:
    """Puts down what became of the report; what a first machine said stands where two did it."""
    connection.execute(
        update(orders)
        .where(orders.c.run_id == id, orders.c.place == place, orders.c.result == "")
        .values(result=json.dumps(result.as_record(), ensure_ascii=False), under_way=0)
    )


def stop(connection: Connection, id: int, why: str) -> None:
    """Nothing of the run is begun from now on, whatever machine it is on. The first reason stands."""
    connection.execute(update(runs).where(runs.c.id == id, runs.c.stopped == "").values(stopped=why))


def results(connection: Connection, id: int, beside: Sequence[int] = ()) -> dict[int, Result]:
    """What became of the reports that are done, by their places, but for those."""
    wanted = select(orders.c.place, orders.c.result).where(orders.c.run_id == id, orders.c.result != "")
    known = frozenset(beside)
    rows = connection.execute(wanted.order_by(orders.c.place))
    return {row.place: Result.from_record(json.loads(row.result)) for row in rows if row.place not in known}


def progress(connection: Connection, *, run: int | None = None, most: int = 50) -> list[Progress]:
    """The last runs, the latest first; or that one alone."""
    wanted = select(runs).order_by(runs.c.id.desc()).limit(most)
    rows = connection.execute(wanted if run is None else wanted.where(runs.c.id == run)).all()
    ids = [row.id for row in rows]
    counted = select(
        orders.c.run_id, func.count().label("reports"), func.count(func.nullif(orders.c.result, "")).label("done")
    )
    counts = {
        row.run_id: (row.reports, row.done)
        for row in connection.execute(counted.where(orders.c.run_id.in_(ids)).group_by(orders.c.run_id))
    }
    return [Progress(_run(row), *counts.get(row.id, (0, 0))) for row in rows]


def _run(row: Any) -> Run:
    return Run(row.id, row.at, row.who, row.model, Terms(**json.loads(row.terms)), row.stopped)
