"""Product exports of WooCommerce: a variable product and its variations are one item; categories are collections.

The columns are those of WC_Product_CSV_Exporter in WooCommerce, which writes their names in the language of the site.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from desktop.exchange.columns import words_of
from desktop.exchange.incoming import COLLECTION, Feed, Way, headers_of
from desktop.exchange.problems import Problem, may_tell
from desktop.exchange.rich_text import clean_text, is_html
from desktop.exchange.shopify import Row, cheapest
from desktop.exchange.tables import Table
from desktop.i18n import _, formats

ORDER = (  # of the columns in every language
    *("id", "type", "sku", "gtin", "name", "published", "featured", "visibility", "short description", "description"),
    *("date sale price starts", "date sale price ends", "tax status", "tax class", "in stock", "stock", "low stock"),
    *("backorders", "sold individually", "weight", "length", "width", "height", "reviews", "note", "sale price"),
    *("regular price", "categories", "tags", "shipping class", "images", "download limit", "download expiry", "parent"),
    *("grouped products", "upsells", "cross sells", "external url", "button text", "position"),
)
NAMES = {  # other names, folded: of older versions and other plugins, and WooCommerce's own in Arabic and French
    **dict.fromkeys(("gtin upc ean or isbn", "gtin", "ean", "barcode"), "gtin"),
    **dict.fromkeys(("visibility in catalog", "visibility"), "visibility"),
    **dict.fromkeys(("in stock", "stock status"), "in stock"),
    **dict.fromkeys(("brands", "brand", "product brands", "علامات تجاريه", "ماركات"), "brands"),
    **dict.fromkeys(("معرف", "رقم معرف"), "id"),
    **dict.fromkeys(("رمز منتج sku", "رمز منتج", "رمز تخزين"), "sku"),
    **dict.fromkeys(("تم نشر", "منشور"), "published"),
    **dict.fromkeys(("امكانيه عرض في كاتلوج", "امكانيه عرض في كتالوج", "ظهور في كتالوج"), "visibility"),
    **dict.fromkeys(("متوفر في مخزون", "متوفر بمخزون", "في مخزون"), "in stock"),
    **dict.fromkeys(("سعر تخفيض", "سعر مخفض", "سعر عرض", "سعر تخفيضات"), "sale price"),
    **dict.fromkeys(("سعر عادي", "سعر افتراضي", "سعر اساسي", "سعر اصلي"), "regular price"),
    **dict.fromkeys(("تصنيفات", "فيات", "اقسام"), "categories"),
    **dict.fromkeys(("الاب", "اصل", "منتج اب", "منتج اصلي", "رمز منتج sku اب"), "parent"),
    "publie": "published",
    "visibilite dans le catalogue": "visibility",
    **dict.fromkeys(("tarif promo", "prix promo"), "sale price"),
    **dict.fromkeys(("tarif regulier", "prix regulier", "tarif normal"), "regular price"),
    **dict.fromkeys(("marques", "marque"), "brands"),
    "gtin upc ean ou isbn": "gtin",
    "ugs": "sku",
    "nom": "name",
    "en stock": "in stock",
    "description courte": "short description",
    "url externe": "external url",
    "date de debut de promo": "date sale price starts",
    "date de fin de promo": "date sale price ends",
    "نوع": "type",
    "اسم": "name",
    "وصف": "description",
    "مخزون": "stock",
    "صور": "images",
    "وصف قصير": "short description",
    "وصف مختصر": "short description",
    "رابط خارجي": "external url",
    "تاريخ بدء سعر تخفيض": "date sale price starts",
    "تاريخ نهايه سعر تخفيض": "date sale price ends",
}
ATTRIBUTE = re.compile(r"(?:attribute|اسم سمه|سمه|قيمه قيم سمه|(?:(?:nom|valeur s) de l )?attribut) (\d{1,3})(?: \D*)?")
OF = {  # what Meta's columns are made of
    "title": "name",
    "description": "description",
    "link": "external url",
    "brand": "brands",
    "price": "regular price",
    "sale_price": "sale price",
    "sale_price_effective_date": "date sale price starts",
    "image_link": "images",
    "additional_image_link": "images",
    "quantity_to_sell_on_facebook": "stock",
    "gtin": "gtin",
}
TYPES = ("simple", "variable", "variation", "grouped", "external", "subscription", "variable-subscription")
VISIBILITIES = ("visible", "catalog", "search", "hidden")
LINE_ENDS = {"n": "\n", "r": ""}
UNSORTED = (
    "Uncategorized",
    "غير مصنف",
    "Non classé",
    "Sin categorizar",
    "Genel",
)  # where WooCommerce puts what is in none
TRUE = ("1", "true", "yes")
STOCK = {**dict.fromkeys(("0", "false", "no"), "out of stock"), "backorder": "backorder"}  # others are in stock
SEEN = 20  # rows that tell what their columns are


def is_woocommerce(table: Table) -> bool:
    """Say whether this is such an export, whatever the language of its columns."""
    return bool(_names(table))


def read_woocommerce(table: Table) -> Feed:
    """Return the products of an export, each with its variations as ways.

    The code is the SKU, or else the ID. Of a path of categories ("Bags > Leather") the last counts; a product may be
    in several. What is not published, or not visible in the catalog, is hidden. A variation says its Parent by SKU or
    as id:12; one without its product is an item of its own, and told. The attributes of a variation are its options;
    those of a product only list what there is. A product of variations costs what the cheapest does.
    """
    names = _names(table) or [_name(header) for header in table.header]
    rows = [
        (number, {name: _bare(cell) for name, cell in zip(names, cells, strict=True) if cell and not cell.isspace()})
        for number, cells in table.rows
    ]
    problems = list(table.warnings)
    items: list[Row] = []
    products: dict[str, int] = {}
    ways: dict[int, list[Way]] = {}
    for number, row in rows:
        if not _is_variation(row):
            items.append((number, _item(row)))
            for key in (row.get("sku"), f"id:{row['id']}" if "id" in row else None):
                if key:
                    products.setdefault(key, number)
    for number, row in rows:
        if not _is_variation(row):
            continue
        product = products.get(row.get("parent", ""))
        if product is not None:
            ways.setdefault(product, []).append(Way(number, _options(row), _way(row)))
            continue
        items.append((number, _item(row)))
        if may_tell(problems, number):
            problems.append(Problem(number, "Parent", "parent_missing", _alone(number), warning=True))
    items = [(number, _priced(cells, ways.get(number, ()))) for number, cells in sorted(items, key=lambda row: row[0])]
    sold = {number: tuple(found) for number, found in ways.items()}
    return Feed(items, problems, sold, headers_of(table.header, names, OF))


# Columns


def _names(table: Table) -> list[str]:
    """Return our name for each column; none if this is no export of WooCommerce."""
    names = [_name(header) for header in table.header]
    if {"type", "name"} <= set(names) and set(names) & {"regular price", "parent", "in stock", "visibility"}:
        return names if _says(table, names.index("type"), TYPES) else []
    for order in (ORDER, tuple(name for name in ORDER if name != "gtin")):  # which there is since WooCommerce 9.2
        if (
            len(names) >= len(order)
            and _says(table, 1, TYPES)
            and _says(table, order.index("visibility"), VISIBILITIES)
        ):
            return [*order, *_numbered(table.header[len(order) :])]
    return []


def _name(header: str) -> str:
    words = " ".join(words_of(header))
    if attribute := ATTRIBUTE.fullmatch(words):
        valued = " value" in words or words.startswith(("قيمه", "valeur"))
        named = words.endswith(" name") or words.startswith(("اسم", "nom"))
        return f"attribute {attribute[1]} {'value' if valued else 'name' if named else 'other'}"
    return NAMES.get(words, words)


def _says(table: Table, place: int, known: Sequence[str]) -> bool:
    """Say whether the cells of a column begin with words of WooCommerce's, which it writes in no other language."""
    cells = [row[place].split(",")[0].strip().casefold() for _number, row in table.rows[:SEEN] if row[place].strip()]
    return all(cell in known for cell in cells) and (bool(cells) or not table.rows)


def _numbered(headers: Sequence[str]) -> list[str]:
    """Name the columns of attributes in a language that nothing is known of: four or more with one number in a row."""
    numbers = [found[0] if (found := re.search(r"\d+", header)) else "" for header in headers]
    names = []
    for place, number in enumerate(numbers):
        before = numbers[:place].count(number)
        kinds = ("name", "value") if number and numbers.count(number) >= 4 else ()
        names.append(f"attribute {number} {kinds[before]}" if before < len(kinds) else headers[place])
    return names


# Rows


def _is_variation(row: Mapping[str, str]) -> bool:
    return row.get("type", "").casefold().startswith("variation")


def _item(row: Mapping[str, str]) -> dict[str, str]:
    pictures = _pictures(row)
    categories = [last for path in _parts(row.get("categories", "")) if (last := _last(path)) not in UNSORTED]
    hidden = row.get("published", "1").casefold() not in TRUE or row.get("visibility", "") == "hidden"
    cells = {
        **_way(row),
        "id": row.get("sku", "") or row.get("id", ""),
        "title": clean_text(row.get("name", "")),
        "description": _description(row.get("description", "")) or _description(row.get("short description", "")),
        "link": row.get("external url", ""),
        "brand": next((_last(path) for path in _parts(row.get("brands", ""))), ""),
        "image_link": pictures[0] if pictures else "",
        "additional_image_link": ",".join(pictures[1:]),
        "status": "archived" if hidden else "active",
        COLLECTION: "\n".join(dict.fromkeys(filter(None, categories))),
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
        "availability": STOCK.get(row.get("in stock", "").casefold(), "in stock"),
        "quantity_to_sell_on_facebook": quantity if quantity.isdecimal() else "",
        "image_link": pictures[0] if pictures else "",
        "gtin": row.get("gtin", ""),
    }
    return {name: cell for name, cell in way.items() if cell}


def _options(row: Mapping[str, str]) -> dict[str, str]:
    """Return what a variation is; where it says nothing, what its name has behind that of the product."""
    named = {name.split()[1]: cell for name, cell in row.items() if name.startswith("attribute ") and "name" in name}
    found = {cell: _parts(row.get(f"attribute {number} value", "")) for number, cell in named.items()}
    options = {name: unescape(values[0]) for name, values in found.items() if values}
    rest = row.get("name", "").rpartition(" - ")[2]
    return options or ({_("Kind"): rest} if rest else {})


def _priced(cells: dict[str, str], ways: Sequence[Way]) -> dict[str, str]:
    return cells if "price" in cells or not ways else cells | cheapest(ways)


def _pictures(row: Mapping[str, str]) -> list[str]:
    return [part for part in _parts(row.get("images", "")) if part.startswith(("http://", "https://"))]


def _last(path: str) -> str:
    return unescape(path.split(">")[-1]).strip()


def _parts(cell: str) -> list[str]:
    """Return the parts of a list between commas; a comma of a name is written with a backslash."""
    parts = (part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", cell))
    return [part for part in parts if part]


def _bare(cell: str) -> str:
    """Return a cell without the ' that keeps spreadsheets from taking it for a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell


def _description(text: str) -> str:
    """Return a description, in which \\n is a line end, and \\\\n what it looks like.

    As in WordPress, lines are lines and paragraphs paragraphs where no tag says what they are.
    """
    text = re.sub(r"\\(\\?)([nr])", lambda found: f"\\{found[2]}" if found[1] else LINE_ENDS[found[2]], text)
    if not re.search(r"<(?:p|br|div)\b", text, re.IGNORECASE) and is_html(text):
        text = re.sub(r"(?<!>)\n(?!<)", "<br>", re.sub(r"\n\s*\n", "<p>", text))
    return clean_text(text)


def _alone(row: int) -> str:
    message = _("Row {row}: the product of this variation is not in the file, so it became an item of its own.")
    return message.format(row=formats.number(row))
