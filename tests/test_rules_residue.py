"""R601: places of somewhere else and words for oneself that the organ cannot use; and why reports name other places."""

from pathlib import Path

import pytest

from drafting.documents import read
from drafting.report import Report
from evals import divisions
from tests.builders import CLEAN, body, found, quotes, report

CITY, COUNTY = "郑州市应急管理局", "中牟县教育局"


@pytest.mark.parametrize(
    ("organ", "text", "quote", "severity"),
    [
        (CITY, "组织责任人到辉县市孟庄镇南李庄村开展帮扶。", "辉县市孟庄镇南李庄村", "warning"),
        (CITY, "走访慰问辉县市困难群众36户。", "辉县市", "warning"),
        (CITY, "检查新乡市危险化学品企业41家。", "新乡市", "warning"),
        (CITY, "对洛阳市栾川县12个乡镇开展检查。", "洛阳市栾川县", "warning"),
        (CITY, "在深圳市南山区发放资料5000份。", "深圳市南山区", "warning"),
        (COUNTY, "检查封丘县学校68所。", "封丘县", "warning"),
        (COUNTY, "向滑县留固镇发放家长书4.6万份。", "", "warning"),
        (CITY, "我县召开会议4次。", "我县", "error"),
        (CITY, "我镇组织培训12场。", "我镇", "error"),
        (CITY, "我村组织培训12场。", "我村", "error"),
        ("市应急管理局", "我县召开会议4次。", "我县", "error"),
        ("区教育局", "我县召开会议4次。", "我县", "error"),
        ("县教育局", "我镇召开会议4次。", "我镇", "error"),
        ("中牟县农业农村局", "我镇召开会议4次。", "我镇", "error"),
        ("市市场监督管理局", "我县召开会议4次。", "我县", "error"),
        (CITY, "为新乡市居民建立档案1.2万份。", "新乡市", "warning"),
        (CITY, "组织新乡市学生参加活动。", "新乡市", "warning"),
        (CITY, "我校组织培训12场。", "我校", "error"),
        (CITY, "我院组织培训12场。", "我院", "error"),
        (CITY, "我公司组织培训12场。", "我公司", "error"),
        ("县第一中学", "我局组织培训12场。", "我局", "error"),
        ("市人民医院", "我局组织培训12场。", "我局", "error"),
        ("市应急管理局", "全县召开会议4次。", "全县", "warning"),
    ],
)
def test_another_place_or_another_self(organ: str, text: str, quote: str, severity: str) -> None:
    findings = found(body(text, organ=organ), "R601")
    assert [(one.quote, one.severity) for one in findings] == ([(quote, severity)] if quote else [])


@pytest.mark.parametrize(
    ("organ", "text"),
    [
        (CITY, "到中牟县开展帮扶，检查新郑市企业41家。"),
        (CITY, "检查郑州市中原区企业41家。"),
        (CITY, "赴杭州市学习应急管理经验。"),
        (CITY, "对口支援哈密市伊州区，派出干部12名。"),
        (CITY, "深刻吸取安阳市火灾事故教训，检查企业218家次。"),
        (CITY, "参加在深圳市举办的安全应急博览会。"),
        (CITY, "与洛阳市签订应急联动协议。"),
        (CITY, "参加黄河流域协同会议，开封市、新乡市等地参会。"),
        (CITY, "学习借鉴“苏州市智慧应急”做法。"),
        (CITY, "落实河南省安全生产条例，参照浙江省做法。"),
        (CITY, "健全市场监管机制，东方市场检查12次。"),
        (CITY, "我市召开会议4次，我省出台条例。"),
        (CITY, "帮助我们区分责任，自我县域治理。"),
        (CITY, "群众说：“我县变化大。”"),
        (CITY, "中牟县在全县推广经验。"),
        ("县教育局", "我市下达任务36项，我省出台条例，全市排名第一。"),
        ("市应急管理局", "到辉县市孟庄镇南李庄村开展结对帮扶。"),
        ("新乡市应急管理局", "到辉县市孟庄镇南李庄村开展结对帮扶。"),
        ("", "我县召开会议4次。"),
        ("县第一中学", "我校组织培训12场。"),
        ("国务院办公厅", "重庆市巫山县培石乡受灾。"),
    ],
)
def test_places_that_a_report_may_name(organ: str, text: str) -> None:
    assert not found(body(text, organ=organ), "R601")


def test_another_city_in_title_or_signature_is_an_error() -> None:
    signed: Report = report(CLEAN.replace("\n市应急管理局\n", "\n新乡市应急管理局\n"), organ=CITY)
    assert [(one.quote, one.severity) for one in found(signed, "R601")] == [("新乡市", "error")]


def test_a_city_that_is_not_named_is_the_recipient_s() -> None:
    sent = CLEAN.replace("市人民政府：", "郑州市人民政府：").replace("召开安全工作调度会6次", "检查新乡市企业6家")
    assert quotes(report(sent), "R601") == ["新乡市"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("河南省新乡市卫辉市", ["新乡市卫辉市"]),
        ("拉萨市与自治区", ["拉萨市"]),
        ("健全市场、完成县道、西南山区、城市更新", []),
        ("东方市场与东方市", ["东方市"]),
        ("卫辉市持续推进农村改革", ["卫辉市"]),
        ("南京市，苏州市、昆山市", ["南京市", "苏州市", "昆山市"]),
    ],
)
def test_divisions_are_read_with_what_stands_around_them(text: str, names: list[str]) -> None:
    assert [one.name.removeprefix("河南省") for one in divisions.find(text)] == names


EXEMPLAR = Path(__file__).parents[1].parent / "shared" / "data" / "exemplar"


@pytest.mark.skipif(not EXEMPLAR.is_dir(), reason="没有随附的范文")
def test_the_exemplar_s_village_is_foreign_to_another_city_and_at_home_in_its_own() -> None:
    (path,) = EXEMPLAR.glob("*.txt")
    whole = read(path).report
    for organ, expected in ((CITY, 1), ("新乡市应急管理局", 0), (whole.organ, 1)):
        assert len(quotes(Report(whole.blocks, organ=organ), "R601")) == expected


@pytest.mark.parametrize("organ", ["市XX局", "某局党组", "××县教育局"])
def test_a_village_beside_a_blank_organ_is_somebody_else_s(organ: str) -> None:
    text = CLEAN.replace("市应急管理局", organ).replace("3月10日至4月20日开展", "在辉县市孟庄镇南李庄村开展")
    (finding,) = found(report(text, organ=organ), "R601")
    assert (finding.quote, finding.severity) == ("辉县市孟庄镇南李庄村", "warning")


def test_a_town_that_was_visited_is_no_residue_beside_a_blank_organ() -> None:
    text = CLEAN.replace("市应急管理局", "市XX局").replace("3月10日至4月20日开展", "赴辉县市孟庄镇考察后开展")
    assert not found(report(text, organ="市XX局"), "R601")
