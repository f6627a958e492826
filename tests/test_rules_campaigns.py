"""D306 and D307: ended campaigns told as tasks, and things before their time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.timeline import entry_of, of_kind, timeline
from tests.builders import body, found, quotes

ROW = {
    "term": "碧水攻坚三年行动",
    "variants": [],
    "kind": "task",
    "first": "2020-01",
    "last": "2022-12",
    "before": "ahead",
}
ROW |= {
    "during": "current",
    "after": "lasting",
    "afterwards": ["管护"],
    "certainty": "medium",
    "source": "市里文件",
    "note": "本市",
}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("2024年是决胜全面建成小康社会的关键一年。", "决胜全面建成小康社会"),
        ("今年是打赢脱贫攻坚战的收官之年。", "脱贫攻坚战"),
        ("坚决打赢脱贫攻坚战，落实帮扶责任。", "脱贫攻坚战"),
        ("三是大力做好脱贫攻坚工作，走访困难群众12户。", "脱贫攻坚"),
        ("扎实开展精准扶贫，结对帮扶31户。", "精准扶贫"),
        ("深入推进扫黑除恶专项斗争，摸排线索5条。", "扫黑除恶专项斗争"),
        ("坚决打好三大攻坚战，完成治理项目6个。", "三大攻坚战"),
        ("决胜全面建成小康社会，任务艰巨。", "决胜全面建成小康社会"),
        ("全面落实国企改革三年行动任务，修订制度9项。", "国企改革三年行动"),
        ("持续推进安全生产专项整治三年行动。", "安全生产专项整治三年行动"),
        ("打好蓝天保卫战三年行动收官仗。", "蓝天保卫战三年行动"),
        ("认真开展党史学习教育，集中学习8次。", "党史学习教育"),
        ("深入开展“不忘初心、牢记使命”主题教育，检视问题14个。", "“不忘初心、牢记使命”主题教育"),
        ("扎实开展不忘初心、牢记使命主题教育。", "不忘初心、牢记使命主题教育"),
        ("开展党的群众路线教育实践活动，走访群众80人次。", "党的群众路线教育实践活动"),
        ("为全面落实国家部署，实施蓝天保卫战三年行动。", "蓝天保卫战三年行动"),
        ("力争如期打赢脱贫攻坚战。", "脱贫攻坚战"),
        ("我局将全力完成脱贫攻坚任务。", "脱贫攻坚"),
        ("把脱贫攻坚作为头等大事，逐户走访。", "脱贫攻坚"),
        ("脱贫攻坚任务依然艰巨。", "脱贫攻坚"),
        ("2024年，脱贫攻坚进入收官阶段。", "脱贫攻坚"),
        ("向着全面建成小康社会目标迈进。", "全面建成小康社会"),
        ("党史学习教育正在有序开展。", "党史学习教育"),
    ],
)
def test_an_ended_campaign_told_as_a_task(text: str, quote: str) -> None:
    (finding,) = found(body(text), "D306")
    assert (finding.quote, finding.severity) == (quote, "error")
    assert finding.evidence


@pytest.mark.parametrize(
    "text",
    [
        "巩固拓展脱贫攻坚成果，防止返贫监测12户。",
        "做好巩固拓展脱贫攻坚成果同乡村振兴有效衔接。",
        "推进脱贫攻坚成果同乡村振兴有效衔接各项任务。",
        "弘扬脱贫攻坚精神。",
        "脱贫攻坚战取得全面胜利以后，帮扶政策保持稳定。",
        "如期打赢脱贫攻坚战，困难群众生活改善。",
        "2020年坚决打赢脱贫攻坚战，全县31个村脱贫。",
        "健全脱贫攻坚国家投入形成资产的管理机制。",
        "推进常态化扫黑除恶。",
        "推动党史学习教育常态化长效化。",
        "推进“两学一做”学习教育常态化制度化。",
        "巩固深化“不忘初心、牢记使命”主题教育成果。",
        "深入打好污染防治攻坚战。",
        "持续深入打好蓝天保卫战。",
        "落实《关于打赢脱贫攻坚战的决定》有关要求。",
        "做好脱贫攻坚档案整理。",
        "完成国企改革三年行动任务，转入深化提升行动。",
        "扎实开展党纪学习教育，集中学习6次。",
        "开展安全生产治本攻坚三年行动，排查隐患218处。",
        "我国已全面建成小康社会。",
        "全面建成小康社会的历史性成就来之不易。",
        "回顾过去五年，坚持精准扶贫，坚决打赢脱贫攻坚战。",
        "曾参与脱贫攻坚的干部32人得到任用。",
        "推动金融机构改革。",
    ],
)
def test_outcomes_history_and_what_still_runs(text: str) -> None:
    assert not found(body(text), "D306")


def test_told_with_a_particle_as_work_of_this_period_it_is_a_warning() -> None:
    (finding,) = found(body("组织开展了党史学习教育，集中学习8次。"), "D306")
    assert finding.severity == "warning"


def test_what_the_timeline_is_not_sure_of_is_a_warning() -> None:
    (finding,) = found(body("深入开展“三严三实”专题教育。"), "D306")
    assert finding.severity == "warning"


def test_in_its_own_time_it_is_current() -> None:
    text = "坚决打赢脱贫攻坚战，落实帮扶责任。"
    assert not found(body(text, period="2019年", issued="2020-01-10"), "D306")
    assert not found(body(text, period="2021年", issued="2022-01-10"), "D306")
    assert found(body(text, period="2021年下半年", issued="2022-01-10"), "D306")


def test_without_a_period_nothing_is_over() -> None:
    assert not found(body("坚决打赢脱贫攻坚战。", period=None), "D306")


def test_a_row_of_the_user_s_own_counts_as_ours_do() -> None:
    report = body("深入实施碧水攻坚三年行动，治理河道3条。", "做好碧水攻坚三年行动管护。")
    (finding,) = found(report, "D306", timeline=(*timeline(), entry_of(ROW)))
    assert (finding.quote, finding.severity) == ("碧水攻坚三年行动", "warning")
    assert not found(report, "D306")


@given(
    st.sampled_from([entry for entry in of_kind("campaign", "task") if entry.last and entry.last.year < 2024]),
    st.sampled_from(["深入推进", "扎实开展", "坚决打好", "大力做好", "全面落实"]),
)
def test_every_ended_row_is_heard_as_a_task_and_silent_as_an_outcome(entry, verb) -> None:  # type: ignore[no-untyped-def]
    told = found(body(f"{verb}{entry.term}，召开会议4次。"), "D306")
    assert [one.severity for one in told] == ["error" if entry.sure else "warning"]
    assert not found(body(f"巩固{entry.term}成果，召开会议4次。"), "D306")
    assert not found(body(f"{entry.term}是一段重要的历程。"), "D306")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("深入学习贯彻党的二十届三中全会精神。", "二十届三中全会"),
        ("传达学习二十届三中全会《决定》。", "二十届三中全会"),
        ("学习贯彻党的二十大和二十届二中、三中全会精神。", "三中全会"),
        ("二十届三中全会以来，改革任务落实12项。", "二十届三中全会"),
        ("按照二十届三中全会部署，推进改革。", "二十届三中全会"),
        ("全面落实党的二十届四中全会精神。", "二十届四中全会"),
        ("认真落实十四届全国人大三次会议精神。", "十四届全国人大三次会议"),
        ("深入贯彻二十一大精神。", "二十一大"),
        ("开展了党纪学习教育，集中学习6次。", "党纪学习教育"),
        ("安全生产治本攻坚三年行动取得进展。", "安全生产治本攻坚三年行动"),
        ("党纪学习教育期间，集中学习6次。", "党纪学习教育"),
        ("党纪学习教育开展以来，集中学习6次。", "党纪学习教育"),
        ("以党纪学习教育为契机，完善制度6项。", "党纪学习教育"),
        ("第五次全国经济普查结果显示，单位数增长。", "第五次全国经济普查"),
        ("实施“人工智能+”行动。", "“人工智能+”行动"),
        ("依据国家数据局要求开展工作。", "国家数据局"),
        ("加快发展新质生产力。", "新质生产力"),
        ("深入贯彻中央八项规定精神学习教育期间，检视问题9个。", "深入贯彻中央八项规定精神学习教育"),
    ],
)
def test_a_thing_before_its_time(text: str, quote: str) -> None:
    (finding,) = found(body(text, period="2023年上半年", issued="2023-07-05"), "D307")
    assert finding.quote == quote
    assert finding.severity == ("warning" if quote in ("二十一大", "国家数据局") else "error")


@pytest.mark.parametrize(
    "text",
    [
        "深入学习贯彻党的二十大精神。",
        "学习贯彻党的二十大和二十届二中全会精神。",
        "学习贯彻党的十九届二中、三中、四中全会精神。",
        "以优异成绩迎接党的二十届三中全会胜利召开。",
        "从二十大到二十一大，任务繁重。",
        "喜迎党的二十一大。",
        "做好二十届三中全会精神学习宣传准备。",
        "落实十二大类举措，完成二十一大重点工程。",
        "部署“二十一大行动”。",
        "提前谋划第五次全国经济普查。",
        "做好第五次全国经济普查准备。",
        "计划开展党纪学习教育。",
        "拟启动安全生产治本攻坚三年行动。",
        "农业部门检查企业218家次。",
        "召开党组会4次，传达十四届全国人大一次会议精神。",
        "金融数据局部核对12次。",
        "完成公司三中全会计划。",
    ],
)
def test_what_has_happened_and_what_is_awaited(text: str) -> None:
    assert not found(body(text, period="2023年上半年", issued="2023-07-05"), "D307")


@pytest.mark.parametrize(("issued", "wrong"), [("2024-07-14", True), ("2024-07-15", False), ("2024-08-01", False)])
def test_the_date_of_issue_decides(issued: str, wrong: bool) -> None:
    assert bool(found(body("传达学习二十届三中全会精神。", issued=issued), "D307")) is wrong


def test_without_a_date_of_issue_the_period_s_end_decides() -> None:
    assert quotes(body("学习二十届三中全会精神。", period="2023年", issued=None), "D307") == ["二十届三中全会"]


@given(st.sampled_from(of_kind("congress", "plenum", "session")), st.booleans())
def test_every_meeting_is_known_from_its_first_day(entry, late) -> None:  # type: ignore[no-untyped-def]
    year = entry.first.year
    day = f"{year + 1}-01-05" if late else f"{year - 1}-12-20"
    told = found(body(f"认真学习贯彻{entry.term}精神。", period=f"{year - 2}年", issued=day), "D307")
    assert bool(told) is not late
