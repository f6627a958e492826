"""What models were asked for and what that cost: a row for each drafting job, summed by model, by person and by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from drafting.errors import ModelSetupError
from drafting.workspace.ledger import Ledger
from drafting.workspace.tables import usage

PRICE_IN = "CHENGWEN_PRICE_IN"
PRICE_OUT = "CHENGWEN_PRICE_OUT"
_A_MILLION = 1_000_000
_MONTH = len("2024-07")


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked: `calls` are points or sections asked about, attempts again included. Two are added up."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    milliseconds: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.milliseconds + other.milliseconds,
        )


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever money the office reckons in: those that are sent, those that come back."""

    sent: float
    received: float

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Prices | None:
        """The prices that are set; None where none is. Raises ModelSetupError for what is no price."""
        if not any(environ.get(name, "").strip() for name in (PRICE_IN, PRICE_OUT)):
            return None
        return cls(_price(environ, PRICE_IN), _price(environ, PRICE_OUT))

    def cost(self, spent: Spent) -> float:
        return (spent.prompt_tokens * self.sent + spent.completion_tokens * self.received) / _A_MILLION


@dataclass(frozen=True, slots=True)
class Total:
    """The jobs of one model, one person or one month (2024-07), and what they asked together."""

    of: str
    jobs: int
    spent: Spent


@dataclass(frozen=True, slots=True)
class Totals:
    """All jobs, each counted once in each of the three; models and people by name, the youngest month first."""

    models: tuple[Total, ...]
    people: tuple[Total, ...]
    months: tuple[Total, ...]


def record(ledger: Ledger, report_id: int, model: str, spent: Spent) -> int:
    """Keeps what a job of the ledger's person asked of its model."""
    return ledger.add(
        usage,
        "use-model",
        report_id=report_id,
        model=model,
        calls=spent.calls,
        prompt_tokens=spent.prompt_tokens,
        completion_tokens=spent.completion_tokens,
        milliseconds=spent.milliseconds,
        by=ledger.who,
        at=ledger.at,
    )


def totals(connection: Connection) -> Totals:
    """What was asked so far."""
    months = _by(connection, func.substr(usage.c.at, 1, _MONTH))
    return Totals(_by(connection, usage.c.model), _by(connection, usage.c.by), months[::-1])


def _by(connection: Connection, key: ColumnElement[str]) -> tuple[Total, ...]:
    """Sorted here: databases differ in how they sort names."""
    counted = [usage.c.calls, usage.c.prompt_tokens, usage.c.completion_tokens, usage.c.milliseconds]
    told = select(key.label("of"), func.count(), *(func.sum(column) for column in counted)).group_by(key)
    rows: list[Any] = [tuple(row) for row in connection.execute(told)]
    return tuple(Total(of, jobs, Spent(*(int(one) for one in sums))) for of, jobs, *sums in sorted(rows))


def _price(environ: Mapping[str, str], name: str) -> float:
    text = environ.get(name, "").strip()
    try:
        price = float(text or 0)
    except ValueError:
        price = -1
    if not 0 <= price < float("inf"):
        raise ModelSetupError(f"环境变量 {name} 应为每百万词元的价格，现为“{text}”")
    return price
