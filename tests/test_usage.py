"""What was typed wrong is one line in Chinese that says what to do, status 2."""

import pytest

from tests.command import chengwen_here


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("return abcd", "缺选项 --reason"),
        ("retrun abcd", "没有命令 retrun，是不是 return"),
        ("没有这个", "没有命令 没有这个"),
        ("check", "缺参数 FILE…"),
        ("draft x --jobs 三", "--jobs 应是整数"),
        ("draft x --jobs 0", "--jobs 不能小于 1"),
        ("draft x --jobs 1000", "--jobs 不能大于 256"),
        ("draft x --evidenc", "没有选项 --evidenc，是不是 --evidence"),
        ("draft x --甲", "没有选项 --甲"),
        ("draft x --evidence=3", "选项 --evidence 后面不写值"),
        ("check x --output", "选项 --output 后面要写值"),
        ("show a b c", "多出 b c"),
        ("model list --output xml", "--output 只能是 text, json"),
        ("user add", "缺参数 NAME"),
    ],
)
def test_a_slip_of_typing_is_one_line(typed: str, said: str) -> None:
    told = chengwen_here(*typed.split())
    assert told.returncode == 2
    (line,) = told.stderr.splitlines()
    assert said in line
    assert line.endswith("--help")


def test_no_command_at_all_shows_the_help() -> None:
    told = chengwen_here()
    assert told.returncode == 2
    assert "draft" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_version_is_told_without_a_command() -> None:
    done = chengwen_here("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("chengwen 0.")
