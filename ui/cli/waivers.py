"""Waivers as the command line takes them: CODE="理由"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafting.errors import InputError
from drafting.report import Report

_WAIVER = re.compile(r"\s*([A-Z]\d{3})\s*[=＝]\s*(.*?)\s*", re.DOTALL)


def parse(options: Sequence[str]) -> list[tuple[str, str]]:
    """(code, reason) of each option. Raises InputError for one without a code or a reason."""
    pairs = []
    for option in options:
        match = _WAIVER.fullmatch(option)
        if match is None or not match.group(2):
            raise InputError(f'豁免“{option}”写法有误，应为 代码="理由"，如 P201="信函原文如此"')
        pairs.append((match.group(1), match.group(2)))
    return pairs


def apply(report: Report, pairs: Sequence[tuple[str, str]]) -> Report:
    """The report with the waivers recorded for this version."""
    for code, reason in pairs:
        report = report.waive(code, reason)
    return report
