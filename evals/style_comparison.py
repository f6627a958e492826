"""How much closer a draft comes to an exemplar's style with the profile that was learned from it than without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafting import profiles
from drafting.facts import Brief
from drafting.learning.exemplar import Exemplar, of_report
from drafting.learning.learned import Learned
from drafting.learning.style import Style, style
from drafting.learning.written import written
from drafting.models import Askable
from drafting.profile import Profile
from drafting.report import Report
from drafting.together import together
from drafting.writer import Writer


@dataclass(frozen=True, slots=True)
class Closer:
    """The figures of the exemplars, and of drafts of the same briefs without and with what was learned; `model` None for the composer."""

    model: str
    wanted: Style
    without: Style
    learned: Style

    @property
    def distances(self) -> tuple[float, float]:
        return self.wanted.distance(self.without), self.wanted.distance(self.learned)

    def as_dict(self) -> dict[str, Any]:
        before, after = self.distances
        figures = {"exemplar": self.wanted, "without": self.without, "with": self.learned}
        told = {name: one.as_dict() for name, one in figures.items()}
        return {"model": self.model, **told, "distance": {"without": before, "with": after}}


async def closer(found: Learned, briefs: Sequence[Brief], name: str, model: Askable | None) -> Closer:
    """Drafts every brief twice, by the kind that the profile was learned upon and by what was learned. Raises what Writer.draft raises."""
    profile = profiles.loads(written(found), "learned.yaml")
    without, learned = [await _drafted(briefs, kind, model) for kind in (found.base, profile)]
    return Closer(name, found.style, style(without), style(learned))


async def _drafted(briefs: Sequence[Brief], profile: Profile, model: Askable | None) -> list[Exemplar]:
    reports: list[Report] = await together(Writer(profile, model).draft(brief) for brief in briefs)
    return [of_report("", report) for report in reports]


def fitting(folder: Path, kind: str) -> list[Brief]:
    """The briefs of the folder that are of that kind."""
    from drafting import brief as brief_file

    loaded = (brief_file.load(path).brief for path in sorted(folder.glob("*.brief.yaml")))
    return [brief for brief in loaded if brief.kind == kind]
