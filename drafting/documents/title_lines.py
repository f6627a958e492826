"""Title lines: a title broken between words into a 梯形 or 菱形, never inside a number, a 《title》 or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafting.documents.measure import spaced, width

MOST_CHARACTERS = 20
"""What a line of 2号 holds in 156 mm."""

_LONGEST_SEARCHED = 80
_NEVER = 1_000.0
_UNKNOWN = 25.0

# Words that titles of reports and notices are made of; each stays whole, and a line may end after it.
_WORDS = (
    "专题报告 工作报告 工作总结 情况汇报 情况报告 情况通报 总结报告 调研报告 实施意见 指导意见 若干意见 实施方案 工作方案 报告 总结 汇报 通知 "
    "通报 意见 决定 方案 批复 复函 请示 答复 建议 工作 情况 问题 进展 成效 建设 管理 发展 改革 治理 整治 监管 监督 检查 执法 保障 服务 安全 "
    "生产 应急 救援 防灾 减灾 救灾 消防 教育 卫生 健康 医疗 文化 旅游 交通 运输 生态 环境 保护 乡村 振兴 农业 农村 农民 科技 创新 人才 就业 "
    "社会 经济 财政 审计 统计 信息 数据 意识形态 党风廉政 精神文明 思想政治 民族 宗教 信访 扶贫 脱贫 攻坚 组织 宣传 培训 落实 推进 加强 加快 开展 "
    "做好 完善 强化 深化 规范 促进 提升 印发 转发 调整 同意 有关 相关 进一步 全面 深入 扎实 制度 机制 体系 责任 行动 活动 项目 企业 行业 领域 "
    "基层 机构 能力 质量 标准 推行 重点 年度 全市 全县 全区 全省 人民政府 办公厅 办公室 委员会"
).split()
_NUMBER = (
    r"(?:[0-9０-９][0-9０-９.．,，%％]*|[〇零一二三四五六七八九十百千万两]+)"
    r"(?:年度?|季度|月份?|日|届|次|号|个|期|项|周年)*"
)
_SPAN = rf"[第前近]?(?:{_NUMBER})+(?:上半年|下半年|[第前]?[一二三四]季度|[至到—–~～-](?:{_NUMBER})+)*"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays on one line. `strain`: what a break before it costs."""

    text: str
    strain: float


def break_title(title: str, names: Sequence[str] = (), most: float = MOST_CHARACTERS) -> tuple[str, ...]:
    """The title's lines, each at most `most` full characters wide; joined they are the title.

    `names` (organ, topic) stay whole where a line can hold them. As few lines as fit, rarely one more for a better shape.
    """
    if spaced(title) <= most:
        return (title,)
    pieces = list(_pieces(title, [name for name in names if name and width(name) <= most], most))
    if width(title) > _LONGEST_SEARCHED:
        return tuple(_filled(pieces, most))
    candidates = list(_layouts(_joined(pieces, most), most)) or [_Layout(tuple(_filled(pieces, most)), 0.0)]
    return min(candidates, key=_cost).lines


@dataclass(frozen=True, slots=True)
class _Layout:
    lines: tuple[str, ...]
    strain: float


def _cost(layout: _Layout) -> float:
    """Lower is better looking: natural breaks first, then few lines, then the shape."""
    widths = [width(line) for line in layout.lines]
    mean = sum(widths) / len(widths)
    cost = layout.strain + 8 * len(widths) + 0.12 * sum((each - mean) ** 2 for each in widths)
    if any(
        inner < before and inner < after for before, inner, after in zip(widths, widths[1:], widths[2:], strict=False)
    ):
        cost += 60  # an hourglass, which the standard rules out
    if len(set(widths)) == 1:
        cost += 4  # a rectangle
    if widths[-1] < 4:
        cost += 30
    return cost


def _layouts(pieces: Sequence[_Piece], most: float) -> Iterator[_Layout]:
    """Every way of breaking between pieces in which no line is too wide, in the fewest lines and one more."""
    total = spaced("".join(piece.text for piece in pieces))
    fewest = int(-(-total // most))
    for lines in range(fewest, fewest + 2):
        yield from _broken(pieces, lines, most)


def _broken(pieces: Sequence[_Piece], lines: int, most: float) -> Iterator[_Layout]:
    if lines == 1:
        line = "".join(piece.text for piece in pieces)
        if pieces and spaced(line) <= most:
            yield _Layout((line,), 0.0)
        return
    left = sum(width(piece.text) for piece in pieces)
    line = ""
    for index, piece in enumerate(pieces):
        if line and piece.strain < _NEVER and left <= most * (lines - 1):
            for rest in _broken(pieces[index:], lines - 1, most):
                yield _Layout((line, *rest.lines), rest.strain + piece.strain)
        line += piece.text
        left -= width(piece.text)
        if spaced(line) > most:
            return


def _joined(pieces: Sequence[_Piece], most: float) -> list[_Piece]:
    """Characters that may be one word are joined, up to what a line holds: no break inside a word that is not known."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        together = joined[-1].text + piece.text
        if piece.strain >= _UNKNOWN and spaced(together) <= most:
            joined[-1] = _Piece(together, joined[-1].strain)
        else:
            joined.append(piece)
    return joined


def _filled(pieces: Sequence[_Piece], most: float) -> Iterator[str]:
    """Line after line as full as it goes: for titles beyond all measure."""
    line = ""
    for piece in pieces:
        if line and spaced(line + piece.text) > most:
            yield line
            line = ""
        line += piece.text
    yield line


# --- what stays together


def _pieces(title: str, names: Sequence[str], most: float) -> Iterator[_Piece]:
    whole = _whole(names)
    atoms = [atom for match in whole.finditer(title) for atom in _cut(match.group(), most)]
    yield _Piece(atoms[0], 0.0)
    for before, after in pairwise(atoms):
        yield _Piece(after, _strain(before, after, set(names)))


def _whole(names: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(_WORDS, key=len, reverse=True)
    forms = [r"《[^《》]*》", r"“[^“”]*”", r"（[^（）]*）", r"〔[^〔〕]*〕", r"[A-Za-z][A-Za-z0-9.+-]*"]
    forms += [re.escape(name) for name in sorted(names, key=len, reverse=True)]
    forms += [_SPAN, "关于", *longest_first, r"[\s\S]"]
    return re.compile("|".join(forms))


def _cut(atom: str, most: float) -> Iterator[str]:
    """An atom wider than a line is cut all the same."""
    while width(atom) > most:
        yield atom[: int(most)]
        atom = atom[int(most) :]
    yield atom


# A line may well end after the verb of a title: 关于推进 / 关于印发.
_VERBS = frozenset("推进 加强 加快 开展 做好 完善 强化 深化 规范 促进 提升 印发 转发 调整 同意 落实 推行".split())
_NO_START = frozenset("的地得、，。；：！？）〕】》”’％%")
_NO_END = frozenset("（〔【《“‘第、")


def _strain(before: str, after: str, names: set[str]) -> float:
    """What a break between two atoms costs: nothing before 关于, after 的 or a verb, little between words, much inside an unknown one."""
    if after[0] in _NO_START or before[-1] in _NO_END - {"、"}:
        return _NEVER
    if before == "的" or after == "关于" or before in _VERBS:
        return 0.0
    if before == "关于" or before in names or after in names or before.endswith(("年", "半年", "季度", "、")):
        return 1.0
    if len(before) == 1 and len(after) == 1:
        return _UNKNOWN
    return 3.0 if len(before) > 1 and len(after) > 1 else 10.0
