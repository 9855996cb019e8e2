"""Product exports of Shopify: the rows of one Handle are one item, with its variants and all its pictures.

Both forms are read: the one until 2025 ("Variant SKU", "Image Src"), and the one since ("SKU", "Product image URL").
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from desktop.exchange.incoming import COLLECTION, Feed, Way
from desktop.exchange.rich_text import clean_text
from desktop.exchange.tables import Problem, Table
from desktop.i18n import _, formats

NAMES = {  # each column by its name since 2025, in small letters
    "url handle": "handle",
    "body (html)": "description",
    "sku": "variant sku",
    "price": "variant price",
    "compare-at price": "variant compare at price",
    "inventory quantity": "variant inventory qty",
    "product image url": "image src",
    "variant image url": "variant image",
    "barcode": "variant barcode",
    "published on online store": "published",
    "google shopping / google product category": "google_product_category",
    "google shopping / condition": "condition",
    "google shopping / gender": "gender",
    "google shopping / age group": "age_group",
    "google shopping / mpn": "mpn",
    **{f"google shopping / custom label {n}": f"custom_label_{n}" for n in range(5)},
    **{f"option{n} name": f"option{n} name" for n in (1, 2, 3)},
}
KEPT = ("google_product_category", "condition", "gender", "age_group", "mpn", *(f"custom_label_{n}" for n in range(5)))
UNSAID = "Default Title"  # the only value of an item that has no options
CONDITIONS = ("new", "refurbished", "used")


def is_shopify(header: Sequence[str]) -> bool:
    """Say whether these are the columns of such an export."""
    names = {_name(header) for header in header}
    return {"handle", "title"} <= names and bool(names & {"variant price", "variant sku", "option1 name"})


def read_shopify(table: Table) -> Feed:
    """Return the items of an export, one for each Handle.

    The item's code is the SKU of its only variant, or else its Handle. The price is "compare at" where that is higher,
    and the other the sale price. What Shopify calls a type is a collection. Pictures keep their order, and count once.
    """
    names = [_name(header) for header in table.header]
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    problems = list(table.warnings)
    for number, line in table.rows:
        row = {name: cell for name, cell in zip(names, line, strict=True) if cell.strip()}
        handle = row.get("handle", "")
        if not handle:
            problems.append(Problem(number, "Handle", "handle_missing", _no_handle(number)))
            continue
        groups.setdefault(handle, []).append((number, row))
    items: list[tuple[int, dict[str, str]]] = []
    sold: dict[int, tuple[Way, ...]] = {}
    for handle, rows in groups.items():
        number, cells, ways = _item(handle, rows)
        items.append((number, cells))
        if ways:
            sold[number] = ways
    return Feed(items, problems, sold)


def _item(handle: str, rows: list[tuple[int, dict[str, str]]]) -> tuple[int, dict[str, str], tuple[Way, ...]]:
    number, first = rows[0]
    named = {f"option{n}": first.get(f"option{n} name", "") for n in (1, 2, 3)}
    sold = [(row, cells) for row, cells in rows if any(cells.get(f"option{n} value") for n in (1, 2, 3))]
    sold = sold or ([rows[0]] if "variant price" in first or "variant sku" in first else [])
    ways = tuple(Way(row, _options(cells, named), _way(cells)) for row, cells in sold)
    plain = len(ways) <= 1 and not (ways and ways[0].options)
    pictures = list(dict.fromkeys(filter(None, chain.from_iterable(_pictures(cells) for _row, cells in rows))))
    cells = {
        "id": (ways[0].cells.get("id", "") if plain and ways else "") or handle,
        "title": first.get("title", ""),
        "description": clean_text(first.get("description", "")),
        **(ways[0].cells if plain and ways else _common(ways)),
        "brand": first.get("vendor", ""),
        "image_link": pictures[0] if pictures else "",
        "additional_image_link": ",".join(pictures[1:]),
        "status": _status(first),
        COLLECTION: first.get("type", ""),
        "product_type": first.get("product category", ""),
        **{name: first.get(name, "") for name in KEPT},
    }
    if not plain or (ways and not ways[0].cells.get("id")):
        cells["id"] = handle
    if cells["condition"].lower() not in CONDITIONS:
        cells["condition"] = ""
    return number, {name: cell for name, cell in cells.items() if cell}, () if plain else ways


def _options(cells: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    values = {named[f"option{n}"] or f"Option {n}": cells.get(f"option{n} value", "") for n in (1, 2, 3)}
    return {name: value for name, value in values.items() if value and value != UNSAID}


def _way(cells: Mapping[str, str]) -> dict[str, str]:
    price, before = cells.get("variant price", ""), cells.get("variant compare at price", "")
    on_sale = bool(price and before) and _amount(before) > _amount(price) > 0
    quantity = cells.get("variant inventory qty", "")
    way = {
        "id": cells.get("variant sku", "").lstrip("'"),
        "price": before if on_sale else price,
        "sale_price": price if on_sale else "",
        "quantity_to_sell_on_facebook": quantity if quantity.isdecimal() else "",
        "availability": _availability(cells),
        "image_link": cells.get("variant image", ""),
        "gtin": cells.get("variant barcode", "").lstrip("'"),
    }
    return {name: cell for name, cell in way.items() if cell}


def _common(ways: Sequence[Way]) -> dict[str, str]:
    """Return what an item says that is sold in several ways: the price of the cheapest, and whether any is there."""
    priced = sorted((way for way in ways if "price" in way.cells), key=lambda way: _amount(way.cells["price"]))
    cells = {name: priced[0].cells[name] for name in ("price", "sale_price") if priced and name in priced[0].cells}
    there = any(way.cells.get("availability") != "out of stock" for way in ways)
    return cells | {"availability": "in stock" if there else "out of stock"}


def _availability(cells: Mapping[str, str]) -> str:
    """Return "out of stock" only where Shopify counts, has none left, and does not sell on."""
    counted = cells.get("variant inventory tracker") and cells.get("variant inventory policy", "deny") == "deny"
    quantity = cells.get("variant inventory qty", "")
    none = quantity.lstrip("-").isdecimal() and int(quantity) <= 0
    return "out of stock" if counted and none else "in stock"


def _status(cells: Mapping[str, str]) -> str:
    hidden = cells.get("published", "").lower() == "false" or cells.get("status", "").lower() in ("draft", "archived")
    return "archived" if hidden else "active"


def _pictures(cells: Mapping[str, str]) -> list[str]:
    return [cells.get("image src", ""), cells.get("variant image", "")]


def _amount(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0


def _name(header: str) -> str:
    name = " ".join(header.casefold().split())
    return NAMES.get(name, name)


def _no_handle(row: int) -> str:
    message = _("Row {row}: it has no Handle, so it belongs to no item.")
    return message.format(row=formats.number(row))
