"""The language that findings are told in: Chinese, or English for --lang en or CHENGWEN_LANG=en."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drafting.errors import InputError
from evals.examined import Need
from evals.finding import SEVERITIES, Finding
from evals.rule import REGISTRY

NEEDS: tuple[Need, ...] = ("period", "issued", "organ", "profile", "brief", "against")


@dataclass(frozen=True, slots=True)
class Language:
    """How the check command speaks; quotes, what was expected and evidence stay as the document has them."""

    lacking: Mapping[Need, str]

    def message(self, finding: Finding) -> str:
        return finding.message

    def name(self, finding: Finding) -> str:
        return finding.name

    def expected(self, words: str) -> str:
        return f"（应为 {words}）"

    def not_checked(self, codes: Sequence[str], need: Need, files: int) -> str:
        """One line about what one lack kept from running, in one file or in several."""
        said = f"未检查 {'、'.join(in_runs(codes, '—'))}（{self.lacking[need]}）"
        return said if files == 1 else f"{files} 份文件{said}"

    def summary(self, files: int, counts: Mapping[str, int]) -> str:
        words = {"error": "错误", "warning": "警告", "info": "提示"}
        return f"检查 {files} 份文件：{'，'.join(f'{counts[severity]} {words[severity]}' for severity in SEVERITIES)}"

    def switched_off(self, codes: Sequence[str], place: str) -> str:
        return f"；{place} 关闭了 {'、'.join(codes)}"


@dataclass(frozen=True, slots=True)
class _English(Language):
    def message(self, finding: Finding) -> str:
        return finding.message_en

    def name(self, finding: Finding) -> str:
        return REGISTRY[finding.code].name_en

    def expected(self, words: str) -> str:
        return f" (expected: {words})"

    def not_checked(self, codes: Sequence[str], need: Need, files: int) -> str:
        where = "" if files == 1 else f"{files} files: "
        return f"{where}not checked: {', '.join(in_runs(codes, '–'))} ({self.lacking[need]})"

    def summary(self, files: int, counts: Mapping[str, int]) -> str:
        return f"{_some(files, 'file')} checked: {_some(counts['error'], 'error')}, {_some(counts['warning'], 'warning')}, {counts['info']} info"

    def switched_off(self, codes: Sequence[str], place: str) -> str:
        return f"; {place} switches off {', '.join(codes)}"


def in_runs(codes: Sequence[str], dash: str) -> list[str]:
    """Three and more codes that follow one another among all rules as one: B101—B106."""
    every = [rule.code for rule in REGISTRY]
    runs: list[list[str]] = []
    for code in sorted(codes):
        last = runs[-1][-1] if runs else ""
        follows = bool(last) and every.index(code) == every.index(last) + 1 and code[0] == last[0]
        if follows:
            runs[-1].append(code)
        else:
            runs.append([code])
    return [part for run in runs for part in ([f"{run[0]}{dash}{run[-1]}"] if len(run) > 2 else run)]


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


CHINESE = Language(
    {
        "period": "没有认出报告期，用 --period 指定",
        "issued": "没有认出成文日期，用 --issued 指定",
        "organ": "没有认出发文机关，用 --organ 指定",
        "profile": "没有指定文种，用 --profile 指定",
        "brief": "没有提纲，用 --brief 指定",
        "against": "没有旧稿，用 --against 指定",
    }
)
ENGLISH = _English(
    {
        "period": "no period was recognised: give --period",
        "issued": "no date of issue was recognised: give --issued",
        "organ": "no reporting organ was recognised: give --organ",
        "profile": "no kind of report was named: give --profile",
        "brief": "there is no brief: give --brief",
        "against": "there is no old text: give --against",
    }
)
_LANGUAGES = {"zh": CHINESE, "en": ENGLISH}


def chosen(option: str | None, environ: Mapping[str, str]) -> Language:
    """The option, else CHENGWEN_LANG, else Chinese. Raises InputError for another language."""
    wanted = option or environ.get("CHENGWEN_LANG", "").strip() or "zh"
    if wanted not in _LANGUAGES:
        raise InputError(f"--lang（CHENGWEN_LANG）只能是 {' 或 '.join(_LANGUAGES)}，不能是 {wanted}")
    return _LANGUAGES[wanted]
