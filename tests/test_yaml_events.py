"""libyaml's events stand for the grammar's only where they are the same, and briefs are among that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from drafting import yaml_events

BRIEFS = sorted((Path(__file__).parents[1] / "evals/cases").glob("*.brief.yaml"))
PIECES = (
    *"中a12，：:-#[]{}\"'|>?&*!%@`\\~ \n\t\u3000\u2028😀",
    *(
        ": ",
        "- ",
        "\n- ",
        "\n  ",
        "\n    ",
        "facts:",
        "k: v\n",
        "\n---\n",
        "\n...\n",
        "|\n  ",
        ">-\n  ",
        '"甲\n  乙"',
        "'它''s'",
    ),
)


def told(event: Any) -> tuple[Any, ...]:
    kind = type(event).__name__
    if kind.endswith("EndEvent"):
        return (kind,)
    told = [kind, event.start_mark.line, event.start_mark.column]
    told += [getattr(event, "anchor", None), getattr(event, "tag", None)]
    if kind == "ScalarEvent":
        told += [event.value, event.style or None, event.start_mark.index, event.end_mark.index, event.end_mark.line]
    return tuple(told)


def grammar(text: str) -> list[tuple[Any, ...]]:
    return [told(event) for event in YAML(typ="safe", pure=True).parse(text)]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("标题: 检查\n各条:\n- 甲 #乙\n- '丙'")
@example("收文:\n")
@example("- 甲\n  [乙\n")
@example("甲\t: 乙")
def test_where_libyaml_is_believed_the_grammar_says_the_same(text: str) -> None:
    found = None if yaml_events._MAY_DIFFER.search(text) else yaml_events._of_libyaml(text, 1000)
    if found is not None:
        assert [told(event) for event in found] == grammar(text)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.name)
def test_a_brief_is_read_fast(path: Path) -> None:
    text = path.read_text("utf-8")
    assert yaml_events._of_libyaml(text, 10_000) is not None
    assert [told(event) for event in yaml_events.events(text, 10_000)] == grammar(text)


def test_what_is_no_yaml_is_explained_by_the_grammar() -> None:
    with pytest.raises(YAMLError, match="flow"):
        list(yaml_events.events("各条: [甲, 乙\n", 100))


def test_too_many_events_are_not_made_ahead() -> None:
    assert yaml_events._of_libyaml("- 甲\n" * 200, 100) is None
