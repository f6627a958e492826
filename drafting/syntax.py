"""YAML's syntax errors in a drafter's words: where, what, and how to mend it."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

# organ：市局 or organ:市局 is one text to YAML, which stumbles only lines later.
_KEY_WITHOUT_COLON = re.compile(r"[ ]*(?:- +)*(?P<key>[a-z_]+)(?:：|:(?=[^\s/\\]))")

# The parser gives up long after the bracket, quote or key that was left open.
_FAULT_IS_EARLIER = r"could not find expected ':'|end of stream|<stream end>"

_WORDS = (
    (r"character '\\t'", "缩进和空位请用空格，不能用制表符（Tab）"),
    (r"cannot start any token", "文字不能以“{char}”开头，请给整条加引号"),
    (r"mapping values are not allowed", "这里的“: ”读不通；文字里有“: ”请给整条加引号，否则请检查缩进"),
    (r"could not find expected ':'", "这一行不是“键: 值”，也不是列表项；请检查缩进和冒号"),
    (r"end of stream|<stream end>", "引号或括号没有写完，到文件末尾也没有收尾"),
    (r"found '<scalar>'", "引号或括号之后又有文字；请用一对引号括住整条"),
    (r"unknown escape character|escape sequence", "双引号里的“\\”读不通；请改用单引号，或写成“\\\\”"),
    (r"chomping or indentation", "“|”和“>”之后不能再写文字；如是正文请给整条加引号"),
    (r"sequence entries are not allowed", "列表的“- ”不能写在这里；请换到下一行并缩进"),
    (r"<block end>|block mapping|block sequence start", "缩进不齐：这一行和同级的上一行没有对齐"),
)


def explain(error: MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """Line and column from 1, and one line that says what to do."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    culprit = _line_without_colon(lines, line)
    if culprit:
        return culprit
    problem = error.problem or ""
    if error.context_mark and re.search(_FAULT_IS_EARLIER, problem):
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    return line, column, f"YAML 语法有误：{_words(problem, lines, line, column)}"


def _line_without_colon(lines: list[str], last: int) -> tuple[int, int, str] | None:
    for number in range(min(last, len(lines)), max(0, last - 3), -1):
        match = _KEY_WITHOUT_COLON.match(lines[number - 1])
        if match:
            key = match["key"]
            return number, match.start("key") + 1, f"“{key}”后应是半角冒号加一个空格，写作“{key}: …”"
    return None


def _words(problem: str, lines: list[str], line: int, column: int) -> str:
    for pattern, words in _WORDS:
        if re.search(pattern, problem):
            return words.format(char=lines[line - 1][column - 1 : column])
    return "这里的符号读不通；如是正文，请给整条加引号"
