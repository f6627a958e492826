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
    "workspace": "Where reports, versions and users are kept",
    "model": "The model that words the points",
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
        "chengwen/models in the user's cache; of a bundle, the installation's own",
        "The folder in which weights are kept.",
    ),
    Key(
        "model.weights_url",
        "CHENGWEN_WEIGHTS_URL",
        "the catalog's own sources",
        "Where `chengwen model fetch` finds weights, such as a server of one's own.",
    ),
    Key(
        "language.findings",
        "CHENGWEN_LANG",
        "zh",
        "`zh` or `en`: the language in which the command line tells findings.",
    ),
)

BY_NAME = {key.name: key for key in KEYS}
