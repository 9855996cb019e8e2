"""Product exports of Shopify: the rows of one Handle are one item, with its variants and all its pictures.

Both forms are read, as help.shopify.com/manual/products/import-export/using-csv and real exports have them: the one
until 2025 ("Handle", "Variant SKU", "Image Src"), and the one since ("URL handle", "SKU", "Product image URL").
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktop.exchange.incoming import COLLECTION, Feed, Way, headers_of
from desktop.exchange.problems import Problem, may_tell
from desktop.exchange.rich_text import clean_text
from desktop.exchange.tables import Table
from desktop.i18n import _, formats
from desktop.i18n.numbers import parse_decimal

NAMES = {  # each column by its name until 2025, in small letters; those of Google Shopping by Meta's name
    "url handle": "handle",
    "description": "body (html)",
    "sku": "variant sku",
    "price": "variant price",
    "compare-at price": "variant compare at price",
    "inventory tracker": "variant inventory tracker",
    "inventory quantity": "variant inventory qty",
    "continue selling when out of stock": "variant inventory policy",
    "product image url": "image src",
    "variant image url": "variant image",
    "barcode": "variant barcode",
    "published on online store": "published",
    "custom product type": "type",
    "standard product type": "product category",
    "google shopping / google product category": "google_product_category",
    "google shopping / condition": "condition",
    "google shopping / gender": "gender",
    "google shopping / age group": "age_group",
    "google shopping / mpn": "mpn",
    "google shopping / manufacturer part number (mpn)": "mpn",
    **{f"google shopping / custom label {n}": f"custom_label_{n}" for n in range(5)},
}
OF = {  # what Meta's columns are made of
    "title": "title",
    "description": "body (html)",
    "brand": "vendor",
    "price": "variant price",
    "image_link": "image src",
    "additional_image_link": "image src",
    "status": "status",
    "gtin": "variant barcode",
    "quantity_to_sell_on_facebook": "variant inventory qty",
    "condition": "condition",
}
ITS_OWN = ("url handle", "body (html)", "variant price", "variant sku", "option1 name", "option1 value")
KEPT = ("google_product_category", "condition", "gender", "age_group", "mpn", *(f"custom_label_{n}" for n in range(5)))
BELONGS = ("variant price", "variant sku", "image src", "option1 value")  # what a row without a Handle adds to another
UNSAID = "Default Title"  # the only value of an item that has no options
CONDITIONS = ("new", "refurbished", "used")
OPTIONS = (1, 2, 3)

Row = tuple[int, dict[str, str]]


def is_shopify(header: Sequence[str]) -> bool:
    """Say whether these are the columns of such an export."""
    names = {_plain(name) for name in header}
    return {"handle", "title"} <= {NAMES.get(name, name) for name in names} and not names.isdisjoint(ITS_OWN)


def read_shopify(table: Table) -> Feed:
    """Return the items of an export, one for each Handle.

    The code is the SKU of an item's only variant where no other item has it, or else the Handle. The price is
    "compare at" where that is higher, and the other the sale price. What Shopify calls a type is a collection. Pictures
    keep their positions, those of variants come behind, and each counts once. A draft, an archived and an unpublished
    item are hidden. Out of stock is what Shopify counts, has none left of, and does not sell on. Columns of markets
    ("Price / UAE"), metafields and what Dukkan has no field for are passed over.

    A row without a Handle begins an item if it has a Title, which is all that Shopify asks for since 2025; it adds to
    the item above if it has a variant or a picture; any other is told.
    """
    names = [NAMES.get(_plain(name), _plain(name)) for name in table.header]
    problems = list(table.warnings)
    groups: dict[str, list[Row]] = {}
    last = ""
    for number, line in table.rows:
        row = {name: cell.strip() for name, cell in zip(names, line, strict=True) if cell and not cell.isspace()}
        handle = row.get("handle", "")
        if not handle and "title" in row:
            handle = f"\n{number}"  # no Handle is like this, and no other row
        elif not handle and last and not row.keys().isdisjoint(BELONGS):
            handle = last
        if handle:
            groups.setdefault(handle, []).append((number, row))
            last = handle
        elif may_tell(problems, number):
            problems.append(Problem(number, "Handle", "handle_missing", _no_handle(number)))
    shared = Counter(chosen for rows in groups.values() for chosen in {_sku(row) for _number, row in rows})
    items: list[Row] = []
    ways: dict[int, tuple[Way, ...]] = {}
    for handle, rows in groups.items():
        cells, sold = _item("" if handle.startswith("\n") else handle, rows, shared)
        items.append((rows[0][0], cells))
        if sold:
            ways[rows[0][0]] = sold
    return Feed(items, problems, ways, headers_of(table.header, names, OF))


def _item(handle: str, rows: list[Row], shared: Mapping[str, int]) -> tuple[dict[str, str], tuple[Way, ...]]:
    whole: dict[str, str] = {}
    for _number, row in reversed(rows):  # of what is said twice, the first row counts
        whole |= row
    sold = [(number, row) for number, row in rows if any(row.get(f"option{n} value") for n in OPTIONS)]
    sold = sold or [(number, row) for number, row in rows if "variant price" in row or "variant sku" in row][:1]
    ways = tuple(Way(number, _options(row, whole), _way(row)) for number, row in sold)
    plain = not ways or (len(ways) == 1 and not ways[0].options)
    pictures = _pictures(rows)
    cells = {
        "id": handle,
        "title": whole.get("title", ""),
        "description": clean_text(whole.get("body (html)", "")),
        **(_common(ways) if not plain else ways[0].cells if ways else {}),
        "brand": whole.get("vendor", ""),
        "image_link": pictures[0] if pictures else "",
        "additional_image_link": ",".join(pictures[1:]),
        "status": _status(whole),
        COLLECTION: "\n".join(dict.fromkeys(filter(None, (whole.get("type", ""), whole.get("collection", ""))))),
        "product_type": whole.get("product category", ""),
        **{name: whole.get(name, "") for name in KEPT},
    }
    if not plain or (handle and shared[cells["id"]] > 1):
        cells["id"] = handle
    if cells["condition"].lower() not in CONDITIONS:
        cells["condition"] = ""
    return {name: cell for name, cell in cells.items() if cell}, () if plain else ways


def _options(row: Mapping[str, str], whole: Mapping[str, str]) -> dict[str, str]:
    """Return the options of a variant by their names, which only the first row of an item has."""
    values = {whole.get(f"option{n} name", f"Option {n}"): row.get(f"option{n} value", "") for n in OPTIONS}
    return {name: value for name, value in values.items() if value and value != UNSAID}


def _way(row: Mapping[str, str]) -> dict[str, str]:
    price, before = row.get("variant price", ""), row.get("variant compare at price", "")
    on_sale = amount(before) > amount(price) > 0
    quantity = row.get("variant inventory qty", "")
    way = {
        "id": _sku(row),
        "price": before if on_sale else price,
        "sale_price": price if on_sale else "",
        "quantity_to_sell_on_facebook": quantity if quantity.isdecimal() else "",
        "availability": _availability(row),
        "image_link": row.get("variant image", ""),
        "gtin": row.get("variant barcode", "").lstrip("'"),
    }
    return {name: cell for name, cell in way.items() if cell}


def _sku(row: Mapping[str, str]) -> str:
    return row.get("variant sku", "").lstrip("'")  # put there so that spreadsheets leave 00123 alone


def _common(ways: Sequence[Way]) -> dict[str, str]:
    """Return what an item says that is sold in several ways: the price of the cheapest, and whether any is there."""
    there = any(way.cells.get("availability") != "out of stock" for way in ways)
    return cheapest(ways) | {"availability": "in stock" if there else "out of stock"}


def cheapest(ways: Iterable[Way]) -> dict[str, str]:
    """Return the price, and the sale price, of the way in which an item costs least."""
    priced = [way.cells for way in ways if amount(way.cells.get("price", "")) > 0]
    least = min(priced, key=lambda cells: amount(cells.get("sale_price") or cells["price"]), default={})
    return {name: least[name] for name in ("price", "sale_price") if name in least}


def amount(cell: str) -> Decimal:
    """Return the number in a cell, 0 if there is none."""
    try:
        return parse_decimal(cell)
    except ValueError:
        return Decimal(0)


def _availability(row: Mapping[str, str]) -> str:
    sells_on = row.get("variant inventory policy", "deny").lower() in ("continue", "true")
    quantity = row.get("variant inventory qty", "")
    counted = bool(row.get("variant inventory tracker")) and quantity.lstrip("-").isdecimal()
    return "out of stock" if counted and not sells_on and int(quantity[:9]) <= 0 else "in stock"


def _status(cells: Mapping[str, str]) -> str:
    hidden = cells.get("published", "").lower() == "false" or cells.get("status", "active").lower() != "active"
    return "archived" if hidden else "active"


def _pictures(rows: Sequence[Row]) -> list[str]:
    own = [(_position(row), row["image src"]) for _number, row in rows if "image src" in row]
    addresses = [address for _place, address in sorted(own, key=lambda picture: picture[0])]
    return list(dict.fromkeys(addresses + [row["variant image"] for _number, row in rows if "variant image" in row]))


def _position(row: Mapping[str, str]) -> int:
    place = row.get("image position", "")
    return int(place[:9]) if place.isdecimal() else 1_000_000_000


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _no_handle(row: int) -> str:
    message = _("Row {row}: it has no Handle, so it belongs to no item.")
    return message.format(row=formats.number(row))
