"""A run as one HTML file of its own: what became of each report, which rules fired, which numbers and dates changed. Nothing from outside.

Reports are read and written one at a time, so that memory does not grow with the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from drafting.changes.comparison import compare
from drafting.changes.figures import DateChange, NumberChange
from drafting.changes.summary import Summary as Changes
from drafting.changes.summary import summarise
from drafting.errors import ChengwenError
from drafting.regeneration.order import Result
from drafting.workspace import contents, history
from drafting.workspace.workspace import Workspace
from ui.cli.regenerated import STATES, Summary

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body { font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #1d1d1f; margin: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 28px 0 8px; } h3 { font-size: 15px; margin: 16px 0 2px; }
p { margin: 4px 0; } small { color: #5f6368; }
table { border-collapse: collapse; } th, td { border: 1px solid #dfe2e7; padding: 3px 8px; text-align: left; vertical-align: top; }
th { background: #f6f7f9; } td.count { text-align: right; } ul { margin: 2px 0; padding-left: 22px; }
.stopped { color: #8a4b00; } .failed, .refused, .conflict { background: #fbe3e4; }
del { background: #fbe3e4; color: #8c1620; } ins { background: #dff3e3; color: #0b5125; }
@media print { body { font-size: 9pt; margin: 0; } tr { break-inside: avoid; } }
"""


def page(workspace: Workspace, summary: Summary) -> Iterator[str]:
    """The page, line by line; versions are read from the workspace while it is written."""
    rules = sorted({code for one in summary.results for code in one.codes or ()})
    results = sorted(summary.results, key=lambda one: one.brief)
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>重新生成</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>重新生成</h1>"
    yield from _totals(summary)
    yield "<h2>各份报告与核对规则</h2>"
    yield from _table(results, rules)
    yield "<h2>与上一版相比</h2>"
    yield from _differences(workspace, results)
    yield "</main>\n</body>\n</html>"


def _totals(summary: Summary) -> Iterator[str]:
    spent = summary.spent
    counts = Counter(one.state for one in summary.results)
    told = "，".join(f"{word} {counts[state]}" for state, word in STATES.items() if counts[state])
    tokens = spent.prompt_tokens + spent.completion_tokens
    yield f"<p>共 {len(summary.results)} 份：{told or '无'}</p>"
    took = f"，{summary.seconds:.1f} 秒" if summary.seconds else ""
    yield f"<p>调用 {spent.calls} 次，词元 {tokens}{took}</p>"
    if summary.stopped:
        yield f'<p class="stopped">没有做完就停了：{escape(summary.stopped)}</p>'
    if summary.left_out:
        yield f"<p>没有读入 {len({one.path for one in summary.left_out})} 份：</p><ul>"
        yield from (f"<li>{escape(str(one))}</li>" for one in summary.left_out)
        yield "</ul>"


def _table(results: Sequence[Result], rules: Sequence[str]) -> Iterator[str]:
    """Reports by rules: how often each rule fired on each; rules that did not fire on any have no column."""
    heads = ("提纲", "报告", "结果", "新写节", "沿用节", "版本", *rules, "缘由")
    yield "<table>\n<thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr></thead>\n<tbody>"
    for one in results:
        codes = one.codes or {}
        counts = (str(codes[rule]) if codes.get(rule) else "" for rule in rules)
        yield (
            f'<tr class="{one.state}"><td>{escape(one.brief)}</td><td>{escape(one.report)}</td><td>{STATES[one.state]}</td>'
            f'<td class="count">{one.worded}</td><td class="count">{one.reused}</td><td>{escape(one.version)}</td>'
            + "".join(f'<td class="count">{count}</td>' for count in counts)
            + f"<td>{escape(one.reason)}</td></tr>"
        )
    total = Counter(rule for one in results for rule in (one.codes or {}))
    many = "".join(f'<td class="count">{total[rule]}</td>' for rule in rules)
    yield f'</tbody>\n<tfoot><tr><th colspan="6">有此问题的报告份数</th>{many}<td></td></tr></tfoot>\n</table>'


def _differences(workspace: Workspace, results: Sequence[Result]) -> Iterator[str]:
    for one in results:
        if not one.version or one.state == "unchanged":
            continue
        yield f"<h3>{escape(one.report)} <small>{escape(one.brief)}</small></h3>"
        try:
            found = _changes(workspace, one.version)
        except ChengwenError as error:
            yield f"<p>{escape(str(error))}</p>"
        else:
            yield from _told(found) if found else ("<p>首版，没有上一版可比</p>",)


def _changes(workspace: Workspace, reference: str) -> tuple[str, str, Changes] | None:
    """What changed from the version before, with both versions' names; None for a report's first."""
    with workspace.reading() as connection:
        new = history.resolve(connection, reference)
        before = [
            one for one in history.line(connection, new.report_id) if new.number and (one.number or 0) < new.number
        ]
        if not before:
            return None
        old = before[-1]
        texts = contents.get(connection, old.hash), contents.get(connection, new.hash)
    return old.short, new.short, summarise(compare(*texts))


def _told(found: tuple[str, str, Changes]) -> Iterator[str]:
    old, new, changes = found
    yield f"<p>{escape(old)} → {escape(new)}，改动 {changes.changes} 处</p>"
    for name, figures in (("数字", changes.numbers), ("日期", changes.dates)):
        if figures:
            yield f"<p>{name}变化 {len(figures)} 处：</p><ul>"
            yield from (f"<li>{_figure(one)}</li>" for one in figures)
            yield "</ul>"


def _figure(one: NumberChange | DateChange) -> str:
    """The figure in its words: what went struck out, what came underlined."""
    old = f"<del>{escape(one.old)}</del>" if one.old else "（新增）"
    new = f"<ins>{escape(one.new)}</ins>" if one.new else "（删去）"
    return f"{escape(one.before)}{old} → {new}{escape(one.after)} <small>{escape(one.heading)}</small>"
