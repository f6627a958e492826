"""Which model is used when, and why: one line for the user."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass

from drafting.errors import ModelSetupError
from drafting.models import catalog, storage
from drafting.models.spec import ModelSpec

OPENAI_DEFAULT = "gpt-4o-mini"


@dataclass(frozen=True, slots=True)
class Choice:
    """A spec, and the line that tells the user which model it is and why."""

    spec: ModelSpec
    reason: str


def choose(explicit: str | None, environ: Mapping[str, str]) -> Choice:
    """What the user named, else CHENGWEN_MODEL, else an endpoint of the environment, else fetched weights, else
    composer.

    Raises ModelSetupError for a spec that cannot be read, or an endpoint without a model's name.
    """
    if explicit:
        return _chosen(explicit, "命令中指定")
    if environ.get("CHENGWEN_MODEL"):
        return _chosen(environ["CHENGWEN_MODEL"], "由环境变量 CHENGWEN_MODEL 指定")
    if environ.get("OPENAI_BASE_URL") or environ.get("OPENAI_API_KEY"):
        return _from_openai_variables(environ)
    return _on_this_machine(environ)


def _from_openai_variables(environ: Mapping[str, str]) -> Choice:
    name = environ.get("OPENAI_MODEL", "").strip()
    if environ.get("OPENAI_BASE_URL"):
        if not name:
            raise ModelSetupError(
                "已设置 OPENAI_BASE_URL，但没有说用哪个模型：请设置 OPENAI_MODEL，或写 --model openai:名称"
            )
        return _chosen(f"openai:{name}", "已设置 OPENAI_BASE_URL")
    return _chosen(f"openai:{name or OPENAI_DEFAULT}", "已设置 OPENAI_API_KEY")


def _on_this_machine(environ: Mapping[str, str]) -> Choice:
    fetched = [entry for entry in catalog.ENTRIES if entry.drafts and storage.is_fetched(entry, environ)]
    if not fetched:
        return _chosen("composer", "没有设置模型服务，也没有下载内置模型，按规则成文")
    if importlib.util.find_spec("xllamacpp") is None:
        return _chosen("composer", "内置模型已下载，但没有安装 xllamacpp（pip install 'chengwen[local]'），按规则成文")
    return _chosen(f"gguf:{fetched[0].name}", "没有设置模型服务，内置模型已下载")


def _chosen(text: str, why: str) -> Choice:
    spec = ModelSpec.parse(text)
    return Choice(spec, f"使用模型 {spec}：{why}")
