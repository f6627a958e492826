"""YAML as events: libyaml's, 25 times as fast, where it and YAML 1.2 cannot differ; otherwise ruamel's, which also explain what is wrong.

They differ in what a brief seldom holds: texts over several lines, values that were left out, tabs, anchors, a second document. libyaml also
takes some of what the grammar refuses. What is left is the same to the character: tests/test_yaml_events.py asks both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ruamel.yaml import YAML
from yaml import YAMLError
from yaml import events as fast

try:
    from yaml.cyaml import CParser
except ImportError:  # PyYAML was built without libyaml
    CParser = None

_MAY_DIFFER = re.compile(r"[\t\x85\u2028\u2029\ufeff]|^(?:---|\.\.\.)", re.MULTILINE)
_BEARING = (fast.ScalarEvent, fast.SequenceStartEvent, fast.MappingStartEvent)


def events(text: str, most: int) -> Iterator[Any]:
    """The events of a text, those of PyYAML or of ruamel.yaml, whose names and attributes are the same; at most some `most` are made ahead.

    Raises ruamel.yaml's YAMLError where the text is not YAML.
    """
    found = None if _MAY_DIFFER.search(text) else _of_libyaml(text, most)
    return iter(found) if found is not None else YAML(typ="safe", pure=True).parse(text)


def _of_libyaml(text: str, most: int) -> list[Any] | None:
    """Every event, None where there are too many, one may be another in YAML 1.2, or libyaml does not get through."""
    if CParser is None:
        return None
    parser = CParser(text if text.endswith("\n") else text + "\n")
    try:
        found = list(islice(iter(parser.get_event, None), most + 1))
    except YAMLError:
        return None
    return found if len(found) <= most and all(map(_plain, found)) else None


def _plain(event: Any) -> bool:
    if isinstance(event, fast.AliasEvent):
        return False
    if not isinstance(event, _BEARING):
        return True
    if event.anchor is not None or event.tag is not None:
        return False
    return not isinstance(event, fast.ScalarEvent) or (
        event.start_mark.line == event.end_mark.line and bool(event.value)
    )
