"""The door's parts alone: the language, the address, the key, the throttle, the password."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from drafting.errors import InputError, WorkspaceError
from drafting.workspace import users
from drafting.workspace.location import at, locate
from drafting.workspace.workspace import Workspace
from tests.workspaces import START, Clock
from ui.web import accounts, cookies, languages, passwords, returning, settings, words
from ui.web.sessions import Sessions
from ui.web.settings import Settings
from ui.web.signing_key import signing_key
from ui.web.throttle import Throttle
from ui.web.vouching import Pages
from ui.web.words import Text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.3,zh;q=0.7", "zh"),
        ("fr,de", "zh"),
        ("en;q=0", "zh"),
        ("en;q=无", "zh"),
        ("", "zh"),
        (",;=,", "zh"),
    ],
)
def test_the_browsers_first_language_that_is_there(accepted: str, language: str) -> None:
    assert languages.chosen("", accepted) == language
    assert languages.chosen("en", accepted) == "en"
    assert languages.chosen("fr", accepted) == language


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    found = [value for value in vars(words).values() if isinstance(value, Text)]
    for group in (words.STATES, words.WAITING, words.ORIGINS, words.ACTIONS, words.LEVELS):
        found += group.values()
    found += words.COLUMNS
    assert len(found) > 60
    for text in found:
        assert text.zh
        assert text.en
        assert set(re.findall(r"\{\w+\}", text.zh)) <= set(re.findall(r"\{\w+\}", text.en))


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:7860", True),
        ("localhost:7860", True),
        ("LOCALHOST", True),
        ("[::1]:7860", True),
        ("127.9.9.9", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.nip.example", False),
        ("[", False),
        ("", False),
    ],
)
def test_on_loopback_only_this_machines_own_names_are_served(host: str, served: bool) -> None:
    assert Settings().serves(host) is served


def test_behind_a_proxy_only_its_name_is_served_and_the_cookie_is_kept_to_https() -> None:
    found = settings.from_environment("0.0.0.0", 80, {settings.URL: "https://Reports.example/"})  # noqa: S104
    assert found.secure
    assert found.serves("reports.example")
    assert not found.serves("127.0.0.1")
    assert cookies.session("t", found).startswith("__Host-chengwen=t; ")
    assert "Secure" in cookies.session("t", found)
    assert "Secure" not in cookies.session("t", Settings())


def test_under_a_sub_path_links_lead_back_and_the_cookie_is_kept_to_it() -> None:
    found = settings.from_environment("127.0.0.1", 80, {settings.URL: "HTTPS://OA.example/Chengwen/"})
    assert (found.url, found.origin, found.base) == ("https://oa.example/Chengwen", "https://oa.example", "/Chengwen")
    assert found.serves("oa.example")
    cookie = cookies.session("t", found)
    assert cookie.startswith("__Secure-chengwen=t; ")
    assert "Path=/Chengwen/" in cookie
    came = "https://oa.example/Chengwen/zh/desk?report=3"
    assert returning.switched(came, "oa.example", "en", found.base) == "/en/desk?report=3"
    assert returning.switched("https://oa.example/zh/desk?report=3", "oa.example", "en", found.base) == "/"


@pytest.mark.parametrize(("name", "value"), [("IDLE", "0"), ("IDLE", "十"), ("LIFETIME", "-5"), ("LIFETIME", "10081")])
def test_times_that_are_none_are_told(name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"CHENGWEN_{name}"):
        settings.from_environment("127.0.0.1", 7860, {f"CHENGWEN_{name}": value})


@pytest.mark.parametrize(
    "url",
    [
        "reports.example",
        "ftp://x",
        "https://",
        "https://x/一",
        "https://x//y",
        "https://x/../y",
        "https://[",
        "https://x?y",
    ],
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(InputError, match=settings.URL):
        settings.from_environment("127.0.0.1", 7860, {settings.URL: url})


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    location = at(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: signing_key(location, {}), range(8)))
    assert len(set(keys)) == 1
    assert len(keys[0] or b"") == 64
    assert [file.name for file in tmp_path.iterdir()] == ["session.key"]
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_can_read_or_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "session.key"
    file.write_text("k" * 64)
    file.chmod(0o644)
    with pytest.raises(WorkspaceError, match="chmod 600"):
        signing_key(at(tmp_path), {})
    file.write_text("短")
    file.chmod(0o600)
    with pytest.raises(WorkspaceError, match="不完整"):
        signing_key(at(tmp_path), {})


def test_the_environments_key_comes_first_and_a_short_one_is_refused(tmp_path: Path) -> None:
    assert signing_key(at(tmp_path), {"CHENGWEN_SECRET": "s" * 32}) == b"s" * 32
    assert not (tmp_path / "session.key").exists()
    assert signing_key(locate("postgresql://u@h/d", {}), {}) is None
    with pytest.raises(InputError, match="CHENGWEN_SECRET"):
        signing_key(at(tmp_path), {"CHENGWEN_SECRET": "s" * 31})


def test_a_session_of_one_workspace_is_none_of_another_with_the_same_key() -> None:
    one, other = (Sessions(b"k" * 32, scope, Settings(), Clock()) for scope in ("甲", "乙"))
    token = one.token(one.begin(users.User(1, "张三", (), disabled=False)))
    assert one.read(token) is not None
    assert other.read(token) is None


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> object:
        return self.at


def test_waiting_doubles_up_to_its_bound_and_success_forgets() -> None:
    watch = Watch()
    throttle = Throttle(watch, free=2)  # type: ignore[arg-type]
    waited = []
    for _ in range(12):
        waiting = throttle.begin("张三")
        if waiting:
            waited.append(waiting.total_seconds())
            assert throttle.begin("张三") == waiting, "to try too early does not make it longer"
            watch.at += waiting
            assert not throttle.begin("张三")
    assert waited == [10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
    throttle.succeed("张三")
    assert not throttle.begin("张三")
    assert not throttle.begin("张三")


def test_a_hundred_tries_at_once_are_not_a_hundred_free_ones() -> None:
    throttle = Throttle(Watch(), free=5)  # type: ignore[arg-type]
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: throttle.begin("张三"), range(100)))
    assert waits.count(timedelta()) == 5


def test_what_strangers_send_is_remembered_within_bounds() -> None:
    throttle, pages = Throttle(Watch(), free=1), Pages()  # type: ignore[arg-type]
    for index in range(30_000):
        throttle.begin(f"名{index}")
        pages.belongs(f"页{index}", "张三")
    assert len(throttle._tries) == 10_000
    assert len(pages._owners) == 20_000


def test_passwords_are_kept_as_argon2id_and_none_matches_an_account_without_one() -> None:
    hash = passwords.hashed("安全的密码-安全的密码")
    assert hash.startswith("$argon2id$")
    assert passwords.matches(hash, "安全的密码-安全的密码")
    assert not passwords.matches(hash, "安全的密码-安全的密妈")
    assert not passwords.matches("", "")
    assert not passwords.matches("不是散列", "x")
    once = passwords.hashed_once("abcd-efgh")
    assert passwords.is_once(once)
    assert passwords.matches(once, "abcd-efgh")


def test_the_first_administrator_gets_a_password_until_one_chose_their_own(workspace: Workspace) -> None:
    first = accounts.first_administrator(workspace, "张三")
    assert first is not None
    assert first[0] == "张三"
    again = accounts.first_administrator(workspace, "张三")
    assert again is not None
    assert accounts.log_in(workspace, "张三", first[1]) is None, "a new one-time password takes the place of the last"
    account = accounts.log_in(workspace, "张三", again[1])
    assert account is not None
    assert passwords.is_once(account.password)
    accounts.set_password(workspace, "张三", "自己的密码-自己的密码", by="张三")
    assert accounts.first_administrator(workspace, "张三") is None
    assert accounts.log_in(workspace, "张三", again[1]) is None


def test_whoever_starts_the_server_is_not_made_an_administrator_of_a_workspace_that_has_one(
    workspace: Workspace,
) -> None:
    with workspace.writing("李四") as ledger:
        users.found(ledger)
    given = accounts.first_administrator(workspace, "张三")
    assert given is not None
    assert given[0] == "李四"
    with workspace.reading() as connection:
        assert [one.name for one in users.all_users(connection)] == ["李四"]


def test_no_password_stands_in_the_audit_or_in_a_users_representation(workspace: Workspace) -> None:
    given = accounts.first_administrator(workspace, "张三")
    assert given is not None
    with workspace.reading() as connection:
        assert "argon2" not in repr(users.all_users(connection))
