"""What is to be made ready on a day, as a PDF to hang up and as a text to send: all things summed, and each order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Order, OrderLine
from desktop.exchange.files import write_file
from desktop.exchange.typesetting import FONTS, LETTER, printable, runs_rtl, typeset, typeset_standard
from desktop.i18n import RTL_LANGUAGES, _, bidi, formats, language, ngettext, speaking
from desktop.services.errors import Invalid
from desktop.services.hours import shop_zone
from desktop.services.marks import bold
from desktop.services.order_due import day_bounds, local
from desktop.services.order_lines import lines_of
from desktop.services.orders import currency_of, totals
from desktop.services.profile import read_profile

NAME, TEXT = 120, 600  # characters: the rest would push the others off the page
MOST = 500  # orders of a day

Amount = tuple[int, str]  # how many, of what


@dataclass(frozen=True)
class Entry:
    """One order as it is prepared; texts are ready to be shown, in the language of the list."""

    number: str
    time: str
    name: str
    phone: str
    things: Sequence[tuple[int, str, str]]  # how many, of what, and a note
    facts: Sequence[str]


@dataclass(frozen=True)
class Preparation:
    """A day's work: `sums` is everything in all orders together."""

    day: dt.date
    language: str
    shop: str
    territory: str
    sums: Sequence[Amount]
    entries: Sequence[Entry]


def read_preparation(session: Session, day: dt.date, spoken: str = "") -> Preparation:
    """Return what is to be ready on a day, by time: all orders that are due then but those that are cancelled.

    `spoken` is the language of the list, "" for the one in use. Raises Invalid where nothing is due, or too much.
    """
    profile = read_profile(session)
    zone = shop_zone(profile.time_zone)
    first, last = day_bounds(day, zone)
    here = (Order.due_at >= first, Order.due_at < last, Order.state != "cancelled")
    orders = session.scalars(select(Order).where(*here).order_by(Order.due_at, Order.number).limit(MOST + 1)).all()
    if not orders:
        raise Invalid("day", _("No order is due on {date}.").format(date=formats.date(day, weekday=True)))
    if len(orders) > MOST:
        sentence = _("More than {n} orders are due on that day.")
        raise Invalid("day", sentence.format(n=formats.number(MOST)))
    with speaking(spoken or language()):
        lines = lines_of(session, [order.id for order in orders])
        sums: dict[str, int] = {}
        for order in orders:
            for line in lines[order.id]:
                sums[line.name] = sums.get(line.name, 0) + line.quantity
        entries = [_entry(session, order, lines[order.id], zone) for order in orders]
        added = sorted(((count, name) for name, count in sums.items()), key=lambda row: (-row[0], row[1]))
        return Preparation(day, language(), profile.name, profile.territory, added, entries)


def preparation_text(preparation: Preparation) -> str:
    """Return the list as a message, with WhatsApp's marks and without marks of direction."""
    with speaking(preparation.language):
        parts = [bold(_title(preparation)), "\n".join(_counted(*row) for row in preparation.sums)]
        for entry in preparation.entries:
            things = [_counted(n, name) + (f" – {note}" if note else "") for n, name, note in entry.things]
            head = bold(_(", ").join(filter(None, [entry.time, entry.number, entry.name])))
            parts.append("\n".join([head, *(things or [_nothing()]), *entry.facts]))
        return bidi.strip("\n\n".join(filter(None, parts)))


def make_pdf(preparation: Preparation) -> bytes:
    """Return the list as a PDF with text that is read back letter by letter."""
    return typeset_standard("preparation", _data(preparation))


def pictures_of_pages(preparation: Preparation, ppi: int = 60) -> list[bytes]:
    """Return the pages as PNG pictures, for a look at them."""
    return typeset("preparation", _data(preparation), "png", ppi)


def write_preparation(session: Session, path: Path, day: dt.date, spoken: str = "") -> int:
    """Write the list of a day as a PDF and return how many orders are on it. Raises CannotWrite and Invalid."""
    preparation = read_preparation(session, day, spoken)
    write_file(path, make_pdf(preparation))
    return len(preparation.entries)


def _entry(session: Session, order: Order, lines: Sequence[OrderLine], zone: dt.tzinfo) -> Entry:
    sums, currency = totals(order, lines), currency_of(session, order)
    way = _("Pick-up") if order.way != "delivery" else _("Delivery")
    if order.way == "delivery" and order.address:
        way = _("Delivery: {address}").format(address=order.address)
    facts = [way]
    if order.recipient or order.recipient_phone:
        who = _(", ").join(filter(None, [order.recipient, formats.phone(order.recipient_phone)]))
        facts.append(_("For: {name}").format(name=who))
    if order.card:
        facts.append(_("On the card: “{text}”").format(text=order.card))
    if order.note:
        facts.append(_("Note: {note}").format(note=order.note))
    if sums.left > 0:
        facts.append(_("Left to pay: {price}").format(price=formats.money_text(sums.left, currency)))
    assert order.due_at is not None, "it is due on that day"
    return Entry(
        formats.number(order.number),
        formats.time(local(order.due_at, zone).time()),
        order.name,
        formats.phone(order.phone),
        [(line.quantity, line.name, line.note) for line in lines],
        facts,
    )


def _title(preparation: Preparation) -> str:
    day = formats.date(preparation.day, weekday=True)
    # TRANSLATORS: the heading of a list of what is to be made ready on a day.
    return _("To prepare for {day}").format(day=day)


def _counted(count: int, name: str) -> str:
    return _("{n} × {name}").format(n=formats.number(count), name=name)


def _nothing() -> str:
    return _("This order has no items yet.")


def _data(preparation: Preparation) -> dict[str, object]:
    """Return all that the template shows."""
    with speaking(preparation.language):
        count = len(preparation.entries)
        orders = ngettext("{n} order", "{n} orders", count).format(n=formats.number(count))
        return {
            "paper": "us-letter" if preparation.territory in LETTER else "a4",
            "fonts": FONTS,
            "language": preparation.language,
            "rtl": preparation.language in RTL_LANGUAGES,
            "title": bidi.strip(_title(preparation)),
            "shop": _words(preparation.shop, preparation.language),
            "orders": bidi.strip(orders),
            # TRANSLATORS: of a day: everything that is in all of its orders.
            "together": _("All together"),
            "nothing": _nothing(),
            "sums": [_thing(count, name, "", preparation.language) for count, name in preparation.sums],
            "entries": [
                {
                    "number": entry.number,
                    "time": bidi.strip(entry.time),
                    "name": _words(entry.name, preparation.language),
                    "phone": bidi.strip(entry.phone),
                    "things": [_thing(*thing, preparation.language) for thing in entry.things],
                    "facts": [_words(fact, preparation.language, TEXT) for fact in entry.facts],
                }
                for entry in preparation.entries
            ],
        }


def _thing(count: int, name: str, note: str, spoken: str) -> dict[str, object]:
    return {"count": formats.number(count), "name": _words(name, spoken), "note": _words(note, spoken)}


def _words(text: str, spoken: str, longest: int = NAME) -> dict[str, object]:
    return {"text": printable(bidi.strip(text), longest), "rtl": runs_rtl(text, spoken)}
