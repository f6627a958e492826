"""What the page is told while somebody types, over HTTP: the gate's own words at the copy's places, mends that mend, waivers of this text alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import httpx2
import pytest

from drafting import profiles
from drafting.changes import reworded
from drafting.desk import desks
from drafting.workspace import saving
from evals.gate import may_export
from evals.pages import codes
from tests.campus import CAMPUS
from tests.web.conftest import Served

KIND = profiles.load(CAMPUS.kind)
LEAD = next(at for at, block in enumerate(CAMPUS.blocks) if block.type == "lead")


def flawed(name: str) -> Any:
    """The campus report with a wrong anniversary in its lead and a fact that a point lost."""
    blocks = list(CAMPUS.blocks)
    blocks[LEAD] = reworded(blocks[LEAD], blocks[LEAD].text + f"2024年是建国70周年。{name}。")
    block = blocks[4]
    points = list(block.points)
    points[1] = replace(points[1], body=points[1].body.replace("68所", "86所"))
    blocks[4] = replace(block, points=tuple(points))
    return replace(CAMPUS, blocks=tuple(blocks), topic=f"校园安全{name}")


@pytest.fixture
def report(served: Served, request: pytest.FixtureRequest) -> int:
    return saving.record(served.workspace, flawed(request.node.name), "李四", "drafted").document.id


def call(client: httpx2.Client, name: str, language: str = "zh", **told: Any) -> httpx2.Response:
    return client.post(f"/call/{language}/{name}", json=told)


def look(client: httpx2.Client, report: int, language: str = "zh") -> dict[str, Any]:
    answer = call(client, "desk/look", language, report=report)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def of_code(told: dict[str, Any], code: str) -> dict[str, Any]:
    found = [one for one in told["findings"] if one["code"] == code]
    assert len(found) == 1, found
    return dict(found[0])


def texts(state: dict[str, Any]) -> dict[str, str]:
    """Every editable text by its id."""
    found = {}
    for block in state["blocks"]:
        for one in block.get("points", [block]):
            found[one["id"]] = one["text"]
    return found


def test_a_look_says_what_the_gate_says_and_every_quote_stands_at_its_place(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        told, state = look(client, report), call(client, "desk/open", report=report).json()
    with served.workspace.reading() as connection:
        own = desks.look(connection, report, "李四").copy.report()
    verdict = may_export(own, KIND)
    assert [one["code"] for one in told["findings"]] == [one.code for one in (*verdict.findings, *verdict.of_brief)]
    assert told["allowed"] is verdict.allowed is False
    standing = texts(state)
    for one in told["findings"]:
        if one["point"] or one["block"]:
            here = standing[one["point"] or one["block"]][one["start"] : one["end"]]
            assert here
            assert one["quote"].endswith(here)  # what is told of a whole point has its enumerator too
            assert one["fix"] is None or one["quote"] == here
    assert len({one["key"] for one in told["findings"]}) == len(told["findings"])
    assert told["revision"] == state["revision"] or told["revision"] == 0


def test_the_mend_of_an_anniversary_makes_the_finding_go(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        state = call(client, "desk/open", report=report).json()
        found = of_code(look(client, report), "D305")
        assert (found["quote"], found["fix"]) == ("建国70周年", "建国75周年")
        mend = {"op": "mend", "id": found["point"] or found["block"], "start": found["start"], "end": found["end"]}
        mend |= {"was": found["quote"], "value": found["fix"]}
        edited = call(client, "desk/edit", report=report, revision=state["revision"], operations=[mend])
        assert edited.json()["results"] == [{"ok": True}]
        after = look(client, report)
    assert "D305" not in [one["code"] for one in after["findings"]]


def test_a_finding_on_a_number_names_its_fact_and_offers_the_fact_s_own(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        told = look(client, report)
    altered = [one for one in told["findings"] if one["code"] == "G405" and one["quote"].startswith("86")]
    assert [(one["fact"], one["fix"]) for one in altered] == [("F2", "68所")]


def test_english_is_asked_and_answered(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        told = look(client, report, "en")
    found = of_code(told, "D305")
    assert found["name"] == "an anniversary that is not this year's"
    assert found["message"].startswith("“建国70周年” does not fit 2024")
    assert "dates mentioned in the text" in told["timeline"]
    assert "not used" in told["coverage"]


def test_a_look_writes_nothing(served: Served, report: int) -> None:
    with served.workspace.reading() as connection:
        before = connection.exec_driver_sql("select count(*) from audit").scalar()
        own = connection.exec_driver_sql("select count(*) from desks").scalar()
    with served.logged_in("李四") as client:
        look(client, report)
    with served.workspace.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from audit").scalar() == before
        assert connection.exec_driver_sql("select count(*) from desks").scalar() == own


def test_a_waiver_holds_for_this_text_and_falls_with_it(served: Served, report: int) -> None:
    with served.logged_in("王五") as reviewer:
        answer = call(reviewer, "desk/waive", report=report, code="D305", reason="原文如此")
        assert answer.status_code == 200, answer.text
        assert of_code(answer.json(), "D305")["waived"] == "原文如此（王五）"
        assert answer.json()["counts"]["error"] == len(
            [one for one in answer.json()["findings"] if one["severity"] == "error" and not one["waived"]]
        )
    with served.logged_in("李四") as client:
        state = call(client, "desk/open", report=report).json()
        assert of_code(look(client, report), "D305")["waived"]
        lead = next(block for block in state["blocks"] if block["type"] == "lead")
        was = lead["points"][0] if "points" in lead else lead
        typed = {"op": "text", "id": was["id"], "was": was["text"], "value": was["text"] + "又写了一句。"}
        call(client, "desk/edit", report=report, revision=state["revision"], operations=[typed])
        assert of_code(look(client, report), "D305")["waived"] == ""


def test_who_may_not_waive_is_refused(served: Served, report: int) -> None:
    with served.logged_in("李四") as client:
        assert call(client, "desk/waive", report=report, code="D305", reason="原文如此").status_code == 403
        assert of_code(look(client, report), "D305")["waived"] == ""


@pytest.mark.parametrize("code", ["D999", "Y701", "", "D305' or 1=1", "S112"])
def test_only_an_error_that_is_there_is_waived(served: Served, report: int, code: str) -> None:
    with served.logged_in("王五") as client:
        answer = call(client, "desk/waive", report=report, code=code, reason="原文如此")
        assert answer.status_code == 400
        assert "豁免" in answer.json()["detail"]
        assert call(client, "desk/waive", report=report, code="D305", reason="  ").status_code == 400


def test_a_report_of_others_is_not_looked_at(served: Served, report: int) -> None:
    with served.logged_in("孙七") as client:
        assert call(client, "desk/look", report=report).status_code == 403
        assert call(client, "desk/look", report=10**6).status_code == 404


def test_every_rule_is_explained_and_nothing_else(served: Served) -> None:
    with served.logged_in("李四") as client:
        for code in codes():
            told = call(client, "desk/explain", code=code).json()
            assert told["code"] == code
            page = ElementTree.fromstring(told["html"])  # noqa: S314 — our own page
            assert {one.get("class") for one in page.iter("pre")} >= {"bad", "good"}, code
        assert call(client, "desk/explain", "en", code="D305").json()["name"].startswith("an anniversary")
        for wrong in ("../../etc/passwd", "D30", "d305", "<b>"):
            assert call(client, "desk/explain", code=wrong).status_code == 400
