"""Settings: which rules run, from the chengwen.toml or pyproject.toml above a file, from a profile, and from the command line.

As a linter's user expects: the nearest file counts and no other, --select takes the place of its `select`, --ignore adds to its
`ignore`, and of two prefixes the longer one wins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from drafting.errors import InputError
from drafting.profile import Profile
from evals.rule import REGISTRY, Rule

NAMES = ("chengwen.toml", "pyproject.toml")
_KEYS = ("select", "ignore")


@dataclass(frozen=True, slots=True)
class Setting:
    """Codes or their beginnings, as one place sets them; `place` names it to its author."""

    place: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Off:
    """A rule at error level that a setting keeps from running, and which."""

    rule: Rule
    place: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rules to run, in the order of codes, and those at error level that settings, not the command line, switched off."""

    rules: tuple[Rule, ...]
    off: tuple[Off, ...] = ()


def nearest(folder: Path) -> tuple[Setting, ...]:
    """What the first chengwen.toml, or pyproject.toml with a [tool.chengwen], in `folder` or above it sets; nothing where there is none.

    Raises InputError, one line that names the file, where it cannot be read or holds a key or a code that there is not.
    """
    start = folder.resolve()
    for above in (start, *start.parents):
        for name in NAMES:
            setting = _of_file(above / name)
            if setting is not None:
                return (setting,)
    return ()


def of_profile(profile: Profile | None) -> tuple[Setting, ...]:
    """What a kind of report leaves unchecked."""
    if profile is None or not profile.ignored_checks:
        return ()
    return (_checked(Setting(profile.path or profile.kind, ignore=profile.ignored_checks)),)


def choose(settings: Sequence[Setting] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Chosen:
    """The rules that settings and command line together let run.

    Raises InputError for a code of the command line that no rule's begins with: a misspelt code must not pass for a clean text.
    """
    _refuse_unknown((*select, *ignore), "")
    return _chosen(tuple(settings), tuple(select), tuple(ignore))


@lru_cache(maxsize=64)
def _chosen(settings: tuple[Setting, ...], select: tuple[str, ...], ignore: tuple[str, ...]) -> Chosen:
    """Of hundreds of reports most are checked by the same rules."""
    selected = select or tuple(code for setting in settings for code in setting.select)
    rules, off = [], []
    for rule in REGISTRY:
        reach, ignored = _longest(rule, select), _longest(rule, ignore)
        asked = (reach or not select) and (not ignored or reach > ignored)
        blame = _switched_off(rule, settings, selected, by_file=not select)
        if asked and not blame:
            rules.append(rule)
        elif asked and rule.severity == "error":
            off.append(Off(rule, blame))
    return Chosen(tuple(rules), tuple(off))


def _switched_off(rule: Rule, settings: Sequence[Setting], selected: Sequence[str], *, by_file: bool) -> str:
    """The place that keeps the rule from running, "" where none does."""
    reach = _longest(rule, selected)
    for setting in settings:
        ignored = _longest(rule, setting.ignore)
        if ignored and ignored >= reach:
            return setting.place
    if by_file and selected and not reach:
        return next(setting.place for setting in settings if setting.select)
    return ""


def _longest(rule: Rule, prefixes: Iterable[str]) -> int:
    """The length of the longest of the prefixes that the rule's code begins with, 0 where it begins with none."""
    return max((len(prefix) for prefix in prefixes if rule.code.startswith(prefix)), default=0)


def _of_file(path: Path) -> Setting | None:
    return _read(path, path.read_bytes()) if path.is_file() else None


@lru_cache(maxsize=64)
def _read(path: Path, data: bytes) -> Setting | None:
    """The settings in the bytes of a file: read anew at every look, parsed where they are others."""
    shared = path.name == "pyproject.toml"
    if shared and b"chengwen" not in data:
        return None  # others' settings, right or wrong, are no matter of ours
    try:
        table: Any = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: 不是 TOML 文件：{error}") from error
    for key in ("tool", "chengwen") if shared else ():
        table = table.get(key) if isinstance(table, dict) else None
    return None if table is None else _setting(path, table)


def _setting(path: Path, table: Any) -> Setting:
    if not isinstance(table, dict):
        raise InputError(f"{path}: [tool.chengwen] 应是 键 = 值")
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        raise InputError(f"{path}: 没有设置“{unknown[0]}”，可用：{'、'.join(_KEYS)}")
    select, ignore = (_codes(path, key, table.get(key, [])) for key in _KEYS)
    return _checked(Setting(str(path), select, ignore))


def _codes(path: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) and code.strip() for code in value):
        raise InputError(f'{path}: {key} 应是代码的列表，如 ["Y701", "D3"]')
    return tuple(code.strip().upper() for code in value)


def _checked(setting: Setting) -> Setting:
    _refuse_unknown((*setting.select, *setting.ignore), f"{setting.place}: ")
    return setting


def _refuse_unknown(prefixes: Iterable[str], where: str) -> None:
    for prefix in prefixes:
        if not any(rule.code.startswith(prefix) for rule in REGISTRY):
            raise InputError(f"{where}没有代码以“{prefix}”开头的规则，用 chengwen rules 查看全部")
