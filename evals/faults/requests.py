"""Faults of kind: what only a 请示 may ask, asked in a report (S117)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change, breaks, spares
from evals.finding import Severity

_REQUESTS = (
    "以上报告⟦妥否，请批示⟧。",
    "以上意见⟦当否，请批复⟧。",
    "所需经费12万元，⟦请予批准⟧。",
    "⟦恳请市政府拨付⟧专项经费50万元。",
    "因机构调整，⟦特此请示⟧。",
    "编制缺口较大，⟦恳请县委编办核定⟧事业编制6名。",
    "资金缺口约80万元，⟦请求上级财政给予⟧补助。",
    "上述事项⟦妥否，请指示⟧。",
    "拟于年内启动二期工程，⟦请予批复⟧。",
    "以上方案⟦如无不妥，请批转⟧各单位执行。",
    "办公用房紧张，⟦敬请领导协调解决⟧。",
    "车辆老化严重，⟦请予核准⟧更新。",
    "⟦恳请上级部门在项目安排上给予⟧倾斜。",
    "设备购置费30万元，⟦恳请批准⟧。",
    "以上请示，⟦请审批⟧。",
    "为保障运转，⟦特申请⟧追加预算20万元。",
    "⟦请求市委、市政府协调⟧有关部门落实建设用地。",
    "专业人员不足，⟦恳请增加⟧招聘名额8个。",
    "以上安排⟦可否，请复示⟧。",
    "因超出年度预算，⟦敬请予以批准⟧。",
    "⟦请市财政局安排专项资金⟧35万元。",
    "试点期限将满，⟦恳请同意⟧延长一年。",
    "⟦恳请省厅将我单位纳入⟧试点范围。",
    "以上⟦是否妥当，请批示⟧。",
    "⟦请县政府批准⟧成立工作专班。",
    "更新方案已拟定，⟦呈请批准⟧。",
    "缺口资金⟦请予解决⟧。",
    "场地问题⟦敬请予以协调解决⟧。",
    "所列事项⟦如无不当，请批准⟧实施。",
    "⟦恳请上级给予政策支持⟧。",
    "⟦请求增拨⟧防疫物资经费15万元。",
    "拟公开招聘工作人员5名，⟦请审批⟧。",
    "⟦望上级部门给予资金支持⟧。",
    "上述经费⟦恳请予以解决⟧。",
    "为此，⟦恳请市政府追加⟧年度预算。",
    "以上问题，⟦盼予批复⟧。",
)
_NO_REQUESTS = (
    "特此报告。",
    "以上报告，请审阅。",
    "经请示县政府同意，召开现场推进会。",
    "群众请求帮助的事项全部办结。",
    "按程序报请市政府批准后组织实施。",
    "请示件办理时限压缩至3个工作日。",
    "邀请专家授课6场，参训人员320人次。",
    "办理人大代表建议、群众来信请求事项18件。",
    "严格执行重大事项请示报告制度。",
    "学习《关于请求支援的答复》精神。",
    "企业申请贷款贴息86万元，审核通过72万元。",
    "项目已获批准，资金全部到位。",
    "主动请缨参与应急抢险，受到表扬。",
    "及时向上级请示汇报，争取支持资金300万元。",
    "请各单位抓好贯彻落实。",
    "受理行政许可申请214件，批准198件。",
    "“请予批准”类来文全部登记办理。",
    "按规定申请追加预算12万元，已获批复。",
)


def _severity(clean: Clean) -> Severity:
    """The regulation speaks of reports alone."""
    return "error" if clean.blocks[0].words.endswith("报告") else "warning"


def _as_report(clean: Clean) -> Clean:
    """The same with a title that says 报告, where it says 总结 or 汇报."""
    if _severity(clean) == "error":
        return clean
    title = replace(clean.blocks[0], words=f"{clean.brief.organ}关于{clean.brief.topic}有关情况的报告")
    return replace(clean, report=clean.at(0, title))


@breaks("S117", "a request at the end of a report's section")
def _request_in_a_report(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_REQUESTS):
        yield _as_report(clean).put(sentence, turn)


@breaks("S117", "a request in the outlook or after it")
def _request_at_the_end(clean: Clean) -> Iterator[Report]:
    (outlook,) = clean.of_type("outlook")
    block = replace(clean.blocks[outlook], words=clean.blocks[outlook].text, points=())
    sentence = _REQUESTS[(clean.seat * 5 + 1) % len(_REQUESTS)]
    yield _as_report(clean).at(outlook, replace(block, words=block.words + sentence))
    closing = replace(block, type="paragraph", words=_REQUESTS[(clean.seat * 7 + 2) % len(_REQUESTS)])
    yield _as_report(clean).at(outlook, clean.blocks[outlook], closing)


@breaks("S117", "a request in a summary or a briefing")
def _request_in_a_summary(clean: Clean) -> Iterator[Change]:
    if _severity(clean) == "warning":
        for turn, where in enumerate(WHERE):
            sentence = _REQUESTS[(clean.seat * 3 + turn * 4) % len(_REQUESTS)]
            yield Change(clean.add(sentence, where), severity="warning")


@spares("S117", "what is told, closed or asked of others")
def _no_request(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_REQUESTS):
        yield _as_report(clean).add(sentence, WHERE[turn % len(WHERE)])


@spares("S117", "a request in a 请示")
def _in_its_place(clean: Clean) -> Iterator[Report]:
    title = replace(clean.blocks[0], words=f"{clean.brief.organ}关于追加{clean.brief.topic}经费的请示")
    sentence = _REQUESTS[clean.seat].replace("⟦", "").replace("⟧", "")
    yield replace(clean, report=clean.at(0, title)).add(sentence, "last")
