"""What models were measured at, as tables: the writer beside the plain prompt; and what a judge said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from drafting.models import ModelSpec
from evals.comparison import Compared
from evals.results import Figures
from ui.cli.eval_tables import table

_NONE = "—"
_ASPECTS = {"formality": "用语", "padding": "空话", "meaning": "原意"}
_LISTED = 20


def progress_line(spec: ModelSpec, case: Compared) -> str:
    """One line when a case is done."""
    plain = f"，一句提示 {case.plain.seconds:.1f} 秒" if case.plain else ""
    return f"{spec}  {case.case}  {case.drafted.seconds:.1f} 秒{plain}"


def model_lines(model: Figures) -> Iterator[str]:
    """One model's table over all its cases: the writer, and the same model asked plainly."""
    cases = model["cases"]
    unfinished = "" if len(cases) == model["wanted"] else f"（共 {model['wanted']} 个，未做完）"
    yield f"模型 {model['model']}：{len(cases)} 个用例{unfinished}"
    if not cases:
        return
    ours = [case["chengwen"] for case in cases]
    asked = [case["plain"] for case in cases if case["plain"]]
    plain = [answer for answer in asked if answer["measured"]]
    rows = [["", "成文", "一句提示写全文"]]
    rows += [[name, figure(ours), figure(plain) if plain else _NONE] for name, figure in _COMMON.items()]
    rows[2:2] = [["没有依据的数字/日期/名称，核对前", _triple(ours, "before"), _NONE]]
    rows += [["要点：模型成文/校正/规则成文", _origins(ours), _NONE]]
    rows += [[name, figure(ours), figure(asked) if asked else _NONE] for name, figure in _COST.items()]
    yield from table(rows)
    if len(plain) < len(asked):
        yield f"一句提示有 {len(asked) - len(plain)} 个用例没有可读的应答，没有计入"
    cut = sum(answer["outcome"] == "cut" for answer in plain)
    if cut:
        yield f"一句提示有 {cut} 个用例的应答被截断，按所得文字计"


def judge_lines(judged: Figures | None) -> Iterator[str]:
    """The judge's verdicts summed for each author, the faults quoted; 没有运行 where none was asked."""
    if judged is None or not judged["reports"]:
        yield "评审：没有运行"
        return
    for author in dict.fromkeys(report["model"] for report in judged["reports"]):
        yield from _judged(judged["model"], author, [one for one in judged["reports"] if one["model"] == author])


def _judged(judge: str, author: str, reports: Sequence[Figures]) -> Iterator[str]:
    verdicts = [verdict for report in reports for verdict in report["verdicts"]]
    sections, dropped, unread = (
        sum(report["sections"] for report in reports),
        sum(len(report["dropped"]) for report in reports),
        sum(report["unread"] for report in reports),
    )
    parts = []
    for aspect, name in _ASPECTS.items():
        given = [verdict for verdict in verdicts if verdict["aspect"] == aspect]
        faults = sum(verdict["fault"] for verdict in given)
        parts.append(f"{name}有问题 {faults}/{len(given)}" if given else f"{name}没有评")
    lost = f"；引文不在文中、不予采信 {dropped} 条；应答无法读取 {unread} 节"
    yield f"评审（{judge}，只供参考）{author} 的 {sections} 节：{'，'.join(parts)}{lost}"
    faulty = [verdict for verdict in verdicts if verdict["fault"]]
    for verdict in faulty[:_LISTED]:
        yield f"  {verdict['section']} {_ASPECTS[verdict['aspect']]}：“{verdict['quote']}” {verdict['reason']}"


def _sum(rows: Sequence[Figures], name: str) -> int:
    return sum(row[name] for row in rows)


def _used(rows: Sequence[Figures]) -> str:
    return f"{_sum(rows, 'facts_used')}/{_sum(rows, 'facts')}"


def _triple(rows: Sequence[Figures], when: str) -> str:
    """Numbers, dates and names of all cases; — where it does not apply."""
    given: list[Any] = [row[when] for row in rows if row.get(when) is not None]
    return "/".join(str(sum(one[what] for one in given)) for what in ("numbers", "dates", "names")) if given else _NONE


def _after(rows: Sequence[Figures]) -> str:
    return _triple(rows, "after")


def _structure(rows: Sequence[Figures]) -> str:
    return f"{_sum(rows, 'structure_complete')}/{len(rows)}"


def _findings(rows: Sequence[Figures]) -> str:
    return "/".join(str(sum(row["counts"][severity] for row in rows)) for severity in ("error", "warning", "info"))


def _origins(rows: Sequence[Figures]) -> str:
    return "/".join(str(_sum(rows, origin)) for origin in ("worded", "repaired", "composed"))


def _tokens(rows: Sequence[Figures]) -> str:
    return f"{_sum(rows, 'prompt_tokens')}/{_sum(rows, 'completion_tokens')}"


def _seconds(rows: Sequence[Figures]) -> str:
    return f"{sum(row['seconds'] for row in rows):.1f}"


_COMMON = {
    "写入的事实": _used,
    "没有依据的数字/日期/名称，成文": _after,
    "结构完整": _structure,
    "错误/警告/提示": _findings,
}
_COST = {"词元：输入/输出": _tokens, "秒": _seconds}
