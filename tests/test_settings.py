"""Settings: the nearest file, the profile and the command line, and what is told of the rules that they switch off."""

from dataclasses import replace
from pathlib import Path

import pytest

from drafting import profiles
from drafting.errors import InputError, ProfileError
from evals.checking import examination, examine
from evals.rule import REGISTRY
from evals.settings import Setting, choose, nearest, of_profile
from tests.builders import CLEAN, body, profile, report

FAULTY = body("一是XX局落实责任。三是【待补】。")


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def codes(*settings: Setting, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
    return {rule.code for rule in choose(settings, select, ignore).rules}


def test_the_nearest_file_counts_and_no_other(tmp_path: Path) -> None:
    above = written(tmp_path, "pyproject.toml", '[tool.chengwen]\nignore = ["D"]\n')
    below = written(tmp_path / "县局" / "上半年", "chengwen.toml", 'ignore = ["y701"]\n')
    assert [one.ignore for one in nearest(above)] == [("D",)]
    assert [one.ignore for one in nearest(tmp_path / "县局")] == [("D",)]
    (setting,) = nearest(below)
    assert setting == Setting(str(below.resolve() / "chengwen.toml"), ignore=("Y701",))


def test_chengwen_toml_comes_before_pyproject_and_others_pyproject_is_passed_over(tmp_path: Path) -> None:
    written(tmp_path, "chengwen.toml", 'select = ["D", "G"]\n')
    written(tmp_path, "pyproject.toml", '[tool.chengwen]\nignore = ["D"]\n')
    assert nearest(tmp_path)[0].select == ("D", "G")
    inner = written(tmp_path / "项目", "pyproject.toml", "[tool.ruff]\nline-length = 120\n")
    assert nearest(inner)[0].select == ("D", "G")
    assert nearest(written(tmp_path / "坏", "pyproject.toml", "这不是 TOML"))[0].select == ("D", "G")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ignore = ["Z9"]', "“Z9”"),
        ('select = ["D305", "甲"]', "“甲”"),
        ('ignore = "D305"', "ignore 应是代码的列表"),
        ("ignore = [305]", "ignore 应是代码的列表"),
        ('ignore = [""]', "ignore 应是代码的列表"),
        ('ignored = ["D305"]', "没有设置“ignored”"),
        ("ignore = [", "不是 TOML 文件"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, "chengwen.toml", text) / "chengwen.toml"
    with pytest.raises(InputError, match=r"chengwen\.toml: ") as refused:
        nearest(tmp_path)
    assert str(refused.value).startswith(f"{path.resolve()}: ")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "pyproject.toml", '[tool]\nchengwen = "D305"\n')
    with pytest.raises(InputError, match="键 = 值"):
        nearest(tmp_path)


def test_select_takes_the_place_of_the_file_s_and_ignore_adds_to_it() -> None:
    here = Setting("chengwen.toml", select=("D",), ignore=("D305",))
    assert codes(here) == {code for code in codes() if code.startswith("D") and code != "D305"}
    assert codes(here, select=("P",)) == {"P201", "P202", "P203"}
    assert codes(here, ignore=("D31",)) == {code for code in codes(here) if not code.startswith("D31")}


def test_of_two_prefixes_the_longer_one_wins() -> None:
    assert codes(select=("D305",), ignore=("D",)) == {"D305"}
    assert codes(Setting("chengwen.toml", ignore=("D",)), select=("D305", "P")) == {"D305", "P201", "P202", "P203"}
    assert not codes(select=("D305",), ignore=("D305",))
    assert "D305" not in codes(Setting("chengwen.toml", ignore=("D305",)), select=("D305",))


def test_rules_at_error_level_are_told_off_with_the_place_and_warnings_are_not() -> None:
    off = choose([Setting("甲.toml", ignore=("P201", "Y701")), Setting("乙.yaml", ignore=("D305",))]).off
    assert [(one.rule.code, one.place) for one in off] == [("D305", "乙.yaml"), ("P201", "甲.toml")]
    selected = choose([Setting("甲.toml", select=("D",))]).off
    assert {one.rule.code for one in selected} == {
        rule.code for rule in REGISTRY if rule.severity == "error" and not rule.code.startswith("D")
    }
    assert not choose(ignore=("P201",)).off
    assert not choose([Setting("甲.toml", ignore=("P201",))], ignore=("P",)).off


def test_an_examination_keeps_them_and_tells_them() -> None:
    examined = examination(FAULTY, settings=[Setting("chengwen.toml", ignore=("P201",))])
    assert "P201" not in {finding.code for finding in examined.findings}
    assert [one.rule.code for one in examined.off] == ["P201"]


def test_a_profile_goes_without_a_check(tmp_path: Path) -> None:
    shipped = Path(profiles.__file__).parents[1] / "prompts" / "profiles" / "briefing.yaml"
    path = (
        written(tmp_path, "简报.yaml", shipped.read_text(encoding="utf-8") + "\nchecks:\n  ignore: [p201, S106]\n")
        / "简报.yaml"
    )
    own = profiles.load(str(path))
    assert own.ignored_checks == ("P201", "S106")
    assert own.fingerprint == profiles.load("briefing").fingerprint
    (setting,) = of_profile(own)
    assert setting.place == str(path)
    assert {"P201", "S106"}.isdisjoint(finding.code for finding in examine(FAULTY, profile=own))
    assert [one.rule.code for one in examination(FAULTY, profile=own).off] == ["P201", "S106"]
    with pytest.raises(InputError, match="Z900"):
        of_profile(replace(own, ignored_checks=("Z900",)))
    path.write_text(path.read_text(encoding="utf-8").replace("p201", "占位符"), encoding="utf-8")
    with pytest.raises(ProfileError, match="“占位符”不是规则代码"):
        profiles.load(str(path))


def test_a_profile_without_settings_sets_nothing() -> None:
    assert not of_profile(None)
    assert not of_profile(profile())
    assert not examination(report(CLEAN), profile=profile()).off
