"""The catalog as a spreadsheet to work in: in the shop's own words, and read back as it was written."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import Collection, CollectionItem, Product, ProductText, Variant
from desktop.exchange.encoding import UNKEPT
from desktop.exchange.feed_cells import home_of
from desktop.exchange.feed_rows import DEFAULTS, STATUS
from desktop.exchange.feed_shown import items_with_pictures
from desktop.exchange.files import write_file
from desktop.exchange.inert import fitting
from desktop.exchange.offer import Choice, given_price
from desktop.exchange.spreadsheet_columns import FIRST, WORDS, Column, columns_of, word_of
from desktop.i18n import RTL_LANGUAGES, _, formats, ngettext, speaking
from desktop.i18n.numbers import exponent
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.variants import options_of

STEPS = 500  # items between two reports

Cells = dict[str, Any]  # by the key of a column: a text, a number, or an amount of money with its currency


@dataclass(frozen=True)
class Money:
    """An amount in the smallest unit of its currency."""

    minor: int
    currency: str


@dataclass(frozen=True)
class SheetReport:
    """What was written: how many items, and one sentence for each thing worth knowing."""

    items: int
    warnings: list[str]


def write_spreadsheet(
    session: Session,
    path: Path,
    choice: Choice | None = None,
    ids: Sequence[int] | None = None,
    tell: Tell = silent,
) -> SheetReport:
    """Write every item, hidden ones too, or of them `ids`, as XLSX, each way an item is sold in a row below it.

    With other prices than the shop's own it is for customers, so what they do not see is left out. Nothing in it is a
    formula or a link; a text that no cell holds is left out and told. `tell(done, all)` may raise to stop. The file has
    the old content or all of the new. Raises CannotWrite, and Invalid where there is no item.
    """
    source = _Source(session, choice or Choice(), ids)
    if not source.count:
        raise Invalid("items", _("There are no items to write into a spreadsheet."))
    out = BytesIO()
    with speaking(source.language):
        long = _fill(out, source, tell)
    write_file(path, out.getvalue())
    warnings = []
    if long:
        sentence = ngettext(
            "{n} text is longer than a cell of a spreadsheet, so its cell is empty. Importing leaves it alone.",
            "{n} texts are longer than a cell of a spreadsheet, so their cells are empty. Importing leaves them alone.",
            long,
        )
        warnings.append(sentence.format(n=formats.number(long)))
    return SheetReport(source.count, warnings)


def first_rows(session: Session, choice: Choice, ids: Sequence[int]) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of some items, as they would be written."""
    source = _Source(session, choice, ids)
    with speaking(source.language):
        rows = [[_shown(cells.get(column.key)) for column in source.columns] for cells in source.rows(silent)]
        return [column.title for column in source.columns], rows


def _shown(value: Any) -> str:
    if isinstance(value, Money):
        return formats.decimal_text(value.minor, value.currency)
    return "" if value is None else str(value)


class _Source:
    """What is to be written: the columns, and rows by their keys."""

    def __init__(self, session: Session, choice: Choice, ids: Sequence[int] | None) -> None:
        profile = read_profile(session)
        self._session = session
        self._percent = choice.percent
        self.language = customers_language(profile)
        self.home = home_of(session)
        self._groups = _groups(session, choice.collections)
        query = select(Product.id, Product.currency, Product.extra, Product.sale_starts, Product.sale_ends)
        if choice.percent != 0:
            query = query.where(Product.hidden.is_(False))
        wanted = None if ids is None else set(ids)
        self._ids: set[int] = set()
        extras: dict[str, None] = {}
        currencies, dated = {self.home.currency}, False
        for product, currency, extra, starts, ends in session.execute(query.order_by(Product.position, Product.id)):
            if (wanted is not None and product not in wanted) or (choice.collections and product not in self._groups):
                continue
            self._ids.add(product)
            currencies.add(currency or self.home.currency)
            dated = dated or starts is not None or ends is not None
            extras |= dict.fromkeys(json.loads(extra) if extra else ())
        self._texts = _texts(session, self.language, choice.languages)
        self._ways = _ways(session, self._ids)
        for way in chain.from_iterable(self._ways.values()):
            extras |= dict.fromkeys(json.loads(way.extra) if way.extra else ())
        options = max((len(options_of(way)) for ways in self._ways.values() for way in ways), default=0)
        languages = sorted({language for product in self._texts.values() for language in product})
        with speaking(self.language):
            self.columns = columns_of(
                languages,
                options,
                list(extras),
                prices=choice.percent is not None,
                sales=choice.percent == 0,
                dates=dated and choice.percent == 0,
                currency=len(currencies) > 1,
            )

    @property
    def count(self) -> int:
        return len(self._ids)

    def rows(self, tell: Tell) -> Iterator[Cells]:
        """Yield the rows, those of ways behind that of their item."""
        done = 0
        for item, pictures in items_with_pictures(self._session):
            if item["id"] not in self._ids:
                continue
            files = [picture.url or picture.file for picture in pictures]
            currency = item["currency"] or self.home.currency
            yield self._item(item, files, currency)
            for way in self._ways.get(item["id"], ()):
                yield self._way(item, way, currency)
            done += 1
            if done % STEPS == 0 or done == self.count:
                tell(done, self.count)
            if done == self.count:
                return

    def _item(self, item: Mapping[str, Any], files: Sequence[str], currency: str) -> Cells:
        cells: Cells = {
            "id": item["code"],
            "title": item["name"],
            "description": item["description"],
            "collection": "\n".join(self._groups.get(item["id"], ())),
            "currency": currency,
            "sale_starts": _moment(item["sale_starts"], self.home.zone),
            "sale_ends": _moment(item["sale_ends"], self.home.zone),
            "quantity_to_sell_on_facebook": item["quantity"],
            "brand": item["brand"],
            "link": item["link"],
            "origin_country": item["origin_country"],
            "pictures": "\n".join(filter(None, files)),
        }
        words = {key: item[key] for key in ("availability", "condition")}
        cells |= _words({**words, "status": STATUS[item["hidden"]]}, item["extra"])
        cells |= self._prices(item["price"], item["sale_price"], currency)
        for language, (name, description) in self._texts.get(item["id"], {}).items():
            cells |= {f"title:{language}": name, f"description:{language}": description}
        return cells | _kept(item["extra"])

    def _way(self, item: Mapping[str, Any], way: Variant, currency: str) -> Cells:
        cells: Cells = {
            "id": way.code,
            "title": item["name"],
            "quantity_to_sell_on_facebook": way.quantity,
            "currency": currency,
        }
        cells |= _words({"availability": way.availability}, way.extra)
        for number, (name, value) in enumerate(options_of(way).items(), 1):
            cells |= {f"option {number}": name, f"value {number}": value}
        return cells | self._prices(way.price, way.sale_price, currency) | _kept(way.extra)

    def _prices(self, price: int | None, sale: int | None, currency: str) -> Cells:
        if self._percent is None:
            return {}
        given = given_price(price, self._percent, currency) if price is not None and self._percent else price
        return {
            "price": None if given is None else Money(given, currency),
            "sale_price": None if sale is None or self._percent else Money(sale, currency),
        }


def _words(said: Mapping[str, str], extra: str) -> Cells:
    """Return what an item is in words, or what an import kept of it, such as that it can be ordered beforehand."""
    kept = json.loads(extra) if extra else {}
    return {key: word_of(key, kept.get(key, word) if word == DEFAULTS[key] else word) for key, word in said.items()}


def _kept(extra: str) -> Cells:
    """Return what an import kept aside, by its keys in a row."""
    return {f"={name}": cell for name, cell in json.loads(extra).items()} if extra else {}


def _fill(out: BytesIO, source: _Source, tell: Tell) -> int:
    """Write the workbook and return how many texts were too long for a cell."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    long = 0
    with Workbook(out, {"constant_memory": True}) as book:
        # TRANSLATORS: the name of the sheet of a spreadsheet.
        sheet = book.add_worksheet(_("Items"))
        if source.language in RTL_LANGUAGES:
            sheet.right_to_left()
        head = book.add_format({"bold": True, "bg_color": "#E4F1EF", "bottom": 1, "valign": "vcenter"})
        plain = book.add_format({"num_format": "@", "valign": "top"})
        number = book.add_format({"num_format": "0", "valign": "top"})
        moneys: dict[str, Any] = {}
        sheet.freeze_panes(1, FIRST)
        for place, column in enumerate(source.columns):
            sheet.set_column(place, place, column.width, plain if column.kind == "text" else None)
            sheet.write_string(0, place, column.title, head)
        line = 0
        for line, cells in enumerate(source.rows(tell), 1):
            for place, column in enumerate(source.columns):
                value = cells.get(column.key)
                if isinstance(value, Money):
                    if value.currency not in moneys:
                        moneys[value.currency] = book.add_format(
                            {"num_format": _pattern(value.currency), "valign": "top"}
                        )
                    amount = value.minor / 10 ** exponent(value.currency)
                    sheet.write_number(line, place, amount, moneys[value.currency])
                elif isinstance(value, int):
                    sheet.write_number(line, place, value, number)
                elif value:
                    text = UNKEPT.sub("", value)
                    if fitting(text) != text:
                        long += 1
                    else:
                        sheet.write_string(line, place, text, plain)
        _offer_words(sheet, source.columns, line)
        sheet.autofilter(0, 0, line, len(source.columns) - 1)
    return long


def _offer_words(sheet: Any, columns: Sequence[Column], last: int) -> None:
    """Give the cells that hold one of few words a list of them, also below what is written."""
    for place, column in enumerate(columns):
        if column.key in WORDS:
            words = [word_of(column.key, word) for word in WORDS[column.key]]
            sheet.data_validation(1, place, last + 1000, place, {"validate": "list", "source": words})


def _pattern(currency: str) -> str:
    places = exponent(currency)
    code = "".join(char for char in currency if char.isalpha())
    return f"#,##0{'.' if places else ''}{'0' * places}" + (f' "{code}"' if code else "")


def _moment(seconds: int | None, zone: dt.tzinfo) -> str:
    """Return a moment as people write it in the shop's zone: 2026-02-10 09:00."""
    if seconds is None:
        return ""
    moment = dt.datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _groups(session: Session, chosen: Sequence[int]) -> dict[int, list[str]]:
    """Return the collections of each item, or those of `chosen`."""
    found: dict[int, list[str]] = defaultdict(list)
    query = select(CollectionItem.product_id, Collection.name)
    query = query.join(Collection, Collection.id == CollectionItem.collection_id)
    if chosen:
        query = query.where(Collection.id.in_(chosen))
    for product, name in session.execute(query.order_by(Collection.position, Collection.id)):
        found[product].append(name)
    return found


def _texts(session: Session, own: str, chosen: Sequence[str]) -> dict[int, dict[str, tuple[str, str]]]:
    """Return what items say in other languages than the shop's, or in those of `chosen`."""
    found: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    query = select(ProductText.product_id, ProductText.language, ProductText.name, ProductText.description)
    query = query.where(ProductText.language != own)
    if chosen:
        query = query.where(ProductText.language.in_(chosen))
    for product, language, name, description in session.execute(query):
        found[product][language] = (name, description)
    return found


def _ways(session: Session, ids: set[int]) -> dict[int, list[Variant]]:
    found: dict[int, list[Variant]] = defaultdict(list)
    for way in session.scalars(select(Variant).order_by(Variant.position, Variant.id)):
        if way.product_id in ids:
            found[way.product_id].append(way)
    return found
