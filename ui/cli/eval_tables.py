"""An evaluation's results as tables for a terminal: a line a case, a line a rule, what was missed, what fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.results import Figures, Regression
from ui.cli.quoting import width

_LISTED = 20
_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_STATES = {"ok": "达标", "few": "达标（样本不足30）", "below": "未达标", "not measured": "未测"}
_NONE = "—"


def suite_lines(results: Figures) -> Iterator[str]:
    """Cases, rules, the baseline, then what was missed and what cried wolf."""
    for case in results["cases"]:
        yield _case(case)
    yield ""
    head = ["代码", "名称", "级别", "埋设", "查出", "查出率", "形似", "误报/十万字", "阈值", "状态"]
    yield from table([head, *(_rule(rule) for rule in results["rules"])])
    off = results["baseline_off"]
    yield f"规则全部关闭：{off['seeded']} 处埋设的错误查出 {off['found']} 处"
    yield from _listed("漏报", [label for rule in results["rules"] for label in rule["missed"]])
    alarms = [(rule["code"], one) for rule in results["rules"] for one in rule["false_alarms"]]
    yield from _listed("误报", [f"{code} {one['label']}：“{one['quote']}”" for code, one in alarms])


def regression_lines(regressions: Sequence[Regression]) -> Iterator[str]:
    yield f"对照基线：{len(regressions)} 项退步" if regressions else "对照基线：没有退步"
    yield from (f"  {one.name}：{one.message}" for one in regressions)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns of equal width; a Chinese character counts two."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _case(case: Figures) -> str:
    state = "干净" if case["clean"] else "不干净"
    counts = "，".join(f"{number} {_SEVERITIES[severity]}" for severity, number in case["counts"].items())
    codes = dict.fromkeys(one["code"] for one in case["findings"] if one["severity"] != "info")
    why = f"（{'、'.join(codes)}）" if codes else ""
    unrun = f"；没有检查 {'、'.join(case['not_run'])}" if case["not_run"] else ""
    return f"{case['name']}  {state}{why}  {case['facts']} 条事实，{case['characters']} 字，{counts}{unrun}"


def _rule(rule: Figures) -> list[str]:
    measured = rule["recall"] is not None
    least, most = rule["threshold"]["recall"], rule["threshold"]["alarms_per_100k"]
    rate = rule["alarms_per_100k"]
    return [
        rule["code"],
        rule["name"],
        _SEVERITIES[rule["severity"]],
        str(rule["seeded"]) if measured else _NONE,
        str(rule["found"]) if measured else _NONE,
        f"{rule['recall']:.3f}" if measured else _NONE,
        str(rule["look_alikes"]) if rule["look_alikes"] else _NONE,
        _NONE if rate is None else f"{rate:.2f}",
        f"≥{least:g} ≤{most:g}",
        _STATES[rule["state"]],
    ]


def _listed(what: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{what} {len(lines)} 处：" if len(lines) <= _LISTED else f"{what} {len(lines)} 处，列出前 {_LISTED} 处："
    yield from (f"  {line}" for line in lines[:_LISTED])
