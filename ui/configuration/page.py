"""docs/configuration.md: every setting, generated. `python -m ui.configuration.page > docs/configuration.md` writes it; a test compares."""

from __future__ import annotations

import sys

from ui.configuration.keys import KEYS, TABLES, Key

_HEAD = """# Configuration

Generated from `ui/configuration/keys.py`; do not edit.

Every setting has a name in the file and an environment variable. What the environment says goes before the file; an option of a command goes before
both. The file is TOML, named by `chengwen --config FILE …` or `CHENGWEN_CONFIG`; without either, none is read. It is only ever read.

```toml
[server]
url = "https://office.example/chengwen"
secret_file = "/etc/chengwen/session.key"

[workspace]
location = "/var/lib/chengwen/workspace"

[model]
name = "openai:qwen2.5-72b-instruct"
base_url = "http://10.0.0.5:8000/v1"
```

A setting marked *secret* may be kept out of the file: `key_file = "/path"` in the file, `VARIABLE_FILE=/path` in the environment, or a systemd
credential with the setting's name (`LoadCredential=model.api_key:/etc/chengwen/api.key`). The file that is pointed at holds the secret in one line.
An unknown name, a value of the wrong kind or an unreadable file is told in a line, and nothing is started.
"""


def page() -> str:
    """The page's text."""
    return _HEAD + "".join(_table(name, about) for name, about in TABLES.items())


def _table(name: str, about: str) -> str:
    rows = "".join(_row(key) for key in KEYS if key.name.partition(".")[0] == name)
    return f"\n## [{name}]\n\n{about}.\n\n| in the file | in the environment | by default | |\n| --- | --- | --- | --- |\n{rows}"


def _row(key: Key) -> str:
    secret = " *Secret.*" if key.secret else ""
    return f"| `{key.name.partition('.')[2]}` | `{key.variable}` | {key.usual or '–'} | {key.says}{secret} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
