"""Walks: last period's report on its way into this one, question by question."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "walks",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_walks_report_id")),
        sa.ForeignKeyConstraint(["base_id"], ["versions.id"], name=op.f("fk_walks_base_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_walks")),
    )
    op.create_index("ix_walks_base", "walks", ["base_id"], unique=False)
