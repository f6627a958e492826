"""Versions in the workspace: immutable, named by their content, and no words lost when several people write."""

from dataclasses import replace
from itertools import count

import pytest

from drafting.changes import reworded
from drafting.errors import VersionError
from drafting.report import Report
from drafting.workspace import contents, history, saving
from drafting.workspace.integrity import verify
from drafting.workspace.saving import SaveConflict
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, report


def edited(base: Report, old: str, new: str) -> Report:
    """The report with one piece of text changed."""
    blocks = [reworded(block, block.text.replace(old, new)) if old in block.text else block for block in base.blocks]
    assert tuple(blocks) != base.blocks
    return replace(base, blocks=tuple(blocks))


@pytest.fixture
def draft() -> Report:
    return report(CLEAN)


def test_a_version_is_named_by_its_content_and_read_back_the_same(workspace: Workspace, draft: Report) -> None:
    saved = saving.record(workspace, draft, "张三", "drafted")
    with workspace.reading() as connection:
        assert saved.version.hash == draft.version
        assert contents.get(connection, saved.version.hash) == draft
        assert history.resolve(connection, saved.version.hash[:6]).id == saved.version.id
        assert verify(connection).sound


def test_the_same_draft_makes_no_second_version(workspace: Workspace, draft: Report) -> None:
    first = saving.record(workspace, draft, "张三", "drafted")
    again = saving.record(workspace, draft, "张三", "drafted")
    assert not again.made
    assert again.version.id == first.version.id


def test_edits_of_different_places_are_merged(workspace: Workspace, draft: Report) -> None:
    base = saving.record(workspace, draft, "张三", "drafted").version
    saving.save(workspace, base, edited(draft, "6次", "7次"), "张三")
    merged = saving.save(workspace, base, edited(draft, "218家", "219家"), "李四")
    with workspace.reading() as connection:
        text = contents.get(connection, merged.hash).text
    assert "安全工作调度会7次" in text
    assert "219家" in text
    assert merged.origin == "merged"


def test_edits_of_one_place_are_a_conflict_that_shows_both_texts_and_loses_neither(
    workspace: Workspace, draft: Report
) -> None:
    base = saving.record(workspace, draft, "张三", "drafted").version
    first = saving.save(workspace, base, edited(draft, "6次", "7次"), "张三")
    with pytest.raises(SaveConflict) as caught:
        saving.save(workspace, base, edited(draft, "6次", "8次"), "李四")
    assert "7次" in str(caught.value)
    assert "8次" in str(caught.value)
    with workspace.reading() as connection:
        assert history.head(connection, base.report_id).id == first.id
        assert "8次" in contents.get(connection, caught.value.proposal.hash).text


def test_a_regeneration_leaves_a_persons_words_and_shows_where_it_would_differ(
    workspace: Workspace, draft: Report
) -> None:
    base = saving.record(workspace, draft, "张三", "drafted").version
    saving.save(workspace, base, edited(draft, "6次", "7次"), "李四")
    again = edited(edited(draft, "6次", "9次"), "218家", "219家")
    saved = saving.record(workspace, again, "操作员", "regenerated")
    with workspace.reading() as connection:
        text = contents.get(connection, saved.version.hash).text
    assert "调度会7次" in text
    assert "219家" in text
    assert [(conflict.mine.count("7次"), conflict.theirs.count("9次")) for conflict in saved.conflicts] == [(1, 1)]


def test_a_beginning_that_several_versions_share_is_refused_and_they_are_listed(
    workspace: Workspace, draft: Report
) -> None:
    one, other = alike(draft)
    base = saving.record(workspace, one, "张三", "drafted").version
    saving.save(workspace, base, other, "张三")
    with workspace.reading() as connection:
        with pytest.raises(VersionError, match=f"不止一个.*{one.version[:12]}|不止一个.*{other.version[:12]}"):
            history.resolve(connection, one.version[:4])
        assert history.resolve(connection, one.version).hash == one.version


@pytest.mark.parametrize(
    ("reference", "said"), [("abc", "太短"), ("f" * 64, "没有以"), ("没有这个.docx", "既不是文件"), ("", "既不是文件")]
)
def test_a_reference_that_means_nothing_is_told_in_a_line(
    workspace: Workspace, draft: Report, reference: str, said: str
) -> None:
    saving.record(workspace, draft, "张三", "drafted")
    with workspace.reading() as connection, pytest.raises(VersionError, match=said) as caught:
        history.resolve(connection, reference)
    assert "\n" not in str(caught.value)


def alike(draft: Report) -> tuple[Report, Report]:
    """Two versions whose hashes begin with the same four digits."""
    seen: dict[str, Report] = {}
    for number in count(10):
        changed = edited(draft, "6次", f"{number}次")
        if other := seen.get(changed.version[:4]):
            return other, changed
        seen[changed.version[:4]] = changed
    raise AssertionError
