"""Product exports of Magento 2 (Adobe Commerce): a configurable product lists the simple ones that are its variants.

It does so in one cell, "sku=A-S,size=S|sku=A-M,size=M", beside another with what the options are called,
"size=Size". A row of a store view says again what a product is called there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.exchange.columns import language_of
from desktop.exchange.incoming import SAID, Feed
from desktop.exchange.item_groups import Cells
from desktop.exchange.tables import Table
from desktop.exchange.variant_rows import Group, Lines, SoldRow

ITS_OWN = ("sku", "product_type", "attribute_set_code")
VARIATIONS, LABELS = "configurable_variations", "configurable_variation_labels"
VIEW, ONLINE = "store_view_code", "product_online"
BETWEEN = re.compile(r",(?=\w+=)")  # a value may have a comma
DISABLED = "2"


@dataclass(frozen=True)
class MagentoColumns:
    """The places of its columns by their names."""

    named: Mapping[str, int]

    @property
    def places(self) -> set[int]:
        """The columns that say what a product is, or that only these programs need."""
        return {self.named[name] for name in ("product_type", VARIATIONS, LABELS, VIEW, ONLINE) if name in self.named}

    @property
    def fields(self) -> dict[int, str]:
        """The code is the SKU."""
        return {self.named["sku"]: "id"}

    def groups(self, feed: Feed, lines: Lines) -> Iterator[Group]:
        """Yield each configurable product with its variants, and all others alone.

        A variant that is disabled is out of stock. One of several products belongs to the first.
        """
        rows: dict[str, SoldRow] = {}
        sold: dict[str, list[Mapping[str, str]]] = {}
        called: dict[str, Mapping[str, str]] = {}
        views: dict[str, list[int]] = {}
        again: list[SoldRow] = []
        for (number, cells), (_number, line) in zip(feed.rows, lines, strict=True):
            said = {name: cell for name, place in self.named.items() if (cell := line[place].strip())}
            code = said.get("sku", f"\n{number}")
            if VIEW in said:
                views.setdefault(code, []).append(number)
                if code in rows and (language := language_of(said[VIEW])):
                    texts = {f"{name}:{language}": cells[name] for name in SAID if name in cells}
                    rows[code].cells.update(texts)
                continue
            if said.get(ONLINE) == DISABLED:
                cells = cells | {"status": "archived"}
            row = SoldRow(number, dict(cells), {})
            if code in rows:
                again.append(row)
                continue
            rows[code] = row
            if VARIATIONS in said:
                sold[code] = [_pairs(part) for part in said[VARIATIONS].split("|")]
                called[code] = _pairs(said.get(LABELS, ""))
        taken: dict[str, str] = {}
        for code, variants in sold.items():
            for variant in variants:
                taken.setdefault(variant.get("sku", ""), code)
        for code, row in rows.items():
            if taken.get(code, code) != code and taken[code] in rows:
                continue
            ways = [
                SoldRow(rows[own].number, _sold(rows[own].cells), _options(variant, called[code]))
                for variant in sold.get(code, ())
                if (own := variant.get("sku", "")) in rows and own != code and taken[own] == code
            ]
            told = [
                number for own in (code, *(way.cells.get("id", "") for way in ways)) for number in views.get(own, ())
            ]
            yield Group([row, *ways], told, rewritten=True)
        for row in again:
            yield Group([row], rewritten=True)


def magento_columns(table: Table) -> MagentoColumns | None:
    """Return the columns of such an export, None for another table."""
    named = {header.strip().casefold(): place for place, header in enumerate(table.header)}
    return MagentoColumns(named) if set(ITS_OWN) <= named.keys() else None


def _pairs(text: str) -> dict[str, str]:
    """Return what "sku=A-S,size=S" says."""
    pairs = (part.partition("=") for part in BETWEEN.split(text))
    return {name.strip(): value.strip() for name, _equals, value in pairs if name.strip() and value.strip()}


def _sold(cells: Cells) -> Cells:
    return cells | {"availability": "out of stock"} if cells.get("status") == "archived" else cells


def _options(variant: Mapping[str, str], called: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    options = [(called.get(name, name), value) for name, value in variant.items() if name != "sku"]
    return dict(enumerate(options, 1))
