"""Attribution: in a text that does not say which facts it words, the sentence that takes up a fact, and whether it raises its status.

A point of ours names its facts and is held against them word by word. A document from outside names none; only what is sure is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting import amounts, statuses
from drafting.clauses import unsaid_clauses
from drafting.facts import Fact
from drafting.ground import Gap, Ground


def raised(sentences: Sequence[str], ground: Ground) -> Iterator[tuple[int, Gap]]:
    """The sentences, by index, that tell as done or affirm what their fact does not: G409 and G406 over the whole sentence.

    Nothing is told of a fact that another sentence words rightly, or of a sentence that another fact states as it stands.
    """
    for fact in ground.facts:
        bare = statuses.without_status(fact.text)
        if bare == fact.text:
            continue
        about = [index for index, text in enumerate(sentences) if takes_up(text, bare, fact, ground)]
        wrong = [(index, list(changed(sentences[index], fact))) for index in about]
        if not wrong or not all(gaps for _, gaps in wrong):
            continue
        index, gaps = max(wrong, key=lambda pair: _likeness(sentences[pair[0]], bare))
        if not any(says(other, sentences[index], ground) for other in ground.facts if other is not fact):
            yield from ((index, gap) for gap in gaps)


def takes_up(text: str, words: str, fact: Fact, ground: Ground) -> bool:
    """Does the text hold all the fact's numbers and most of these words of it?"""
    if unsaid_clauses(words, text):
        return False
    written = ground.amounts_of(text)
    known = [amount for amount in ground.amounts_of(fact.text) if not amount.weak]
    return all(any(amounts.fits(other, amount) for other in written) for amount in known)


def changed(text: str, fact: Fact) -> Iterator[Gap]:
    """Status words and denials of the fact that the text has lost, over the whole text: G409 and G406."""
    for status in statuses.raised(fact.text, text):
        reason = f"{fact.id} 写的是“{status}”，不能写成已经完成"
        yield Gap("G409", "error", 0, len(text), text, reason, status, fact.text, fact.id)
    for denial in statuses.denials_lost(fact.text, text):
        reason = f"{fact.id} 写的是“{denial}”，不能写反"
        yield Gap("G406", "error", 0, len(text), text, reason, denial, fact.text, fact.id)


def says(fact: Fact, text: str, ground: Ground) -> bool:
    """Does the text take up the whole fact, and as it stands?"""
    return takes_up(text, fact.text, fact, ground) and not any(changed(text, fact))


def _likeness(text: str, words: str) -> float:
    shared = len(set(text) & set(words))
    return shared / max(len(set(text)), 1)
