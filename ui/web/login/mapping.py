"""Which groups of a directory have which roles here: CHENGWEN_ROLES.

Entries stand between semicolons or on lines of their own, `group => roles`: commas belong to distinguished names, and a semicolon in one is
written \\; as RFC 4514 has it anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drafting.errors import InputError
from drafting.workspace.users import ROLES

VARIABLE = "CHENGWEN_ROLES"
EVERYBODY = "*"
_BETWEEN = re.compile(r"(?<!\\);|\n")
_ESCAPED = re.compile(r"((?:\\[0-9a-fA-F]{2})+)|\\(.)")
_NEXT = re.compile(r"(?<!\\)[,+]")


@dataclass(frozen=True, slots=True)
class RoleMapping:
    """Roles by group, the group as `_canonical` writes it."""

    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def roles(self, groups: Iterable[str]) -> tuple[str, ...]:
        """The roles of who is in these groups, in the order of ROLES; none for who is in no group that counts."""
        there = {_canonical(group) for group in groups} | {EVERYBODY}
        held = {role for group, roles in self.entries if group in there for role in roles}
        return tuple(role for role in ROLES if role in held)


def read(text: str) -> RoleMapping:
    """Raises InputError for an entry without => and for a role that does not exist."""
    entries = []
    for entry in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        group, arrow, told = (part.strip() for part in entry.rpartition("=>"))
        roles = tuple(filter(None, re.split(r"[\s,，、]+", told)))
        if not (arrow and group and roles):
            raise InputError(f"环境变量 {VARIABLE} 里的“{entry[:80]}”应写成：组 => 角色，多条之间用分号")
        unknown = next((role for role in roles if role not in ROLES), "")
        if unknown:
            raise InputError(f"环境变量 {VARIABLE} 里没有角色“{unknown[:40]}”，可选 {'、'.join(ROLES)}")
        entries.append((_canonical(group), roles))
    return RoleMapping(tuple(entries))


def _canonical(group: str) -> str:
    """A distinguished name without what makes no difference in it: case, spaces around its parts, ways to escape. Other names stay."""
    parts = [part.partition("=") for part in _NEXT.split(group)]
    if not all(equals and kind.strip() for kind, equals, _ in parts):
        return group.replace("\\;", ";")
    told = ((kind.strip().casefold(), _ESCAPED.sub(_sign, value.strip()).casefold()) for kind, _, value in parts)
    return repr(list(told))


def _sign(escaped: re.Match[str]) -> str:
    """What an escape stands for: \\2C and \\, for a comma, \\E5\\8A\\9E for 办."""
    if escaped[2]:
        return escaped[2]
    return bytes.fromhex(escaped[1].replace("\\", "")).decode("utf-8", "replace")
