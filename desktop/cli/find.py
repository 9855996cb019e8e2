"""`dukkan find SHOP catalog|replies|customers QUERY --where …`: the same search as in the window."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE
from desktop.cli.output import put, put_json
from desktop.cli.parsing import add_json, add_shop, count
from desktop.cli.shops import reading
from desktop.i18n import _, formats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOREIGN = {"catalog": ("contact", "contact-old"), "customers": ("price", "price-down")}  # orders of the other only


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("where", choices=("catalog", "replies", "customers"), help=_("where to look"))
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", help=_("words, in any spelling, a price or a phone number")
    )
    parser.add_argument(
        "--where",
        dest="terms",
        metavar=_("CONDITION"),
        action="append",
        default=[],
        help=_(
            "only these items: collection=NAME, on-sale, no-picture, duplicate-code…; "
            "or these customers: label=NAME, consent, stopped, due, quiet-30…; may be repeated"
        ),
    )
    parser.add_argument(
        "--sort",
        choices=("name", "price", "price-down", "newest", "changed", "contact", "contact-old"),
        default="",
        help=_("the order of items (the owner's own, or the best first) or of customers (by name, or the best first)"),
    )
    parser.add_argument("--limit", metavar="N", type=count, help=_("stop after so many"))
    add_json(parser)
    parser.set_defaults(parser=parser)
    parser.usage = parser.format_usage().removeprefix(_("usage: "))  # else argparse cuts off as much as in English
    parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]  # words may follow options


def run(options: argparse.Namespace) -> int:
    """Print what is found, the best first: with --json objects, else lines of code, name and price or text."""
    query = " ".join(options.query)
    narrowed = bool(options.terms or options.sort)
    if options.where == "replies" and narrowed:
        options.parser.error(_("conditions and orders are for the catalog and the customers only"))
    if options.sort in FOREIGN.get(options.where, ()):
        options.parser.error(_("{order} is no order of these").format(order=options.sort))
    if not (options.query or narrowed):
        options.parser.error(_("say what to look for: QUERY, or --where CONDITION"))
    with reading(options.shop) as session:
        if options.where == "catalog":
            found = _items(session, query, options)
        elif options.where == "customers":
            found = _customers(session, query, options)
        else:
            found = _replies(session, query, options.limit)
    if options.json:
        put_json(found)
    else:
        for each in found:
            price = f"{each['price']} {each['currency']}" if each.get("price") else ""
            put("\t".join((each.get("code") or each.get("phone", ""), each["name"], _rest(each, price))))
    return DONE


def _items(session: "Session", query: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    from desktop.services.catalog import cards
    from desktop.services.where import Search, find

    search = Search(query, tuple(options.terms), options.sort)

    def price(minor: int | None, currency: str) -> str | None:
        return None if minor is None else formats.decimal_text(minor, currency)

    return [
        {
            "id": card.id,
            "code": card.code,
            "name": card.name,
            "price": price(card.price, card.currency),
            "sale_price": price(card.sale_price, card.currency),
            "currency": card.currency,
            "hidden": card.hidden,
            "available": card.available,
        }
        for card in cards(session, find(session, search, options.limit))
    ]


def _rest(found: dict[str, Any], price: str) -> str:
    labels: list[str] = found.get("labels", [])
    return ", ".join(labels) if "labels" in found else found.get("text", price)


def _customers(session: "Session", query: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Moments are whole seconds since 1970, UTC."""
    from desktop.services.customers import read_people
    from desktop.services.terms import Search
    from desktop.services.who import find

    sort = "" if options.sort == "name" else options.sort
    return [
        {
            "id": person.id,
            "name": person.name,
            "phone": person.phone,
            "username": person.username,
            "company": person.company,
            "labels": [name for name, _colour in person.labels],
            "consent": person.consent,
            "stopped": person.stopped,
            "last_contact": person.last_contact_at,
        }
        for person in read_people(session, find(session, Search(query, tuple(options.terms), sort), options.limit))
    ]


def _replies(session: "Session", query: str, limit: int | None) -> list[dict[str, Any]]:
    """A reply's code is its shortcut, and its name the same as on the phone, with the slash."""
    from desktop.services.replies import find_replies

    return [
        {"id": reply.id, "code": reply.shortcut, "name": f"/{reply.shortcut}", "text": reply.text}
        for reply in find_replies(session, query)[:limit]
    ]
