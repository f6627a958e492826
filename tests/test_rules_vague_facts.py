"""B105: a fact that names no thing and no amount."""

import pytest

from tests.builders import found_in_brief


@pytest.mark.parametrize(
    "fact",
    [
        "加强了相关工作",
        "进一步强化各项措施",
        "扎实推进有关工作，取得了明显成效",
        "工作有序开展",
        "切实提高了安全生产水平",
        "市应急管理局高度重视安全生产工作",
        "强化了安全监管",
        "开展了检查",
        "队伍建设得到加强。",
    ],
)
def test_words_that_may_be_said_of_any_work(fact: str) -> None:
    (finding,) = found_in_brief("B105", "召开会议4次", fact)
    assert (finding.quote, finding.severity) == (fact, "warning")
    assert finding.message.startswith("F2 没有写明")


@pytest.mark.parametrize(
    "fact",
    [
        "修订应急预案",
        "与重点企业签订责任书",
        "召开会议4次",
        "6月开展检查",
        "修订《考核办法》",
        "开展“回头看”检查",
        "推行教考衔接改革试点",
        "全科医生缺口较大",
        "未发生生产安全责任事故",
        "推进DCS系统建设",
    ],
)
def test_a_thing_a_number_a_day_or_a_name_is_enough(fact: str) -> None:
    assert not found_in_brief("B105", fact)


def test_an_aim_of_the_outlook_may_be_general() -> None:
    assert not found_in_brief("B105", "召开会议4次", outlook=("加强安全监管",))
