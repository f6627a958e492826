"""The model: which one and why, the digest of its weights, whether the endpoint answers. A key is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest

from drafting.errors import ModelSetupError
from drafting.models import catalog, storage
from drafting.models.address import Address
from drafting.models.choice import choose
from ui.doctor.check import Asked, Check

_PATIENCE = 10.0


def model(asked: Asked) -> Iterator[Check]:
    try:
        choice = choose(None, asked.environ)
    except ModelSetupError as error:
        yield Check("模型", "bad", str(error), "见 docs/configuration.md 的 [model]")
        return
    if choice.spec.is_composer:
        yield Check(
            "模型", "warn", choice.reason, "要用模型：chengwen model fetch，或设 OPENAI_BASE_URL 和 OPENAI_MODEL"
        )
    else:
        yield Check("模型", "ok", choice.reason)
    if choice.spec.provider == "openai":
        yield from _endpoint(asked)


def weights(asked: Asked) -> Iterator[Check]:
    for entry in catalog.ENTRIES:
        if not storage.is_fetched(entry, asked.environ):
            continue
        path = storage.path(entry, asked.environ)
        if not asked.full:
            yield Check(f"权重 {entry.name}", "ok", f"{path}，大小相符（写 --full 才核对摘要）")
            continue
        with path.open("rb") as file:
            right = file_digest(file, "sha256").hexdigest() == entry.sha256
        if right:
            yield Check(f"权重 {entry.name}", "ok", f"{path}，摘要相符")
        else:
            todo = f"删去后重新取回：chengwen model fetch {entry.name}"
            yield Check(f"权重 {entry.name}", "bad", f"{path} 的摘要不符，文件已损坏或被换过", todo)


def _endpoint(asked: Asked) -> Iterator[Check]:
    """Asks which models there are; nothing of anybody's goes along. The answer's Date tells of the clocks."""
    import httpx2

    try:
        address = Address.parse(asked.environ.get("OPENAI_BASE_URL", "") or "https://api.openai.com/v1")
    except ModelSetupError as error:
        yield Check("模型服务", "bad", str(error), "改 OPENAI_BASE_URL")
        return
    key = asked.environ.get("OPENAI_API_KEY", "").strip()
    headers = {"authorization": f"Bearer {key}"} if key else {}
    where = f"{address.shown}（{'本机' if address.on_loopback else '不在本机'}，{'有' if key else '没有'}密钥）"
    try:
        answer = httpx2.get(f"{address.url.rstrip('/')}/models", headers=headers, timeout=_PATIENCE)
    except httpx2.HTTPError as error:
        todo = "看服务是否在运行、地址和端口、防火墙；服务用私有证书时设 SSL_CERT_FILE"
        yield Check("模型服务", "bad", f"{where} 连不上：{type(error).__name__}", todo)
        return
    if answer.status_code in (401, 403):
        yield Check("模型服务", "bad", f"{where} 不认密钥（{answer.status_code}）", "看 OPENAI_API_KEY")
    elif answer.status_code >= 500:
        yield Check("模型服务", "bad", f"{where} 答 {answer.status_code}", "看那个服务自己的日志")
    else:
        told = "" if answer.status_code == 200 else f"，不列模型（{answer.status_code}）"
        yield Check("模型服务", "ok", f"{where} 答 {answer.elapsed.total_seconds() * 1000:.0f} 毫秒{told}")
        yield from _its_clock(answer.headers.get("date", ""), asked)


def _its_clock(date: str, asked: Asked) -> Iterator[Check]:
    from email.utils import parsedate_to_datetime

    try:
        off = abs((parsedate_to_datetime(date) - asked.now).total_seconds())
    except (TypeError, ValueError):
        return
    if off > 600:
        yield Check("时钟：与模型服务相比", "warn", f"相差 {off / 60:.0f} 分钟", "两台机器有一台的时间不对，请校准")
