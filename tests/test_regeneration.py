"""Regeneration on SQLite and PostgreSQL, with a real endpoint: what changed is redone, nothing else, and no person's words are overwritten."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from drafting import prompts
from drafting.changes import reworded
from drafting.errors import ModelUnreachable
from drafting.facts import Fact, Section
from drafting.models import ModelSpec
from drafting.profile import Profile
from drafting.profiles import load
from drafting.regeneration import keys
from drafting.regeneration.budget import Budget
from drafting.regeneration.keys import Manner
from drafting.regeneration.plan import ReportPlan, plan
from drafting.report import Report
from drafting.workspace import contents, deciding, history, saving, users
from drafting.workspace.integrity import verify
from drafting.workspace.rows import Version
from drafting.workspace.usage import Prices
from drafting.workspace.workspace import Workspace
from tests import endpoint as answers
from tests.endpoint import Behaviour, Body, FakeEndpoint
from tests.regenerating import ORGANS, WHO, Operator, brief, with_fact
from tests.scribe import answer, faithful, scribe, text
from ui.cli import clashing

ALL = [brief(organ) for organ in ORGANS]


@pytest.fixture
def operator(workspace: Workspace, endpoint: FakeEndpoint) -> Operator:
    endpoint.script = scribe()
    return Operator(workspace, endpoint)


def head(workspace: Workspace, organ: str = ORGANS[0]) -> tuple[Version, Report]:
    with workspace.reading() as connection:
        found = next(one for one in history.documents(connection) if one.organ == organ)
        version = history.head(connection, found.id)
        return version, contents.get(connection, version.hash)


def planned(workspace: Workspace, *, profile: Profile | None = None, model: str = "openai:测试模型") -> ReportPlan:
    with workspace.reading() as connection:
        manner = Manner(ModelSpec.parse(model), "section")
        return plan(connection, ALL[0], profile or load("special-report"), manner)


def reasons(found: ReportPlan) -> list[tuple[str, ...]]:
    return [section.because for section in found.sections]


def test_all_is_made_once_and_then_nothing_is_asked(operator: Operator) -> None:
    assert operator.regenerate(ALL) == 6
    assert {one.state for one in operator.results} == {"made"}
    first = [head(operator.workspace, organ)[0].hash for organ in ORGANS]
    assert operator.regenerate(ALL) == 0
    assert {one.state for one in operator.results} == {"unchanged"}
    assert [head(operator.workspace, organ)[0].hash for organ in ORGANS] == first
    with operator.workspace.reading() as connection:
        assert verify(connection).sound


def test_one_fact_is_one_call_and_one_version(operator: Operator) -> None:
    operator.regenerate(ALL)
    changed = with_fact(ALL[1], "F4", "储备沙袋4万条")
    assert operator.regenerate([ALL[0], changed, ALL[2]]) == 1
    assert [operator.state(one).state for one in ALL] == ["unchanged", "made", "unchanged"]
    result = operator.state(changed)
    assert (result.worded, result.reused) == (1, 1)
    assert result.reason == "事实“储备沙袋3万条”改为“储备沙袋4万条”"
    assert "4万条" in head(operator.workspace, ORGANS[1])[1].text
    assert head(operator.workspace, ORGANS[1])[0].note == result.reason


def test_a_fact_that_is_taken_back_costs_nothing(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    changed = with_fact(ALL[0], "F4", "储备沙袋4万条")
    assert operator.regenerate([changed]) == 1
    assert operator.regenerate(ALL[:1]) == 0
    assert operator.state(ALL[0]).state == "made"
    assert "3万条" in head(operator.workspace)[1].text


def test_a_fact_put_in_before_renumbers_the_others_and_redoes_its_own_section_alone(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    first, second = ALL[0].sections
    facts = (*first.facts, Fact("F4", "约谈责任单位5家"))
    moved = tuple(replace(fact, id=f"F{5 + at}") for at, fact in enumerate(second.facts))
    outlook = (replace(ALL[0].outlook[0], id="F7"),)
    told = replace(ALL[0], sections=(Section(first.heading, facts), Section(second.heading, moved)), outlook=outlook)
    assert operator.regenerate([told]) == 1
    report = head(operator.workspace)[1]
    assert [one.facts for one in report.points()][-3:] == [("F5",), ("F6",), ("F7",)] or any(
        "F6" in one.facts for one in report.points()
    )
    assert sorted(id for one in report.points() for id in one.facts) == [fact.id for fact in told.facts()]


def test_the_lead_and_the_date_are_codes_and_ask_nobody(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    told = replace(ALL[0], issued=ALL[0].issued.replace(day=8))
    assert operator.regenerate([told]) == 0
    assert "2024年7月8日" in head(operator.workspace)[1].text


def test_why_is_told_of_prompts_models_profiles_and_headings(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reasons(planned(operator.workspace)) == [("报告还没有稿子",)] * 2
    operator.regenerate(ALL[:1])
    assert planned(operator.workspace).unchanged
    assert (
        reasons(planned(operator.workspace, model="openai:新模型"))
        == [("模型由 openai:测试模型 改为 openai:新模型",)] * 2
    )
    profile = load("special-report")
    other = replace(profile, diction=(*profile.diction, "不用“狠抓”"), fingerprint="0" * 64)
    assert reasons(planned(operator.workspace, profile=other)) == [("文种的写法变了",)] * 2
    keys._shared.cache_clear()
    monkeypatch.setattr(prompts, "fingerprint", lambda _: "f" * 64)
    assert reasons(planned(operator.workspace)) == [("提示词变了",)] * 2
    keys._shared.cache_clear()


def test_layout_and_review_of_a_profile_reword_nothing(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    profile = load("special-report")
    other = replace(profile, layout=replace(profile.layout, seal=True), fingerprint="0" * 64)
    found = planned(operator.workspace, profile=other)
    assert not found.stale


def edit(operator: Operator, old: str, new: str) -> Report:
    """A person's edit of what stands."""
    version, report = head(operator.workspace)
    blocks = tuple(reworded(one, one.text.replace(old, new)) if old in one.text else one for one in report.blocks)
    edited = replace(report, blocks=blocks)
    saving.save(operator.workspace, version, edited, "张三", note="核对后改")
    return edited


def test_a_persons_words_stay_where_another_section_is_redone(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    edit(operator, "举办防汛培训班1期", "举办全员防汛培训班1期")
    assert [section.edited for section in planned(operator.workspace).sections] == [True, False]
    changed = with_fact(ALL[0], "F5", "检修闸门47座")
    assert operator.regenerate([changed]) == 1
    assert operator.state(changed).state in ("merged", "refused")
    text = head(operator.workspace)[1].text
    assert "全员防汛培训班" in text
    assert "闸门47座" in text


def test_a_clash_leaves_the_persons_words_and_waits(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    edit(operator, "检修闸门46座", "全面检修闸门46座")
    changed = with_fact(ALL[0], "F5", "检修闸门47座")
    assert operator.regenerate([changed]) == 1
    assert operator.state(changed).state == "conflict"
    text = head(operator.workspace)[1].text
    assert "全面检修闸门46座" in text
    assert "47座" not in text
    assert operator.regenerate([changed]) == 0, "a conflict that waits is not made again"


def test_conflicts_are_listed_with_both_texts_until_they_are_settled(
    operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    operator.regenerate(ALL[:1])
    edit(operator, "检修闸门46座", "全面检修闸门46座")
    operator.regenerate([with_fact(ALL[0], "F5", "检修闸门47座")])
    location = operator.workspace.location
    place = str(location.path or location.url.replace("+psycopg", ""))
    clashing.show(output="text", workspace=place)
    told = capsys.readouterr().out
    assert "全面检修闸门46座" in told
    assert "47座" in told
    assert "充实物资储备，做好抢险准备" in told
    clashing.show(output="json", workspace=place)
    (one,) = json.loads(capsys.readouterr().out)["conflicts"]
    with operator.workspace.writing(WHO) as ledger:
        users.found(ledger)
    deciding.settle_conflict(operator.workspace, one["id"], WHO)
    clashing.show(output="text", workspace=place)
    assert capsys.readouterr().out == "共 0 处冲突未定\n"


def test_a_run_that_breaks_off_goes_on_where_it_was(operator: Operator) -> None:
    """The endpoint goes away after four of six answers: those four are not asked for again."""
    given = iter(range(4))

    def fickle(body: Body) -> Behaviour:
        return answer(faithful(body)) if next(given, None) is not None else answers.status(503)

    operator.endpoint.script = fickle
    operator.slots = 1
    with pytest.raises(ModelUnreachable):
        operator.regenerate([*ALL, brief("镇农业农村局"), brief("街道办事处")])
    operator.endpoint.script = scribe()
    assert operator.regenerate(ALL) == 2, [(one.state, one.worded, one.reused, one.reason) for one in operator.results]
    with operator.workspace.reading() as connection:
        assert len(history.documents(connection)) == 3
        assert all(len(history.line(connection, one.id)) == 1 for one in history.documents(connection))


def test_an_answer_that_was_wrong_is_not_asked_for_again_either(operator: Operator) -> None:
    """The process ends between a wrong answer and its repair: the next run begins with the repair."""
    operator.endpoint.script = scribe(text("31处", "32处"), answers.status(503))
    operator.slots = 1
    operator.regenerate(ALL[:1])
    assert operator.state(ALL[0]).state == "failed"
    before = len(operator.endpoint.requests)
    operator.endpoint.script = scribe()
    operator.regenerate(ALL[:1])
    asked = operator.endpoint.requests[before:]
    assert [len(one.body["messages"]) for one in asked if "31处" in str(one.body)] == [4], "question, answer, repair"
    assert operator.state(ALL[0]).state == "made"


def test_without_a_model_it_is_composed_and_a_second_run_does_nothing(operator: Operator) -> None:
    assert operator.regenerate(ALL, model="composer") == 0
    assert {one.state for one in operator.results} == {"made"}
    operator.regenerate(ALL, model="composer")
    assert {one.state for one in operator.results} == {"unchanged"}


@pytest.mark.parametrize("most", [0, 1])
def test_a_budget_stops_before_it_is_passed(operator: Operator, most: int) -> None:
    limit = most * (answers.USAGE["prompt_tokens"] + answers.USAGE["completion_tokens"])
    operator.slots = 1
    calls = operator.regenerate(ALL, budget=lambda: Budget(max_tokens=limit))
    assert calls == most
    assert all(one.state == "failed" for one in operator.results)
    assert all("词元上限" in one.reason for one in operator.results)
    assert operator.regenerate(ALL) == 6 - most


def test_money_needs_prices_and_stops_too(operator: Operator) -> None:
    with pytest.raises(Exception, match="没有设价格"):
        Budget(max_cost=1)
    operator.slots = 1
    calls = operator.regenerate(ALL, budget=lambda: Budget(max_cost=0, prices=Prices(1, 2)))
    assert calls == 0


def test_a_locked_point_stands_whatever_is_redone(operator: Operator) -> None:
    operator.regenerate(ALL[:1])
    version, report = head(operator.workspace)
    blocks = tuple(
        replace(block, points=tuple(replace(one, locked="沙袋" in one.body) for one in block.points))
        for block in report.blocks
    )
    saving.save(operator.workspace, version, replace(report, blocks=blocks), "张三")
    other = "openai:新模型"
    operator.regenerate(ALL[:1], model=other)
    assert not [one for one in operator.endpoint.requests[-2:] if "沙袋" in one.text]
    assert [one.locked for one in head(operator.workspace)[1].points() if "沙袋" in one.body] == [True]
    assert operator.regenerate(ALL[:1], model=other) == 0
