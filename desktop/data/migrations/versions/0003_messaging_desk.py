"""Orders, follow-ups, send lists and practice chats; more of customers, variants and automatic messages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTE_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, the columns and the indexes."""
    extend_customers()
    op.add_column("variant", sa.Column("extra", sa.String(), nullable=False, server_default=sa.text("''")))
    make_orders()
    make_automatic()
    make_send_lists()
    make_practice()
    make_search(op.get_bind().dialect.name)


def text(*names: str) -> list[sa.Column[str]]:
    """Return columns of words."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def number(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    """Return columns of whole numbers."""
    return [sa.Column(name, BIG, nullable=nullable) for name in names]


def refers(table: str, column: str, to: str, goes: str = "CASCADE") -> sa.ForeignKeyConstraint:
    """Return what ties a column to the rows of another table; checked at commit."""
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=name, ondelete=goes, deferrable=True, initially="DEFERRED"
    )


def create(table: str, *rest: sa.Column[Any] | sa.Constraint) -> None:
    """Make a journaled table."""
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, *number("id", "version"), *rest, key, sqlite_autoincrement=True)


def index(table: str, *columns: str) -> None:
    """Make an index, named as the models name it."""
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def extend_customers() -> None:
    """Keep more of a customer, and which of WhatsApp's five a label was."""
    empty = sa.text("''")
    for name in ("more_phones", "company", "email", "more_emails", "stopped_how", "extra"):
        op.add_column("customer", sa.Column(name, sa.String(), nullable=False, server_default=empty))
    op.add_column("customer", sa.Column("saved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("customer", sa.Column("changed_at", BIG, nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE customer SET changed_at = created_at")
    index("customer", "last_contact_at", "id")
    op.add_column("label", sa.Column("role", sa.String(), nullable=False, server_default=empty))
    op.add_column("label", sa.Column("on_board", sa.Boolean(), nullable=False, server_default=sa.false()))


def make_orders() -> None:
    """Make what is ordered and what is to be done."""
    create(
        "customer_order",
        *number("number"),
        *number("customer_id", nullable=True),
        *text("name", "phone", "state", "way", "recipient", "recipient_phone", "address", "card", "note", "currency"),
        *number("fee", "discount", "deposit"),
        *number("due_at", nullable=True),
        *number("placed_at"),
        *text("source", "search_key"),
        *number("changed_at"),
        refers("customer_order", "customer_id", "customer", "SET NULL"),
    )
    index("customer_order", "customer_id")
    index("customer_order", "due_at", "id")
    index("customer_order", "number")
    index("customer_order", "state", "id")
    create(
        "order_line",
        *number("order_id"),
        *number("product_id", "variant_id", nullable=True),
        *text("code", "name"),
        *number("quantity"),
        *number("price", nullable=True),
        *text("note"),
        sa.Column("position", BYTE_ORDER, nullable=False),
        refers("order_line", "order_id", "customer_order"),
    )
    index("order_line", "order_id")
    create(
        "follow_up",
        *text("kind", "title", "text"),
        *number("customer_id", "order_id", nullable=True),
        *number("due_at", "minutes"),
        *text("repeat"),
        *number("after_id", nullable=True),
        *number("delay"),
        *number("opened_at", "done_at", nullable=True),
        *text("note", "search_key"),
        *number("created_at"),
        refers("follow_up", "customer_id", "customer", "SET NULL"),
        refers("follow_up", "order_id", "customer_order", "SET NULL"),
    )
    index("follow_up", "after_id")
    index("follow_up", "customer_id")
    index("follow_up", "done_at", "due_at", "id")
    index("follow_up", "due_at", "id")
    index("follow_up", "order_id")


def make_automatic() -> None:
    """Make what else an automatic message may have."""
    create(
        "automatic_text",
        *number("automatic_id"),
        *text("language"),
        *number("overlay_id", nullable=True),
        *text("text"),
        refers("automatic_text", "automatic_id", "automatic_message"),
        refers("automatic_text", "overlay_id", "overlay"),
    )
    index("automatic_text", "automatic_id")
    create(
        "automatic_period",
        *number("automatic_id", "starts", "ends"),
        refers("automatic_period", "automatic_id", "automatic_message"),
    )
    index("automatic_period", "automatic_id")
    create(
        "automatic_recipient",
        *number("automatic_id"),
        *number("customer_id", "label_id", nullable=True),
        refers("automatic_recipient", "automatic_id", "automatic_message"),
        refers("automatic_recipient", "customer_id", "customer"),
        refers("automatic_recipient", "label_id", "label"),
    )
    index("automatic_recipient", "automatic_id")
    index("automatic_recipient", "customer_id")
    index("automatic_recipient", "label_id")


def make_send_lists() -> None:
    """Make the lists of whom one message goes to."""
    create(
        "send_list",
        *text("name", "text", "typed", "terms"),
        *number("cap"),
        sa.Column("position", BYTE_ORDER, nullable=False),
        *number("created_at"),
    )
    create(
        "send_entry",
        *number("list_id", "customer_id"),
        *text("text", "state"),
        *number("at", nullable=True),
        sa.Column("position", BYTE_ORDER, nullable=False),
        refers("send_entry", "list_id", "send_list"),
        refers("send_entry", "customer_id", "customer"),
        sa.UniqueConstraint("list_id", "customer_id", name="uq_send_entry_list_id_customer_id"),
    )
    index("send_entry", "customer_id")
    index("send_entry", "list_id", "state", "position")


def make_practice() -> None:
    """Make the chats that are played through."""
    create(
        "practice_chat",
        *text("name"),
        *number("customer_id", nullable=True),
        *text("language"),
        sa.Column("on_phone", sa.Boolean(), nullable=False),
        sa.Column("position", BYTE_ORDER, nullable=False),
        refers("practice_chat", "customer_id", "customer", "SET NULL"),
    )
    create(
        "practice_message",
        *number("chat_id"),
        *text("side", "kind", "automatic", "text"),
        *number("product_id", nullable=True),
        sa.Column("sha256", sa.String()),
        *number("at"),
        refers("practice_message", "chat_id", "practice_chat"),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_practice_message_sha256_blob"),
    )
    index("practice_message", "chat_id")


def make_search(dialect: str) -> None:
    """Make the index by which customers are found."""
    if dialect == "postgresql":
        op.execute("CREATE INDEX ix_customer_search ON customer USING gin (search_key gin_trgm_ops)")
        return
    op.execute("CREATE VIRTUAL TABLE customer_search USING fts5 (search_key, tokenize='trigram', detail='none')")
