"""Batches: what was given to an endpoint's batch interface, so that a run that broke off goes on waiting for it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

HASH = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("tag", HASH, nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_batches")),
    )
