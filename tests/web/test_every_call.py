"""Every call of the table, with every kind of visitor and every kind of nonsense: refused in one line, logged, and nothing written.

A call that is added to the table needs an example here before anything passes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from drafting import brief as brief_file
from drafting.rolling import walks
from drafting.workspace import engine, saving, users
from drafting.workspace.tables import metadata
from tests.test_rolling import walk
from tests.web.conftest import ACCOUNTS, Served
from tests.web.furnished import CASES, drafted
from tests.web.own_server import running

if not find_spec("gradio"):
    pytest.skip("the ui extra is not installed", allow_module_level=True)

from drafting.desk.jobs import Jobs
from ui.web.calls import calls
from ui.web.handlers.table import TABLE
from ui.web.services import Services
from ui.web.settings import Settings

Sent = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A report of 李四's with two versions, on a server of this module's own."""

    served: Served
    report: int
    old: int
    new: int

    def written(self) -> tuple[int, ...]:
        """How many rows each table has; working copies aside: one may be opened, with no word changed, to see that there is nothing to do."""
        with self.served.workspace.reading() as connection:
            tables = [one for one in metadata.sorted_tables if one.name != "desks"]
            return tuple(connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with running(tmp_path_factory.mktemp("every")) as served:
        brief = brief_file.load(CASES / "campus-2024h1.brief.yaml").brief
        first = drafted(replace(brief, topic="每一处调用的校园安全工作"))
        saved = saving.record(served.workspace, first, "李四", "drafted")
        second = drafted(replace(brief, topic="每一处调用的校园安全工作", title="县教育局关于校园安全工作的报告"))
        head = saving.save(served.workspace, saved.version, second, "李四")
        with engine.writing(served.workspace.engine, served.workspace.location) as connection:
            walks.begin(connection, saved.document.id, saved.version.id, walk())
        yield Place(served, saved.document.id, saved.version.id, head.id)


def examples(place: Place) -> Mapping[str, Sent]:
    """What our own pages send, each key that there can be."""
    of = {"report": place.report}
    pair = {**of, "old": place.old, "new": place.new}
    head = {
        "kind": "special-report",
        "organ": "市应急管理局",
        "topic": "安全生产工作",
        "period": "2024年上半年",
        "issued": "2024-07-05",
        "recipient": "市人民政府",
    }
    operation = {"op": "heading", "id": "s1", "was": "", "value": "新标题"}
    return {
        "desk/open": of,
        "desk/edit": {**of, "revision": 1, "operations": [operation]},
        "desk/follow": {**of, "revision": 0, "job": ""},
        "desk/save": {**of, "note": "核对"},
        "desk/discard": of,
        "desk/submit": {**of, "reason": "请审"},
        "desk/draft": {**of, "scope": "all", "instruction": ""},
        "desk/cancel": of,
        "desk/look": of,
        "desk/waive": {**of, "code": "D305", "reason": "原文如此"},
        "desk/explain": {"code": "D305"},
        "review/open": pair,
        "review/judge": {**pair, "accept": [], "reject": []},
        "review/comment": {**pair, "text": "请核对", "change": "", "reply_to": 0},
        "review/settle": {**pair, "comment": 1},
        "review/conflict": {**pair, "conflict": 1, "take": True},
        "review/submit": {**pair, "reason": "请审"},
        "review/approve": {**pair, "reason": ""},
        "review/return": {**pair, "reason": "数字不符"},
        "export/reports": {},
        "export/look": {**of, "version": place.new},
        "roll/open": of,
        "roll/settle": {**of, "item": "O1", "act": "replace", "text": "检查企业126家次", "offer": 0},
        "roll/finish": of,
        "reports/rights": {},
        "reports/kinds": {},
        "reports/new": head,
        "reports/drafters": of,
        "reports/share": {**of, "name": "赵六"},
        "reports/unshare": {**of, "name": "赵六"},
        "admin/users": {},
        "admin/add": {"name": "新人", "roles": ["drafter"]},
        "admin/roles": {"name": "孙七", "roles": ["drafter"]},
        "admin/disable": {"name": "孙七"},
        "admin/enable": {"name": "孙七"},
        "admin/password": {"name": "孙七"},
        "admin/model": {},
        "admin/ask-model": {},
        "admin/usage": {},
        "admin/audit": {"before": 0, "search": "", "first": "", "last": ""},
        "admin/verify": {},
        "admin/backups": {},
        "admin/backup": {},
    }


NAMES = sorted(TABLE)
WAITS = "desk/follow"
OWNER = "李四"
STRANGER = "赵六"
"""A drafter who has no part in the report."""


def someone_with(roles: tuple[str, ...]) -> str:
    """An account that may make the call: the report's drafter before others."""
    order = (OWNER, "张三", "王五")
    return next(name for name in order if any(role in ACCOUNTS[name] for role in roles))


def ask(client: httpx2.Client, name: str, sent: object, language: str = "zh") -> httpx2.Response:
    content = json.dumps(sent, ensure_ascii=True).encode()
    return client.post(f"/call/{language}/{name}", content=content, headers={"content-type": "application/json"})


def assert_refused(answer: httpx2.Response, *statuses: int, of: object = "") -> None:
    """A status of ours, one line, and no word of where in the program."""
    assert answer.status_code in statuses, (of, answer.status_code, answer.text[:200])
    told = answer.json()["detail"]
    assert told, of
    assert not any(word in told for word in ("Traceback", ".py", "sqlite", "sqlalchemy")), told


def test_every_call_has_an_example(place: Place) -> None:
    assert sorted(examples(place)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_a_session_is_answered(place: Place, name: str) -> None:
    before = place.written()
    sent = examples(place)[name]
    with place.served.client() as client:
        assert_refused(ask(client, name, sent), 401)
        for forged in ("", "x" * 300, place.served.token(OWNER)[:-3] + "abc", "张三".encode().hex()):
            client.cookies.set("chengwen", forged)
            assert_refused(ask(client, name, sent), 401)
    assert place.written() == before


@pytest.mark.parametrize("name", NAMES)
def test_who_lacks_the_role_is_refused(place: Place, name: str) -> None:
    before = place.written()
    wrong = [who for who, roles in ACCOUNTS.items() if not any(role in TABLE[name].roles for role in roles)]
    assert "周八" in wrong, "an account without roles may ask nothing"
    for who in wrong:
        with place.served.logged_in(who) as client:
            assert_refused(ask(client, name, examples(place)[name]), 403, of=(who, name))
    assert place.written() == before


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.split("/")[0] in ("desk", "review", "export", "reports", "roll")]
)
def test_another_ones_report_and_one_that_is_not_there_are_refused_alike(place: Place, name: str) -> None:
    sent = examples(place)[name]
    if "report" not in sent:
        return
    before = place.written()
    if "drafter" in TABLE[name].roles:
        with place.served.logged_in(STRANGER) as client:
            assert_refused(ask(client, name, sent), 403, of=name)
    with place.served.logged_in(someone_with(TABLE[name].roles)) as client:
        for id in (0, 999_999, 2**31, 2**63):
            assert_refused(ask(client, name, {**sent, "report": id}), 404, 400, of=(name, id))
        for key in ("old", "new", "version"):
            if key in sent:
                assert_refused(ask(client, name, {**sent, key: 1}), 404, of=(name, key))
    assert place.written() == before


def deep(levels: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


WRONG_FORMS: tuple[object, ...] = (None, True, -1, 1.5, 1e308, [], {}, [None], {"a": {"b": 1}}, deep(60), ["x"] * 3000)
WRONG_TEXTS = ("\ud800", "\udfff安全")
ODD_TEXTS = (
    "\0",
    "安\x1b[31m全",
    "../../etc/passwd",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "全" * 70_000,
)


def values_for(example: object) -> Iterator[object]:
    """What no page of ours sends in that place: other forms of JSON, halves of characters, and texts from hell."""
    yield from (wrong for wrong in WRONG_FORMS if type(wrong) is not type(example) or wrong in (-1,))
    if isinstance(example, str):
        yield from WRONG_TEXTS
        yield from ODD_TEXTS
    else:
        yield "甲"
        yield from WRONG_TEXTS


@pytest.mark.parametrize("name", [name for name in NAMES if name != WAITS])
def test_what_no_page_sends_is_refused_and_leaves_nothing(place: Place, name: str) -> None:
    """A text of any kind may be what somebody means; of a wrong form, or half of a character, nothing is."""
    sent = examples(place)[name]
    with place.served.logged_in(someone_with(TABLE[name].roles)) as client:
        before = place.written()
        assert_refused(ask(client, name, {**sent, "nobody": 1}), 400, of=(name, "an unknown key"))
        for key, example in sent.items():
            for value in values_for(example):
                odd = isinstance(example, str) and isinstance(value, str) and value in ODD_TEXTS
                empty = value in (None, [], {}) and key in ("first", "last")
                answer = ask(client, name, {**sent, key: value})
                if answer.status_code == 200 and (odd or empty):
                    before = place.written()
                    continue
                assert_refused(answer, 400, 403, 404, 409, 413, of=(name, key, repr(value)[:60]))
                assert place.written() == before, (name, key, repr(value)[:60])


@pytest.mark.parametrize("name", NAMES)
def test_a_body_that_is_no_object_is_refused(place: Place, name: str) -> None:
    before = place.written()
    bodies = (
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"a":1,"a":2}',
        b'{"report":NaN}',
        b"[" * 100_000,
        b'"x"',
        b"1" * 400,
    )
    with place.served.logged_in(someone_with(TABLE[name].roles)) as client:
        json_ = {"content-type": "application/json"}
        for body in bodies:
            answer = client.post(f"/call/zh/{name}", content=body, headers=json_)
            assert_refused(answer, 400, of=(name, body[:20]))
        large = client.post(f"/call/zh/{name}", content=b'{"report":"' + b"x" * (1 << 20) + b'"}', headers=json_)
        assert large.status_code == 413
        for other in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
            answer = client.post(f"/call/zh/{name}", content=b"{}", headers={"content-type": other})
            assert_refused(answer, 415, of=(name, other))
    assert place.written() == before


@pytest.mark.parametrize("name", NAMES)
def test_only_our_own_page_may_call_by_post_in_a_language_of_ours(place: Place, name: str) -> None:
    before = place.written()
    sent = examples(place)[name]
    with place.served.logged_in(someone_with(TABLE[name].roles)) as client:
        for origin in ("https://evil.example", "null", f"{place.served.url}.evil.example", "http://127.0.0.1:1"):
            answer = client.post(f"/call/zh/{name}", json=sent, headers={"origin": origin})
            assert answer.status_code == 403, (name, origin)
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            assert client.request(method, f"/call/zh/{name}").status_code in (404, 405), (name, method)
        for path in (
            f"/call/fr/{name}",
            f"/call/zh/{name}/",
            f"/call/zh/x/../{name}x",
            f"/call/zh/{name}%00",
            f"/call//{name}",
        ):
            assert client.post(path, json=sent).status_code in (404, 405, 307), path
    assert place.written() == before


def test_refusals_are_logged_with_who_and_what_and_no_word_of_the_report(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """In this process: the server's own log is its standard error."""
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.testclient import TestClient

    workspace = place.served.workspace
    with workspace.reading() as connection:
        account = users.user(connection, STRANGER)
    app = FastAPI()
    app.include_router(calls(Services(workspace, Settings(), workspace.clock, {}, Jobs(workspace, {})), TABLE))

    @app.middleware("http")
    async def vouched(request: Request, go_on: Any) -> Any:
        request.state.account = account
        return await go_on(request)

    own = examples(place)
    asked = (
        ("desk/open", own["desk/open"], 403),
        ("admin/users", {}, 403),
        ("desk/explain", {"code": "绝密事实"}, 400),
        ("reports/new", {**own["reports/new"], "period": "绝密事实"}, 400),
    )
    with caplog.at_level(logging.WARNING, "chengwen.door"), TestClient(app) as client:
        for name, sent, status in asked:
            caplog.clear()
            answer = client.post(f"/call/zh/{name}", json=sent)
            assert answer.status_code == status, answer.text
            (line,) = [record.getMessage() for record in caplog.records if record.name == "chengwen.door"]
            assert all(part in line for part in (STRANGER, name, str(status))), line
            assert "绝密" not in line
