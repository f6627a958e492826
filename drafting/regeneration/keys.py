"""Keys: everything that a section's wording depends on, by name, and the fingerprint of it all.

A section is redone when its key changed and at no other time, as a build system redoes a target. What a wording only leans on — the
report's title, the other headings, the day of issue — is its context: where that changed, the wording is held against its facts again
and redone only if it no longer stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from drafting import answers, prompts, questions
from drafting.canonical import fingerprint
from drafting.facts import Brief, Fact
from drafting.models import ModelSpec, Unit
from drafting.outline import PlannedPoint
from drafting.profile import Profile
from drafting.writer import ATTEMPTS

_SAMPLING = {"temperature": 0, "seed": 0}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run words: with which model, a section or a point a call, told what."""

    spec: ModelSpec
    unit: Unit

    def parts(self, profile: Profile) -> dict[str, str]:
        """What all sections of a kind share, each part by its fingerprint; the model by its name."""
        return _shared(self, profile)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one section's wording depends on: its heading, the facts of its points in order, and what the run shares."""

    heading: str
    points: tuple[tuple[Fact, ...], ...]
    shared: Mapping[str, str]

    @property
    def key(self) -> str:
        return fingerprint({**self.shared, "heading": self.heading, "points": self._told()})

    def _told(self) -> list[list[dict[str, Any]]]:
        """Facts without their ids, which change where a fact is put in elsewhere."""
        return [[told(fact) for fact in facts] for facts in self.points]


def told(fact: Fact) -> dict[str, Any]:
    """What a fact says, whatever it is called."""
    said = fact.as_dict()
    del said["id"]
    return said


def inputs(heading: str, points: Sequence[PlannedPoint], profile: Profile, manner: Manner) -> Inputs:
    """The inputs of a section of which these points are to be worded."""
    return Inputs(heading, tuple(point.facts for point in points), manner.parts(profile))


def context(brief: Brief) -> str:
    """The fingerprint of what a text of the brief may lean on beside its own facts."""
    data = brief.as_dict()
    data["sections"] = [section.heading for section in brief.sections]
    return fingerprint(data)


def of_report(brief: Brief, profile: Profile, sections: Sequence[str]) -> str:
    """The key of a whole report: its sections' keys, and everything that code builds it from."""
    return fingerprint({"brief": brief.as_dict(), "profile": profile.fingerprint, "sections": list(sections)})


@lru_cache(maxsize=64)
def _shared(manner: Manner, profile: Profile) -> dict[str, str]:
    if manner.spec.is_composer:
        return {"model": str(manner.spec), "profile": _wording(profile), "prompts": "", "settings": ""}
    schema = answers.POINT_SCHEMA if manner.unit == "point" else answers.SECTION_SCHEMA
    return {
        "model": str(manner.spec),
        "profile": _wording(profile),
        "prompts": prompts.fingerprint(questions.used(manner.unit, None)),
        "settings": fingerprint({**_SAMPLING, "attempts": ATTEMPTS, "schema": schema, "unit": manner.unit}),
    }


def _wording(profile: Profile) -> str:
    """The parts of a profile that a section's words depend on."""
    parts: list[object] = [profile.name, profile.point_style, list(profile.diction), list(profile.set_phrases)]
    return fingerprint(parts + ([profile.sentence_length] if profile.sentence_length else []))
