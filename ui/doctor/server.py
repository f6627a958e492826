"""The browser's server: what it is told by settings, and what of a request is left behind the proxy."""

from __future__ import annotations

import difflib
import os
import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafting.errors import ChengwenError
from drafting.workspace.location import locate
from ui.configuration import file as configuration
from ui.configuration.keys import KEYS
from ui.doctor.check import Asked, Check

if TYPE_CHECKING:
    from httpx2 import Response

_PATIENCE = 10.0


def variables(asked: Asked) -> Iterator[Check]:
    """CHENGWEN_ variables that nothing reads: misspelt ones are silently without effect."""
    known = {key.variable for key in KEYS} | {configuration.VARIABLE}
    known |= {f"{key.variable}_FILE" for key in KEYS if key.secret}
    strange = sorted(name for name in asked.environ if name.startswith("CHENGWEN_") and name not in known)
    for name in strange:
        near = difflib.get_close_matches(name, known, 1)
        yield Check(
            "环境变量",
            "warn",
            f"{name} 不起作用",
            f"是不是 {near[0]}？" if near else "全部变量见 docs/configuration.md",
        )
    if not strange:
        yield Check("环境变量", "ok", f"设了 {sum(name in known for name in asked.environ)} 个")


def door(asked: Asked) -> Iterator[Check]:
    from importlib.util import find_spec

    if not find_spec("gradio"):
        yield Check("网页", "skip", "没有安装 ui 扩展", "pip install 'chengwen[ui]'")
        return
    from ui.web import settings, signing_key

    try:
        port = int(asked.environ.get("CHENGWEN_PORT", "") or 7860)
        chosen = settings.from_environment(asked.environ.get("CHENGWEN_HOST", "") or "127.0.0.1", port, asked.environ)
    except (ChengwenError, ValueError) as error:
        yield Check("网页", "bad", str(error), "见 docs/configuration.md 的 [server]")
        return
    if not chosen.loopback and not chosen.secure:
        yield Check("网页", "bad", f"在 {chosen.host} 上监听而没有加密", f"放在 https 代理后面，并设 {settings.URL}")
    place = locate(asked.workspace, asked.environ)
    if place.path is None and not asked.environ.get(signing_key.VARIABLE, "").strip():
        yield Check(
            "会话密钥", "warn", "没有设，重新启动后所有人须重新登录", f"{signing_key.VARIABLE}：openssl rand -hex 32"
        )
    with socket.socket() as probe:
        probe.settimeout(2)
        taken = probe.connect_ex((chosen.host if chosen.loopback else "127.0.0.1", port)) == 0
    yield Check("端口", "ok", f"{port} {'上有程序在听' if taken else '空着'}")


def proxy(asked: Asked) -> Iterator[Check]:
    """Asks for the log-in page through the proxy, as a browser would, and looks at what comes back."""
    url = (asked.url or asked.environ.get("CHENGWEN_URL", "")).strip().rstrip("/")
    if not url:
        return
    import httpx2

    try:
        context = _trust()
        with httpx2.Client(timeout=_PATIENCE, verify=context) as client:
            health, page = client.get(f"{url}/health"), client.get(f"{url}/login")
            claimed = client.get(
                f"{url}/login", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "http"}
            )
    except httpx2.ConnectError as error:
        told = "证书不受信任，或与名称不符" if "CERTIFICATE" in str(error).upper() else "连不上"
        todo = "私有机构的证书：设 SSL_CERT_FILE 指向它的根证书；否则看 nginx 是否在运行、名称能否解析"
        yield Check("代理", "bad", f"{url} {told}", todo)
        return
    except (httpx2.HTTPError, OSError) as error:
        yield Check("代理", "bad", f"{url} 没有答好：{type(error).__name__}", "看 nginx 的 error.log")
        return
    wrong = _what_is_wrong(health, page, claimed)
    if wrong:
        yield Check("代理", "bad", f"{url} {wrong[0]}", wrong[1])
    else:
        yield Check("代理", "ok", f"{url} 经代理可达，名称、https 和子路径都对")


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or None)


def _what_is_wrong(health: Response, page: Response, claimed: Response) -> tuple[str, str] | None:
    """What was seen, and what to do about it."""
    if page.status_code == 421:
        return "代理没有把名称传过来（421）", "nginx：proxy_set_header Host $http_host;"
    if health.status_code in (502, 503, 504):
        return f"代理找不到成文（{health.status_code}）", "看成文是否在运行，proxy_pass 的端口是否对"
    if not health.status_code == page.status_code == 200 or 'name="password"' not in page.text:
        todo = "看 CHENGWEN_URL 的子路径与 nginx 的 location 是否一致；proxy_pass 后面不要写路径"
        return f"答的不是成文的登录页（{page.status_code}）", todo
    if claimed.status_code != 200:
        return (
            "代理把来访者自称的 X-Forwarded-Host 传了过来",
            "nginx 里明写 proxy_set_header，照 packaging/service/nginx.conf",
        )
    return None
