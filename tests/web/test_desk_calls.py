"""The desk's calls over HTTP: opened, typed into, followed, saved, submitted; and refused to whoever has no part in the report."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from typing import Any

import httpx2
import pytest

from drafting import brief as brief_file
from drafting.workspace import access, contents, history, saving, users
from tests.web.conftest import PASSWORD, Served
from tests.web.furnished import CASES, drafted
from ui.web import accounts

_NUMBERS = count(1)
_BRIEF = brief_file.load(CASES / "campus-2024h1.brief.yaml").brief
WRITES = ("edit", "save", "discard", "submit")


@pytest.fixture
def report(served: Served) -> int:
    """A report of 李四's alone."""
    own = drafted(replace(_BRIEF, topic=f"第{next(_NUMBERS)}片区校园安全工作"))
    return saving.record(served.workspace, own, "李四", "drafted").document.id


def ask(client: httpx2.Client, name: str, language: str = "zh", **told: Any) -> httpx2.Response:
    headers = {"content-type": "application/json"}
    return client.post(f"/call/{language}/desk/{name}", content=json.dumps(told), headers=headers)


def given(client: httpx2.Client, name: str, language: str = "zh", **told: Any) -> Any:
    answer = ask(client, name, language, **told)
    assert answer.status_code == 200, answer.text
    return answer.json()


def fact_of(state: Any, section: int = 0, place: int = 0) -> Any:
    return state["sections"][section]["facts"][place]


def point_of(state: Any) -> Any:
    return next(point for block in state["blocks"] for point in block.get("points", []))


def test_a_desk_is_opened_as_the_report_stands(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = given(client, "open", report=report)
        english = given(client, "open", "en", report=report)
    assert (state["report"], state["can_write"], state["can_waive"], state["changed"]) == (report, True, False, False)
    assert (state["standing"], english["standing"]) == ("草稿", "Draft")
    assert state["base"]["number"] == 1
    assert state["head"]["period"] == "2024年上半年"
    assert [one["heading"] for one in state["sections"]] == [one.heading for one in _BRIEF.sections]
    printed = [
        one["number"] + one["text"]
        if "text" in one
        else "".join(point["enumerator"] + point["text"] for point in one["points"])
        for one in state["blocks"]
    ]
    with served.workspace.reading() as connection:
        stands = contents.get(connection, history.head(connection, report).hash)
    assert printed == [block.text for block in stands.blocks]


def test_what_is_typed_is_kept_and_comes_back(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = given(client, "open", report=report)
        fact, point = fact_of(state), point_of(state)
        typed = [
            {"op": "fact", "id": fact["id"], "field": "text", "was": fact["text"], "value": "召开专题会议6次"},
            {"op": "text", "id": point["id"], "was": point["text"], "value": point["text"] + "成效明显。"},
        ]
        told = given(client, "edit", report=report, revision=state["revision"], operations=typed)
        assert told["results"] == [{"ok": True}, {"ok": True}]
        assert "state" not in told
        again = given(client, "open", report=report)
    assert (again["revision"], again["changed"]) == (told["revision"], True)
    assert fact_of(again)["text"] == "召开专题会议6次"
    assert point_of(again)["text"] == point["text"] + "成效明显。"


def test_a_change_of_structure_tells_the_state(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = given(client, "open", report=report)
        step = {"op": "add_section", "after": "", "heading": "强化组织领导"}
        told = given(client, "edit", report=report, revision=state["revision"], operations=[step])
        numbers = [one["number"] for one in told["state"]["blocks"] if one["type"] == "heading" and one["section"]]
        assert told["state"]["sections"][0]["heading"] == "强化组织领导"
        assert numbers[:3] == ["一、", "二、", "三、"]
        undone = given(client, "edit", report=report, revision=told["revision"], operations=[{"op": "undo"}])
    assert undone["state"]["sections"] == state["sections"]
    assert undone["state"]["can_undo"] is False


def test_two_tabs_on_one_text_are_put_together_or_shown_beside_each_other(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = given(client, "open", report=report)
        fact = fact_of(state)

        def typed(value: str) -> Any:
            step = {"op": "fact", "id": fact["id"], "field": "text", "was": fact["text"], "value": value}
            return given(client, "edit", report=report, revision=state["revision"], operations=[step])

        typed("据统计，" + fact["text"])
        second = typed(fact["text"] + "（含幼儿园）")
        assert second["results"] == [{"ok": True}]
        assert fact_of(second["state"])["text"] == "据统计，" + fact["text"] + "（含幼儿园）"
        third = typed("完全另写的事实")
        clash = third["results"][0]["clash"]
        assert clash == {
            "id": fact["id"],
            "mine": "完全另写的事实",
            "theirs": "据统计，" + fact["text"] + "（含幼儿园）",
        }
        assert fact_of(third["state"])["text"] == clash["theirs"]


def test_what_cannot_be_done_is_refused_by_itself_and_the_rest_stands(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = given(client, "open", report=report)
        steps = [
            {"op": "delete_fact", "id": "F999"},
            {"op": "head", "field": "organ", "was": state["head"]["organ"], "value": ""},
            {"op": "add_fact", "section": "s1", "after": "", "text": "新添一条"},
        ]
        told = given(client, "edit", report=report, revision=state["revision"], operations=steps)
    assert [next(iter(one)) for one in told["results"]] == ["refused", "refused", "ok"]
    assert told["results"][1]["refused"] == "发文机关不能空着"
    assert fact_of(told["state"])["text"] == "新添一条"


def test_a_version_is_made_and_what_is_no_version_is_thrown_away(served: Served, report: int) -> None:
    step = {"op": "add_fact", "section": "s1", "after": "", "text": "新添一条"}
    with served.logged_in("李四") as client:
        first = given(client, "edit", report=report, revision=0, operations=[step])
        saved = given(client, "save", report=report, note="补充事实")
        assert (saved["version"]["number"], saved["version"]["author"]) == (2, "李四")
        assert (saved["state"]["changed"], saved["state"]["base"]["id"]) == (False, saved["version"]["id"])
        given(client, "edit", report=report, revision=first["revision"], operations=[{**step, "text": "又一条"}])
        left = given(client, "discard", report=report)
    assert fact_of(left)["text"] == "新添一条"
    assert left["changed"] is False
    with served.workspace.reading() as connection:
        assert [one.note for one in history.line(connection, report)] == ["", "补充事实"]


def test_submitting_makes_a_version_first_and_only_once(served: Served, report: int) -> None:
    step = {"op": "add_fact", "section": "s1", "after": "", "text": "新添一条"}
    with served.logged_in("李四") as client:
        given(client, "edit", report=report, revision=0, operations=[step])
        told = given(client, "submit", report=report, reason="请审阅")
        assert told["version"]["number"] == 2
        assert told["state"]["standing"] == "待初审"
        again = ask(client, "submit", report=report, reason="")
    assert again.status_code == 403
    assert "不必再送审" in again.json()["detail"]


def test_a_colleagues_version_comes_under_what_i_type(served: Served, report: int) -> None:
    with served.workspace.writing("李四") as ledger:
        access.share(ledger, history.document(ledger.connection, report), "赵六")
    with served.logged_in("李四") as mine, served.logged_in("赵六") as theirs:
        state = given(mine, "open", report=report)
        point, fact = point_of(state), fact_of(state, 1)

        def typed(client: httpx2.Client, text: str) -> Any:
            step = {"op": "text", "id": point["id"], "was": point["text"], "value": text}
            return given(client, "edit", report=report, revision=state["revision"], operations=[step])

        typed(mine, "我写的话。")
        typed(theirs, "赵六写的话。")
        step = {"op": "fact", "id": fact["id"], "field": "text", "was": fact["text"], "value": "赵六改的事实3次"}
        given(theirs, "edit", report=report, revision=0, operations=[step])
        given(theirs, "save", report=report, note="")
        state = given(mine, "open", report=report)
        assert state["clashes"] == [{"id": point["id"], "mine": "我写的话。", "theirs": "赵六写的话。", "by": "赵六"}]
        assert fact_of(state, 1)["text"] == "赵六改的事实3次"
        refused = ask(mine, "save", report=report, note="")
        assert refused.status_code == 409
        settle = {"op": "settle", "id": point["id"], "value": "两人商定的话。"}
        given(mine, "edit", report=report, revision=state["revision"], operations=[settle])
        saved = given(mine, "save", report=report, note="")
    assert point_of(saved["state"])["text"] == "两人商定的话。"
    assert saved["version"]["number"] == 3


def test_who_follows_is_told_as_soon_as_something_changes(served: Served, report: int) -> None:
    with served.logged_in("李四") as client, served.logged_in("李四") as other, ThreadPoolExecutor(1) as pool:
        state = given(client, "open", report=report)
        told = {"report": report, "revision": state["revision"], "job": state["job_mark"]}
        following = pool.submit(given, other, "follow", **told)
        step = {"op": "add_fact", "section": "s1", "after": "", "text": "新添一条"}
        given(client, "edit", report=report, revision=state["revision"], operations=[step])
        news = following.result(timeout=15)
        assert fact_of(news)["text"] == "新添一条"
        assert given(client, "follow", **{**told, "revision": 10_000})["revision"] == news["revision"]


def test_a_reader_is_told_of_a_colleagues_version_at_once(served: Served, report: int) -> None:
    """A call that nothing wakes lasts 20 s."""
    with served.logged_in("李四") as client, served.logged_in("王五") as reader, ThreadPoolExecutor(1) as pool:
        state = given(client, "open", report=report)
        told = {"report": report, "revision": 0, "base": state["base"]["id"], "job": ""}
        step = {"op": "add_fact", "section": "s1", "after": "", "text": "新添一条"}
        given(client, "edit", report=report, revision=state["revision"], operations=[step])
        following = pool.submit(given, reader, "follow", **told)
        given(client, "save", report=report, note="")
        news = following.result(timeout=15)
        assert (fact_of(news)["text"], news["base"]["number"], news["revision"]) == ("新添一条", 2, 0)


def test_who_wrote_once_and_only_reads_now_sees_what_stands(served: Served, report: int) -> None:
    """A copy of theirs on an older version is no news, or the page would ask without end."""
    with served.workspace.writing("李四") as ledger:
        document = history.document(ledger.connection, report)
        users.add(ledger, "吴九", ["drafter", "reviewer:2"])
        access.share(ledger, document, "吴九")
    accounts.set_password(served.workspace, "吴九", PASSWORD, by="张三")
    with served.logged_in("吴九") as once, served.logged_in("李四") as client, ThreadPoolExecutor(1) as pool:
        step = {"op": "add_fact", "section": "s1", "after": "", "text": "没有成版的一条"}
        given(once, "edit", report=report, revision=0, operations=[step])
        with served.workspace.writing("李四") as ledger:
            access.end_share(ledger, document, "吴九")
        given(client, "edit", report=report, revision=0, operations=[{**step, "text": "李四的一条"}])
        given(client, "save", report=report, note="")
        state = given(once, "open", report=report)
        assert (state["can_write"], fact_of(state)["text"], state["base"]["number"]) == (False, "李四的一条", 2)
        told = {"report": report, "revision": state["revision"], "base": state["base"]["id"], "job": ""}
        following = pool.submit(given, once, "follow", **told)
        given(client, "edit", report=report, revision=0, operations=[{**step, "text": "又一条"}])
        given(client, "save", report=report, note="")
        assert following.result(timeout=15)["base"]["number"] == 3


@pytest.mark.parametrize("name", ["赵六", "孙七"])
def test_a_drafter_without_a_part_in_the_report_is_refused_everything(served: Served, report: int, name: str) -> None:
    step = {"op": "add_fact", "section": "s1", "after": "", "text": "不请自来"}
    asked: dict[str, dict[str, Any]] = {
        "open": {},
        "edit": {"revision": 0, "operations": [step]},
        "follow": {"revision": 0},
        "save": {"note": ""},
        "discard": {},
        "submit": {"reason": ""},
    }
    with served.logged_in(name) as client:
        for call, told in asked.items():
            answer = ask(client, call, report=report, **told)
            assert (call, answer.status_code) == (call, 403)
            assert "没有参与报告" in answer.json()["detail"]
    with served.logged_in("李四") as client:
        assert given(client, "open", report=report)["changed"] is False


def test_a_reviewer_reads_and_does_not_write(served: Served, report: int) -> None:
    with served.logged_in("王五") as client:
        state = given(client, "open", report=report)
        assert (state["can_write"], state["can_waive"], state["revision"]) == (False, True, 0)
        for call in WRITES:
            assert ask(client, call, report=report).status_code == 403


_STEP: dict[str, Any] = {"op": "add_fact", "section": "s1", "after": "", "text": "甲"}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"revision": 0},
        {"revision": "1", "operations": []},
        {"revision": -1, "operations": []},
        {"revision": 0, "operations": {}},
        {"revision": 0, "operations": [1]},
        {"revision": 0, "operations": [[]]},
        {"revision": 0, "operations": [{}]},
        {"revision": 0, "operations": [{"op": "__class__"}]},
        {"revision": 0, "operations": [{**_STEP, "text": None}]},
        {"revision": 0, "operations": [{**_STEP, "text": "\ud800"}]},
        {"revision": 0, "operations": [{**_STEP, "more": 1}]},
        {"revision": 0, "operations": [], "who": "张三"},
        {"revision": 0, "operations": [_STEP] * 501},
        {"revision": 0, "operations": [{"op": "begin_brief", "head": []}]},
        {"revision": 0, "operations": [{"op": "mend", "id": "p1", "start": 2**80, "end": 0, "was": "", "value": ""}]},
    ],
)
def test_what_no_page_sends_is_refused_and_nothing_changes(served: Served, report: int, told: dict[str, Any]) -> None:
    with served.logged_in("李四") as client:
        answer = ask(client, "edit", report=report, **told)
        assert answer.status_code == 400, answer.text
        assert "\n" not in answer.json()["detail"]
        assert given(client, "open", report=report)["changed"] is False


@pytest.mark.parametrize(
    "step",
    [
        {**_STEP, "section": "outlook' OR 1=1"},
        {**_STEP, "after": "F99999999999999999999"},
        {**_STEP, "text": "甲\0乙"},
        {**_STEP, "text": "甲" * 30_000},
        {"op": "paste", "section": "s1", "after": "", "text": "一条\n" * 5_000},
        {"op": "paste", "section": "s1", "after": "", "text": '甲\t"' + "乙" * 30_000},
        {"op": "text", "id": "title", "was": "", "value": "甲"},
        {"op": "text", "id": "pp1", "was": "", "value": "甲"},
        {"op": "mend", "id": "p1", "start": 9_999_999, "end": 0, "was": "甲", "value": ""},
        {"op": "move_section", "id": "s1", "after": "s1"},
        {"op": "move_section", "id": "outlook", "after": ""},
        {"op": "delete_section", "id": "outlook"},
        {"op": "delete_block", "id": "b99"},
        {"op": "group", "ids": []},
        {"op": "group", "ids": ["F1", "F1"]},
        {"op": "head", "field": "period", "was": "2024年上半年", "value": "<script>"},
        {"op": "head", "field": "issued", "was": "2024-07-05", "value": "9999999-01-01"},
        {"op": "take", "id": "p1"},
        {"op": "settle", "id": "p1", "value": "甲"},
        {"op": "undo"},
        {"op": "begin_brief", "head": {"period": "2024年", "issued": "2025-01-05"}},
    ],
)
def test_what_names_nothing_or_too_much_is_refused_in_a_line(served: Served, report: int, step: dict[str, Any]) -> None:
    with served.logged_in("李四") as client:
        told = given(client, "edit", report=report, revision=0, operations=[step])
        (result,) = told["results"]
        assert "refused" in result or "clash" in result
        assert "\n" not in result.get("refused", "")
        assert given(client, "open", report=report)["changed"] is False


@pytest.mark.parametrize("id", [None, "", 0, -1, True, "1 OR 1=1", 2**40, [], {}, 1.5, 99_999])
def test_what_is_no_report_is_not_found(served: Served, id: object) -> None:
    with served.logged_in("李四") as client:
        for call in ("open", *WRITES):
            assert ask(client, call, report=id).status_code in (400, 404)
