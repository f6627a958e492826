"""Comparison with last period on the desk: offered where both periods' facts are known and readable, and a fact only once it is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import profiles
from drafting.desk import desks, offers
from drafting.desk.operations import Paste
from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.workspace import saving, users
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from tests.regenerating import brief
from tests.web.furnished import drafted

WHO = "张三"
NEW = replace(
    brief(),
    period=Period.parse("2025年上半年"),
    issued=brief().issued.replace(year=2025),
    sections=(
        Section(
            "加强检查培训，落实防汛责任",
            (Fact("F1", "开展防汛检查141处，发现隐患30处，整改30处"), Fact("F2", "修订应急预案")),
        ),
    ),
)
OLD = replace(
    brief(),
    sections=(Section("加强检查培训，落实防汛责任", (Fact("F1", "开展防汛检查126处，发现隐患31处，整改28处"),)),),
)


@pytest.fixture
def user(workspace: Workspace) -> User:
    with workspace.writing(WHO) as ledger:
        for name in (WHO, "李四"):
            users.add(ledger, name, ["drafter"])
    with workspace.reading() as connection:
        return users.user(connection, WHO)


def begun(workspace: Workspace, told: Brief, who: str = WHO) -> int:
    return saving.record(workspace, drafted(told), who, "drafted").document.id


def offered(workspace: Workspace, user: User, report: int) -> dict[str, list[str]]:
    copy = desks.open(workspace, report, WHO, profiles.load(NEW.kind)).copy
    told = copy.brief()
    assert told is not None
    with workspace.reading() as connection:
        last = offers.last_brief(connection, user, told)
    return {id: [one.text for one in each] for id, each in offers.offers(copy, last).items()}


def test_growth_is_offered_beside_the_fact_and_gone_once_it_is_taken(workspace: Workspace, user: User) -> None:
    begun(workspace, OLD)
    report = begun(workspace, NEW)
    found = offered(workspace, user, report)
    assert set(found) == {"F1"}
    assert {"整改率100%", "防汛检查数量同比增长11.9%"} <= set(found["F1"])
    copy = desks.open(workspace, report, WHO, profiles.load(NEW.kind)).copy
    section = copy.sections[0].id
    taken = Paste(section, "F1", "防汛检查数量同比增长11.9%\t推算：(141处 − 126处) ÷ 126处 = 11.9%")
    desks.edit(workspace, report, WHO, [taken], profiles.load(NEW.kind))
    made = desks.open(workspace, report, WHO, profiles.load(NEW.kind)).copy.brief()
    assert made is not None
    assert [(fact.text, fact.source) for fact in made.sections[0].facts][1] == (
        "防汛检查数量同比增长11.9%",
        "推算：(141处 − 126处) ÷ 126处 = 11.9%",
    )
    assert "防汛检查数量同比增长11.9%" not in offered(workspace, user, report)["F1"]


def test_without_a_last_report_only_shares_are_offered(workspace: Workspace, user: User) -> None:
    assert offered(workspace, user, begun(workspace, NEW)) == {"F1": ["整改率100%"]}


def test_another_ones_last_report_tells_nothing(workspace: Workspace, user: User) -> None:
    begun(workspace, OLD, "李四")
    assert offered(workspace, user, begun(workspace, NEW)) == {"F1": ["整改率100%"]}


def test_a_year_before_comes_before_the_period_just_before(workspace: Workspace, user: User) -> None:
    just_before = replace(OLD, period=Period.parse("2024年下半年"), issued=OLD.issued.replace(year=2025, month=1))
    begun(workspace, just_before)
    report = begun(workspace, NEW)
    assert "防汛检查数量环比增长11.9%" in offered(workspace, user, report)["F1"]
    begun(workspace, OLD)
    assert "防汛检查数量同比增长11.9%" in offered(workspace, user, report)["F1"]
