"""Product exports of WooCommerce: a variable product and its variations are one item; categories are collections."""

from collections.abc import Mapping, Sequence

from desktop.exchange.incoming import COLLECTION, Feed, Way
from desktop.exchange.rich_text import clean_text
from desktop.exchange.tables import Problem, Table
from desktop.i18n import _, formats

ATTRIBUTES = range(1, 31)
SOLD = ("simple", "variable", "external", "grouped")
TRUE = ("1", "true", "yes", "visible", "parent")


def is_woocommerce(header: Sequence[str]) -> bool:
    """Say whether these are the columns of such an export, in English."""
    names = {_name(header) for header in header}
    return {"type", "name"} <= names and bool(names & {"regular price", "parent", "in stock?"})


def read_woocommerce(table: Table) -> Feed:
    """Return the products of an export, each with its variations as ways.

    The code is the SKU, or else the ID. Of a path of categories ("Bags > Leather") the last counts; a product may be
    in several. A variation without its product is an item of its own, and told.
    """
    names = [_name(header) for header in table.header]
    rows = [
        (number, {name: cell for name, cell in zip(names, cells, strict=True) if cell.strip()})
        for number, cells in table.rows
    ]
    problems = list(table.warnings)
    items: list[tuple[int, dict[str, str]]] = []
    by_key: dict[str, int] = {}
    ways: dict[int, list[Way]] = {}
    for number, row in rows:
        if not row.get("type", "simple").casefold().startswith("variation"):
            items.append((number, _item(row)))
            for key in (f"id:{row.get('id', '')}", row.get("sku", "")):
                by_key.setdefault(key, number)
    for number, row in rows:
        if row.get("type", "simple").casefold().startswith("variation"):
            parent = by_key.get(row.get("parent", ""))
            if parent is None:
                problems.append(Problem(number, "Parent", "parent_missing", _alone(number), warning=True))
                items.append((number, _item(row)))
            else:
                ways.setdefault(parent, []).append(Way(number, _options(row), _way(row)))
    items.sort(key=lambda row: row[0])
    for place, (number, cells) in enumerate(items):
        if number in ways and "price" not in cells:
            items[place] = (number, cells | _lowest(ways[number]))
    return Feed(items, problems, {row: tuple(found) for row, found in ways.items()})


def _item(row: Mapping[str, str]) -> dict[str, str]:
    pictures = _pictures(row)
    categories = [path.split(">")[-1].strip() for path in _parts(row.get("categories", ""))]
    hidden = row.get("published", "1") not in TRUE or row.get("visibility in catalog", "visible") == "hidden"
    cells = {
        **_way(row),
        "id": row.get("sku", "") or row.get("id", ""),
        "title": clean_text(row.get("name", "")),
        "description": clean_text(_unescaped(row.get("description", "") or row.get("short description", ""))),
        "link": row.get("external url", ""),
        "brand": row.get("brands", "") or row.get("brand", ""),
        "image_link": pictures[0] if pictures else "",
        "additional_image_link": ",".join(pictures[1:]),
        "status": "archived" if hidden else "active",
        COLLECTION: "\n".join(dict.fromkeys(categories)),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _way(row: Mapping[str, str]) -> dict[str, str]:
    pictures = _pictures(row)
    starts, ends = row.get("date sale price starts", ""), row.get("date sale price ends", "")
    quantity = row.get("stock", "")
    way = {
        "id": row.get("sku", ""),
        "price": row.get("regular price", ""),
        "sale_price": row.get("sale price", ""),
        "sale_price_effective_date": f"{starts[:10]}/{ends[:10]}" if starts and ends else "",
        "availability": "in stock" if row.get("in stock?", "1") in (*TRUE, "backorder") else "out of stock",
        "quantity_to_sell_on_facebook": quantity if quantity.isdecimal() else "",
        "image_link": pictures[0] if pictures else "",
        "gtin": row.get("gtin, upc, ean, or isbn", ""),
    }
    return {name: cell for name, cell in way.items() if cell}


def _options(row: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for n in ATTRIBUTES:
        name, value = row.get(f"attribute {n} name", ""), row.get(f"attribute {n} value(s)", "")
        if name and value:
            found[name] = value
    return found


def _lowest(ways: Sequence[Way]) -> dict[str, str]:
    """Return the price of the cheapest way; its product has none of its own."""

    def amount(way: Way) -> float:
        try:
            return float(way.cells["price"])
        except ValueError:
            return float("inf")

    priced = sorted((way for way in ways if "price" in way.cells), key=amount)
    return {name: priced[0].cells[name] for name in ("price", "sale_price") if priced and name in priced[0].cells}


def _pictures(row: Mapping[str, str]) -> list[str]:
    return [part for part in _parts(row.get("images", "")) if part.startswith(("http://", "https://"))]


def _parts(cell: str) -> list[str]:
    """Return the parts of a list between commas; a comma of a name is written with a backslash."""
    parts = [part.replace("\0", ",").strip() for part in cell.replace("\\,", "\0").split(",")]
    return [part for part in parts if part]


def _unescaped(text: str) -> str:
    return text.replace("\\r", "").replace("\\n", "\n")


def _name(header: str) -> str:
    return " ".join(header.casefold().split())


def _alone(row: int) -> str:
    message = _("Row {row}: the product of this variation is not in the file, so it became an item of its own.")
    return message.format(row=formats.number(row))
