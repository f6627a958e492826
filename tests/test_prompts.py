"""Every prompt file renders; a missing or surplus input is an error; values are never read as templates."""

import pytest

from drafting import prompts
from drafting.errors import ProfileError


@pytest.mark.parametrize("name", prompts.names())
def test_every_prompt_renders(name: str) -> None:
    prompt = prompts.load(name)
    text = prompt.render(**{slot: f"〈{slot}〉" for slot in prompt.inputs})
    assert all(f"〈{slot}〉" in text for slot in prompt.inputs)
    assert "{{" not in text
    assert len(prompt.fingerprint) == 64


def test_inputs_must_be_exactly_those_named() -> None:
    prompt = prompts.load("word-point-facts")
    with pytest.raises(ProfileError, match="facts"):
        prompt.render()
    with pytest.raises(ProfileError, match="heading"):
        prompt.render(facts="甲", heading="乙")


def test_braces_in_a_fact_stay_text() -> None:
    assert prompts.load("word-point-facts").render(facts="写入{{facts}}和{kind}") == "事实：写入{{facts}}和{kind}"


def test_static_prompts_hold_no_facts() -> None:
    for name in ("word-point", "word-section"):
        assert "facts" not in prompts.load(name).inputs
