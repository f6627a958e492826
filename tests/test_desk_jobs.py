"""Drafting jobs: points come into the working copy while the model still writes, nobody's words are overwritten, and whatever ends a job,
what was worded stays.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from drafting import profiles
from drafting.desk import desks
from drafting.desk.copy import Copy, PlacedPoint
from drafting.desk.jobs import Jobs
from drafting.desk.operations import DeletePoint, Lock, Operation, PaperText
from drafting.errors import EditConflict, InputError
from drafting.facts import Fact, Section
from drafting.report import Report
from drafting.workspace import integrity, saving, usage, users
from drafting.workspace.tables import paces
from drafting.workspace.workspace import Workspace
from tests import endpoint as answers
from tests.endpoint import Behaviour, Body, Call, FakeEndpoint
from tests.scribe import asked, faithful, scribe, text
from tests.test_desk_wording_in import BOTH, SECOND, bare, drafted
from tests.test_writer import BRIEF, SECTION

PROFILE = profiles.load(BRIEF.kind)
WHO = "张三"
Told = Mapping[str, Any]


@pytest.fixture
def report(workspace: Workspace) -> int:
    """A report with the facts of two sections and not a word of text, begun by 张三."""
    return begun(workspace, bare(drafted()).report())


def begun(workspace: Workspace, report: Report) -> int:
    made = saving.record(workspace, report, WHO, "edited").document.id
    with workspace.writing(WHO) as ledger:
        for name in (WHO, "李四"):
            users.add(ledger, name, ["drafter"])
    return made


@contextmanager
def running(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Jobs]:
    jobs = Jobs(workspace, environ)
    try:
        yield jobs
    finally:
        jobs.close()


def environ(endpoint: FakeEndpoint, **more: str) -> dict[str, str]:
    return {**endpoint.environ, "OPENAI_MODEL": "测试模型", "CHENGWEN_RETRIES": "0", **more}


@pytest.fixture
def jobs(workspace: Workspace, endpoint: FakeEndpoint) -> Iterator[Jobs]:
    endpoint.script = scribe()
    with running(workspace, environ(endpoint)) as found:
        yield found


def until(jobs: Jobs, report: int, fits: Callable[[Told], bool], who: str = WHO) -> Told:
    """The job as the page is told, once it fits: woken by its notices, as the page's call is."""

    async def follow() -> Told:
        with jobs.notices.awaited(report) as changed:
            while True:
                told = jobs.of(report, who)
                if told is not None and fits(told):
                    return told
                await asyncio.wait_for(changed.wait(), 30)
                changed.clear()

    return asyncio.run(follow())


def ended(jobs: Jobs, report: int, who: str = WHO) -> Told:
    return until(jobs, report, lambda told: told["state"] != "running", who)


def step_of(told: Told, fact: str) -> Told:
    return next(point for point in told["points"] if point["facts"] == [fact])


def copy(workspace: Workspace, report: int, who: str = WHO) -> Copy:
    return desks.open(workspace, report, who, PROFILE).copy


def points(workspace: Workspace, report: int, who: str = WHO) -> dict[tuple[str, ...], PlacedPoint]:
    """The points of the sections by their facts."""
    found = copy(workspace, report, who)
    return {one.point.facts: one for block, one in found.points() if block.frame.type == "paragraph"}


def edit(workspace: Workspace, report: int, *operations: Operation) -> None:
    desks.edit(workspace, report, WHO, operations, PROFILE)


def filled(jobs: Jobs, workspace: Workspace, report: int) -> dict[tuple[str, ...], PlacedPoint]:
    jobs.start(report, WHO, "all")
    assert ended(jobs, report)["state"] == "done"
    return points(workspace, report)


class Gate:
    """Holds an endpoint's answers back until the test has seen what it wants to see."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reached = threading.Event()

    async def wait(self) -> None:
        self.reached.set()
        await asyncio.to_thread(self.open.wait, 30)

    def before(self, behaviour: Behaviour) -> Behaviour:
        async def answer(call: Call) -> None:
            await self.wait()
            await behaviour(call)

        return answer

    def between(self, body: Body, first: int) -> Behaviour:
        """A stream that stops after its first points."""
        worded = faithful(body)
        whole = json.dumps({"points": worded}, ensure_ascii=False)
        cut = len(json.dumps({"points": worded[:first]}, ensure_ascii=False)) - len("]}")

        async def answer(call: Call) -> None:
            await call.begin(content_type="text/event-stream")
            await call.event(answers._chunk({"content": whole[:cut]}))
            await self.wait()
            await call.event(answers._chunk({"content": whole[cut:]}))
            await answers._end_stream(call, "stop", answers.USAGE)

        return answer


def gone_away(left: threading.Event) -> Behaviour:
    """No answer; tells when its caller has hung up."""

    async def answer(call: Call) -> None:
        await answers.hang()(call)
        left.set()

    return answer


# --- a job, from its beginning to its end


def test_a_whole_report_is_worded_into_the_copy(jobs: Jobs, workspace: Workspace, report: int) -> None:
    made = filled(jobs, workspace, report)
    assert list(made) == [("F1",), ("F2",), ("F3",), ("F5",), ("F6",)]
    assert made["F2",].text.endswith("6月16日举办防汛培训班1期，培训430人。")
    assert {one.point.provenance.origin for one in made.values()} == {"worded"}
    assert all(one.proposal is None for one in made.values())
    assert sum(one.point.provenance.prompt_tokens for one in made.values()) == 2 * answers.USAGE["prompt_tokens"]
    assert "一是" in copy(workspace, report).report().text


def test_points_stand_in_the_copy_while_the_model_still_writes(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    gate = Gate()
    endpoint.script = lambda body: gate.between(body, 1)
    jobs.start(report, WHO, "s1")
    told = until(jobs, report, lambda told: told["done"] == 1)
    assert (told["state"], told["all"], told["scope"]) == ("running", 3, "s1")
    assert [point["step"] for point in told["points"]] == ["worded", "asking", "asking"]
    assert told["points"][0]["text"] == points(workspace, report)["F1",].text
    assert list(points(workspace, report)) == [("F1",)]
    gate.open.set()
    assert ended(jobs, report)["done"] == 3
    assert len(points(workspace, report)) == 3


def test_it_goes_on_when_nobody_follows(jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint) -> None:
    """The answer is held back until the call that began the job has long returned, and nobody waits for anything."""
    gate = Gate()
    endpoint.script = lambda body: gate.before(scribe()(body))
    jobs.start(report, WHO, "s2")
    assert gate.reached.wait(30)
    assert not points(workspace, report)
    gate.open.set()
    assert ended(jobs, report)["state"] == "done"
    assert list(points(workspace, report)) == [("F5",), ("F6",)]


def test_a_repair_is_told_with_its_reason(jobs: Jobs, report: int, endpoint: FakeEndpoint) -> None:
    gate, wrong = Gate(), scribe(text("126处", "128处"))
    endpoint.script = lambda body: wrong(body) if len(endpoint.requests) == 1 else gate.before(wrong(body))
    jobs.start(report, WHO, "s1")
    told = step_of(until(jobs, report, lambda told: step_of(told, "F1")["step"] == "again"), "F1")
    assert told["attempt"] == 2
    assert "126" in told["problem"]
    gate.open.set()
    told = step_of(ended(jobs, report), "F1")
    assert (told["step"], told["attempt"]) == ("repaired", 2)


def test_three_wrong_answers_for_an_empty_place_are_composed(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    endpoint.script = scribe(*[text("430人", "450人")] * 3)
    jobs.start(report, WHO, "s1")
    told = ended(jobs, report)
    assert (told["state"], step_of(told, "F2")["step"]) == ("done", "composed")
    assert "430人" in points(workspace, report)["F2",].text


# --- what stands is not overwritten


def test_a_redraft_is_proposed_with_its_instruction(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    standing = filled(jobs, workspace, report)["F2",]
    before = copy(workspace, report).report()
    asked_before = len(endpoint.requests)
    endpoint.script = scribe(text("6月16日举办防汛培训班1期，培训430人", "举办防汛培训班1期（6月16日），培训430人"))
    jobs.start(report, WHO, standing.id, "更简洁")
    assert ended(jobs, report)["state"] == "done"
    [request] = endpoint.requests[asked_before:]
    assert "更简洁" in request.text
    assert standing.text in request.text
    assert [point["facts"] for point in asked(request.body)] == [["F2"]]
    assert copy(workspace, report).report() == before
    proposal = points(workspace, report)["F2",].proposal
    assert proposal is not None
    assert ("（6月16日）" in proposal.point.body, proposal.instruction) == (True, "更简洁")


def test_a_persons_words_get_a_proposal_and_a_locked_point_nothing(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    made = filled(jobs, workspace, report)
    own = "抓好培训。6月16日，我们自己写的培训430人。"
    edit(workspace, report, PaperText(made["F2",].id, made["F2",].text, own), Lock(made["F1",].id, True))
    endpoint.script = scribe(text("投入《防汛应急预案》", "为《防汛应急预案》投入"))
    jobs.start(report, WHO, "s1")
    told = ended(jobs, report)
    assert step_of(told, "F1")["step"] == "locked"
    after = points(workspace, report)
    assert after["F2",].text == own
    assert after["F2",].proposal is not None
    assert after["F1",] == replace(made["F1",], point=replace(made["F1",].point, locked=True))
    assert "F1" not in endpoint.requests[-1].text


def test_a_point_locked_while_it_is_worded_stays(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    standing = filled(jobs, workspace, report)["F1",]
    gate, changed = Gate(), scribe(text("开展防汛检查126处", "检查126处"))
    endpoint.script = lambda body: gate.before(changed(body))
    jobs.start(report, WHO, standing.id, "更简洁")
    assert gate.reached.wait(30)
    edit(workspace, report, Lock(standing.id, True))
    gate.open.set()
    assert step_of(ended(jobs, report), "F1")["step"] == "locked"
    assert points(workspace, report)["F1",].proposal is None


def test_a_wish_that_the_model_does_not_fulfil_leaves_the_text(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    standing = filled(jobs, workspace, report)["F2",]
    endpoint.script = scribe(*[text("430人", "500人")] * 3)
    jobs.start(report, WHO, standing.id, "写成500人")
    told = step_of(ended(jobs, report), "F2")
    assert "原文不动" in told["problem"]
    assert points(workspace, report)["F2",] == standing


def test_an_edit_made_meanwhile_and_the_jobs_point_both_stand(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    first = filled(jobs, workspace, report)
    edit(workspace, report, DeletePoint(first["F5",].id))
    gate = Gate()
    endpoint.script = lambda body: gate.before(scribe()(body))
    jobs.start(report, WHO, "all")
    assert gate.reached.wait(30)
    edit(workspace, report, PaperText(first["F6",].id, first["F6",].text, "检修好。检修闸门46座，全部合格。"))
    gate.open.set()
    assert ended(jobs, report)["state"] == "done"
    after = points(workspace, report)
    assert after["F6",].text == "检修好。检修闸门46座，全部合格。"
    assert "沙袋3万条" in after["F5",].text


def test_a_version_made_meanwhile_takes_what_stands_and_the_job_goes_on(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    gate = Gate()
    endpoint.script = lambda body: gate.before(scribe()(body)) if "F5" in str(asked(body)) else scribe()(body)
    jobs.start(report, WHO, "all")
    until(jobs, report, lambda told: told["done"] == 3)
    version = desks.save(workspace, report, WHO, PROFILE)
    gate.open.set()
    assert ended(jobs, report)["state"] == "done"
    assert len(points(workspace, report)) == 5
    assert desks.open(workspace, report, WHO, PROFILE).base == version


# --- how a job ends


def test_cancelling_hangs_up_on_the_model_and_keeps_what_was_worded(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    left = threading.Event()
    endpoint.script = lambda body: gone_away(left) if "F5" in str(asked(body)) else scribe()(body)
    jobs.start(report, WHO, "all")
    until(jobs, report, lambda told: told["done"] == 3)
    jobs.cancel(report, WHO)
    told = ended(jobs, report)
    assert (told["state"], told["done"], told["all"]) == ("cancelled", 3, 5)
    assert left.wait(30)
    assert list(points(workspace, report)) == [("F1",), ("F2",), ("F3",)]


def test_an_endpoint_that_is_down_fails_the_job_in_a_line_and_the_next_words_the_rest(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    down = Gate()
    endpoint.script = lambda body: down.before(answers.status(503)) if "F5" in str(asked(body)) else scribe()(body)
    jobs.start(report, WHO, "all")
    until(jobs, report, lambda told: told["done"] == 3)
    down.open.set()
    told = ended(jobs, report)
    assert told["state"] == "failed"
    assert "503" in told["told"]
    assert len(told["told"].splitlines()) == 1
    assert list(points(workspace, report)) == [("F1",), ("F2",), ("F3",)]
    endpoint.script = scribe()
    before = len(endpoint.requests)
    jobs.start(report, WHO, "all")
    assert ended(jobs, report)["all"] == 2
    assert [point["facts"] for point in asked(endpoint.requests[before].body)] == [["F5"], ["F6"]]
    assert len(points(workspace, report)) == 5


def test_a_job_that_ended_with_the_server_is_told_and_gone_on_with(
    workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    endpoint.script = lambda body: answers.hang() if "F5" in str(asked(body)) else scribe()(body)
    with running(workspace, environ(endpoint)) as first:
        first.start(report, WHO, "all")
        until(first, report, lambda told: told["done"] == 3)
    with running(workspace, environ(endpoint)) as second:
        told = second.of(report, WHO)
        assert told is not None
        assert (told["state"], told["scope"]) == ("interrupted", "all")
        assert second.of(report, "李四") is None
        endpoint.script = scribe()
        second.start(report, WHO, "all")
        assert ended(second, report)["all"] == 2
        assert len(points(workspace, report)) == 5
    with running(workspace, environ(endpoint)) as third:
        assert third.of(report, WHO) is None


def test_a_redraft_that_was_interrupted_asks_only_for_the_proposals_that_are_missing(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    filled(jobs, workspace, report)

    def other_words(body: Body) -> Behaviour:
        """Streams a proposal for the first point, and never comes to its end."""
        found = [{**point, "text": f"共{point['text']}"} for point in faithful(body)]
        whole = json.dumps({"points": found}, ensure_ascii=False)
        cut = len(json.dumps({"points": found[:1]}, ensure_ascii=False)) - len("]}")

        async def answer(call: Call) -> None:
            await call.begin(content_type="text/event-stream")
            await call.event(answers._chunk({"content": whole[:cut]}))
            await answers.hang()(call)

        return answer

    endpoint.script = other_words
    with running(workspace, environ(endpoint)) as first:
        first.start(report, WHO, "s2", "另换说法")
        until(first, report, lambda told: told["done"] == 1)
    endpoint.script = scribe()
    before = len(endpoint.requests)
    with running(workspace, environ(endpoint)) as second:
        second.start(report, WHO, "s2", "另换说法")
        assert ended(second, report)["state"] == "done"
    assert [point["facts"] for point in asked(endpoint.requests[before].body)] == [["F6"]]
    assert points(workspace, report)["F5",].proposal is not None


def test_one_job_for_each_person_and_report(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    gate = Gate()
    endpoint.script = lambda body: gate.before(scribe()(body))
    jobs.start(report, WHO, "s1")
    with pytest.raises(EditConflict, match="正在拟稿"):
        jobs.start(report, WHO, "s2")
    jobs.start(report, "李四", "s2")
    gate.open.set()
    assert ended(jobs, report)["state"] == ended(jobs, report, "李四")["state"] == "done"
    assert list(points(workspace, report)) == [("F1",), ("F2",), ("F3",)]
    assert list(points(workspace, report, "李四")) == [("F5",), ("F6",)]


def test_twenty_jobs_at_once_share_one_limit(jobs: Jobs, workspace: Workspace, endpoint: FakeEndpoint) -> None:
    """The model's limit of calls in flight (8) holds for all of them: eight calls meet at the endpoint, a ninth never."""
    reports = [
        begun(workspace, replace(bare(drafted()).report(), topic=f"第{number}项防汛工作")) for number in range(20)
    ]
    eight = answers.together(8, answers.completion("{}"))
    met = iter(range(8))
    endpoint.script = lambda body: eight if next(met, None) is not None else scribe()(body)
    for number in reports:
        jobs.start(number, WHO, "all")
    assert {ended(jobs, number)["state"] for number in reports} == {"done"}
    assert endpoint.peak == 8
    assert all(len(points(workspace, number)) == 5 for number in reports)


# --- what is refused


@pytest.mark.parametrize(
    ("fact", "instruction"),
    [("联系防汛专家1名，电话13812345678", ""), ("联系防汛专家1名", "写上电话13812345678")],
    ids=["fact", "instruction"],
)
def test_what_may_not_leave_the_machine_is_refused_and_nothing_sent(
    workspace: Workspace, fact: str, instruction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = Section(SECTION.heading, (*SECTION.facts, Fact("F9", fact)))
    number = begun(workspace, replace(bare(drafted()).report(), brief=replace(BOTH, sections=(secret, SECOND))))
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was sent"))
    elsewhere = {"OPENAI_BASE_URL": "http://192.0.2.1:9/v1", "OPENAI_MODEL": "测试模型", "CHENGWEN_RETRIES": "0"}
    with running(workspace, elsewhere) as jobs:
        jobs.start(number, WHO, "s1", instruction)
        told = ended(jobs, number)
    assert told["state"] == "failed"
    assert "手机号" in told["told"]
    assert "13812345678" not in told["told"]
    assert not points(workspace, number)


def test_without_a_model_the_composer_words_and_takes_no_instruction(workspace: Workspace, report: int) -> None:
    with running(workspace, {"CHENGWEN_MODEL": "composer"}) as jobs:
        made = filled(jobs, workspace, report)
        assert {one.point.provenance.origin for one in made.values()} == {"composed"}
        with pytest.raises(InputError, match="不能照要求改写"):
            jobs.start(report, WHO, "all", "更简洁")


def test_what_cannot_begin_leaves_no_job(jobs: Jobs, report: int) -> None:
    with pytest.raises(InputError, match="没有这个章节或要点"):
        jobs.start(report, WHO, "s77")
    assert jobs.of(report, WHO) is None
    jobs.start(report, WHO, "s1")
    assert ended(jobs, report)["state"] == "done"


def test_a_server_that_stops_begins_nothing(workspace: Workspace, report: int, endpoint: FakeEndpoint) -> None:
    endpoint.script = scribe()
    with running(workspace, environ(endpoint)) as jobs:
        jobs.start(report, WHO, "s1")
        ended(jobs, report)
        jobs.close()
        with pytest.raises(EditConflict, match="正在停止"):
            jobs.start(report, WHO, "all")
    assert len(endpoint.requests) == 1


def test_a_document_without_facts_is_not_drafted(jobs: Jobs, workspace: Workspace) -> None:
    number = begun(workspace, replace(drafted().report(), brief=None, topic="没有提纲的文稿"))
    with pytest.raises(InputError, match="还没有事实"):
        jobs.start(number, WHO, "all")


# --- what it cost


def test_each_job_leaves_one_row_of_usage_however_it_ends(
    jobs: Jobs, workspace: Workspace, report: int, endpoint: FakeEndpoint
) -> None:
    endpoint.script = scribe(text("126处", "128处"))
    jobs.start(report, WHO, "s1")
    ended(jobs, report)
    endpoint.script = lambda _: answers.status(503)
    jobs.start(report, WHO, "s2")
    ended(jobs, report)
    with workspace.reading() as connection:
        [total] = usage.totals(connection).models
        assert integrity.verify(connection).sound
    assert (total.of, total.jobs, total.spent.calls) == ("openai:测试模型", 2, 2)
    assert total.spent.prompt_tokens == 2 * answers.USAGE["prompt_tokens"]
    assert total.spent.completion_tokens == 2 * answers.USAGE["completion_tokens"]


def test_the_desk_takes_its_moments_where_regenerations_take_theirs(
    workspace: Workspace, endpoint: FakeEndpoint, report: int
) -> None:
    endpoint.script = scribe()
    with running(workspace, environ(endpoint, CHENGWEN_RATE="6000")) as jobs:
        jobs.start(report, WHO, "all")
        ended(jobs, report)
    with workspace.reading() as connection:
        moments = connection.execute(select(paces.c.next)).scalars().all()
    assert len(moments) == 1
    assert moments[0] > 0
