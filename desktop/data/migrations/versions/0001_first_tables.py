"""The first tables, their history, and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTE_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def text(*names: str, null: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=null) for name in names]


def number(*names: str, null: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, BIG, nullable=null) for name in names]


def order(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, BYTE_ORDER, nullable=False) for name in names]


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def parent(child: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{name}_id"],
        [f"{name}.id"],
        name=f"fk_{child}_{name}_id_{name}",
        ondelete="CASCADE",
        initially="DEFERRED",
        deferrable=True,
    )


def blob(child: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["blob.sha256"], name=f"fk_{child}_{column}_blob")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def create(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *number("id", "version"),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sqlite_autoincrement=True,
    )


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    create_history()
    op.create_table(
        "blob",
        *text("sha256"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        *text("format"),
        *number("width", "height"),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    create_profile()
    create_catalog()
    create_people()
    create_messages()
    create(
        "phone_copy",
        *text("model"),
        *number("row_id"),
        *text("field", "text"),
        *number("at"),
        unique("phone_copy", "model", "row_id", "field"),
    )
    create_search(op.get_bind().dialect.name)


def create_history() -> None:
    op.create_table(
        "action",
        *number("id"),
        *text("title"),
        *number("at"),
        *text("computer"),
        *number("revision"),
        sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal",
        *number("seq", "action_id"),
        *text("table_name", "op"),
        *number("row_id"),
        *text("before", null=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_journal_action_id_action", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sqlite_autoincrement=True,
    )
    index("journal", "action_id")
    index("journal", "table_name", "row_id")


def create_profile() -> None:
    profile = ["name", "about", "description", "category", "address", "map_link", "latitude", "longitude"]
    profile += ["phone", "more_phones", "username", "email", "more_emails", "website", "website2"]
    home = ["territory", "currency", "time_zone", "language"]
    create(
        "profile",
        *text(*profile),
        *text("logo", "cover", null=True),
        *text(*home),
        blob("profile", "logo"),
        blob("profile", "cover"),
    )
    empty = ", ".join("''" for _ in profile + home)
    op.execute(f"INSERT INTO profile (id, version, {', '.join(profile + home)}) VALUES (1, 1, {empty})")
    create("hours", *number("weekday"), *text("kind"), *number("opens", "closes"))
    index("hours", "weekday")
    create("overlay", *text("name", "kind", "starts", "ends"))
    create(
        "overlay_hours",
        *number("overlay_id"),
        *number("weekday", null=True),
        *text("kind"),
        *number("opens", "closes"),
        parent("overlay_hours", "overlay"),
    )
    index("overlay_hours", "overlay_id")


def create_catalog() -> None:
    create(
        "product",
        *text("code", "name", "description"),
        *number("price", "sale_price", "sale_starts", "sale_ends", null=True),
        *text("currency", "link"),
        flag("hidden"),
        *text("availability"),
        *number("quantity", null=True),
        *text("condition", "brand", "origin_country", "whatsapp_id", "extra"),
        *order("position"),
        *text("search_key"),
        *order("sort_key"),
        *number("created_at", "changed_at"),
    )
    index("product", "sort_key", "id")
    index("product", "position", "id")
    index("product", "code")
    create(
        "product_text",
        *number("product_id"),
        *text("language", "name", "description"),
        parent("product_text", "product"),
        unique("product_text", "product_id", "language"),
    )
    create(
        "variant",
        *number("product_id"),
        *text("options", "code"),
        *number("price", "sale_price", null=True),
        *text("availability"),
        *number("quantity", null=True),
        *text("picture", null=True),
        *order("position"),
        parent("variant", "product"),
        blob("variant", "picture"),
    )
    index("variant", "product_id")
    create(
        "picture",
        *number("product_id"),
        *text("sha256", null=True),
        *text("url"),
        *order("position"),
        parent("picture", "product"),
        blob("picture", "sha256"),
    )
    index("picture", "product_id")
    create(
        "collection",
        *text("name"),
        *number("colour"),
        *text("cover", null=True),
        *order("position"),
        blob("collection", "cover"),
    )
    create(
        "collection_item",
        *number("collection_id", "product_id"),
        *order("position"),
        parent("collection_item", "collection"),
        parent("collection_item", "product"),
        unique("collection_item", "collection_id", "product_id"),
    )
    index("collection_item", "product_id")


def create_people() -> None:
    create("label", *text("name"), *number("colour"), *order("position"))
    create(
        "customer",
        *text("name", "phone", "username", "language", "gender", "birthday", "address", "note"),
        *number("consent_at", null=True),
        *text("consent_how"),
        *number("stopped_at", "last_contact_at", null=True),
        *text("search_key"),
        *order("sort_key"),
        *number("created_at"),
    )
    index("customer", "sort_key", "id")
    index("customer", "phone")
    create(
        "customer_label",
        *number("customer_id", "label_id"),
        parent("customer_label", "customer"),
        parent("customer_label", "label"),
        unique("customer_label", "customer_id", "label_id"),
    )
    index("customer_label", "label_id")


def create_messages() -> None:
    create(
        "reply",
        *text("shortcut", "text", "keywords", "folder", "language", "condition"),
        *order("position"),
        *text("search_key"),
        *order("sort_key"),
        unique("reply", "shortcut"),
    )
    create(
        "reply_part",
        *number("reply_id"),
        *text("kind", "language", "text"),
        *text("sha256", null=True),
        *text("name"),
        *number("product_id", null=True),
        *order("position"),
        parent("reply_part", "reply"),
        blob("reply_part", "sha256"),
    )
    index("reply_part", "reply_id")
    op.create_table(
        "reply_use",
        *number("reply_id", "uses", "used_at"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_reply_use"),
    )
    create(
        "automatic_message",
        *text("kind"),
        flag("enabled"),
        *text("text", "schedule"),
        *number("starts", "ends", null=True),
        *text("recipients"),
        unique("automatic_message", "kind"),
    )
    create(
        "campaign",
        *text("name", "kind"),
        *number("target_id", null=True),
        *text("text", "reference", "used_at", "link"),
        *number("made_at"),
        *order("position"),
    )


def create_search(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX ix_product_search ON product USING gin (search_key gin_trgm_ops)")
        op.execute("SELECT setval(pg_get_serial_sequence('profile', 'id'), 1)")
        return
    op.execute("CREATE VIRTUAL TABLE product_search USING fts5 (search_key, tokenize='trigram', detail='none')")
