"""Which gist a point gets: the model's, or the composer's where the model's is doubled, empty or beside the facts."""

from __future__ import annotations

import re
from collections.abc import Collection

from drafting.answers import Wording
from drafting.facts import Fact

# A gist is a verb of two characters and its object (加强安全教育); of the object three quarters must stand in facts, topic or heading.
_VERB = 2
_OF_THE_OBJECT = 0.75
# A gist whose long object stands in the text word for word says everything twice; one that opens with an effect claims it.
_LONGEST_ECHO = 5
_EFFECT = re.compile("提升|提高|改善|增强|优化|确保|保障")
_ANY_WORK = re.compile("(?:建设|工作|管理|力度|活动)$")


def better(worded: Wording, composed: str, *, taken: Collection[str], facts: Collection[Fact], around: str) -> str:
    """The model's gist where it is new, adds to the text's first words, and speaks of what the facts speak of.

    `taken` are the gists of the section's other points, `around` the words of topic and heading. Otherwise the composer's, or, for want
    of one, the model's if it is at least new.
    """
    gist, text = worded.gist, worded.text
    if gist in taken or text.startswith(gist):
        return composed
    said = "".join(fact.text for fact in facts) + around
    object_ = _ANY_WORK.sub("", gist[_VERB:])
    fitting = sum(char in said for char in object_) >= _OF_THE_OBJECT * len(object_)
    echo = len(object_) > _LONGEST_ECHO and object_ in text
    effect = _EFFECT.match(gist) is not None and gist[:_VERB] not in said
    return composed if composed and (echo or effect or not fitting) else gist
