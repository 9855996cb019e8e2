"""The practice chat: the owner writes as a customer, the shop's phone answers as it would; kept as examples."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import PracticeChat, PracticeMessage
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import _, formats
from desktop.services.answering import Answers, Person, Setup, decide
from desktop.services.catalog import read_product, read_products, shop_currency
from desktop.services.editing import clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.links import catalog_link
from desktop.services.messages import Enquiry
from desktop.services.opening import ONE_DAY
from desktop.services.order_text import Line, Order, order_text
from desktop.services.profile import read_profile
from desktop.services.replies import find_replies
from desktop.services.reply_parts import messages
from desktop.services.sale import paid
from desktop.services.share import customers_language, price_answer

MORNING = 9  # o'clock
NAME = 60  # characters of a message that a chat is called by
MOST = 500  # messages of a chat

Kind = Literal["text", "picture", "item", "catalog", "order"]


@dataclass(frozen=True)
class Said:
    """One message of a chat; `at` is in seconds since 1970 UTC. `automatic` is "greeting" or "away", or nothing."""

    side: str  # customer, shop
    text: str
    at: int
    kind: Kind = "text"
    automatic: str = ""
    product_id: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Chat:
    """A chat as it is kept: who writes in it, and whether the phone's copy answers instead of what is written here."""

    name: str = ""
    customer_id: int | None = None
    language: str = ""
    on_phone: bool = False
    said: tuple[Said, ...] = ()


# The talk itself: no database


def customer_says(said: Sequence[Said], text: str, moment: dt.datetime, setup: Setup, person: Person) -> "Turn":
    """Return the chat after a customer's message at `moment`, with what is answered by itself, and why.

    The last contact is the last message of the chat before, else that of `person`. Raises Invalid for an empty message,
    and for a moment before what was said already.
    """
    text = paragraphs(clean(text))
    if not text:
        raise Invalid("text", _("Write what the customer asks first."))
    at = _after(said, moment)
    last = dt.datetime.fromtimestamp(said[-1].at, moment.tzinfo) if said else person.last
    answers = decide(moment, setup, replace(person, last=last))
    kinds = [kind for kind, sent in (("greeting", answers.greeting), ("away", answers.away)) if sent]
    answered = [
        Said("shop", message, at, automatic=kind) for kind, message in zip(kinds, answers.messages, strict=True)
    ]
    return Turn((*said, Said("customer", text, at), *answered), answers)


@dataclass(frozen=True)
class Turn:
    """A chat after somebody wrote, and the answers that decided it."""

    said: tuple[Said, ...]
    answers: Answers


def next_morning(moment: dt.datetime) -> dt.datetime:
    """Return the next nine o'clock in the morning by the clock of `moment`'s zone."""
    day = moment.date() if moment.hour < MORNING else moment.date() + ONE_DAY
    return dt.datetime.combine(day, dt.time(MORNING), moment.tzinfo)


def hour_later(moment: dt.datetime) -> dt.datetime:
    """Return the moment an hour later, also where a clock is set meanwhile."""
    return (moment.astimezone(dt.UTC) + dt.timedelta(hours=1)).astimezone(moment.tzinfo)


def _after(said: Sequence[Said], moment: dt.datetime) -> int:
    if len(said) >= MOST:
        raise Invalid("text", _("This chat is long enough. Start another one."))
    at = int(moment.timestamp())
    if said and at < said[-1].at:
        last = formats.datetime(dt.datetime.fromtimestamp(said[-1].at, moment.tzinfo).replace(tzinfo=None))
        raise Invalid("at", _("The clock is before the last message, {last}. Move it on.").format(last=last))
    return at


# What the owner says


def shop_says(
    session: Session, said: Sequence[Said], typed: str, moment: dt.datetime, person: Person
) -> tuple[Said, ...]:
    """Return the chat after the owner wrote a text, or a /shortcut, which becomes the messages of its reply.

    Raises Invalid for an empty message, an unknown shortcut, and a moment before what was said already.
    """
    text = paragraphs(clean(typed))
    if not text:
        raise Invalid("reply", _("Write an answer, or a shortcut such as {example}.").format(example="/hello"))
    at = _after(said, moment)
    if not text.startswith("/"):
        return (*said, Said("shop", text, at))
    shortcut = fold(text.removeprefix("/").strip())
    reply = next((one for one in find_replies(session, shortcut) if fold(one.shortcut) == shortcut), None)
    if reply is None:
        raise Invalid("reply", _("There is no reply {shortcut}.").format(shortcut=formats.auto(text[:NAME])))
    product = next((one.product_id for one in reversed(said) if one.product_id), None)
    enquiry = Enquiry(person.name, person.gender, person.language, product)
    found = []
    for message in messages(session, reply.id, enquiry):
        kind: Kind = "picture" if message.kind == "picture" else "text"
        if message.filled.text or message.sha256:
            found.append(Said("shop", message.filled.text or message.name, at, kind, sha256=message.sha256))
    return (*said, *found)


def send_item(session: Session, said: Sequence[Said], product_id: int, moment: dt.datetime) -> tuple[Said, ...]:
    """Return the chat after the owner sent an item of the catalog. Raises NotFound, Invalid."""
    product, profile = read_product(session, product_id), read_profile(session)
    text = price_answer(product, profile)
    return (*said, Said("shop", text, _after(said, moment), "item", product_id=product_id))


def send_catalog(session: Session, said: Sequence[Said], moment: dt.datetime) -> tuple[Said, ...]:
    """Return the chat after the owner sent the catalog. Raises Invalid without a phone number."""
    phone = read_profile(session).phone
    if not phone:
        raise Invalid("phone", _("Links need the shop's phone number. Add it in the business profile."))
    return (*said, Said("shop", catalog_link(phone), _after(said, moment), "catalog"))


def send_order(session: Session, said: Sequence[Said], moment: dt.datetime, person: Person) -> tuple[Said, ...]:
    """Return the chat after the owner confirmed an order of the items that were sent in it. Raises Invalid."""
    counts = Counter(one.product_id for one in said if one.product_id)
    profile = read_profile(session)
    currency = shop_currency(session)
    products = read_products(session, [product for product in counts if product])
    lines = [
        Line(product.name, counts[product.id], paid(product).price)
        for product in products
        if (product.currency or currency) == currency
    ]
    if not lines:
        raise Invalid("order", _("Send an item first: the order is of the items in this chat."))
    text = order_text(Order(lines, currency, profile.name, person.name), person.language or customers_language(profile))
    return (*said, Said("shop", text, _after(said, moment), "order"))


# Examples


def list_chats(session: Session) -> list[tuple[int, str]]:
    """Return the kept chats, ids and names, in the order in which they were kept."""
    rows = session.execute(select(PracticeChat.id, PracticeChat.name).order_by(PracticeChat.position, PracticeChat.id))
    return [(row.id, row.name) for row in rows]


def read_chat(session: Session, chat_id: int) -> Chat:
    """Return a kept chat. Raises NotFound."""
    row = session.get(PracticeChat, chat_id)
    if row is None:
        raise NotFound("", _("This has been deleted meanwhile. Undo brings it back."))
    query = select(PracticeMessage).where(PracticeMessage.chat_id == chat_id).order_by(PracticeMessage.id)
    said = tuple(
        Said(one.side, one.text, one.at, one.kind, one.automatic, one.product_id, one.sha256 or "")  # type: ignore[arg-type]
        for one in session.scalars(query)
    )
    return Chat(row.name, row.customer_id, row.language, row.on_phone, said)


def keep_chat(session: Session, chat: Chat, chat_id: int | None = None) -> int:
    """Keep a chat as an example, in the place of an earlier one or as a new one, and return its id. Raises Invalid."""
    if not chat.said:
        raise Invalid("name", _("There is nothing in this chat yet."))
    row = session.get(PracticeChat, chat_id) if chat_id is not None else None
    if row is None:
        last = session.scalar(select(func.max(PracticeChat.position)))
        row = PracticeChat(position=after(last or ""))
        session.add(row)
    row.name = one_line(clean(chat.name)) or one_line(chat.said[0].text)[:NAME]
    row.customer_id, row.language, row.on_phone = chat.customer_id, chat.language, chat.on_phone
    session.flush()
    session.execute(delete(PracticeMessage).where(PracticeMessage.chat_id == row.id))
    session.add_all(_rows(row.id, chat.said))
    session.flush()
    return row.id


def remove_chat(session: Session, chat_id: int) -> None:
    """Delete a kept chat; undo brings it back."""
    session.execute(delete(PracticeChat).where(PracticeChat.id == chat_id))


def _rows(chat_id: int, said: Iterable[Said]) -> list[PracticeMessage]:
    return [
        PracticeMessage(
            chat_id=chat_id,
            side=one.side,
            kind=one.kind,
            automatic=one.automatic,
            text=one.text,
            product_id=one.product_id,
            sha256=one.sha256 or None,
            at=one.at,
        )
        for one in said
    ]
