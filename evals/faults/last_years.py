"""The year of the last report, left as the time of this one's review (D315)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import breaks, spares

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")

_LEADS = (
    # {b} is the year before the report's, {part} the same span of it
    "⟦{b}年以来⟧，{organ}认真落实上级部署，各项任务有序推进。",
    "⟦{b}年以来⟧，在上级部门的指导下，{organ}扎实推进各项工作。",
    "⟦{h}年以来⟧，{organ}坚持问题导向，全力抓好落实。",
    "⟦{w}年以来⟧，{organ}聚焦重点任务，狠抓工作落实。",
    "⟦{b}年1月以来⟧，{organ}围绕中心工作，主动担当作为。",
    "⟦{b}年度以来⟧，{organ}切实履行职责，工作取得新进展。",
    "⟦自{b}年以来⟧，{organ}高度重视，周密部署，强化督导。",
    "⟦{b}年以来⟧，{organ}按照年度计划，分解任务、压实责任。",
)

_SENTENCES = (
    "⟦{b}年⟧，{organ}认真履行职责，办结事项126件。",
    "⟦{b}年以来⟧，{organ}坚持目标导向，完成任务36项。",
    "⟦{part}⟧，{organ}扎实开展专项行动，排查点位210个。",
    "⟦{b}年⟧，{organ}深入推进规范化建设，修订制度9项。",
    "⟦{b}年度⟧，{organ}积极组织业务培训，培训260人次。",
    "⟦{b}年⟧，在上级正确领导下，{organ}紧紧围绕年度目标，完成投资2600万元。",
    "⟦{b}年⟧，{organ}着力补短板、强弱项，新增设备42台。",
    "⟦{b}年⟧，{organ}全面落实工作责任，签订责任书53份。",
    "⟦{b}年以来⟧，{organ}聚焦群众需求，开展服务活动31场。",
    "⟦{h}年⟧，{organ}严格执行各项制度，开展督查12次。",
    "⟦{b}年⟧，{organ}切实抓好问题整改，整改问题64个。",
    "⟦{part}⟧，{organ}认真开展自查自纠，发现问题17个。",
    "⟦{b}年1月至12月⟧，{organ}坚持每月调度，召开调度会12次。",
    "⟦{b}年全年⟧，{organ}扎实做好信访工作，接待群众79批次。",
    "⟦{b}年⟧，{organ}按照上级要求，组织演练6次。",
    "⟦{b}年⟧，全{rank}上下认真贯彻落实各项部署，重点任务按期完成。",
)

_HEADINGS = (
    "⟦{b}年⟧工作回顾",
    "⟦{b}年⟧主要工作情况",
    "⟦{b}年⟧工作开展情况",
    "⟦{b}年⟧重点工作完成情况",
    "⟦{b}年⟧主要工作成效",
    "⟦{b}年度⟧工作总结",
    "⟦{part}⟧主要做法",
    "⟦{part}⟧工作进展情况",
    "⟦{h}年⟧工作情况",
    "⟦{b}年以来⟧的主要工作",
    "⟦{b}年⟧取得的主要成绩",
    "⟦{b}年⟧目标任务完成情况",
)

_LOOKING_BACK = (
    "{b}年以来，累计办结事项2600件。",
    "{b}年以来，连续两年未发生责任事故。",
    "比{b}年减少12件，降幅8.3%。",
    "与{b}年相比，培训人次增加260人次。",
    "{b}年同期，办理事项114件。",
    "{b}年启动的试点扩大到9个单位。",
    "{b}年9月印发的制度得到有效落实。",
    "落实《{b}年重点任务清单》遗留事项3项。",
    "针对{b}年度考核反馈的问题，{organ}认真整改，完成整改7项。",
    "自{b}年起，{organ}坚持每季度开展一次通报。",
    "{b}年，{organ}认真开展排查，发现问题64个；今年比上年减少12个。",
    "{b}年结转的项目全部完工，{organ}及时组织验收。",
    "{b}年获批的专项资金126万元全部支付到位。",
    "继{b}年获评优秀等次后，再次获评先进单位。",
    "{b}年至今，开展评估6次。",
    "{earlier}年以来，{organ}坚持常态化检查，建立台账36本。",
    "{b}年全市评选的24个典型案例中，有3个来自{organ}。",
    "{b}年底，{organ}服务站点为31个，目前增加到39个。",
    "{y}年以来，{organ}认真落实各项部署，完成任务36项。",
    "今年以来，{organ}坚持目标导向，扎实推进各项工作。",
)

_OTHER_HEADINGS = ("{b}年遗留问题整改情况", "与{b}年对比情况", "《{b}年工作方案》落实情况", "{y}年主要工作情况")


def _filled(sentence: str, clean: Clean, *, back: int = 1) -> str:
    """With the year that lies `back` before the report's; 0 puts the report's own."""
    year = clean.period.year - back
    whole = clean.period.kind in ("days", "month", "year")
    before = clean.period.year_before() if back else clean.period
    return sentence.format(
        b=year,
        y=clean.period.year,
        earlier=clean.period.year - 5,
        h=str(year).translate(_HAN),
        w=str(year).translate(_WIDE),
        part=f"{year}年" if whole else str(before),
        organ=clean.brief.organ,
        rank=next((level for level in clean.brief.organ if level in "省市县区"), "局"),
    )


def _led(clean: Clean, words: str) -> Report:
    """The report whose lead opens with these words."""
    index = clean.of_type("lead")[0]
    lead = clean.blocks[index].text
    return clean.at(index, Block("lead", words + lead[lead.index("现将") :]))


def _headed(clean: Clean, words: str, turn: int) -> Report:
    index = clean.section(WHERE[turn % len(WHERE)]).start
    return clean.at(index, replace(clean.blocks[index], words=words))


@breaks("D315", "in the lead")
def left_in_the_lead(clean: Clean) -> Iterator[Report]:
    for _, words in clean.dealt(_LEADS):
        yield _led(clean, _filled(words, clean))


@breaks("D315", "at the head of a sentence")
def left_in_a_sentence(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_SENTENCES):
        yield clean.put(_filled(sentence, clean), turn)


@breaks("D315", "in a heading")
def left_in_a_heading(clean: Clean) -> Iterator[Report]:
    for turn, words in clean.dealt(_HEADINGS):
        yield _headed(clean, _filled(words, clean), turn)


@spares("D315", "this year")
def this_year(clean: Clean) -> Iterator[Report]:
    for turn, words in clean.dealt((*_LEADS, *_SENTENCES, *_HEADINGS)):
        right = _filled(words, clean, back=0).replace("⟦", "").replace("⟧", "")
        if words in _LEADS:
            yield _led(clean, right)
        elif words in _HEADINGS:
            yield _headed(clean, right, turn)
        else:
            yield clean.put(right, turn)


@spares("D315", "records, comparisons and what was begun then")
def looking_back(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_LOOKING_BACK):
        yield clean.put(_filled(sentence, clean), turn)
    for turn, words in clean.dealt(_OTHER_HEADINGS):
        yield _headed(clean, _filled(words, clean), turn)
