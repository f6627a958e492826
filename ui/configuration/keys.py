"""Every setting there is: its name in the file, its environment variable, what it is without either, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Key:
    """`name` is `table.key` of the file. A `secret` may also be given as `table.key_file`, as VARIABLE_FILE, or as a systemd credential
    that is called `table.key`; it is never shown."""

    name: str
    variable: str
    usual: str
    says: str
    kind: Kind = "text"
    secret: bool = False


TABLES = {
    "server": "The browser's server (`chengwen serve`)",
    "login": "Log-in by a directory, beside local accounts ([how](login.md))",
    "workspace": "Where reports, versions and users are kept",
    "model": "The model that words the points",
    "watching": "Logs and figures ([which](watching.md))",
    "language": "What people read",
}
"""What each table of the file is about, in the order of the page."""

KEYS: tuple[Key, ...] = (
    Key(
        "server.host",
        "CHENGWEN_HOST",
        "127.0.0.1",
        "The address to listen on. By default only this machine can connect.",
    ),
    Key("server.port", "CHENGWEN_PORT", "7860", "The port.", "number"),
    Key(
        "server.url",
        "CHENGWEN_URL",
        "",
        "The address that people type where a proxy stands before the server, with its sub-path if it has one: https://office.example/chengwen.",
    ),
    Key(
        "server.secret",
        "CHENGWEN_SECRET",
        "a file beside a workspace in a folder; for PostgreSQL none, and everyone logs in anew after a restart",
        "Signs the sessions: at least 32 characters (`openssl rand -hex 32`).",
        secret=True,
    ),
    Key("server.idle", "CHENGWEN_IDLE", "120", "Minutes without a request after which a session ends.", "number"),
    Key("server.lifetime", "CHENGWEN_LIFETIME", "720", "Minutes after which a session ends in any case.", "number"),
    Key(
        "workspace.location",
        "CHENGWEN_WORKSPACE",
        ".chengwen in the folder one is in",
        "A folder, or `postgresql://user:password@host/database` for a team.",
        secret=True,
    ),
    Key(
        "login.roles",
        "CHENGWEN_ROLES",
        "",
        "Which groups of the directory hold which roles: `group => drafter, reviewer:1; …`, or a line for each; `*` for everybody.",
    ),
    Key(
        "login.hours",
        "CHENGWEN_LOGIN_HOURS",
        "8",
        "How long a session lasts for which a directory vouched, at most as long as `server.lifetime`.",
        "number",
    ),
    Key(
        "login.oidc_issuer",
        "CHENGWEN_OIDC_ISSUER",
        "",
        "The OpenID Connect provider's issuer; with it, people can log in there.",
    ),
    Key("login.oidc_client_id", "CHENGWEN_OIDC_CLIENT_ID", "", "What Chengwen is called there."),
    Key("login.oidc_client_secret", "CHENGWEN_OIDC_CLIENT_SECRET", "", "Its secret there.", secret=True),
    Key("login.oidc_scopes", "CHENGWEN_OIDC_SCOPES", "openid profile", "What is asked for."),
    Key("login.oidc_name", "CHENGWEN_OIDC_NAME", "统一身份", "What the button on the log-in page calls it."),
    Key("login.oidc_name_claim", "CHENGWEN_OIDC_NAME_CLAIM", "preferred_username", "The claim with a person's name."),
    Key("login.oidc_groups_claim", "CHENGWEN_OIDC_GROUPS_CLAIM", "groups", "The claim with their groups."),
    Key(
        "login.oidc_ca",
        "CHENGWEN_OIDC_CA",
        "the system's",
        "The PEM file of the authority that signed the provider's certificate.",
    ),
    Key(
        "login.ldap_url",
        "CHENGWEN_LDAP_URL",
        "",
        "The directory, such as ldaps://directory.example; several are tried in order.",
    ),
    Key("login.ldap_base", "CHENGWEN_LDAP_BASE", "", "Where people stand in it."),
    Key("login.ldap_bind_dn", "CHENGWEN_LDAP_BIND_DN", "", "The account that searches."),
    Key("login.ldap_bind_password", "CHENGWEN_LDAP_BIND_PASSWORD", "", "Its password.", secret=True),
    Key(
        "login.ldap_user_filter",
        "CHENGWEN_LDAP_USER_FILTER",
        "(uid={})",
        "How a person is found by the name that they type.",
    ),
    Key(
        "login.ldap_user_dn",
        "CHENGWEN_LDAP_USER_DN",
        "",
        "A person's name in the directory, made without a search: uid={},ou=people,dc=example.",
    ),
    Key(
        "login.ldap_name_attribute",
        "CHENGWEN_LDAP_NAME_ATTRIBUTE",
        "uid",
        "The attribute that their account is called by.",
    ),
    Key("login.ldap_group_base", "CHENGWEN_LDAP_GROUP_BASE", "none: `memberOf` of the person", "Where groups stand."),
    Key(
        "login.ldap_group_filter",
        "CHENGWEN_LDAP_GROUP_FILTER",
        "(\\|(member={dn})(uniqueMember={dn})(memberUid={name}))",
        "How the groups of a person are found.",
    ),
    Key(
        "login.ldap_ca",
        "CHENGWEN_LDAP_CA",
        "the system's",
        "The PEM file of the authority that signed the directory's certificate.",
    ),
    Key("login.ldap_starttls", "CHENGWEN_LDAP_STARTTLS", "0", "1 to encrypt an ldap:// connection."),
    Key("login.ldap_plain", "CHENGWEN_LDAP_PLAIN", "0", "1 to allow ldap:// without encryption to another machine."),
    Key(
        "login.ldap_recheck",
        "CHENGWEN_LDAP_RECHECK",
        "5",
        "Minutes after which the directory is asked again whether a person may go on; 0 for never.",
        "number",
    ),
    Key("workspace.user", "CHENGWEN_USER", "the name one is logged in by", "In whose name commands act."),
    Key(
        "model.name",
        "CHENGWEN_MODEL",
        "`openai:` where its address and key are set, else the weights on this machine, else `composer`",
        "`openai:NAME`, `gguf:NAME` or `composer`.",
    ),
    Key(
        "model.base_url",
        "OPENAI_BASE_URL",
        "",
        "The address of an OpenAI-compatible endpoint, such as http://10.0.0.5:8000/v1.",
    ),
    Key("model.api_key", "OPENAI_API_KEY", "", "Its key.", secret=True),
    Key("model.default", "OPENAI_MODEL", "", "The name of the model to ask for where `model.name` names none."),
    Key("model.rate", "CHENGWEN_RATE", "no limit", "Requests a minute, for everyone who uses the workspace.", "number"),
    Key(
        "model.retries",
        "CHENGWEN_RETRIES",
        "6",
        "How often a call that met 429, 5xx or a lost connection is made again.",
        "number",
    ),
    Key("model.timeout", "CHENGWEN_TIMEOUT", "120", "Seconds without a byte after which a call is given up.", "number"),
    Key(
        "model.price_in",
        "CHENGWEN_PRICE_IN",
        "none",
        "What a million tokens sent cost; with `price_out`, costs are shown.",
        "number",
    ),
    Key("model.price_out", "CHENGWEN_PRICE_OUT", "none", "What a million tokens received cost.", "number"),
    Key(
        "model.batch_poll",
        "CHENGWEN_BATCH_POLL",
        "10",
        "Seconds between two looks at a batch (`--via batch-api`).",
        "number",
    ),
    Key(
        "model.folder",
        "CHENGWEN_MODELS",
        "of a bundle, the installation's own",
        "A folder with weights that everybody here uses; only read. What it lacks is in the user's cache.",
    ),
    Key(
        "model.weights_url",
        "CHENGWEN_WEIGHTS_URL",
        "the catalog's own sources",
        "Where `chengwen model fetch` finds weights, such as a server of one's own.",
    ),
    Key("watching.log", "CHENGWEN_LOG", "text", "`json` for an object a line."),
    Key(
        "watching.level",
        "CHENGWEN_LOG_LEVEL",
        "warning; for json, info",
        "`debug`, `info`, `warning` or `error`, of the program's own lines.",
    ),
    Key(
        "watching.metrics_token",
        "CHENGWEN_METRICS_TOKEN",
        "none: /metrics is answered on this machine only",
        "Whoever asks for /metrics with it as a bearer token is answered.",
        secret=True,
    ),
    Key(
        "language.findings",
        "CHENGWEN_LANG",
        "zh",
        "`zh` or `en`: the language in which the command line tells findings.",
    ),
)

BY_NAME = {key.name: key for key in KEYS}
