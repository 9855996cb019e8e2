"""Every table of a shop, on one page. What each row may hold is decided in `desktop.services`."""

import time
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

BigInt = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER columns
ByteOrder = String().with_variant(String(collation="C"), "postgresql")  # sorts as SQLite and Python do


def now() -> int:
    """Return the moment as whole seconds since 1970, UTC: how every time is kept."""
    return int(time.time())


def parent(column: str) -> ForeignKey:
    """Refer to a row that takes this one with it; checked at commit, so that undo may restore in any order."""
    return ForeignKey(column, ondelete="CASCADE", deferrable=True, initially="DEFERRED")


class Base(DeclarativeBase):
    """The metadata of all tables, with names for every constraint, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {int: BigInt, bool: Boolean}


class Row(Base):
    """A row with an id that is never used again, whose every change is journaled.

    `version` grows with every change, even when one is taken back: who holds a version knows
    whether the row is still what they saw.
    """

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(sort_order=-1, default=1, onupdate=text("version + 1"))

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}


class Profile(Row):
    """The shop itself, in one row (id 1) that every shop has: its public profile, and where it is at home."""

    __tablename__ = "profile"

    name: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")  # one of Meta's verticals, or nothing
    address: Mapped[str] = mapped_column(default="")
    map_link: Mapped[str] = mapped_column(default="")
    latitude: Mapped[str] = mapped_column(default="")  # decimal degrees, as text: a journal of JSON keeps 15 digits
    longitude: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # digits, country code first
    more_phones: Mapped[str] = mapped_column(default="")  # one a line, digits
    username: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    more_emails: Mapped[str] = mapped_column(default="")  # one a line
    website: Mapped[str] = mapped_column(default="")
    website2: Mapped[str] = mapped_column(default="")
    logo: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    cover: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    territory: Mapped[str] = mapped_column(default="")  # ISO 3166, like AE
    currency: Mapped[str] = mapped_column(default="")  # ISO 4217, like AED
    time_zone: Mapped[str] = mapped_column(default="")  # IANA, like Asia/Dubai
    language: Mapped[str] = mapped_column(default="")  # of what customers read


class Hours(Row):
    """One span of the week in which the shop is open; a weekday without one is closed."""

    __tablename__ = "hours"

    weekday: Mapped[int] = mapped_column(index=True)  # 0 is Monday
    kind: Mapped[str] = mapped_column(default="open")  # open, all_day, appointment
    opens: Mapped[int] = mapped_column(default=0)  # minutes after midnight
    closes: Mapped[int] = mapped_column(default=0)  # minutes after midnight of `weekday`; past 1440 is the next day


class Overlay(Row):
    """A stretch of days with hours of their own: Ramadan, a holiday, a day off."""

    __tablename__ = "overlay"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # what it was made from: ramadan, eid_al_fitr, …
    starts: Mapped[str]  # ISO dates, both included
    ends: Mapped[str]


class OverlayHours(Row):
    """One span of an overlay's days; `weekday` is empty where it holds for all of them."""

    __tablename__ = "overlay_hours"

    overlay_id: Mapped[int] = mapped_column(parent("overlay.id"), index=True)
    weekday: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default="open")
    opens: Mapped[int] = mapped_column(default=0)
    closes: Mapped[int] = mapped_column(default=0)


class Product(Row):
    """An item of the catalog, in the shop's language."""

    __tablename__ = "product"
    __table_args__ = (
        Index(None, "sort_key", "id"),
        Index(None, "position", "id"),
        Index(None, "code"),
        Index(None, "price"),
        Index(None, "sale_price"),
        Index(None, "changed_at", "id"),
        Row.__table_args__,
    )

    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # in the smallest unit of `currency`
    sale_price: Mapped[int | None]
    sale_starts: Mapped[int | None]  # UTC seconds
    sale_ends: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="")  # empty: the shop's
    link: Mapped[str] = mapped_column(default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    availability: Mapped[str] = mapped_column(default="in stock")  # as in Meta's feed
    quantity: Mapped[int | None]
    condition: Mapped[str] = mapped_column(default="new")  # as in Meta's feed
    brand: Mapped[str] = mapped_column(default="")
    origin_country: Mapped[str] = mapped_column(default="")  # ISO 3166, or "exempt"
    whatsapp_id: Mapped[str] = mapped_column(default="")  # Meta's number of the item
    extra: Mapped[str] = mapped_column(default="")  # JSON: columns of a feed that have no field of their own
    position: Mapped[str] = mapped_column(ByteOrder, default="")  # the owner's order
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(ByteOrder, default="")
    created_at: Mapped[int] = mapped_column(default=now)
    changed_at: Mapped[int] = mapped_column(default=now, onupdate=now)

    texts: Mapped[list["ProductText"]] = relationship(lazy="raise", passive_deletes="all", order_by="ProductText.id")
    variants: Mapped[list["Variant"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="[Variant.position, Variant.id]"
    )
    pictures: Mapped[list["Picture"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="[Picture.position, Picture.id]"
    )
    places: Mapped[list["CollectionItem"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="CollectionItem.id"
    )


class ProductText(Row):
    """What a product is called in another language than the shop's."""

    __tablename__ = "product_text"
    __table_args__ = (UniqueConstraint("product_id", "language"), Row.__table_args__)

    product_id: Mapped[int] = mapped_column(parent("product.id"))
    language: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")


class Variant(Row):
    """One way in which an item is sold: a size, a colour. A feed gives it a row of its own."""

    __tablename__ = "variant"

    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    options: Mapped[str] = mapped_column(default="{}")  # JSON: {"size": "M"}
    code: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # empty: the item's
    sale_price: Mapped[int | None]
    availability: Mapped[str] = mapped_column(default="in stock")
    quantity: Mapped[int | None]
    picture: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Blob(Base):
    """The bytes of a picture and of its thumbnail, or of a PDF, by their digest: never changed, so never journaled."""

    __tablename__ = "blob"
    __table_args__ = (Index(None, "sha256", "width", "height"),)  # to know a size, SQLite would read all of the bytes

    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)
    format: Mapped[str]  # jpeg, png, webp, pdf
    width: Mapped[int]
    height: Mapped[int]


class Picture(Row):
    """A picture of a product: kept here, or only its address on the web."""

    __tablename__ = "picture"

    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    url: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(ByteOrder)


class Collection(Row):
    """A named group of items, as the catalog on the phone has them."""

    __tablename__ = "collection"

    name: Mapped[str]
    colour: Mapped[int] = mapped_column(default=0)
    cover: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class CollectionItem(Row):
    """A product's place in a collection; to move it is to change this one row (see `position.between`)."""

    __tablename__ = "collection_item"
    __table_args__ = (UniqueConstraint("collection_id", "product_id"), Row.__table_args__)

    collection_id: Mapped[int] = mapped_column(parent("collection.id"))
    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    position: Mapped[str] = mapped_column(ByteOrder)


class SavedSearch(Row):
    """What one was looking for in the catalog, kept under a name: one click finds it again."""

    __tablename__ = "saved_search"

    name: Mapped[str]
    typed: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")  # one a line, as `services.where` reads them
    sort: Mapped[str] = mapped_column(default="")  # one of `services.catalog`'s orders; empty: the owner's
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Synonym(Row):
    """Words that mean the same to this shop: whoever searches for one of them finds the others too."""

    __tablename__ = "synonym"

    words: Mapped[str]  # one a line
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Label(Row):
    """A coloured word that is put on chats and customers."""

    __tablename__ = "label"

    name: Mapped[str]
    colour: Mapped[int] = mapped_column(default=0)  # 0–19, WhatsApp's fixed colours
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Customer(Row):
    """A person who buys: with a phone, a username, or neither."""

    __tablename__ = "customer"
    __table_args__ = (Index(None, "sort_key", "id"), Index(None, "phone"), Row.__table_args__)

    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # digits, country code first
    username: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")  # of the words to write to them: f, m, or unknown
    birthday: Mapped[str] = mapped_column(default="")  # ISO, or --MM-DD
    address: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    consent_at: Mapped[int | None]
    consent_how: Mapped[str] = mapped_column(default="")  # where, and by which words
    stopped_at: Mapped[int | None]  # asked for no more messages
    last_contact_at: Mapped[int | None]
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(ByteOrder, default="")
    created_at: Mapped[int] = mapped_column(default=now)


class CustomerLabel(Row):
    """A label on a customer."""

    __tablename__ = "customer_label"
    __table_args__ = (UniqueConstraint("customer_id", "label_id"), Row.__table_args__)

    customer_id: Mapped[int] = mapped_column(parent("customer.id"))
    label_id: Mapped[int] = mapped_column(parent("label.id"), index=True)


class Reply(Row):
    """A quick reply: a text that the owner finds by typing its /shortcut."""

    __tablename__ = "reply"

    shortcut: Mapped[str] = mapped_column(unique=True)  # without the /
    text: Mapped[str] = mapped_column(default="")
    keywords: Mapped[str] = mapped_column(default="")
    folder: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")  # of `text`; empty: the shop's
    condition: Mapped[str] = mapped_column(default="")  # when it is offered: open, closed, or always
    position: Mapped[str] = mapped_column(ByteOrder, default="")
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(ByteOrder, default="")

    parts: Mapped[list["ReplyPart"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="[ReplyPart.position, ReplyPart.id]"
    )


class ReplyPart(Row):
    """What a reply sends besides its text: further texts, the text in another language, pictures, a PDF, an item."""

    __tablename__ = "reply_part"

    reply_id: Mapped[int] = mapped_column(parent("reply.id"), index=True)
    kind: Mapped[str] = mapped_column(default="text")  # text, picture, pdf, location, item, catalog
    language: Mapped[str] = mapped_column(default="")  # empty: for every language
    text: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    name: Mapped[str] = mapped_column(default="")  # of a file
    product_id: Mapped[int | None]  # no foreign key: an item that comes back by undo is found again
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class ReplyUse(Base):
    """How often a reply was copied. Not journaled: copying is no change that anyone takes back.

    No foreign key: a reply that comes back by undo finds its count again, for ids are never reused.
    """

    __tablename__ = "reply_use"

    reply_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uses: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[int] = mapped_column(default=now)


class AutomaticMessage(Row):
    """The greeting, or the away message."""

    __tablename__ = "automatic_message"

    kind: Mapped[str] = mapped_column(unique=True)  # greeting, away
    enabled: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(default="")
    schedule: Mapped[str] = mapped_column(default="always")  # always, custom, closed
    starts: Mapped[int | None]  # UTC seconds, of a custom schedule
    ends: Mapped[int | None]
    recipients: Mapped[str] = mapped_column(default="everyone")  # everyone, unknown, except, only


class Campaign(Row):
    """A link that is handed out somewhere: its text, the reference that marks its customers, where it is used."""

    __tablename__ = "campaign"

    name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="chat")  # chat, catalog, item, collection, reply
    target_id: Mapped[int | None]  # of what `kind` says
    text: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")  # a short code in the text, by which an order can be told apart
    used_at: Mapped[str] = mapped_column(default="")  # the owner's words: "flyer March", "Instagram bio"
    link: Mapped[str] = mapped_column(default="")  # as it was handed out last
    made_at: Mapped[int] = mapped_column(default=now)
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class PhoneCopy(Row):
    """The account of what is on the phone: the very text of a field, as the owner copied it there."""

    __tablename__ = "phone_copy"
    __table_args__ = (UniqueConstraint("model", "row_id", "field"), Row.__table_args__)

    model: Mapped[str]
    row_id: Mapped[int]
    field: Mapped[str]
    text: Mapped[str]
    at: Mapped[int] = mapped_column(default=now)


class Export(Base):
    """A file or folder that was made of the shop. Not journaled: what is on the disk cannot be taken back."""

    __tablename__ = "export"
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # feed, json, qr_sheet, site, …
    path: Mapped[str]  # absolute, on the computer that made it
    computer: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="{}")  # JSON: how to make the same again
    phone: Mapped[str] = mapped_column(default="")  # the shop's number that is written in it, or nothing
    items: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)  # the last entry of the journal then: what is above has changed since
    made_at: Mapped[int] = mapped_column(default=now)
