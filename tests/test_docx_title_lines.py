"""Titles in several lines: joined they are the title, none is too wide, and no number, title or name is cut."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.documents.measure import width
from drafting.documents.title_lines import MOST_CHARACTERS, break_title

NAMES = ("市应急管理局", "市供水集团有限公司", "生产经营工作", "安全生产工作", "家庭医生签约服务")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("县交通运输局2024年交通运输工作总结", ["县交通运输局2024年交通运输工作总结"]),
        ("市供水集团有限公司2022年生产经营工作总结", ["市供水集团有限公司", "2022年生产经营工作总结"]),
        ("市应急管理局关于2024年上半年安全生产工作的专题报告", ["市应急管理局关于2024年上半年", "安全生产工作的专题报告"]),
        ("市人民政府办公室关于印发《市突发事件总体应急预案》的通知", ["市人民政府办公室关于印发", "《市突发事件总体应急预案》的通知"]),
        ("区卫生健康局关于2024年第三季度家庭医生签约服务情况的汇报", ["区卫生健康局关于2024年第三季度", "家庭医生签约服务情况的汇报"]),
    ],
)  # fmt: skip
def test_titles(title: str, lines: list[str]) -> None:
    assert list(break_title(title, NAMES)) == lines


def test_three_lines_are_no_hourglass() -> None:
    title = "市卫生健康委员会关于2024年第三季度基层医疗卫生机构能力建设和家庭医生签约服务情况的汇报"
    lines = break_title(title, ("市卫生健康委员会", "基层医疗卫生机构能力建设"))
    first, middle, last = map(width, lines)
    assert not (middle < first and middle < last)
    assert "基层医疗卫生机构能力建设" in "".join(lines)
    assert any("基层医疗卫生机构能力建设" in line for line in lines)


@pytest.mark.parametrize(
    "whole",
    ["2024年1月15日至6月30日", "《中华人民共和国安全生产法》", "二〇二四年上半年", "“双随机、一公开”", "123,456.78"],
)
def test_kept_whole(whole: str) -> None:
    for before in ("市应急管理局关于", "市应急管理局党组关于全市", "全市各级应急管理部门贯彻落实"):
        lines = break_title(f"{before}{whole}贯彻执行情况以及下一步工作安排的专题报告", NAMES)
        assert any(whole in line for line in lines), lines


PARTS = "市应急管理局 关于 2024年上半年 安全生产工作 的 、 和 《办法》 （试行） 推进 报告 甲乙丙丁戊 GDP".split()


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=14).map("".join))
def test_lines_join_to_the_title_and_fit(title: str) -> None:
    lines = break_title(title, NAMES)
    assert "".join(lines) == title
    assert all(line and width(line) <= MOST_CHARACTERS for line in lines)


@given(st.text(st.sampled_from("安全生产工作的和、，《》“”（）2024年GDP关于 "), min_size=1, max_size=200))
def test_any_text_is_broken_without_loss(title: str) -> None:
    assert "".join(break_title(title, NAMES)) == title


@given(
    st.lists(
        st.sampled_from(["推进", "安全", "的", "、", "，", "生产", "工作", "情况", "报告", "》"]),
        min_size=12,
        max_size=20,
    ).map("".join)
)
def test_no_line_begins_with_a_mark(title: str) -> None:
    for line in break_title(title)[1:]:
        assert not re.match("[的、，》]", line) or re.search("[的、，》]{10}", title)


def test_titles_beyond_all_measure_are_quick() -> None:
    started = time.process_time()
    for length in (60, 79, 81, 3000):
        assert "".join(break_title("国" * length)) == "国" * length
    assert time.process_time() - started < 5
