"""The redline: accepted it is the new version as exported, rejected the old one; every change signed; comments on their words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes import Change, compare
from drafting.comments import Comment, Hand
from drafting.documents import render
from drafting.documents.redline import redline_bytes
from drafting.documents.tracked import revisions
from drafting.profile import Layout
from drafting.report import Block, Report
from tests.builders import CLEAN, report
from tests.redline_cases import CLEAN_REPORT, PAIRS, Pair, lines, of
from tests.redline_oracle import JOININGS, accepted, body, rejected
from tests.reports_for_documents import any_report
from tests.test_changes import reports
from tests.wordfiles import W, names, part

LAYOUT = Layout()
MORNING = datetime(2024, 7, 6, 9, 30, tzinfo=timezone(timedelta(hours=8)))
CHANGES = ("ins", "del", "pPrChange", "rPrChange")

odd = st.text("召开会议\n\r\v\f\x00\x1f𠮷😀 \t　。1，", max_size=12)
types = st.sampled_from(
    ("title", "recipient", "lead", "heading", "paragraph", "outlook", "attachment", "signature", "date")
)
odd_blocks = st.builds(Block, types, odd, st.integers(0, 5), st.sampled_from(["", "一、", "（一）"]))
odd_reports = st.builds(
    lambda found, organ: Report(tuple(found), organ=organ),
    st.lists(odd_blocks, max_size=6),
    st.sampled_from(["", "市局", "市应急管理局和市公安局联合工作组"]),
)


def hand(_: Change) -> Hand:
    return Hand("张三", MORNING)


def redline(old: Report, new: Report, *comments: Comment, layout: Layout = LAYOUT) -> bytes:
    return redline_bytes(compare(old, new), layout, by=hand, comments=comments)


def elements(data: bytes, *tags: str) -> list[dict[str, str]]:
    """The attributes of such elements by their local names."""
    root = part(data, "word/document.xml")
    found = root.iter(*(f"{{{W}}}{tag}" for tag in tags))
    return [{str(key).rpartition("}")[2]: str(value) for key, value in each.attrib.items()} for each in found]


def held(old: Report, new: Report, data: bytes, layout: Layout) -> None:
    """The contract, whichever paragraph lends its format where two run together."""
    for joining in JOININGS:
        assert body(accepted(data, joining)) == body(render(new, "docx", layout))
        assert body(rejected(data, joining)) == body(render(old, "docx", layout))
    ids = [each["id"] for each in elements(data, *CHANGES, "commentReference")]
    assert len(ids) == len(set(ids))
    assert all(each.get("author") for each in elements(data, *CHANGES))


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_accepted_it_is_the_new_version_and_rejected_the_old(pair: Pair) -> None:
    data = redline(pair.old, pair.new, layout=pair.layout)
    held(pair.old, pair.new, data, pair.layout)
    assert bool(elements(data, *CHANGES)) == (pair.old != pair.new)


@settings(max_examples=50, deadline=None)
@given(old=reports, new=reports)
def test_any_two_reports(old: Report, new: Report) -> None:
    held(old, new, redline(old, new), LAYOUT)


@settings(max_examples=15, deadline=None)
@given(old=any_report(), new=any_report())
def test_any_two_assembled_reports(old: Report, new: Report) -> None:
    held(old, new, redline(old, new), LAYOUT)


@settings(max_examples=60, deadline=None)
@given(old=odd_reports, new=odd_reports, red=st.booleans(), data=st.data())
def test_any_blocks_with_comments_anywhere(old: Report, new: Report, red: bool, data: st.DataObject) -> None:
    layout = Layout(red_header=red)
    places = st.tuples(st.integers(-1, len(new.blocks) - 1), st.integers(0, 14), st.integers(0, 14))
    said = [
        Comment("请核\x00实\n二", Hand("李四"), block, min(ends), max(ends))
        for block, *ends in data.draw(st.lists(places, max_size=3))
    ]
    made = redline(old, new, *said, layout=layout)
    held(old, new, made, layout)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert len(elements(made, tag)) == len(said)


def test_three_hundred_changes() -> None:
    old = lines(*(f"第{number}项，检查企业{number}家次，发现隐患{number}处，整改到位。" for number in range(100)))
    new = lines(
        *(f"第{number}项，检查企业{number + 1}家次，发现问题{number}处，按期整改到位。" for number in range(100))
    )
    assert len(compare(old, new).changes) >= 300
    held(old, new, redline(old, new), LAYOUT)


# --- what is marked


def test_only_what_changed_is_marked_and_keeps_its_formatting() -> None:
    data = redline(CLEAN_REPORT, report(CLEAN.replace("6次", "7次")))
    root = part(data, "word/document.xml")
    (gone,), (come,) = root.findall(f".//{{{W}}}del"), root.findall(f".//{{{W}}}ins")
    assert "".join(gone.itertext()) == "6次"
    assert "".join(come.itertext()) == "7次"
    assert come.find(f".//{{{W}}}rFonts").get(f"{{{W}}}hint") == "eastAsia"


def test_a_title_that_stays_is_not_marked_although_its_lines_are_broken() -> None:
    data = redline(CLEAN_REPORT, report(CLEAN.replace("专题报告", "情况报告")))
    title = part(data, "word/document.xml").find(f".//{{{W}}}p")
    marked = ["".join(each.itertext()) for each in title.iter(f"{{{W}}}ins", f"{{{W}}}del")]
    assert marked == ["专题", "情况"]


def test_a_signature_moved_by_the_date_is_the_dates_change() -> None:
    new = report(CLEAN.replace("2024年7月5日", "2024年12月15日"))
    comparison = compare(CLEAN_REPORT, new)
    by = {change.id: Hand(f"审核人{index}") for index, change in enumerate(comparison.changes)}
    data = redline_bytes(comparison, LAYOUT, by=lambda change: by[change.id])
    date = next(change for change in comparison.changes if change.kind == "text")
    assert {each["author"] for each in elements(data, "pPrChange")} == {by[date.id].name}


# --- whose, and when


def test_every_change_has_its_author_and_its_time_in_utc() -> None:
    data = redline(CLEAN_REPORT, report(CLEAN.replace("6次", "7次")))
    assert {(each["author"], each["date"]) for each in elements(data, *CHANGES)} == {("张三", "2024-07-06T01:30:00Z")}


def test_each_change_in_its_own_hand_and_no_time_where_none_is_known() -> None:
    new = report(CLEAN.replace("6次", "7次").replace("31家", "32家"))
    hands = {"7次": Hand("张三", MORNING), "32家": Hand("李 四\x01")}
    data = redline_bytes(compare(CLEAN_REPORT, new), LAYOUT, by=lambda change: hands[change.new])
    told = [(each["author"], each.get("date", "")) for each in elements(data, "ins")]
    assert told == [("张三", "2024-07-06T01:30:00Z"), ("李 四", "")]


def test_a_hand_without_a_name_is_said_to_have_none() -> None:
    data = redline_bytes(
        compare(CLEAN_REPORT, report(CLEAN.replace("6次", "7次"))), LAYOUT, by=lambda _: Hand(" ", None)
    )
    assert {each["author"] for each in elements(data, *CHANGES)} == {"未署名"}


def test_the_same_bytes_twice() -> None:
    pair = PAIRS["move a section"]
    comment = Comment("请核实", Hand("李四", MORNING), 3, 0, 4)
    assert redline(pair.old, pair.new, comment) == redline(pair.old, pair.new, comment)


def test_properties_are_the_new_versions() -> None:
    old, new = (report(CLEAN, organ=organ) for organ in ("市公安局", "市应急管理局"))
    creator = part(redline(old, new), "docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}creator")
    assert creator is not None
    assert creator.text == "市应急管理局"


# --- comments


def commented(data: bytes) -> dict[str, str]:
    """By a comment's words: those of the new version that stand in its range."""
    said = {
        str(each.get(f"{{{W}}}id")): "\n".join("".join(p.itertext()).strip() for p in each.iter(f"{{{W}}}p"))
        for each in part(data, "word/comments.xml")
    }
    root = part(data, "word/document.xml")
    open_, found = set[str](), dict.fromkeys(said, "")
    for each in root.iter():
        kind = str(each.tag).rpartition("}")[2]
        if kind == "commentRangeStart":
            open_.add(str(each.get(f"{{{W}}}id")))
        elif kind == "commentRangeEnd":
            open_.remove(str(each.get(f"{{{W}}}id")))
        elif kind == "t":
            for key in open_:
                found[key] += each.text or ""
    return {said[key]: text for key, text in found.items()}


def test_comments_stand_on_exactly_their_words() -> None:
    new = report(CLEAN.replace("6次", "17次"))
    text = new.blocks[4].text
    number, half = text.index("17次"), text.index("承诺书")
    data = redline(
        CLEAN_REPORT,
        new,
        Comment("次数请核实\n附上名单", Hand("李四", MORNING), 4, number - 3, number + 3),
        Comment("写全称", Hand("王五"), 4, half, half + 3),
        Comment("只看数", Hand("王五"), 4, number + 1, number + 2),
        Comment("可以报送", Hand("赵六")),
    )
    assert commented(data) == {
        "次数请核实\n附上名单": "调度会17次",
        "写全称": "承诺书",
        "只看数": "7",
        "可以报送": new.title,
    }
    held(CLEAN_REPORT, new, data, LAYOUT)


def test_a_comment_has_its_author_initials_and_time() -> None:
    said = (Comment("甲", Hand("李四", MORNING), 0, 0, 2), Comment("乙", Hand("Zhao Liu"), 1, 0, 2))
    first, second = part(redline(CLEAN_REPORT, CLEAN_REPORT, *said), "word/comments.xml")
    assert [first.get(f"{{{W}}}{name}") for name in ("author", "initials", "date")] == [
        "李四",
        "李四",
        "2024-07-06T01:30:00Z",
    ]
    assert [second.get(f"{{{W}}}{name}") for name in ("author", "initials", "date")] == ["Zhao Liu", "ZL", None]


def test_a_comment_on_a_block_that_is_not_there_is_refused() -> None:
    with pytest.raises(LookupError, match="新稿只有 10 段"):
        redline(CLEAN_REPORT, CLEAN_REPORT, Comment("何处", Hand("李四"), 10, 0, 1))


def test_no_comments_part_without_comments() -> None:
    assert "word/comments.xml" not in names(redline(CLEAN_REPORT, CLEAN_REPORT))


# --- read back


@pytest.mark.parametrize("name", ["a number", "insert", "move a section", "renumbered", "date", "append at the end"])
def test_our_own_reader_sees_both_versions(name: str) -> None:
    old, new, layout = PAIRS[name]
    read = revisions(redline(old, new, Comment("请核实", Hand("李四", MORNING), 2, 0, 4), layout=layout), "改稿.docx")
    assert [block.text for block in read.accepted.blocks] == [block.text for block in new.blocks]
    assert [block.text for block in read.rejected.blocks] == [block.text for block in old.blocks]
    assert read.authors == ("张三",)
    assert read.comments == (Comment("请核实", Hand("李四", MORNING.astimezone(UTC)), 2, 0, 4),)


def test_what_stays_at_a_paragraphs_edge_is_not_struck_where_it_need_not_be() -> None:
    """Words that came before and behind a mark are kept apart by the full stop that both sentences have."""
    pair = PAIRS["a sentence before a mark"]
    assert not elements(redline(pair.old, pair.new), "del")


def test_a_version_without_blocks_is_one_empty_paragraph() -> None:
    assert len(body(redline(of(), of(), Comment("空的", Hand("李四"))))) == 1
