"""Faults of numbers: one that no fact holds (G401), and a fact's number altered (G405)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Report
from evals.faults.beside_facts import Wording, right, wrong
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

# No case holds these numbers, and none follows from those it holds.
_INVENTED = (
    "走访群众⟦7391户⟧。",
    "发放宣传资料⟦48617份⟧。",
    "群众满意度达到⟦94.37%⟧。",
    "惠及群众⟦三千七百一十九人⟧。",
    "节约资金⟦1739.6万元⟧。",
    "带动就业⟦２３９７人⟧。",
    "发放贷款⟦7.93亿元⟧。",
    "同类事件比上年下降⟦61.73%⟧。",
    "累计巡查⟦5,873公里⟧。",
    "服务对象覆盖⟦83.19万人⟧。",
    "共收到意见⟦373条⟧。",
    "平均办理时间缩短⟦百分之三十七点三⟧。",
    "新增床位⟦1937张⟧。",
    "出动人员⟦约6700人次⟧。",
    "清运垃圾⟦9713吨⟧。",
    "培育示范点⟦七十九个⟧。",
    "受训人员合格率⟦97.31%⟧。",
    "办理事项⟦18739件⟧。",
    "修缮房屋⟦739间⟧。",
    "减少用电⟦93.71万千瓦时⟧。",
    "录入数据⟦7.19万条⟧。",
    "参与志愿者⟦超过3700人次⟧。",
    "占全部工作量的⟦71.93%⟧。",
    "比去年同期多⟦793件⟧。",
    "回访群众⟦1937人⟧，反响良好。",
    "协调解决问题⟦379个⟧。",
    "制作视频⟦173部⟧，播放广泛。",
    "设卡盘查⟦197次⟧。",
    "惠及企业⟦739家⟧，企业反映良好。",
    "平均每处用时⟦37.9小时⟧。",
    "覆盖面提高⟦7.39个百分点⟧。",
    "印发简报⟦93期⟧。",
    "组建工作专班⟦73个⟧。",
    "接待来访⟦1379人次⟧。",
    "投入车辆⟦397台次⟧。",
    "种植树木⟦73900株⟧。",
)
_SMALL = (
    "成立工作专班⟦9个⟧。", "先后召开碰头会⟦七次⟧。", "形成典型经验⟦3条⟧。", "选派骨干⟦8名⟧赴一线。", "开辟宣传橱窗⟦6处⟧。",
    "抽调专家⟦7人⟧。", "组织观摩⟦4场⟧。", "增设公示栏⟦９块⟧。", "开辟专栏⟦5期⟧。", "试点项目⟦两个⟧。", "表彰先进集体⟦8个⟧。",
    "设置监测点⟦3个⟧。",
)  # fmt: skip
_NO_AMOUNTS = (
    "一是压实责任，二是强化督导。",
    "落实“三会一课”和“一岗双责”制度。",
    "按照“四个不放过”的要求处置。",
    "坚持每周一调度、每月一通报。",
    "24小时值班值守。",
    "对标一流，争创第一。",
    "两手抓、两促进。",
    "千方百计解决群众困难。",
    "实行一事一议、一户一策。",
    "做到万无一失。",
    "一以贯之抓好落实。",
    "全面落实四方责任。",
)


@breaks("G401", "a number of the drafter's own")
def _invented(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_INVENTED):
        yield clean.put(sentence, turn)


def _holds(clean: Clean, sentence: str) -> bool:
    """Does any fact hold the sentence's number, whatever it counts? Small ones come twice by chance."""
    number = next(iter(re.findall(r"\d+", sentence.translate(_NARROW))), "")
    return any(number in re.findall(r"\d+", fact.text) for fact in clean.brief.facts())


_NARROW = str.maketrans("９七两", "972")


@breaks("G401", "a small number of the drafter's own")
def _invented_small(clean: Clean) -> Iterator[Change]:
    for turn, sentence in enumerate(_SMALL):
        if turn % 3 == clean.seat % 3 and not _holds(clean, sentence):
            yield Change(clean.put(sentence, turn), severity="warning")


@spares("G401", "numerals that count nothing")
def _no_amounts(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_AMOUNTS):
        yield clean.put(sentence, turn)


_TABLE = (
    Wording("检查加油站47座", "检查加油站⟦74座⟧。", ("检查加油站47座。", "检查加油站四十七座。")),
    Wording("发放消费券1,250万元", "发放消费券⟦12500万元⟧。", ("发放消费券1250万元。", "发放消费券0.125亿元。")),
    Wording("接诊患者3.6万人次", "接诊患者⟦3.9万人次⟧。", ("接诊患者36000人次。", "接诊患者３．６万人次。")),
    Wording("城乡供水一体化覆盖率87.4%", "城乡供水一体化覆盖率达到⟦97.4%⟧。", ("城乡供水一体化覆盖率达到87.4%。",)),
    Wording("改造老旧小区29个、惠及居民8640户", "改造老旧小区29个，惠及居民⟦8460户⟧。", ("改造老旧小区29个，惠及居民8640户。",)),
    Wording("收缴罚没款63.8万元", "收缴罚没款⟦68.3万元⟧。", ("收缴罚没款63.8万元。",)),
    Wording("清理河道垃圾1460吨", "清理河道垃圾⟦1640吨⟧。", ("清理河道垃圾1,460吨。",)),
    Wording("举办法治讲座58场", "举办法治讲座⟦85场⟧。", ("举办法治讲座58场。",)),
    Wording("化解矛盾纠纷416起", "化解矛盾纠纷⟦461起⟧。", ("化解矛盾纠纷416起。",)),
    Wording("完成造林面积2.75万亩", "完成造林面积⟦2.57万亩⟧。", ("完成造林面积27500亩。",)),
    Wording("人均可支配收入增长6.2%", "人均可支配收入增长⟦2.6%⟧。", ("人均可支配收入增长6.2%。", "人均可支配收入增长百分之六点二。")),
    Wording("抽检食品样品735批次", "抽检食品样品⟦753批次⟧。", ("抽检食品样品735批次。",)),
    Wording("帮助1870名高校毕业生就业", "帮助⟦1780名⟧高校毕业生就业。", ("帮助1870名高校毕业生就业。",)),
    Wording("安装充电桩164个", "安装充电桩⟦146个⟧。", ("安装充电桩164个。",)),
    Wording("拨付救助金945.5万元", "拨付救助金⟦954.5万元⟧。", ("拨付救助金945.5万元。",)),
    Wording("解答群众咨询二千三百一十二次", "解答群众咨询⟦2132次⟧。", ("解答群众咨询2312次。",)),
    Wording("维修路灯683盏", "维修路灯⟦638盏⟧。", ("维修路灯683盏。",)),
    Wording("空气质量优良天数比例达82.6%", "空气质量优良天数比例达⟦86.2%⟧。", ("空气质量优良天数比例达82.6%。",)),
    Wording("征集意见建议267条", "征集意见建议⟦276条⟧。", ("征集意见建议267条。",)),
    Wording("新增养老床位540张", "新增养老床位⟦450张⟧。", ("新增养老床位540张。",)),
    Wording("组织志愿服务1.92万人次", "组织志愿服务⟦1.29万人次⟧。", ("组织志愿服务19200人次。",)),
    Wording("减免税费3180万元", "减免税费⟦3810万元⟧。", ("减免税费3180万元。",)),
    Wording("巡查地质灾害隐患点139处", "巡查地质灾害隐患点⟦193处⟧。", ("巡查地质灾害隐患点139处。",)),
    Wording("办结信访件382件", "办结信访件⟦328件⟧。", ("办结信访件382件。",)),
    Wording("为592家企业开展用能诊断", "为⟦529家⟧企业开展用能诊断。", ("为592家企业开展用能诊断。",)),
    Wording("实施高标准农田建设4.6万亩", "实施高标准农田建设⟦46万亩⟧。", ("实施高标准农田建设4.6万亩。",)),
    Wording("审计资金总额17.3亿元", "审计资金总额⟦17.3万元⟧。", ("审计资金总额17.3亿元。",)),
    Wording("图书馆接待读者26.4万人次", "图书馆接待读者⟦24.6万人次⟧。", ("图书馆接待读者26.4万人次。",)),
    Wording("签约家庭医生服务9.83万人", "签约家庭医生服务⟦9.38万人⟧。", ("签约家庭医生服务98300人。",)),
    Wording("处置突发事件67起", "处置突发事件⟦76起⟧。", ("处置突发事件67起。",)),
    Wording("更新消防水带820条", "更新消防水带⟦280条⟧。", ("更新消防水带820条。",)),
    Wording("疏浚渠道53.7公里", "疏浚渠道⟦57.3公里⟧。", ("疏浚渠道53.7公里。",)),
    Wording("完成技能鉴定1436人", "完成技能鉴定⟦1463人⟧。", ("完成技能鉴定1436人。",)),
    Wording("立案查处违法案件94起", "立案查处违法案件⟦49起⟧。", ("立案查处违法案件94起。",)),
    Wording("建成口袋公园18个、健身步道27公里", "建成口袋公园18个、健身步道⟦72公里⟧。", ("建成口袋公园18个、健身步道27公里。",)),
    Wording("录取新生2,415人", "录取新生⟦2451人⟧。", ("录取新生2415人。",)),
)  # fmt: skip


@breaks("G405", "a fact's digits changed about")
def _altered(clean: Clean) -> Iterator[Change]:
    yield from wrong(clean, _TABLE)


_EXCHANGED = (
    Wording("检查网吧35家、旅馆62家", "⟦检查网吧62家、旅馆35家。⟧", ("检查旅馆62家、网吧35家。",)),
    Wording("收到投诉158件，办结143件", "⟦收到投诉143件，办结158件。⟧", ("收到投诉158件，办结143件。",)),
    Wording("培训村干部76人、网格员214人", "⟦培训村干部214人、网格员76人。⟧", ("培训村干部76人、网格员214人。",)),
    Wording("拆除违建46处、围挡83处", "⟦拆除违建83处、围挡46处。⟧", ("拆除违建46处、围挡83处。",)),
)


@breaks("G405", "two numbers that changed places")
def _changed_places(clean: Clean) -> Iterator[Change]:
    """Either of the two is the place; the second is marked, as a reader comes upon it with the first in mind."""
    yield from wrong(clean, [replace(row, wrong=_second_marked(row.wrong)) for row in _EXCHANGED])


def _second_marked(sentence: str) -> str:
    """The mark put on the sentence's second number."""
    bare = sentence.strip("⟦⟧")
    at = max(bare.rfind(mark) for mark in "、，")
    first = next(index for index in range(at, len(bare)) if bare[index].isdigit())
    return f"{bare[:first]}⟦{bare[first:-1]}⟧{bare[-1]}"


@spares("G405", "the fact's number in another dress")
def _in_another_dress(clean: Clean) -> Iterator[Change]:
    yield from right(clean, (*_TABLE, *_EXCHANGED))


@spares("G401", "the fact's number in another dress")
def _held(clean: Clean) -> Iterator[Change]:
    yield from right(clean, _TABLE[::2])
