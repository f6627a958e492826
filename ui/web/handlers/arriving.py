"""Files that arrive: what each of them becomes. The file is private and temporary; its name is only what people call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from drafting import profiles
from drafting.brief import Loaded
from drafting.documents import read
from drafting.documents.incoming import How, incoming
from drafting.documents.tracked import revisions, untracked
from drafting.errors import BriefError, DocumentError, InputError
from drafting.facts import Section
from drafting.report import Report
from drafting.rolling import walks
from drafting.rolling.roll import with_facts
from drafting.workspace import contents, engine, history
from drafting.workspace.rows import Document, Version
from drafting.workspace.taking_in import TakenIn, take_in
from drafting.workspace.users import REVIEWERS, User
from drafting.workspace.workspace import Workspace
from evals import rolled
from evals.ground import ground_of
from evals.rolled import Asked
from ui.web.calls import Answer
from ui.web.ground import keep_verdict
from ui.web.handlers import asking, beginning, recognising

_WORD = (".docx", ".docm")
_TEXT = (".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An uploaded file at `path`, which people call `name`, and what the form beside it told, which may be anything."""

    workspace: Workspace
    user: User
    path: Path
    name: str
    told: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.told.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is sent for: the handler, the endings of files that it takes, and the roles that may send one."""

    answer: Callable[[Arrival], Answer]
    suffixes: tuple[str, ...]
    roles: tuple[str, ...] = ("drafter",)


def briefs(file: Arrival) -> Answer:
    """A report for each brief of the table, or of the one that a brief's file is. Of a single one the form may say other particulars."""
    loaded = recognising.briefs(file.path)
    if len(loaded) == 1:
        loaded = [loaded[0]._replace(brief=recognising.corrected(loaded[0].brief, file.told))]
    return _begun(file, loaded)


def recognise(file: Arrival) -> Answer:
    """What the form is filled with; nothing is kept."""
    return {"recognised": recognising.recognised(file.path)}


def last(file: Arrival) -> Answer:
    """The next period's report, begun with the headings of last period's, and a walk through what that said."""
    reading = read(file.path)
    before = _ours(reading.report)
    kind, organ, topic, period, issued = (file.text(key) for key in ("kind", "organ", "topic", "period", "issued"))
    head = beginning.head(
        kind or before.kind, organ or before.organ, topic or before.topic, period, issued, beginning.recipient(before)
    )
    asked = Asked(head.period, head.issued, head.kind, head.organ, head.topic)
    rolling = rolled.rolled(before, reading.places, asked, path=file.name)
    brief = replace(head, sections=tuple(Section(heading, ()) for heading in rolling.headings))
    begun = beginning.put(file.workspace, file.user, beginning.skeleton(brief), "edited", f"承接上期 {file.name}")
    if begun.made:
        with engine.writing(file.workspace.engine, file.workspace.location) as connection:
            walks.begin(connection, begun.report, history.head(connection, begun.report).id, rolling)
    return {"reports": [begun.told()], "notes": list(reading.notes), "walk": begun.report if begun.made else 0}


def facts(file: Arrival) -> Answer:
    """What a table or a brief of this period says of the open questions of a walk."""
    loaded = recognising.briefs(file.path)
    with file.workspace.reading() as connection:
        document = asking.asked_report(connection, file.user, file.text("report"), write=True)
        rolling, _ = walks.get(connection, document.id)
    briefs = [one.brief for one in loaded]
    own = next((one for one in briefs if (one.organ, one.period) == (rolling.organ, rolling.period)), briefs[0])
    rolled.require_own(replace(own, path=file.name), rolling.organ, rolling.period)
    with engine.writing(file.workspace.engine, file.workspace.location) as connection:
        after = walks.change(connection, document.id, lambda one: with_facts(one, own))
    return {"open": len(after.open), "filled": len(rolling.open) - len(after.open)}


def document(file: Arrival) -> Answer:
    """A report of its own, of the kind that the document tells or the form chose."""
    reading = read(file.path)
    report = _ours(reading.report)
    chosen = file.text("kind")
    if chosen and not report.kind:
        report = replace(report, kind=profiles.identify_shipped(chosen))
    if not report.kind:
        raise DocumentError(f"{file.name}: 认不出文种，请在上面选一个")
    begun = beginning.put(file.workspace, file.user, report, "imported", f"导入 {file.name}")
    return {"reports": [begun.told()], "notes": list(reading.notes)}


def onto(file: Arrival) -> Answer:
    """The next version of a report. Tracked changes that nobody said what to do with are asked about, and nothing is kept."""
    document, base, before = _base(file)
    source = revisions(file.path) if file.path.suffix in _WORD else untracked(read(file.path))
    if source.count and file.text("tracked") not in get_args(How):
        return {"asked": {"count": source.count, "authors": list(source.authors)}}
    how = cast(How, file.text("tracked") if source.count else "accepted")
    made = incoming(before, source, how, force=file.text("force") == "yes")
    taken = take_in(file.workspace, base, made, file.user.name, note=f"导入 {file.name}")
    with file.workspace.reading() as connection:
        after = contents.get(connection, taken.version.hash)
    keep_verdict(file.workspace, taken.version, ground_of(after, document).verdict(after), file.user.name)
    return {"kept": _kept(document, base, taken), "notes": list(made.notes)}


PURPOSES: Mapping[str, Purpose] = {
    "recognise": Purpose(recognise, (*recognising.SHEETS, *recognising.BRIEFS, *_WORD, *_TEXT, ".json")),
    "spreadsheet": Purpose(briefs, recognising.SHEETS),
    "brief": Purpose(briefs, recognising.BRIEFS),
    "last": Purpose(last, (*_WORD, *_TEXT, ".json")),
    "facts": Purpose(facts, (*recognising.SHEETS, *recognising.BRIEFS)),
    "document": Purpose(document, (*_WORD, *_TEXT, ".json")),
    "onto": Purpose(onto, (*_WORD, *_TEXT, ".json"), ("drafter", *REVIEWERS)),
}
"""By the word in the address."""


def _begun(file: Arrival, loaded: list[Loaded]) -> Answer:
    """Every brief becomes a report, or none does: all skeletons are made before the first is kept."""
    reports = [beginning.skeleton(replace(one.brief, path="")) for one in loaded]
    begun = [beginning.put(file.workspace, file.user, one, "edited", f"由 {file.name} 新建") for one in reports]
    return {"reports": [one.told() for one in begun], "notes": [note for one in loaded for note in one.notes]}


def _ours(report: Report) -> Report:
    """A report file may name any kind, a file of this machine even, and bear waivers that nobody here gave."""
    for kind in (report.kind, report.brief.kind if report.brief else ""):
        if kind and kind not in profiles.known():
            raise BriefError(f"报告所记的文种“{kind[:60]}”这里没有，可用：{'、'.join(profiles.known())}")
    return replace(report, waivers=())


def _base(file: Arrival) -> tuple[Document, Version, Report]:
    """The version that the file was made from: the one that was named, else what stands."""
    with file.workspace.reading() as connection:
        drafting = not file.user.may(*REVIEWERS)
        document = asking.asked_report(connection, file.user, file.text("report"), write=drafting)
        named = file.text("version")
        base = asking.asked_version(connection, document, named) if named else history.head(connection, document.id)
        return document, base, contents.get(connection, base.hash)


def _kept(document: Document, base: Version, taken: TakenIn) -> dict[str, object]:
    version = taken.version
    return {
        "report": document.id,
        "name": document.name,
        "version": version.id,
        "number": version.number or 0,
        "short": version.short,
        "changed": version.hash != base.hash,
        "comments": taken.comments,
    }


def refused(error: InputError, file: Arrival) -> str:
    """The error's words under the name that people call the file by, without what only the command line has."""
    told = str(error).replace(str(file.path), file.name)
    for advice in ("；请写 --onto", "；若确是，请加"):
        if advice in told:
            return f"{told.partition(advice)[0]}。若确要按这一版的修改稿收进来，请勾选“仍收进来”"
    return told
