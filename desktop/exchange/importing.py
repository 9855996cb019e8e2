"""Bringing items in, whatever they were read from: planned first without writing anything, then carried out at once.

A plan is made from what the shop has and what comes in. It says what would be new, what would change from what to what,
and what is wrong; carrying it out writes exactly that in a few large statements.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import Product
from desktop.exchange.feed_cells import (
    BLANK,
    COLUMNS,
    LINES,
    Home,
    Reading,
    home_of,
    is_given,
    line,
    read_cells,
    read_money,
)
from desktop.exchange.feed_items import NOTHING, Items, Kept, More, Way
from desktop.exchange.feed_known import Known
from desktop.exchange.incoming import COLLECTION, SAID, Feed, in_language
from desktop.exchange.incoming import Way as IncomingWay
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile, update_profile

Images = Mapping[int, Sequence[Kept]]  # pictures that are kept, by the row they belong to
OWNED = {  # the field of an item that a column fills: what an empty cell empties, if empty cells are to count
    **LINES,
    "description": "description",
    "price": "price",
    "sale_price": "sale_price",
    "link": "link",
    "quantity_to_sell_on_facebook": "quantity",
}
AT_ONCE = 1000  # rows between two reports


@dataclass(frozen=True)
class Rules:
    """What is done with what comes in.

    `match` finds the item that a row means: by its code, and by its name where a row has no code ("code"), or by its
    name alone ("name"). A `found` one is updated, skipped, or left alone and a new one made. An `empty` cell keeps
    what the item has, or clears it. Items that are `missing` from the file stay as they are, or are hidden.
    `currency` is that of prices that name none; "" is the shop's.
    """

    match: Literal["code", "name"] = "code"
    found: Literal["update", "skip", "new"] = "update"
    empty: Literal["keep", "clear"] = "keep"
    missing: Literal["keep", "hide"] = "keep"
    currency: str = ""


@dataclass(frozen=True)
class Change:
    """An item that would change: the row that says so, and each field with what it has and what it would have."""

    row: int
    item: int
    code: str
    name: str
    fields: dict[str, tuple[Any, Any]]


@dataclass
class Report:
    """What an import does to how many items, and what is wrong with which rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    hidden: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every row and cell was taken; there may be warnings."""
        return not self.skipped and all(problem.warning for problem in self.problems)


@dataclass
class Plan:
    """What an import would do. `changes` are told apart; `items` holds what is to be written."""

    feed: Feed
    rules: Rules
    images: Images
    currency: str  # of the shop, if it has to be given one
    items: Items
    report: Report
    names: list[tuple[int, str, str]] = field(default_factory=list)  # the row, code and name of what would be new
    changes: list[Change] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)  # the ids of items that the file does not have
    plain: set[str] = field(default_factory=lambda: set(COLUMNS))  # the columns met that are an item's by themselves


def plan_import(
    session: Session, feed: Feed, rules: Rules | None = None, tell: Tell = silent, images: Images | None = None
) -> Plan:
    """Return what an import would do, writing nothing. `tell(done, rows)` is told how far it is, and may raise to stop.

    Pictures on the web are kept as addresses; what a row says of them replaces other addresses, never pictures that
    the shop keeps itself, to which `images` are added. A shop without a currency takes the one that most prices name.
    Refused are rows without a name for a new item. Of rows with one code the first with a name has it, whatever the
    shop has; the others are items without a code, known by their names, so that a second import changes nothing. A row
    that says the very same again is taken once.
    """
    plan, taking = _begin(session, feed, rules, tell, images)
    for _pause in taking:
        pass
    return plan


def import_feed(
    session: Session, feed: Feed, rules: Rules | None = None, tell: Tell = silent, images: Images | None = None
) -> Plan:
    """Plan an import and carry it out at once, new items while later ones are still planned; return what was done.

    Nothing of new items is kept once they are written, not even their `names`: a file may have many.
    """
    plan, taking = _begin(session, feed, rules, tell, images)

    def forgetting() -> Iterator[None]:
        for _pause in taking:
            plan.names.clear()
            yield

    _write(session, plan, taking=forgetting())
    return plan


def _begin(
    session: Session, feed: Feed, rules: Rules | None, tell: Tell, images: Images | None
) -> tuple[Plan, Iterator[None]]:
    """Return a plan without a row, and what takes the rows into it, with a pause now and then."""
    rules = rules or Rules()
    currency = _currency(session, feed, rules)
    home = home_of(session)
    home = replace(home, currency=home.currency or currency, assumed=rules.currency, headers=feed.headers)
    items = Items(session, by_name=rules.match == "name")
    plan = Plan(feed, rules, images or {}, currency, items, Report(problems=list(feed.problems)))
    return plan, _taking(plan, home, tell)


def _taking(plan: Plan, home: Home, tell: Tell) -> Iterator[None]:
    """Take the rows into a plan, and pause now and then. Nothing is asked of the session."""
    feed, report = plan.feed, plan.report
    first = _first_rows(feed) if plan.rules.match == "code" else {}
    rows = len(feed.rows)
    for place, (row, cells) in enumerate(feed.rows):
        if place % AT_ONCE == 0:
            tell(place, rows)
            yield
        if first and (code := line(cells.get("id", ""))) in first and first[code][0] != row:
            _take_again(plan, row, cells, home, *first[code])
        else:
            _take(plan, row, cells, home)
    if plan.rules.missing == "hide":
        plan.hidden = plan.items.hide_unseen()
        report.hidden = len(plan.hidden)
    report.problems.sort(key=lambda problem: problem.row)
    tell(rows, rows)
    yield


def carry_out(session: Session, plan: Plan, tell: Tell = silent) -> Report:
    """Do what was planned, and return what that was. If the shop has changed since, it is planned anew."""
    if plan.items.is_stale(session):
        plan = plan_import(session, plan.feed, plan.rules, images=plan.images)
    _write(session, plan, tell)
    return plan.report


def _write(session: Session, plan: Plan, tell: Tell = silent, taking: Iterable[None] = ()) -> None:
    if plan.currency:
        update_profile(session, None, currency=plan.currency)
        session.flush()
    plan.items.write(session, tell, taking, len(plan.feed.rows) if taking else 0)


def count_once(plans: Sequence[Plan]) -> None:
    """Count what several files would add only once: in the later ones it has been there since the first."""
    known: dict[str, Any] = {}
    for plan in plans:
        added = plan.items.added()
        again = added.keys() & known.keys()
        changed = sum(added[code] != known[code] for code in again)
        known |= added
        plan.names = [each for each in plan.names if each[1] not in again]
        plan.report.new -= len(again)
        plan.report.changed += changed
        plan.report.unchanged += len(again) - changed


def missing_items(session: Session, plans: Sequence[Plan]) -> list[int]:
    """Return the items that customers see and that none of several plans, carried out or not, has met or made."""
    met = set().union(*(plan.items.met for plan in plans))
    shown = session.scalars(select(Product.id).where(~Product.hidden).order_by(Product.id))
    return [product for product in shown if product not in met]


def _take_again(plan: Plan, row: int, cells: dict[str, str], home: Home, first: int, said: Mapping[str, str]) -> None:
    """Add what a row means whose code the row `first` has, which `said` something: it is another item, or the same."""
    code, report = line(cells["id"]), plan.report
    if cells == said and row not in plan.feed.ways and row not in plan.images:
        report.problems.append(_repeated(row, first))
        report.unchanged += 1
    elif line(cells.get("title", "")):
        report.problems.append(_duplicate(row, code, first, named=True))
        _take(plan, row, {column: cell for column, cell in cells.items() if column != "id"}, home)
    else:
        report.problems.append(_duplicate(row, code, first, named=False))
        report.skipped += 1


def _take(plan: Plan, row: int, cells: dict[str, str], home: Home) -> None:
    """Add what one row means to a plan."""
    items, rules, report = plan.items, plan.rules, plan.report
    code, name = line(cells.get("id", "")), line(cells.get("title", ""))
    item = None
    if rules.found != "new":
        item = items.find_by_name(name) if rules.match == "name" else items.find(code, name)
    if item is None and not name:
        report.problems.append(_nameless(row, home))
        report.skipped += 1
        return
    if item is not None and rules.found == "skip":
        report.unchanged += 1
        return
    if code and code != (item["code"] if item else "") and items.has_code(code):
        report.problems.append(_taken(row, code))
        cells = {column: cell for column, cell in cells.items() if column != "id"}
        code = ""
    if item is not None and is_given(cells.get("link", ""), item):
        cells = {column: cell for column, cell in cells.items() if column != "link"}
    cells, groups, texts = _apart(cells, plan.plain)
    reading = read_cells(row, cells, item or BLANK, home)
    if item is not None and rules.empty == "clear":
        emptied = [column for column in plan.feed.columns if column in OWNED and column not in cells]
        reading.values.update({OWNED[column]: BLANK[OWNED[column]] for column in emptied})
    report.problems += reading.problems
    images = plan.images.get(row, ())
    ways = tuple(_ways(plan, row, item, reading, home)) if row in plan.feed.ways else ()
    more = NOTHING
    if reading.image or reading.more_images or images or ways or groups or texts:
        more = More(reading.image, reading.more_images, images, ways, groups, texts)
    if item is None:
        items.add(reading.values, more)
        plan.names.append((row, code, name))
        report.new += 1
    elif fields := items.change(item, reading.values, more):
        plan.changes.append(Change(row, item["id"], item["code"], item["name"], fields))
        report.changed += 1
    else:
        report.unchanged += 1


def _apart(
    cells: dict[str, str], plain: set[str]
) -> tuple[dict[str, str], list[str], dict[str, tuple[str | None, str | None]]]:
    """Part a row into what are columns of an item, its collections, and what it says in other languages."""
    texts: dict[str, tuple[str | None, str | None]] = {}
    if cells.keys() <= plain:
        return cells, [], texts
    rest = {}
    for column, cell in cells.items():
        name, language = in_language(column)
        if language:
            old = texts.get(language, (None, None))
            about = cell.replace("\r\n", "\n").strip()
            texts[language] = (line(cell), old[1]) if name == SAID[0] else (old[0], about)
        elif column != COLLECTION:
            rest[column] = cell
            plain.add(column)
    return rest, [line(group) for group in cells.get(COLLECTION, "").splitlines() if group.strip()], texts


def _ways(plan: Plan, row: int, item: Mapping[str, Any] | None, reading: Reading, home: Home) -> Iterator[Way]:
    """Read the ways in which the item of a row is sold; what is the item's own price is not said again."""
    for way in plan.feed.ways[row]:
        known = plan.items.way(item["id"], way.options) if item else None
        yield _way(plan, way, known, reading, home)


def _way(plan: Plan, way: IncomingWay, known: Known | None, reading: Reading, home: Home) -> Way:
    own = {**BLANK, "currency": reading.values["currency"], "extra": known.extra if known else ""}
    if known and plan.rules.empty == "keep":
        own |= {"code": known.code, "availability": known.availability, "quantity": known.quantity}
    cells = {c: cell for c, cell in way.cells.items() if c in COLUMNS and not c.endswith("image_link")}
    read = read_cells(way.row, cells, own, home)
    plan.report.problems += read.problems
    values = read.values
    price, sale = values["price"], values["sale_price"]
    if values["currency"] != own["currency"]:
        plan.report.problems.append(_other_currency(way.row))
        price = sale = None
    if (price, sale) == (reading.values["price"], reading.values["sale_price"]):
        price = sale = None
    return Way(way.options, values["code"], price, sale, values["availability"], values["quantity"], values["extra"])


def _currency(session: Session, feed: Feed, rules: Rules) -> str:
    """Return the currency that a shop without one is to have: the one said, or that most prices name."""
    if read_profile(session).currency:
        return ""
    return rules.currency or _most_named(Counter(feed.column("price")))


def _first_rows(feed: Feed) -> dict[str, tuple[int, Mapping[str, str]]]:
    """Return the row that has each code of several rows: the first with a name, or where none has one the first."""
    counts = Counter(line(cell) for cell in feed.column("id"))
    del counts[""]
    named: dict[str, tuple[int, Mapping[str, str]]] = {}
    first: dict[str, tuple[int, Mapping[str, str]]] = {}
    if max(counts.values(), default=0) > 1:
        for row, cells in feed.rows:
            if counts[code := line(cells.get("id", ""))] > 1:
                first.setdefault(code, (row, cells))
                if line(cells.get("title", "")):
                    named.setdefault(code, (row, cells))
    return first | named


def _most_named(prices: Counter[str]) -> str:
    named: Counter[str] = Counter()
    for cell, count in prices.items():
        with suppress(Invalid):
            named[read_money(cell, "")[1]] += count
    named.pop("", None)
    return named.most_common(1)[0][0] if named else ""


def _other_currency(row: int) -> Problem:
    message = _("Row {row}: the price is not in the currency of its item, so it was left out.")
    return Problem(row, "price", "price_unreadable", message.format(row=formats.number(row)))


def _duplicate(row: int, code: str, first: int, *, named: bool) -> Problem:
    """Tell of a row with the code of another: it is an item without a code, or is refused where it has no name."""
    if named:
        message = _("Row {row}: the code {code} is in row {first} already, so this item is taken without a code.")
    else:
        message = _("Row {row}: the code {code} is in row {first} already, and there is no name to tell the item by.")
    message = message.format(row=formats.number(row), code=formats.ltr(code), first=formats.number(first))
    return Problem(row, "id", "duplicate_code", message, warning=named)


def _repeated(row: int, first: int) -> Problem:
    message = _("Row {row} says the same as row {first}, so it is taken once.")
    message = message.format(row=formats.number(row), first=formats.number(first))
    return Problem(row, "id", "row_repeated", message, warning=True)


def _taken(row: int, code: str) -> Problem:
    message = _("Row {row}: another item has the code {code}, so this one did not get it.")
    message = message.format(row=formats.number(row), code=formats.ltr(code))
    return Problem(row, "id", "code_taken", message, warning=True)


def _nameless(row: int, home: Home) -> Problem:
    message = _("Row {row}: the item has no name. Write one in the column {column}.")
    message = message.format(row=formats.number(row), column=home.called("title"))
    return Problem(row, "title", "name_missing", message)
