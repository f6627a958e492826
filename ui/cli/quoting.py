"""A line of text with a span underlined, for terminals where a Chinese character is two columns wide."""

from __future__ import annotations

from unicodedata import east_asian_width

_COLUMNS = 76
"""The longest excerpt; two columns of indentation come before it."""


def quoted(text: str, start: int, end: int, columns: int = _COLUMNS) -> tuple[str, str]:
    """The text around `start`..`end`, cut with … to `columns`, and a second line of ^ under the span (its first line, if it has more)."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    end = max(min(end, line_end), start)
    first = _reach(text, start, line_start, -1, columns // 4)
    last = max(_reach(text, start, line_end, +1, columns - width(text[first:start]) - 4), start)
    before = ("…" if first > line_start else "") + text[first:start]
    marked = text[start : min(end, last)]
    after = text[start + len(marked) : last] + ("…" if last < line_end else "")
    under = "^" * max(1, width(marked))
    return f"  {_plain(before)}{_plain(marked)}{_plain(after)}", f"  {' ' * width(before)}{under}"


def width(text: str) -> int:
    """Columns that the text takes on a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _reach(text: str, start: int, limit: int, step: int, columns: int) -> int:
    """How far from `start` towards `limit` the columns go."""
    at = start
    while at != limit:
        columns -= width(text[at - 1 if step < 0 else at])
        if columns < 0:
            break
        at += step
    return at


def _plain(text: str) -> str:
    """Control characters, which would move the cursor, as single spaces."""
    return "".join(character if character.isprintable() else " " for character in text)
