"""The ways to log in that this server has beside its own passwords."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from drafting.errors import InputError
from drafting.workspace import identities
from drafting.workspace.users import User
from drafting.workspace.workspace import Clock, Workspace
from ui.web import words
from ui.web.languages import Language
from ui.web.login import ldap_settings, mapping, oidc_settings
from ui.web.login.ldap import Directory
from ui.web.login.ldap_settings import LdapSettings
from ui.web.login.mapping import RoleMapping
from ui.web.login.oidc import Provider
from ui.web.login.oidc_settings import OidcSettings
from ui.web.login.rechecks import Rechecks
from ui.web.login.welcome import welcome
from ui.web.sessions import Session
from ui.web.settings import URL, Settings

_MOST_TOKENS = 10_000


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """What the environment says. Without either way in, `mapping` is of no use."""

    mapping: RoleMapping = field(default_factory=RoleMapping)
    oidc: OidcSettings | None = None
    ldap: LdapSettings | None = None


def from_environment(environ: Mapping[str, str], settings: Settings) -> LoginSettings:
    """Raises InputError for what is missing or cannot be."""
    oidc, ldap = oidc_settings.from_environment(environ), ldap_settings.from_environment(environ)
    roles = mapping.read(environ.get(mapping.VARIABLE, ""))
    if (oidc or ldap) and not roles.entries:
        raise InputError(f"还缺环境变量 {mapping.VARIABLE}：目录里的哪个组是什么角色，如 拟稿人 => drafter")
    if oidc and not (settings.url or settings.loopback):
        raise InputError(f"用 {oidc_settings.PREFIX}… 登录须设 {URL}，即浏览器里的地址")
    return LoginSettings(roles, oidc, ldap)


class Logins:
    """Provider and directory of one running server, where there are any."""

    def __init__(self, told: LoginSettings, workspace: Workspace, clock: Clock) -> None:
        self.mapping = told.mapping
        self.provider = Provider(told.oidc, clock) if told.oidc else None
        self.directory = Directory(told.ldap) if told.ldap else None
        self._workspace = workspace
        self._rechecks = Rechecks(workspace, self.directory, told.mapping, clock) if self.directory else None
        self._tokens: dict[str, str] = {}
        self._lock = threading.Lock()

    def button(self, language: Language) -> str:
        """What stands on the button that leads to the provider; empty where there is none."""
        if self.provider is None:
            return ""
        return words.SIGN_ON(language, name=self.provider.settings.name or words.PROVIDER(language))

    def standing(self, account: User, session: Session) -> User | None:
        """The account of a session that counts, as of now; None where whoever vouched for it does so no longer, or is not asked any more."""
        if not session.source:
            return account
        if session.source == "oidc":
            return account if self.provider else None
        if self._rechecks is None:
            return None
        with self._workspace.reading() as connection:
            identity = identities.of_user(connection, account.id)
        return self._rechecks.standing(account, identity) if identity else None

    def authenticate(self, name: str, password: str) -> User | None:
        """The account of the directory's person with that password. Raises LogInRefused, DirectoryUnreachable."""
        if self.directory is None or self._rechecks is None:
            return None
        person = self.directory.authenticate(name, password)
        if person is None:
            return None
        account = welcome(self._workspace, person, self.mapping)
        self._rechecks.seen(account)
        return account

    def keep(self, session: Session, raw: str) -> None:
        """Keeps a session's ID token for its log-out, in this process."""
        with self._lock:
            self._tokens[session.id] = raw
            while len(self._tokens) > _MOST_TOKENS:
                self._tokens.pop(next(iter(self._tokens)))

    def farewell(self, session: Session, back: str) -> str:
        """Where a session that was just ended is ended at the provider too; empty where there is no such place."""
        with self._lock:
            raw = self._tokens.pop(session.id, "")
        return self.provider.farewell(raw, back) if self.provider and session.source == "oidc" else ""
