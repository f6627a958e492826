"""English: every rule can say what it found without a Chinese word of its own."""

import re

import pytest

from drafting.errors import InputError
from evals.finding import english
from evals.pages import codes, page_of
from evals.rule import REGISTRY
from tests.test_rules_pages import found_on_page
from ui.cli.language import CHINESE, ENGLISH, chosen

_QUOTED = re.compile("“[^“”]*”")
_CHINESE = re.compile("[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")


@pytest.mark.parametrize("code", codes())
def test_every_rule_s_findings_speak_english_but_for_quotes(code: str) -> None:
    page = page_of(code)
    found = [finding for text in page.bad for finding in found_on_page(code, text, page.settings)]
    assert found
    for finding in found:
        assert re.search("[a-z]{2}", finding.message_en)
        assert not _CHINESE.search(_QUOTED.sub("", finding.message_en)), finding.message_en
    assert not _CHINESE.search(REGISTRY[code].name_en)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("312处 − 308处 = 4处", "“312处” − “308处” = “4处”"),
        ("“十四五”规划 covers 2021–2025", "“‘十四五’规划” covers 2021–2025"),
        ("“三是” skips; 二是 was due", "“三是” skips; “二是” was due"),
        ("F1 holds a mark (秘密★1年): it stays", "F1 holds a mark (“秘密★1年”): it stays"),
        ("doubled punctuation: ，，", "doubled punctuation: “，，”"),
        ("no title", "no title"),
    ],
)
def test_what_is_the_document_s_is_quoted_once(message: str, told: str) -> None:
    assert english(message) == told
    assert english(told) == told


def test_the_option_comes_before_the_environment_and_chinese_is_usual() -> None:
    assert chosen(None, {}) is CHINESE
    assert chosen(None, {"CHENGWEN_LANG": "en"}) is ENGLISH
    assert chosen("zh", {"CHENGWEN_LANG": "en"}) is CHINESE
    assert chosen(None, {"CHENGWEN_LANG": " "}) is CHINESE
    with pytest.raises(InputError, match="zh 或 en"):
        chosen(None, {"CHENGWEN_LANG": "fr"})


def test_both_languages_tell_of_every_lack() -> None:
    assert CHINESE.lacking.keys() == ENGLISH.lacking.keys()
    assert not any(_CHINESE.search(said) for said in ENGLISH.lacking.values())
