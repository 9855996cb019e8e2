"""The columns of the shop's own spreadsheet: what they are called in each language, and how they are read again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.exchange.feed_cells import COLUMNS
from desktop.exchange.incoming import COLLECTION, Feed, Way, headers_of
from desktop.exchange.tables import Problem, Table
from desktop.i18n import LANGUAGES, N_, _, formats, speaking

FIRST = 2  # columns that stay in sight: the code and the name
Kind = Literal["text", "number"]
Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column: the key that rows have its cells under, its heading, its width in characters, and what is in it."""

    key: str
    title: str
    width: int = 14
    kind: Kind = "text"


TITLES = {
    "id": N_("Item code"),
    "title": N_("Name"),
    "description": N_("Description"),
    COLLECTION: N_("Collections"),
    "price": N_("Price"),
    "sale_price": N_("Sale price"),
    "currency": N_("Currency"),
    "sale_starts": N_("Sale starts"),
    "sale_ends": N_("Sale ends"),
    "availability": N_("Availability"),
    "quantity_to_sell_on_facebook": N_("Quantity"),
    "condition": N_("Condition"),
    # TRANSLATORS: the heading of a column: whether customers see the item.
    "status": N_("Visibility"),
    "brand": N_("Brand"),
    "link": N_("Item link"),
    "origin_country": N_("Country of origin"),
    # TRANSLATORS: the heading of a column with the names of files.
    "pictures": N_("Picture files"),
}
WIDTHS = {"title": 32, "description": 48, COLLECTION: 20, "pictures": 32, "link": 24}
NUMBERS = ("price", "sale_price", "quantity_to_sell_on_facebook")
WORDS = {  # what Meta writes, and what people read
    "availability": {
        "in stock": N_("In stock"),
        "out of stock": N_("Out of stock"),
        "preorder": N_("Preorder"),
        "available for order": N_("Available for order"),
        # TRANSLATORS: none are left, and customers can order it until there are more.
        "backorder": N_("On backorder"),
    },
    "condition": {"new": N_("New"), "refurbished": N_("Refurbished"), "used": N_("Used")},
    "status": {"active": N_("Shown"), "archived": N_("Hidden")},
}
OURS = ("id", "title", "availability", "status", "pictures")  # the headings that tell our spreadsheet from others
RANK = {column: place for place, column in enumerate(COLUMNS)}


def columns_of(
    languages: Sequence[str],
    options: int,
    extras: Sequence[str],
    *,
    prices: bool,
    sales: bool,
    dates: bool,
    currency: bool,
) -> list[Column]:
    """Return the columns in the language in use: second `languages`, pairs of `options`, and those kept aside."""
    left = {
        *(() if prices else ("price",)),
        *(() if sales else ("sale_price",)),
        *(() if dates else ("sale_starts", "sale_ends")),
        *(() if currency and prices else ("currency",)),
    }
    columns = []
    for key in TITLES:
        if key not in left:
            columns.append(Column(key, _(TITLES[key]), WIDTHS.get(key, 14), "number" if key in NUMBERS else "text"))
        if key == "title":
            for number in range(1, options + 1):
                columns.append(Column(f"option {number}", _option(number)))
                columns.append(Column(f"value {number}", _value(number)))
        if key == "description":
            for language in languages:
                for field in ("title", "description"):
                    columns.append(Column(f"{field}:{language}", _in(field, language), WIDTHS[field]))
    taken = {column.title.casefold() for column in columns} | set(TITLES)
    return columns + [Column(f"={name}", name) for name in extras if name.casefold() not in taken]


def word_of(key: str, word: str) -> str:
    """Return a word of Meta's in the language in use."""
    return _(WORDS[key][word]) if word in WORDS[key] else word


def _option(number: int) -> str:
    # TRANSLATORS: the heading of a column with what items differ in, such as Size.
    return _("Option {n}").format(n=number)


def _value(number: int) -> str:
    # TRANSLATORS: the heading of a column with the value of an option, such as M.
    return _("Value {n}").format(n=number)


def _in(field: str, language: str) -> str:
    name = formats.language_name(language) if language in LANGUAGES else language
    # TRANSLATORS: the heading of a column in a second language, as in "Name (English)".
    return _("{heading} ({language})").format(heading=_(TITLES[field]), language=name)


# Reading


def is_spreadsheet(header: Sequence[str]) -> bool:
    """Say whether these are the headings of our own spreadsheet, in any language of the interface."""
    return bool(_language(header))


def read_spreadsheet(table: Table) -> Feed:
    """Return the items of our own spreadsheet, each with the ways it is sold from the rows that have options.

    A way belongs to the item of its name above it, wherever the rows have been moved to. Names of picture files are
    for whoever looks for the files; addresses of pictures are taken.
    """
    with speaking(_language(table.header)):
        keys = _keys(table.header)
        words = _meanings()
    rows: list[tuple[int, Cells]] = []
    ways: dict[int, list[Way]] = defaultdict(list)
    problems = list(table.warnings)
    by_name: dict[str, int] = {}
    later: list[tuple[int, str, Cells, dict[str, str]]] = []
    for number, line in table.rows:
        cells = {key: cell for key, cell in zip(keys, line, strict=True) if cell.strip()}
        options = dict(_options(cells))
        found = _neutral(cells, words)
        name = found.get("title", "").strip()
        if not options:
            rows.append((number, found))
            by_name[name] = number
        elif name in by_name:
            ways[by_name[name]].append(Way(number, options, _own(found)))
        else:
            later.append((number, name, found, options))
    for number, name, found, options in later:
        if name in by_name:
            ways[by_name[name]].append(Way(number, options, _own(found)))
        else:
            heading = next((heading for heading, key in zip(table.header, keys, strict=True) if key == "title"), "")
            problems.append(Problem(number, heading, "item_missing", _alone(number)))
    headers = headers_of(table.header, keys, {key: key for key in TITLES} | {"image_link": "pictures"})
    return Feed(rows, problems, {row: tuple(found) for row, found in ways.items()}, headers)


def _language(header: Sequence[str]) -> str:
    said = set(map(_bare, header))
    for language in LANGUAGES:
        with speaking(language):
            if all(_bare(_(TITLES[key])) in said for key in OURS):
                return language
    return ""


def _keys(header: Sequence[str]) -> list[str]:
    """Return the key of each heading, or the heading itself where it is somebody else's."""
    known = {_bare(_(title)): key for key, title in TITLES.items()}
    known |= {_bare(_in(field, code)): f"{field}:{code}" for code in LANGUAGES for field in ("title", "description")}
    for number in range(1, len(header)):
        known |= {_bare(_option(number)): f"option {number}", _bare(_value(number)): f"value {number}"}
    return [known.get(_bare(heading)) or _foreign(heading) for heading in header]


def _foreign(heading: str) -> str:
    """Return the key of a name or description in a language that the interface does not speak, else the heading."""
    for field in ("title", "description"):
        before, _code, after = _in(field, "\0").partition("\0")
        if before and heading.startswith(before) and heading.endswith(after):
            code = heading[len(before) : len(heading) - len(after)]
            if code.isalpha() and len(code) <= 3:
                return f"{field}:{code.lower()}"
    return heading


def _meanings() -> dict[str, dict[str, str]]:
    """Return what the words of a column mean to Meta, in folded letters."""
    return {key: {_bare(_(said)): word for word, said in words.items()} for key, words in WORDS.items()}


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _options(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, cell in cells.items():
        kind, _space, number = key.partition(" ")
        if kind == "option" and number.isdecimal() and f"value {number}" in cells:
            yield cell.strip(), cells[f"value {number}"].strip()


def _neutral(cells: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> Cells:
    """Return the cells of a row by Meta's names of columns, in Meta's order."""
    found = {key: words[key].get(_bare(cell), cell) if key in words else cell for key, cell in cells.items()}
    currency = found.pop("currency", "").strip()
    for key in ("price", "sale_price"):
        if currency and key in found:
            found[key] = f"{found[key]} {currency}"
    starts, ends = found.pop("sale_starts", "").strip(), found.pop("sale_ends", "").strip()
    if starts or ends:
        found["sale_price_effective_date"] = f"{starts}/{ends}"
    image, *more = [*_addresses(found.pop("pictures", "")), ""]
    found |= {"image_link": image, "additional_image_link": ",".join(filter(None, more))}
    found = {key: cell for key, cell in found.items() if cell and not key.startswith(("option ", "value "))}
    return {key: found[key] for key in sorted(found, key=lambda key: RANK.get(key, len(RANK)))}


def _addresses(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip().startswith(("http://", "https://"))]


def _own(cells: Cells) -> Cells:
    """Return what a row of a way says of the way alone."""
    return {key: cell for key, cell in cells.items() if key not in ("title", COLLECTION)}


def _alone(row: int) -> str:
    message = _("Row {row}: there is no item of this name for the variant to belong to.")
    return message.format(row=formats.number(row))
