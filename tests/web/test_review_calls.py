"""Reviewing over HTTP: changes judged, comments, steps; each by who may, of versions that are the report's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from drafting.workspace import contents, history, saving
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited
from tests.web.conftest import Served
from tests.web.hostile import hostile

_NUMBER = iter(range(1, 1000))


@pytest.fixture
def pair(served: Served) -> Iterator[tuple[int, int, int]]:
    """A report of 李四's with two changes between two versions: its id and theirs."""
    first = replace(report(CLEAN), topic=f"专项工作{next(_NUMBER)}", organ="市应急管理局", kind="special-report")
    base = saving.record(served.workspace, first, "李四", "drafted").version
    head = saving.save(served.workspace, base, edited(edited(first, "6次", "7次"), "31家", "32家"), "李四")
    return base.report_id, base.id, head.id


def asked(client: httpx2.Client, name: str, **told: Any) -> httpx2.Response:
    return client.post(f"/call/zh/review/{name}", json=told)


def told(client: httpx2.Client, name: str, **sent: Any) -> dict[str, Any]:
    answer = asked(client, name, **sent)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def text(served: Served, version: int) -> str:
    with served.workspace.reading() as connection:
        return contents.get(connection, history.version(connection, version).hash).text


def test_one_change_is_taken_back_and_the_other_stands_and_is_remembered(
    served: Served, pair: tuple[int, int, int]
) -> None:
    id, old, new = pair
    with served.logged_in("王五") as client:
        page = told(client, "open", report=id)
        assert (page["old"], page["new"]) == (old, new)
        ids = {change["new"]: change["id"] for change in page["changes"]}
        assert [change["by"] for change in page["changes"]] == ["李四", "李四"]
        kept = told(client, "judge", report=id, old=old, new=new, accept=[ids["32家"]], reject=[])
        assert kept["new"] == new
        after = told(client, "judge", report=id, old=old, new=new, accept=[], reject=[ids["7次"]])
    assert after["new"] != new
    assert [(one["new"], one["decision"]["word"], one["decision"]["by"]) for one in after["changes"]] == [
        ("32家", "accepted", "王五")
    ]
    assert "会6次" in text(served, after["new"])
    assert "32家" in text(served, after["new"])


def test_who_takes_changes_back_writes_no_words_and_may_still_sign(served: Served, pair: tuple[int, int, int]) -> None:
    id, old, new = pair
    with served.logged_in("李四") as client:
        submitted = told(client, "submit", report=id, old=old, new=new)
        assert submitted["standing"] == "待初审"
    with served.logged_in("王五") as client:
        page = told(client, "open", report=id)
        first = page["changes"][0]["id"]
        after = told(client, "judge", report=id, old=old, new=new, accept=[], reject=[first])
        assert after["standing"] == "待初审"
        refused = asked(client, "approve", report=id, old=old, new=after["new"], reason="")
        assert refused.status_code == 403  # 王五 is 终审 and it is 初审's turn
        assert told(client, "return", report=id, old=old, new=after["new"], reason="数字再核")["standing"] == "已退回"


def test_comments_are_said_answered_and_settled(served: Served, pair: tuple[int, int, int]) -> None:
    id, old, new = pair
    both = {"report": id, "old": old, "new": new}
    with served.logged_in("王五") as client:
        change = told(client, "open", report=id)["changes"][0]["id"]
        (first,) = told(client, "comment", **both, text="与台账核对过吗？", change=change)["comments"]
        assert first["quote"] == "7次"
    with served.logged_in("李四") as client:
        page = told(client, "comment", **both, text="核对过", reply_to=first["id"])
        assert [one["reply_to"] for one in page["comments"]] == [None, first["id"]]
        assert told(client, "settle", **both, comment=first["id"])["comments"][0]["settled"] == "李四"
        assert asked(client, "settle", **both, comment=10_000).status_code == 403
        assert asked(client, "comment", **both, text=" ").status_code in (400, 503)


def test_versions_of_another_report_and_changes_that_are_none_are_refused(
    served: Served, pair: tuple[int, int, int]
) -> None:
    id, old, new = pair
    with served.logged_in("王五") as client:
        assert asked(client, "open", report=1, old=old, new=new).status_code == 404
        assert asked(client, "judge", report=1, old=old, new=new, accept=[], reject=[]).status_code == 404
        assert asked(client, "judge", report=id, old=old, new=new, accept=["ffff"], reject=[]).status_code == 404
        assert asked(client, "open", report=999).status_code == 404
    with served.logged_in("赵六") as client:
        assert asked(client, "open", report=id).status_code == 403
        assert asked(client, "judge", report=id, old=old, new=new, accept=[], reject=[]).status_code == 403
    with served.logged_in("周八") as client:
        assert asked(client, "open", report=id).status_code == 403


def test_a_drafter_judges_no_version_that_stood(served: Served, pair: tuple[int, int, int]) -> None:
    id, old, new = pair
    with served.logged_in("李四") as client:
        page = told(client, "open", report=id)
        assert not page["may"]["judge"]
        change = page["changes"][0]["id"]
        assert asked(client, "judge", report=id, old=old, new=new, accept=[change], reject=[]).status_code == 403


def test_hostile_texts_stand_in_the_page_as_texts(served: Served) -> None:
    found = hostile()
    with served.workspace.reading() as connection:
        document = next(one for one in history.documents(connection) if one.organ == found.organ)
    with served.logged_in("王五") as client:
        page = told(client, "open", report=document.id)
    for html in (page["inline"], page["sides"], page["summary"]):
        assert "<script" not in html
        assert "<img" not in html
        assert "onerror=" not in html.replace("&quot;", "") or "&lt;" in html
