"""Products as Odoo exports them: variants by what each is ("Legs: Steel,Colour: White"), or products with options.

What does not fit into the row of a product stands in the rows below it, which have no name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.exchange.columns import words_of
from desktop.exchange.incoming import Feed
from desktop.exchange.tables import Table
from desktop.exchange.variant_rows import Group, Lines, SoldRow

VALUES = (
    *("variant values", "variant value", "attribute values", "product template attribute value ids"),
    *("product template variant value ids", "variant values name", "product template attribute value ids name"),
    *("قيم متغير", "قيم متغيرات", "قيم خاصيه", "قيم خصايص", "valeurs de variante", "valeurs d attribut"),
)
LINES = (
    *("attribute line ids", "product attributes", "attribute lines", "attributes"),
    *("خصايص منتج", "خصايص", "attributs du produit", "attributs de l article"),
)
ATTRIBUTE = ("attribute", "attribute id", "attribute name", "attribute id name", "خاصيه", "attribut")
OF_IT = ("values", "value ids", "value ids name", "values name", "قيم", "valeurs")
CODES = ("default code", "internal reference", "مرجع داخلي", "reference interne")
TEMPLATES = ("product template", "product tmpl id", "product template id", "product tmpl id id", "قالب منتج")
SEEN = 200  # rows that tell what is in a column


@dataclass(frozen=True)
class OdooColumns:
    """The places of the column with what a variant is, or of those with an option and its values; -1 for none.

    `code` is that of the code, `template` that with the product that a variant is of.
    """

    variant: int
    attribute: int
    values: int
    code: int
    template: int

    @property
    def places(self) -> set[int]:
        """The columns of options, and of the product."""
        return {self.variant, self.attribute, self.values, self.template} - {-1}

    @property
    def fields(self) -> dict[int, str]:
        """The code is the internal reference, and no number of the program."""
        return {self.code: "id"} if self.code >= 0 else {}

    def groups(self, feed: Feed, lines: Lines) -> Iterator[Group]:
        """Yield the variants of each product, by the product or its name; or each product with what it may be."""
        found: dict[str, list[SoldRow]] = {}
        told: dict[str, list[int]] = {}
        last = ""
        options: dict[int, tuple[str, str]] = {}
        for (number, cells), (_number, line) in zip(feed.rows, lines, strict=True):
            if "title" in cells or not last:
                options = {}
                last = f"\n{number}"
                if self.variant >= 0:
                    last = line[self.template].strip() if self.template >= 0 else ""
                    last = last or cells.get("title", f"\n{number}")
                found.setdefault(last, []).append(SoldRow(number, cells, options))
            else:
                told.setdefault(last, []).append(number)
            self._read(line, options)
        for group, rows in found.items():
            yield Group(rows, told.get(group, ()), listed=self.variant < 0)

    def _read(self, line: list[str], options: dict[int, tuple[str, str]]) -> None:
        """Add what a row says of options."""
        if self.variant >= 0:
            for part in line[self.variant].split(","):
                name, colon, value = part.partition(":")
                if colon and name.strip() and value.strip():
                    options[len(options) + 1] = name.strip(), value.strip()
            return
        name, values = line[self.attribute].strip(), line[self.values].strip()
        if name:
            options[len(options) + 1] = name, values
        elif values and options:
            known, before = options[len(options)]
            options[len(options)] = known, f"{before},{values}"


def odoo_columns(table: Table) -> OdooColumns | None:
    """Return the columns of such an export that say what variants are, None for another table."""
    words = [" ".join(words_of(header)) for header in table.header]
    said = {word: place for place, word in reversed(list(enumerate(words)))}

    def place(names: tuple[str, ...]) -> int:
        return next((said[name] for name in names if name in said), -1)

    variant = place(VALUES)
    pairs = [
        (said[f"{lines} {name}"], said[f"{lines} {values}"])
        for lines in LINES
        for name in ATTRIBUTE
        if f"{lines} {name}" in said
        for values in OF_IT
        if f"{lines} {values}" in said
    ]
    if variant >= 0 and _are_pairs(table, variant):
        return OdooColumns(variant, -1, -1, place(CODES), place(TEMPLATES))
    return OdooColumns(-1, *pairs[0], place(CODES), -1) if pairs else None


def _are_pairs(table: Table, place: int) -> bool:
    cells = [cell for _number, line in table.rows[:SEEN] if (cell := line[place].strip())]
    return bool(cells) and all(":" in part for cell in cells for part in cell.split(","))
