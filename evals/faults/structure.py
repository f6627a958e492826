"""Faults of structure: title, lead, outlook, signature or date gone, a heading with nothing under it (S101, S108–S111)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.outline import heading_number
from drafting.report import Block, BlockType, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change, breaks, spares

_CLOSINGS = ("特此报告。", "特此报告，请审阅。", "以上报告，请审阅。", "专此报告。")
_BARE_LEADS = (
    "现将有关情况报告如下：",
    "按照工作要求，现将有关情况汇报如下：",
    "根据通知精神，高度重视、精心组织、周密部署，各项任务有序推进。现将有关情况报告如下：",
    "认真贯彻落实上级决策部署，坚持问题导向，狠抓工作落实，取得明显成效。现将主要做法总结如下：",
)
_LEADS_THAT_SAY_WHO_OR_WHEN = (
    "{period}，各项任务有序推进。现将有关情况报告如下：",
    "今年以来，坚持问题导向，狠抓工作落实。现将有关情况报告如下：",
    "{organ}坚持问题导向，狠抓工作落实。现将有关情况报告如下：",
    "我们坚持问题导向，狠抓工作落实。现将有关情况报告如下：",
    "按照通知要求，本单位认真开展自查。现将有关情况汇报如下：",
    "受{organ}委托，现将有关情况报告如下：",
)
_PASSING_MENTIONS = (
    "相关台账已经建立，为下一步工作打下了基础。",
    "会议听取了各单位关于今后工作打算的发言。",
    "经验做法已经印发，供各单位在后续工作中参考。",
)
_OUTLOOKS_UNDER_OTHER_NAMES: tuple[tuple[str, str], ...] = (
    ("下一步工作打算", "逐项完成尚未办结的事项。"),
    ("下步工作安排", "逐项完成尚未办结的事项。"),
    ("今后工作思路", "围绕年度目标抓好落实。"),
    ("", "下一步，逐项完成尚未办结的事项。"),
    ("", "下一阶段，围绕年度目标抓好落实。"),
    ("", "今后，将逐项完成尚未办结的事项。"),
    ("", "接下来，将逐项完成尚未办结的事项。"),
    ("工作计划", "围绕年度目标抓好落实。"),
)


def without(clean: Clean, *types: BlockType) -> list[Block]:
    return [block for block in clean.blocks if block.type not in types]


# --- S101


@breaks("S101", "the title left out")
def _untitled(clean: Clean) -> Iterator[Report]:
    yield clean.with_blocks(without(clean, "title"))
    yield clean.with_blocks(without(clean, "title", "recipient")) if clean.of_type("recipient") else _numbered(clean)
    yield clean.with_blocks(without(clean, "title", "recipient", "lead"))


def _numbered(clean: Clean) -> Report:
    number = f"文件〔{clean.period.last.year}〕{clean.seat + 7}号"
    return clean.with_blocks([Block("paragraph", number), *without(clean, "title")])


@breaks("S101", "a title without words")
def _blank_title(clean: Clean) -> Iterator[Change]:
    yield Change(clean.at(0, Block("title", ("　", " ")[clean.seat % 2])), carriers=("docx", "txt"))


@breaks("S101", "another line where the title was")
def _something_else_first(clean: Clean) -> Iterator[Report]:
    yield clean.at(0, Block("lead", "各位领导、同志们：现就有关工作作如下汇报。"))
    yield clean.with_blocks([block for block in without(clean, "title") if block.type != "signature"])


@spares("S101", "titles of other shapes")
def _titled(clean: Clean) -> Iterator[Report]:
    shapes = (
        "工作总结",
        "情况汇报",
        "关于{period}工作情况的报告",
        "{organ}关于{period}\n有关工作情况的报告",
        "{topic}报告（送审稿）",
    )
    for turn, shape in enumerate(shapes):
        if turn % 2 == clean.seat % 2:
            yield clean.at(0, Block("title", _filled(shape, clean)))


# --- S108


@breaks("S108", "the text under a heading cut")
def _emptied(clean: Clean) -> Iterator[Report]:
    for where in dict.fromkeys(clean.section(where) for where in WHERE):
        heading = clean.blocks[where.start]
        yield clean.with_blocks([*clean.blocks[: where.start], _marked(heading), *clean.blocks[where.stop :]])


@breaks("S108", "a heading put in and never written")
def _unwritten(clean: Clean) -> Iterator[Report]:
    words = ("强化组织保障", "健全长效机制，巩固工作成果", "加强宣传引导", "创新方式方法")[clean.seat % 4]
    sections = clean.sections()
    for at, number in ((sections[0].start, "一、"), (sections[-1].start, heading_number("一、", len(sections)))):
        marked = Block("heading", f"{words}⟧", 1, f"⟦{number}")
        yield clean.with_blocks([*clean.blocks[:at], marked, *clean.blocks[at:]])


@breaks("S108", "a subheading without text beside one with")
def _unwritten_subheading(clean: Clean) -> Iterator[Report]:
    at = clean.section("last").stop
    subheadings = [
        Block("heading", "抓好日常管理", 2, "（一）"),
        Block("paragraph", "建立工作台账，逐项明确责任人和办理时限。"),
        Block("heading", f"{('加强队伍建设', '完善考核办法', '推进信息公开')[clean.seat % 3]}⟧", 2, "⟦（二）"),
        Block("heading", "做好总结评估", 2, "（三）"),
        Block("paragraph", "形成专题材料，按要求上报备案。"),
    ]
    yield clean.with_blocks([*clean.blocks[:at], *subheadings, *clean.blocks[at:]])


@breaks("S108", "nothing but an empty paragraph under a heading")
def _blank_body(clean: Clean) -> Iterator[Report]:
    section = clean.section("middle")
    blank = Block("paragraph", "　　")
    heading = _marked(clean.blocks[section.start])
    yield clean.with_blocks([*clean.blocks[: section.start], heading, blank, *clean.blocks[section.stop :]])


@spares("S108", "headings with something under them")
def _written(clean: Clean) -> Iterator[Report]:
    at = clean.section("last").stop
    text = Block("paragraph", "建立工作台账，逐项明确责任人和办理时限。")
    yield clean.with_blocks([
        *clean.blocks[:at], Block("heading", "抓好日常管理", 2, "（一）"), text, Block("heading", "台账", 3, "1."),
        replace(text, words="逐项登记。"), *clean.blocks[at:],
    ])  # fmt: skip
    yield clean.with_blocks([
        *clean.blocks[:at], Block("paragraph", "抓好日常管理。建立台账。", 2, "（一）"), *clean.blocks[at:]
    ])  # fmt: skip


@spares("S108", "a list of short lines")
def _listed(clean: Clean) -> Iterator[Change]:
    items = ("制定方案；", "组织实施；", "总结评估。") if clean.seat % 2 else ("制定方案", "组织实施", "总结评估")
    lines = [Block("heading", item, 3, f"{turn}.") for turn, item in enumerate(items, start=1)]
    at = clean.section("middle").stop
    yield Change(clean.with_blocks([*clean.blocks[:at], *lines, *clean.blocks[at:]]), told=False)


def _marked(heading: Block) -> Block:
    return replace(heading, number=f"⟦{heading.number}", words=f"{heading.words}⟧")


# --- S109


@breaks("S109", "no lead")
def _leadless(clean: Clean) -> Iterator[Report]:
    yield clean.with_blocks(without(clean, "lead"))


@breaks("S109", "a lead that names neither organ nor period")
def _bare_lead(clean: Clean) -> Iterator[Report]:
    (at,) = clean.of_type("lead")
    for words in _BARE_LEADS:
        yield clean.at(at, Block("lead", f"⟦{words}⟧"))


@spares("S109", "a lead that names one of them")
def _named_lead(clean: Clean) -> Iterator[Report]:
    (at,) = clean.of_type("lead")
    for turn, words in enumerate(_LEADS_THAT_SAY_WHO_OR_WHEN):
        if turn % 3 == clean.seat % 3:
            yield clean.at(at, Block("lead", _filled(words, clean)))
    two = [Block("lead", _filled("{period}，各项任务有序推进。", clean)), Block("lead", "现将有关情况报告如下：")]
    yield clean.at(at, *two)


@spares("S109", "what is no report has no lead")
def _no_report(clean: Clean) -> Iterator[Change]:
    kind = ("关于做好有关工作的通知", "关于加强有关工作的意见", "有关情况公报")[clean.seat % 3]
    yield Change(clean.with_blocks([Block("title", kind), *without(clean, "title", "lead")]), told=False)


# --- S110


@breaks("S110", "the outlook cut")
def _cut_outlook(clean: Clean) -> Iterator[Change]:
    yield _wanting(clean, _past(clean))


@breaks("S110", "a closing formula in place of the outlook")
def _closing_formula(clean: Clean) -> Iterator[Change]:
    closing = Block("paragraph", _CLOSINGS[clean.seat % len(_CLOSINGS)])
    yield _wanting(clean, _past(clean, closing))


@breaks("S110", "an outlook without words")
def _blank_outlook(clean: Clean) -> Iterator[Change]:
    yield _wanting(clean, _past(clean, Block("outlook", "　")))


@breaks("S110", "the next step mentioned in passing")
def _passing_mention(clean: Clean) -> Iterator[Change]:
    for words in _PASSING_MENTIONS[clean.seat % 2 :]:
        yield _wanting(clean, _past(clean, Block("paragraph", words)))


@spares("S110", "an outlook by another name")
def _other_outlook(clean: Clean) -> Iterator[Change]:
    for _, (heading, words) in clean.dealt(_OUTLOOKS_UNDER_OTHER_NAMES):
        number = heading_number("一、", len(clean.sections()) + 1)
        head = [Block("heading", heading, 1, number)] if heading else []
        yield _wanting(clean, _past(clean, *head, Block("paragraph", words)))


@spares("S110", "a kind that asks for none")
def _not_asked(clean: Clean) -> Iterator[Change]:
    profile = replace(clean.profile, requires=clean.profile.requires - {"outlook"})
    yield Change(_past(clean, Block("paragraph", "以上情况，特此汇报。")), profile=profile)


def _wanting(clean: Clean, report: Report) -> Change:
    return Change(report, profile=replace(clean.profile, requires=clean.profile.requires | {"outlook"}))


def _past(clean: Clean, *instead: Block) -> Report:
    """The report with these blocks in place of the outlook and of the heading over it."""
    (outlook,) = clean.of_type("outlook")
    headed = clean.blocks[outlook - 1].type == "heading"
    return clean.with_blocks([*clean.blocks[: outlook - headed], *instead, *clean.blocks[outlook + 1 :]])


# --- S111


@breaks("S111", "signature or date left out")
def _unsigned(clean: Clean) -> Iterator[Report]:
    yield clean.with_blocks(without(clean, "signature"))
    yield clean.with_blocks(without(clean, "date"))
    yield clean.with_blocks(without(clean, "signature", "date"))


@breaks("S111", "signature or date without words")
def _blank_signature(clean: Clean) -> Iterator[Report]:
    (signature,), (day,) = clean.of_type("signature"), clean.of_type("date")
    yield clean.at(signature, Block("signature", "　"))
    yield clean.at(day, Block("date", " "))


@spares("S111", "signatures and dates of other shapes")
def _signed_otherwise(clean: Clean) -> Iterator[Report]:
    (signature,), (day,) = clean.of_type("signature"), clean.of_type("date")
    if clean.seat % 2:
        yield clean.at(day, Block("date", f"二〇二{clean.seat}年七月十五日"))
        yield clean.at(signature, Block("signature", f"{clean.report.organ}（盖章）"))
    else:
        yield clean.at(signature, clean.blocks[signature], Block("signature", "联合工作领导小组办公室"))
        yield clean.at(day, clean.blocks[day], Block("paragraph", "（联系人：综合科）"))


@spares("S111", "a kind that asks for neither")
def _not_asked_to_sign(clean: Clean) -> Iterator[Change]:
    profile = replace(clean.profile, requires=clean.profile.requires - {"signature", "date"})
    yield Change(clean.with_blocks(without(clean, "signature", "date")), profile=profile)


def _filled(formula: str, clean: Clean) -> str:
    brief = clean.brief
    return formula.format(organ=brief.organ, period=_told(clean), topic=brief.topic)


def _told(clean: Clean) -> str:
    """The period as a title says it."""
    return f"{clean.period.year}年" if clean.period.last.month == 12 else f"{clean.period.year}年以来"
