"""Which column of a table is which field of an item: proposed, changed, remembered; and the items read by it."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from desktop.data.search import fold
from desktop.exchange.columns import column_name, known_word, says
from desktop.exchange.feed_cells import COLUMNS, READERS, REQUIRED
from desktop.exchange.files import write_file
from desktop.exchange.incoming import COLLECTION, SAID, Feed, Rows, in_language
from desktop.exchange.inert import bare
from desktop.exchange.item_groups import grouped
from desktop.exchange.recognise import FIELDS, Column, Recognised, recognise
from desktop.exchange.recognise import LEFT_OUT as LEFT_OUT
from desktop.exchange.rich_text import clean_text, is_html, is_mostly_html
from desktop.exchange.sections import parted
from desktop.exchange.shopify import read_shopify
from desktop.exchange.spreadsheet_columns import read_spreadsheet
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.exchange.variant_columns import variant_columns
from desktop.exchange.variant_rows import joined
from desktop.exchange.wix import read_wix
from desktop.exchange.woocommerce import read_woocommerce
from desktop.i18n import _, formats

Decimals = Literal["auto", "point", "comma"]

WHOLE: dict[str, Callable[[Table], Feed]] = {
    "dukkan": read_spreadsheet,
    "shopify": read_shopify,
    "woocommerce": read_woocommerce,
    "wix": read_wix,
}
JOINED = {"additional_image_link": ",", COLLECTION: "\n"}  # fields that several columns may fill
PRICES = ("price", "sale_price")
QUANTITY = "quantity_to_sell_on_facebook"
NONE = re.compile(r"\s*[0٠۰]+(?:[.,٫][0٠۰]+)?\s*")
TROUBLE = "Dukkan: to mend"  # the column that a file of problems has first; its other cells are inert
NO_VALUE = r"\s*(?:[-–—]+|n\.?/?a\.?)?\s*"  # what people write rather than nothing
UNSAID = {
    "price": re.compile(NO_VALUE, re.IGNORECASE),
    "sale_price": re.compile(f"{NONE.pattern}|{NO_VALUE}", re.IGNORECASE),
    QUANTITY: re.compile(NO_VALUE, re.IGNORECASE),
}
FIGURE = re.compile(r"\d[\d.,]*\d")
BESIDE: tuple[Literal["currency", "sale starts", "sale ends"], ...] = ("currency", "sale starts", "sale ends")
SPAN = "sale_price_effective_date"
PATH = re.compile(r" > |^(?:All / |Default Category/).*?(?=[^/]*$)")  # Women > Bags; as Odoo and Magento write it
LISTED = re.compile(r";|[,،](?=[^\W\d])")  # a comma in a name has a space behind it
PATHS = re.compile(r"[\n,،|;]")  # between the paths of several collections
SAMPLE = 200  # rows that are looked at
OVERRIDE = re.compile(r"([a-z]{2})_[A-Z]{2}")  # of a language feed of Meta's: ar_AR, en_XX


@dataclass(frozen=True)
class Mapping:
    """What an owner has said of a table: the field of each header, how its prices are written, and their currency."""

    columns: dict[str, str]
    decimals: Decimals = "auto"
    currency: str = ""


def read_items(table: Table, recognised: Recognised | None = None, decimals: Decimals = "auto") -> Feed:
    """Return the items of a table: Shopify's, WooCommerce's, Wix's and our own as a whole, others by their columns.

    Of columns with one field the first counts, where they cannot be joined; columns without one are kept under their
    own names. Where columns go by Meta's names, one that is required and missing is a warning. Rows of one
    item_group_id that differ by colour, size or the like are one item, as are those of one item that other columns tell
    apart. HTML in a list's names and descriptions becomes text. Raises BadTable where no column is known.
    """
    found = recognised or recognise(table)
    if found.format in WHOLE:
        return WHOLE[found.format](table)
    if not any(column.field in FIELDS and column.reason != "content" for column in found.columns):
        message = _("No column of this file is known. Name them as Meta does: {columns}…")
        raise BadTable(message.format(columns=formats.ltr(", ".join(("id", "title", "price", "image_link")))))
    options = variant_columns(table)
    apart = {place for place, column in enumerate(found.columns) if column.reason == "options"}
    if options and not options.places <= apart:
        options = None  # one of them is something else here
    fields = [LEFT_OUT if options and place in apart else column.field for place, column in enumerate(found.columns)]
    problems = list(table.warnings)
    if found.format == "plain" and not options:
        counts = {place for place, column in enumerate(found.columns) if column.reason == "counts"}
        items = parted(table, fields, counts)
        table, fields = items.table, items.fields
        problems += items.problems
    rows = _Picked(table, fields, decimals, listed=found.format == "plain")
    if not rows.overrides and (found.format == "meta" or (found.format == "plain" and _says_meta(found.columns))):
        missing = [column for column in REQUIRED if column not in rows.names]
        problems += [Problem(1, column, "column_missing", _missing(column), warning=True) for column in missing]
    if rows.counts and any(map(NONE.fullmatch, rows.column(QUANTITY))):
        problems.append(Problem(1, QUANTITY, "none_is_out_of_stock", _none_left(), warning=True))
    feed = Feed(rows, problems, headers=rows.headers)
    return joined(feed, table.rows, options) if options else grouped(feed, rows.names)


class _Picked(Rows):
    """The rows of a table by the names of their fields, made anew whenever they are gone through.

    In a table that is `listed`, and no feed, cells are taken as people and tills write them.
    """

    def __init__(self, table: Table, fields: Sequence[str], decimals: Decimals, *, listed: bool) -> None:
        self._rows = table.rows
        self._joins: dict[str, list[int]] = {}
        self._beside: dict[str, int] = {}  # the columns that say more of others
        picks: list[tuple[int, str]] = []
        self.names: set[str] = set()
        self.headers: dict[str, str] = {}
        columns = list(enumerate(zip(table.header, fields, strict=True)))
        for place, (header, field) in sorted(columns, key=lambda column: not column[1][1]):  # those with fields first
            if field == LEFT_OUT or header == TROUBLE:
                continue
            if listed and not field and (beside := next((meant for meant in BESIDE if says(header, meant)), None)):
                self._beside.setdefault(beside, place)
                continue
            if field in self.names and field in JOINED:
                self._joins.setdefault(field, []).append(place)
                continue
            name = field if field and field not in self.names else header
            if name != field and (
                name in self.names or column_name(name) in READERS
            ):  # kept, but not as what it is called
                name = f"{name} 2"
            self.names.add(name)
            picks.append((place, name))
            if name == field:
                self.headers[name] = header
        rank = {column: place for place, column in enumerate(COLUMNS)}
        self._picks = sorted(picks, key=lambda pick: rank.get(pick[1], len(rank)))
        self._inert = TROUBLE in table.header
        self.overrides = "override" in self.names and "id" in self.names
        self.counts = QUANTITY in self.names and "availability" not in self.names
        self._marked = [name for place, name in self._picks if _has_html(self._rows, place, name, listed)]
        self._turned = any(name == "status" and says(table.header[place], "hides") for place, name in self._picks)
        self._listed = listed and bool(self._beside or {*UNSAID, COLLECTION} & self.names)
        prices = [place for place, name in self._picks if name in PRICES]
        self._figures = _plainly({cells[place] for _row, cells in self._rows for place in prices}, decimals)
        special = (self._marked, self._turned, self._listed, self.overrides, self.counts)
        self._finishes = any((self._inert, self._joins, self._figures, *special))

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column."""
        place = next((place for place, each in self._picks if each == name), None)
        if place is None or self._finishes:
            return super().column(name)
        return (line[place] for _row, line in self._rows)

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        picks = self._picks
        rest = self._finishes
        for number, line in self._rows:
            cells = {name: cell for place, name in picks if (cell := line[place]) and not cell.isspace()}
            yield number, self._finished(line, cells) if rest else cells

    def _finished(self, line: list[str], cells: dict[str, str]) -> dict[str, str]:
        """Return the cells of a row with what only some tables need."""
        for name, places in self._joins.items():
            parts = [cells.get(name, ""), *(line[place] for place in places)]
            if joined := JOINED[name].join(dict.fromkeys(part for part in parts if part.strip())):
                cells[name] = joined
        if "additional_image_link" in self._joins and cells.get("image_link"):
            self._without_first(cells)
        if self._inert:
            cells = {name: bare(cell) for name, cell in cells.items()}
        for name in PRICES:
            if cells.get(name) in self._figures:
                cells[name] = self._figures[cells[name]]
        for name in self._marked:
            if name in cells:
                cells[name] = _text(cells[name])
        if self._turned and (hidden := known_word(cells.get("status", ""), ("active", "archived"))):
            cells["status"] = "archived" if hidden == "active" else "active"
        if self._listed:
            self._as_listed(line, cells)
        if self.counts and (count := cells.get(QUANTITY)):
            cells["availability"] = "out of stock" if NONE.fullmatch(count) else "in stock"
        if self.overrides and (said := OVERRIDE.fullmatch(cells.pop("override", ""))):
            cells = {name if name == "id" else f"{name}:{said[1]}": cell for name, cell in cells.items()}
            return {name: cell for name, cell in cells.items() if name == "id" or in_language(name)[1]}
        return cells

    def _as_listed(self, line: list[str], cells: dict[str, str]) -> None:
        """Take what columns beside others say, a sale price of 0 for none, and of a path of collections the last."""
        for name in UNSAID.keys() & cells.keys():
            if UNSAID[name].fullmatch(cells[name]):
                del cells[name]
        beside = {meant: said for meant, place in self._beside.items() if (said := line[place].strip())}
        if currency := beside.pop("currency", ""):
            for name in PRICES:
                if name in cells and not any(map(str.isalpha, cells[name])):
                    cells[name] = f"{cells[name]} {currency}"
        if beside and "sale_price" in cells:
            cells.setdefault(SPAN, f"{beside.get('sale starts', '')}/{beside.get('sale ends', '')}")
        groups = cells.get(COLLECTION, "")
        if groups and not any(map(str.isalpha, groups)):
            del cells[COLLECTION]  # the numbers of another program
        elif PATH.search(groups) or LISTED.search(groups):
            between = PATHS if PATH.search(groups) else LISTED
            cells[COLLECTION] = "\n".join(dict.fromkeys(PATH.split(path)[-1].strip() for path in between.split(groups)))

    @staticmethod
    def _without_first(cells: dict[str, str]) -> None:
        """Leave the first picture of an item out of its further ones."""
        more = cells.get("additional_image_link", "").split(",")
        if left := ",".join(part for part in more if part.strip() != cells["image_link"].strip()):
            cells["additional_image_link"] = left
        else:
            cells.pop("additional_image_link", None)


def _text(cell: str) -> str:
    """Return what HTML says, also where it was escaped once more: &lt;p&gt;."""
    text = clean_text(cell)
    return clean_text(text) if "<" not in cell and "<" in text else text


def _has_html(rows: Sequence[tuple[int, list[str]]], place: int, name: str, listed: bool) -> bool:
    """Say whether the texts of a column are HTML: any of a list, most of a feed, which may have a tag as it is."""
    if in_language(name)[0] not in SAID:
        return False
    if listed:
        return any(is_html(cells[place]) for _row, cells in rows if "<" in cells[place] or "&" in cells[place])
    return is_mostly_html([cells[place] for _row, cells in rows[:SAMPLE]])


def decimal_style(cells: Iterable[str]) -> Decimals:
    """Return how the decimals of these prices are written, "auto" where none of them says so, or they disagree."""
    marks = {_mark(found[0]) for cell in cells if (found := FIGURE.search(cell))} - {""}
    return {".": "point", ",": "comma"}.get(marks.pop(), "auto") if len(marks) == 1 else "auto"  # type: ignore[return-value]


def _none_left() -> str:
    return _("The file has no column that says what is available: items of which there are 0 are out of stock.")


def _says_meta(columns: Sequence[Column]) -> bool:
    """Say whether the columns of a list go by Meta's own names: those of the items or their codes, and another."""
    named = {column.field for column in columns if column.reason == "name"} & set(REQUIRED)
    return len(named) > 1 and not named.isdisjoint(("id", "title"))


def _missing(column: str) -> str:
    if column == "title":
        message = _("There is no column {column} with the names: only items that the shop has already can be changed.")
    else:
        message = _("There is no column {column}. The items are taken without it, but Meta's catalog asks for it.")
    return message.format(column=formats.ltr(column))


def _plainly(cells: Collection[str], decimals: Decimals) -> dict[str, str]:
    """Return the prices that could be read in two ways, such as 1,234, each as it is meant in this file."""
    style = decimal_style(cells) if decimals == "auto" else decimals
    if style == "auto":
        return {}
    mark = "." if style == "point" else ","
    found = {}
    for cell in cells:
        figure = FIGURE.search(cell)
        if figure and not _mark(figure[0]) and re.search("[.,]", figure[0]):
            meant = figure[0].replace(mark, "٫").replace("," if mark == "." else ".", "")
            found[cell] = cell[: figure.start()] + meant + cell[figure.end() :]
    return found


def _mark(figure: str) -> str:
    """Return the decimal mark that a figure shows the style of its file by, "" if it could have either."""
    marks = re.sub("[^.,]", "", figure)
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","  # what stands twice groups thousands
    whole, _one, part = figure.partition(marks)
    return "" if len(part) == 3 and len(whole) <= 3 and not whole.startswith(("0", "٠")) else marks


# What an owner has chosen, kept


def propose(table: Table, folder: Path | None = None, language: str = "") -> tuple[Recognised, Mapping]:
    """Return what a table is, with what was chosen the last time for a table of these headers, kept in `folder`.

    `language` is as for `recognise`.
    """
    found = recognise(table, language=language)
    kept = recall(folder, table.header) if folder else None
    return (chosen(found, kept), kept) if kept else (found, mapping_of(found))


def mapping_of(recognised: Recognised) -> Mapping:
    """Return what is recognised as if it had been chosen."""
    return Mapping({column.header: column.field for column in recognised.columns}, currency=recognised.currency)


def chosen(recognised: Recognised, mapping: Mapping) -> Recognised:
    """Return what is recognised with the fields that a mapping says of its headers, however those are written.

    A field that another column had by itself is taken from it.
    """
    said = {_folded(header): field for header, field in mapping.columns.items()}
    given = {field for field in said.values() if field}
    columns = []
    for column in recognised.columns:
        field = said.get(_folded(column.header))
        if field is not None and (field != column.field or column.reason == "content"):
            columns.append(replace(column, field=field, reason="chosen"))
        elif field is None and column.field in given and column.field not in JOINED:
            columns.append(replace(column, field="", reason="kept"))
        else:
            columns.append(column)
    by_columns = recognised.format in ("meta", "plain") or not any(said.values())
    return replace(recognised, format=recognised.format if by_columns else "plain", columns=columns)


def digest(header: Sequence[str]) -> str:
    """Return a name for a set of headers, the same in any order, case and spelling of their letters."""
    return sha256("\n".join(sorted(map(_folded, header))).encode()).hexdigest()[:32]


def remember(folder: Path, header: Sequence[str], mapping: Mapping) -> None:
    """Keep what was chosen for a table of these headers. Raises CannotWrite."""
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{digest(header)}.json", mapping)


def recall(folder: Path, header: Sequence[str], known: Callable[[Any], bool] | None = None) -> Mapping | None:
    """Return what was chosen for a table of these headers, or None; `known` is as for `load`."""
    try:
        return load(folder / f"{digest(header)}.json", known)
    except (BadTable, OSError):
        return None


def save(path: Path, mapping: Mapping) -> None:
    """Write a mapping as JSON. Raises CannotWrite."""
    document = {"columns": mapping.columns, "decimals": mapping.decimals, "currency": mapping.currency}
    write_file(path, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())


def load(path: Path, known: Callable[[Any], bool] | None = None) -> Mapping:
    """Read what `save` wrote, or a person; fields are those of items, unless others are `known`.

    Raises OSError, and BadTable where it is no such file.
    """
    try:
        document = json.loads(path.read_bytes())
        columns = dict(document["columns"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadTable(_no_mapping()) from error
    decimals, currency = document.get("decimals", "auto"), document.get("currency", "")
    if not all(map(known or _is_field, columns.values())) or decimals not in ("auto", "point", "comma"):
        raise BadTable(_no_mapping())
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}|", currency):
        raise BadTable(_no_mapping())
    return Mapping(columns, decimals, currency)


def _is_field(field: Any) -> bool:
    return isinstance(field, str) and (field in (*FIELDS, "", LEFT_OUT) or bool(in_language(field)[1]))


def _folded(header: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(header))) or header


def _no_mapping() -> str:
    message = _("This is no mapping of columns. It looks like {example}.")
    return message.format(example=formats.ltr('{"columns": {"Artikel": "title", "Preis": "price"}}'))
