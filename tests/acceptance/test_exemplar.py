"""A real half-year report from outside the repository, read in place: its faults are named, and its facts draft a clean one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import chengwen

EXEMPLAR = Path(__file__).parents[3] / "shared/data/exemplar/special-report-2024h1.txt"
SAMPLE = Path(__file__).parents[3] / "shared/data/sample/safety-2024h1.brief.yaml"

pytestmark = pytest.mark.skipif(
    not EXEMPLAR.exists(), reason="the exemplar lies outside the repository and is not here"
)


def test_its_faults_are_named() -> None:
    checked = chengwen("check", EXEMPLAR, "--output", "json")
    assert checked.returncode == 1
    findings = json.loads(checked.stdout)["documents"][0]["findings"]
    anniversary = next(finding for finding in findings if finding["code"] == "D305")
    assert "70" in anniversary["quote"]
    assert "75" in anniversary["expected"]
    quotes = [finding["quote"] for finding in findings if finding["code"] == "P201"]
    assert any("XX局" in quote for quote in quotes)
    assert any("XXX" in quote for quote in quotes)


def facts() -> list[tuple[str, list[str]]]:
    """Headings with whole sentences under them, those with leftovers and dated claims left out."""
    sections: list[tuple[str, list[str]]] = []
    for line in EXEMPLAR.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"\s*[一二三四五六]、(\S{6,30})\s*", line)
        if heading:
            sections.append((heading.group(1), []))
        elif sections:
            sentences = [re.sub("^[一二三四五]是", "", part.strip()) for part in line.split("。")]
            fit = [s for s in sentences if 12 < len(s) < 140 and not re.search("XX|脱贫|决胜|20\\d\\d", s)]
            sections[-1][1].extend(fit[: 4 - len(sections[-1][1])])
    return sections


def test_its_facts_draft_a_report_that_passes(tmp_path: Path) -> None:
    head = "kind: special-report\norgan: 市应急管理局\ntopic: 意识形态工作\nperiod: 2024年上半年\nissued: 2024-07-05\nsections:\n"
    quoted = "".join(
        f"  - heading: {json.dumps(heading, ensure_ascii=False)}\n    facts:\n"
        + "".join(f"      - {json.dumps(fact, ensure_ascii=False)}\n" for fact in held)
        for heading, held in facts()
    )
    brief = tmp_path / "exemplar.brief.yaml"
    brief.write_text(f"{head}{quoted}outlook:\n  - 加强学习培训\n", encoding="utf-8")
    drafted = chengwen("draft", brief, "--model", "composer", "-o", tmp_path)
    assert drafted.returncode == 0, drafted.stderr
    assert chengwen("check", tmp_path / "exemplar.docx", "--brief", brief).returncode == 0


def test_the_sample_brief_drafts_a_report_that_passes(tmp_path: Path) -> None:
    drafted = chengwen("draft", SAMPLE, "--model", "composer", "-o", tmp_path)
    assert drafted.returncode == 0, drafted.stderr
    assert chengwen("check", tmp_path / "safety-2024h1.docx", "--brief", SAMPLE).returncode == 0
