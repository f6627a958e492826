"""What `chengwen roll` does: read the last report, lay this period's facts beside it, write the brief with what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafting import brief as brief_file
from drafting import files, spreadsheet
from drafting.documents import read
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.fields import DAY_WANTED, day
from drafting.period import Period
from drafting.report import Report
from drafting.rolling.items import OUTLOOK, Rolling
from drafting.rolling.written import written
from evals import local_timeline, rolled
from evals.examined import Place
from evals.rolled import Asked
from ui.cli.progress import say
from ui.cli.versions import file_of, version_of

_SHEETS = (".xlsx", ".csv", ".xlsm")


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    last: str
    to: str
    out: Path
    facts: Path | None
    issued: str | None
    kind: str | None
    organ: str | None
    topic: str | None
    last_period: str | None
    workspace: str | None


def run(options: Options) -> None:
    """Writes the brief, and says what became of the old facts. Raises InputError, in one line a matter, and writes nothing then."""
    asked = Asked(
        Period.parse(options.to),
        _day(options.issued),
        options.kind or "",
        options.organ or "",
        options.topic or "",
        Period.parse(options.last_period) if options.last_period else None,
    )
    if options.out.exists():
        raise InputError(f"{options.out}: 已有这个文件，没有覆盖")
    report, places, notes = _old(options)
    facts = _facts(options.facts, asked) if options.facts else None
    for note in notes:
        say(f"{options.last}：{note}")
    timeline = local_timeline.with_local(local_timeline.beside(options.out.resolve().parent))
    found = rolled.rolled(report, places, asked, facts=facts, path=options.last, timeline=timeline)
    try:
        files.write_new(options.out, written(found).encode())
    except FileExistsError:
        raise InputError(f"{options.out}: 已有这个文件，没有覆盖") from None
    _tell(found, options.out)


def _old(options: Options) -> tuple[Report, tuple[Place, ...], tuple[str, ...]]:
    path = file_of(options.last)
    if path is None:
        return version_of(options.last, options.workspace).report, (), ()
    reading = read(path)
    return reading.report, reading.places, reading.notes


def _facts(path: Path, asked: Asked) -> Brief:
    """This period's facts: the brief of the sheet that is of the period that is asked for, or the only one that it has."""
    loaded = spreadsheet.load(path) if path.suffix.lower() in _SHEETS else [brief_file.load(path)]
    briefs = [one.brief for one in loaded]
    fitting = [
        one
        for one in briefs
        if one.period == asked.period
        and (not asked.organ or one.organ == asked.organ)
        and (not asked.topic or one.topic == asked.topic)
    ]
    if len(fitting) > 1:
        raise InputError(f"{path}: 有 {len(fitting)} 份提纲都是{asked.period}的，请用 --organ、--topic 写明是哪一份")
    return (fitting or briefs)[0]


def _day(text: str | None) -> date | None:
    found = day(text) if text else None
    if text and found is None:
        raise InputError(f"--issued “{text}”{DAY_WANTED}")
    return found


def _tell(rolling: Rolling, out: Path) -> None:
    """What became of the old facts, on one line, and what is to do next."""
    facts = [item for item in rolling.items if item.kind == "fact"]
    told = {
        "填入": sum(item.state == "confirmed" for item in facts),
        "与上期相同要核对": sum(item.unchanged for item in facts),
        "要问": sum(item.state == "open" and not item.candidate for item in facts),
        "本期没有": sum(item.state == "dropped" for item in facts),
        "本期新增": sum(item.kind == "new" for item in rolling.items),
        "上期打算": sum(item.section == OUTLOOK and item.kind == "promise" for item in rolling.items),
        "过时或存疑": sum(bool(item.notes) for item in rolling.items),
        "可采用的推算": sum(len(item.offers) for item in rolling.items),
    }
    counts = "，".join(f"{what} {many}" for what, many in told.items() if many)
    say(f"{len(rolling.headings)} 个部分，上期事实 {len(facts)} 条：{counts}")
    left = len(rolling.open)
    say(
        f"已写 {out}；"
        + (f"还有 {left} 条 open 要定下，然后 chengwen draft {out}" if left else f"可以 chengwen draft {out}")
    )
