"""A rolling as a brief to be finished: what is settled as facts, what is open as questions that keep it from being drafted, the old beside both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafting.brief import scalar
from drafting.rolling.items import OUTLOOK, Item, Rolling

_SHOWN = 40

_HEAD = """\
# 由{last}的报告滚动而来。各部分的标题沿用；上期的事实只作对照（# 之后），不会写进本期的报告。
# “open”是还没有定下的：换成本期的事实（把“open: …”整个换掉），或把这一条删去。还有 open 时不能拟稿。
"""


def written(rolling: Rolling) -> str:
    """The brief as YAML with comments; `brief.loads` reads it once nothing is open."""
    return "\n".join((_HEAD.format(last=rolling.last), *_lines(rolling), ""))


def _lines(rolling: Rolling) -> Iterator[str]:
    head = {
        "kind": rolling.kind,
        "organ": rolling.organ,
        "recipient": rolling.recipient,
        "topic": rolling.topic,
        "period": str(rolling.period),
        "issued": rolling.issued.isoformat(),
    }
    yield from (f"{key}: {scalar(value)}" for key, value in head.items() if value)
    yield ""
    for sentence, claims in groupby(rolling.claims, lambda claim: claim[0]):
        yield f"# 上期导语：{_comment(sentence)}"
        yield from (f"#   {_comment(note)}" for _, note in claims)
    yield "sections:"
    for number, heading in enumerate(rolling.headings, start=1):
        items = rolling.of_section(number)
        yield f"  - heading: {scalar(heading)}"
        yield "    facts:"
        for item in items:
            yield from (f"      {line}" for line in _item(item))
        if all(item.state == "dropped" for item in items):
            yield f"      - open: {scalar('这一部分还没有本期的事实')}"
    outlook = rolling.of_section(OUTLOOK)
    if outlook:
        yield ""
        yield "# 上期的打算：做了就写成相应部分的一条事实；本期的打算写在这里，一条一件事"
        yield "outlook:"
        for item in outlook:
            yield from (f"  {line}" for line in _item(item))


def _item(item: Item) -> Iterator[str]:
    if item.old:
        place = f"（第 {item.line} 行）" if item.line else ""
        yield f"# 上期{place}：{_comment(item.old)}{'　本期没有' if item.state == 'dropped' else ''}"
    elif item.kind == "new":
        yield "# 本期新增"
    yield from (f"#   {_comment(note)}" for note in item.notes)
    if item.state == "open":
        yield f"- open: {scalar(_question(item))}"
    elif item.state != "dropped":
        yield from _fact(item)
    for text, formula in item.offers:
        yield "# 可采用，去掉这两行行首的 # 即可："
        yield f"# - text: {scalar(text)}"
        yield f"#   source: {scalar(formula)}"


def _question(item: Item) -> str:
    if item.kind == "promise":
        return f"上期打算“{_short(item.old)}”，做了没有"
    if item.unchanged:
        return f"与上期相同，请核对后写成事实：{item.candidate}"
    return f"上期“{_short(item.old)}”，本期怎样"


def _fact(item: Item) -> Iterator[str]:
    if not (item.source or item.date):
        yield f"- {scalar(item.text)}"
        return
    yield f"- text: {scalar(item.text)}"
    if item.source:
        yield f"  source: {scalar(item.source)}"
    if item.date:
        yield f"  date: {item.date.isoformat()}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _comment(text: str) -> str:
    return " ".join(text.split())
