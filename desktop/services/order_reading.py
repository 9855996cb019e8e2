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
    message = _Message(session, text)
    for raw in _lines(text):
        message.take(raw)
    return message.reading()


class _Message:
    """Takes a message line by line, and keeps what each says of the order."""

    def __init__(self, session: Session, text: str) -> None:
        self._session = session
        self._profile = read_profile(session)
        self._currency = shop_currency(session)
        self._schedule, self._now = read_schedule(session), formats.now()
        self._stamps = _stamps(text)
        self._today = _written_on(self._stamps, self._now.astimezone(self._schedule.zone).date())
        self._found: dict[str, str] = {}
        self._lines: list[ReadLine] = []
        self._notes: list[tuple[str, Wish | None]] = []

    def take(self, raw: str) -> None:
        """Keep what a line says: a field by its name, a phone, things, and how or when they are wanted."""
        line = plain(raw)
        if _TOTAL.match(line) or GREETING.fullmatch(line) or self._took_field(raw, line):
            return
        if not (raw := self._beside_phone(raw, line)):
            return
        read = _read_things(self._session, raw, self._currency) if len(self._lines) < THINGS else ()
        if read and LINK.fullmatch(raw) and any(one.product_id == read[0].product_id for one in self._lines):
            return  # as it is written below the name of an item
        known = read and all(one.product_id is not None and not one.note for one in read)
        wish = None if known else read_wish(raw, self._today, self._profile.territory == "US")
        if wish and wish.rest:
            read, wish = self._beside_wish(raw, wish, read)
        self._lines += read
        if wish or not read:
            self._notes.append((raw, wish))

    def reading(self) -> Reading:
        """Return what all the lines say together; who is not named in them is who has sent them."""
        way, due_at, is_said = agree([wish for _raw, wish in self._notes if wish], self._schedule, self._now)
        note = "\n".join(raw for raw, wish in self._notes if not (wish and is_said(wish)))
        found = _sender(self._stamps, self._profile.name or "", self._profile.territory) | self._found
        return Reading(tuple(self._lines), note, currency=self._currency, way=way, due_at=due_at, **found)

    def _took_field(self, raw: str, line: str) -> bool:
        """Keep what stands behind the name of a field, and say whether there is one; said again, it is a note."""
        field, match = next(((name, m) for name, shape in _FIELDS.items() if (m := shape.match(line))), ("", None))
        if match is None:
            return False
        said = raw[match.start(1) :].strip()
        if field == "note" or field in self._found:
            self._notes.append((said, None))
        else:
            self._found[field] = one_line(said)
        return True

    def _beside_phone(self, raw: str, line: str) -> str:
        """Keep the first phone, and return what else its line says: "" for nothing, or that this is one."""
        if "phone" in self._found or _LINK.search(line) or not (phone := _phone(line, self._profile.territory)):
            return raw
        self._found["phone"] = phone
        rest = _without_phone(raw, line)
        return rest if any(map(str.isalpha, rest)) and not _PHONE_WORD.fullmatch(plain(rest)) else ""

    def _beside_wish(self, raw: str, wish: Wish, read: Sequence[ReadLine]) -> tuple[Sequence[ReadLine], Wish]:
        """Return what a line orders that also says how or when: items beside that, or none where it is an address."""
        found = _read_things(self._session, wish.rest, self._currency)
        if found and all(one.product_id is not None for one in found):
            return [replace(one, said=raw) for one in found] if len(found) == 1 else found, replace(wish, rest="")
        place = _PLACE.match(plain(wish.rest))
        if place and wish.way == "delivery" and "address" not in self._found:
            self._found["address"] = one_line(wish.rest[place.start(1) :])
            return (), replace(wish, rest="")
        return read, wish


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
