"""Specs, addresses and the choice of a model: one line says which it is and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import ModelSetupError
from drafting.models import ModelSpec, catalog, choose, storage
from drafting.models.address import Address

NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


@pytest.mark.parametrize(
    ("text", "provider", "name"),
    [
        ("openai:gpt-4o-mini", "openai", "gpt-4o-mini"),
        ("openai:qwen2.5:7b", "openai", "qwen2.5:7b"),
        ("OpenAI: 通义千问 ", "openai", "通义千问"),
        ("gguf:/opt/模型/小模型.gguf", "gguf", "/opt/模型/小模型.gguf"),
        ("azure_openai:部署", "azure_openai", "部署"),
        ("composer", "composer", ""),
    ],
)
def test_a_spec_is_read(text: str, provider: str, name: str) -> None:
    assert ModelSpec.parse(text) == ModelSpec(provider, name)


@given(provider=st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter("composer".__ne__), name=NAMES)
def test_a_spec_survives_the_round_trip(provider: str, name: str) -> None:
    spec = ModelSpec(provider, name)
    assert ModelSpec.parse(str(spec)) == spec


@pytest.mark.parametrize(
    "text", ["", ":", "gpt-4o", "openai:", ":名称", "composer:", "composer:x", "开放:模型", "open ai:x"]
)
def test_nonsense_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ModelSetupError, match="看不懂的模型") as raised:
        ModelSpec.parse(text)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "shown", "loopback"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1", True),
        ("http://127.8.9.1/v1", "http://127.8.9.1/v1", True),
        ("http://LOCALHOST:1/v1", "http://localhost:1/v1", True),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1", True),
        ("https://用户:密码@api.example.cn/v1?key=秘密#片段", "https://api.example.cn/v1", False),
        ("http://127.0.0.1@evil.example.cn/v1", "http://evil.example.cn/v1", False),
        ("http://localhost.example.cn/v1", "http://localhost.example.cn/v1", False),
        ("http://127.0.0.1.example.cn/v1", "http://127.0.0.1.example.cn/v1", False),
        ("http://10.0.0.8:8000/v1", "http://10.0.0.8:8000/v1", False),
        ("http://0.0.0.0:8000/v1", "http://0.0.0.0:8000/v1", False),
    ],
)
def test_an_address_shows_no_secret_and_knows_this_machine(url: str, shown: str, loopback: bool) -> None:
    address = Address.parse(url)
    assert (address.shown, address.on_loopback) == (shown, loopback)
    assert address.url == url


@pytest.mark.parametrize(
    "url", ["", "内网", "127.0.0.1:8000", "ftp://host/v1", "http://", "http://[::1/v1", "http://h:99999/v1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ModelSetupError, match="OPENAI_BASE_URL"):
        Address.parse(url)


def fetched(folder: Path, name: str) -> dict[str, str]:
    """An environment in whose cache that model lies: a hole of the right size."""
    environ = {"XDG_CACHE_HOME": str(folder)}
    entry = catalog.find(name)
    path = storage.path(entry, environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(entry.size)
    return environ


@pytest.mark.parametrize(
    ("explicit", "environ", "spec", "why"),
    [
        ("openai:甲", {"CHENGWEN_MODEL": "openai:乙"}, "openai:甲", "命令中指定"),
        (None, {"CHENGWEN_MODEL": "composer", "OPENAI_API_KEY": "k"}, "composer", "CHENGWEN_MODEL"),
        (None, {"OPENAI_BASE_URL": "http://h/v1", "OPENAI_MODEL": "千问"}, "openai:千问", "OPENAI_BASE_URL"),
        (None, {"OPENAI_API_KEY": "k"}, "openai:gpt-4o-mini", "OPENAI_API_KEY"),
        (None, {"OPENAI_API_KEY": "k", "OPENAI_MODEL": "千问"}, "openai:千问", "OPENAI_API_KEY"),
        (None, {"OPENAI_API_KEY": "", "CHENGWEN_MODEL": ""}, "composer", "没有下载内置模型"),
    ],
)
def test_the_first_that_is_set_is_chosen(
    tmp_path: Path, explicit: str | None, environ: dict[str, str], spec: str, why: str
) -> None:
    choice = choose(explicit, {"XDG_CACHE_HOME": str(tmp_path), **environ})
    assert str(choice.spec) == spec
    assert why in choice.reason
    assert "\n" not in choice.reason


def test_fetched_weights_are_chosen_where_they_can_run(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    assert str(choose(None, fetched(tmp_path, "qwen2.5-coder-1.5b")).spec) == "gguf:qwen2.5-coder-1.5b"


def test_fetched_weights_without_the_package_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = fetched(tmp_path, "qwen2.5-coder-1.5b")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    choice = choose(None, environ)
    assert choice.spec.is_composer
    assert "chengwen[local]" in choice.reason


def test_weights_for_plumbing_are_never_chosen_by_themselves(tmp_path: Path) -> None:
    assert choose(None, fetched(tmp_path, "qwen2.5-coder-0.5b")).spec.is_composer


def test_an_endpoint_without_a_model_name_is_asked_for_it(tmp_path: Path) -> None:
    with pytest.raises(ModelSetupError, match="OPENAI_MODEL"):
        choose(None, {"OPENAI_BASE_URL": "http://h/v1", "XDG_CACHE_HOME": str(tmp_path)})
