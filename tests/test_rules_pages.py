"""Every rule has a page, every page a rule, and the examples on it are what the rule says of them."""

from dataclasses import replace

import pytest

from drafting.profile import Profile
from drafting.report import Block, Point, Report
from evals.checking import examination_of_brief, examine
from evals.examined import OldText
from evals.finding import Finding
from evals.pages import codes, page_of
from evals.rule import REGISTRY
from tests.builders import brief, profile, report

EXAMPLES = [
    pytest.param(code, text, drawn, id=f"{code}-{'bad' if drawn else 'good'}")
    for code in codes()
    for texts, drawn in ((page_of(code).bad, True), (page_of(code).good, False))
    for text in texts
]


def _profile(settings: dict[str, str]) -> Profile | None:
    if "profile" not in settings:
        return None
    required = settings.get("required", "")
    known = settings.get("sections", required)
    return profile(*((name, name == required) for name in known.split("、") if name))


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert list(codes()) == [rule.code for rule in REGISTRY]


@pytest.mark.parametrize("code", codes())
def test_a_page_shows_both_sides_and_bears_the_rule_s_name(code: str) -> None:
    page = page_of(code)
    assert page.bad
    assert page.good
    assert page.settings["code"] == code
    assert page.text.startswith(f"# {code} {REGISTRY[code].name}\n")


def _example(text: str, settings: dict[str, str]) -> Report:
    """The example as a document; where the page says `points`, as one point that stands on all of the page's facts."""
    facts = settings.get("facts", "")
    held = brief(*facts.split("|")) if facts else None
    built = report(text, settings["period"], settings["issued"], settings["organ"], brief=held)
    if held is None or "points" not in settings:
        return built
    point = Point(text.strip(), tuple(fact.id for fact in held.facts()))
    return replace(built, blocks=(Block("paragraph", points=(point,)),))


def _old_texts(settings: dict[str, str]) -> list[OldText]:
    """The old text of a page that has one, its lines parted by @."""
    lines = settings.get("against", "").replace("@", "\n")
    return [OldText("旧稿", report(lines, "2023年上半年", "2023-07-05", settings["organ"]))] if lines else []


def found_on_page(code: str, text: str, settings: dict[str, str]) -> list[Finding]:
    """What the rule says of the example: a document, or, for a rule on briefs, a fact a line."""
    if REGISTRY[code].subject == "brief":
        told = brief(*text.splitlines(), period=settings["period"], issued=settings["issued"])
        return list(examination_of_brief(told, select=[code]).findings)
    example = _example(text, settings)
    return examine(example, profile=_profile(settings), against=_old_texts(settings), select=[code])


@pytest.mark.parametrize(("code", "text", "drawn"), EXAMPLES)
def test_the_bad_example_draws_the_code_and_the_good_one_does_not(code: str, text: str, drawn: bool) -> None:
    assert bool(found_on_page(code, text, page_of(code).settings)) is drawn
