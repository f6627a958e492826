"""D305: anniversaries against the year that the sentence or the report speaks of."""

import pytest

from tests.builders import body, found


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("2024年是建国70周年。", "建国70周年", "建国75周年"),
        ("今年是新中国成立七十周年。", "新中国成立七十周年", "新中国成立七十五周年"),
        ("今年恰逢中国共产党成立100周年。", "中国共产党成立100周年", "中国共产党成立103周年"),
        ("2024年是新中国成立75周年，也是澳门回归祖国20周年。", "澳门回归祖国20周年", "澳门回归祖国25周年"),
        ("2023年是改革开放４０周年。", "改革开放４０周年", "改革开放45周年"),
        ("二〇二四年是建国70周年。", "建国70周年", "建国75周年"),
        ("2024年10月1日是建国70周年纪念日。", "建国70周年", "建国75周年"),
        ("2024年我国喜迎新中国成立70周年。", "新中国成立70周年", "新中国成立75周年"),
    ],
)
def test_with_its_year_in_the_sentence_it_must_be_exact(text: str, quote: str, expected: str) -> None:
    (finding,) = found(body(text), "D305")
    assert (finding.quote, finding.expected, finding.severity) == (quote, expected, "error")
    assert "−" in finding.evidence


def test_the_year_in_the_sentence_needs_no_period() -> None:
    (finding,) = found(body("2024年是建国70周年。", period=None, issued=None), "D305")
    assert finding.evidence.startswith("2024 − 1949 = 75")
    assert not found(body("今年是建国70周年。", period=None, issued=None), "D305")


@pytest.mark.parametrize(
    "text",
    [
        "2024年是建国75周年。",
        "以优异成绩庆祝新中国成立75周年。",
        "开展庆祝中国共产党成立102周年活动。",
        "2019年，隆重庆祝新中国成立70周年。",
        "到建党一百五十周年时实现目标。",
        "新加坡建国50周年之际，来访团组12个。",
        "朝鲜民主主义人民共和国成立70周年。",
        "学习《庆祝改革开放40周年大会上的讲话》精神。",
        "我局建局30周年。",
        "回顾过去五年，出席联合国成立75周年系列活动。",
    ],
)
def test_what_is_right_or_cannot_be_reckoned(text: str) -> None:
    assert not found(body(text), "D305")


@pytest.mark.parametrize("opening", ["组织庆祝", "举办", "围绕", "值此"])
def test_without_a_year_beyond_one_on_either_side_it_is_a_warning(opening: str) -> None:
    (finding,) = found(body(f"{opening}新中国成立70周年文艺演出。"), "D305")
    assert (finding.severity, finding.expected) == ("warning", "新中国成立75周年")


def test_what_is_not_sure_is_never_an_error() -> None:
    (finding,) = found(body("2024年是和平共处五项原则发表60周年。"), "D305")
    assert finding.severity == "warning"


def test_this_year_in_a_yearly_report_of_january_may_be_either() -> None:
    for count in (75, 76):
        assert not found(body(f"今年是新中国成立{count}周年。", period="2024年", issued="2025-01-10"), "D305")
    assert found(body("今年是新中国成立74周年。", period="2024年", issued="2025-01-10"), "D305")
