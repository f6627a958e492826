"""What is counted, who may see it, and what the logs never hold: a real server, a real endpoint that misbehaves, every line read."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from drafting.errors import InputError
from drafting.workspace import saving
from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from tests import endpoint as answers
from tests.endpoint import FakeEndpoint
from tests.scribe import change, scribe
from tests.test_desk_wording_in import bare, drafted
from tests.web.conftest import PASSWORD, ROOT, Served, _fill, _wait
from tests.web.test_drafting import call, ended
from tests.workspaces import Clock
from ui.watching import logs
from ui.watching.metrics import Metrics, names
from ui.watching.traces import Traces

SECRET = "sk-metrics-test-key"
_NUMBERS = count(1)
WORDS = ("450人次", "进校授课", "3万条", PASSWORD, SECRET)


@dataclass
class Watched(Served):
    """A server with what it wrote to its log."""

    lines: list[str] = field(default_factory=list)
    endpoint: FakeEndpoint | None = None

    def figures(self, **headers: str) -> dict[tuple[str, ...], float]:
        """Every sample by its name and its labels' values."""
        told = httpx2.get(f"{self.url}/metrics", headers=headers)
        assert told.status_code == 200, told.text
        return {
            (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(told.text)
            for sample in family.samples
        }


@contextmanager
def watched(folder: Path, **environ: str) -> Iterator[Watched]:
    ahead = folder / "ahead"
    ahead.write_text("0")
    with FakeEndpoint() as endpoint, opened(at(folder / "ws"), create=True, clock=Clock(), via="test") as workspace:
        _fill(workspace)
        program = (
            "import os, sys; from ui.watching import logs; logs.settle(os.environ);"
            "from tests.web.server import main; main(*sys.argv[1:])"
        )
        command = [sys.executable, "-c", program, str(folder / "ws"), str(ahead), str(folder / "routes")]
        own = {
            **os.environ,
            **endpoint.environ,
            "OPENAI_API_KEY": SECRET,
            "CHENGWEN_MODEL": "openai:测试模型",
            "CHENGWEN_RETRIES": "2",
        }
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=ROOT, env={**own, **environ}, **pipes) as process:  # type: ignore[call-overload]
            lines: list[str] = []
            reader = Thread(target=lambda: lines.extend(iter(process.stderr.readline, "")), daemon=True)
            reader.start()
            port = process.stdout.readline().strip()
            try:
                assert port, "".join(lines)
                _wait(f"http://127.0.0.1:{port}/health")
                yield Watched(f"http://127.0.0.1:{port}", workspace, [], ahead, lines, endpoint)
            finally:
                process.terminate()
                process.wait(20)
                reader.join(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched(tmp_path_factory.mktemp("watched"), CHENGWEN_LOG="json", CHENGWEN_LOG_LEVEL="debug") as found:
        yield found


def draft(server: Watched) -> str:
    """A report drafted from its facts, as its page does it, until it is done; the id of the request that began it."""
    empty = replace(bare(drafted()).report(), topic=f"第{next(_NUMBERS)}批防汛值守工作")
    report = saving.record(server.workspace, empty, "李四", "edited").document.id
    with server.logged_in("李四") as client:
        began = call(client, "desk/draft", report=report, scope="all")
        assert began.status_code == 200, began.text
        assert ended(client, began.json())["job"]["state"] == "done"
        return began.headers["x-request-id"]


def grown(before: dict[tuple[str, ...], float], after: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    return {key: value - before.get(key, 0) for key, value in after.items() if value != before.get(key, 0)}


def test_a_draft_is_counted_as_it_happened(server: Watched) -> None:
    """One section's first answer has a wrong number: asked again, and repaired; a call is first put off by 429."""
    assert server.endpoint is not None
    invents = change(lambda points: [{**points[0], "text": f"{points[0]['text']}另有9999人参加。"}, *points[1:]])
    server.endpoint.script = scribe(invents, answers.status(429, headers={"retry-after": "0"}))
    before = server.figures()
    named = draft(server)
    counted = grown(before, server.figures())
    model = "openai:测试模型"
    asked = counted["chengwen_model_calls_total", model, "complete"]
    assert counted["chengwen_model_seconds_count", model] == asked
    assert counted["chengwen_model_slowed_total", "429"] == 1
    assert counted["chengwen_points_total", "repaired"] == counted["chengwen_points_total", "again"] == 1
    assert counted["chengwen_points_total", "worded"] == 4
    assert counted["chengwen_drafts_total", "done"] == 1
    assert counted["chengwen_requests_total", "call desk/draft", "200"] == 1
    assert counted["chengwen_model_tokens_total", "prompt", model] > 0
    assert server.figures()["chengwen_jobs", "drafting"] == 0
    headers = [one.headers for one in server.endpoint.requests]
    assert {one.get("x-request-id") for one in headers} == {named}, "every call bears the id of the page's request"


def test_points_that_no_model_words_are_counted_as_composed(server: Watched) -> None:
    assert server.endpoint is not None
    server.endpoint.script = lambda _: answers.refusal()
    before = server.figures()
    draft(server)
    counted = grown(before, server.figures())
    assert counted["chengwen_points_total", "composed"] == 5
    assert counted["chengwen_model_calls_total", "openai:测试模型", "refused"] > 0


def test_figures_name_nobody_and_hold_no_words(server: Watched) -> None:
    assert server.endpoint is not None
    server.endpoint.script = scribe()
    draft(server)
    httpx2.get(f"{server.url}/没有这里")
    httpx2.get(f"{server.url}/metrics")
    told = httpx2.get(f"{server.url}/metrics").text
    assert not [word for word in (*WORDS, "李四", "防汛", "应急管理局") if word in told]
    series = [line for line in told.splitlines() if not line.startswith("#")]
    assert len(series) < 400
    for _ in range(30):
        httpx2.get(f"{server.url}/没有的地址{_}")
    after = [line for line in httpx2.get(f"{server.url}/metrics").text.splitlines() if not line.startswith("#")]
    assert len(after) <= len(series) + 20, "addresses that strangers make up are one kind"


@pytest.mark.parametrize(
    "headers", [{"host": "office.example"}, {"x-forwarded-for": "203.0.113.9"}], ids=["name", "proxy"]
)
def test_what_comes_from_elsewhere_sees_no_figures(server: Watched, headers: dict[str, str]) -> None:
    assert httpx2.get(f"{server.url}/metrics", headers=headers).status_code == 403


def test_an_id_is_given_and_a_strangers_is_not_taken(server: Watched) -> None:
    first, second = (httpx2.get(f"{server.url}/health", headers={"x-request-id": "stranger-1234"}) for _ in range(2))
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert "stranger" not in first.headers["x-request-id"] + second.headers["x-request-id"]


def test_the_logs_hold_no_words_and_no_keys(server: Watched) -> None:
    """All that was done by the tests above and some faults besides, at the level of debug."""
    assert server.endpoint is not None
    server.endpoint.script = lambda _: answers.status(401, "sk-metrics-test-key 不对")
    with server.logged_in("李四") as client:
        empty = replace(bare(drafted()).report(), topic="第九十九批防汛工作")
        report = saving.record(server.workspace, empty, "李四", "edited").document.id
        ended(client, call(client, "desk/draft", report=report, scope="all").json())
        call(client, "desk/edit", report=report, operations="进校授课5场")
        client.post("/call/zh/desk/edit", content="进校授课".encode(), headers={"content-type": "application/json"})
    server.log_in("李四", "不对的密码 450人次")
    server.log_in("误填在用户名处的密码", "李四")
    told = [json.loads(line) for line in server.lines]
    assert {"time", "level", "logger", "message", "request"} <= set(told[0])
    assert any(one.get("kind") == "call desk/draft" and one["status"] == 200 for one in told)
    assert not [
        line for line in server.lines if any(word in line for word in (*WORDS, "储备沙袋", "不对的密码", "误填"))
    ]
    assert [one["message"].split(" from ")[0] for one in told if "log-in failed" in one["message"]] == [
        "log-in failed: '李四'",
        "log-in failed: a name that no account has",
    ]


def test_with_a_token_it_is_asked_for_and_a_fault_tells_no_message(tmp_path: Path) -> None:
    with watched(tmp_path, CHENGWEN_METRICS_TOKEN="t" * 20) as server:
        assert httpx2.get(f"{server.url}/metrics").status_code == 401
        assert httpx2.get(f"{server.url}/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert ("chengwen_jobs", "drafting") in server.figures(
            authorization=f"Bearer {'t' * 20}", host="office.example"
        )


class Collector(ThreadingHTTPServer):
    """An OpenTelemetry collector: the spans that came, as protobuf over HTTP."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        super().__init__(("127.0.0.1", 0), _Received)


class _Received(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        data = self.rfile.read(int(self.headers["content-length"]))
        plain = gzip.decompress(data) if self.headers.get("content-encoding") == "gzip" else data
        told = ExportTraceServiceRequest.FromString(plain)
        assert isinstance(self.server, Collector)
        self.server.spans += [s for r in told.resource_spans for scope in r.scope_spans for s in scope.spans]
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_spans_go_to_the_collector_that_was_named_and_hold_no_words(tmp_path: Path) -> None:
    with Collector() as collector:
        Thread(target=collector.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{collector.server_port}"
        with watched(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=address) as server:
            assert server.endpoint is not None
            server.endpoint.script = scribe()
            draft(server)
        collector.shutdown()  # the server has ended, and sent what was left
    [request] = [one for one in collector.spans if one.name == "POST call desk/draft"]
    models = [one for one in collector.spans if one.name == "model"]
    assert models
    assert {one.trace_id for one in models} == {request.trace_id}
    assert {one.parent_span_id for one in models} == {request.span_id}
    told = "".join(map(str, collector.spans))
    assert "complete" in told
    assert not [word for word in (*WORDS, "李四", "防汛", "沙袋") if word in told]


def test_without_a_collector_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Traces({})._provider is None
    named = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}
    assert Traces({**named, "OTEL_SDK_DISABLED": "true"})._provider is None
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(InputError, match=r"chengwen\[otel\]"):
        Traces(named)


@pytest.mark.parametrize(("name", "value"), [("CHENGWEN_LOG", "xml"), ("CHENGWEN_LOG_LEVEL", "loud")])
def test_a_form_that_is_none_is_told(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        logs.settle({name: value})


def test_an_exception_is_told_by_its_types_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        try:
            int("储备沙袋3万条")
        except ValueError as error:
            raise KeyError("sk-secret") from error

    for form in (logs.AsText(), logs.AsJson()):
        try:
            fails()
        except KeyError:
            import logging
            import sys

            record = logging.LogRecord("chengwen.door", logging.ERROR, "", 1, "failed %s", ("here",), sys.exc_info())
            alien = logging.LogRecord("openai", logging.ERROR, "", 1, "sent %s", ("储备沙袋",), sys.exc_info())
        shown = form.format(record) + form.format(alien)
        assert "failed here" in shown
        assert "KeyError" in shown
        assert "ValueError" in shown
        assert "test_watching.py" in shown
        assert "沙袋" not in shown
        assert "sk-secret" not in shown


def test_every_figure_is_on_the_page() -> None:
    page = (ROOT / "docs" / "watching.md").read_text("utf-8")
    registry = Metrics(dict).registry
    for name, _, says in names(registry):
        if not name.startswith("chengwen_process"):
            assert f"| `{name}" in page, name
            assert says in page, says
