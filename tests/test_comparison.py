"""The comparison: models that keep to the facts and models that invent, drafted by the writer and asked in one plain prompt."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from drafting.facts import Brief
from drafting.models import Answer, Model, ModelSpec, open_model
from evals import comparison, plain_prompt
from evals.comparison import Compared, Unsupported
from evals.faults import Clean, clean_reports
from evals.judge import Judgement, judge, parts
from tests.endpoint import Behaviour, Body, FakeEndpoint, completion, empty
from tests.scribe import Points, answer, asked, change, faithful, scribe

CASE = next(clean for clean in clean_reports() if clean.name == "clinic-2024q3")
NOTHING = Unsupported()


@change
def inventing(points: Points) -> Points:
    """What a model adds of its own: a number, a date, a document."""
    points[0]["text"] += "另于5月6日印发《邻里互助条例》，走访家庭7314户。"
    return points


def plain_text(brief: Brief, more: str = "") -> str:
    """A whole report as a model would write it: every fact in its own words, with headings in bold."""
    facts = ["；".join(fact.text for fact in section.facts) for section in brief.sections]
    body = "\n\n".join(
        f"**{'一二三四五'[index]}、{section.heading}**\n\n一是开展工作。{text}。"
        for index, (section, text) in enumerate(zip(brief.sections, facts, strict=True))
    )
    ahead = "；".join(fact.text for fact in brief.outlook)
    day = f"{brief.issued.year}年{brief.issued.month}月{brief.issued.day}日"
    return f"# {brief.organ}关于{brief.period}{brief.topic}的情况汇报\n\n{body}{more}\n\n下一步，{ahead}。\n\n{brief.organ}\n{day}"


def model_that(points: Callable[[Body], Behaviour], whole: str) -> Callable[[Body], Behaviour]:
    """Answers section prompts so, and the plain prompt with that text."""
    return lambda body: points(body) if asked(body) else completion(whole)


def on(endpoint: FakeEndpoint, work: Callable[[Model], Any]) -> Any:
    async def run() -> Any:
        spec = ModelSpec.parse("openai:测试模型")
        async with open_model(spec, environ=endpoint.environ, max_retries=0) as model:
            return await work(model)

    return asyncio.run(run())


def compared(endpoint: FakeEndpoint, case: Clean = CASE) -> Compared:
    async def work(model: Model) -> Compared:
        (one,) = [one async for one in comparison.compare(model, [case])]
        return one

    return on(endpoint, work)  # type: ignore[no-any-return]


# --- both ways


def test_a_faithful_model_uses_every_fact_and_adds_nothing(endpoint: FakeEndpoint) -> None:
    endpoint.script = model_that(lambda body: answer(faithful(body)), plain_text(CASE.brief))
    one = compared(endpoint)
    assert one.drafted.before == one.drafted.quality.unsupported == NOTHING
    assert one.drafted.quality.flawless
    assert one.drafted.origins["composed"] == 0
    assert one.drafted.prompt_tokens > 0
    assert one.plain is not None
    assert one.plain.quality is not None
    assert one.plain.quality.facts_used == one.plain.quality.facts == 8
    assert one.plain.quality.unsupported == NOTHING


def test_what_a_model_invents_is_counted_before_repair_and_gone_after(endpoint: FakeEndpoint) -> None:
    more = "\n\n另于5月6日印发《邻里互助条例》，走访家庭7314户。"
    endpoint.script = model_that(scribe(inventing), plain_text(CASE.brief, more))
    one = compared(endpoint)
    assert one.drafted.before == Unsupported(numbers=1, dates=1, names=1)
    assert one.drafted.quality.unsupported == NOTHING
    assert one.drafted.quality.flawless
    assert one.drafted.origins["repaired"] == 1
    assert any("7314户" in problem for problem in one.drafted.problems)
    assert one.plain is not None
    assert one.plain.quality is not None
    assert one.plain.quality.unsupported == Unsupported(numbers=1, dates=1, names=1)
    assert not one.plain.quality.flawless


def test_a_model_that_will_not_stop_inventing_is_left_to_the_composer(endpoint: FakeEndpoint) -> None:
    endpoint.script = model_that(lambda body: answer(inventing(faithful(body))), plain_text(CASE.brief))
    one = compared(endpoint)
    assert one.drafted.before is not None
    assert one.drafted.before.numbers == len(CASE.brief.sections)
    assert one.drafted.origins["composed"] == len(CASE.brief.sections)
    assert one.drafted.quality.flawless


def test_a_model_without_a_readable_answer_invents_nothing(endpoint: FakeEndpoint) -> None:
    endpoint.script = lambda _: empty()
    one = compared(endpoint)
    assert one.drafted.before == NOTHING
    assert one.drafted.origins["composed"] > 0
    assert one.plain is not None
    assert one.plain.quality is None
    assert "unsupported_after" not in one.plain.as_dict()


def test_the_composer_is_compared_without_a_plain_prompt() -> None:
    async def work() -> list[Compared]:
        return [one async for one in comparison.compare(None, clean_reports())]

    for one in asyncio.run(work()):
        assert one.drafted.quality.flawless, one.case
        assert (one.drafted.before, one.plain) == (None, None)


# --- the plain prompt


def test_the_plain_prompt_holds_what_a_reasonable_user_would_write() -> None:
    asked_for = plain_prompt.question(CASE.brief, CASE.profile)
    brief = CASE.brief
    wanted = [brief.organ, brief.recipient, brief.topic, str(brief.period), CASE.profile.name, "2024年10月12日"]
    wanted += [section.heading for section in brief.sections]
    wanted += [fact.text for fact in brief.facts()]
    assert [text for text in wanted if text not in asked_for] == []


def test_the_plain_prompt_names_days_as_a_person_would_and_a_title_that_is_given() -> None:
    days = next(clean for clean in clean_reports() if clean.name == "flood-season-2023")
    asked_for = plain_prompt.question(days.brief, days.profile)
    assert f"关于2023年6月1日至9月15日{days.brief.topic}的专题报告" in asked_for
    assert f"标题：{days.brief.title}\n" in asked_for
    assert "标题：由你拟定\n" in plain_prompt.question(CASE.brief, CASE.profile)


def test_a_fenced_answer_is_read_without_its_fence() -> None:
    fenced = f"```markdown\n{plain_text(CASE.brief)}\n```\n"
    bare = plain_prompt.report_of(Answer(plain_text(CASE.brief), "complete"), CASE.brief)
    assert bare is not None
    assert plain_prompt.report_of(Answer(fenced, "complete"), CASE.brief) == bare
    assert [block.type for block in bare.blocks][-2:] == ["signature", "date"]
    assert (bare.period, bare.issued) == (CASE.brief.period, CASE.brief.issued)


def test_bold_is_not_held_against_an_answer() -> None:
    report = plain_prompt.report_of(Answer(plain_text(CASE.brief), "complete"), CASE.brief)
    assert report is not None
    assert [block.number for block in report.blocks if block.type == "heading"] == ["一、", "二、"]


def test_an_answer_without_text_is_no_report() -> None:
    assert plain_prompt.report_of(Answer(" \n", "empty"), CASE.brief) is None


# --- the judge


def opinion(quote: str, *, aspect: str = "padding", fault: bool = True) -> dict[str, Any]:
    return {"aspect": aspect, "fault": fault, "quote": quote, "reason": "没有事实"}


def judged(endpoint: FakeEndpoint, *answers: object) -> Judgement:
    endpoint.script = [
        completion(each if isinstance(each, str) else json.dumps({"verdicts": each}, ensure_ascii=False))
        for each in answers
    ]
    return on(endpoint, lambda model: judge(model, CASE.report, CASE.brief))  # type: ignore[no-any-return]


def test_a_verdict_stands_where_its_quote_stands_in_the_section(endpoint: FakeEndpoint) -> None:
    first, second = parts(CASE.report, CASE.brief)
    verdict = judged(endpoint, [opinion(first.text[:6])], [opinion(first.text[-9:]), opinion("")])
    assert [(one.section, one.quote) for one in verdict.verdicts] == [(first.heading, first.text[:6])]
    assert [one.section for one in verdict.dropped] == [second.heading, second.heading]
    assert (verdict.sections, verdict.unread) == (2, 0)


def test_an_answer_without_verdicts_is_counted_and_is_no_praise(endpoint: FakeEndpoint) -> None:
    verdict = judged(endpoint, "写得很好。", [opinion("一是", aspect="美观"), {"aspect": "padding"}])
    assert (verdict.verdicts, verdict.dropped, verdict.unread) == ((), (), 2)


def test_the_judge_is_shown_the_section_its_facts_and_nothing_of_the_others(endpoint: FakeEndpoint) -> None:
    judged(endpoint, [], [])
    first, second = parts(CASE.report, CASE.brief)
    shown = endpoint.requests[0].text
    assert first.text in shown
    assert all(fact in shown for fact in first.facts)
    assert second.text not in shown
    schema = endpoint.requests[0].body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["verdicts"]["items"]["properties"]["aspect"]["enum"] == [
        "formality",
        "padding",
        "meaning",
    ]
