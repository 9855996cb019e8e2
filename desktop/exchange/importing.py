"""Bringing items in, whatever they were read from: planned first without writing anything, then carried out at once.

A plan is made from what the shop has and what comes in. It says what would be new, what would change from what to what,
and what is wrong; carrying it out writes exactly that in a few large statements.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy.orm import Session

from desktop.exchange.feed import home_of
from desktop.exchange.feed_cells import BLANK, COLUMNS, LINES, Home, Reading, line, read_cells, read_money
from desktop.exchange.feed_items import Items, Way, options_text
from desktop.exchange.incoming import COLLECTION, Feed
from desktop.exchange.incoming import Way as IncomingWay
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile, update_profile

Tell = Callable[[int, int], None]
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
    currency: str  # of the shop, if it has to be given one
    items: Items
    seen: int  # the last entry of the history when it was made
    report: Report = field(default_factory=Report)
    names: list[tuple[int, str, str]] = field(default_factory=list)  # the row, code and name of what would be new
    changes: list[Change] = field(default_factory=list)


def plan_import(session: Session, feed: Feed, rules: Rules | None = None, tell: Tell | None = None) -> Plan:
    """Return what an import would do, writing nothing. `tell(done, rows)` is told how far it is, and may raise to stop.

    Pictures are kept as addresses; what a row says of them replaces other addresses, never pictures that the shop keeps
    itself. A shop without a currency takes the one that most prices name. Refused are rows without a name for a new
    item, and those with the code of another row: of rows with one code the first with a name counts, whatever the shop
    has, so that a second import changes nothing.
    """
    rules = rules or Rules()
    currency = _new_currency(session, feed, rules)
    home = home_of(session)
    if rules.currency or currency:
        home = replace(home, currency=rules.currency or currency)
    items = Items(session)
    plan = Plan(feed, rules, currency, items, items.seen, Report(problems=list(feed.problems)))
    counts = _first_rows(feed) if rules.match == "code" else {}
    for place, (row, cells) in enumerate(feed.rows):
        if tell and place % AT_ONCE == 0:
            tell(place, len(feed.rows))
        code = line(cells.get("id", ""))
        if code and counts.get(code, row) != row:
            plan.report.problems.append(_duplicate(row, code, counts[code]))
            plan.report.skipped += 1
        else:
            _take(plan, row, cells, home)
    if rules.missing == "hide":
        plan.report.hidden = items.hide_unseen()
    plan.report.problems.sort(key=lambda problem: problem.row)
    return plan


def carry_out(session: Session, plan: Plan) -> Report:
    """Do what was planned, and return what that was. If the shop has changed since, it is planned anew."""
    if plan.items.is_stale(session):
        plan = plan_import(session, plan.feed, plan.rules)
    if plan.currency:
        update_profile(session, None, currency=plan.currency)
        session.flush()
    plan.items.write(session)
    return plan.report


def import_feed(session: Session, feed: Feed, rules: Rules | None = None) -> Report:
    """Plan an import and carry it out."""
    return carry_out(session, plan_import(session, feed, rules))


def _take(plan: Plan, row: int, cells: dict[str, str], home: Home) -> None:
    """Add what one row means to a plan."""
    items, rules, report = plan.items, plan.rules, plan.report
    code, name = line(cells.get("id", "")), line(cells.get("title", ""))
    item = None
    if rules.found != "new":
        item = items.find_by_name(name) if rules.match == "name" else items.find(code, name)
    if item is None and not name:
        report.problems.append(_nameless(row))
        report.skipped += 1
        return
    if item is not None and rules.found == "skip":
        report.unchanged += 1
        return
    if item is None and code and items.has_code(code):
        report.problems.append(_taken(row, code))
        cells = {column: cell for column, cell in cells.items() if column != "id"}
        code = ""
    cells = dict(cells)
    groups = [line(group) for group in cells.pop(COLLECTION, "").splitlines() if group.strip()]
    item_cells = _with_empty(plan.feed, cells) if item is not None and rules.empty == "clear" else cells
    reading = read_cells(row, {c: cell for c, cell in item_cells.items() if cell}, item or BLANK, home)
    values = reading.values | {OWNED[c]: BLANK[OWNED[c]] for c, cell in item_cells.items() if not cell and c in OWNED}
    report.problems += reading.problems
    ways = list(_ways(plan, row, reading, home))
    pictures = [*filter(None, (reading.image,)), *reading.more_images]
    if item is None:
        items.add(values, pictures, ways, groups)
        plan.names.append((row, code, values["name"]))
        report.new += 1
        return
    fields = items.change(item, values)
    if items.show(item["id"], reading.image, reading.more_images):
        fields["pictures"] = (None, ", ".join(pictures))
    if items.sell(item["id"], ways):
        fields["variants"] = (None, ", ".join(options_text(way.options) for way in ways))
    if items.group(item["id"], groups):
        fields["collections"] = (None, ", ".join(groups))
    if fields:
        plan.changes.append(Change(row, item["id"], item["code"], item["name"], fields))
        report.changed += 1
    else:
        report.unchanged += 1


def _with_empty(feed: Feed, cells: Mapping[str, str]) -> dict[str, str]:
    """Return a row with the cells that are empty in it and not in the whole file."""
    return {**dict.fromkeys(feed.columns, ""), **cells}


def _ways(plan: Plan, row: int, reading: Reading, home: Home) -> Iterator[Way]:
    """Read the ways in which the item of a row is sold; what is the item's own price is not said again."""
    for way in plan.feed.ways.get(row, ()):
        yield _way(plan, way, reading, home)


def _way(plan: Plan, way: IncomingWay, reading: Reading, home: Home) -> Way:
    own = {**BLANK, "currency": reading.values["currency"]}
    read = read_cells(way.row, {c: cell for c, cell in way.cells.items() if c in COLUMNS}, own, home)
    plan.report.problems += read.problems
    values = read.values
    same = (values["price"], values["sale_price"]) == (reading.values["price"], reading.values["sale_price"])
    return Way(
        options=dict(way.options),
        code=values["code"],
        price=None if same else values["price"],
        sale_price=None if same else values["sale_price"],
        availability=values["availability"],
        quantity=values["quantity"],
    )


def _first_rows(feed: Feed) -> dict[str, int]:
    """Return the row that counts for each code: the first that names the item, or where none does the first."""
    named: dict[str, int] = {}
    first: dict[str, int] = {}
    for row, cells in feed.rows:
        code = line(cells.get("id", ""))
        first.setdefault(code, row)
        if "title" in cells:
            named.setdefault(code, row)
    return first | named


def _new_currency(session: Session, feed: Feed, rules: Rules) -> str:
    """Return the currency that a shop without one is to have: the one said, or that most prices name."""
    if read_profile(session).currency:
        return ""
    if rules.currency:
        return rules.currency
    named: Counter[str] = Counter()
    for cell, count in Counter(cells.get("price", "") for _row, cells in feed.rows).items():
        with suppress(Invalid):
            named[read_money(cell, "")[1]] += count
    named.pop("", None)
    return named.most_common(1)[0][0] if named else ""


def _duplicate(row: int, code: str, first: int) -> Problem:
    message = _("Row {row}: the code {code} is in row {first} already. Give this item a code of its own.").format(
        row=formats.number(row), code=formats.ltr(code), first=formats.number(first)
    )
    return Problem(row, "id", "duplicate_code", message)


def _taken(row: int, code: str) -> Problem:
    message = _("Row {row}: another item has the code {code}, so the new one came without it.")
    message = message.format(row=formats.number(row), code=formats.ltr(code))
    return Problem(row, "id", "code_taken", message, warning=True)


def _nameless(row: int) -> Problem:
    message = _("Row {row}: the item has no name. Write one in the column {column}.")
    message = message.format(row=formats.number(row), column=formats.ltr("title"))
    return Problem(row, "title", "name_missing", message)
