"""Colloquial words (Y703) and words taken for their neighbours (Y705)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_COLLOQUIAL = (
    # what stands there, a formal word in its place, and the sentence around it
    ("咱", "我", "{}们科室完成任务36项。"),
    ("啥", "什么", "群众反映{}问题就解决{}问题。"),
    ("咋", "怎么", "针对{}整改、谁来整改，逐项明确。"),
    ("挺好", "良好", "整改效果{}，群众认可。"),
    ("好多", "许多", "走访了{}企业，收集意见46条。"),
    ("弄好", "做好", "把台账{}，把底数摸清。"),
    ("搞定", "完成", "重点任务全部{}。"),
    ("靠谱", "可靠", "优选{}的服务机构4家。"),
    ("一大堆", "大量", "积压事项{}，经集中办理全部清零。"),
    ("差不多了", "基本完成", "改造工程{}。"),
    ("压根", "根本", "个别单位{}没有建立台账。"),
    ("赶紧", "尽快", "督促责任单位{}完成整改。"),
    ("掉链子", "出现疏漏", "确保关键环节不{}。"),
    ("没准", "可能", "不及时处理{}造成更大损失。"),
    ("大伙儿", "大家", "组织{}学习文件12份。"),
    ("有点儿", "略", "进度{}滞后的项目3个。"),
    ("这会儿", "目前", "{}已进入验收阶段。"),
    ("没办法", "无法", "受条件限制，{}一次性完成。"),
    ("吃不消", "难以承受", "基层反映报表多、{}。"),
    ("忽悠", "欺骗", "严查{}群众的虚假宣传12起。"),
    ("铁定", "必定", "年底前{}完成任务。"),
    ("麻溜", "迅速", "接到通知后{}到位。"),
    ("那会儿", "当时", "{}条件有限，设施较为陈旧。"),
    ("一点儿", "一些", "节约了{}经费。"),
    ("大家伙儿", "大家", "{}的积极性明显提高。"),
    ("杠杠的", "过硬", "队伍素质{}。"),
    ("干货满满", "内容充实", "培训{}，参训人员86人。"),
    ("我觉得", "我认为", "{}应当进一步加大投入。"),
    ("说白了", "归根结底", "{}，是责任落实不到位。"),
    ("乱七八糟", "杂乱无序", "整治档案存放{}问题9个。"),
    ("稀里糊涂", "不清不楚", "纠正底数{}问题3个。"),
    ("凑合", "应付", "杜绝{}思想，严把质量关。"),
    ("瞅", "看", "到现场{}一{}，把问题找准。"),
    ("甭", "不必", "群众{}再跑第二趟。"),
    ("那儿", "那里", "从群众{}收集意见17条。"),
)

_NOT_COLLOQUIAL = (
    "补给力量充足，供给力度加大，按需配给力所能及。",
    "开展友好多方会商，更好多样化服务群众。",
    "通报令人咋舌的案例3起，开展警示教育。",
    "没准备充分的单位暂缓验收。",
    "压根据实际情况调整方案，稳妥推进。",
    "检查网吧、酒吧、书吧36家。",
    "说实话、办实事、求实效，作风明显转变。",
    "整治“差不多”“挺好”等敷衍应付问题。",
    "印发《咱们村的安全手册》5000册。",
    "查处弄虚作假问题2个，摸清底数、弄清情况。",
    "搞好服务、搞活经营，盘活资产126万元。",
    "督促企业抓紧完成整改，赶在汛期前销号。",
    "那儿童活动区加装防护设施18处。",
    "没准入资格的单位不予受理。",
    "老百姓满意度98.2%，获得感增强。",
    "整治瞎指挥、乱作为问题1个。",
    "“啥时候能修好？”群众的关切得到回应。",
    "布局紧凑合理，功能分区明确。",
    "友好多边交流活动顺利举办。",
)

_CONFUSED = (
    ("截止", "截至", "{}6月底，完成投资2600万元。"),
    ("截止", "截至", "{}目前，受理事项860件。"),
    ("截止到", "截至", "{}年底，建成站点42个。"),
    ("截止", "截至", "各项工作有序推进，{}{y}年3月31日已完成过半。"),
    ("即要", "既要", "{}抓当前，又要谋长远。"),
    ("即是", "既是", "{}机遇，也是挑战。"),
    ("既使", "即使", "{}遇到困难，也要按期完成。"),
    ("既将", "即将", "平台{}投入使用。"),
    ("即定", "既定", "完成{}目标，任务如期收官。"),
    ("即然", "既然", "{}承诺就要兑现。"),
    ("权利", "权力", "推行{}清单制度，公开事项86项。"),
    ("权利", "权力", "规范行政{}，强化监督。"),
    ("权力", "权利", "维护公民{}，办理案件12件。"),
    ("必需", "必须", "{}坚持问题导向，逐项整改。"),
    ("做为", "作为", "{}牵头单位，细化措施9条。"),
    ("反应", "反映", "如实{}整改情况。"),
    ("反应", "反映", "办结群众{}的问题46件。"),
    ("布署", "部署", "工作{}到位，责任明确。"),
    ("按步就班", "按部就班", "各项任务{}推进。"),
    ("再接再励", "再接再厉", "{}，争创一流业绩。"),
    ("防犯", "防范", "{}化解风险12项。"),
    ("以经", "已经", "主体工程{}完成。"),
    ("园满", "圆满", "{}完成年度任务。"),
    ("付局长", "副局长", "{}带队督导3次。"),
    ("予案", "预案", "修订应急{}12个。"),
    ("一如继往", "一如既往", "{}做好服务保障。"),
    ("幅射", "辐射", "{}带动周边单位14家。"),
    ("松驰", "松弛", "作风{}问题得到纠正。"),
    ("防碍", "妨碍", "清理{}通行的障碍物37处。"),
    ("立杆见影", "立竿见影", "整治效果{}。"),
    ("融汇贯通", "融会贯通", "学习理论{}，联系实际。"),
    ("未雨稠缪", "未雨绸缪", "{}，提前储备物资210件。"),
    ("责无旁代", "责无旁贷", "抓好落实{}。"),
    ("复盖", "覆盖", "服务网点{}全部社区。"),
    ("予防", "预防", "加强事故{}，排查隐患58处。"),
    ("集思广义", "集思广益", "广泛征求意见，{}。"),
    ("因地治宜", "因地制宜", "坚持{}、分类施策。"),
    ("己经", "已经", "主体工程{}封顶，完成投资320万元。"),
    ("竟争", "竞争", "开展竞聘上岗，引入{}机制。"),
    ("峻工", "竣工", "新建站点{}验收，共计8个。"),
    ("浪废", "浪费", "坚决制止餐饮{}，开展检查12次。"),
    ("辩识", "辨识", "开展风险{}，建立清单57份。"),
    ("历行节约", "厉行节约", "坚持{}，压减支出26万元。"),
    ("名列前矛", "名列前茅", "综合考评{}，得分96.2分。"),
    ("通迅", "通讯", "更新{}设备18台。"),
    ("座落", "坐落", "新建场馆{}于城区东部。"),
)

_NOT_CONFUSED = (
    "报名截止时间为6月20日，于当日截止受理。",
    "申报截止日期前收到材料46份。",
    "立即要求责任单位整改，又要加强复查。",
    "平台即将启用，即有9家单位入驻。",
    "这既是机遇也是挑战，既定目标如期完成。",
    "维护职工权利，落实权力清单，公开事项86项。",
    "国家权力机关依法监督，当事人依法享有陈述权利。",
    "生活必需品供应充足，工作必需的经费已落实。",
    "选派能做为群众办实事的干部24名。",
    "应急反应迅速，化学反应装置运行平稳。",
    "群众反应强烈的问题得到解决。",
    "给予防护用品120套，授予算法创新奖1个。",
    "对逾期未报的不予算入考核基数。",
    "加以经常性检查，可以经营的网点全部开放。",
    "公园满意度达98%，校园满载希望。",
    "支付主任医师津贴12万元，交付书记员卷宗36份。",
    "反复盖章事项减少3项，流程进一步优化。",
    "落实《截止6月底任务清单》，逐项销号。",
    "纠正“按步就班”“布署”等错别字46处。",
    "指导农户自己经营网点31个，沟通迅速、反馈及时。",
    "资金来自已建成项目的收益，共计126万元。",
    "在规定时限内做为期三天的培训。",
)


def _clause(wrong: str, right: str, sentence: str, year: int) -> str:
    """The sentence with the wrong word at its first {}, marked, and the right one at every other."""
    before, _, after = sentence.replace("{y}", str(year)).partition("{}")
    return f"{before}⟦{wrong}⟧{after.replace('{}', right)}"


def _plain(right: str, sentence: str, year: int) -> str:
    return sentence.replace("{y}", str(year)).replace("{}", right)


@breaks("Y703", "a colloquial word")
def colloquial(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, right, sentence) in clean.dealt(_COLLOQUIAL):
        yield clean.put(_clause(wrong, right, sentence, clean.period.year), turn)


@breaks("Y703", "in the lead, a heading or the outlook")
def colloquial_elsewhere(clean: Clean) -> Iterator[Report]:
    yield _elsewhere(clean, "全力⟦搞定⟧重点任务")


@spares("Y703", "the formal word")
def formal(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_COLLOQUIAL):
        yield clean.put(_plain(right, sentence, clean.period.year), turn)


@spares("Y703", "words that only contain them, and other people's")
def not_colloquial(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOT_COLLOQUIAL):
        yield clean.put(sentence, turn)


@breaks("Y705", "a word for its neighbour")
def confused(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, right, sentence) in clean.dealt(_CONFUSED):
        yield clean.put(_clause(wrong, right, sentence, clean.period.year), turn)


@breaks("Y705", "in the lead, a heading or the outlook")
def confused_elsewhere(clean: Clean) -> Iterator[Report]:
    yield _elsewhere(clean, "周密⟦布署⟧重点任务")


@spares("Y705", "the word that was meant")
def the_word_that_was_meant(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_CONFUSED):
        yield clean.put(_plain(right, sentence, clean.period.year), turn)


@spares("Y705", "where the word is right")
def not_confused(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOT_CONFUSED):
        yield clean.put(sentence, turn)


def _elsewhere(clean: Clean, words: str) -> Report:
    """The words as a heading, in the lead or in the outlook, another for the next clean report."""
    heading, lead, outlook = clean.section("last").start, clean.of_type("lead")[0], clean.of_type("outlook")[0]
    match clean.seat % 3:
        case 0:
            return clean.at(heading, replace(clean.blocks[heading], words=words))
        case 1:
            text = clean.blocks[lead].text.replace("现将", f"按照要求，{words}。现将", 1)
            return clean.at(lead, Block("lead", text))
    return clean.at(outlook, Block("outlook", f"{clean.blocks[outlook].text}同时，{words}。"))
