"""The server behind nginx: TLS, a sub-path, drafts that stream, and a proxy's word that only the proxy may speak.

The desk's tests that are named below are those of `test_desk_page`, collected here once more with a served desk behind the proxy.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from tests.web import nginx
from tests.web.conftest import PASSWORD, ROOT, Served, _fill, _wait
from tests.web.nginx import SUB_PATH, Proxy
from tests.web.test_browser import WAIT
from tests.web.test_desk_page import (  # noqa: F401 — collected here
    Desk,
    context,
    desk,
    test_a_colleagues_version_is_merged_and_what_clashes_is_shown,
    test_lines_and_cells_that_are_pasted_become_facts,
    test_two_tabs_write_one_fact_and_both_have_both,
    test_what_is_typed_is_there_after_a_reload,
    test_without_a_report_the_page_lists_those_to_choose_from,
)
from tests.web.test_desk_paper import (  # noqa: F401
    Gate,
    gated,
    test_a_tab_closed_during_drafting_finds_it_gone_on,
)
from tests.workspaces import Clock
from ui.doctor import server
from ui.doctor.check import Asked
from ui.web import cookies
from ui.web.settings import Settings

from playwright.sync_api import BrowserContext, expect, sync_playwright  # isort: skip


@dataclass
class Behind(Served):
    """A server as people see it: `direct` is where the proxy finds it."""

    proxy: Proxy | None = None
    direct: str = ""

    @property
    def cookie(self) -> str:
        return cookies.session_name(Settings(url=self.url))

    def client(self, **headers: str) -> httpx2.Client:
        assert self.proxy is not None
        origin = self.url.removesuffix(SUB_PATH)
        return self.proxy.client(**{"origin": origin, **headers})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    nginx.program()
    folder = tmp_path_factory.mktemp("nginx")
    ahead = folder / "ahead"
    ahead.write_text("0")
    port = nginx.free_port()
    url = f"https://localhost:{port}{SUB_PATH}"
    with opened(at(folder / "ws"), create=True, clock=Clock(), via="test") as workspace:
        _fill(workspace)
        command = [
            sys.executable,
            "-m",
            "tests.web.server",
            str(folder / "ws"),
            str(ahead),
            str(folder / "r"),
            "0",
            url,
        ]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            behind = process.stdout.readline().strip()
            try:
                assert behind, "the server did not start"
                _wait(f"http://127.0.0.1:{behind}/health")
                with nginx.running(folder, port, int(behind)) as proxy:
                    yield Behind(url, workspace, [], ahead, proxy, f"http://127.0.0.1:{behind}")
            finally:
                process.terminate()


@pytest.fixture(scope="module")
def chromium(served: Behind) -> Iterator[dict[str, BrowserContext]]:
    """A browser that takes the test's own certificate, and no other that it does not know."""
    assert served.proxy is not None
    pin = served.proxy.trust.pin
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", f"--ignore-certificate-errors-spki-list={pin}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield {"zh-HK": browser.new_context(locale="zh-HK")}
        browser.close()


@pytest.fixture
def slow(served: Behind, tmp_path: Path) -> Iterator[tuple[Behind, Gate]]:
    """Behind a proxy of its own, a server whose model answers when the gate is open: what the page shows until then was streamed."""
    port = nginx.free_port()
    url = f"https://localhost:{port}{SUB_PATH}"
    assert served.proxy is not None
    with (
        gated(served, tmp_path, url) as (behind, gate),
        nginx.running(tmp_path, port, behind, served.proxy.trust) as proxy,
    ):
        yield replace(served, url=url, proxy=proxy), gate


def test_people_log_in_under_the_sub_path_and_every_link_stays_there(
    served: Behind, chromium: dict[str, BrowserContext]
) -> None:
    browser = chromium["zh-HK"].browser
    assert browser is not None
    window = browser.new_context(locale="zh-CN")
    page = window.new_page()
    page.set_default_timeout(WAIT)
    outside: list[str] = []
    page.on(
        "request",
        lambda one: None if one.url.startswith((f"{served.url}/", "data:", "blob:")) else outside.append(one.url),
    )
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(served.url)
    page.fill("[name=name]", "张三")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("table.reports")).to_be_visible(timeout=WAIT)
    held = {cookie["name"]: cookie for cookie in window.cookies()}
    session = held[served.cookie]
    assert (session["path"], session["secure"], session["httpOnly"]) == (f"{SUB_PATH}/", True, True)
    for name in ("拟稿", "审阅", "导出", "管理", "报告"):
        page.locator("header.top nav").get_by_role("link", name=name, exact=True).click()
        expect(page.locator("header.top nav [aria-current=page]")).to_have_text(name)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{served.url}/en/")
    expect(page.locator("table.reports")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(f"{served.url}/login")
    window.close()
    assert problems == []
    assert outside == [served.url], "the address as it was typed, without the last slash, and nothing else"


def test_what_strangers_claim_of_themselves_reaches_nothing(served: Behind) -> None:
    """Forwarded headers count from the proxy alone, and it passes none on that came to it."""
    claims = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-prefix": "/evil",
        "forwarded": "for=203.0.113.9;host=evil.example;proto=http",
        "x-original-url": "/zh/administration",
    }
    with served.logged_in() as client:
        plain, claimed = client.get("/zh/"), client.get("/zh/", headers=claims)
        assert plain.status_code == claimed.status_code == 200
        assert "evil" not in claimed.text
        assert "203.0.113" not in claimed.text
        config = client.get("/zh/config", headers=claims)
        assert config.json()["root"] == f"{served.url}/zh"
    with httpx2.Client(base_url=served.direct) as stranger:
        assert stranger.get(f"{SUB_PATH}/zh/", headers={**claims, "host": "evil.example"}).status_code == 421
        assert stranger.get("/health").status_code == 200
        assert stranger.get("/zh/", headers={"host": httpx2.URL(served.url).netloc.decode()}).status_code == 404


def test_log_in_guessing_is_held_back_by_the_address_that_the_proxy_saw(served: Behind) -> None:
    """A new X-Forwarded-For with each try is no new address."""
    with served.client() as client:
        status = [
            client.post(
                "/login",
                data={"name": f"某人{turn}", "password": "不对的密码"},
                headers={"x-forwarded-for": f"198.51.100.{turn}"},
            ).status_code
            for turn in range(22)
        ]
    assert status[-1] == 429, status


def test_a_key_that_does_not_fit_the_certificate_is_one_line(tmp_path: Path) -> None:
    """nginx says so and does not start; nothing listens."""
    mine, other = tmp_path / "甲", tmp_path / "乙"
    mine.mkdir()
    other.mkdir()
    port = nginx.free_port()
    whole = nginx.configured(mine, port, 1, nginx.trusted(mine), key=nginx.trusted(other).key)
    tried = subprocess.run([nginx.program(), "-t", "-c", str(whole)], capture_output=True, text=True)
    assert tried.returncode != 0
    assert "key values mismatch" in tried.stderr


def test_the_doctor_sees_that_the_proxy_passes_everything_on(
    served: Behind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert served.proxy is not None
    asked = Asked({}, None, served.url, full=False, now=datetime.now(UTC))
    assert [one.seen.partition(" ")[2] for one in server.proxy(asked)] == ["证书不受信任，或与名称不符"]
    monkeypatch.setenv("SSL_CERT_FILE", str(served.proxy.trust.authority))
    assert [one.state for one in server.proxy(asked)] == ["ok"]
    elsewhere = replace(asked, url=served.url.removesuffix(SUB_PATH))
    assert [one.state for one in server.proxy(elsewhere)] == ["bad"]
    port = nginx.free_port()
    behind = int(served.direct.rpartition(":")[2])
    for old, new, said in (
        ("proxy_set_header Host $http_host;", "", "proxy_set_header Host"),
        ("http://127.0.0.1:7860;", "http://127.0.0.1:1;", "是否在运行"),
    ):
        (tmp_path / "broken.conf").write_text(nginx.CONFIGURATION.read_text("utf-8").replace(old, new), "utf-8")
        folder = tmp_path / str(len(old))
        folder.mkdir()
        with monkeypatch.context() as broken:
            broken.setattr(nginx, "CONFIGURATION", tmp_path / "broken.conf")
            with nginx.running(folder, port, behind, served.proxy.trust) as proxy:
                [found] = server.proxy(replace(asked, url=proxy.url))
        assert said in found.todo, found
