"""Y702: years of two digits and mixed numerals, and the durations and names that only look like them."""

import pytest

from tests.builders import body, found


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("24年上半年检查企业218家次。", "24年", "2024年"),
        ("比23年同期增长5.3%。", "23年", "2023年"),
        ("23年底完成整改。", "23年", "2023年"),
        ("24年3月开展排查。", "24年", "2024年"),
        ("24年度考核合格。", "24年", "2024年"),
        ("24年第二季度召开会议2次。", "24年", "2024年"),
        ("24年一季度召开会议2次。", "24年", "2024年"),
        ("自22年以来，召开会议16次。", "22年", "2022年"),
        ("从21年起，每年开展排查。", "21年", "2021年"),
        ("较22年下降3.2%。", "22年", "2022年"),
        ("25年初完成整改。", "25年", "2025年"),
        ("23—24年度考核合格。", "23—24年度", "2023—2024年度"),
        ("每组安排3至五人。", "3至五人", ""),
        ("每组安排三至5人。", "三至5人", ""),
        ("每轮五—10天。", "五—10天", ""),
        ("每轮3天至五天。", "3天至五天", ""),
        ("2024年六月召开会议。", "2024年六月", ""),
        ("二〇二四年6月召开会议。", "二〇二四年6月", ""),
        ("6月三十日召开会议。", "6月三十日", ""),
        ("十二月5日，召开会议。", "十二月5日", ""),
        ("2024年十一月5日，召开会议。", "2024年十一月5日", ""),
        ("与23年相比，减少12件。", "23年", "2023年"),
        ("23年，检查企业190家次。", "23年", "2023年"),
    ],
)
def test_cut_years_and_mixed_numerals(text: str, quote: str, expected: str) -> None:
    (finding,) = found(body(text), "Y702")
    assert (finding.quote, finding.expected, finding.severity) == (quote, expected, "warning")
    assert "规定" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "2024年上半年检查企业218家次。",
        "近20年来，事故逐年下降。",
        "从事安全工作12年，获评先进。",
        "历时24年，建成平台。",
        "连续10年度考核优秀。",
        "有效期12年6个月。",
        "12年级学生126人。",
        "60年底蕴深厚的企业。",
        "学习“24年上半年”的写法。",
        "每组安排3至5人，三至五天一轮。",
        "二〇二四年六月三十日。",
        "选派干部3人到一个村驻点。",
        "2024年6月至8月开展排查。",
        "2024年三月三民族节日期间值守。",
        "十月革命纪念日期间值守。",
        "第3至第5组参加。",
        "98年底建成的厂房41处。",
        "风力一至六级。",
        "12年，弹指一挥间。",
    ],
)
def test_durations_names_and_numerals_of_one_kind(text: str) -> None:
    assert not found(body(text), "Y702")


def test_without_a_date_of_its_own_the_century_is_this_one() -> None:
    (finding,) = found(body("24年上半年检查企业218家次。", period=None, issued=None), "Y702")
    assert finding.expected == "2024年"


def test_an_old_report_s_cut_year_is_of_its_own_century() -> None:
    (finding,) = found(body("98年底完成整改。", period="1999年上半年", issued="1999-07-05"), "Y702")
    assert finding.expected == "1998年"
