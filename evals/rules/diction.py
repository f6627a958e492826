"""Diction: colloquial wording (Y703) and words taken for their neighbours (Y705), from two tables that anyone may edit."""

from __future__ import annotations

from collections.abc import Iterator

from evals import lexicon
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule


@rule(code="Y703", name="口语用词", name_en="colloquial wording", severity="warning", basis="practice")
def colloquial(document: Examined) -> Iterator[Finding]:
    """lexicons/colloquial.tsv. 党政机关公文处理工作条例，第十九条（三） wants 文字精练 only, so no word of it is more than unusual."""
    for index, use in _uses(document, "colloquial"):
        instead = f"，可改为“{use.right}”" if use.right else ""
        yield colloquial.finding(
            document,
            index,
            use.start,
            use.end,
            f"“{document.texts[index][use.start : use.end]}”是口语，公文通常不用{instead}",
            "colloquial wording",
            expected=use.right,
            evidence=use.entry.source,
        )


@rule(code="Y705", name="易混词误用", name_en="a word taken for its neighbour", severity="warning", basis="practice")
def confused(document: Examined) -> Iterator[Finding]:
    """lexicons/confusables.tsv: 截止 for 截至, 权利 for 权力 and misspelt set phrases."""
    for index, use in _uses(document, "confusables"):
        wrong = document.texts[index][use.start : use.end]
        yield confused.finding(
            document,
            index,
            use.start,
            use.end,
            f"“{wrong}”疑为“{use.right}”之误",
            f"{wrong} for {use.right}",
            expected=use.right,
            evidence=use.entry.source,
        )


def _uses(document: Examined, name: lexicon.Name) -> Iterator[tuple[int, lexicon.Use]]:
    """The uses in every block but the title and the closing lines, which hold names."""
    given = lexicon.used(name, document.text)
    if not given:
        return
    for index, _ in document.of_type("lead", "heading", "paragraph", "outlook"):
        for use in lexicon.uses(given, document.texts[index]):
            yield index, use
