"""Learning with what the rules know: which parts of an exemplar speak of what comes next, and which words name a campaign, a plan or a congress."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafting import profiles
from drafting.documents import read
from drafting.errors import InputError
from drafting.learning import exemplar
from drafting.learning.exemplar import Exemplar
from drafting.learning.learned import Learned
from drafting.learning.learned import learn as learn_from
from evals.examined import Examined
from evals.timeline import timeline

_DEFAULT_KIND = "special-report"


def load(path: Path) -> Exemplar:
    """The exemplar in a file. Raises DocumentError, in one line, for what cannot be learned from."""
    reading = read(path)
    return exemplar.load(path, Examined(reading.report).ahead)


def learn(paths: Sequence[Path], kind: str | None = None) -> Learned:
    """What the exemplars teach of their kind. Raises InputError for files that are named twice, or exemplars of two kinds."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise InputError("同一个范文写了两次")
    exemplars = [load(path) for path in paths]
    base = profiles.load(kind or next((one.report.kind for one in exemplars if one.report.kind), _DEFAULT_KIND))
    return learn_from(exemplars, base, frozenset(entry.term for entry in timeline()))
