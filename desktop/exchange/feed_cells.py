"""One item as the cells of a row in Meta's catalog feed, and back."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from desktop.exchange.files import legal_name
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats, numbers
from desktop.services.catalog import AVAILABILITIES, CONDITIONS
from desktop.services.errors import Invalid
from desktop.services.prices import check_sale, read_price
from desktop.services.web import web_address

REQUIRED = ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand")
COLUMNS = (  # in Meta's order
    *REQUIRED,
    *("sale_price", "sale_price_effective_date", "item_group_id", "status", "additional_image_link"),
    *("google_product_category", "fb_product_category", "color", "size", "material", "pattern", "gender", "age_group"),
    *("product_type", *(f"custom_label_{n}" for n in range(5)), "internal_label", "rich_text_description"),
    *("quantity_to_sell_on_facebook", "gtin", "mpn", "origin_country"),
)
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
EXTENSIONS = {"jpeg": "jpg"}


@dataclass(frozen=True)
class Reading:
    """What a row says of an item: its columns (those of BLANK), and the addresses of its pictures, if given."""

    values: dict[str, Any]
    image: str
    more_images: list[str]
    problems: list[Problem]


@dataclass(frozen=True)
class Home:
    """What an item takes from its shop: the currency of prices without one, and the zone of times without one."""

    currency: str
    zone: ZoneInfo


def line(cell: str) -> str:
    """Return a cell on one line, its spaces as they are."""
    return re.sub(r"[\r\n\t]+", " ", cell).strip()


def column_name(header: str) -> str:
    """Return Meta's name for a column, however its words are joined, or the header as it is if Meta has none."""
    name = re.sub(r"[\s_-]+", "_", header.strip().casefold())
    return name if name in COLUMNS else header


def picture_name(code: str, sha256: str, format: str) -> str:
    """Return the file name of an item's picture in an upload: other bytes have another name, as Meta asks."""
    return f"{legal_name(code)}-{sha256[:12]}.{EXTENSIONS.get(format, format)}"


# Reading


def read_cells(row: int, cells: Mapping[str, str], item: Mapping[str, Any], home: Home) -> Reading:
    """Return what an item is after the filled `cells` of a row, which are in the order of COLUMNS.

    A cell that its field cannot take is reported and kept in "extra" under its column, as are the cells of columns
    that Dukkan has no field for: `write_cells` writes them back. The item takes the currency that its price names.
    """
    values = dict(item)
    extra = json.loads(values["extra"]) if values["extra"] else {}
    links: dict[str, list[str]] = {}
    problems = []
    for column, cell in cells.items():
        try:
            if column in LINES:
                values[LINES[column]] = line(cell)
            elif column in PICTURES:
                links[column] = _links(column, cell)
            elif column in READERS:
                values |= READERS[column](cell, values, home)
            else:
                extra[column] = cell
                continue
            extra.pop(column, None)
        except Invalid as error:
            extra[column] = cell
            problems.append(_not_taken(row, column, cell, error))
    if {"price", "sale_price"} & cells.keys():
        try:
            check_sale("sale_price", values["price"], values["sale_price"], values["currency"] or home.currency)
        except Invalid as error:
            problems.append(Problem(row, "sale_price", "sale_not_below", _in_row(row, error.message), warning=True))
    if extra != (json.loads(item["extra"]) if item["extra"] else {}):
        values["extra"] = json.dumps(extra, ensure_ascii=False) if extra else ""
    return Reading(values, links.get("image_link", [""])[0], links.get("additional_image_link", []), problems)


def _not_taken(row: int, column: str, cell: str, error: Invalid) -> Problem:
    cell = " ".join(cell.split())
    message = _("Row {row}, column {column}: “{text}” was not taken. {reason}").format(
        row=formats.number(row),
        column=formats.ltr(column),
        text=formats.auto(cell if len(cell) <= 40 else f"{cell[:40]}…"),
        reason=error.message,
    )
    return Problem(row, column, UNREADABLE[column], message)


def _in_row(row: int, sentence: str) -> str:
    # TRANSLATORS: {sentence} is a whole sentence about a row of a table.
    return _("Row {row}: {sentence}").format(row=formats.number(row), sentence=sentence)


@lru_cache(maxsize=4096)  # a shop has few prices, in many rows
def read_money(cell: str, assumed: str) -> tuple[int | None, str]:
    """Return the amount in a cell in its smallest unit, and its currency: the one it names, else `assumed`."""
    currency = assumed
    try:
        numbers.parse_money(cell, assumed)
    except numbers.OtherCurrency as other:
        currency = other.currency or assumed  # where it could be several, read_price says so
    except ValueError:
        pass  # read_price says why
    return read_price(cell, currency), currency


def _price(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    assumed = values["currency"] or home.currency
    price, currency = read_money(cell, assumed)
    if currency == assumed:
        return {"price": price}
    # The old sale price was in the old currency.
    return {"price": price, "sale_price": None, "currency": "" if currency == home.currency else currency}


def _sale_price(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    assumed = values["currency"] or home.currency
    sale, currency = read_money(cell, assumed)
    if currency != assumed:
        raise Invalid("sale_price", _("The sale price must be in the currency of the price."))
    return {"sale_price": sale}


def _sale_span(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    start, _slash, end = cell.partition("/")
    try:
        starts, ends = _moment(start, dt.time(0, 0), home), _moment(end, dt.time(23, 59), home)
    except ValueError as error:
        message = _("Two dates are written like 2026-02-10T00:00+03:00/2026-03-20T23:59+03:00.")
        raise Invalid("sale_price_effective_date", message) from error
    if ends < starts:
        raise Invalid("sale_price_effective_date", _("The sale ends before it begins."))
    return {"sale_starts": starts, "sale_ends": ends}


def _moment(text: str, time: dt.time, home: Home) -> int:
    """Return an ISO date, at `time`, or an ISO date and time, as UTC seconds. Raises ValueError."""
    text = text.strip()
    moment = dt.datetime.fromisoformat(text)
    if len(text) <= 10:
        moment = dt.datetime.combine(moment, time)
    if not 2000 <= moment.year < 3000:
        raise ValueError(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=home.zone)).timestamp())


def _one_of(field: str, known: Sequence[str]) -> Any:
    def read(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
        word = " ".join(cell.replace("_", " ").casefold().split())
        if word not in known:
            message = _("Meta knows these words here: {words}.")
            raise Invalid(field, message.format(words=formats.listing(known)))
        return {field: word}

    return read


def _status(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    word = _one_of("status", ("active", "archived"))(cell, values, home)["status"]
    return {"hidden": word == "archived"}


def _quantity(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    digits = cell.strip()
    if not digits.isdecimal() or len(digits) > 15:
        raise Invalid("quantity", _("A quantity is a whole number, like 12."))
    return {"quantity": int(digits)}


def _description(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    return {"description": cell.replace("\r\n", "\n").replace("\r", "\n")}


def _link(cell: str, values: Mapping[str, Any], home: Home) -> dict[str, Any]:
    return {"link": web_address("link", cell)}


def _links(column: str, cell: str) -> list[str]:
    parts = [cell] if column == "image_link" else re.split(r",(?=\s*https?://)", cell)
    return [web_address(column, part) for part in parts]


PICTURES = ("image_link", "additional_image_link")
READERS = {
    "description": _description,
    "availability": _one_of("availability", AVAILABILITIES),
    "condition": _one_of("condition", CONDITIONS),
    "price": _price,
    "sale_price": _sale_price,
    "sale_price_effective_date": _sale_span,
    "link": _link,
    "status": _status,
    "quantity_to_sell_on_facebook": _quantity,
}


# Writing


def write_cells(item: Mapping[str, Any], pictures: Sequence[str], home: Home) -> dict[str, str]:
    """Return the filled cells of an item, whose pictures are at these addresses ("" for one that has none).

    What `read_cells` kept aside is written where its field has nothing else to say. Prices are written in the
    shortest form that Meta reads (60 AED, 75.50 AED), times in the shop's zone.
    """
    currency = item["currency"] or home.currency
    cells = {
        "id": item["code"],
        "title": item["name"],
        "description": item["description"],
        "availability": item["availability"] if item["availability"] != AVAILABILITIES[0] else "",
        "condition": item["condition"] if item["condition"] != CONDITIONS[0] else "",
        "price": _money(item["price"], currency),
        "link": item["link"],
        "image_link": pictures[0] if pictures else "",
        "brand": item["brand"],
        "sale_price": _money(item["sale_price"], currency),
        "sale_price_effective_date": _span(item["sale_starts"], item["sale_ends"], home),
        "status": "archived" if item["hidden"] else "",
        "additional_image_link": ",".join(filter(None, pictures[1:])),
        "quantity_to_sell_on_facebook": "" if item["quantity"] is None else str(item["quantity"]),
        "origin_country": item["origin_country"],
    }
    said = {column: cell for column, cell in cells.items() if cell}
    kept = json.loads(item["extra"]) if item["extra"] else {}
    return {"availability": AVAILABILITIES[0], "condition": CONDITIONS[0], "status": "active"} | kept | said


def picture_address(url: str, file: str, base_url: str) -> str:
    """Return where customers find a picture: its own address, or that of `file` in a folder put on the web."""
    return url or (f"{base_url}/{quote(file)}" if base_url and file else "")


def _money(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{formats.decimal_text(minor, currency)} {currency}".rstrip()


def _span(starts: int | None, ends: int | None, home: Home) -> str:
    if starts is None or ends is None:
        return ""
    moments = (dt.datetime.fromtimestamp(at, home.zone) for at in (starts, ends))
    return "/".join(moment.isoformat(timespec="seconds" if moment.second else "minutes") for moment in moments)
