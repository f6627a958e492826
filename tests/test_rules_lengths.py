"""S112: sections against the profile's range."""

import pytest

from drafting.profile import Profile
from tests.builders import brief, found, profile, quotes, report

FACT = "检查企业218家次，查出问题95处。"
PROFILE = profile()  # 60 to 1500 characters


def of(*lengths: int, level: str = "一二三四五六") -> str:
    """A report whose sections hold that many characters."""
    parts = ["市应急管理局关于2024年上半年安全生产工作的专题报告"]
    for number, length in zip(level, lengths, strict=False):
        parts += [f"{number}、落实责任", "查" * max(length - 1, 0) + "。" * (length > 0)]
    return "\n".join(part for part in parts if part)


@pytest.mark.parametrize("length", [1, 2, 8, 20, 30, 45, 58, 59, 1501, 1502, 1600, 1999, 2400, 3000, 9000])
def test_a_section_outside_the_range(length: int) -> None:
    (finding,) = found(report(of(200, length, 300)), "S112", profile=PROFILE)
    assert finding.quote == "二、落实责任"
    assert str(length) in finding.message
    assert finding.expected == "60—1500 字"


@pytest.mark.parametrize("length", [60, 61, 75, 100, 150, 240, 300, 460, 600, 800, 999, 1200, 1400, 1499, 1500])
def test_a_section_inside_the_range(length: int) -> None:
    assert not found(report(of(200, length, 300)), "S112", profile=PROFILE)


@pytest.mark.parametrize(
    "text",
    [
        of(200, 0, 300),  # empty: S108
        of(200) + "\n二、下一步打算\n完成整改。",
        of(200) + "\n二、下半年工作安排\n完成整改。",
        of(200) + "\n下一步，市应急管理局将完成整改。",
        of(200) + "\n（一）小节\n查。",
    ],
)
def test_outlooks_and_empty_sections_have_no_length(text: str) -> None:
    assert not found(report(text), "S112", profile=PROFILE)


def test_white_space_and_the_outlook_below_the_last_section_do_not_count() -> None:
    short = (
        "市应急管理局关于2024年上半年安全生产工作的专题报告\n一、落实责任\n查 查　查。\n下一步，" + "查" * 100 + "。"
    )
    assert quotes(report(short, brief=brief(FACT)), "S112", profile=PROFILE) == ["一、落实责任"]


def test_without_a_profile_no_length_is_usual() -> None:
    nobody: Profile | None = None
    assert not found(report(of(1)), "S112", profile=nobody)
