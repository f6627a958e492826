"""Formulas of lead and outlook with slots for organ, period and topic: only their turns of phrase are learned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.learning.exemplar import Exemplar
from drafting.report import Report

_CLOSING = re.compile(
    r"现将(?P<what>[^。：:]*?)(?P<tail>(?:有关|主要|工作)?(?:情况|总结)?(?:总结)?(?:汇报|报告|通报))如下[：:]?"
)
_TAIL = re.compile(r"(?:有关|主要|工作)?(?:情况|总结)?(?:总结)?(?:汇报|报告|通报)")
_OUR_CLOSING = re.compile(r"现将[^。：:]*如下[：:]?$")
_NEXT = re.compile(r"^(?P<when>下一步|下一阶段|今后|接下来|下阶段|下半年|(?:\d{4}年)?(?:下半年|全年)|\d{4}年)，?")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and where it was seen; empty where it is the kind's own."""

    text: str
    where: str = ""


def lead(exemplars: Sequence[Exemplar], ours: str) -> Formula:
    """The kind's lead with the exemplars' way of closing it: 现将{organ}{period}{topic}总结汇报如下："""
    for one in exemplars:
        for seen in one.lead:
            match = _CLOSING.search(seen.text)
            if match:
                closing = f"现将{_slots(match['what'], match['tail'], one.report)}如下："
                return Formula(_OUR_CLOSING.sub("", ours) + closing, f"{one.name}:{seen.line}")
    return Formula(ours)


def outlook(exemplars: Sequence[Exemplar], ours: str) -> Formula:
    """The kind's outlook with the exemplars' opening: 下一步，{next_period}，今后，"""
    for one in exemplars:
        for seen in one.outlook:
            match = _NEXT.match(seen.text)
            if match:
                when = match["when"]
                opening = "{next_period}" if re.search(r"\d|半年|全年", when) else when
                return Formula(f"{opening}，{{organ}}将{{items}}。", f"{one.name}:{seen.line}")
    return Formula(ours)


def _slots(what: str, tail: str, report: Report) -> str:
    """Which of organ, period and topic it names, in that order, and how it ends; of the words themselves nothing."""
    period, topic = str(report.period) if report.period else "", report.topic
    told = bool(topic) and topic in what + tail
    if told:
        what, tail = (what + tail).split(topic, 1)[0], (what + tail).split(topic, 1)[1]
    named = bool(period) and period in what
    before = what.split(period)[0] if named else what
    slots = ("{organ}" if before.strip("的") else "") + ("{period}" if named else "") + ("{topic}" if told else "")
    return slots + (tail if _TAIL.fullmatch(tail) else "情况报告")
