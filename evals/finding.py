"""Finding: one thing that a rule has to say about a place in a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

_QUOTED = re.compile("“[^“”]*”")
_STRETCH = re.compile(rf"(?:{_QUOTED.pattern}|[^\s;:,()“”])+")
_CHINESE = re.compile("[\u2e80-\u9fff\uff01-\uff60]")
_INNER_QUOTES = str.maketrans("“”", "‘’")

DOCUMENT = -1
"""The block of a finding that is about the document as a whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`quote` is the text between `start` and `end`, character offsets in the text of the block numbered `block` from 0.

    `message_en` says the same in English, what it takes from the document in quotes.
    `line` and `column` count from 1 in the text as read, 0 where the finding is about the whole document (block −1, offsets 0, 0).
    `expected` is what should stand there, empty where only a person can know; `evidence` is the reckoning behind it (2024 − 1949 = 75).
    `fix` is what `--fix` puts in place of the quote, empty where the quote is to go, None where a person has to decide.
    """

    code: str
    name: str
    severity: Severity
    message: str
    message_en: str
    quote: str = ""
    expected: str = ""
    line: int = 0
    column: int = 0
    block: int = DOCUMENT
    start: int = 0
    end: int = 0
    evidence: str = ""
    fix: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "quote": self.quote,
            "expected": self.expected,
            "line": self.line,
            "column": self.column,
            "block": self.block,
            "start": self.start,
            "end": self.end,
            "evidence": self.evidence,
        }


def english(message: str) -> str:
    """The message with every Chinese stretch in quotes: in English it can only be the document's own."""
    return _STRETCH.sub(lambda match: _in_quotes(match.group()), message)


def _in_quotes(stretch: str) -> str:
    bare = _QUOTED.sub("", stretch)
    return f"“{stretch.translate(_INNER_QUOTES)}”" if _CHINESE.search(bare) else stretch


def counts(findings: tuple[Finding, ...] | list[Finding]) -> dict[str, int]:
    """How many findings of each severity, zeros included."""
    return {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}
