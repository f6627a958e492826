"""Reading the file: what it sets goes into the environment, unless the environment says otherwise. All that is wrong in it is told at once."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from drafting.errors import InputError
from ui.configuration.keys import BY_NAME, KEYS, Key

VARIABLE = "CHENGWEN_CONFIG"
_LARGEST = 1024 * 1024
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_LONGEST_SECRET = 10_000


def settle(path: Path | None, environ: Mapping[str, str]) -> dict[str, str]:
    """What is to be set besides what the environment holds already: from the file, where one is named, from files that VARIABLE_FILE names, and
    from systemd's credentials. The environment goes first, then a credential, then the file.

    Raises InputError, a line for each thing that is wrong.
    """
    wrong: list[str] = []
    told = _of_file(path, wrong) if path is not None else {}
    found: dict[str, str] = {}
    for key in KEYS:
        if environ.get(key.variable, "").strip():
            continue
        value = _value(key, told, environ, wrong)
        if value:
            found[key.variable] = value
    if wrong:
        raise InputError("\n".join(wrong))
    return found


def _value(key: Key, told: Mapping[str, str], environ: Mapping[str, str], wrong: list[str]) -> str:
    if key.secret:
        named = environ.get(f"{key.variable}_FILE", "").strip()
        if named:
            return _secret(Path(named), f"环境变量 {key.variable}_FILE", wrong)
        credential = Path(environ.get("CREDENTIALS_DIRECTORY", "")) / key.name
        if environ.get("CREDENTIALS_DIRECTORY") and credential.is_file():
            return _secret(credential, f"凭据 {key.name}", wrong)
        beside = told.get(f"{key.name}_file", "")
        if beside:
            return _secret(Path(beside), f"{key.name}_file", wrong)
    return told.get(key.name, "")


def _secret(path: Path, where: str, wrong: list[str]) -> str:
    """The first line of a file, which has no other."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST_SECRET + 1).strip()
    except (OSError, ValueError):
        wrong.append(f"{where} 所指的文件 {path} 读不出：须存在、为 UTF-8 文字，且运行成文的用户有权读")
        return ""
    if not text or len(text) > _LONGEST_SECRET or "\n" in text:
        wrong.append(f"{where} 所指的文件 {path} 应正好有一行")
        return ""
    return text


def _of_file(path: Path, wrong: list[str]) -> dict[str, str]:
    """Names and values as text."""
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        where = f"第 {at[1]} 行第 {at[2]} 列" if at else "末尾"
        raise InputError(f"{path}: {where}不合 TOML 写法") from None
    found: dict[str, str] = {}
    for name, value in _flat(tables):
        key = BY_NAME.get(name) or BY_NAME.get(name.removesuffix("_file"))
        place = f"{path}:{_line(text, name)}"
        if key is None or (key.name != name and not key.secret):
            wrong.append(f"{place}: 没有配置项 {name}{_near(name)}")
        elif isinstance(value, (bool, dict, list)) or (key.kind == "number" and not isinstance(value, (int, float))):
            wrong.append(f"{place}: {name} 应为{'数' if key.kind == 'number' else '一行文字'}")
        elif key.kind == "text" and (not isinstance(value, str) or "\n" in value or "\0" in value):
            wrong.append(f"{place}: {name} 应为一行文字（加引号）")
        else:
            found[name] = str(value)
    for key in KEYS:
        beside = f"{key.name}_file"
        if key.name in found and beside in found:
            del found[beside]
            wrong.append(f"{path}: {key.name} 与 {beside} 只能有一个")
    return found


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"没有配置文件 {path}") from None
    except IsADirectoryError:
        raise InputError(f"配置文件 {path} 是一个文件夹") from None
    except OSError:
        raise InputError(f"配置文件 {path} 读不出：运行成文的用户没有权限") from None
    if len(data) > _LARGEST:
        raise InputError(f"配置文件 {path} 过大，不像配置文件")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"配置文件 {path} 不是 UTF-8 编码") from None


def _flat(tables: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tables.items():
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{name}.")
        else:
            yield f"{before}{name}", value


def _near(name: str) -> str:
    near = difflib.get_close_matches(name, BY_NAME, 1)
    if not near:
        near = [key.name for key in KEYS if key.name.partition(".")[2] == name.rpartition(".")[2]][:1]
    return f"，是不是 {near[0]}？" if near else "；全部配置项见 docs/configuration.md"


def _line(text: str, name: str) -> int:
    """Where a name is set: the first line of it under its table; the first of the file where it is written in a way of its own."""
    table, _, own = name.rpartition(".")
    under = ""
    wanted = re.compile(rf"\s*[\"']?{re.escape(own)}[\"']?\s*[=.]|\s*{re.escape(name)}\s*=")
    for number, line in enumerate(text.splitlines(), start=1):
        opened = _TABLE.match(line)
        if opened:
            under = opened[1]
        elif wanted.match(line) and (under == table or line.strip().startswith(name)):
            return number
    return 1
