"""Regeneration: worded sections by their keys, answers on the way to one, what versions were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

HASH = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("key", HASH, nullable=False),
        sa.Column("context", HASH, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wordings")),
    )
    op.create_table(
        "answers",
        sa.Column("question", HASH, nullable=False),
        sa.Column("section", HASH, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_answers")),
    )
    op.create_index("ix_answers_section", "answers", ["section"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", HASH, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_drafts_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_drafts")),
    )
