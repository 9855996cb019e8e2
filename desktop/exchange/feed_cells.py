"""One item from the cells of a row in Meta's catalog feed."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop.exchange.columns import COLUMNS as COLUMNS
from desktop.exchange.columns import REQUIRED as REQUIRED
from desktop.exchange.columns import column_name as column_name
from desktop.exchange.columns import known_word
from desktop.exchange.files import legal_name, with_ending
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats, numbers
from desktop.services.catalog import AVAILABILITIES, CONDITIONS
from desktop.services.errors import Invalid
from desktop.services.hours import shop_zone
from desktop.services.prices import check_sale, read_price
from desktop.services.profile import read_profile
from desktop.services.sale import LAST_MINUTE
from desktop.services.web import web_address

LINES = {"id": "code", "title": "name", "brand": "brand", "origin_country": "origin_country"}
UNREADABLE = {  # the code of a problem by the column where a cell was not taken
    "price": "price_unreadable",
    "sale_price": "price_unreadable",
    "sale_price_effective_date": "date_unreadable",
    "availability": "availability_unknown",
    "condition": "condition_unknown",
    "status": "status_unknown",
    "link": "link_unreadable",
    "image_link": "picture_unreadable",
    "additional_image_link": "picture_unreadable",
    "quantity_to_sell_on_facebook": "quantity_unreadable",
}
BLANK: dict[str, Any] = {  # what a new item has before its cells are read
    **dict.fromkeys(("code", "name", "description", "currency", "link", "brand", "origin_country", "extra"), ""),
    **dict.fromkeys(("price", "sale_price", "sale_starts", "sale_ends", "quantity"), None),
    "hidden": False,
    "availability": AVAILABILITIES[0],
    "condition": CONDITIONS[0],
}
WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
BREAKS = re.compile(r"[\r\n\t]+")
WHOLE = re.compile(r"(\d{1,9})(?:[.,٫](?:[0٠۰]{1,2}|0{4}))?")  # 12.00 and 12.0000, as tills and Magento write it
PLAIN_MONEY = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?(?: ([A-Z]{3}))?")
BETWEEN = re.compile(r"(?:\s*[,;|]\s*|\s+)(?=https?://)")  # two addresses in a cell
SHORT_HOUR = re.compile(r"T(?=\d:)")  # T9:30, as Meta's own examples have it
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|bmp|hei[cf])\s*$", re.IGNORECASE)
HOST = re.compile(r"\s*[\w-]+(?:\.[\w-]+)+/")  # shop.example/1.jpg
Reader = Callable[[dict[str, Any], str, "Home"], str | None]  # returns what of a cell its field does not say
ORDERED = ("preorder", "available for order", "backorder")  # what is not there, and can be ordered all the same
WORDS = (*AVAILABILITIES, *ORDERED)
SCHEMA = "schema.org/"  # https://schema.org/InStock, as web pages have it
ALWAYS, FOREVER = "2000-01-01", "2099-12-31"  # the open ends of a sale, for Meta takes two dates or none


class Reading(NamedTuple):
    """What a row says of an item: its columns (those of BLANK), and the addresses of its pictures, if given."""

    values: dict[str, Any]
    image: str
    more_images: Sequence[str]
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Home:
    """What an item takes from its shop, its currency and the zone of times without one; and from the file it is in.

    `assumed` is the currency that the file means where a price names none, "" where that is the item's; `headers` has
    what it calls its columns, by Meta's names.
    """

    currency: str
    zone: dt.tzinfo
    assumed: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def called(self, column: str) -> str:
        """Return what to call a column in a sentence: as the file does, or else as Meta does."""
        return formats.auto(self.headers[column][:60]) if column in self.headers else formats.ltr(column)


def home_of(session: Session) -> Home:
    """Return what items take from this shop."""
    profile = read_profile(session)
    return Home(profile.currency, shop_zone(profile.time_zone))


def line(cell: str) -> str:
    """Return a cell on one line, its spaces as they are."""
    return cell.strip() if cell.isprintable() else BREAKS.sub(" ", cell).strip()


def picture_name(code: str, sha256: str, format: str) -> str:
    """Return the file name of an item's picture in an upload: other bytes have another name, as Meta asks."""
    return with_ending(f"{legal_name(code)}-{sha256[:12]}", format)


def is_given(link: str, item: Mapping[str, Any]) -> bool:
    """Say whether an upload gave an item this link, for want of one of its own.

    It is that of its page on the shop's web page or, for what is hidden, of the front.
    """
    return not item["link"] and link.endswith("/" if item["hidden"] else f"/items/{item['id']}.html")


# Reading


def read_cells(row: int, cells: Mapping[str, str], item: Mapping[str, Any], home: Home) -> Reading:
    """Return what an item is after the filled `cells` of a row, which are in the order of COLUMNS.

    A cell that its field cannot take is reported and kept in "extra" under its column, as are the cells of columns
    that Dukkan has no field for: a feed has them again. So is what can be ordered before it is there, which is in
    stock here. The item takes the currency that its price names.
    """
    values = dict(item)
    extra: dict[str, str] = json.loads(values["extra"]) if values["extra"] else {}
    before = dict(extra)
    problems: list[Problem] = []
    for column, cell in cells.items():
        read = READERS.get(column)
        if read is None:
            extra[column] = cell
            continue
        try:
            kept = read(values, cell, home)
        except Invalid as error:
            extra[column] = cell
            problems.append(_not_taken(row, column, cell, error, home))
        else:
            if kept:
                extra[column] = kept
            elif before:
                extra.pop(column, None)
    sale = values["sale_price"]
    if sale is not None and ("price" in cells or "sale_price" in cells):
        try:
            check_sale("sale_price", values["price"], sale, values["currency"] or home.currency)
        except Invalid as error:
            problems.append(Problem(row, "sale_price", "sale_not_below", _in_row(row, error.message), warning=True))
    if extra != before:
        values["extra"] = WRITTEN(extra) if extra else ""
    return Reading(values, values.pop("image_link", ""), values.pop("additional_image_link", ()), problems)


def _not_taken(row: int, column: str, cell: str, error: Invalid, home: Home) -> Problem:
    cell = " ".join(cell.split())
    message = _("Row {row}, column {column}: “{text}” was not taken. {reason}").format(
        row=formats.number(row),
        column=home.called(column),
        text=formats.auto(formats.short(cell, 40)),
        reason=error.message,
    )
    return Problem(row, column, UNREADABLE[column], message)


def _in_row(row: int, sentence: str) -> str:
    # TRANSLATORS: {sentence} is a whole sentence about a row of a table.
    return _("Row {row}: {sentence}").format(row=formats.number(row), sentence=sentence)


@lru_cache(maxsize=4096)  # a shop has few prices, in many rows
def read_money(cell: str, assumed: str) -> tuple[int | None, str]:
    """Return the amount in a cell in its smallest unit, and its currency: the one it names, else `assumed`."""
    if plain := PLAIN_MONEY.fullmatch(cell):  # as feeds write it: a tenth of the time
        whole, fraction, named = plain.groups("")
        currency = named or assumed
        places = numbers.exponent(currency)
        if len(fraction) <= places and (currency == assumed or _is_currency(currency)):
            return int(whole) * 10**places + int(fraction.ljust(places, "0") or 0), currency
    currency = assumed
    try:
        numbers.parse_money(cell, assumed)
    except numbers.OtherCurrency as other:
        currency = other.currency or assumed  # where it could be several, read_price says so
    except ValueError:
        pass  # read_price says why
    return read_price(cell, currency), currency


@lru_cache(maxsize=256)
def _is_currency(code: str) -> bool:
    try:
        numbers.parse_money(f"1 {code}", "")
    except numbers.OtherCurrency as other:
        return other.currency == code
    except ValueError:
        return False
    return False


def _price(values: dict[str, Any], cell: str, home: Home) -> None:
    own = values["currency"] or home.currency
    try:
        price, currency = read_money(cell, home.assumed or own)
    except Invalid:
        if not known_word(cell, ("no price",)):
            raise
        price, currency = None, own
    values["price"] = price
    if currency != own:
        values["sale_price"] = None  # the old one was in the old currency
        values["currency"] = "" if currency == home.currency else currency


def _sale_price(values: dict[str, Any], cell: str, home: Home) -> None:
    own = values["currency"] or home.currency
    try:
        sale, currency = read_money(cell, home.assumed or own)
    except Invalid:
        if not known_word(cell, ("no price",)):
            raise
        sale, currency = None, own
    if currency != own:
        raise Invalid("sale_price", _("The sale price must be in the currency of the price."))
    values["sale_price"] = sale


def _sale_span(values: dict[str, Any], cell: str, home: Home) -> None:
    start, slash, end = cell.partition("/")
    try:
        starts = None if start.strip()[:10] in ("", ALWAYS) else _moment(start, dt.time(0, 0), home)
        ends = None if end.strip()[:10] in ("", FOREVER) else _moment(end, LAST_MINUTE, home)
        if not slash:
            raise ValueError(cell)
    except ValueError as error:
        message = _("Two dates are written like 2026-02-10T00:00+03:00/2026-03-20T23:59+03:00.")
        raise Invalid("sale_price_effective_date", message) from error
    if starts is not None and ends is not None and ends < starts:
        raise Invalid("sale_price_effective_date", _("The sale ends before it begins."))
    values["sale_starts"], values["sale_ends"] = starts, ends


def _moment(text: str, time: dt.time, home: Home) -> int:
    """Return an ISO date, at `time`, or an ISO date and time, as UTC seconds. Raises ValueError."""
    text = SHORT_HOUR.sub("T0", text.strip())
    moment = dt.datetime.fromisoformat(text)
    if len(text) <= 10:
        moment = dt.datetime.combine(moment, time)
    if not 2000 <= moment.year < 3000:
        raise ValueError(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=home.zone)).timestamp())


def _one_of(field: str, known: Sequence[str]) -> Reader:
    itself = dict(zip(known, known, strict=True))

    def read(values: dict[str, Any], cell: str, home: Home) -> None:
        values[field] = itself.get(cell) or _word(field, cell, known)

    return read


def availability_word(cell: str) -> str:
    """Return the availability that a cell means, in a word of Meta's or Google's. Raises Invalid."""
    return cell if cell in AVAILABILITIES else _word("availability", cell.rpartition(SCHEMA)[2], WORDS)


def _availability(values: dict[str, Any], cell: str, home: Home) -> str | None:
    word = availability_word(cell)
    values["availability"] = AVAILABILITIES[0] if word in ORDERED else word
    return word if word in ORDERED else None


def _word(field: str, cell: str, known: Sequence[str]) -> str:
    word = " ".join(cell.replace("_", " ").casefold().split())
    if word not in known and not (word := known_word(cell, known)):
        message = _("Meta knows these words here: {words}.")
        raise Invalid(field, message.format(words=formats.listing(known)))
    return word


def _status(values: dict[str, Any], cell: str, home: Home) -> None:
    values["hidden"] = cell != "active" and _word("status", cell, ("active", "archived")) == "archived"


def _quantity(values: dict[str, Any], cell: str, home: Home) -> None:
    count = WHOLE.fullmatch(cell.strip())
    if count is None and known_word(cell, ("not counted",)):
        values["quantity"] = None
        return
    if count is None:
        raise Invalid("quantity", _("A quantity is a whole number, like 12."))
    values["quantity"] = int(count[1])


def _description(values: dict[str, Any], cell: str, home: Home) -> None:
    values["description"] = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _line(field: str) -> Reader:
    def read(values: dict[str, Any], cell: str, home: Home) -> None:
        values[field] = line(cell)

    return read


def _link(values: dict[str, Any], cell: str, home: Home) -> None:
    values["link"] = web_address("link", cell)


def _image(values: dict[str, Any], cell: str, home: Home) -> None:
    first, *rest = [_picture("image_link", part) for part in _parts(cell)]
    values["image_link"] = first
    if rest:
        values["additional_image_link"] = rest


def _more_images(values: dict[str, Any], cell: str, home: Home) -> None:
    more = [_picture("additional_image_link", part) for part in _parts(cell)]
    values["additional_image_link"] = [*values.get("additional_image_link", ()), *more]


def _parts(cell: str) -> Sequence[str]:
    """Return the addresses in a cell, of which shops write several with a comma, a bar or a space between them."""
    return BETWEEN.split(cell) if cell.count("://") > 1 else (cell,)


def _picture(column: str, cell: str) -> str:
    if is_file_name(cell):
        raise Invalid(column, _("This is the name of a file. Give the folder or the ZIP file that it is in."))
    return web_address(column, cell)


def is_file_name(cell: str) -> bool:
    """Say whether a cell names a picture on this computer rather than on the web."""
    return "://" not in cell and PICTURE_FILE.search(cell) is not None and HOST.match(cell) is None


READERS: dict[str, Reader] = {
    **{column: _line(field) for column, field in LINES.items()},
    "description": _description,
    "availability": _availability,
    "condition": _one_of("condition", CONDITIONS),
    "price": _price,
    "sale_price": _sale_price,
    "sale_price_effective_date": _sale_span,
    "link": _link,
    "image_link": _image,
    "additional_image_link": _more_images,
    "status": _status,
    "quantity_to_sell_on_facebook": _quantity,
}
