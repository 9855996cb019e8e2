"""Lists of items in JSON: plain lists of objects, what shops answer to programs, and Dukkan's own export."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.exchange.encoding import decode
from desktop.exchange.feed_rows import DEFAULTS
from desktop.exchange.feed_variants import GROUP, OURS, ours, way_cells
from desktop.exchange.problems import BadTable, Problem
from desktop.exchange.tables import Table, named_table
from desktop.i18n import _, formats

LISTS = ("items", "products", "data", "results", "catalog", "offers", "entries")
NAMES = ("name", "title", "url", "src", "link", "href", "value", "id")  # what says an object in a list
OWN = {"code": "id", "name": "title", "quantity": "quantity_to_sell_on_facebook"}
KEPT = ("id", "title", "description", "link", "brand", "availability", "condition", "origin_country")
PRICES = ("price", "sale_price")
UNSAID = "Default Title"  # the only variant of an item of Shopify's that has no options
LARGEST = 100_000_000  # bytes; read, they take five times that


def read_json(data: bytes, language: str = "", encoding: str = "") -> Table:
    """Return a list of objects as a table, a column for each key, in whatever object it stands; or an object a line.

    Objects in objects become "size value", an amount with its currency a price; lists of texts or of objects with a
    name or an address are joined by commas. Dukkan's own export (format "dukkan") gives its items as rows of a feed,
    one for each variant. Raises BadTable.
    """
    if len(data) > LARGEST:
        sentence = _("This file has {size}, more than any catalog. Split it, and import its parts.")
        raise BadTable(sentence.format(size=formats.file_size(len(data))))
    text, used, _guessed = decode(data, language, encoding)
    document = _document(text)
    own = isinstance(document, dict) and document.get("format") == "dukkan"
    found = _list(document)
    objects = [item for item in found if isinstance(item, dict)]
    if not objects:
        raise BadTable(_("This JSON file has no list of items."))
    warnings = []
    if len(objects) < len(found):
        message = _("{n} entries of the list are no items, and were left out.")
        sentence = message.format(n=formats.number(len(found) - len(objects)))
        warnings.append(Problem(1, "", "entry_skipped", sentence, warning=True))
    rows = [row for n, item in enumerate(objects, 1) for row in (_own_rows(item, n) if own else _rows(item))]
    return named_table(rows, warnings, used)


def _document(text: str) -> Any:
    """Read JSON, or JSON on every line, numbers as they are written. Raises BadTable."""
    try:
        try:
            return _loads(text)
        except ValueError:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2:
                raise
            return [_loads(line) for line in lines]
    except (ValueError, RecursionError) as error:
        raise BadTable(_("This JSON file cannot be read. Save it again, or as CSV.")) from error


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _name: None)


def _list(document: Any) -> list[Any]:
    """Return the list of items in a document, at most one object down: {"data": {"products": […]}}."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    within = [value for value in document.values() if isinstance(value, dict)][:100]
    for holder in (document, *within):
        named = [holder[name] for name in LISTS if isinstance(holder.get(name), list)]
        if named:
            return list(named[0])
    lists = [value for holder in (document, *within) for value in holder.values() if _has_objects(value)]
    return max(lists, key=len, default=[])


def _has_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value[:10])


def _rows(item: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield an item as one row, or one for each of its variants, as Shopify answers them: option1, option2, option3."""
    variants = item.get("variants")
    known = [each for each in variants if isinstance(each, dict)] if isinstance(variants, list) else []
    if not any("option1" in each for each in known):
        yield dict(_flat(item))
        return
    options = item.get("options")
    names = list(map(_name, options)) if isinstance(options, list) else []
    whole = dict(_flat({key: value for key, value in item.items() if key not in ("id", "variants", "options")}))
    for place, variant in enumerate(known):
        row = {} if place else whole
        for number in (1, 2, 3):
            value = variant.get(f"option{number}")
            value = value if isinstance(value, str) and value != UNSAID else ""
            name = names[number - 1] if value and number <= len(names) else ""
            row |= {f"option {number} name": name, f"option {number} value": value}
        told = ((name, variant.get(name)) for name in ("sku", "price", "barcode", "available"))
        yield row | dict(_flat({name: value for name, value in told if value is not None}))


def _flat(item: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and (money := _money(value)):
            yield name, money
        elif isinstance(value, dict) and not before:
            yield from _flat(value, f"{name} ")
        elif isinstance(value, list):
            if texts := [text for part in value if (text := _name(part))]:
                yield name, ",".join(texts)
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif isinstance(value, str):
            yield name, value


def _money(value: Mapping[str, Any]) -> str:
    """Return "12.50 AED" for {"amount": "12.50", "currency": "AED"}, as shops answer prices; "" for all else."""
    amount, currency = value.get("amount", value.get("value")), value.get("currency", value.get("currencyCode"))
    return f"{amount} {currency}" if isinstance(amount, str) and isinstance(currency, str) else ""


def _name(part: Any) -> str:
    """Return a text in a list, or what names an object in it: at last an address in another object."""
    if not isinstance(part, dict):
        return part if isinstance(part, str) else ""
    for said in (part.get(name) for name in NAMES):
        if isinstance(said, dict):  # in several languages
            said = next((text for text in said.values() if isinstance(text, str) and text), "")
        if isinstance(said, str) and said:
            return said
    within = (text for value in part.values() if isinstance(value, dict) for text in value.values())
    return next((text for text in within if isinstance(text, str) and "://" in text), "")


def _own_rows(item: Mapping[str, Any], number: int) -> Iterator[dict[str, str]]:
    """Yield an item of Dukkan's own export as the rows of a feed, which has one for each variant."""
    base = _whole(item)
    variants = item.get("variants")
    known = [each for each in variants if isinstance(each, dict)] if isinstance(variants, list) else []
    group = base.get("id") or f"item-{number}"
    for place, variant in enumerate(known, 1):
        said = variant.get("options")
        options = {name: text for name, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
        own = _whole({"currency": item.get("currency"), **variant})
        if own.keys() & set(PRICES):
            own = dict.fromkeys(PRICES, "") | own
        row = way_cells(base, {"id": f"{group}-{place}", **own}, options, group)
        yield row | {OURS: ours(base, row, options, list(own))}
    if not known:
        yield base


def _own(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield an item of Dukkan's own export by the names of a feed."""
    currency = item.get("currency")
    for key, value in item.items():
        name = OWN.get(key, "" if key == "id" else key)
        if isinstance(value, str) and value and (name in KEPT or name == "quantity_to_sell_on_facebook"):
            yield name, value
        elif isinstance(value, str) and value and name in PRICES:
            yield name, f"{value} {currency}" if isinstance(currency, str) else value
    if "hidden" in item:
        yield "status", "archived" if item["hidden"] is True else "active"
    if isinstance(starts := item.get("sale_starts"), str) and isinstance(ends := item.get("sale_ends"), str):
        yield "sale_price_effective_date", f"{starts}/{ends}"
    for said in texts if isinstance(texts := item.get("texts"), list) else ():
        if isinstance(said, dict) and isinstance(language := said.get("language"), str):
            fields = {"title": said.get("name"), "description": said.get("description")}.items()
            yield from ((f"{field}:{language}", text) for field, text in fields if isinstance(text, str) and text)
    groups = item.get("collections")
    if isinstance(groups, list):
        yield "collection", "\n".join(filter(None, map(_name, groups)))
    pictures = item.get("pictures")
    if isinstance(pictures, list):
        addresses = [each["url"] for each in pictures if isinstance(each, dict) and isinstance(each.get("url"), str)]
        addresses = [address for address in addresses if address]
        if addresses:
            yield "image_link", addresses[0]
            yield "additional_image_link", ",".join(addresses[1:])


def _whole(item: Mapping[str, Any]) -> dict[str, str]:
    """Return an item of Dukkan's own export with what an import kept aside, where no field says anything else."""
    extra = item.get("extra")
    kept = extra.items() if isinstance(extra, dict) else ()
    cells = dict(_own(item))
    wanted = {name: cell for name, cell in kept if isinstance(cell, str) and name not in (GROUP, OURS)}
    return cells | {
        name: cell for name, cell in wanted.items() if cells.get(name, DEFAULTS.get(name)) == DEFAULTS.get(name)
    }
