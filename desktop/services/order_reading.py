"""A pasted message read into an order: the basket of the shop's own page, an order that Dukkan wrote, or a free list.

Each line is looked at by itself: how many, of what, and for how much. What is no item of the catalog and says no
number stays as a note, so nothing that a customer wrote is lost. Nothing is kept before `add_read_order`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from desktop.data.search import fold
from desktop.i18n import LANGUAGES, _, bidi, formats, speaking
from desktop.services.catalog import shop_currency
from desktop.services.chat_stamps import Stamp, read_stamp
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid
from desktop.services.hours import read_schedule
from desktop.services.message_prices import PHONE, plain
from desktop.services.order_items import LINK, NAME, Linked, ReadLine, find_item, with_letters, with_links
from desktop.services.order_lines import MOST_PIECES
from desktop.services.order_when import Wish, agree, read_wish
from desktop.services.order_words import EDGES, GREETING, Said, says_when, take_apart, things, without_and
from desktop.services.orders import add_order, customer_with
from desktop.services.phones import parse_phone
from desktop.services.profile import read_profile

LONGEST = 20_000  # characters that are read; what is longer is no order
LINE = 300  # characters of a line
THINGS = 100  # lines that are looked up in the catalog
PARTS = 12  # of a line

_BULLET = re.compile(r"^\s*(?:[-–—•·▪*+>]+\s+|[0-9]{1,3}[.)]\s+)")
_WISH = re.compile(  # what may stand before the first thing
    r"^(?:(?:السلام عليكم|مرحبا|هلا|صباح الخير|مساء الخير|hello|hi|hey|لو سمحت|ممكن|اطلب|"
    r"ابغ[يا]|ابي|اريد|نريد|بدي|عايزه?|عاوزه?|محتاجه?|please|pls|can i (?:have|get)|"
    r"i (?:want|need|would like)|i'?d like|we (?:want|need)|give me)[\s:,،!.]+)+(?=\S)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\W*(?:الاجمالي|اجمالي|المجموع|total|sub ?total|grand total)\b", re.IGNORECASE)
_FIELDS = {  # what may stand before a colon, and what follows it then
    "name": re.compile(
        r"\W*(?:(?:الاسم|اسم العميل|اسمي|name|my name|customer)\s*[:：]|باسم\s)\s*(\S.*)$", re.IGNORECASE
    ),
    "address": re.compile(r"\W*(?:العنوان|عنوان التوصيل|address|deliver to)\s*[:：]\s*(\S.*)$", re.IGNORECASE),
    "note": re.compile(r"\W*(?:ملاحظه|ملاحظات|note|notes)\s*[:：]\s*(\S.*)$", re.IGNORECASE),
}
_LINK = re.compile(rf"://|{LINK.pattern}", re.IGNORECASE)  # whose numbers are nobody's phone
_PHONE = re.compile(rf"(?:{PHONE})")
_PHONE_WORD = re.compile(
    r"\W*(?:جوالي|رقمي|(?:رقم )?(?:ال)?(?:جوال|هاتف|موبايل)|(?:my )?(?:number|phone|mobile)|tel)\W*", re.I
)
_PLACE = re.compile(  # what an address begins with
    r"(?:(?:الي|to|in)\s+|ل)?((?:حي|شارع|طريق|فيلا|بنايه|عماره|برج|شقه|villa|building|tower|apartment)\b.*)$", re.I
)


@dataclass(frozen=True)
class Reading:
    """What a message says of an order; `note` is all that is none of the rest, line by line.

    `way` is one of `orders.WAYS` or "", `due_at` UTC seconds: of a day without a time, when the shop opens.
    """

    lines: tuple[ReadLine, ...] = ()
    note: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    currency: str = ""
    way: str = ""
    due_at: int | None = None


def read_order_text(session: Session, text: str) -> Reading:
    """Return what a pasted message orders. Raises nothing, whatever is pasted; what is beyond LONGEST is not read."""
    profile = read_profile(session)
    currency = shop_currency(session)
    found: dict[str, str] = {}
    lines: list[ReadLine] = []
    notes: list[tuple[str, Wish | None]] = []
    schedule, now = read_schedule(session), formats.now()
    stamps = _stamps(text)
    today = _written_on(stamps, now.astimezone(schedule.zone).date())
    for raw in _lines(text):
        line = plain(raw)
        if _TOTAL.match(line) or GREETING.fullmatch(line):
            continue
        field = next((name for name, shape in _FIELDS.items() if shape.match(line)), "")
        if field:
            said = raw[_start_of(_FIELDS[field], line) :].strip()
            if field == "note" or field in found:
                notes.append((said, None))
            else:
                found[field] = one_line(said)
            continue
        if "phone" not in found and not _LINK.search(line) and (phone := _phone(line, profile.territory)):
            found["phone"] = phone
            raw = _without_phone(raw, line)
            if not any(char.isalpha() for char in raw) or _PHONE_WORD.fullmatch(plain(raw)):
                continue
        read = _read_things(session, raw, currency) if len(lines) < THINGS else ()
        if read and LINK.fullmatch(raw) and any(one.product_id == read[0].product_id for one in lines):
            continue  # as it is written below the name of an item
        known = read and all(one.product_id is not None and not one.note for one in read)
        wish = None if known else read_wish(raw, today, profile.territory == "US")
        if wish and wish.rest:
            things = _read_things(session, wish.rest, currency)
            if things and all(one.product_id is not None for one in things):
                read = [replace(one, said=raw) for one in things] if len(things) == 1 else things
                wish = replace(wish, rest="")
            elif wish.way == "delivery" and "address" not in found and (place := _PLACE.match(plain(wish.rest))):
                found["address"], read = one_line(wish.rest[place.start(1) :]), ()
                wish = replace(wish, rest="")
        lines += read
        if wish or not read:
            notes.append((raw, wish))
    way, due_at, is_said = agree([wish for _raw, wish in notes if wish], schedule, now)
    note = "\n".join(raw for raw, wish in notes if not (wish and is_said(wish)))
    found = _sender(stamps, profile.name or "", profile.territory) | found
    return Reading(tuple(lines), note, currency=currency, way=way, due_at=due_at, **found)


def add_read_order(session: Session, reading: Reading, text: str = "", **fields: Any) -> int:
    """Add the order that was read and return its id; `text` is the message it was read from.

    A customer with its phone is who ordered. Raises Invalid as `orders.add_order`.
    """
    values: dict[str, Any] = {
        "note": reading.note,
        "source": text[:LONGEST],
        "currency": reading.currency,
        "due_at": reading.due_at,
    }
    if reading.phone:
        values["phone"] = f"+{reading.phone}"
        values["customer_id"] = customer_with(session, reading.phone)
    if reading.name:
        values["name"] = reading.name
    if reading.address:
        values |= {"address": reading.address, "way": "delivery"}
    if reading.way:
        values["way"] = reading.way
    return add_order(session, [_kept(line) for line in reading.lines], **{**values, **fields})


def _kept(line: ReadLine) -> dict[str, Any]:
    kept = {"name": line.name, "quantity": line.quantity, "code": line.code, "price": line.price, "note": line.note}
    if line.product_id is not None:
        kept |= {"product_id": line.product_id, "variant_id": line.variant_id}
    return kept


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that say something, without greetings, marks of direction and what WhatsApp puts before them."""
    text = bidi.strip(clean(text))[:LONGEST].replace("\xa0", " ").replace("\u202f", " ")
    for line in text.splitlines():
        line = line[:LINE]
        line = line[stamp.end :] if (stamp := read_stamp(line)) else line
        for greeting in _greetings():
            line = line.replace(greeting, " ")
        line = _BULLET.sub("", line.strip()).strip()
        if any(char.isalnum() for char in line):
            yield line


def _stamps(text: str) -> list[Stamp]:
    lines = bidi.strip(text[:LONGEST]).splitlines()
    return [stamp for line in lines if (stamp := read_stamp(line))]


def _written_on(stamps: Sequence[Stamp], today: dt.date) -> dt.date | None:
    """Return the day a message was written on: today, unless WhatsApp has put another date before it."""
    figures = sorted((today.day, today.month, today.year % 100))
    return today if all(sorted(part % 100 for part in stamp.date) == figures for stamp in stamps) else None


def _sender(stamps: Sequence[Stamp], shop: str, territory: str) -> dict[str, str]:
    """Return the phone or the name of who wrote, where it was one person beside the shop itself."""
    senders = {stamp.sender for stamp in stamps if fold(stamp.sender) != fold(shop)}
    if len(senders) != 1:
        return {}
    sender = senders.pop()
    phone = _phone(plain(sender), territory)
    return {"phone": phone} if phone else {"name": one_line(sender)[:NAME]}


def _greetings() -> list[str]:
    found = []
    for language in LANGUAGES:
        with speaking(language):
            found.append(bidi.strip(_("Hello, I would like to order:")))
    return found


def _start_of(shape: re.Pattern[str], line: str) -> int:
    found = shape.match(line)
    return found.start(1) if found else 0


def _phone(line: str, territory: str) -> str:
    found = _PHONE.search(line)
    if not found:
        return ""
    try:
        return parse_phone(found[0], territory)
    except Invalid:
        return ""


def _without_phone(raw: str, line: str) -> str:
    """Return a line without the first number in it, which `line`, the same in plain letters, shows."""
    found = _PHONE.search(line)
    if found and len(raw) == len(line):
        raw = f"{raw[: found.start()]} {raw[found.end() :]}"
    return raw.strip(EDGES + "+")


def _read_things(session: Session, raw: str, currency: str) -> Sequence[ReadLine]:
    """Return what a line orders: one thing, or several where each part of it is an item of the catalog."""
    raw, linked = with_letters(session, without_and(raw))
    whole = _read_line(session, raw, currency, linked)
    if whole and whole.product_id is not None and not whole.note:
        return [whole]
    parts = things(raw)
    if 1 < len(parts) <= PARTS:
        read = [
            line
            for part in parts
            if (line := _read_line(session, part, currency, linked)) and line.product_id is not None
        ]
        if len(read) == len(parts):
            return read
    if whole is None and raw.startswith("و"):  # "and", written together with what comes
        return [one for one in [_read_line(session, raw[1:], currency, linked)] if one and one.product_id is not None]
    return [whole] if whole else []


def _read_line(session: Session, raw: str, currency: str, linked: Mapping[str, Linked]) -> ReadLine | None:
    """Return what a line orders, or None where it orders nothing."""
    wish = _WISH.match(plain(raw))
    said = take_apart(raw[wish.end() :] if wish else raw, currency)
    if not any(char.isalpha() for char in said.words):
        return None
    quantity = said.quantity or 1
    sure = said.quantity is not None or said.each is not None or said.whole is not None
    line = find_item(session, said.words, sure, linked)
    if line is None and (not sure or says_when(raw)):
        return None
    line = line or ReadLine("", one_line(said.words)[:NAME])
    line = replace(line, said=with_links(raw, linked), note=with_links(line.note, linked))
    line = replace(line, quantity=min(max(quantity, 1), MOST_PIECES))
    return _priced(line, said, currency)


def _priced(line: ReadLine, said: Said, currency: str) -> ReadLine:
    """Give a line its price: the catalog's, or what the message says where that is none; a difference is remarked."""
    each = said.each
    if each is None and said.whole is not None and said.whole % line.quantity == 0:
        each = said.whole // line.quantity
    amount = said.each if said.each is not None else said.whole
    if line.price is None or amount is None:
        return replace(line, price=each if line.price is None else line.price)
    if amount in (line.price, line.price * line.quantity):
        return line
    if said.pieces and said.quantity is None and amount * 3 < line.price:  # "cake 2" of a cake for 145
        return replace(line, quantity=said.pieces)
    sentence = _("The message says {said}, the catalog {price}.")
    money = {"said": formats.money(amount, currency), "price": formats.money(line.price, currency)}
    return replace(line, remark=sentence.format(**money))
