"""Thresholds: what every rule must reach, read from thresholds.tsv, and how a rule's figures stand to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from evals.scoring import Tally

State = Literal["ok", "few", "below", "not measured"]

ENOUGH = 30
"""Seeded faults. A recall over fewer is told as such."""

_OTHERS = "*"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least recall on seeded faults, and the most false alarms per 100,000 characters."""

    recall: float
    alarms_per_100k: float

    def state(self, tally: Tally) -> State:
        """`few` reaches the threshold on fewer than 30 faults. Nothing seeded is not measured, and no pass."""
        rate = tally.alarms_per_100k
        if (tally.recall is not None and tally.recall < self.recall) or (rate or 0) > self.alarms_per_100k:
            return "below"
        if tally.recall is None or rate is None:
            return "not measured"
        return "ok" if tally.seeded >= ENOUGH else "few"


@cache
def _rows() -> Mapping[str, Threshold]:
    lines = files("evals").joinpath("thresholds.tsv").read_text(encoding="utf-8").splitlines()
    split = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: Threshold(float(recall), float(alarms)) for code, recall, alarms in split}


def threshold(code: str) -> Threshold:
    """The threshold of that rule: its own row, else the row *."""
    return _rows().get(code, _rows()[_OTHERS])


def own_rows() -> frozenset[str]:
    """The codes that have a threshold of their own."""
    return frozenset(_rows()) - {_OTHERS}
