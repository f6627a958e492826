"""Padding (套话): sentences of the body that stand on no fact. Shown, not forbidden (G407)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafting import amounts
from drafting.facts import Fact
from drafting.ground import names_in
from drafting.memory import remembered
from drafting.report import Block
from evals.examined import Examined, Sentence
from evals.finding import Finding
from evals.rule import rule
from evals.rules.vague_facts import SAID_OF_ANY_WORK

_HAN_RUN = re.compile("[一-鿿]+")
_CLAUSE = re.compile("[，。；：、！？]")
# What code builds, or would build: 现将有关情况报告如下, 主要做法如下：, 特此报告.
_FORMULA = re.compile(
    r"[：:]$|如下[。：]?$|^(?:特此|专此|谨此)|^以上(?:报告|情况|汇报)|^(?:妥否|请予?审[阅议示])|^附件"
)
_OPENS_AN_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}是|首先|其次|再次|最后|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]\d{1,2}[）)]|\d{1,2}[.．、])"
)
_LONGEST_GIST = 24
_SHORTEST = 6


@rule(
    code="G407",
    name="套话",
    name_en="padding",
    severity="info",
    basis="practice",
    needs=("brief",),
)
def padding(document: Examined) -> Iterator[Finding]:
    """A sentence with no amount, date or name, and no word of its facts beyond what is said of any work or is the report's topic.

    A sentence of a point of ours is held against the point's facts, others against all. Gists are the titles of what follows them.
    """
    if document.brief is None:
        return
    facts = {fact.id: fact for fact in document.brief.facts()}
    topic = telling(document.brief.topic)
    for index, block in document.of_type("paragraph", "outlook"):
        sentences = [sentence for sentence in document.sentences(index) if not _is_formula(sentence.text)]
        standing = [_stands(document, sentence, _held(block, sentence, facts), topic) for sentence in sentences]
        for place, sentence in enumerate(sentences):
            followed = place + 1 < len(standing) and standing[place + 1]
            if not standing[place] and not (followed and _is_gist(block, sentence)):
                start = sentence.start + len(sentence.text) - len(sentence.text.lstrip())
                yield padding.finding(
                    document,
                    index,
                    start,
                    sentence.end,
                    "这一句没有依据任何事实，是套话",
                    "this sentence stands on no fact",
                )


def _is_formula(text: str) -> bool:
    bare = text.strip()
    return len(bare) < _SHORTEST or _FORMULA.search(bare) is not None


def _held(block: Block, sentence: Sentence, facts: dict[str, Fact]) -> Sequence[Fact]:
    """The facts of the point that holds the sentence, where it names some; else all."""
    for start, end, point in block.spans():
        if point.facts and start <= sentence.start < end:
            return [facts[fact_id] for fact_id in point.facts if fact_id in facts]
    return tuple(facts.values())


def _is_gist(block: Block, sentence: Sentence) -> bool:
    """The gist of a point of ours, or, in a document from elsewhere, the short sentence that opens an item."""
    for start, _, point in block.spans():
        if point.gist and sentence.start == start:
            return True
    opens = (sentence.start == 0 and block.number) or _OPENS_AN_ITEM.match(sentence.text)
    return bool(opens) and len(sentence.text.strip()) <= _LONGEST_GIST


def _stands(document: Examined, sentence: Sentence, facts: Sequence[Fact], topic: frozenset[str]) -> bool:
    pairs = telling(sentence.text) - topic
    if any(pairs & telling(fact.text) for fact in facts):
        return True
    inside = (mention.start for mention in document.mentions[sentence.block])
    if any(sentence.start <= start < sentence.end for start in inside) or names_in(sentence.text):
        return True
    if any(not amount.weak for amount in amounts.find(sentence.text)):
        return True
    return any(clause in sentence.text for fact in facts for clause in _CLAUSE.split(fact.text) if clause)


@remembered(4096)
def telling(text: str) -> frozenset[str]:
    """The pairs of characters that tell what a text is about."""
    runs = (run for part in _HAN_RUN.findall(text) for run in SAID_OF_ANY_WORK.sub(" ", part).split())
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
