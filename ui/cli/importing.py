"""What `chengwen import` does: read the file against its version, keep what came of it, check it again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import typer

from drafting.changes import compare
from drafting.changes.summary import summarise
from drafting.documents import read
from drafting.documents.incoming import How, incoming
from drafting.documents.tracked import Tracked, revisions, untracked
from drafting.errors import InputError
from drafting.report import Report
from drafting.workspace import contents, history, users, verdicts
from drafting.workspace.outcome import Outcome
from drafting.workspace.rows import Version
from drafting.workspace.taking_in import take_in
from drafting.workspace.workspace import Workspace
from evals.ground import ground_of
from ui.cli import store
from ui.cli.diffing import in_colour
from ui.cli.progress import say
from ui.cli.stored import stored_version
from ui.differences.text import as_text

_WORD = (".docx", ".docm")
_ASKED = "如何处理：accepted 按全部接受，rejected 按全部拒绝，proposed 逐处待定"


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    file: Path
    onto: str
    tracked: str | None
    force: bool
    who: str | None
    workspace: str | None


def run(options: Options) -> None:
    """Keeps the new version, or the proposal, and says what changed. Raises SaveConflict where someone changed the same place meanwhile."""
    who = store.actor(options.who)
    with store.workspace(options.workspace) as opened:
        with opened.reading() as connection:
            users.require(connection, who, "drafter", *users.REVIEWERS)
            base = stored_version(connection, options.onto)
            before = contents.get(connection, base.hash)
        source = _source(options.file)
        made = incoming(before, source, _how(options, source), force=options.force)
        for note in made.notes:
            say(f"{options.file}: {note}")
        taken = take_in(opened, base, made, who, note=f"导入 {options.file.name}")
        kept, said = taken.version, taken.comments
        with opened.reading() as connection:
            after = contents.get(connection, kept.hash)
        _tell(before, after, base, kept, said)
        _check_again(opened, kept, after, who)


def _source(file: Path) -> Tracked:
    return revisions(file) if file.suffix.lower() in _WORD else untracked(read(file))


def _how(options: Options, source: Tracked) -> How:
    """As told; asked where a person is there to answer. Raises InputError where nobody said and nobody is."""
    if options.tracked is not None:
        return cast(How, store.one_of(options.tracked, get_args(How), "--tracked"))
    if not source.count:
        return "accepted"
    told = f"{options.file}: 有 {source.count} 处未处理的修订（{'、'.join(source.authors)}）"
    if not sys.stdin.isatty():
        raise InputError(f"{told}，请用 --tracked 说明{_ASKED}")
    say(told)
    return cast(How, store.one_of(typer.prompt(_ASKED).strip(), get_args(How), "回答"))


def _tell(before: Report, after: Report, base: Version, kept: Version, comments: int) -> None:
    said = f"，新批注 {comments} 条" if comments else ""
    if kept.hash == base.hash:
        print(f"与版本 {base.short} 没有不同{said}")
        return
    comparison = compare(before, after)
    print(as_text(comparison, summarise(comparison), (base.short, kept.short), colours=in_colour()))
    if kept.number is None:
        print(f"待定稿 {kept.short}：{len(comparison.changes)} 处修改待取舍{said}（chengwen decide {kept.short}）")
    else:
        print(f"现为 {kept.short}（第 {kept.number} 版）{said}")


def _check_again(opened: Workspace, kept: Version, after: Report, who: str) -> None:
    """What the gate says of the text that came back, grounding included."""
    with opened.reading() as connection:
        document = history.document(connection, kept.report_id)
    outcome = ground_of(after, document).gate(after)
    with opened.writing(who) as ledger:
        verdicts.keep(ledger, kept, outcome)
    _say_outcome(outcome)


def _say_outcome(outcome: Outcome) -> None:
    lines: Sequence[str] = outcome.refusal.splitlines()
    if lines:
        say(f"重新核对：{outcome.errors} 项错误，签发前须改正或豁免：")
        for line in lines:
            say(f"  {line}")
    else:
        say("重新核对：没有错误" + (f"，{outcome.warnings} 项警告" if outcome.warnings else ""))
