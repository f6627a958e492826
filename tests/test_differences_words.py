"""The comparison in English: every word of ours is English, what the two texts say stays as it is."""

from __future__ import annotations

import re
from dataclasses import fields

from drafting.changes import compare
from drafting.changes.summary import summarise
from tests.builders import CLEAN, report
from ui.differences.page import difference
from ui.differences.wording import CHINESE, ENGLISH

HAN = re.compile("[一-鿿]")


def test_our_words_are_english_and_the_texts_stay() -> None:
    old, new = report(CLEAN), report(CLEAN.replace("6次", "7次").replace("二、", "二、全面"))
    found = compare(old, new)
    page = difference(found, summarise(found), ("1", "2"), ENGLISH)
    texts = {character for text in (old.text, new.text) for character in text}
    ours = re.sub(r"<(del|ins)[^>]*>", "", page)
    assert "What changed" in page
    assert "7次" in ours or "<ins" in page
    assert not [sign for sign in HAN.findall(ours) if sign not in texts]
    assert "修改对照" not in page


def test_both_languages_fill_the_same_blanks() -> None:
    for field in fields(CHINESE):
        one, other = getattr(CHINESE, field.name), getattr(ENGLISH, field.name)
        if isinstance(one, str):
            assert one.count("{}") == other.count("{}"), field.name
            assert not HAN.search(other), field.name
        elif isinstance(one, tuple):
            assert [part.count("{}") for part in one] == [part.count("{}") for part in other], field.name
        else:
            assert one.keys() == other.keys(), field.name
