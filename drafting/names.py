"""Names in Chinese text: 《titles》, organs, places, people. No gazetteer of everything: suffixes, and what cannot be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

NameKind = Literal["title", "organ", "place", "person"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `key` is the part whose presence in another text shows that the same thing is named there."""

    text: str
    start: int
    end: int
    kind: NameKind
    key: str


_TITLE = re.compile(r"《([^《》\n]{1,60})》")

_ORGAN_SUFFIX = (
    "委员会|领导小组|工作组|指挥部|办公室|人民政府|研究院|研究所|管理局|党委|党组|党校|集团|公司|银行|医院|学院|(?:大学|中学|小学)(?![习生者])|学校|"
    "法院|检察院|支队|大队|总队|协会|学会|商会|中心|基金会|工会|妇联|团委|纪委|政协|人大|"
    "[局厅](?![部面限势长])"
)
_ORGAN = re.compile(rf"[一-鿿]{{1,14}}?(?:{_ORGAN_SUFFIX})")
_PLACE = re.compile(
    r"[一-鿿]{2,4}?(?:自治区|自治州|自治县|省|市(?!场|民|值|级|政|域|区|直)|县(?!级|域|区|直)|[乡镇](?!村|镇|级)|街道|村(?!民|级|庄|委|居|干))"
)
_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
).split()
_PROVINCE = re.compile("|".join(_PROVINCES))

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_POST = "书记|省长|市长|县长|区长|镇长|乡长|局长|厅长|部长|处长|科长|主任|院长|校长|董事长|总经理|主席|委员|所长|站长|队长|组长"
_PERSON = re.compile(
    rf"(?:{_POST})(?P<after>[{_SURNAMES}][一-鿿]{{1,2}})(?=[、，。；同主带率出讲作亲到深赴调])|(?P<before>[{_SURNAMES}][一-鿿]{{1,2}})(?=同志|(?:副)?(?:{_POST}))"
)

# What a suffix pattern would take for a name: words that only speak of organs and places in general.
_GENERAL = re.compile(
    r"(?:各级|各类|各有关|各相关|相关|有关|上级|下级|本级|同级|基层|重点|全|各|我|本|该|其|每|两|多|个|一|所属|直属|下属|责任|主管|监管|职能|成员|牵头|"
    r"分|以|为|党|以人民为)+"
)
# For bodies that everyone has one of, what they are for names none in particular: 应急指挥中心, 工作领导小组.
_SOFT_SUFFIX = frozenset(["中心", "领导小组", "工作组", "指挥部", "办公室", "基金会", "党校", "学校"])
_PURPOSE = re.compile(
    _GENERAL.pattern[:-2] + r"|服务|数据|指挥|应急|培训|活动|文化|工作|会议|管理|信息|便民|监控|调度|党群)+"
)
# Verbs and particles that stand before a name without being part of it: 联合市公安局, 邀请县消防救援大队.
_LEADING = re.compile(
    r"^(?:[一二三四五六七八九十]是|市级|县级|省级|区级|乡级|镇级|各级|联合|会同|邀请|协调|协助|配合|指导|督促|组织|推动|推进|完成|建成|成立|设立|组建|新建|建设|开展|支持|服务|走访|深入|覆盖|包括|其中|"
    r"以及|并|在|对|向|与|和|及|由|为|到|从|把|将|被|让|给|赴|往|至|同|了|的|等|是|各|全|我|本|该|市|县|区|省|年|月|日|次|场|家|个|名|人)+"
)
_GENERAL_ORGAN_WORDS = re.compile(
    r"^(?:[^一-鿿]|全|各|我|本|该|县|市|区|省|级|党|的|了)*(?:结|格|布|大|全局|开|当|定|残|时|战|破|棋)?[局厅]$"
)
_COMMON_BIGRAMS = frozenset(
    (
        "全局 格局 布局 结局 大局 当局 开局 定局 时局 战局 破局 棋局 变局 我局 本局 该局 各局 客厅 餐厅 大厅 "
        "各厅 全市 我市 本市 各市 城市 县市 都市 上市 超市 门市 股市 楼市 入市 全县 我县 本县 各县 县县 全省 "
        "我省 本省 各省 外省 跨省 节省 反省 全镇 各镇 城镇 乡镇 集镇 市镇 小镇 重镇 全乡 各乡 城乡 家乡 下乡 "
        "返乡 异乡 全村 各村 农村 乡村 山村 驻村 新村 入村 进村 到村 帮村"
    ).split()
)


def find(text: str) -> list[Name]:
    """The names of a text in order; a 《title》 hides the names inside it."""
    titles = [Name(m.group(), m.start(), m.end(), "title", m.group(1).strip()) for m in _TITLE.finditer(text)]
    hidden = [(name.start, name.end) for name in titles]
    rest = [name for name in _unmarked(text) if not any(a <= name.start < b for a, b in hidden)]
    return sorted([*titles, *rest], key=lambda name: (name.start, name.end))


def stands_in(name: Name, known: str) -> bool:
    """Does the known text name the same thing? Titles must be there whole; of other names their key."""
    return name.key in known


def _unmarked(text: str) -> Iterator[Name]:
    for match in _ORGAN.finditer(text):
        key = _organ_key(match.group())
        if key:
            start = match.end() - len(key)
            yield Name(key, start, match.end(), "organ", key[-4:])
    for match in _PLACE.finditer(text):
        key = _place_key(match.group())
        if key:
            yield Name(key, match.end() - len(key), match.end(), "place", key)
    for match in _PROVINCE.finditer(text):
        yield Name(match.group(), match.start(), match.end(), "place", match.group())
    for match in _PERSON.finditer(text):
        group = "after" if match["after"] else "before"
        yield Name(match[group], match.start(group), match.end(group), "person", match[group])


_SUFFIX_END = re.compile(rf"(?:{_ORGAN_SUFFIX.replace('(?![部面限势长])', '')})$")


def _organ_key(candidate: str) -> str:
    """The last characters of an organ's name that tell it apart, or empty where the words name none in particular."""
    suffix = _SUFFIX_END.search(candidate)
    if suffix is None or candidate[-2:] in _COMMON_BIGRAMS or _GENERAL_ORGAN_WORDS.match(candidate):
        return ""
    stem = _LEADING.sub("", candidate[: suffix.start()])
    general = _PURPOSE if suffix.group() in _SOFT_SUFFIX else _GENERAL
    if not stem or general.fullmatch(stem):
        return ""
    return stem[-2:] + suffix.group()


def _place_key(candidate: str) -> str:
    """The last three characters of a place's name, or empty where the words name none: 联合市公安局 names no place 联合市."""
    stem = _LEADING.sub("", candidate[:-1])
    if candidate[-2:] in _COMMON_BIGRAMS or not stem or _GENERAL.fullmatch(stem):
        return ""
    return candidate[-3:]
