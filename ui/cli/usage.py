"""What was wrong with a command as it was typed, in the user's language and one line."""

from __future__ import annotations

import re

from typer.exceptions import TyperException

_SAID = (
    (r"Missing option (.+?)\.", "缺选项 {0}"),
    (r"Missing argument (.+?)\.", "缺参数 {0}"),
    (r"No such option: (\S+?) \(Possible options: (.+)\)", "没有选项 {0}，是不是 {1}"),
    (r"No such option: (\S+)", "没有选项 {0}"),
    (r"No such command (.+?)\. Did you mean (.+)\?", "没有命令 {0}，是不是 {1}"),
    (r"No such command (.+?)\.", "没有命令 {0}"),
    (r"Option (.+?) requires (?:an argument|\d+ arguments)\.", "选项 {0} 后面要写值"),
    (r"Option (.+?) does not take a value\.", "选项 {0} 后面不写值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", "多出 {0}，文件名含空格请加引号"),
    (r"Invalid value for (.+?): .*valid integer.*", "{0} 应是整数"),
    (r"Invalid value for (.+?): .*greater than or equal to (\d+).*", "{0} 不能小于 {1}"),
    (r"Invalid value for (.+?): .*less than or equal to (\d+).*", "{0} 不能大于 {1}"),
    (r"Invalid value for (.+?): .*is not one of (.+?)\.", "{0} 只能是 {1}"),
    (r"Invalid value for (.+?): .*?Input should be (.+)", "{0} 应是 {1}"),
    (r"Invalid value for (.+?): (.*)", "{0} 的值不能用：{1}"),
)


def said(error: TyperException, program: str) -> str:
    """One line: what is wrong, and where to look. A form that is not known here is passed on as it is told."""
    message = " ".join(error.format_message().split())
    for form, words in _SAID:
        if match := re.fullmatch(form, message):
            told = [re.sub(r"[{}'\"\[\]]", "", group).strip() for group in match.groups()]
            return f"{program}：{words.format(*told)}；用法见 {program} --help"
    return f"{program}：{message}"
