"""Faults of filling in: a placeholder that nobody replaced (P201)."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change, breaks, spares

_BLANKS = (
    "市⟦XX局⟧主要负责同志带队督查3次。",
    "会同⟦××公司⟧开展隐患排查，发现问题12个。",
    "由⟦XXX同志⟧任领导小组组长，各科室分工负责。",
    "邀请⟦某某⟧专家授课2场，参训人员96人次。",
    "于⟦X月X日⟧召开动员部署会，明确任务分工。",
    "投入资金⟦____⟧万元，更新设备36台。",
    "⟦20XX年⟧以来，累计接待来访群众86批次。",
    "累计检查点位⟦XX个⟧，整改率达到九成以上。",
    "办结事项⟦XXX件⟧，群众满意度明显提升。",
    "组织培训⟦××次⟧，实现重点岗位全覆盖。",
    "完成投资⟦ＸＸ万元⟧，占年度计划的六成。",
    "到⟦○○⟧村走访慰问困难群众46户。",
    "同比增长⟦XX%⟧，增幅居前列。",
    "同比下降⟦X%⟧，降幅好于预期。",
    "召开专题会议⟦X次⟧，研究解决突出问题。",
    "发放宣传资料⟦X万份⟧，营造良好氛围。",
    "整改问题⟦x个⟧，其余问题限期完成。",
    "⟦XX年XX月XX日⟧，召开现场推进会。",
    "自2024年⟦×月×日⟧起施行新办法。",
    "截至⟦6月X日⟧，任务完成过半。",
    "表彰先进集体⟦xx个⟧，树立典型。",
    "落实⟦某某单位⟧捐赠物资，惠及群众。",
    "联系人为⟦XXX⟧，负责日常联络。",
    "在⟦××街道⟧设立服务站，配备工作人员。",
    "经⟦XX⟧会议研究通过，印发实施方案。",
    "受到⟦XX市长⟧批示肯定，经验做法全市推广。",
    "完成率达到⟦××％⟧，超序时进度。",
    "完成改造面积⟦＿＿＿⟧平方米，惠及住户。",
    "先后赴⟦XX⟧、XX等地考察学习。",
    "印发《关于⟦××工作⟧的实施意见》，明确责任。",
    "协调⟦△△⟧公司捐赠器材一批。",
    "安排专项经费⟦□□⟧万元。",
    "协调资金⟦***⟧万元，用于设备更新。",
    "任命张⟦××⟧为项目负责人。",
    "于⟦　　年　　月　　日⟧通过验收。",
    "参训人员⟦（　　）⟧人次，合格率百分之百。",
)
_NO_BLANKS = (
    "购置X光机2台、X射线检测仪1台。",
    "实施“1+X”证书制度试点，参加学生216人。",
    "配发XL、XXL号工作服共120套。",
    "二○二四年全面完成改造任务，二〇二五年巩固提升。",
    "对某些突出问题和某个薄弱环节开展剖析。",
    "通报某县典型案例，以案示警。",
    "硬化场地长20米×宽15米。",
    "安装型号为XX-300的监测设备8套。",
    "系统登录名统一为xx_admin格式。",
    "○表示已完成，●表示未完成。",
    "处理量由3×10吨扩大到4×10吨。",
    "推行“N+X”服务模式，设立驿站12处。",
    "编制《XBRL数据规范》，统一口径。",
    "推广C×C合作机制，签约企业6家。",
    "2024 年 6 月 18 日召开推进会。",
    "完成D级危房改造36户，X型支架加固12处。",
    "沿线设XK1至XK5五个观测点。",
    "开展双X联动演练，参加人员160人。",
)


@breaks("P201", "a placeholder in the text")
def _blank(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_BLANKS):
        yield clean.put(sentence, turn)


@breaks("P201", "a placeholder in the report's own name, lead or date")
def _blank_in_a_frame(clean: Clean) -> Iterator[Change]:
    organ = clean.brief.organ
    blank = ("XX局", "××局", "某局", "某某单位", "XX公司", "ＸＸ局")[clean.seat % 6]
    (lead,), (signature,), (day,) = (clean.of_type(kind) for kind in ("lead", "signature", "date"))
    yield Change(clean.replace(organ, f"⟦{blank}⟧", 0))
    yield Change(clean.at(signature, Block("signature", f"⟦{blank}⟧")))
    yield Change(clean.replace(organ, f"⟦{blank}⟧", lead))
    dates = (
        f"{clean.period.last.year}年⟦X月X日⟧",
        "⟦20XX年XX月XX日⟧",
        "⟦XXXX年X月X日⟧",
        f"{clean.period.last.year}年⟦7月X日⟧",
    )
    yield Change(clean.at(day, Block("date", dates[clean.seat % len(dates)])))


@breaks("P201", "a placeholder in a heading")
def _blank_heading(clean: Clean) -> Iterator[Report]:
    heading = clean.section(WHERE[clean.seat % len(WHERE)]).start
    words = clean.blocks[heading].words
    yield clean.replace(words, f"{words}，推进⟦{('××', 'XX', 'XXX', '某某')[clean.seat % 4]}⟧建设", heading)


@spares("P201", "letters, signs and words that are none")
def _no_blank(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_BLANKS):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])
