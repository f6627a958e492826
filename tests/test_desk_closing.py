"""The outlook redrafted from the desk: a model words what is planned, the formula stands around it, and what stands gets a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import outline, profiles
from drafting.desk import closing, desks
from drafting.desk.copy import Copy, PlacedPoint
from drafting.desk.jobs import Jobs
from drafting.desk.operations import AddFact, DeleteBlock, FactText, Lock, PaperText, Take
from drafting.desk.tasks import task
from drafting.desk.wording_in import put
from drafting.desk.worktable import bench
from drafting.errors import InputError
from drafting.facts import Fact
from drafting.report import Point, Provenance
from drafting.workspace.workspace import Workspace
from tests.endpoint import FakeEndpoint
from tests.scribe import asked, scribe, text
from tests.test_desk_jobs import WHO, begun, edit, ended, environ, running
from tests.test_desk_wording_in import BOTH, PROFILE, drafted

PLANS = ("完成其余3处隐患整改", "11月底前修复水毁工程8处", "拟新建雨量站12座")
FORMULA = "下一步，县水利局将完成其余3处隐患整改。"


def shown(copy: Copy) -> PlacedPoint:
    [point] = [point for block, point in copy.points() if block.frame.type == "outlook"]
    return point


@pytest.fixture
def report(workspace: Workspace) -> int:
    return begun(workspace, drafted().report())


@pytest.fixture
def jobs(workspace: Workspace, endpoint: FakeEndpoint) -> Iterator[Jobs]:
    endpoint.script = scribe()
    with running(workspace, environ(endpoint)) as found:
        yield found


def now(workspace: Workspace, report: int) -> Copy:
    return desks.open(workspace, report, WHO, PROFILE).copy


@pytest.mark.parametrize("by_section", [True, False], ids=["as a section", "as a point"])
def test_a_redraft_is_proposed_in_the_formula_and_asks_only_for_what_is_planned(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint, by_section: bool
) -> None:
    before = now(workspace, report)
    endpoint.script = scribe(text("完成其余3处隐患整改", "抓紧完成其余3处隐患的整改"))
    jobs.start(report, WHO, "outlook" if by_section else shown(before).id, "更简洁")
    assert ended(jobs, report)["state"] == "done"
    [request] = endpoint.requests
    assert [point["facts"] for point in asked(request.body)] == [["F4"]]
    assert "更简洁" in request.text
    assert "县水利局" not in request.text.split("现稿")[1], "who plans it is the formula's"
    after = now(workspace, report)
    assert after.report() == before.report()
    proposal = shown(after).proposal
    assert proposal is not None
    assert proposal.point.text == "下一步，县水利局将抓紧完成其余3处隐患的整改。"
    assert (proposal.instruction, proposal.point.gist) == ("更简洁", "")
    edit(workspace, report, Take(shown(after).id))
    taken = shown(now(workspace, report))
    assert (taken.text, taken.point.facts) == ("下一步，县水利局将抓紧完成其余3处隐患的整改。", ("F4",))
    assert taken.point.provenance.origin == "worded"


def test_what_the_model_makes_up_is_not_proposed(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    endpoint.script = scribe(*[text("3处", "5处")] * 3)
    jobs.start(report, WHO, "outlook", "更具体")
    told = ended(jobs, report)
    assert (told["state"], told["points"][0]["problem"]) == ("done", "没有写出合格的改写，原文不动")
    assert shown(now(workspace, report)).proposal is None


def test_without_a_model_a_persons_outlook_gets_the_formula_as_a_proposal(workspace: Workspace, report: int) -> None:
    point = shown(now(workspace, report))
    edit(workspace, report, PaperText(point.id, point.text, "下一步，我们自己写。"))
    with running(workspace, {"CHENGWEN_MODEL": "composer"}) as jobs:
        assert not jobs.has_model
        jobs.start(report, WHO, "outlook")
        assert ended(jobs, report)["state"] == "done"
    after = shown(now(workspace, report))
    assert after.text == "下一步，我们自己写。"
    assert after.proposal is not None
    assert after.proposal.point.text == FORMULA


def test_facts_that_came_since_are_worded_into_a_persons_outlook(jobs: Jobs, workspace: Workspace, report: int) -> None:
    """Its words do not follow the facts any more: the one point of the outlook is redrafted over all of them."""
    point = shown(now(workspace, report))
    edit(workspace, report, PaperText(point.id, point.text, "下一步，完成其余3处隐患整改。"))
    edit(workspace, report, AddFact("outlook", "F4", "新建雨量站12座"))
    jobs.start(report, WHO, "outlook")
    assert ended(jobs, report)["state"] == "done"
    proposal = shown(now(workspace, report)).proposal
    assert proposal is not None
    assert proposal.point.text == "下一步，县水利局将完成其余3处隐患整改，新建雨量站12座。"
    assert len(proposal.point.facts) == 2


def test_an_outlook_that_was_taken_out_comes_back_before_the_signature(
    jobs: Jobs, workspace: Workspace, report: int
) -> None:
    whole = now(workspace, report)
    block = next(block for block in whole.blocks if block.frame.type == "outlook")
    edit(workspace, report, DeleteBlock(block.id))
    assert all(one.frame.type != "outlook" for one in now(workspace, report).blocks)
    jobs.start(report, WHO, "outlook")
    assert ended(jobs, report)["state"] == "done"
    after = now(workspace, report)
    assert [one.frame.type for one in after.blocks] == [one.frame.type for one in whole.blocks]
    assert shown(after).text == FORMULA


@pytest.mark.parametrize("kind", sorted(profiles.known()))
def test_an_outlook_that_comes_back_is_where_the_whole_draft_has_it(kind: str) -> None:
    whole, profile = drafted(replace(BOTH, kind=kind)), profiles.load(kind)
    bare = replace(whole, blocks=tuple(one for one in whole.blocks if one.section != "outlook"))
    after, taken = put(bare, shown(whole).point, profile)
    assert taken == "put"
    assert after.report() == whole.report()


def test_a_locked_outlook_and_one_without_facts_are_not_redrafted(workspace: Workspace, report: int) -> None:
    edit(workspace, report, Lock(shown(now(workspace, report)).id, True))
    with pytest.raises(InputError, match="锁定"):
        task(bench(now(workspace, report), PROFILE), "outlook", "更简洁")
    edit(workspace, report, FactText("F4", "text", "完成其余3处隐患整改", ""))
    with pytest.raises(InputError, match="没有可以拟写的事实"):
        task(bench(now(workspace, report), PROFILE), "outlook")


@given(st.lists(st.sampled_from(PLANS), min_size=1, max_size=6, unique=True), st.sampled_from("。；"))
def test_whatever_was_worded_stands_behind_the_formulas_opening(plans: list[str], between: str) -> None:
    brief = replace(BOTH, outlook=tuple(Fact(f"F{number}", plan) for number, plan in enumerate(plans, start=1)))
    worded = Point(
        between.join(plans) + "。", tuple(fact.id for fact in brief.outlook), "", "某概括", Provenance("worded")
    )
    made = closing.paragraph(brief, PROFILE, worded)
    assert made.text == outline.plan(brief, PROFILE).outlook
    assert made.text.startswith("下一步，县水利局将")
    assert made.text.endswith("。")
