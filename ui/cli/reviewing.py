"""What the commands of review do: find the version, ask the workspace, say in a line where it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting.changes import Change
from drafting.comments import Comment, Hand
from drafting.errors import InputError, VersionError
from drafting.report import Report
from drafting.workspace import contents, deciding, history, remarks, reviewing, users, verdicts
from drafting.workspace.reviewing import LEVELS
from drafting.workspace.rows import Document, Version
from drafting.workspace.workspace import Workspace
from evals.ground import Ground, ground_of
from ui.cli import store, waivers
from ui.cli.progress import say
from ui.cli.stored import stored_version

WAIVING = (*users.REVIEWERS, "administrator")
"""Who may let an error stand."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Case:
    """A version at hand, with all that review asks for."""

    version: Version
    document: Document
    report: Report
    ground: Ground


def submit(reference: str, *, who: str | None, workspace: str | None) -> None:
    """Hands the version to review, and says what the reviewers will see."""
    name = store.actor(who)
    with store.workspace(workspace) as opened:
        case = _case(opened, reference)
        outcome = reviewing.submit(opened, case.version, name, case.ground.profile, case.ground.gate)
        if not outcome.allowed:
            say(f"有 {outcome.errors} 项未豁免的错误，签发前须改正或豁免：")
            say(outcome.refusal)
        _tell(opened, case)


def approve(
    reference: str, *, final: bool, note: str, waive: Sequence[str], who: str | None, workspace: str | None
) -> None:
    """Passes or signs the version, its waivers first."""
    name = store.actor(who)
    pairs = waivers.parse(waive)
    with store.workspace(workspace) as opened:
        case = _case(opened, reference)
        keep_waivers(opened, case.version, pairs, name)
        reviewing.approve(
            opened, case.version, name, case.ground.profile, case.ground.gate, final=final, reason=note.strip()
        )
        _tell(opened, case)


def send_back(reference: str, reason: str, *, who: str | None, workspace: str | None) -> None:
    """Returns the version to its drafter."""
    with store.workspace(workspace) as opened:
        case = _case(opened, reference)
        step = reviewing.send_back(opened, case.version, store.actor(who), case.ground.profile, reason)
        print(f"{case.document.name} {case.version.short}  已退回（{LEVELS[step.level]}）：{step.reason}")


def comment(reference: str, text: str, quote: str, *, who: str | None, workspace: str | None) -> None:
    """Keeps a comment on the words that were quoted, or on the whole version."""
    name = store.actor(who)
    with store.workspace(workspace) as opened:
        with opened.reading() as connection:
            users.require(connection, name)
            version = stored_version(connection, reference)
            report = contents.get(connection, version.hash)
        block, start, end = _place(report, quote) if quote else (-1, 0, 0)
        with opened.writing(name) as ledger:
            number = remarks.add(ledger, version, Comment(text.strip(), Hand(name), block, start, end))
    print(f"批注 {number} 已记在 {version.short}" + (f"“{_short(quote)}”上" if quote else ""))


def settle(comments: Sequence[int], conflicts: Sequence[int], *, who: str | None, workspace: str | None) -> None:
    """Closes comments and conflicts by their numbers. Raises WorkspaceError for one that is not there."""
    if not comments and not conflicts:
        raise InputError("请写要了结的 --comment 或 --conflict 编号，见 chengwen show")
    name = store.actor(who)
    with store.workspace(workspace) as opened:
        for number in conflicts:
            deciding.settle_conflict(opened, number, name)
        with opened.writing(name) as ledger:
            users.require(ledger.connection, name, "drafter", *users.REVIEWERS)
            for number in comments:
                remarks.settle(ledger, number)
    print(f"了结批注 {len(comments)} 条，冲突 {len(conflicts)} 处")


def decide(
    reference: str, accept: Sequence[str], reject: Sequence[str], *, who: str | None, workspace: str | None
) -> None:
    """Takes and turns down changes of a proposal; without any, lists them."""
    name = store.actor(who)
    with store.workspace(workspace) as opened:
        with opened.reading() as connection:
            proposal = history.as_proposal(connection, stored_version(connection, reference))
            changes = deciding.comparison(connection, proposal).changes
            waiting = deciding.pending(connection, proposal)
            hands = deciding.hands(connection, proposal)
        if not accept and not reject:
            _list(proposal, [change for change in changes if change.id in waiting], hands, len(changes))
            return
        taken, refused = _chosen(accept, reject, waiting)
        stands = deciding.decide(opened, proposal, name, accept=taken, reject=refused)
        left = len(set(waiting) - set(taken) - set(refused))
    print(
        f"接受 {len(taken)} 处，拒绝 {len(refused)} 处，现为 {stands.short}（第 {stands.number} 版）；还有 {left} 处未定"
    )


def keep_waivers(opened: Workspace, version: Version, pairs: Sequence[tuple[str, str]], who: str) -> None:
    """Records waivers of a version. Raises ReviewRefused for a person who may not."""
    if not pairs:
        return
    with opened.writing(who) as ledger:
        users.require(ledger.connection, who, *WAIVING)
        for code, reason in pairs:
            verdicts.waive(ledger, version, code, reason)


def _case(opened: Workspace, reference: str) -> _Case:
    with opened.reading() as connection:
        version = stored_version(connection, reference)
        document = history.document(connection, version.report_id)
        report = contents.get(connection, version.hash)
    return _Case(version, document, report, ground_of(report, document))


def _tell(opened: Workspace, case: _Case) -> None:
    with opened.reading() as connection:
        now = reviewing.standing(connection, case.version, case.ground.profile.review_levels)
    print(f"{case.document.name} {case.version.short}  {now.told}")


def _place(report: Report, quote: str) -> tuple[int, int, int]:
    """The one place of a quote. Raises InputError where there is none, or several."""
    places = []
    for index, block in enumerate(report.blocks):
        start = block.text.find(quote)
        while start >= 0:
            places.append((index, start, start + len(quote)))
            start = block.text.find(quote, start + 1)
    if len(places) != 1:
        found = "没有" if not places else f"有 {len(places)} 处"
        raise InputError(f"正文里{found}“{_short(quote)}”，--on 须引只出现一次的一段原文")
    return places[0]


def _chosen(accept: Sequence[str], reject: Sequence[str], waiting: Sequence[str]) -> tuple[list[str], list[str]]:
    """Ids of both lists; `all` means those that nobody has decided on yet and the other list does not name."""
    taken, refused = _ids(accept), _ids(reject)
    if "all" in taken and "all" in refused:
        raise VersionError("不能既全部接受又全部拒绝")
    if "all" in taken:
        taken = [*(id for id in taken if id != "all"), *(id for id in waiting if id not in refused and id not in taken)]
    if "all" in refused:
        refused = [
            *(id for id in refused if id != "all"),
            *(id for id in waiting if id not in taken and id not in refused),
        ]
    return taken, refused


def _ids(given: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(id.strip() for part in given for id in part.split(",") if id.strip()))


def _list(proposal: Version, changes: Sequence[Change], hands: dict[str, Hand], total: int) -> None:
    for change in changes:
        hand = hands.get(change.id, proposal.by)
        words = " → ".join(_short(text) for text in (change.old or "（无）", change.new or "（删去）"))
        print(f"{change.id}  {hand.name}  {change.heading or '（篇首）'}  {words}")
    print(f"待定稿 {proposal.short}：{total} 处修改，{len(changes)} 处未定")


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
