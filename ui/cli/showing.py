"""How `chengwen check` shows what was found: lines as a linter's, with the place underlined on a terminal, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafting.report import Report
from evals.checking import Examination
from evals.examined import Need
from evals.finding import Finding, counts
from evals.rule import Subject
from ui.cli.language import NEEDS, Language
from ui.cli.quoting import quoted


@dataclass(frozen=True, slots=True)
class Checked:
    """One document or brief: as read, a brief laid out a fact a block, and what the rules say about it."""

    path: Path
    report: Report
    examined: Examination
    subject: Subject = "report"


def show(checked: Sequence[Checked], language: Language, *, on_terminal: bool) -> None:
    """Every finding, then one line of sums that also tells which error-level rules settings have switched off."""
    for one in checked:
        for finding in one.examined.findings:
            print(line(one.path, finding, language))
            if on_terminal and finding.block >= 0:
                print("\n".join(quoted(one.report.blocks[finding.block].text, finding.start, finding.end)))
    total = counts([finding for one in checked for finding in one.examined.findings])
    files = len({one.path for one in checked})
    print(language.summary(files, total) + _switched_off(checked, language))


def line(path: Path | str, finding: Finding, language: Language) -> str:
    """路径:行:列: 代码 级别 说明（应为 …）"""
    place = f"{path}:{finding.line}:{finding.column}" if finding.line else str(path)
    expected = language.expected(finding.expected) if finding.expected else ""
    return f"{place}: {finding.code} {finding.severity} {language.message(finding)}{expected}"


def as_json(checked: Sequence[Checked], language: Language) -> str:
    documents = [
        {
            "path": str(one.path),
            "subject": one.subject,
            "period": str(one.report.period) if one.report.period else None,
            "findings": [_as_dict(finding, language) for finding in one.examined.findings],
            "counts": counts(one.examined.findings),
            "off": [off.rule.code for off in one.examined.off],
        }
        for one in checked
    ]
    return json.dumps({"version": 1, "documents": documents}, ensure_ascii=False, indent=1)


def tell_not_run(checked: Sequence[Checked], language: Language) -> None:
    """One line on stderr for each thing that was lacking, once where it is the same in several files; a rule under the first that it lacks."""
    lacking: dict[tuple[Need, tuple[str, ...]], list[Path]] = {}
    for one in checked:
        for need in NEEDS:
            codes = tuple(missed.rule.code for missed in one.examined.not_run if need == missed.lacking[0])
            if codes:
                lacking.setdefault((need, codes), []).append(one.path)
    for (need, codes), paths in lacking.items():
        said = language.not_checked(codes, need, len(paths))
        print(f"{paths[0]}: {said}" if len(paths) == 1 else said, file=sys.stderr)


def _as_dict(finding: Finding, language: Language) -> dict[str, Any]:
    return finding.as_dict() | {"name": language.name(finding), "message": language.message(finding)}


def _switched_off(checked: Sequence[Checked], language: Language) -> str:
    by_place: dict[str, set[str]] = {}
    for one in checked:
        for off in one.examined.off:
            by_place.setdefault(off.place, set()).add(off.rule.code)
    return "".join(language.switched_off(sorted(codes), place) for place, codes in by_place.items())
