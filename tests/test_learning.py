"""Learning the style: how exemplars are built and sound comes into a profile, and nothing of what they tell."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from drafting import amounts, dates, names, profiles
from drafting import brief as brief_file
from drafting.documents import plain_text
from drafting.errors import DocumentError, InputError
from drafting.learning.exemplar import Exemplar, of_report
from drafting.learning.learned import learn
from drafting.learning.style import style
from drafting.learning.written import written
from drafting.models import ModelSpec
from drafting.outline import plan
from drafting.period import Period
from drafting.profile import Profile
from drafting.regeneration import keys
from drafting.regeneration.keys import Manner
from drafting.writer import Writer
from evals import learned
from evals.style_comparison import closer
from tests.regenerating import brief
from ui.cli.eval import evaluate
from ui.cli.profile import app as profile_command

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
EXEMPLAR = SHARED / "exemplar" / "special-report-2024h1.txt"
CASES = Path(__file__).parents[1] / "evals/cases"
DAY = Period.parse("2024年上半年").last
BASE = profiles.load("special-report")

TEXT = """\
县水利局关于2024年上半年防汛工作的专题报告

县人民政府：

2024年上半年，县水利局狠抓防汛各项工作。现将我局2024年上半年防汛工作总结汇报如下：

一、加强组织领导，压实防汛责任

一是健全工作机制。切实加强值班值守，{planted}，与14个乡镇签订责任书。二是细化预案方案。切实加强部门联动，修订《防汛应急预案》，进一步健全叫应机制。

二、强化隐患排查，守住安全底线

一是全面排查隐患。切实加强巡查，开展检查126处，发现隐患31处。二是抓好整改销号。进一步健全台账，整改28处，其余3处限期完成。三是加强监测预警。发布预警信息18条。

下一步，县水利局将完成其余3处隐患整改。

县水利局
2024年7月3日
"""


def exemplar(planted: str = "召开专题会议4次") -> Exemplar:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "范文.txt"
        path.write_text(TEXT.format(planted=planted), encoding="utf-8")
        return learned.load(path)


def profile_of(text: str) -> Profile:
    return profiles.loads(text, "学得.yaml")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(profile_command, ["learn", *map(str, arguments)], catch_exceptions=False)


def test_structure_formulas_and_phrases_are_learned_with_where_they_were_seen() -> None:
    text = written(learn([exemplar()], BASE))
    assert "- name: 加强组织领导  # 范文.txt:7" in text
    assert "- name: 强化隐患排查  # 范文.txt:11" in text
    made = profile_of(text)
    assert made.lead[0].endswith("现将{organ}{period}{topic}总结汇报如下：")
    assert made.outlook_formula == "下一步，{organ}将{items}。"
    assert (made.point_style, made.enumerators[:2], made.numbering[0]) == ("enumerated", ("一是", "二是"), "一、")
    assert made.points_per_section == (1, 2)
    assert {"切实加强", "进一步健全"} <= set(made.set_phrases)
    assert any("概括语约" in line for line in made.diction)
    assert made.sentence_length > 0


def test_sections_of_several_exemplars_are_required_where_each_has_them(tmp_path: Path) -> None:
    other = TEXT.format(planted="召开专题会议2次").replace("强化隐患排查，守住安全底线", "做好抢险准备，守住安全底线")
    paths = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for path, text in zip(paths, (TEXT.format(planted="召开专题会议4次"), other), strict=True):
        path.write_text(text, encoding="utf-8")
    found = learned.learn(paths)
    assert {one.name: one.required for one in found.sections} == {
        "加强组织领导": True,
        "强化隐患排查": False,
        "做好抢险准备": False,
    }


_PLANTED = st.sampled_from(
    [
        "检查企业{}家",
        "{}月16日举办培训班",
        "李家庄村清淤{}公里",
        "市财政局拨付{}万元",
        "印发《防汛工作方案》{}份",
        "张三丰同志带队检查{}次",
    ]
)


@settings(max_examples=25, deadline=None)
@given(_PLANTED, st.integers(2, 11))
def test_no_planted_fact_enters_a_profile(planted: str, number: int) -> None:
    fact = planted.format(number)
    text = written(learn([exemplar(fact), exemplar(fact)], BASE))
    _holds_no_fact(text)
    assert fact[:4] not in text


def _holds_no_fact(text: str) -> None:
    """No amount, day or name stands in the words of the profile; its own numbers are lengths and counts of style."""
    made = profile_of(text)
    words = [*(rule.name for rule in made.sections), *(set(made.set_phrases) - set(BASE.set_phrases))]
    words += [re.sub(r"\{\w+\}", "", formula) for formula in (*made.lead, made.outlook_formula)]
    for word in words:
        assert not [one for one in amounts.find(word) if not one.weak], word
        assert not dates.find(word, DAY), word
        assert not names.find(word), word
        assert not re.search("[0-9×X“《]", word), word


@pytest.mark.skipif(not SHARED.exists(), reason="the published texts are not here")
@pytest.mark.parametrize(
    "name", ["exemplar/special-report-2024h1", "reports/gwr_state_council_2015", "reports/gov_doc_003"]
)
def test_no_fact_of_a_real_text_enters_a_profile(name: str) -> None:
    path = SHARED / f"{name}.txt"
    text = written(learned.learn([path]))
    _holds_no_fact(text)
    source = path.read_text(encoding="utf-8")
    own = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    runs = {source[at : at + 15] for at in range(len(source) - 15)}
    assert not [own[at : at + 15] for at in range(len(own) - 15) if own[at : at + 15] in runs]


def test_a_draft_comes_closer_to_the_exemplar_with_what_was_learned() -> None:
    found = learned.learn([_kept()])
    briefs = [brief_file.load(path).brief for path in sorted(CASES.glob("*.brief.yaml"))]
    told = asyncio.run(closer(found, [one for one in briefs if one.kind == "special-report"], "composer", None))
    before, after = told.distances
    assert after < before


def _kept() -> Path:
    folder = Path(tempfile.mkdtemp())
    path = folder / "范文.txt"
    path.write_text(TEXT.format(planted="召开专题会议4次"), encoding="utf-8")
    return path


@pytest.mark.skipif(not SHARED.exists(), reason="the exemplar is not here")
def test_a_report_on_another_topic_takes_its_structure_and_none_of_its_words() -> None:
    profile = profile_of(written(learned.learn([EXEMPLAR])))
    made = asyncio.run(Writer(profile, None).draft(brief()))
    text = plain_text.text(made)
    source = EXEMPLAR.read_text(encoding="utf-8")
    phrases = "|".join(map(re.escape, profile.set_phrases))
    plain = re.sub(phrases, "", text)
    assert not [plain[at : at + 15] for at in range(len(plain) - 15) if plain[at : at + 15] in source]
    assert "现将市应急管理局2024年上半年防汛工作总结汇报如下：" in text
    assert text.count("一是") >= 1
    assert style([of_report("", made)]).two_part == 1.0


def test_sentences_run_on_where_the_exemplar_s_do() -> None:
    from drafting.composer import compose
    from drafting.facts import Fact

    facts = [Fact("F1", "开展防汛检查126处，发现隐患31处"), Fact("F2", "约谈企业3家"), Fact("F3", "县医院接诊40人次")]
    assert compose(facts, gist=False)[1] == "开展防汛检查126处，发现隐患31处；约谈企业3家；县医院接诊40人次。"
    long = compose(facts, gist=False, sentence_length=66)[1]
    assert long == "开展防汛检查126处，发现隐患31处，约谈企业3家；县医院接诊40人次。"


def test_a_section_is_out_of_date_where_the_learned_profile_changed() -> None:
    made = profile_of(written(learn([exemplar()], BASE)))
    manner = Manner(ModelSpec.parse("composer"), "section")

    def key(profile: Profile) -> str:
        section = plan(brief(), profile).sections[0]
        return keys.inputs(section.heading, section.points, profile, manner).key

    assert key(made) != key(replace(made, sentence_length=30))
    assert key(made) != key(replace(made, diction=(*made.diction, "多用短句")))
    assert key(made) == key(replace(made, layout=replace(made.layout, line_pitch=30.0)))


def test_the_command_writes_a_profile_that_draft_uses_and_eval_lays_figures_side_by_side(tmp_path: Path) -> None:
    path, out = _kept(), tmp_path / "本单位.yaml"
    assert run(path, "-o", out).exit_code == 0
    assert profiles.load(str(out)).sections[0].name == "加强组织领导"
    app = typer.Typer()
    app.command()(evaluate)
    done = CliRunner().invoke(app, ["--style", str(path), "--output", "json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert told["cases"] >= 2
    assert set(told["style"][0]["distance"]) == {"without", "with"}
    with pytest.raises(InputError, match="没有覆盖"):
        run(path, "-o", out)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("上半年开展检查126处。\n没有标题。\n", DocumentError, "没有认出各部分的标题"),
        ("一、加强组织领导\n二、强化隐患排查\n", DocumentError, "标题下面没有文字"),
        ("", InputError, "空"),
    ],
)
def test_what_cannot_be_learned_from_is_told_in_a_line(
    tmp_path: Path, text: str, error: type[Exception], told: str
) -> None:
    path = tmp_path / "范文.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=told) as refused:
        run(path, "-o", tmp_path / "文种.yaml")
    assert len(str(refused.value).splitlines()) == 1
    assert not (tmp_path / "文种.yaml").exists()


def test_two_kinds_at_once_and_one_file_twice_are_refused(tmp_path: Path) -> None:
    path, other = _kept(), tmp_path / "总结.txt"
    other.write_text(TEXT.format(planted="召开会议2次").replace("专题报告", "工作总结"), encoding="utf-8")
    with pytest.raises(InputError, match="不是同一个文种"):
        run(path, other, "-o", tmp_path / "文种.yaml")
    with pytest.raises(InputError, match="写了两次"):
        run(path, path, "-o", tmp_path / "文种.yaml")
    with pytest.raises(InputError, match="应以"):
        run(path, "-o", tmp_path / "文种.txt")
