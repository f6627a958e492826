"""Comparison: each case drafted with a model by the writer, and by the same model asked in one plain prompt for the whole report.

Both texts are held to the same yardstick: all rules and all facts of the brief, as `chengwen check --brief` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from drafting import grounding
from drafting.facts import Brief, Fact
from drafting.grounding import Ground
from drafting.models import Model
from drafting.profile import Profile
from drafting.report import Report
from drafting.writer import Progress, Writer
from evals import plain_prompt
from evals.checking import examination
from evals.faults import Clean
from evals.finding import counts

_NUMBERS, _DATES, _NAMES = ("G401", "G405"), ("G402",), ("G403",)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Numbers, dates and names in a text that no fact of the brief holds."""

    numbers: int = 0
    dates: int = 0
    names: int = 0

    @classmethod
    def of(cls, codes: Iterable[str]) -> Unsupported:
        """Counted by the codes of gaps or findings; other codes are no matter of support."""
        seen = Counter(codes)
        return cls(*(sum(seen[code] for code in each) for each in (_NUMBERS, _DATES, _NAMES)))

    @property
    def total(self) -> int:
        return self.numbers + self.dates + self.names

    def as_dict(self) -> dict[str, int]:
        return {"numbers": self.numbers, "dates": self.dates, "names": self.names}


@dataclass(frozen=True, slots=True)
class Quality:
    """What a report is worth, whoever wrote it. `structure_complete`: no rule of structure (S) finds an error."""

    facts: int
    facts_used: int
    unsupported: Unsupported
    structure_complete: bool
    counts: dict[str, int]

    @property
    def flawless(self) -> bool:
        """Every fact used, nothing without support, structure complete, no error."""
        used = self.facts_used == self.facts
        return used and not self.unsupported.total and self.structure_complete and not self.counts["error"]

    def as_dict(self) -> dict[str, Any]:
        return {
            "facts": self.facts,
            "facts_used": self.facts_used,
            "after": self.unsupported.as_dict(),
            "unsupported_after": self.unsupported.total,
            "structure_complete": self.structure_complete,
            "errors": self.counts["error"],
            "counts": self.counts,
        }


@dataclass(frozen=True, slots=True)
class Drafted:
    """A case as the writer drafted it. `before` is what the model's first attempts held without support; None without a model.

    `problems` are what all attempts were sent back for, whatever it was.
    """

    report: Report
    quality: Quality
    before: Unsupported | None
    origins: dict[str, int]
    problems: tuple[str, ...]
    prompt_tokens: int
    completion_tokens: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.quality.as_dict(),
            "before": self.before.as_dict() if self.before else None,
            "unsupported_before": self.before.total if self.before else None,
            "points": sum(self.origins.values()),
            **self.origins,
            "problems": list(self.problems),
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "seconds": round(self.seconds, 2),
            "text": self.report.text,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as the model wrote it in one answer. `quality` is None where there was nothing to read: not measured is not zero."""

    quality: Quality | None
    outcome: str
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {
            **(self.quality.as_dict() if self.quality else {}),
            "measured": self.quality is not None,
            "outcome": self.outcome,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "seconds": round(self.seconds, 2),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """One case, both ways. `plain` is None for the composer, which cannot be asked."""

    case: str
    brief: Brief
    drafted: Drafted
    plain: Asked | None

    def as_dict(self) -> dict[str, Any]:
        plain = self.plain.as_dict() if self.plain else None
        return {"case": self.case, "chengwen": self.drafted.as_dict(), "plain": plain}


async def compare(model: Model | None, cases: Sequence[Clean]) -> AsyncIterator[Compared]:
    """The cases one after another, so that seconds are each one's own. Raises what the model raises; cases already given stand."""
    for case in cases:
        drafted = await draft(model, case.brief, case.profile)
        plain = await ask_plainly(model, case.brief, case.profile) if model else None
        yield Compared(case.name, case.brief, drafted, plain)


async def draft(model: Model | None, brief: Brief, profile: Profile) -> Drafted:
    """The brief drafted as `chengwen draft` does it, and measured."""
    steps: list[Progress] = []
    started = perf_counter()
    report = await Writer(profile, model, steps.append).draft(brief)
    seconds = perf_counter() - started
    how = [point.provenance for block in report.blocks if block.type == "paragraph" for point in block.points]
    made = Counter(each.origin for each in how)
    return Drafted(
        report,
        quality(report, brief, profile),
        _first_attempts(steps, Ground.of(brief, set_phrases=profile.set_phrases)) if model else None,
        {"worded": made["worded"], "repaired": made["repaired"], "composed": made["composed"]},
        tuple(problem for each in how for problem in each.problems),
        sum(each.prompt_tokens for each in how),
        sum(each.completion_tokens for each in how),
        seconds,
    )


async def ask_plainly(model: Model, brief: Brief, profile: Profile) -> Asked:
    """The whole report in one answer of the model, and measured as it came."""
    started = perf_counter()
    answer = await plain_prompt.ask(model, brief, profile)
    seconds = perf_counter() - started
    report = plain_prompt.report_of(answer, brief)
    return Asked(
        quality(report, brief, profile) if report else None,
        answer.outcome,
        answer.prompt_tokens,
        answer.completion_tokens,
        seconds,
        answer.text,
    )


def quality(report: Report, brief: Brief, profile: Profile) -> Quality:
    """The report held against its brief. A fact is used where its numbers and clauses stand anywhere in the text."""
    findings = examination(report, profile=profile, brief=brief).findings
    facts = list(brief.facts())
    ground = Ground.of(brief, set_phrases=profile.set_phrases)
    told = [finding for finding in findings if finding.severity != "info"]
    return Quality(
        facts=len(facts),
        facts_used=len(facts) - len(grounding.unused(facts, [report.text], ground)),
        unsupported=Unsupported.of(finding.code for finding in told),
        structure_complete=not any(one.code.startswith("S") and one.severity == "error" for one in told),
        counts=counts(findings),
    )


def _first_attempts(steps: Iterable[Progress], ground: Ground) -> Unsupported:
    """What stood without support in the first wording of each point, held against all facts of the brief."""
    first = (step.text for step in steps if step.attempt == 1)
    return Unsupported.of(gap.code for text in first for gap in grounding.examine(text, ground) if gap.weight != "info")


def sent(brief: Brief) -> list[Fact]:
    """Everything of a brief that a model is told in a comparison, as facts, for the check of what may leave this machine."""
    headings = [Fact(f"第{number}节标题", section.heading) for number, section in enumerate(brief.sections, start=1)]
    return [*headings, *brief.facts(), Fact("事由", brief.topic)]
