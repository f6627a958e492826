"""Drafting over HTTP: who may begin a job, what the page is told, and that the job goes on without a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import httpx2
import pytest

from drafting.workspace import saving
from tests.test_desk_wording_in import bare, drafted
from tests.web.conftest import Served

_NUMBERS = count(1)
Told = Mapping[str, Any]


@pytest.fixture
def report(served: Served) -> int:
    """A report of 李四's with facts and no text yet."""
    empty = replace(bare(drafted()).report(), topic=f"第{next(_NUMBERS)}批防汛工作")
    return saving.record(served.workspace, empty, "李四", "edited").document.id


def call(client: httpx2.Client, name: str, **sent: Any) -> httpx2.Response:
    return client.post(f"/call/zh/{name}", json=sent, timeout=40)


def ended(client: httpx2.Client, told: Told) -> Told:
    """Follows as the page does until the job is over."""
    while told["job"]["state"] == "running":
        found = call(client, "desk/follow", report=told["report"], revision=told["revision"], job=told["job_mark"])
        assert found.status_code == 200, found.text
        told = found.json()
    return told


def texts(told: Told) -> list[str]:
    return [
        point["text"] for block in told["blocks"] for point in block.get("points", ()) if block["type"] == "paragraph"
    ]


def test_a_report_is_drafted_and_its_points_are_told(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        began = call(client, "desk/draft", report=report, scope="all")
        assert began.status_code == 200, began.text
        told = ended(client, began.json())
    assert (told["job"]["state"], told["job"]["done"], told["job"]["all"]) == ("done", 5, 5)
    assert len(texts(told)) == 5
    assert "储备沙袋3万条" in "".join(texts(told))
    assert {point["step"] for point in told["job"]["points"]} == {"composed"}


def test_whoever_comes_back_finds_what_was_drafted_meanwhile(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        call(client, "desk/draft", report=report, scope="s2")
    with served.logged_in("李四") as client:
        told = ended(client, call(client, "desk/open", report=report).json())
    assert told["job"]["scope"] == "s2"
    assert len(texts(told)) == 2


@pytest.mark.parametrize("name", ["赵六", "王五", "周八"])
def test_who_has_no_part_in_it_begins_and_stops_nothing(served: Served, report: int, name: str) -> None:
    with served.logged_in(name) as client:
        assert call(client, "desk/draft", report=report, scope="all").status_code == 403
        assert call(client, "desk/cancel", report=report).status_code == 403
    with served.logged_in("李四") as client:
        told = call(client, "desk/open", report=report).json()
    assert told["job"] is None
    assert not texts(told)


SENT: list[tuple[dict[str, Any], int]] = [
    ({"scope": "s99"}, 400),
    ({"scope": 3}, 400),
    ({}, 400),
    ({"scope": "all", "instruction": "更简洁"}, 400),
    ({"scope": "all", "instruction": "更简洁" * 100}, 400),
    ({"scope": "all", "instruction": ["更简洁"]}, 400),
    ({"scope": "all", "else": 1}, 400),
    ({"scope": "all", "report": 10**9}, 404),
    ({"scope": "all", "report": "一"}, 400),
]


@pytest.mark.parametrize(("sent", "status"), SENT, ids=[str(number) for number in range(len(SENT))])
def test_what_no_page_sends_is_refused_in_a_line(served: Served, report: int, sent: Told, status: int) -> None:
    with served.logged_in("李四") as client:
        answer = call(client, "desk/draft", **{"report": report, **sent})
        assert answer.status_code == status
        assert len(answer.json()["detail"].splitlines()) == 1
        assert call(client, "desk/open", report=report).json()["job"] is None


def test_stopping_where_nothing_runs_is_no_error(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        assert call(client, "desk/cancel", report=report).status_code == 200
