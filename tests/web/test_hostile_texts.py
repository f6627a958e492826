"""Texts of people and reports in HTML: shown as they are, run nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from drafting.comments import Comment, Hand
from drafting.workspace import remarks, reviewing, saving, users
from drafting.workspace.outcome import Outcome
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from tests.builders import profile
from tests.web.hostile import ALL, PAYLOADS, hostile
from ui.web.handlers import reports, versions
from ui.web.html import forms, head, history
from ui.web.html import reports as html
from ui.web.languages import Language

_OURS = set(
    "a badge button code dd del details div footer form h1 h2 header input ins label li main nav ol p section".split()
)
_OURS |= set("small span strong summary table tbody td th thead time tr ul".split())
_WHO = "<i>"


class Tags(HTMLParser):
    """The tags, attributes and text that a browser would make of a fragment."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.fixture
def attacked(workspace: Workspace) -> Workspace:
    """Hostile titles, organs, headings, paragraphs, notes, reasons, comments, and the name of a user."""
    with workspace.writing("张三") as ledger:
        users.add(ledger, "张三", ["administrator", "drafter"])
        users.add(ledger, _WHO, ["drafter", "reviewer:3"])
    saving.record(workspace, hostile(), _WHO, "drafted", note=ALL)
    base = reports.table(workspace, "张三").rows[0].head
    version = saving.save(workspace, base, hostile("改"), "张三", note=ALL)
    with workspace.writing("张三") as ledger:
        remarks.add(ledger, version, Comment(ALL, Hand(f"赵六{ALL}"), 3, 0, 200))
    reviewing.submit(workspace, version, "张三", profile(), lambda _: Outcome(True, 0, 0, ()))
    reviewing.send_back(workspace, version, _WHO, profile(), ALL)
    return workspace


def fragments(workspace: Workspace, language: Language) -> list[Callable[[], str]]:
    (row,) = reports.table(workspace, "张三").rows
    told = versions.told(workspace, "张三", row.document.id)
    compared = versions.compared(workspace, "张三", row.document.id, *told.pair)
    return [
        lambda: html.table(language, reports.table(workspace, "张三")),
        lambda: history.history(language, told),
        lambda: history.comparison(language, compared),
        lambda: html.notice(ALL, problem=True),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_texts_are_shown_literally_and_add_no_tag_attribute_or_link(attacked: Workspace, language: Language) -> None:
    for fragment in fragments(attacked, language):
        made = fragment()
        seen = Tags(made)
        assert seen.tags <= _OURS
        assert not [name for name in seen.attributes if name.startswith("on") or name in ("style", "src", "autofocus")]
        assert all(re.fullmatch(r"(/(zh|en)/(desk|review|export))?\?report=\d+|#c-[\w-]+", link) for link in seen.links)
        for payload in PAYLOADS:
            assert payload in seen.text


def test_names_of_users_are_shown_literally(attacked: Workspace) -> None:
    for made in (
        *(fragment() for fragment in fragments(attacked, "zh")[1:3]),
        head.top("zh", User(1, _WHO, ("drafter",), disabled=False)),
    ):
        assert "<i>" not in made
        assert "&lt;i&gt;" in made


def test_the_forms_show_what_was_typed_literally() -> None:
    for payload in PAYLOADS:
        seen = Tags(forms.log_in("zh", name=payload, problem=payload))
        assert seen.tags <= _OURS | {"html", "head", "meta", "title", "link", "body"}
        assert seen.links == {"login", "data:,", "static/door.css", "language?to=en"}
