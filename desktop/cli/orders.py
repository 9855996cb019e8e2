"""`dukkan orders SHOP [--day DATE] [--state S] [--find WORDS] --json`: the orders, as the window lists them."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE
from desktop.cli.output import plain, put, put_json
from desktop.cli.parsing import add_json, add_shop, day
from desktop.cli.shops import reading
from desktop.i18n import _, formats

if TYPE_CHECKING:
    from desktop.data.models import OrderLine
    from desktop.services.order_list import Face

STATES = ("new", "pending", "paid", "done", "cancelled")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("--day", metavar="DATE", type=day, help=_("only those due on 2026-12-31, by the shop's clock"))
    parser.add_argument("--state", choices=STATES, default="", help=_("only those that are so far"))
    parser.add_argument("--find", metavar="WORDS", default="", help=_("only those with these words, or this number"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the orders, those that are due first at the top: with --json objects, else a line for each.

    Amounts are decimal strings, `due` is ISO 8601 with the shop's zone, or null.
    """
    from desktop.services.order_lines import lines_of
    from desktop.services.order_list import list_orders
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        profile = read_profile(session)
        formats.configure(territory=profile.territory, zone=profile.time_zone)
        found = list_orders(session, options.find, options.state, options.day)
        lines = lines_of(session, [face.id for face in found])
        described = [_described(face, lines[face.id]) for face in found] if options.json else []
    if options.json:
        put_json(described)
    for face in found if not options.json else ():
        due = face.due.strftime("%Y-%m-%d %H:%M") if face.due else ""
        total = f"{formats.decimal_text(face.total, face.currency)} {face.currency}"
        put("\t".join((str(face.number), due, face.state, face.name, plain(face.things), total)))
    return DONE


def _described(face: "Face", lines: "list[OrderLine]") -> dict[str, Any]:
    def money(minor: int) -> str:
        return formats.decimal_text(minor, face.currency)

    return {
        "id": face.id,
        "number": face.number,
        "state": face.state,
        "name": face.name,
        "phone": face.phone,
        "due": face.due.isoformat() if face.due else None,
        "way": face.way,
        "total": money(face.total),
        "left": money(face.left),
        "currency": face.currency,
        "lines": [
            {
                "code": line.code,
                "name": line.name,
                "quantity": line.quantity,
                "price": None if line.price is None else money(line.price),
                "note": line.note,
            }
            for line in lines
        ],
    }
