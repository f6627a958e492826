"""Complaints: gathers everything that is wrong with one input file before it is refused."""

from __future__ import annotations

from typing import NoReturn

from drafting.errors import Complaint, InputError

SHOWN = 100


class Complaints:
    """What is wrong with the file at `path`, to be raised as `error` in one go.

    Lines and columns count from 1. More than `SHOWN` complaints are cut, and the last line says how many were left out: a
    spreadsheet whose every row is wrong has one mistake, not ten thousand.
    """

    def __init__(self, path: str, error: type[InputError]) -> None:
        self.path = path
        self._error = error
        self._found: list[Complaint] = []

    def add(self, line: int, column: int, message: str) -> None:
        self._found.append(Complaint(self.path, line, column, message))

    def settle(self) -> None:
        """Raises the file's error where anything was added, in the file's order."""
        if self._found:
            ordered = sorted(dict.fromkeys(self._found), key=lambda complaint: (complaint.line, complaint.column))
            shown = ordered[:SHOWN]
            if len(ordered) > SHOWN:
                shown.append(Complaint(self.path, 0, 0, f"另有 {len(ordered) - SHOWN} 处问题从略"))
            raise self._error(complaints=shown)

    def stop(self, line: int, column: int, message: str) -> NoReturn:
        """Adds what makes further reading pointless and raises all that was found."""
        self.add(line, column, message)
        self.settle()
        raise AssertionError("unreachable: a complaint was just added")
