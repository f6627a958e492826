"""Nodes: positions, what is refused and where, and text exactly as it was written."""

from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import nodes, textfile
from drafting.complaints import SHOWN, Complaints
from drafting.errors import BriefError
from drafting.fields import Fields, day, one_line
from drafting.nodes import Mapping, Node, Scalar, Sequence


def parse(text: str) -> Node | None:
    return nodes.parse(text, Complaints("报告.yaml", BriefError))


def complaints(text: str) -> str:
    with pytest.raises(BriefError) as caught:
        parse(text)
    return str(caught.value)


def decode(data: bytes) -> textfile.SourceText:
    return textfile.decode(data, Complaints("报告.yaml", BriefError))


def test_positions_count_from_one() -> None:
    root = parse("organ: 市局\nsections:\n  - heading: 检查\n")
    assert isinstance(root, Mapping)
    (key, value), (_, sections) = root.entries
    assert (key.line, key.column, value.line, value.column) == (1, 1, 1, 8)
    assert isinstance(sections, Sequence)
    assert (sections.items[0].line, sections.items[0].column) == (3, 5)


@pytest.mark.parametrize(
    "text", ["120", "是", "1:30", "null", "2024-07-05", "0x1F", "1_000", "yes", "3.0", "5,000余份", "~"]
)
def test_every_scalar_is_its_own_text(text: str) -> None:
    root = parse(f"- {text}\n")
    assert isinstance(root, Sequence)
    assert root.items == (Scalar(text, 1, 3),)


def test_a_wrapped_chinese_text_runs_on_without_a_space() -> None:
    root = parse("- 开展执法检查\n  126家次，用 GB/T\n  9704 排版\n")
    assert isinstance(root, Sequence)
    assert isinstance(root.items[0], Scalar)
    assert root.items[0].text == "开展执法检查126家次，用GB/T 9704排版"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 市局\nb: *x\n", ["1:4", "锚点“&x”", "2:4", "引用“*x”"]),
        ("- *重点*工作\n", ["1:3", "引用", "加引号"]),
        ("a: !!python/object:os.system 市局\n", ["1:4", "标签"]),
        ("a: !! 市局\n", ["1:"]),
        ("%YAML 1.3\n---\na: 市局\n", ["1:1", "“%”"]),
        ("a: 市局\n---\nb: 县局\n", ["2:1", "一份"]),
        ("a: 1\n  \t- 市局\n", ["YAML"]),
        ("a:\n\t- 市局\n", ["2:1", "Tab"]),
        ("- 通报: 3次: 4\n", ["1:9", "加引号"]),
        ("- %增长\n", ["1:3", "“%”开头"]),
        ("- [重点]检查\n", ["1:7", "引号或括号之后"]),
        ("a: {市局\n", ["1:4", "没有写完"]),
        ('a: "市局\nb: 1\n', ["1:4", "没有写完"]),
        ("a: 'it's 市局'\n", ["1:8"]),
        ("organ：市局\nkind: 汇报\n", ["1:1", "“organ”后应是半角冒号加一个空格"]),
        ("organ:市局\nkind: 汇报\n", ["1:1", "“organ”后应是半角冒号加一个空格"]),
        ("a: 一\n    facts:\n      - 二\n     - 三\n", [":", "YAML"]),
        ("x:\n  a:\n    - 一\n   - 二\n", ["4:4", "缩进不齐"]),
        ("市局\x00\n", ["1:3", "U+0000"]),
        ("a: 市局\nb: 县\x07局\nc: \x1b", ["2:5", "U+0007", "3:4", "U+001B"]),
        ('a: "市\\u0000局"\n', ["1:4", "U+0000"]),
        ('a: "\\ud800"\n', ["1:4", "U+D800"]),
        ("a: 市\ud800局\n", ["1:5", "U+D800"]),
        ("a: ]\n", ["1:4", "加引号"]),
    ],
)
def test_refuses_with_place_and_remedy(text: str, expected: list[str]) -> None:
    message = complaints(text)
    assert all(part in message for part in expected), message


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "{" * 1_000_000, "- " * 500_000, "? " * 500_000, "[" + "一," * 250_000 + "]", "- 一\n" * 200_000],
    ids=["lists", "mappings", "items", "keys", "flow", "lines"],
)
def test_hostile_structure_is_refused_before_a_tree_exists(text: str) -> None:
    started = perf_counter()
    assert "嵌套" in (message := complaints(text)) or "项" in message
    # The parser alone takes minutes over a million brackets; refusing takes a second at most.
    assert perf_counter() - started < 30


def test_billion_laughs_is_refused_at_its_first_anchor() -> None:
    laughs = "a: &a [哈, 哈]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert complaints(laughs).startswith("报告.yaml:1:4")


def test_complaints_are_cut_and_say_so() -> None:
    lines = complaints("".join(f"- *x{n}\n" for n in range(SHOWN + 20))).splitlines()
    assert len(lines) == SHOWN + 1
    assert any("另有 20 处" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "trap"),
    [
        ("- 检查 #3机组\n", "注释"),
        ("- 一\n - 二\n", "缩进不齐"),
        ("- 一  # 说明\n", ""),
        ("- '检查 #3机组'\n", ""),
    ],
)
def test_text_that_yaml_would_change_silently_is_marked(text: str, trap: str) -> None:
    root = parse(text)
    assert isinstance(root, Sequence)
    assert isinstance(root.items[0], Scalar)
    assert trap in root.items[0].trap
    assert bool(root.items[0].trap) == bool(trap)


def test_empty_file_is_none() -> None:
    assert parse("") is None
    assert parse("# 只有注释\n") is None


@given(st.text(alphabet="ab 一-:#[]{}'\"|>&*!%\n\t?,", max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    with suppress(BriefError):
        parse(text)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("市局".encode(), ""),
        ("\ufeff市局".encode(), ""),
        ("市局".encode("gb18030"), "GB18030"),
        ("\ufeff市局".encode("utf-16-le"), "UTF-16"),
        ("\ufeff市局".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_reads_the_usual_encodings_and_says_which(data: bytes, note: str) -> None:
    text, notes = decode(data)
    assert text == "市局"
    assert note in "".join(notes)
    assert bool(notes) == bool(note)


def test_damaged_utf_8_is_not_taken_for_gb18030() -> None:
    data = "开展安全生产专题检查\n发现隐患三百余处".encode()
    with pytest.raises(BriefError, match=r"报告\.yaml:2: .*损坏"):
        decode(data[:-1])


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BriefError, match="既不是 UTF-8 也不是 GB18030"):
        decode(b"\xff\xff\xff\x80\n")
    with pytest.raises(BriefError, match="却不是 UTF-16"):
        decode(b"\xff\xfe\x00\xd8")


def test_large_and_missing_files_are_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "大.yaml"
    with large.open("wb") as file:
        file.truncate(50 << 20)
    for path, expected in (
        (large, r"50\.0 MB，超过上限 1\.0 MB"),
        (tmp_path / "无.yaml", "没有这个文件"),
        (tmp_path, "是文件夹"),
    ):
        with pytest.raises(BriefError, match=expected):
            textfile.read(path, Complaints(str(path), BriefError))


KNOWN = {"organ": "发文机关", "issued": "成文日期", "sections": "各部分"}


def read(text: str) -> tuple[dict[str, Node], str]:
    """What is found under the known keys, and the complaints."""
    found: dict[str, Node] = {}
    gathered = Complaints("", BriefError)
    root = nodes.parse(text, gathered)
    assert root is not None
    try:
        found = Fields(gathered).mapping(root, "提纲", KNOWN, ("organ",))
        gathered.settle()
    except BriefError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("organ: 市局\norgna: 县局\n", "2:1: 提纲里没有键“orgna”，是否应为 organ；可用：organ、issued、sections"),
        ("organ: 市局\n成文日: 今天\n", "是否应为 issued"),
        ("organ: 市局\nqqqqq: 1\n", "没有键“qqqqq”；可用"),
        ("organ: 市局\norgan: 县局\n", "2:1: 键 organ 重复，第 1 行第 1 列已经写过"),
        ("issued: 1\n", "1:1: 提纲缺少 organ（发文机关）"),
        ("issued: 1\norgan:\n", "2:1: organ（发文机关）后没有内容"),
        ("- 市局\n", "1:1: 提纲应是“键: 值”，这里是列表"),
        ("市局\n", "这里是文字“市局”"),
        ("organ: 市局\n? [a]\n: b\n", "的键应是文字"),
    ],
)
def test_keys_are_checked(text: str, expected: str) -> None:
    assert expected in read(text)[1]


def test_a_key_without_a_value_is_left_out() -> None:
    found, message = read("organ: 市局\nissued:\nsections: ''\n")
    assert message == ""
    assert set(found) == {"organ"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-05", (2024, 7, 5)),
        ("2024年7月5日", (2024, 7, 5)),
        ("２０２４年７月５日", (2024, 7, 5)),
        ("2024/7/5", (2024, 7, 5)),
        ("2024.7.5", (2024, 7, 5)),
        ("2024-02-30", None),
        ("2024年6月31日", None),
        ("2024-7/5", None),
        ("2024年7月", None),
        ("今天", None),
        ("0000-01-01", None),
    ],
)
def test_days(text: str, expected: tuple[int, int, int] | None) -> None:
    found = day(text)
    assert (found and (found.year, found.month, found.day)) == expected


def test_one_line_drops_what_prints_nothing() -> None:
    assert one_line(" 开展\u200b检查\n  12次\r\nGB/T\n9704\ufeff ") == "开展检查12次GB/T 9704"
