"""What is read out of a model's answer, however it wraps it."""

import json

import pytest

from drafting.answers import read_point, read_section

POINT = {"gist": "从严开展检查", "text": "检查企业126家次。"}
SECTION = {"points": [{"facts": ["F1"], **POINT}, {"facts": ["F2"], "gist": "抓好培训", "text": "培训2期。"}]}


def plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    "answer",
    [
        plain(POINT),
        f"```json\n{plain(POINT)}\n```",
        f"好的，以下是结果：\n{plain(POINT)}\n希望对您有帮助。",
        f"思考{{未完}}……{plain(POINT)}",
        json.dumps(POINT, ensure_ascii=True),
    ],
)
def test_point_is_found_however_it_is_wrapped(answer: str) -> None:
    wording = read_point(answer)
    assert wording is not None
    assert (wording.gist, wording.text) == (POINT["gist"], POINT["text"])


@pytest.mark.parametrize(
    "answer", ["", "检查企业126家次。", plain(POINT)[:-12], plain({"gist": "甲"}), plain({"text": 3}), "[" * 100_000]
)
def test_no_point_is_none(answer: str) -> None:
    assert read_point(answer) is None


def test_section_as_object_list_or_cut_off() -> None:
    assert [w.facts for w in read_section(plain(SECTION))] == [("F1",), ("F2",)]
    assert [w.facts for w in read_section(plain(SECTION["points"]))] == [("F1",), ("F2",)]
    assert [w.facts for w in read_section(plain(SECTION)[:-10])] == [("F1",)]
    assert read_section("没有要点") == []
