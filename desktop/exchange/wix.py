"""Product exports of Wix: a row for each product, and one for each of its variants, by the same handle."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from desktop.exchange.incoming import COLLECTION, Feed, Way, headers_of
from desktop.exchange.item_groups import cheapest, most_available
from desktop.exchange.problems import Problem, may_tell
from desktop.exchange.rich_text import clean_text
from desktop.exchange.shopify import Row, amount
from desktop.exchange.tables import Table
from desktop.i18n import _, formats
from desktop.services.limits import limit

ITS_OWN = ("handleid", "fieldtype", "name")
OF = {  # what Meta's columns are made of
    "title": "name",
    "description": "description",
    "brand": "brand",
    "price": "price",
    "sale_price": "discountvalue",
    "image_link": "productimageurl",
    "additional_image_link": "productimageurl",
    "quantity_to_sell_on_facebook": "inventory",
    "status": "visible",
}
MEDIA = "https://static.wixstatic.com/media/"  # where the pictures are that only have a name
EVERYTHING = "All Products"  # the collection that every shop of Wix has
OPTIONS = range(1, 7)
LARGEST = Decimal(10) ** 18  # of what costs more no sale price is worked out: it is a slip, and told as one


def is_wix(header: Sequence[str]) -> bool:
    """Say whether these are the columns of such an export."""
    return set(ITS_OWN) <= {name.casefold() for name in header}


def read_wix(table: Table) -> Feed:
    """Return the items of an export, each with its variants, or else with every way in which its options go together.

    The code is the SKU, or the handle of what has variants or no SKU. A variant costs so much more than its product as
    is said; a discount makes the sale price. A variant without its product is told.
    """
    names = [name.casefold() for name in table.header]
    problems = list(table.warnings)
    found: dict[str, tuple[Row, list[Row]]] = {}
    for number, line in table.rows:
        row = {name: cell.strip() for name, cell in zip(names, line, strict=True) if cell and not cell.isspace()}
        handle = row.get("handleid", f"\n{number}")
        if row.get("fieldtype", "").casefold() != "variant":
            found.setdefault(handle, ((number, row), []))
        elif handle in found:
            found[handle][1].append((number, row))
        elif may_tell(problems, number):
            problems.append(Problem(number, "handleId", "item_missing", _alone(number)))
    items: list[Row] = []
    ways: dict[int, tuple[Way, ...]] = {}
    for (number, row), variants in found.values():
        sold = tuple(_variants(row, variants) if variants else _listed(number, row))
        items.append((number, _item(row, sold)))
        if sold:
            ways[number] = sold
    return Feed(items, problems, ways, headers_of(table.header, names, OF))


def _item(row: Mapping[str, str], ways: Sequence[Way]) -> dict[str, str]:
    first, *more = [*_pictures(row), ""]
    groups = [group.strip() for group in row.get("collection", "").split(";")]
    cells = {
        **_sold(row, Decimal(0)),
        "title": clean_text(row.get("name", "")),
        "description": clean_text(row.get("description", "")),
        "brand": row.get("brand", ""),
        "image_link": first,
        "additional_image_link": ",".join(filter(None, more)),
        "status": "archived" if row.get("visible", "").casefold() == "false" else "active",
        COLLECTION: "\n".join(group for group in groups if group not in ("", EVERYTHING)),
    }
    if ways:
        said = [way.cells for way in ways if "availability" in way.cells]
        cells |= cheapest([way.cells for way in ways])
        cells["availability"] = most_available(each["availability"] for each in said)
        cells.pop("quantity_to_sell_on_facebook", None)
    codes = [way.cells.get("id") for way in ways]
    cells["id"] = row.get("sku", "") if row.get("sku") and row["sku"] not in codes else row.get("handleid", "")
    return {name: cell for name, cell in cells.items() if cell}


def _variants(row: Mapping[str, str], variants: Sequence[Row]) -> list[Way]:
    names = {n: row[f"productoptionname{n}"] for n in OPTIONS if f"productoptionname{n}" in row}
    ways = []
    for number, variant in variants:
        values = {names[n]: _value(variant.get(f"productoptiondescription{n}", "")) for n in names}
        own = {name: cell for name, cell in variant.items() if name in ("sku", "inventory")}
        cells = _sold(row, amount(variant.get("surcharge", ""))) | _stock(own)
        ways.append(Way(number, {name: value for name, value in values.items() if value}, cells))
    return [way for way in ways if way.options]


def _listed(number: int, row: Mapping[str, str]) -> list[Way]:
    """Return every way in which the options of a product go together that Wix keeps no variants of."""
    several = [
        [(row[f"productoptionname{n}"], value) for part in parts.split(";") if (value := _value(part))]
        for n in OPTIONS
        if f"productoptionname{n}" in row and (parts := row.get(f"productoptiondescription{n}", ""))
    ]
    if not any(several) or prod(map(len, several)) > limit("variant.variants"):
        return []
    cells = {name: cell for name, cell in _sold(row, Decimal(0)).items() if name != "quantity_to_sell_on_facebook"}
    return [Way(number, dict(each), cells) for each in product(*several)]


def _sold(row: Mapping[str, str], more: Decimal) -> dict[str, str]:
    """Return the prices of what costs so much more than its product, and how many there are of that."""
    price = amount(row.get("price", "")) + more
    less = amount(row.get("discountvalue", ""))
    sale = price * (100 - less) / 100 if row.get("discountmode", "").casefold() == "percent" else price - less
    cells = _stock({"inventory": row.get("inventory", "")})
    if price:
        cells["price"] = f"{price.normalize():f}"
    if 0 < sale < price < LARGEST:
        cells["sale_price"] = f"{sale.quantize(Decimal('0.01')).normalize():f}"
    return cells


def _stock(row: Mapping[str, str]) -> dict[str, str]:
    left = row.get("inventory", "")
    gone = left.casefold() == "outofstock" or (left.isdecimal() and not int(left[:9]))
    cells = {"id": row.get("sku", ""), "availability": "out of stock" if gone else "in stock"}
    cells["quantity_to_sell_on_facebook"] = left if left.isdecimal() else ""
    return {name: cell for name, cell in cells.items() if cell}


def _value(part: str) -> str:
    """Return the value of an option; before that of a colour stands how it looks: #ff0000:Red."""
    code, colon, name = part.strip().partition(":")
    return name.strip() if colon and code.startswith("#") else part.strip()


def _pictures(row: Mapping[str, str]) -> list[str]:
    names = (name.strip() for name in row.get("productimageurl", "").split(";"))
    return [name if "://" in name else f"{MEDIA}{name}" for name in names if name]


def _alone(row: int) -> str:
    message = _("Row {row}: the product of this variant is not in the file.")
    return message.format(row=formats.number(row))
