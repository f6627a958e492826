"""Profiles: the shipped ones load, and a wrong one is told everything that is wrong with it."""

from dataclasses import replace
from pathlib import Path

import pytest

from drafting import profiles
from drafting.errors import ProfileError
from drafting.profile import Layout, SectionRule

PLAIN = """\
kind: safety-report
name: 安全报告
title: "{organ}关于{period}{topic}的{name}"
lead:
  - "{period}，{organ}围绕{themes}，推进{topic}。"
sections:
  free: true
  known:
    - name: 存在问题
      keywords: [存在问题, 问题和不足]
      required: true
numbering: [一、, （一）, 1.]
points:
  style: enumerated
  enumerators: [一是, 二是, 三是]
  per_section: [1, 3]
section_length: [60, 1500]
outlook:
  heading: ""
  formula: "下一步，{organ}将{items}。"
requires: [lead, outlook]
layout:
  line_pitch: 28.5
  seal: true
"""


def complaints(text: str) -> str:
    with pytest.raises(ProfileError) as caught:
        profiles.loads(text, "文种.yaml")
    return str(caught.value)


def without(line: str, instead: str = "") -> str:
    assert line in PLAIN
    return PLAIN.replace(line, instead)


@pytest.mark.parametrize("kind", profiles.known())
def test_every_shipped_profile_loads(kind: str) -> None:
    profile = profiles.load(kind)
    assert profile.kind == kind
    assert len(profile.fingerprint) == 64
    assert profiles.load(profile.name) is profile


def test_three_kinds_are_shipped() -> None:
    assert set(profiles.known()) >= {"briefing", "special-report", "work-summary"}


def test_reads_every_field() -> None:
    profile = profiles.loads(PLAIN, "文种.yaml")
    assert (profile.kind, profile.name) == ("safety-report", "安全报告")
    assert profile.sections == (SectionRule("存在问题", ("存在问题", "问题和不足"), required=True),)
    assert profile.numbering == ("一、", "（一）", "1.")
    assert (profile.point_style, profile.points_per_section, profile.section_length) == (
        "enumerated",
        (1, 3),
        (60, 1500),
    )
    assert profile.requires == {"lead", "outlook"}
    assert profile.layout == replace(Layout(), line_pitch=28.5, seal=True)
    assert profile.outlook_heading == ""


def test_fingerprint_is_that_of_the_content_not_of_its_comments() -> None:
    plain = profiles.loads(PLAIN, "文种.yaml").fingerprint
    assert profiles.loads("# 说明\n" + PLAIN, "别处.yaml").fingerprint == plain
    assert profiles.loads(without("三是", "再是"), "文种.yaml").fingerprint != plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "文种.yaml:1:1: 文种文件是空的"),
        (without("name: 安全报告\n"), "1:1: 文种缺少 name（文种名称）"),
        (without("safety-report", "安全"), "1:7: kind“安全”应由小写字母"),
        (without("{themes}", "{thems}"), "5:5: lead 里没有“{thems}”这个空，可用：{organ}、{period}"),
        (without("{themes}", "{organ.__class__}"), "“{organ.__class__}”"),
        (without("{themes}", "{organ!r}"), "“{organ}”"),
        (without("{themes}", "{0}"), "“{0}”"),
        (without("{themes}", "{themes"), "花括号不成对"),
        (without("style: enumerated", "style: bullets"), "14:10: style“bullets”应是 enumerated、headed、plain 之一"),
        (without(", 三是"), "至少要有 3 个不同的序词"),
        (without("三是", "一是"), "至少要有 3 个不同的序词"),
        (without("[1, 3]", "[3, 1]"), "最少 3 大于最多 1"),
        (without("[1, 3]", "3"), "应写作 [最少, 最多]"),
        (without("[60, 1500]", "[少, 多]"), "section_length“少”应是不小于 0 的整数"),
        (without("[lead, outlook]", "[lead, 落款]"), "requires 的一条“落款”应是"),
        (without('  formula: "下一步，{organ}将{items}。"\n'), "却没有 outlook 的公式"),
        (without("seal: true", "seal: 盖"), "seal“盖”应是 true 或 false"),
        (without("28.5", "很宽"), "line_pitch“很宽”应是 10 到 60 之间的数"),
        (without("28.5", "285"), "line_pitch“285”应是 10 到 60 之间的数"),
        (without("  seal", "  stamp"), "layout里没有键“stamp”"),
        (without("[存在问题, 问题和不足]", "[]"), "keywords（标题用词）至少要有一个"),
        (without("numbering: [一、, （一）, 1.]", "numbering: []"), "numbering（各级序号）至少要有一条"),
        (without("requires", "require"), "是否应为 requires"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, expected: str) -> None:
    assert expected in complaints(text)


def test_all_complaints_at_once_in_the_files_order() -> None:
    text = (
        without("{themes}", "{thems}")
        .replace("[1, 3]", "[3, 1]")
        .replace("28.5", "很宽")
        .replace("name: 安全报告\n", "")
    )
    lines = complaints(text).splitlines()
    assert len(lines) == 4
    assert lines == sorted(lines, key=lambda line: int(line.split(":")[1]))


def test_a_section_named_twice() -> None:
    again = "    - {name: 存在问题, keywords: [问题]}\nnumbering"
    assert "部分“存在问题”重复" in complaints(PLAIN.replace("numbering", again))


def test_a_path_is_looked_up_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "文种").mkdir()
    (tmp_path / "文种" / "安全.yaml").write_text(PLAIN, encoding="utf-8")
    assert profiles.identify("文种/安全.yaml", tmp_path) == "文种/安全.yaml"
    assert profiles.load("文种/安全.yaml", tmp_path).name == "安全报告"
    assert profiles.load(str(tmp_path / "文种" / "安全.yaml")).name == "安全报告"


def test_reference_leads_from_one_folder_to_the_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "安全.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "提纲").mkdir()
    monkeypatch.chdir(tmp_path)
    assert profiles.reference("安全.yaml", Path("提纲")) == "../安全.yaml"
    assert profiles.reference("专题报告", Path("提纲")) == "special-report"


def test_an_unknown_kind_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"没有文种“通知”.*special-report（专题报告）"):
        profiles.load("通知")
    with pytest.raises(ProfileError, match=r"没有这个文种文件：无\.yaml"):
        profiles.load("无.yaml", tmp_path)


def test_complaints_name_the_profiles_own_file(tmp_path: Path) -> None:
    path = tmp_path / "安全.yaml"
    path.write_text(without("name: 安全报告\n"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"安全\.yaml:1:1: 文种缺少 name"):
        profiles.load(str(path))
