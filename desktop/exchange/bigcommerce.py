"""Product exports of BigCommerce, in both forms: below a product stand its variants, its pictures, and rules of prices.

The older form says in a variant's name what it is ("[RB]Size=S,[CS]Colour=White:#ffffff"), the newer one in a column
of its own ("Type=Rectangles|Name=Size|Value=S").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.exchange.feed_variants import PRICES
from desktop.exchange.incoming import COLLECTION, Feed
from desktop.exchange.item_groups import Cells
from desktop.exchange.shopify import amount
from desktop.exchange.tables import Table
from desktop.exchange.variant_rows import Group, Lines, SoldRow

ITS_OWN = (
    {"kind": "item type", "id": "product id", "sku": "product code/sku", "options": "product name"},
    {"kind": "item", "id": "id", "sku": "sku", "options": "options"},
)
OTHERS = {
    "type": ("product type", "type"),
    "tracking": ("track inventory", "inventory tracking"),
    "sold": ("allow purchases?",),
    "ships": ("product availability",),  # words for customers, such as "Usually in 24 hours"
    "price": ("price",),
    "picture": ("internal image url (export)",),
    "picture in": ("product image url (import)",),
    "own picture": ("internal variant image url (export)",),
    "own picture in": ("variant image url (import)",),
    "order": ("image sort order",),
}
QUANTITY = "quantity_to_sell_on_facebook"
OLDER = re.compile(r"\[[A-Z0-9]+\]([^=\[\]]+)=(.*?)(?=,\s*\[[A-Z0-9]+\]|$)")
NEWER = re.compile(r"Name=(.*?)\|Value=(.*?)(?=\|?Type=|$)", re.DOTALL)
COLOUR = re.compile(r"\s*(?::\s*#[0-9a-fA-F|#]+|\[[^\]]*\])$")  # how a value looks
RULE = re.compile(r"\[(ADD|REMOVE|FIXED)\](.+)")


@dataclass
class _Product:
    row: SoldRow
    tracking: str
    variants: list[SoldRow] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)  # each behind its place
    told: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class BigCommerceColumns:
    """The places of its columns; `named` is in which one the older form says what a variant is, -1 in the newer."""

    at: Mapping[str, int]
    named: int

    @property
    def places(self) -> set[int]:
        """The columns that say what a row is and whether it is there, and those of pictures with rows of their own."""
        others = ("id", "sku", "price", "order")
        return {place for name, place in self.at.items() if name not in others} - {self.named}

    @property
    def fields(self) -> dict[int, str]:
        """The code is the SKU."""
        return {self.at["sku"]: "id"}

    def groups(self, feed: Feed, lines: Lines) -> Iterator[Group]:
        """Yield each product with its variants. What nobody counts, or may not be bought, says so by no number."""
        product: _Product | None = None
        for (number, cells), (_number, line) in zip(feed.rows, lines, strict=True):
            said = {name: cell for name, place in self.at.items() if (cell := line[place].strip())}
            kind = said.get("kind", "").casefold()
            if product is None or kind in ("product", ""):
                if product:
                    yield _group(product)
                tracking = said.get("tracking", "").casefold()
                own = _stocked(cells, said, tracking != "none")
                if groups := [path.rpartition("/")[2].strip() for path in own.get(COLLECTION, "").splitlines()]:
                    own[COLLECTION] = "\n".join(dict.fromkeys(groups))
                product = _Product(SoldRow(number, own, {}), tracking)
            elif kind in ("sku", "variant"):
                product.variants.append(self._variant(number, cells, said, product))
                continue
            elif kind == "rule":
                _apply(product, said)
                product.told.append(number)
            else:
                product.told.append(number)
            if address := said.get("picture") or said.get("picture in"):
                product.pictures.append((said.get("order", "").zfill(6), address))
        if product:
            yield _group(product)

    def _variant(self, number: int, cells: Cells, said: Mapping[str, str], product: _Product) -> SoldRow:
        counted = not product.tracking.endswith("product") and product.tracking != "none"
        own = {name: cell for name, cell in cells.items() if name not in ("title", "status", "image_link")}
        if picture := said.get("own picture") or said.get("own picture in"):
            own["image_link"] = picture
        return SoldRow(number, _stocked(own, said, counted), dict(enumerate(_options(said), 1)))


def bigcommerce_columns(table: Table) -> BigCommerceColumns | None:
    """Return the columns of such an export, None for another table."""
    named = {" ".join(header.split()).casefold(): place for place, header in reversed(list(enumerate(table.header)))}
    for form in ITS_OWN:
        if set(form.values()) <= named.keys():
            at = {name: named[header] for name, header in form.items()}
            at |= {name: named[header] for name, headers in OTHERS.items() for header in headers if header in named}
            return BigCommerceColumns(at, at["options"] if form is ITS_OWN[0] else -1)
    return None


def _group(product: _Product) -> Group:
    if pictures := [address for _order, address in sorted(product.pictures)]:
        product.row.cells["image_link"] = pictures[0]
        if more := ",".join(pictures[1:]):
            product.row.cells["additional_image_link"] = more
    return Group([product.row, *product.variants], product.told, rewritten=True)


def _options(said: Mapping[str, str]) -> list[tuple[str, str]]:
    text = said.get("options", "")
    pairs = OLDER.findall(text) or NEWER.findall(text)
    return [(name.strip(), COLOUR.sub("", value).strip()) for name, value in pairs if name.strip() and value.strip()]


def _stocked(cells: Cells, said: Mapping[str, str], counted: bool) -> Cells:
    """Return the cells of a row with whether it is there; how many there are only where that is `counted`."""
    left = cells.get(QUANTITY, "") if counted else ""
    gone = (left and not amount(left)) or said.get("sold", "").casefold() in ("n", "false")
    rest = {name: cell for name, cell in cells.items() if name not in (QUANTITY, "availability")}
    return rest | ({QUANTITY: left} if left else {}) | {"availability": "out of stock" if gone else "in stock"}


def _apply(product: _Product, said: Mapping[str, str]) -> None:
    """Change the prices of the variants that a rule is about: those of its SKU, or of its options."""
    rule = RULE.fullmatch(said.get("price", ""))
    about = set(_options(said))
    for variant in product.variants:
        is_meant = variant.cells.get("id") == said["sku"] if "sku" in said else about <= set(variant.options.values())
        if not rule or not is_meant or not (about or "sku" in said):
            continue
        own = variant.cells if "price" in variant.cells else product.row.cells
        if rule[1] == "FIXED":
            variant.cells["price"] = rule[2]
            continue
        more = amount(rule[2]) if rule[1] == "ADD" else -amount(rule[2])
        variant.cells.update({name: f"{amount(own[name]) + more:f}" for name in PRICES if name in own})
