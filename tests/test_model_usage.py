"""What models were asked for: a row for each job in the audited workspace, sums by model, person and month, and what they cost."""

from __future__ import annotations

import pytest

from drafting.errors import ModelSetupError
from drafting.workspace import integrity, naming, saving, usage
from drafting.workspace.tables import AUDITED
from drafting.workspace.usage import Prices, Spent
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, report


def test_each_job_is_counted_once_by_model_person_and_month(workspace: Workspace) -> None:
    document = saving.record(workspace, report(CLEAN), "张三", "drafted").document
    for who, model, spent in (
        ("张三", "openai:通用模型", Spent(3, 900, 300, 4000)),
        ("李四", "openai:通用模型", Spent(1, 100, 50, 1000)),
        ("张三", "composer", Spent()),
    ):
        with workspace.writing(who) as ledger:
            usage.record(ledger, document.id, model, spent)
    with workspace.reading() as connection:
        told = usage.totals(connection)
    assert {one.of: (one.jobs, one.spent) for one in told.models} == {
        "openai:通用模型": (2, Spent(4, 1000, 350, 5000)),
        "composer": (1, Spent()),
    }
    assert {one.of: one.spent.prompt_tokens for one in told.people} == {"张三": 900, "李四": 100}
    assert [(one.of, one.jobs) for one in told.months] == [("2024-07", 3)]
    with workspace.reading() as connection:
        assert integrity.verify(connection).sound


def test_a_workspace_that_asked_no_model_has_no_sums(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        assert usage.totals(connection) == usage.Totals((), (), ())


@pytest.mark.parametrize(
    ("environ", "cost"),
    [
        ({"CHENGWEN_PRICE_IN": "2", "CHENGWEN_PRICE_OUT": "8"}, 4.0),
        ({"CHENGWEN_PRICE_OUT": "8"}, 2.0),
    ],
)
def test_cost_is_by_the_million(environ: dict[str, str], cost: float) -> None:
    prices = Prices.of(environ)
    assert prices is not None
    assert prices.cost(Spent(1, 1_000_000, 250_000, 0)) == cost


def test_without_prices_there_is_no_cost() -> None:
    assert Prices.of({"CHENGWEN_PRICE_IN": " "}) is None


@pytest.mark.parametrize("price", ["两元", "-1", "nan", "inf"])
def test_what_is_no_price_is_told(price: str) -> None:
    with pytest.raises(ModelSetupError, match="CHENGWEN_PRICE_IN"):
        Prices.of({"CHENGWEN_PRICE_IN": price})


def test_every_audited_table_has_a_name_for_people() -> None:
    assert {table.name for table in AUDITED} <= set(naming.KINDS)
