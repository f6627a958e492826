"""Rule: a check with a stable code, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from evals.examined import Examined, Need
from evals.finding import DOCUMENT, Finding, Severity, english

Basis = Literal["regulation", "standard", "arithmetic", "timeline", "practice"]
Subject = Literal["report", "brief"]
Check = Callable[[Examined], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. Where its `basis` is a regulation or a standard a message may say 规定, where it is practice only 通常.

    `subject` is what it looks at: a report, or the brief before a word is drafted, laid out a fact a block (`evals.factsheet`).
    `severity` is the highest that the rule gives; a single finding may be milder. A rule whose `needs` are not met does not run,
    and whoever asked is told so: not run is not passed. An error that is not `gated` stops no export: what it guards is refused
    elsewhere.
    """

    code: str
    name: str
    name_en: str
    severity: Severity
    basis: Basis
    check: Check = field(repr=False)
    needs: tuple[Need, ...] = ()
    fixable: bool = False
    subject: Subject = "report"
    gated: bool = True

    def missing(self, document: Examined) -> tuple[Need, ...]:
        """What the rule needs and the document lacks."""
        return tuple(need for need in self.needs if not document.has(need))

    def finding(
        self,
        document: Examined,
        block: int,
        start: int,
        end: int,
        message: str,
        message_en: str,
        *,
        expected: str = "",
        evidence: str = "",
        severity: Severity | None = None,
        fix: str | None = None,
    ) -> Finding:
        """A finding of this rule at `start`..`end` of that block's text; only a fixable rule may give a `fix`."""
        line, column = document.place(block, start)
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            message_en=english(message_en),
            quote=document.texts[block][start:end],
            expected=expected,
            line=line,
            column=column,
            block=block,
            start=start,
            end=end,
            evidence=evidence,
            fix=fix,
        )

    def of_document(
        self, message: str, message_en: str, *, expected: str = "", evidence: str = "", severity: Severity | None = None
    ) -> Finding:
        """A finding of this rule about the document as a whole."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            message_en=english(message_en),
            expected=expected,
            block=DOCUMENT,
            evidence=evidence,
        )


class Registry:
    """Rules by code. A code is given once; giving it twice is a ValueError at import."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def add(self, rule: Rule) -> Rule:
        if rule.code in self._rules:
            raise ValueError(f"规则代码 {rule.code} 重复：{self._rules[rule.code].name}、{rule.name}")
        self._rules[rule.code] = rule
        return rule

    def __iter__(self) -> Iterator[Rule]:
        """In the order of codes."""
        return iter(sorted(self._rules.values(), key=lambda rule: rule.code))

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, code: object) -> bool:
        return code in self._rules

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]


REGISTRY = Registry()


def rule(
    *,
    code: str,
    name: str,
    name_en: str,
    severity: Severity,
    basis: Basis,
    needs: tuple[Need, ...] = (),
    fixable: bool = False,
    subject: Subject = "report",
    gated: bool = True,
    registry: Registry = REGISTRY,
) -> Callable[[Check], Rule]:
    """Makes a rule of a generator of findings and registers it. The generator speaks through the rule's own `finding`."""

    def register(check: Check) -> Rule:
        return registry.add(Rule(code, name, name_en, severity, basis, check, needs, fixable, subject, gated))

    return register
