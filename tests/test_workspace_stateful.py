"""Whatever people do, in whatever order: every text that was handed in is there, the line counts on, and the workspace is sound."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from drafting.report import Report
from drafting.workspace import contents, copying, deciding, history, saving, users
from drafting.workspace.integrity import verify
from drafting.workspace.location import locate
from drafting.workspace.rows import Version
from drafting.workspace.saving import SaveConflict
from drafting.workspace.workspace import opened
from tests.workspaces import START
from tests.writers import PEOPLE, draft, edited

people = st.sampled_from(PEOPLE[:3])
fields = st.sampled_from(["矿山", "燃气", "综合协调"])
words = st.sampled_from(["甲", "乙", "丙", "丁2"])
which = st.integers(min_value=0, max_value=30)


class Clock:
    """A clock that is set back now and then: the order of things is not its to say."""

    at = START
    steps = (60, -3600, 1, 0, 86400)

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        self.at += timedelta(seconds=self.steps[self.looks % len(self.steps)])
        return self.at


class People(RuleBasedStateMachine):
    """The model: hashes of all that was handed in, and of the line's versions in order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="chengwen"))
        self.stack = ExitStack()
        self.stack.callback(shutil.rmtree, self.folder)
        self.workspace = self.stack.enter_context(
            opened(locate(str(self.folder / "w"), {}), create=True, clock=Clock())
        )
        with self.workspace.writing("张三") as ledger:
            for name in PEOPLE[:3]:
                users.add(ledger, name, ["drafter", "administrator"])
        self.handed_in: set[str] = set()
        self.line: list[str] = []
        self.backup: tuple[Path, set[str], list[str]] | None = None
        self._record(draft(), "张三")

    def teardown(self) -> None:
        self.stack.close()

    def _versions(self) -> list[Version]:
        with self.workspace.reading() as connection:
            return [*history.line(connection, 1), *history.beside(connection, 1)]

    def _text(self, version: Version, field: str, new: str) -> Report:
        with self.workspace.reading() as connection:
            return edited(contents.get(connection, version.hash), field, new)

    def _record(self, text: Report, who: str) -> None:
        saved = saving.record(self.workspace, text, who, "regenerated" if self.line else "drafted")
        self.handed_in.add(text.version)
        if not self.line or saved.made:
            self.line.append(saved.version.hash)
        assert saved.version.hash == self.line[-1]

    @rule(who=people, field=fields, new=words)
    def regenerate(self, who: str, field: str, new: str) -> None:
        self._record(edited(draft(), field, new), who)

    @rule(who=people, at=which, field=fields, new=words)
    def save(self, who: str, at: int, field: str, new: str) -> None:
        """An edit of whatever version, however old."""
        versions = self._versions()
        base = versions[at % len(versions)]
        text = self._text(base, field, new)
        try:
            stands = saving.save(self.workspace, base, text, who)
        except SaveConflict as conflict:
            self.handed_in |= {text.version, conflict.proposal.hash}
            return
        if text.version != base.hash:
            with self.workspace.reading() as connection:
                assert f"台账{new}号" in contents.get(connection, stands.hash).text
        if stands.number == len(self.line) + 1:
            self.line.append(stands.hash)
            self.handed_in.add(text.version)
        assert stands.hash == self.line[-1]

    @rule(who=people, at=which, field=fields, new=words)
    def propose(self, who: str, at: int, field: str, new: str) -> None:
        versions = self._versions()
        base = versions[at % len(versions)]
        text = self._text(base, field, new)
        saving.propose(self.workspace, base, text, who)
        self.handed_in.add(text.version)

    @rule(who=people, at=which, taken=st.booleans())
    def decide(self, who: str, at: int, taken: bool) -> None:
        with self.workspace.reading() as connection:
            found = history.proposals(connection, 1)
            if not found:
                return
            proposal = found[at % len(found)]
            pending = deciding.pending(connection, proposal)
        if not pending:
            return
        accept, reject = (pending[:1], pending[1:]) if taken else ([], pending)
        try:
            stands = deciding.decide(self.workspace, proposal, who, accept=accept, reject=reject)
        except SaveConflict:
            return
        if stands.number == len(self.line) + 1:
            self.line.append(stands.hash)
        with self.workspace.reading() as connection:
            assert deciding.pending(connection, proposal) == []

    @rule()
    @precondition(lambda self: len(self.line) > 1)
    def back_up(self) -> None:
        path = self.folder / f"备份{len(list(self.folder.iterdir()))}.db"
        assert copying.back_up(self.workspace, path).sound
        self.backup = path, set(self.handed_in), list(self.line)

    @rule(who=people)
    @precondition(lambda self: self.backup is not None)
    def restore(self, who: str) -> None:
        assert self.backup is not None
        before = set(self.handed_in)
        path, handed_in, line = self.backup
        kept = copying.restore(self.workspace, path, who).before
        self.handed_in, self.line = set(handed_in), list(line)
        with opened(locate(str(kept), {})) as old, old.reading() as connection:
            assert before <= {one.hash for one in (*history.line(connection, 1), *history.beside(connection, 1))}

    @invariant()
    def everything_is_there(self) -> None:
        if not hasattr(self, "line"):
            return
        with self.workspace.reading() as connection:
            line = history.line(connection, 1)
            assert [version.hash for version in line] == self.line
            assert [version.number for version in line] == list(range(1, len(line) + 1))
            kept = {version.hash for version in (*line, *history.beside(connection, 1))}
            assert self.handed_in - kept == set()
            assert verify(connection).problems == ()


TestPeople = People.TestCase
TestPeople.settings = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
