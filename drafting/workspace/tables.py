"""Tables of the workspace. All but `contents`, `desks`, `wordings`,
`answers`, `drafts`, `paces`, `runs`, `orders`, `batches` and `walks` are written through the ledger, which puts every row into the audit chain.

Times are ISO 8601 in UTC as text, so that a row is the same on SQLite and PostgreSQL, and its digest with it. Columns that refer to rows
of their own table have an index: without it, taking rows away for a restore looks through the whole table for each of them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = "0007"
"""The migration that made these tables what they are."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        **{kind: f"{kind}_%(table_name)s_%(column_0_name)s" for kind in ("fk", "uq", "ix")},
    }
)


HASH = String(64).with_variant(String(64, collation="C"), "postgresql")
"""64 hexadecimal digits in the order of their bytes: an upgrade of the system's language tables would spoil an index in a language's order."""


def _id() -> Column[int]:
    """Given by the ledger, one more than the last: no gaps, and the same numbers after a restore."""
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _of(name: str, target: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=optional)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


contents = Table(
    "contents",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("brief", HASH, ForeignKey("contents.hash"), nullable=True),
    Column("data", LargeBinary, nullable=False),
    Index("ix_contents_brief", "brief"),
)
"""Reports and briefs by the SHA-256 of their canonical JSON, compressed. A report's brief stands in a row of its own, shared by its versions."""

reports = Table(
    "reports",
    metadata,
    _id(),
    _text("name"),
    Column("identity", HASH, nullable=False),
    _text("kind"),
    _text("organ"),
    _text("topic"),
    _text("period"),
    _text("source"),
    _text("created_by"),
    _text("created_at"),
    UniqueConstraint("identity"),
)

briefs = Table(
    "briefs",
    metadata,
    _id(),
    _of("report_id", "reports"),
    Column("number", Integer, nullable=False),
    Column("hash", HASH, ForeignKey("contents.hash"), nullable=False),
    _text("author"),
    _text("at"),
    UniqueConstraint("report_id", "number", name="uq_briefs_report_number"),
    Index("ix_briefs_hash", "hash"),
)
"""The facts of a report, each time they changed."""

versions = Table(
    "versions",
    metadata,
    _id(),
    _of("report_id", "reports"),
    Column("number", Integer, nullable=True),
    Column("hash", HASH, ForeignKey("contents.hash"), nullable=False),
    _of("parent_id", "versions", optional=True),
    _of("merged_id", "versions", optional=True),
    _text("origin"),
    _text("author"),
    _text("at"),
    _text("note"),
    UniqueConstraint("report_id", "number", name="uq_versions_report_number"),
    Index("ix_versions_hash", "hash"),
    Index("ix_versions_parent", "parent_id"),
    Index("ix_versions_merged", "merged_id"),
)
"""The line of a report counts 1, 2, 3 …; a version without a number is proposed and not on the line. `merged_id` is a merge's second parent."""

checks = Table(
    "checks",
    metadata,
    _id(),
    _of("version_id", "versions"),
    Column("allowed", Boolean, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    _text("findings"),
    _text("by"),
    _text("at"),
    Index("ix_checks_version", "version_id"),
)

waivers = Table(
    "waivers",
    metadata,
    _id(),
    _of("version_id", "versions"),
    _text("code"),
    _text("reason"),
    _text("by"),
    _text("at"),
    Index("ix_waivers_version", "version_id"),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _of("version_id", "versions"),
    _of("reply_to", "comments", optional=True),
    Column("block", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text"),
    _text("by"),
    _text("at"),
    _text("settled_by"),
    _text("settled_at"),
    Index("ix_comments_version", "version_id"),
    Index("ix_comments_reply_to", "reply_to"),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    _of("base_id", "versions"),
    _of("proposal_id", "versions"),
    _text("change"),
    Column("accepted", Boolean, nullable=False),
    _text("by"),
    _text("at"),
    Index("ix_decisions_proposal", "proposal_id"),
)

proposed = Table(
    "proposed",
    metadata,
    _id(),
    _of("proposal_id", "versions"),
    _text("change"),
    _text("by"),
    _text("at"),
    Index("ix_proposed_proposal", "proposal_id"),
)
"""Who made a change of a proposal where it was several people, and when; `change` is its id in the comparison with the proposal's parent."""

conflicts = Table(
    "conflicts",
    metadata,
    _id(),
    _of("version_id", "versions"),
    _of("other_id", "versions"),
    _text("heading"),
    _text("base"),
    _text("mine"),
    _text("theirs"),
    _text("at"),
    _text("settled_by"),
    _text("settled_at"),
    Index("ix_conflicts_version", "version_id"),
)

steps = Table(
    "steps",
    metadata,
    _id(),
    _of("version_id", "versions"),
    Column("hash", HASH, nullable=False),
    _text("action"),
    Column("level", Integer, nullable=False),
    _text("reason"),
    _text("by"),
    _text("at"),
    Index("ix_steps_version", "version_id"),
)
"""Steps of review: submitted, passed at a level, signed, returned; each names the hash of the text that it speaks of."""

users = Table(
    "users",
    metadata,
    _id(),
    _text("name"),
    _text("roles"),
    _text("password"),
    Column("sessions", Integer, nullable=False),
    _text("created_at"),
    _text("disabled_at"),
    UniqueConstraint("name"),
)
"""`password` is an Argon2 hash, empty where none was set. Sessions of an earlier `sessions` count no more: it is raised with each new password."""

identities = Table(
    "identities",
    metadata,
    _id(),
    _of("user_id", "users"),
    _text("source"),
    _text("subject"),
    _text("at"),
    UniqueConstraint("user_id"),
    UniqueConstraint("source", "subject", name="uq_identities_subject"),
)
"""Accounts that a directory vouches for: `subject` is its own id of the person, which no other gets. An account without a row here is local."""

shares = Table(
    "shares",
    metadata,
    _id(),
    _of("report_id", "reports"),
    _text("name"),
    _text("by"),
    _text("at"),
    _text("ended_at"),
    UniqueConstraint("report_id", "name", name="uq_shares_report_name"),
)
"""Drafters who write a report together with the one who began it; `ended_at` is empty while they do."""

usage = Table(
    "usage",
    metadata,
    _id(),
    _of("report_id", "reports"),
    _text("model"),
    Column("calls", Integer, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    _text("by"),
    _text("at"),
    Index("ix_usage_report", "report_id"),
)
"""What a drafting job asked of its model: `calls` are points or sections asked about, attempts again included."""

desks = Table(
    "desks",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("who", Text, primary_key=True),
    _of("base_id", "versions"),
    Column("revision", Integer, nullable=False),
    Column("copy", LargeBinary, nullable=False),
    Column("undo", LargeBinary, nullable=False),
    _text("at"),
    Index("ix_desks_base", "base_id"),
)
"""Working copies: what somebody has written since the version `base_id`, saved with every pause and no version yet. `copy` and `undo` are
compressed JSON; `revision` counts the saves. The audit begins where a copy becomes a version."""

wordings = Table(
    "wordings",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("context", HASH, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Worded sections by their keys (drafting/regeneration/keys.py), as compressed JSON: what a run that broke off need not ask for again."""

answers = Table(
    "answers",
    metadata,
    Column("question", HASH, primary_key=True),
    Column("section", HASH, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_answers_section", "section"),
)
"""Answers of a model by the fingerprint of the question, until the section of that key is worded: those that were not fit, on whose
repair a run broke off, and those that came from a batch."""

drafts = Table(
    "drafts",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("key", HASH, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""What a machine-made version was made from: its key, and as compressed JSON the keys of its sections."""

paces = Table(
    "paces",
    metadata,
    Column("endpoint", Text, primary_key=True),
    Column("next", Float, nullable=False),
    Column("held", Float, nullable=False),
)
"""When the next request may leave for an endpoint, and until when it asked to be left alone; seconds since 1970 by the database's clock."""

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("model"),
    _text("terms"),
    Column("spent", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("dearest", Integer, nullable=False),
    Column("dearest_cost", Float, nullable=False),
    _text("stopped"),
)
"""Runs that were handed to a queue. `terms` is JSON: the rate, the budget, whether secrets may leave. `spent` are tokens, `dearest` those of
the dearest section; `stopped` says why nothing is begun any more, empty while it is."""

orders = Table(
    "orders",
    metadata,
    Column("run_id", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _text("path"),
    Column("data", LargeBinary, nullable=False),
    Column("under_way", Integer, nullable=False),
    _text("result"),
)
"""The reports of a run: what a worker needs to make one, as compressed JSON, how many of its sections are under way, and what became of it as
JSON, empty until then."""

batches = Table(
    "batches",
    metadata,
    Column("tag", HASH, primary_key=True),
    _text("batch"),
    _text("endpoint"),
    _text("model"),
    Column("data", LargeBinary, nullable=False),
    _text("by"),
    _text("at"),
    _text("ended"),
)
"""Batches that were given to an endpoint. `tag` is our own name for one and is written before it is created; `batch` is the endpoint's, empty
until it is known; `data` are its questions with the sections they are for, as compressed JSON; `ended` is how it ended, empty until its
answers were taken."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("via"),
    _text("action"),
    _text("subject"),
    Column("subject_id", Integer, nullable=False),
    Column("digest", HASH, nullable=False),
    Column("previous", HASH, nullable=False),
    Column("hash", HASH, nullable=False),
    Index("ix_audit_subject", "subject", "subject_id", "number"),
)

AUDITED = (
    *(reports, briefs, versions, checks, waivers, comments, decisions, proposed, conflicts),
    *(steps, users, identities, shares, usage),
)
"""Every table whose rows the chain vouches for."""

walks = Table(
    "walks",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    _of("base_id", "versions"),
    Column("data", LargeBinary, nullable=False),
    Index("ix_walks_base", "base_id"),
)
"""Reports that are rolled forward from last period's, while questions are open: a Rolling (drafting/rolling/items.py) as compressed JSON, and the
version that the report was begun with. The audit begins where its brief becomes a version."""
