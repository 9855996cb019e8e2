"""`dukkan bulk SHOP price|hide|… --where …`: one change to many items, as the window makes it, in one action."""

import argparse
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import BAD_DATA, DONE, USAGE, Failure
from desktop.cli.output import put_json, say
from desktop.cli.parsing import Parser, add_json, add_shop
from desktop.cli.shops import opened, reading
from desktop.i18n import N_, _, formats, ngettext

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from desktop.services.reprice import Reprice

Change = Callable[["Session", list[int]], int]


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    kinds = parser.add_subparsers(dest="change", metavar=_("CHANGE"), required=True, parser_class=_Change)
    price = _kind(kinds, "price", _("change prices, by a percentage, by an amount or to one price"))
    how = price.add_mutually_exclusive_group(required=True)
    how.add_argument("--percent", metavar="N", type=_number, help=_("by so many per cent: 10, or -20"))
    how.add_argument("--amount", metavar="N", type=_number, help=_("by so much: 5, or -2.50"))
    how.add_argument("--set", metavar="N", type=_number, help=_("to this price"))
    how.add_argument("--end-sale", action="store_true", help=_("take sale prices away"))
    price.add_argument(
        "--round",
        metavar="STEP",
        default="",
        help=_("half up to a step such as 0.50, to an ending such as .95, or whole"),
    )
    price.add_argument("--sale", action="store_true", help=_("set the sale price, reckoned from the price"))
    price.add_argument("--from", dest="starts", metavar=_("DATE"), help=_("the first day of the sale: 2026-11-20"))
    price.add_argument("--until", dest="ends", metavar=_("DATE"), help=_("the last day of the sale"))
    price.add_argument(
        "--drop-sales", action="store_true", help=_("end a sale whose price is not below the new price; else it stays")
    )
    _kind(kinds, "hide", _("hide items from customers"))
    _kind(kinds, "show", _("let customers see items again"))
    _kind(kinds, "availability", _("say whether items are in stock")).add_argument(
        "state", choices=("in-stock", "out-of-stock"), help=_("what they are")
    )
    collection = _kind(kinds, "collection", _("put items into a collection, which is made if there is none"))
    collection.add_argument("name", metavar=_("NAME"), help=_("the name of the collection"))
    collection.add_argument("--out", action="store_true", help=_("take them out instead"))
    replace = _kind(kinds, "replace", _("find and replace words in names and descriptions"))
    replace.add_argument("find", metavar=_("FIND"), help=_("what to find"))
    replace.add_argument("replacement", metavar=_("REPLACEMENT"), help=_('what to put in its place; "" for nothing'))
    replace.add_argument("--in", dest="field", choices=("name", "description"), help=_("look only there"))
    replace.add_argument("--words", action="store_true", help=_("whole words only"))
    replace.add_argument("--case", action="store_true", help=_("with the same capitals only"))
    replace.add_argument("--alike", action="store_true", help=_("in any spelling, as in the search"))
    _kind(kinds, "delete", _("delete items; undo brings them back"))


def _kind(kinds: Any, name: str, words: str) -> argparse.ArgumentParser:
    """Add a kind of change with its words, and return the parser of its arguments."""
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=words, description=words)
    return parser


class _Change(Parser):
    """The options of one kind of change, with those that every kind has."""

    def __init__(self, prog: str, description: str = "", **options: object) -> None:
        super().__init__(prog, description, **options)
        self.add_argument(
            "--where",
            metavar=_("CONDITION"),
            action="append",
            default=[],
            help=_("only these items: collection=NAME, on-sale, in-stock, code=CODE, search=WORDS…; may be repeated"),
        )
        self.add_argument("--dry-run", action="store_true", help=_("change nothing, only tell what would be changed"))
        add_json(self)


def run(options: argparse.Namespace) -> int:
    """Make the change, or try it, and tell how many items it changed."""
    if options.change == "delete" and not options.where:
        raise Failure(USAGE, _("Say which items to delete with --where; --where all deletes every item."))
    if options.change == "price":
        return _price(options)
    if options.change == "replace":
        return _replace(options)
    title, change, count = _simple(options)
    if options.dry_run:
        with reading(options.shop) as session:
            changed = count(session, _chosen(session, options))
    else:
        with opened(options.shop) as database:
            changed = database.run(title, lambda session: change(session, _chosen(session, options)))
    _tell(options, changed)
    return DONE


def _simple(options: argparse.Namespace) -> tuple[str, Change, Change]:
    """Return the title of an action, what it does to items, and what counts those that it would change."""
    from desktop.services.bulk import count_others, remove, set_fields

    if options.change == "delete":
        return N_("Delete items"), remove, lambda _session, ids: len(ids)
    if options.change == "collection":
        return N_("Change collections"), *_collect(options.name, options.out)
    titles = {"hide": N_("Hide items"), "show": N_("Show items"), "availability": N_("Change availability")}
    fields: dict[str, Any] = {"hidden": options.change == "hide"}
    if options.change == "availability":
        fields = {"availability": options.state.replace("-", " ")}

    def change(session: "Session", ids: list[int]) -> int:
        return set_fields(session, ids, **fields)

    def count(session: "Session", ids: list[int]) -> int:
        return count_others(session, ids, **fields)

    return titles[options.change], change, count


def _collect(name: str, out: bool) -> tuple[Change, Change]:
    """Return what puts items into a collection, or takes them out, and what counts those that would move."""
    from desktop.services import bulk
    from desktop.services.collections import check_name, collection_named, find_collection
    from desktop.services.errors import NotFound

    def move(session: "Session", ids: list[int]) -> int:
        if not ids:
            return 0
        return (bulk.take_out if out else bulk.put_into)(session, ids, collection_named(session, name))

    def count(session: "Session", ids: list[int]) -> int:
        if not ids:
            return 0
        try:
            inside = bulk.count_inside(session, ids, find_collection(session, name))
        except NotFound:
            check_name(session, name)
            inside = 0
        return inside if out else len(ids) - inside

    return move, count


def _chosen(session: "Session", options: argparse.Namespace) -> list[int]:
    from desktop.services.profile import read_profile
    from desktop.services.where import Search, find

    formats.configure(territory=read_profile(session).territory)
    return find(session, Search(terms=tuple(options.where)))


def _price(options: argparse.Namespace) -> int:
    from desktop.services.reprice import REASONS, preview, reprice, sample

    with reading(options.shop) as session:
        rule = _rule(options, session)
        if options.dry_run:
            ids = _chosen(session, options)
            done = preview(session, ids, rule)
            changes = sample(session, done.ids, rule)
    more: dict[str, Any] = {}
    if options.dry_run:
        column = "sale_price" if options.sale or options.end_sale else "price"
        items = []
        for change in changes:
            texts = [
                None if (minor := getattr(prices, column)) is None else formats.decimal_text(minor, change.currency)
                for prices in (change.before, change.after)
            ]
            items.append({"code": change.code, "name": change.name, "before": texts[0], "after": texts[1]})
        coded = [item for item in items if item["code"]]
        more = {side: {item["code"]: item[side] for item in coded} for side in ("before", "after")} | {"items": items}
    else:
        with opened(options.shop) as database:
            done = database.run(N_("Change prices"), lambda session: reprice(session, _chosen(session, options), rule))
    _tell(options, done.changed, done.skipped, REASONS, **more)
    return DONE


def _rule(options: argparse.Namespace, session: "Session") -> "Reprice":
    """Return what the options say of prices. Raises Invalid."""
    from desktop.services.hours import shop_zone
    from desktop.services.profile import read_profile
    from desktop.services.reprice import Kind, Reprice
    from desktop.services.rounding import EXACT, read_rounding
    from desktop.services.sale import first_moment, last_moment

    if (options.starts or options.ends) and not options.sale:
        raise Failure(USAGE, _("--from and --until are days of a sale: add --sale."))
    values: dict[Kind, Decimal | None] = {"percent": options.percent, "amount": options.amount, "set": options.set}
    kind, value = next(((kind, value) for kind, value in values.items() if value is not None), ("end", Decimal(0)))
    starts, ends, shop = _day(options.starts), _day(options.ends), shop_zone(read_profile(session).time_zone)
    rule = Reprice(
        kind,
        value or Decimal(0),
        read_rounding(options.round) if options.round else EXACT,
        "sale_price" if options.sale else "price",
        first_moment(starts, shop) if starts else None,
        last_moment(ends, shop) if ends else None,
        options.drop_sales,
    )
    rule.check()
    return rule


def _day(day: str | None) -> "dt.date | None":
    import datetime as dt

    try:
        return dt.date.fromisoformat(day) if day else None
    except ValueError as error:
        message = _("{text} is no day. Write it like 2026-11-20.")
        raise Failure(BAD_DATA, message.format(text=formats.ltr(str(day)))) from error


def _replace(options: argparse.Namespace) -> int:
    from desktop.services.rewrite import FIELDS, REASONS, Rewrite, preview, rewrite, sample

    rule = Rewrite(
        options.find,
        options.replacement,
        (options.field,) if options.field else FIELDS,
        options.words,
        options.case,
        options.alike,
    )
    more: dict[str, Any] = {}
    if options.dry_run:
        with reading(options.shop) as session:
            done = preview(session, _chosen(session, options), rule)
            changes = sample(session, done.places, rule)
        names = ("item", "language", "field", "before", "after")
        more = {"items": [{name: getattr(change, name) for name in names} for change in changes]}
    else:
        with opened(options.shop) as database:
            done = database.run(N_("Replace words"), lambda session: rewrite(session, _chosen(session, options), rule))
    _tell(options, done.changed, done.skipped, REASONS, **more)
    return DONE


def _tell(
    options: argparse.Namespace,
    changed: int,
    skipped: Mapping[Any, int] = MappingProxyType({}),
    reasons: Mapping[Any, str] = MappingProxyType({}),
    **more: Any,
) -> None:
    """Say what was done and what stays as it is, or write it as JSON."""
    if options.json:
        put_json({"changed": changed, "dry_run": options.dry_run, "skipped": dict(skipped), **more})
        return
    for reason, count in skipped.items():
        sentence = ngettext("{n} item stays as it is: {reason}", "{n} items stay as they are: {reason}", count)
        say(sentence.format(n=formats.number(count), reason=_(reasons[reason])))
    if options.dry_run:
        sentence = ngettext("{n} item would be changed", "{n} items would be changed", changed)
    else:
        sentence = ngettext("{n} item changed", "{n} items changed", changed)
    say(sentence.format(n=formats.number(changed)))


def _number(text: str) -> Decimal:
    from desktop.i18n.numbers import parse_decimal

    try:
        return parse_decimal(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("a number is wanted, like 10 or -2.50")) from error
