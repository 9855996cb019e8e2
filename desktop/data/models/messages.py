"""What is written to customers: replies, automatic messages, send lists, links, practice chats."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.data.models.base import Base, ByteOrder, Row, loose, now, parent


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

    parts: Mapped[list[ReplyPart]] = relationship(
        lazy="raise", passive_deletes="all", order_by=[ReplyPart.position, ReplyPart.id]
    )


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


class AutomaticText(Row):
    """Another text of an automatic message, for a language or the days of an overlay. No phone knows such."""

    __tablename__ = "automatic_text"

    automatic_id: Mapped[int] = mapped_column(parent("automatic_message.id"), index=True)
    language: Mapped[str] = mapped_column(default="")  # empty: for every language
    overlay_id: Mapped[int | None] = mapped_column(parent("overlay.id"))
    text: Mapped[str] = mapped_column(default="")


class AutomaticPeriod(Row):
    """One of several stretches of time in which the away message answers. A phone has room for one."""

    __tablename__ = "automatic_period"

    automatic_id: Mapped[int] = mapped_column(parent("automatic_message.id"), index=True)
    starts: Mapped[int]  # UTC seconds
    ends: Mapped[int]


class AutomaticRecipient(Row):
    """Whom "everyone except" leaves out, and whom "only" means: one customer, or all with a label."""

    __tablename__ = "automatic_recipient"

    automatic_id: Mapped[int] = mapped_column(parent("automatic_message.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(parent("customer.id"), index=True)
    label_id: Mapped[int | None] = mapped_column(parent("label.id"), index=True)


class SendList(Row):
    """One message for many customers, which the owner sends by hand, one chat after the other."""

    __tablename__ = "send_list"

    name: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")  # with placeholders
    typed: Mapped[str] = mapped_column(default="")  # whom it is for: words,
    terms: Mapped[str] = mapped_column(default="")  # and conditions, one a line
    cap: Mapped[int] = mapped_column(default=0)  # how many a day at most; 0: no cap
    position: Mapped[str] = mapped_column(ByteOrder, default="")
    created_at: Mapped[int] = mapped_column(default=now)


class SendEntry(Row):
    """One customer of a send list, and how far it has come with them."""

    __tablename__ = "send_entry"
    __table_args__ = (
        UniqueConstraint("list_id", "customer_id"),
        Index(None, "list_id", "state", "position"),
        Row.__table_args__,
    )

    list_id: Mapped[int] = mapped_column(parent("send_list.id"))
    customer_id: Mapped[int] = mapped_column(parent("customer.id"), index=True)
    text: Mapped[str] = mapped_column(
        default=""
    )  # as it was opened; before that, what the owner has written for this one
    state: Mapped[str] = mapped_column(default="")  # opened, skipped, or still to come
    at: Mapped[int | None]  # when that was, UTC seconds
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class PracticeChat(Row):
    """A conversation that the owner has played through, kept as an example."""

    __tablename__ = "practice_chat"

    name: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(loose("customer.id"))
    language: Mapped[str] = mapped_column(default="")  # in which the customer writes
    on_phone: Mapped[bool] = mapped_column(default=False)  # it answers as the phone does, not as it is written here
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class PracticeMessage(Row):
    """One message of a practice chat."""

    __tablename__ = "practice_message"

    chat_id: Mapped[int] = mapped_column(parent("practice_chat.id"), index=True)
    side: Mapped[str] = mapped_column(default="customer")  # customer, shop
    kind: Mapped[str] = mapped_column(default="text")  # text, picture, item, catalog, order
    automatic: Mapped[str] = mapped_column(default="")  # greeting or away, where the phone wrote by itself
    text: Mapped[str] = mapped_column(default="")
    product_id: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    at: Mapped[int]  # by the clock of the chat, UTC seconds
