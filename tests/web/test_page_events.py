"""The page's endpoints, called as anyone with a session could: with values that the page never sends, under another's page."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2
import pytest

from drafting.workspace import history
from tests.web.conftest import Served

FIRST, FILTERED, OPENED, COMPARED = 0, 1, 2, 3


def call(client: httpx2.Client, event: int, *values: object, page: str = "", **sent: object) -> list[Any]:
    """What the page would be given to show."""
    page = page or f"page{id(client)}{event}"
    joined = client.post("/zh/gradio_api/queue/join", json=asked(event, values, page, sent))
    assert joined.status_code == 200, joined.text
    with client.stream("GET", "/zh/gradio_api/queue/data", params={"session_hash": page}) as answer:
        for line in answer.iter_lines():
            told = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if told.get("msg") == "process_completed":
                assert told["success"], told
                return list(told["output"]["data"])
    raise AssertionError("no answer")


def asked(event: int, values: object, page: str, sent: object) -> dict[str, object]:
    return {"data": values, "event_data": sent, "fn_index": event, "trigger_id": 1, "session_hash": page}


def test_the_page_opens_with_who_is_logged_in_and_the_reports(served: Served) -> None:
    with served.logged_in("李四") as client:
        top, table, history = call(client, FIRST)
    assert "李四" in top
    assert "区教育局" in table
    assert "选一份报告" in history


def test_words_and_state_choose_among_the_reports(served: Served) -> None:
    with served.logged_in() as client:
        (found,) = call(client, FILTERED, "区教育局", "all")
        (signed,) = call(client, FILTERED, "", "signed")
    assert re.search(r"1 份报告，共 \d+ 份", found)
    assert "已签发" in signed
    assert "区教育局" not in signed


@pytest.mark.parametrize(
    "report",
    [None, "", "0", "-1", "99", "1e1", "１", [1], {"$gt": 0}, True, 10**30, "1; DROP TABLE users", "../1", 1.0],
)
def test_a_report_that_is_none_is_refused_in_a_line(served: Served, report: object) -> None:
    with served.logged_in() as client:
        history, comparison = call(client, OPENED, report=report)
        (refused,) = call(client, COMPARED, report=report, old="1", new="2")
    assert 'role="alert"' in history
    assert "<section" not in history
    assert comparison == ""
    assert 'role="alert"' in refused


def test_a_version_of_another_report_is_refused(served: Served) -> None:
    with served.workspace.reading() as connection:
        heads = history.heads(connection)
    own, other = heads[1], heads[2]
    with served.logged_in() as client:
        (refused,) = call(client, COMPARED, report=own.report_id, old=own.id, new=other.id)
    assert "没有编号" in refused
    assert "difference" not in refused


def test_an_account_without_a_role_is_shown_no_report(served: Served) -> None:
    with served.logged_in("周八") as client:
        _, table, _ = call(client, FIRST)
        opened, _ = call(client, OPENED, report=1)
        (compared,) = call(client, COMPARED, report=1, old=1, new=2)
    for told in (table, opened, compared):
        assert 'role="alert"' in told
        assert "应急管理局" not in told


def test_another_users_page_is_not_answered_under(served: Served) -> None:
    with served.logged_in("张三") as owner, served.logged_in("李四") as other:
        call(owner, FILTERED, "", "all", page="owned")
        sent = asked(FILTERED, ["", "all"], "owned", {})
        assert other.post("/zh/gradio_api/queue/join", json=sent).status_code == 401
        assert other.get("/zh/gradio_api/queue/data?session_hash=owned").status_code == 401
        call(owner, FILTERED, "", "all", page="owned")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b'{"session_hash": {}}', b'{"fn_index": 99, "data": []}'])
def test_a_body_that_is_no_event_is_refused_without_a_trace_of_the_program(served: Served, body: bytes) -> None:
    with served.logged_in() as client:
        answer = client.post("/zh/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert answer.status_code >= 400
    assert "Traceback" not in answer.text
    assert "/ui/" not in answer.text
