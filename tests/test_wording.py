"""Typography without judgement: values and words stay, and doing it twice changes nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.wording import formal, sentence, unfinished


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("发放资料5,000余份", "发放资料5000余份"),
        ("覆盖(市、区)3个,完成整改", "覆盖（市、区）3个，完成整改"),
        ("开展 执法 检查 126 家次", "开展执法检查126家次"),
        ('开展"回头看"检查', "开展“回头看”检查"),
        ("按比例1:3配备", "按比例1:3配备"),
        ("执行GB/T 9704标准", "执行GB/T 9704标准"),
        ("第一行\n第二行", "第一行第二行"),
        ("完成１２处", "完成12处"),
    ],
)
def test_formal(raw: str, printed: str) -> None:
    assert formal(raw) == printed


@pytest.mark.parametrize(
    ("raw", "ended"),
    [
        ("完成整改", "完成整改。"),
        ("完成整改；", "完成整改。"),
        ("完成整改。", "完成整改。"),
        ("他说：“好。”", "他说：“好。”"),
        ("“回头看”", "“回头看”。"),
    ],
)
def test_sentence_ends_once(raw: str, ended: str) -> None:
    assert sentence(raw) == ended


@given(st.text(alphabet='发放资料5,000 (市)，。；:"“”\n　A1.', max_size=60))
def test_twice_is_once(text: str) -> None:
    assert formal(formal(text)) == formal(text)
    assert sentence(unfinished(text)) == sentence(text)


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("完成。；，", "完成"),
        ("完成 ， 。\n", "完成"),
        ("“完成。”", "“完成。”"),
        ("，" * 100_000 + "完成", "，" * 100_000 + "完成"),
    ],
)
def test_closing_marks_fall_away_at_the_end_alone(raw: str, left: str) -> None:
    assert unfinished(raw) == left


def test_a_long_run_of_white_space_is_one_break() -> None:
    assert formal("完成" + " " * 100_000 + "\n整改") == "完成整改"
    assert formal("a" + " " * 100_000 + "b") == "a" + " " * 100_000 + "b"
