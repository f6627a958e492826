"""Batches on SQLite and PostgreSQL, at a real endpoint: what they bring is not asked again, what they do not bring is, and none is made twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.facts import Brief, Fact, Section
from drafting.models import ModelSpec, open_batches
from drafting.models.batch_api import BatchApi, Look
from drafting.regeneration.batches import Batch
from drafting.regeneration.bringing import MOST_BYTES, MOST_REQUESTS, Courier, Watch
from drafting.regeneration.budget import Budget
from drafting.regeneration.keys import Manner
from drafting.workspace import contents, history
from drafting.workspace.location import locate
from drafting.workspace.tables import batches as table
from drafting.workspace.usage import Spent, totals
from drafting.workspace.workspace import Workspace, opened
from tests import endpoint as answers
from tests.batch_endpoint import (
    BatchEndpoint,
    Made,
    batch_endpoint,
    completion_of,
    missing,
    refused,
    responded,
    unanswered,
)
from tests.batch_endpoint import Line as ResultLine
from tests.regenerating import ORGANS, WHO, Operator, brief, order, with_fact
from tests.scribe import faithful, scribe
from tests.workspaces import Clock

__all__ = ["batch_endpoint"]

SPEC = ModelSpec.parse("openai:测试模型")
ALL = [brief(organ) for organ in ORGANS]
SECTIONS = 6


class Killed(Exception):
    """The process is gone at this moment."""


@dataclass
class Office(Operator):
    """An operator who may send batches first."""

    declined: list[str] = field(default_factory=list)
    brought: list[tuple[str, int]] = field(default_factory=list)
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    retries: int = 0

    @property
    def at(self) -> BatchEndpoint:
        assert isinstance(self.endpoint, BatchEndpoint)
        return self.endpoint

    def bring(self, briefs: Sequence[Brief], **watch: object) -> Spent:
        """Sends what is out of date as batches, waits for them, and tells what they cost."""
        return asyncio.run(self._bring(briefs, watch))

    def batched(self, briefs: Sequence[Brief]) -> int:
        """Batches, then the run; how many calls the run took."""
        self.bring(briefs)
        return self.regenerate(briefs)

    async def _bring(self, briefs: Sequence[Brief], watch: dict[str, object]) -> Spent:
        def taken(_: Batch, look: Look, brought: int) -> None:
            self.brought.append((look.status, brought))

        heard = replace(Watch(declined=self.declined.append, taken=taken), **watch)  # type: ignore[arg-type]
        async with open_batches(SPEC, environ=self.endpoint.environ, max_retries=self.retries) as api:
            courier = Courier(self.workspace, WHO, Manner(SPEC, "section"), api, watch=heard, every=0)
            courier.most_requests, courier.most_bytes = self.most_requests, self.most_bytes
            await courier.bring([order(one) for one in briefs])
        return courier.spent


@pytest.fixture
def office(workspace: Workspace, batch_endpoint: BatchEndpoint) -> Office:
    batch_endpoint.script = scribe()
    return Office(workspace, batch_endpoint)


def ended(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return sorted(connection.execute(select(table.c.ended)).scalars())


def test_a_batch_brings_every_section_and_the_run_asks_nothing(office: Office) -> None:
    assert office.batched(ALL) == 0
    assert {one.state for one in office.results} == {"made"}
    assert (office.at.count("POST /batches"), len(office.at.asked)) == (1, 0)
    assert office.brought == [("completed", SECTIONS)]
    assert ended(office.workspace) == ["completed"]
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1, "nothing is out of date"


def test_what_was_uploaded_is_taken_away_once_the_answers_are_here(office: Office) -> None:
    assert office.at.batches is not None
    office.bring(ALL)
    assert office.at.batches.files == {}
    assert office.at.count("DELETE /files/file-1") == 1


def test_an_endpoint_that_keeps_its_files_costs_nothing(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.keeps_files = True
    assert office.batched(ALL) == 0
    assert {one.state for one in office.results} == {"made"}
    assert ended(office.workspace) == ["completed"]


def test_a_report_by_batch_is_byte_for_byte_that_of_calls(batch_endpoint: BatchEndpoint, tmp_path: object) -> None:
    batch_endpoint.script = scribe()
    texts, bodies = [], []
    for by_batch in (True, False):
        with opened(locate(f"{tmp_path}/{by_batch}", {}), create=True, clock=Clock()) as workspace:
            office = Office(workspace, batch_endpoint)
            assert office.batched(ALL[:1]) == 0 if by_batch else office.regenerate(ALL[:1]) == 2
            with workspace.reading() as connection:
                (document,) = history.documents(connection)
                version = history.head(connection, document.id)
                texts.append((version.hash, json.dumps(contents.get(connection, version.hash).as_dict())))
                bodies.append([(one.of, one.spent) for one in totals(connection).models])
    assert texts[0] == texts[1]
    assert [one.calls for _, one in bodies[0]] == [one.calls for _, one in bodies[1]]
    assert batch_endpoint.batches is not None
    in_batch = sorted(json.dumps(line["body"], sort_keys=True) for line in batch_endpoint.batches.lines)
    assert in_batch == sorted(json.dumps(one.body, sort_keys=True) for one in batch_endpoint.asked)
    assert {(line["method"], line["url"]) for line in batch_endpoint.batches.lines} == {
        ("POST", "/v1/chat/completions")
    }
    assert all(len(line["custom_id"]) <= 64 for line in batch_endpoint.batches.lines)


def test_only_what_is_out_of_date_is_sent(office: Office) -> None:
    office.regenerate(ALL)
    office.bring([with_fact(ALL[0], "F4", "储备沙袋4万条"), *ALL[1:]])
    assert office.at.batches is not None
    assert len(office.at.batches.lines) == 1
    assert office.regenerate([with_fact(ALL[0], "F4", "储备沙袋4万条")]) == 0


def test_an_answer_that_is_there_already_is_not_sent_for_again(office: Office) -> None:
    office.bring(ALL)
    office.bring(ALL)
    assert office.at.count("POST /batches") == 1


def failed(line: ResultLine) -> ResultLine:
    """A line whose answer came with an error status."""
    return responded(line, 502, completion_of(json.dumps({"points": faithful(line["body"])})))


@pytest.mark.parametrize("wrong", [refused, failed, unanswered, missing])
def test_what_a_batch_did_not_bring_goes_by_calls(office: Office, wrong: object) -> None:
    assert office.at.batches is not None
    office.at.batches.results = [wrong, wrong]  # type: ignore[list-item]
    assert office.batched(ALL) == 2
    assert {one.state for one in office.results} == {"made"}
    assert office.brought == [("completed", SECTIONS - 2)]


def test_lines_that_cannot_be_read_and_strangers_harm_nothing(office: Office) -> None:
    def no_choices(line: ResultLine) -> ResultLine:
        return responded(line, 200, {"object": "error"})

    def stranger(line: ResultLine) -> ResultLine:
        return responded({"custom_id": "别人的"}, 200, completion_of("{}"))

    def bare(_: ResultLine) -> ResultLine:
        return {"response": {"status_code": 200}}

    assert office.at.batches is not None
    office.at.batches.results = [no_choices, stranger, bare]
    assert office.batched(ALL) == 3
    assert {one.state for one in office.results} == {"made"}


def test_an_answer_that_is_not_fit_costs_its_repair_alone(office: Office) -> None:
    def wrong(line: ResultLine) -> ResultLine:
        content = json.dumps({"points": faithful(line["body"])}, ensure_ascii=False).replace("处", "万处")
        return responded(line, 200, completion_of(content))

    assert office.at.batches is not None
    office.at.batches.results = [wrong]
    assert office.batched(ALL[:1]) == 1
    (repair,) = office.at.asked
    assert [message["role"] for message in repair.body["messages"]] == ["system", "user", "assistant", "user"]
    assert office.results[0].state == "made"


@pytest.mark.parametrize("how", ["expired", "cancelled", "failed"])
def test_what_a_batch_did_bring_before_it_ended_early_is_taken(office: Office, how: str) -> None:
    assert office.at.batches is not None
    office.at.batches.ends = how
    office.at.batches.results = [unanswered] * 4
    assert office.batched(ALL) == 4
    assert {one.state for one in office.results} == {"made"}
    assert office.brought == [(how, SECTIONS - 4)]
    assert ended(office.workspace) == [how]


@pytest.mark.parametrize("code", [404, 405, 501])
def test_an_endpoint_without_batches_is_asked_by_calls(office: Office, code: int) -> None:
    assert office.at.batches is not None
    office.at.batches.listing = answers.status(code)
    assert office.batched(ALL) == SECTIONS
    assert office.declined == [f"没有批处理接口（HTTP {code}）"]
    assert office.at.count("POST /files") == 0, "no fact is uploaded to find that out"


def test_a_page_in_place_of_an_interface_is_none(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.listing = answers.html()
    assert office.batched(ALL) == SECTIONS
    assert len(office.declined) == 1


@pytest.mark.parametrize("code", [400, 404, 413, 429])
def test_a_file_that_is_not_taken_goes_by_calls(office: Office, code: int) -> None:
    assert office.at.batches is not None
    office.at.batches.uploading = answers.status(code)
    assert office.batched(ALL) == SECTIONS
    assert len(office.declined) == 1


def test_a_batch_that_is_declined_leaves_nothing_to_wait_for(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.creating = [answers.status(400, "billing limit")]
    assert office.batched(ALL) == SECTIONS
    assert "billing limit" in office.declined[0]
    assert ended(office.workspace) == []


def test_what_was_created_before_one_was_declined_is_waited_for(office: Office) -> None:
    office.most_requests = 2
    assert office.at.batches is not None
    create = office.at.batches.create

    def once(body: answers.Body) -> Made:
        made = create(body)
        assert office.at.batches is not None
        office.at.batches.creating = [answers.status(429, "too many batches")]
        return made

    office.at.batches.create = once  # type: ignore[method-assign]
    assert office.batched(ALL) == SECTIONS - 2
    assert office.brought == [("completed", 2)]
    assert len(office.declined) == 1


def test_a_wrong_key_stops_and_is_not_told(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.listing = answers.status(401, "no such key test-key")
    with pytest.raises(ModelSetupError, match="拒绝了密钥") as caught:
        office.bring(ALL)
    assert "test-key" not in str(caught.value)


def test_files_keep_to_the_limit_of_requests(office: Office) -> None:
    office.most_requests = 4
    assert office.batched(ALL) == 0
    assert office.at.batches is not None
    assert [len(one.lines) for one in office.at.batches.made.values()] == [4, 2]
    assert office.brought == [("completed", 4), ("completed", 2)]


def test_files_keep_to_the_limit_of_bytes(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.keeps_files = True
    office.bring(ALL[:1])
    office.most_bytes = max(len(file) for file in office.at.batches.files.values())
    office.batched(ALL)
    uploaded = [len(content) for name, content in office.at.batches.files.items() if name.startswith("file-")]
    assert len(uploaded) > 2
    assert max(uploaded) <= office.most_bytes


def test_a_question_that_no_file_holds_goes_by_calls(office: Office) -> None:
    office.most_bytes = 100
    assert office.batched(ALL) == SECTIONS
    assert office.at.calls == []


def test_the_limits_are_what_endpoints_allow() -> None:
    assert (MOST_REQUESTS, MOST_BYTES) == (50_000, 100_000_000)


def kill(*_: object) -> None:
    raise Killed


def test_a_run_that_was_killed_after_creating_waits_for_the_same_batch(office: Office) -> None:
    with pytest.raises(Killed):
        office.bring(ALL, sent=kill)
    assert office.at.count("GET /batches/batch_1") == 0
    resumed: list[Batch] = []
    office.bring(ALL, resumed=resumed.append)
    assert [(one.batch, len(one.sections)) for one in resumed] == [("batch_1", SECTIONS)]
    assert office.at.count("POST /batches") == 1
    assert office.regenerate(ALL) == 0


def test_a_run_that_was_killed_before_it_knew_the_batch_finds_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The endpoint made the batch, and the process was gone before its name was put down."""
    create = BatchApi.create

    async def cut(self: BatchApi, file: str, tag: str) -> str:
        await create(self, file, tag)
        raise Killed

    with monkeypatch.context() as then:
        then.setattr(BatchApi, "create", cut)
        with pytest.raises(Killed):
            office.bring(ALL)
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


def test_a_batch_that_cannot_be_looked_for_now_is_not_sent_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("drafting.regeneration.batches.name", kill)
        with pytest.raises(Killed):
            office.bring(ALL)
    assert office.at.batches is not None
    office.at.batches.listing = answers.status(429)
    with pytest.raises(ModelUnreachable):
        office.bring(ALL)
    office.at.batches.listing = None
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


def test_a_run_that_was_killed_before_it_created_sends_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(BatchApi, "create", kill)
        with pytest.raises(Killed):
            office.bring(ALL)
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1
    assert ended(office.workspace) == ["completed"]


def test_a_creation_whose_answer_was_lost_is_looked_for_and_not_repeated(office: Office) -> None:
    office.retries = 1
    assert office.at.batches is not None
    office.at.batches.creating, office.at.batches.lost = [answers.status(502)], True
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


def test_a_creation_that_failed_is_not_taken_for_one_that_was_made(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.creating = [answers.status(502)]
    with pytest.raises(ModelUnreachable):
        office.bring(ALL)
    assert ended(office.workspace) == []
    assert office.batched(ALL) == 0
    assert len(office.at.batches.made) == 1


def test_what_changed_since_a_killed_run_goes_in_a_batch_of_its_own(office: Office) -> None:
    with pytest.raises(Killed):
        office.bring(ALL, sent=kill)
    changed = [with_fact(ALL[0], "F4", "储备沙袋4万条"), *ALL[1:]]
    assert office.batched(changed) == 0
    assert office.at.batches is not None
    assert [len(one.lines) for one in office.at.batches.made.values()] == [SECTIONS, 1]


def test_killed_while_answers_were_taken_they_are_taken_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr("drafting.regeneration.batches.end", kill)
        with pytest.raises(Killed):
            office.bring(ALL)
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


@pytest.mark.parametrize("stumble", [answers.status(500), answers.status(429), answers.html()])
def test_a_look_that_failed_says_nothing_of_the_batch(office: Office, stumble: answers.Behaviour) -> None:
    assert office.at.batches is not None
    office.at.batches.stumbles = [stumble]
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


def test_an_endpoint_that_stays_away_stops_the_wait_and_the_next_run_goes_on(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.stumbles = [answers.status(503)] * 5
    with pytest.raises(ModelUnreachable):
        office.bring(ALL)
    assert ended(office.workspace) == [""]
    assert office.batched(ALL) == 0
    assert office.at.count("POST /batches") == 1


def test_a_batch_that_the_endpoint_knows_no_more_goes_by_calls(office: Office) -> None:
    assert office.at.batches is not None
    office.at.batches.stumbles = [answers.status(404)]
    assert office.batched(ALL) == SECTIONS
    assert ended(office.workspace) == ["gone"]


def test_what_a_batch_cost_is_counted_once_and_with_its_report(office: Office) -> None:
    spent = office.bring(ALL[:1])
    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (2, 80, 24)
    office.regenerate(ALL[:1])
    with office.workspace.reading() as connection:
        (total,) = totals(connection).models
    assert (total.spent.calls, total.spent.prompt_tokens, total.spent.completion_tokens) == (2, 80, 24)


def test_a_budget_that_a_batch_used_up_keeps_nothing_back_that_it_brought(office: Office) -> None:
    """Answers that are paid for are used; the one that is missing is not asked for."""
    assert office.at.batches is not None
    office.at.batches.results = [missing]
    spent = office.bring(ALL)
    calls = office.regenerate(ALL, budget=lambda: Budget(max_tokens=100, spent=spent))
    assert calls == 0
    assert sorted(one.state for one in office.results) == ["failed", "made", "made"]


def test_one_section_in_two_reports_is_asked_for_once(office: Office) -> None:
    shared = Section("同一节", (Fact("F1", "储备沙袋3万条"),))
    both = [replace(one, sections=(shared,)) for one in ALL[:2]]
    office.bring(both)
    assert office.at.batches is not None
    assert len(office.at.batches.lines) == 1
