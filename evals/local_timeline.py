"""Rows of the user's own: timeline.local.yaml beside the documents, added to ours without touching them."""

from __future__ import annotations

from pathlib import Path

from drafting.complaints import Complaints
from drafting.errors import InputError
from drafting.nodes import Mapping, Node, Scalar, Sequence, parse
from drafting.textfile import read
from evals.timeline import Entry, State, Timeline, entry_of, timeline

NAME = "timeline.local.yaml"

_TEXTS = ("term", "kind", "first", "last", "before", "during", "after", "certainty", "source", "note")
_LISTS = ("variants", "afterwards")
_STATES: dict[str, tuple[State, State, State]] = {
    "plan": ("ahead", "current", "past"),
    "concept": ("unnamed", "current", "current"),
    "body": ("unnamed", "current", "past"),
    "nth-day": ("ahead", "current", "current"),
}
_USUAL_STATES: tuple[State, State, State] = ("ahead", "current", "lasting")


def beside(*folders: Path) -> Path | None:
    """The first of these folders' timeline.local.yaml, None where none of them holds one."""
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


def with_local(path: Path | None) -> Timeline:
    """Our entries and those of the file. A row with a term of ours stands instead of it: the user knows the place better.

    A row needs term, kind and first; what else it leaves out is empty, `certainty` medium. Raises InputError with line and column of
    everything that is wrong.
    """
    if path is None:
        return timeline()
    own = load(path)
    terms = {entry.term for entry in own}
    return (*(entry for entry in timeline() if entry.term not in terms), *own)


def load(path: Path) -> Timeline:
    """The rows of one file. Raises InputError."""
    complaints = Complaints(str(path), InputError)
    root = parse(read(path, complaints).text, complaints)
    if root is None:
        return ()
    if not isinstance(root, Sequence):
        complaints.stop(root.line, root.column, "须是一行一条、以“- ”开头的列表")
    entries = [_entry(node, complaints) for node in root.items]
    complaints.settle()
    return tuple(entry for entry in entries if entry)


def _entry(node: Node, complaints: Complaints) -> Entry | None:
    if not isinstance(node, Mapping):
        complaints.add(node.line, node.column, "每条须写成 term、kind、first 等栏目")
        return None
    row = _columns(node, complaints)
    missing = [column for column in ("term", "kind", "first") if not row.get(column)]
    if missing:
        complaints.add(node.line, node.column, f"缺 {'、'.join(missing)}")
        return None
    states = _STATES.get(str(row["kind"]), _USUAL_STATES)
    usual = dict(zip(("before", "during", "after"), states, strict=True))
    try:
        return entry_of(
            {**dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_LISTS, ()), "certainty": "medium", **usual, **row}
        )
    except ValueError as error:
        complaints.add(node.line, node.column, f"“{row['term']}”读不懂：{error}")
        return None


def _columns(node: Mapping, complaints: Complaints) -> dict[str, str | tuple[str, ...]]:
    row: dict[str, str | tuple[str, ...]] = {}
    for key, value in node.entries:
        name = key.text if isinstance(key, Scalar) else ""
        if name in row or name not in (*_TEXTS, *_LISTS):
            complaints.add(key.line, key.column, f"栏目“{name}”{'重复' if name in row else '不认识'}")
        elif name in _TEXTS and isinstance(value, Scalar):
            row[name] = "" if value.absent else value.text.strip()
        elif name in _LISTS and isinstance(value, Sequence):
            row[name] = tuple(item.text for item in value.items if isinstance(item, Scalar) and item.text)
        else:
            complaints.add(value.line, value.column, f"{name} 须是{'一个词' if name in _TEXTS else '列表：[甲, 乙]'}")
    return row
