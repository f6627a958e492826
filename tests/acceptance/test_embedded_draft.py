"""One real section with the model on this machine: every fact used, nothing invented, everything closed afterwards."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from drafting import brief as brief_file
from drafting import grounding, profiles
from drafting.errors import ModelSetupError
from drafting.grounding import Ground
from drafting.models import ModelSpec, open_model
from drafting.models.embedded import weights_path
from drafting.report import Report
from drafting.writer import Writer

NAME = "qwen2.5-coder-1.5b"
CASE = Path(__file__).parents[2] / "evals/cases/campus-2024h1.brief.yaml"


def fetched() -> bool:
    try:
        weights_path(NAME, os.environ)
    except ModelSetupError:
        return False
    return True


@pytest.mark.weights
@pytest.mark.skipif(not fetched(), reason=f"weights not fetched: chengwen model fetch {NAME}")
def test_a_section_worded_by_the_embedded_model() -> None:
    whole = brief_file.load(CASE).brief
    brief = replace(whole, sections=whole.sections[:1])

    async def draft() -> Report:
        async with open_model(ModelSpec.parse(f"gguf:{NAME}"), environ=os.environ) as model:
            assert model.on_loopback
            return await Writer(profiles.load(brief.kind), model).draft(brief)

    points = [point for block in asyncio.run(draft()).blocks if block.type == "paragraph" for point in block.points]
    assert [fact for point in points for fact in point.facts] == [fact.id for fact in brief.sections[0].facts]
    assert sum(point.provenance.origin in ("worded", "repaired") for point in points) >= 2
    for point in points:
        ground = Ground.of(brief, [brief.fact(fact_id) for fact_id in point.facts])
        assert not grounding.missing(point.text, ground), point.text
        assert not [gap for gap in grounding.examine(point.body, ground) if gap.weight == "error"], point.text
