"""Saved searches, words that mean the same, and what was exported; indexes to search and sort by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTE_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables and the indexes."""
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
    op.create_index("ix_product_price", "product", ["price"])
    op.create_index("ix_product_sale_price", "product", ["sale_price"])
    op.create_index("ix_product_changed_at_id", "product", ["changed_at", "id"])
    op.create_index("ix_blob_sha256_width_height", "blob", ["sha256", "width", "height"])
