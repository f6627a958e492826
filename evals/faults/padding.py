"""Padding that stands on no fact (G407)."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_PADDING = (
    "⟦我们始终提高政治站位，狠抓各项工作落实。⟧",
    "⟦以踏石留印、抓铁有痕的劲头推动工作再上新台阶。⟧",
    "⟦各级领导高度重视，干部职工齐心协力，形成了良好氛围。⟧",
    "⟦奋发有为，真抓实干，务求实效。⟧",
    "⟦进一步统一思想、提高认识，凝聚起强大合力。⟧",
    "⟦大家纷纷表示要以更加饱满的热情投入工作。⟧",
    "⟦全面贯彻落实上级决策部署，做到有令必行、有禁必止。⟧",
    "⟦以只争朝夕的精神，奋力谱写新篇章。⟧",
    "⟦勇于担当作为，敢于攻坚克难。⟧",
    "⟦上下一心，众志成城，克服了重重困难。⟧",
    "⟦牢固树立一盘棋思想，拧成一股绳。⟧",
    "⟦用心用情用力，把好事办好、实事办实。⟧",
)
_TOLD = (
    "召开调度会17次。",
    "印发《值守工作规范》。",
    "联合市气象局会商。",
    "6月下旬完成验收。",
    "新增设备43台。",
    "清理杂草1.2万平方米。",
    "修订《考勤办法》。",
    "走访企业29家。",
    "现将有关情况说明如下：",
    "特此报告。",
)


@breaks("G407", "sentences that fit any report")
def _padded(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_PADDING):
        yield clean.add(sentence, ("first", "middle", "last")[turn % 3])


@spares("G407", "sentences with a thing, an amount or a day, and formulas")
def _telling(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TOLD):
        yield clean.put(sentence, turn)
    yield clean.report
