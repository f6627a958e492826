"""Another unit's words for itself, and places of somewhere else, left in a report (R601)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafting.report import Report, loads
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Who reports, and to whom, in place of the clean report's own."""

    organ: str
    recipient: str


_CITY = _Renamed("洛阳市水利局", "洛阳市人民政府")
_COUNTY = _Renamed("中牟县农业农村局", "中牟县人民政府")
_SCHOOL = _Renamed("绵阳市实验中学", "绵阳市教育体育局")
_HOSPITAL = _Renamed("常州市中医医院", "常州市卫生健康委员会")
_COMPANY = _Renamed("湖州市公交集团有限公司", "湖州市人民政府")
_TOWN = _Renamed("古桥镇人民政府", "中牟县人民政府")

_ANOTHER_SELF = (
    # who reports, and how another unit speaks of itself
    (_CITY, "⟦我县⟧召开推进会议4次，部署任务36项。"),
    (_CITY, "今年以来，⟦我县⟧持续加大投入，完成投资2600万元。"),
    (_CITY, "经综合考评，⟦我镇⟧位居前列。"),
    (_CITY, "⟦我乡⟧组织志愿服务活动12场。"),
    (_CITY, "针对存在问题，⟦我村⟧制定整改措施9条。"),
    (_CITY, "⟦我校⟧组织师生参加宣传活动，参加人员860人。"),
    (_CITY, "⟦我院⟧开展业务培训6期。"),
    (_CITY, "⟦我公司⟧落实安全责任，签订责任书24份。"),
    (_CITY, "通过努力，⟦我县⟧的做法得到上级肯定。"),
    (_COUNTY, "⟦我镇⟧落实工作专班，明确责任人14名。"),
    (_COUNTY, "⟦我乡⟧完成改造42户。"),
    (_COUNTY, "在上级支持下，⟦我村⟧新建活动场所1处。"),
    (_COUNTY, "⟦我校⟧修订管理制度7项。"),
    (_COUNTY, "⟦我院⟧选派骨干11名参加进修。"),
    (_COUNTY, "⟦我公司⟧加强设备检修，检修设备31台。"),
    (_SCHOOL, "⟦我局⟧开展督导检查12次，发现问题17个。"),
    (_SCHOOL, "⟦我公司⟧组织职工培训9期。"),
    (_SCHOOL, "下半年以来，⟦我局⟧扎实推进各项工作。"),
    (_SCHOOL, "⟦我厅⟧印发通知2份。"),
    (_HOSPITAL, "⟦我局⟧组织应急演练3场。"),
    (_HOSPITAL, "⟦我公司⟧完成设备更新18台。"),
    (_HOSPITAL, "⟦我厅⟧召开调度会议2次。"),
    (_COMPANY, "⟦我局⟧受理来信46件，全部办结。"),
    (_COMPANY, "⟦我校⟧开展消防演练2次。"),
    (_COMPANY, "⟦我厅⟧牵头制定实施方案1份。"),
    (_TOWN, "⟦我村⟧新修道路3.6公里。"),
    (_TOWN, "⟦我村⟧开展入户走访，走访260户。"),
)

_ANOTHER_PLACE = (
    (_CITY, "对⟦新乡市卫辉市⟧9个点位开展检查，发现问题17个。"),
    (_CITY, "走访慰问⟦辉县市⟧困难群众36户。"),
    (_CITY, "完成⟦安阳市⟧水库除险加固任务7项。"),
    (_CITY, "向⟦封丘县⟧各乡镇发放资料5000份。"),
    (_COUNTY, "检查⟦周口市⟧种植基地41家。"),
    (_COUNTY, "组织人员到⟦辉县市孟庄镇⟧开展结对走访。"),
    (_SCHOOL, "组织⟦内江市⟧学生参加实践活动860人次。"),
    (_HOSPITAL, "为⟦徐州市⟧居民建立健康档案1.2万份。"),
    (_COMPANY, "更新⟦金华市⟧公交站亭42座。"),
    (_TOWN, "完成⟦信阳市⟧农田整治1260亩。"),
)

_LEGITIMATE = (
    (_CITY, "赴杭州市学习先进经验，形成报告2份。"),
    (_CITY, "对口支援哈密市，派出干部12名。"),
    (_CITY, "深刻吸取郑州市暴雨灾害教训，排查隐患58处。"),
    (_CITY, "与三门峡市签订流域联防联控协议。"),
    (_CITY, "参加在西安市举办的行业博览会。"),
    (_CITY, "在栾川县、嵩县开展现场指导18次，覆盖偃师区。"),
    (_CITY, "我市降雨量偏多，我省启动应急响应。"),
    (_CITY, "健全市场监管联动机制，规范全市场秩序。"),
    (_CITY, "群众反映：“我县变化很大，我村也通了自来水。”"),
    (_CITY, "推广《我县水利建设纪实》，印制600册。"),
    (_CITY, "帮助我们区分责任边界，激发自我县域治理能力。"),
    (_COUNTY, "全县召开会议4次，我县农田建设排名靠前。"),
    (_COUNTY, "我市下达任务36项，我省出台实施意见。"),
    (_COUNTY, "从山东省寿光市引进蔬菜新品种9个。"),
    (_COUNTY, "农产品销往北京市、武汉市，销售额860万元。"),
    (_SCHOOL, "我校教师赴成都市参加教研活动46人次。"),
    (_SCHOOL, "我市中考改革平稳推进，我校制定方案1份。"),
    (_HOSPITAL, "我院与上海市三级医院开展远程会诊合作。"),
    (_HOSPITAL, "接收来自镇江市的进修医师6名，我院安排导师带教。"),
    (_COMPANY, "我公司与宁波市公交企业开展经验交流。"),
    (_TOWN, "我镇召开会议9次，我县下达任务12项。"),
)


def _as(clean: Clean, unit: _Renamed) -> Clean:
    """The same report of another unit, which every place that names the clean one's organ or recipient now names."""
    text = clean.report.dumps().decode()
    for old, new in ((clean.brief.organ, unit.organ), (clean.brief.recipient, unit.recipient)):
        text = text.replace(old, new) if old else text
    return replace(clean, report=loads(text.encode()))


@breaks("R601", "another unit's word for itself")
def another_self(clean: Clean) -> Iterator[Report]:
    for turn, (unit, sentence) in clean.dealt(_ANOTHER_SELF):
        yield _as(clean, unit).put(sentence, turn)


@breaks("R601", "in the title, the signature, the lead, a heading or the outlook")
def another_self_elsewhere(clean: Clean) -> Iterator[Report]:
    city = _as(clean, _CITY)
    signature, title = city.of_type("signature")[0], city.of_type("title")[0]
    lead, outlook, heading = city.of_type("lead")[0], city.of_type("outlook")[0], city.section("last").start
    match clean.seat % 5:
        case 0:
            yield city.at(signature, replace(city.blocks[signature], words="⟦新乡市⟧水利局"))
        case 1:
            words = city.blocks[title].text.replace("洛阳市", "⟦许昌市⟧")
            yield city.at(title, replace(city.blocks[title], words=words))
        case 2:
            words = city.blocks[lead].text.replace("现将", "⟦我县⟧各项任务平稳推进。现将", 1)
            yield city.at(lead, replace(city.blocks[lead], words=words))
        case 3:
            yield city.at(heading, replace(city.blocks[heading], words="⟦我县⟧重点任务落实情况"))
        case 4:
            words = f"{city.blocks[outlook].text}⟦我县⟧将巩固成果。"
            yield city.at(outlook, replace(city.blocks[outlook], words=words, points=()))


@breaks("R601", "a place of somewhere else")
def another_place(clean: Clean) -> Iterator[Change]:
    for turn, (unit, sentence) in clean.dealt(_ANOTHER_PLACE):
        yield Change(_as(clean, unit).put(sentence, turn), severity="warning")


@spares("R601", "the unit's own words and places")
def its_own(clean: Clean) -> Iterator[Report]:
    for unit, words in (
        (_CITY, ("我市", "我局")),
        (_COUNTY, ("我县", "我局")),
        (_SCHOOL, ("我市", "我校")),
        (_HOSPITAL, ("我市", "我院")),
        (_COMPANY, ("我市", "我公司")),
    ):
        for turn, word in clean.dealt(words):
            yield _as(clean, unit).put(f"{word}组织专题培训8期，培训260人次。", turn)


@spares("R601", "places that a report may name")
def legitimate(clean: Clean) -> Iterator[Report]:
    for turn, (unit, sentence) in clean.dealt(_LEGITIMATE):
        yield _as(clean, unit).put(sentence, turn)
