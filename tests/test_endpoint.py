"""Asking a real endpoint on loopback that behaves, and one that misbehaves in every way that was seen."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from email.utils import formatdate
from time import perf_counter, time
from typing import Any

import pytest

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.models import Answer, Message, Model, ModelSpec, open_model
from tests.endpoint import (
    Behaviour,
    FakeEndpoint,
    Script,
    broken_sse,
    completion,
    cut_stream,
    empty,
    hang,
    html,
    json_body,
    refusal,
    status,
    together,
    truncated_body,
)

SCHEMA = {
    "type": "object",
    "properties": {"gist": {"type": "string"}, "text": {"type": "string"}},
    "required": ["gist", "text"],
    "additionalProperties": False,
}
WORDED = '{"gist": "从严开展检查", "text": "开展执法检查126家次。"}'
QUESTION = (Message("system", "把事实写成要点。"), Message("user", "事实：开展执法检查126家次"))
SOON = {"retry-after-ms": "1"}


def asked(server: FakeEndpoint, use: Callable[[Model], Any], name: str = "假模型", **options: Any) -> Any:
    """What `use` returns of an open model whose endpoint is `server`."""

    async def run() -> Any:
        async with open_model(ModelSpec("openai", name), environ=server.environ, **options) as model:
            return await use(model)

    return asyncio.run(run())


def ask(server: FakeEndpoint, script: Script, *, stream: bool = False, retries: int = 0, **options: Any) -> Answer:
    server.script = script
    answer = asked(
        server, lambda model: model.ask(QUESTION, stream=stream, **options), max_retries=retries, timeout=0.3
    )
    assert isinstance(answer, Answer)
    return answer


def always(behaviour: Behaviour) -> Callable[[Any], Behaviour]:
    return lambda _: behaviour


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_with_what_it_cost(endpoint: FakeEndpoint, stream: bool) -> None:
    answer = ask(endpoint, [completion(WORDED)], stream=stream)
    assert (answer.text, answer.outcome) == (WORDED, "complete")
    assert (answer.prompt_tokens, answer.cached_tokens, answer.completion_tokens) == (40, 32, 12)
    assert answer.seconds > 0


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("behaviour", "outcome", "text"),
    [
        (completion("召开会议", "length"), "cut", "召开会议"),
        (completion("召开会议", None), "cut", "召开会议"),
        (completion("召开会议", "content_filter"), "refused", "召开会议"),
        (refusal(), "refused", ""),
        (empty(), "empty", ""),
        (completion(" \n"), "empty", " \n"),
        (status(400, code="content_filter"), "refused", ""),
        (status(400, "Content Exists Risk"), "refused", ""),
        (status(400, "输入过长", code="context_length_exceeded"), "cut", ""),
        (status(400, "request (5000 tokens) exceeds the available context size (4096 tokens)"), "cut", ""),
    ],
)
def test_an_answer_that_is_none_says_which(
    endpoint: FakeEndpoint, behaviour: Behaviour, outcome: str, text: str, stream: bool
) -> None:
    answer = ask(endpoint, always(behaviour), stream=stream)
    assert (answer.outcome, answer.text) == (outcome, text)


def test_refusal_keeps_the_words_even_from_a_stream(endpoint: FakeEndpoint) -> None:
    assert ask(endpoint, always(refusal("不能协助")), stream=True).detail == "不能协助"


@pytest.mark.parametrize(
    ("behaviour", "stream", "outcome", "text"),
    [
        (truncated_body(), False, "garbled", ""),
        (broken_sse("召开会议"), True, "garbled", "召开会议"),
        (cut_stream("召开会议"), True, "cut", "召开会议"),
    ],
)
def test_a_broken_answer_is_asked_for_again_twice_and_then_told(
    endpoint: FakeEndpoint, behaviour: Behaviour, stream: bool, outcome: str, text: str
) -> None:
    answer = ask(endpoint, always(behaviour), stream=stream)
    assert (answer.outcome, answer.text, len(endpoint.requests)) == (outcome, text, 3)
    assert answer.detail


@pytest.mark.parametrize(
    ("behaviour", "stream"),
    [(truncated_body(), False), (broken_sse(), True), (cut_stream(), True), (html(), False), (html(), True)],
)
def test_a_broken_answer_that_mends_is_an_answer(endpoint: FakeEndpoint, behaviour: Behaviour, stream: bool) -> None:
    assert ask(endpoint, [behaviour, completion(WORDED)], stream=stream).text == WORDED


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "behaviour",
    [
        html(),
        *map(json_body, ({}, [], None, "好", {"choices": None}, {"choices": []}, {"choices": [{}]}, {"error": "忙"})),
    ],
)
def test_what_is_no_completion_is_no_answer(endpoint: FakeEndpoint, behaviour: Behaviour, stream: bool) -> None:
    with pytest.raises(ModelUnreachable, match="应答不是 OpenAI 协议"):
        ask(endpoint, always(behaviour), stream=stream)
    assert len(endpoint.requests) == 3


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (status(429), "HTTP 429"),
        (status(500), "HTTP 500"),
        (html(502), "HTTP 502"),
        (status(409), "HTTP 409"),
        (hang(), "超时"),
    ],
)
def test_an_endpoint_that_stays_away_is_named_with_the_last_cause(
    endpoint: FakeEndpoint, behaviour: Behaviour, cause: str, stream: bool
) -> None:
    with pytest.raises(ModelUnreachable, match=cause) as raised:
        ask(endpoint, always(behaviour), stream=stream)
    assert str(raised.value).startswith(endpoint.base_url)
    assert "\n" not in str(raised.value)


def test_a_refused_connection_is_unreachable() -> None:
    with FakeEndpoint() as gone:
        pass
    environ = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}

    async def run() -> None:
        async with open_model(ModelSpec.parse("openai:假模型"), environ=environ, max_retries=0) as model:
            await model.ask(QUESTION)

    with pytest.raises(ModelUnreachable, match="连接不上"):
        asyncio.run(run())
    assert gone.requests == []


@pytest.mark.parametrize(
    ("behaviour", "mending"),
    [
        (status(401, "Incorrect API key provided: test-key"), "密钥"),
        (status(403), "密钥"),
        (status(404), "没有模型 openai:假模型"),
        (status(413, "too large for test-key"), "too large for …"),
        (status(400, "bad n"), "bad n"),
    ],
)
def test_what_only_the_user_can_mend_is_not_asked_again(
    endpoint: FakeEndpoint, behaviour: Behaviour, mending: str
) -> None:
    with pytest.raises(ModelSetupError, match=mending) as raised:
        ask(endpoint, always(behaviour), retries=6)
    assert len(endpoint.requests) == 1
    assert "test-key" not in str(raised.value)


@pytest.mark.parametrize("broken", [status(429, headers=SOON), status(503, headers=SOON), status(500, headers=SOON)])
def test_the_client_tries_again(endpoint: FakeEndpoint, broken: Behaviour) -> None:
    assert ask(endpoint, [broken, broken, completion(WORDED)], retries=2).outcome == "complete"


@pytest.mark.parametrize("after", ["1", formatdate(time() - 1, usegmt=True)], ids=["seconds", "date"])
def test_retry_after_is_heard_as_seconds_and_as_a_date(endpoint: FakeEndpoint, after: str) -> None:
    began = perf_counter()
    answer = ask(endpoint, [status(429, headers={"Retry-After": after}), completion(WORDED)], retries=1)
    assert answer.outcome == "complete"
    assert (perf_counter() - began >= 1) == (after == "1")


def test_retry_after_holds_back_every_caller(endpoint: FakeEndpoint) -> None:
    endpoint.script = [status(429, headers={"Retry-After": "30"}), completion(WORDED)]

    async def two(model: Model) -> None:
        with pytest.raises(ModelUnreachable):
            await model.ask(QUESTION)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(model.ask(QUESTION), 0.05)

    asked(endpoint, two, max_retries=0)
    assert len(endpoint.requests) == 1


def test_calls_run_side_by_side_up_to_the_limit(endpoint: FakeEndpoint) -> None:
    endpoint.script = always(together(3, completion(WORDED)))

    async def nine(model: Model) -> list[Answer]:
        return await asyncio.gather(*(model.ask(QUESTION) for _ in range(9)))

    answers = asked(endpoint, nine, in_flight=3)
    assert [answer.outcome for answer in answers] == ["complete"] * 9
    assert endpoint.peak == 3


@pytest.mark.parametrize("stream", [False, True])
def test_connections_are_kept_one_for_each_call_in_flight(endpoint: FakeEndpoint, stream: bool) -> None:
    endpoint.script = always(completion(WORDED))

    async def in_turns(model: Model) -> None:
        for _ in range(4):
            await asyncio.gather(model.ask(QUESTION, stream=stream), model.ask(QUESTION))

    asked(endpoint, in_turns, in_flight=2)
    assert len(endpoint.requests) == 8
    assert len({request.port for request in endpoint.requests}) == 2


def test_a_stream_is_heard_as_it_grows(endpoint: FakeEndpoint) -> None:
    heard: list[str] = []
    answer = ask(endpoint, [cut_stream("半句"), completion("召开会议4次", size=2)], on_text=heard.append)
    assert heard == ["半句", "召开", "召开会议", "召开会议4次"]
    assert answer.text == "召开会议4次"


def test_an_error_of_the_listener_is_the_listeners(endpoint: FakeEndpoint) -> None:
    def listener(_: str) -> None:
        raise ValueError("页面已关闭")

    with pytest.raises(ValueError, match="页面已关闭"):
        ask(endpoint, [completion(WORDED)], on_text=listener)


def test_the_request_is_deterministic_and_holds_to_the_schema(endpoint: FakeEndpoint) -> None:
    ask(endpoint, [completion(WORDED)], schema=SCHEMA, max_tokens=200)
    body = endpoint.requests[0].body
    assert (body["model"], body["temperature"], body["seed"], body["max_tokens"]) == ("假模型", 0, 0, 200)
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert body["messages"] == [{"role": message.role, "content": message.text} for message in QUESTION]


def test_an_endpoint_without_schemas_is_told_in_words_and_remembered(endpoint: FakeEndpoint) -> None:
    def picky(body: dict[str, Any]) -> Behaviour:
        return status(400, "response_format is unavailable") if "response_format" in body else completion(WORDED)

    endpoint.script = picky

    async def twice(model: Model) -> list[Answer]:
        return [await model.ask(QUESTION, schema=SCHEMA), await model.ask(QUESTION, schema=SCHEMA)]

    assert [answer.text for answer in asked(endpoint, twice)] == [WORDED, WORDED]
    forms = [request.body.get("response_format", {}).get("type") for request in endpoint.requests]
    assert forms == ["json_schema", "json_object", None, None]
    said = [request.body["messages"][0]["content"] for request in endpoint.requests]
    assert json.dumps(SCHEMA, ensure_ascii=False) not in said[0]
    assert all(json.dumps(SCHEMA, ensure_ascii=False) in text for text in said[1:])


@pytest.mark.parametrize(
    ("refused", "instead"), [("temperature", {}), ("seed", {}), ("max_tokens", {"max_completion_tokens": 200})]
)
def test_a_parameter_that_the_model_refuses_is_left_out(endpoint: FakeEndpoint, refused: str, instead: Any) -> None:
    def picky(body: dict[str, Any]) -> Behaviour:
        return (
            status(400, f"Unsupported parameter: '{refused}'", param=refused) if refused in body else completion(WORDED)
        )

    answer = ask(endpoint, picky, schema=SCHEMA, max_tokens=200)
    assert answer.outcome == "complete"
    assert endpoint.requests[-1].body["response_format"]["type"] == "json_schema"
    assert instead.items() <= endpoint.requests[-1].body.items()


def test_facts_do_not_follow_a_redirect(endpoint: FakeEndpoint) -> None:
    with FakeEndpoint(always(completion(WORDED))) as elsewhere:
        moved = status(307, headers={"location": f"{elsewhere.base_url}/chat/completions"})
        with pytest.raises(ModelSetupError, match="HTTP 307"):
            ask(endpoint, always(moved))
    assert elsewhere.requests == []


def test_loopback_is_reached_without_the_proxy(endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(endpoint, [completion(WORDED)]).outcome == "complete"


def test_the_model_tells_where_it_is(endpoint: FakeEndpoint) -> None:
    async def look(model: Model) -> tuple[Any, ...]:
        return model.endpoint, model.on_loopback, model.unit, model.in_flight, "test-key" in repr(model)

    assert asked(endpoint, look) == (endpoint.base_url, True, "section", 8, False)


def test_another_provider_of_langchain_is_asked_in_words(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", endpoint.base_url.removesuffix("/v1"))
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "secret-key")
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    endpoint.script = [completion(WORDED), status(401, "bad secret-key")]

    async def run() -> Answer:
        async with open_model(ModelSpec.parse("azure_openai:假模型"), environ={}) as model:
            assert not model.on_loopback
            answer = await model.ask(QUESTION, schema=SCHEMA)
            with pytest.raises(ModelSetupError, match="密钥"):
                await model.ask(QUESTION)
            await model.line.model.root_async_client.close()  # type: ignore[attr-defined]  # LangChain keeps it for the next
            return answer

    assert asyncio.run(run()).text == WORDED
    assert "JSON Schema" in endpoint.requests[0].body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("spec", "environ", "mending"),
    [
        ("composer", {}, "composer 不是模型"),
        ("openai:gpt-4o-mini", {}, "OPENAI_API_KEY"),
        ("openai:gpt-4o-mini", {"OPENAI_BASE_URL": "内网地址"}, "OPENAI_BASE_URL 不是可用的网址"),
        ("anthropic:claude", {}, "pip install langchain-anthropic"),
        ("nosuch:模型", {}, "打不开模型 nosuch:模型"),
        ("gguf:nosuch", {}, "没有名为“nosuch”的内置模型"),
        ("gguf:/没有/这个.gguf", {}, "没有权重文件"),
        ("gguf:qwen2.5-coder-1.5b", {"XDG_CACHE_HOME": "/nonexistent"}, "chengwen model fetch qwen2.5-coder-1.5b"),
    ],
)
def test_a_model_that_cannot_be_opened_says_what_would_mend_it(
    spec: str, environ: dict[str, str], mending: str
) -> None:
    async def run() -> None:
        async with open_model(ModelSpec.parse(spec), environ=environ):
            pass

    with pytest.raises(ModelSetupError, match=mending) as raised:
        asyncio.run(run())
    assert "\n" not in str(raised.value)


def test_nothing_is_traced_whatever_the_shell_says(endpoint: FakeEndpoint) -> None:
    endpoint.script = always(completion(WORDED))
    script = (
        "import asyncio, os, sys; from drafting.models import *\n"
        "assert not {'openai', 'langchain', 'langchain_core', 'xllamacpp'} & set(sys.modules)\n"
        "async def run():\n"
        "    async with open_model(ModelSpec.parse('openai:假模型'), environ=os.environ) as model:\n"
        "        print((await model.ask([Message('user', '开展检查126家次')])).outcome)\n"
        "asyncio.run(run())"
    )
    traced = dict.fromkeys(("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_GATEWAY"), "true")
    tracer = {"LANGSMITH_ENDPOINT": endpoint.base_url, "LANGSMITH_API_KEY": "lsv2_key"}
    environ = {**os.environ, **endpoint.environ, **traced, **tracer}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "complete"
    assert [request.path for request in endpoint.requests] == ["/v1/chat/completions"]
