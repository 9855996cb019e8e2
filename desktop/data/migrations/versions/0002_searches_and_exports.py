"""Saved searches, words that mean the same, and what was exported."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTE_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_search",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "typed", "terms", "sort")),
        sa.Column("position", BYTE_ORDER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "synonym",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("position", BYTE_ORDER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_synonym"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "export",
        sa.Column("id", BIG, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "path", "computer", "options", "phone")),
        *(sa.Column(name, BIG, nullable=False) for name in ("items", "seq", "made_at")),
        sa.PrimaryKeyConstraint("id", name="pk_export"),
        sqlite_autoincrement=True,
    )
