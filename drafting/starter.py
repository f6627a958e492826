"""A starter brief: the whole format by example, every text a 【placeholder】 that a check will not let through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from drafting.brief import scalar
from drafting.period import Period
from drafting.profile import Profile

PERIOD = Period.of_months(2024, 1, 6)
_EXAMPLE = "  # 示例，请改"


def starter(kind: str, profile: Profile, period: Period | None = None, issued: date | None = None) -> str:
    """A commented brief of that kind which `brief.loads` reads; `kind` is written as given, so that a profile's path stays one.

    Without `period` an example stands there, marked as such; without `issued` the fifth day after the period.
    """
    covered = period or PERIOD
    head = _HEAD.format(
        kind=scalar(kind),
        name=profile.name,
        period=covered,
        period_mark="" if period else _EXAMPLE,
        issued=issued or covered.next().first + timedelta(days=4),
        issued_mark="" if issued else _EXAMPLE,
    )
    return head + "\n".join((*_sections(profile, covered), _TAIL))


def _sections(profile: Profile, period: Period) -> Iterator[str]:
    """The required sections by their names, and two of the drafter's own where the kind leaves headings free."""
    names = [rule.name for rule in profile.sections if rule.required or not profile.free_sections]
    headings = [*names, *_HEADINGS[len(names) :]] if profile.free_sections else names
    yield "sections:"
    for place, heading in enumerate(headings):
        yield f"  - heading: {scalar(heading)}"
        yield "    facts:"
        yield from _FACTS if place else _FIRST_FACTS
        if not place:
            yield from _GROUPED.format(day=period.last).splitlines()


_HEAD = """\
# 提纲：把事实一条条写在这里，成文据此写成一份{name}。
# 写法是“键: 值”，冒号用半角，后面空一格；缩进用空格，同级对齐。# 之后是注释。
# 【待填：…】要换成你的内容；没有换掉的，校核时会指出来，也不能导出。

kind: {kind}  # 文种：{name}
organ: 【待填：单位名称】  # 发文机关，也是落款
recipient: 【待填：主送机关名称】  # 主送机关，没有就删去这一行
topic: 【待填：工作名称】  # 写进标题的主题，如 安全生产工作
period: {period}{period_mark}
# 报告期还可写 2024年、2024年第二季度、2024年6月、2024-01-01..2024-06-30
issued: {issued}{issued_mark}
# 成文日期：报告的“今天”，写作 2024-07-05 或 2024年7月5日

# 每个部分一个标题，下面是这个部分的事实。写清谁、什么时候、做了什么、多少；数字照写，不要概括。
"""
_HEADINGS = ("【待填：第一部分的标题】", "【待填：第二部分的标题】")
_FIRST_FACTS = ("      - 【待填：事实，如 召开专题会议4次】",)
_GROUPED = """\
      # 要注明来源和日期的，写成这样：
      - text: 【待填：事实，如 检查企业58家次】
        source: 【待填：来源，如 执法科台账】
        date: {day}
      # 列表里再写一个列表：这几条事实合成一个要点
      - - 【待填：同一要点的第一条事实】
        - 【待填：同一要点的第二条事实】
"""
_FACTS = (
    "      - 【待填：事实】",
    "      # 文字里有“: ”或“ #”，或以半角引号、括号、*、& 等符号开头时，整条用单引号括起来",
    "      - '【待填：事实，如 第3期通报: 约谈5家】'",
)
_TAIL = """
# 下一步打算，一条一件事
outlook:
  - 【待填：下一步要做的事】

# 本来就这样写的名称和提法，校核时不当作错误；没有就删去这两行
terms:
  - 【待填：专有名称】

# 还可以写：
# title: 标题，不写就由机关、报告期、主题和文种合成
# attachments:
#   - 附件名称
# document_number: 发文字号
# signatory: 签发人
"""
