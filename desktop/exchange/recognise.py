"""What a table is, and which of its columns means what: by the words above them, and by what is in them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from desktop.exchange.columns import (
    ARABIC,
    COLUMNS,
    PRICES,
    TRANSLATED,
    Meaning,
    known_word,
    meaning,
    money_of,
    says,
    script,
    words_of,
)
from desktop.exchange.feed_variants import GROUP
from desktop.exchange.incoming import COLLECTION
from desktop.exchange.option_rows import is_handle
from desktop.exchange.shopify import is_shopify
from desktop.exchange.spreadsheet_columns import is_spreadsheet
from desktop.exchange.tables import Table
from desktop.exchange.variant_columns import variant_columns
from desktop.exchange.variant_rows import VariantColumns
from desktop.exchange.wix import is_wix
from desktop.exchange.woocommerce import is_woocommerce
from desktop.i18n import N_
from desktop.services.catalog import CONDITIONS

Format = Literal["meta", "dukkan", "shopify", "woocommerce", "wix", "plain"]
Reason = Literal["name", "meaning", "content", "options", "kept", "counts", "chosen"]
LEFT_OUT = "-"  # the field of a column that is not wanted; "" keeps it under its own name

REASONS = {
    "name": N_("It is called so in Meta's feed."),
    "meaning": N_("Its name means this."),
    "content": N_("What is in it looks like this."),
    "options": N_("It says how the variants of an item differ."),
    "kept": N_("Kept as it is, and written back in a feed."),
    "counts": N_("It only counts the rows."),
    "chosen": N_("Chosen by you, here or the last time."),
}
WHOLE: Mapping[Format, Callable[[Table], bool]] = {  # what is read as a whole, and not by its columns
    "dukkan": lambda table: is_spreadsheet(table.header),
    "shopify": lambda table: is_shopify(table.header),
    "woocommerce": is_woocommerce,
    "wix": lambda table: is_wix(table.header),
}
FIELDS = (*COLUMNS, COLLECTION)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|webp|gif)(?:\?\S*)?$", re.IGNORECASE)
AMOUNT = re.compile(r"(?:[^\W\d_]{1,4}\.?\s?)?\d[\d.,٫٬\s]{0,30}(?:\s?[^\W\d_]{1,5}\.?[^\W\d_]?)?")
NUMBER = re.compile(r"[\s_-]*\d{1,2}(?:\s*\([^()]*\))?$")
FEED = {"title", "availability", "condition", "status"}  # what every feed of ours has: its words are Meta's own
SLUG = re.compile(r"/?[\w-]+(?:/[\w-]+)*(?:/|\.html?)?")
BRACKETS = re.compile(r"\[\d+\]\.?")  # image[0].url
UNNAMED = re.compile(r"column \d+|\W+")  # as tables.Table calls a column without a name, and #
COUNT = re.compile(r"(?:[2-9]|\d{2,6})(?:[.,]0{1,3})?")  # more than a yes or no
QUANTITY = "quantity_to_sell_on_facebook"
PICTURES = ("image_link", "additional_image_link")
LOCALIZED = ("localized", "localised")  # of a name or a description, as Foodics writes it
SAMPLE = 50  # rows that are looked at


@dataclass(frozen=True)
class Column:
    """A column of the source, the field it is proposed for ("" for none, or LEFT_OUT), and why."""

    header: str
    field: str
    reason: Reason


@dataclass(frozen=True)
class Recognised:
    """What a table is, and what its columns are. Those of other shops are mostly read as a whole, not by columns.

    `currency` is what the words above its prices name, "" where they name none, or it could be several.
    """

    format: Format
    columns: list[Column]
    currency: str = ""


def recognise(table: Table, format: Format | Literal["auto"] = "auto", language: str = "") -> Recognised:
    """Say what a table is, unless that is said, and propose a field for each of its columns, each field once.

    `language` is that of the shop's texts, for tables that have two.
    """
    for whole, is_it in WHOLE.items():
        if format == whole or (format == "auto" and is_it(table)):
            return Recognised(whole, [Column(header, "", "name") for header in table.header])
    options = variant_columns(table)
    apart = options.places if options else set()
    meanings, ours = _meanings(table, options, language)
    fields = _by_words(table, meanings, language)
    _more_pictures(table, meanings, fields, ours)
    _by_cells(table, fields)
    _leave_numbers(table, fields, apart)
    named = {field for field, reason in fields.values() if reason == "name"}
    taken = {field for field, _reason in fields.values()}
    kind: Format = "meta" if not options and _is_feed(named, taken, len(table.header)) else "plain"
    if "title" not in taken or not named:
        _by_content(table, fields, {place for place, said in enumerate(meanings) if said.other})
    columns = [
        Column(header, *fields.get(place, ("", "options" if place in apart else "kept")))
        for place, header in enumerate(table.header)
    ]
    priced = (money_of(column.header) for column in columns if column.field in PRICES)
    currency = next(filter(None, priced), "")
    return Recognised(kind if format == "auto" else format, columns, currency)


def _meanings(table: Table, options: VariantColumns | None, language: str) -> tuple[list[Meaning], bool]:
    """Return what each header may mean, and whether the table is a feed of ours, whose words are Meta's own."""
    apart = options.places if options else set()
    meanings = [Meaning(other=True) if n in apart else meaning(header) for n, header in enumerate(table.header)]
    _tell_languages(table, meanings, language)
    if options:
        meanings = [
            Meaning(((1, GROUP),)) if is_handle(header) else said
            for said, header in zip(meanings, table.header, strict=True)
        ]
        for place, field in options.fields.items():
            meanings[place] = Meaning(((-1, field),))
        return meanings, False
    ours = {field for said in meanings for rank, field in said.fields if not rank} >= FEED
    if ours:
        meanings = [said if said.fields and not said.fields[0][0] else Meaning(other=True) for said in meanings]
    return meanings, ours


def _is_feed(named: Collection[str], taken: Collection[str], columns: int) -> bool:
    """Say whether so many columns are a feed of Meta's: all of them are `named` as there, or some that tell it."""
    known = {"id", "title", "price", "image_link", "availability"}.intersection(taken)
    return (len(named) == columns > 1 and "id" in taken) or (len(named) >= 3 and len(known) >= 2 and "title" in named)


def _by_words(table: Table, meanings: Sequence[Meaning], language: str) -> dict[int, tuple[str, Reason]]:
    """Return the field of each column whose header says one, each field once: the surest word has it, or of those
    with something in them the surest.

    Of several columns for a name or a description in different languages, the one in `language`, or else the first, is
    the shop's; the others are title:en, description:ar.
    """
    header, rows = table.header, [cells for _number, cells in table.rows[:SAMPLE]]
    fields: dict[int, tuple[str, Reason]] = {}
    taken: set[str] = set()
    ranked = sorted(
        (said.language not in ("", language), not _is_filled(rows, place), rank, place, field)
        for place, said in enumerate(meanings)
        for rank, field in said.fields
    )
    for _other, _empty, rank, place, field in ranked:
        if place in fields:
            continue
        if field in taken and field in TRANSLATED:
            main = next(known for known, said in fields.items() if said[0] == field)
            language = meanings[place].language or script(header[place])
            if language == (meanings[main].language or ("" if meanings[place].language else script(header[main]))):
                continue  # a second name in the same language is another thing
            field = f"{field}:{language}"
        if field not in taken:
            taken.add(field)
            fields[place] = (field, "meaning" if rank or ":" in field else "name")
    return fields


def _tell_languages(table: Table, meanings: list[Meaning], language: str) -> None:
    """Tell by its letters in which language a column is that is only called localized, and the one without that word.

    Letters that are not Arabic are those of the shop's language, if that has others.
    """
    other = language if language not in ("", "ar") else "en"
    for place, header in enumerate(table.header):
        words = words_of(header)
        said = meaning(" ".join(word for word in words if word not in LOCALIZED))
        if len(words) < 2 or not set(words) & set(LOCALIZED) or not said.fields or said.fields[0][1] not in TRANSLATED:
            continue
        main = next((n for n, each in enumerate(meanings) if n != place and each.fields[:1] == said.fields[:1]), -1)
        cells = [cell for _number, line in table.rows[:SAMPLE] if (cell := line[place].strip())]
        if main < 0 or not cells:
            continue
        arabic = [bool(ARABIC.search(cell)) for cell in cells]
        own, theirs = (other, "ar") if sum(arabic) * 2 > len(cells) else ("ar", other)
        texts = [line[main] for _number, line in table.rows[:SAMPLE] if line[main].strip()]
        if not texts or (sum(bool(ARABIC.search(text)) for text in texts) * 2 > len(texts)) == (own == "ar"):
            meanings[main] = replace(meanings[main], language=own)
            meanings[place] = replace(said, language=theirs)


def _leave_numbers(table: Table, fields: dict[int, tuple[str, Reason]], apart: Collection[int]) -> None:
    """Leave out the columns that number the rows: 1, 2, 3… under "م", "#" or nothing, from 1 again in each section."""
    for place, header in enumerate(table.header):
        if place in fields or place in apart or not (says(header, "row number") or UNNAMED.fullmatch(header)):
            continue
        cells = [cell for _number, cells in table.rows[:SAMPLE] if (cell := cells[place].strip().rstrip(".)-"))]
        counts = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 7]  # others are headings
        if len(counts) > max(1, len(cells) / 3) and all(n in (1, before + 1) for before, n in pairwise([0, *counts])):
            fields[place] = (LEFT_OUT, "counts")


def _by_content(table: Table, fields: dict[int, tuple[str, Reason]], others: Collection[int]) -> None:
    """Find the columns that no word names by what is in them: pictures, links, prices, and then the names."""
    rows = [cells for _number, cells in table.rows[:SAMPLE]]
    left = [place for place in range(len(table.header)) if place not in fields and place not in others]

    def share(place: int, pattern: re.Pattern[str]) -> float:
        filled = [cells[place].strip() for cells in rows if cells[place].strip()]
        return sum(pattern.fullmatch(cell) is not None for cell in filled) / len(filled) if filled else 0

    for field, pattern in (("image_link", PICTURE), ("link", ADDRESS), ("price", AMOUNT)):
        if field in {known for known, _reason in fields.values()}:
            continue
        best = max(left, key=lambda place: share(place, pattern), default=None)
        if best is not None and share(best, pattern) >= 0.8:
            fields[best] = (field, "content")
            left.remove(best)
    if "title" not in {known for known, _reason in fields.values()}:
        texts = [place for place in left if _is_text(rows, place)]
        if texts:
            fields[texts[0]] = ("title", "content")


def _by_cells(table: Table, fields: dict[int, tuple[str, Reason]]) -> None:
    """Tell apart what one word means in two lists: how many there are or whether any is, a state or whether shown."""
    taken = {field for field, _reason in fields.values()}
    named = {field for field, reason in fields.values() if reason == "name"}
    for place, (field, _reason) in list(fields.items()):
        cells = [line[place].strip() for _number, line in table.rows[:SAMPLE] if line[place].strip()]
        if field == "availability" and QUANTITY not in taken and any(COUNT.fullmatch(cell) for cell in cells):
            fields[place] = (QUANTITY, "content")
        elif field == "condition" and "status" not in taken and cells:
            shown = [cell for cell in cells if known_word(cell, ("active", "archived"))]
            if shown and not any(cell.casefold() in CONDITIONS or known_word(cell, CONDITIONS) for cell in cells):
                fields[place] = ("status", "content")
        elif field == COLLECTION and cells and all(known_word(cell, ("item kind",)) for cell in cells):
            del fields[place]  # a service or goods, which is not where a customer looks for it
        elif field == "id" and table.header[place].strip().casefold() == "id" and not named >= FEED:
            own = next((n for n, header in enumerate(table.header) if header.strip().casefold() == "sku"), -1)
            if own >= 0 and all(line[own].strip() for _number, line in table.rows[:SAMPLE]):
                fields[own] = fields.pop(place)[0], "meaning"  # the number of a program is no code
        elif field == "link" and not named >= FEED and cells and all(SLUG.fullmatch(cell) for cell in cells):
            del fields[place]  # the end of an address, which the shop's program completes


def _more_pictures(table: Table, meanings: Sequence[Meaning], fields: dict[int, tuple[str, Reason]], own: bool) -> None:
    """Take the columns of pictures that are left for further ones of the item, where addresses are in them.

    The first of them is for the first picture, if there is no other column for that. In a feed of Meta's `own` names
    they are only those that it calls image[1].url.
    """
    known = {field: place for place, (field, _reason) in fields.items()}
    rows = [cells for _number, cells in table.rows[:SAMPLE]]
    for place, header in enumerate(table.header):
        said = meanings[place].fields or meaning(NUMBER.sub("", BRACKETS.sub(" ", header))).fields
        if place in fields or not said or said[0][1] not in PICTURES or (own and not BRACKETS.search(header)):
            continue
        filled = [cells[place].strip() for cells in rows if cells[place].strip()]
        if "image_link" not in known:
            if filled and all(map(ADDRESS.match, filled)):
                known["image_link"] = place
                fields[place] = ("image_link", "meaning")
            continue
        pairs = [(cells[place].strip(), cells[known["image_link"]].strip()) for cells in rows if cells[place].strip()]
        if all(ADDRESS.match(cell) for cell, _first in pairs) and any(cell != first for cell, first in pairs):
            fields[place] = ("additional_image_link", "meaning")


def _is_filled(rows: Sequence[Sequence[str]], place: int) -> bool:
    return any(cells[place] and not cells[place].isspace() for cells in rows)


def _is_text(rows: Sequence[Sequence[str]], place: int) -> bool:
    filled = [cells[place].strip() for cells in rows if cells[place].strip()]
    worded = sum(bool(re.search(r"[^\W\d_]{2}", cell)) and not ADDRESS.match(cell) for cell in filled)
    return bool(filled) and worded >= 0.8 * len(filled)
