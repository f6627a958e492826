"""The documents say what the program does: docs/cli.md is what the commands say, README's links lead somewhere."""

import re
from pathlib import Path

import pytest

from ui.cli.manual import manual

ROOT = Path(__file__).parents[1]


def test_the_command_page_is_generated_from_the_commands() -> None:
    written = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert written == manual(), "python -m ui.cli.manual > docs/cli.md"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert target.startswith("https://") or (ROOT / target).exists(), f"{page}: {target}"


def test_every_makefile_verb_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for verb in re.findall(r"^make (\w+)", pages, re.MULTILINE):
        assert re.search(rf"^{verb}:", makefile, re.MULTILINE), verb


def test_every_file_that_the_house_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:drafting|evals|ui|prompts)/[\w./]+)`", text):
        assert (ROOT / name).exists(), name
