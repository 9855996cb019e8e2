"""Finding anything in the shop by one line of typing: items, replies and customers at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer, Order, Reply
from desktop.data.search import find_first, fold, meanings, needs_scan
from desktop.i18n import formats
from desktop.services.catalog import Card, cards, find_products
from desktop.services.customers import PEOPLE, find_customers, read_customers
from desktop.services.due import Due, find_titled
from desktop.services.order_list import Face, faces, find_orders
from desktop.services.price_question import asked_for
from desktop.services.replies import find_replies, is_open_now, most_used

ITEMS, REPLIES, CUSTOMERS, ORDERS, FOLLOW_UPS = 8, 5, 5, 4, 3
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Found:
    """The best few of each kind, the best first."""

    items: Sequence[Card] = ()
    replies: Sequence[Reply] = ()
    customers: Sequence[Customer] = ()
    orders: Sequence[Face] = ()
    follow_ups: Sequence[Due] = ()
    asked: str = ""  # what the items are called by where they are found because their price is asked for


def find_everything(session: Session, typed: str) -> Found:
    """Return what `typed` means; after a / only replies, as on the phone, and for nothing the replies used most.

    "Price of …" means the item. Replies that are meant for while the shop is open, or closed, come first while it is
    so, and last else.
    """
    typed = typed.strip()
    if not typed:
        return Found(replies=most_used(session, REPLIES, is_open_now(session)))
    if typed.startswith("/"):
        return Found(replies=find_replies(session, typed, ITEMS + REPLIES, is_open_now(session)))
    items, asked = _items(session, typed)
    return Found(
        cards(session, items),
        find_replies(session, typed, REPLIES, is_open_now(session)),
        read_customers(session, find_customers(session, typed, limit=CUSTOMERS)),
        _orders(session, typed),
        find_titled(session, typed, FOLLOW_UPS),
        asked,
    )


def find_at_once(session: Session, typed: str) -> Found:
    """Return what of `find_everything` takes a few ms in the largest shop: of items, only what an index has first."""
    typed = typed.strip()
    letters = not any(char.isdecimal() for char in typed)  # a number may be a price: that is looked for in every row
    items = find_first(session, typed, ITEMS) if letters and needs_scan(typed) else None
    return Found(
        cards(session, items or []),
        find_replies(session, typed, REPLIES, is_open_now(session)),
        read_customers(session, find_first(session, typed, CUSTOMERS, PEOPLE) or []),
        _orders(session, typed),
    )


def _items(session: Session, typed: str) -> tuple[list[int], str]:
    """Return the items that hold what is typed, then those whose price it asks for, and what it calls these."""
    found = find_products(session, typed, ITEMS)
    for name in asked_for(typed):
        if meant := find_products(session, name, ITEMS):
            return list(dict.fromkeys((*found, *meant)))[:ITEMS], name
    return found, ""


def _orders(session: Session, typed: str) -> list[Face]:
    if session.scalar(select(Order.id).limit(1)) is None:  # many shops take none, and this is asked at every key
        return []
    return faces(session, find_orders(session, typed, limit=ORDERS), formats.now())


def fitting(typed: str, names: Sequence[str]) -> list[int]:
    """Return the places of those `names` that hold every word of `typed`, folded; the very name comes first."""
    folded = [_folded(name) for name in names]
    for meant in map(fold, meanings(typed)):
        found = [place for place, name in enumerate(folded) if all(word in name for word in meant.split())]
        if found:
            return sorted(found, key=lambda place: folded[place] != meant)
    return []


def matched(typed: str, name: str) -> list[tuple[int, int]]:
    """Return where in `name` the words are that hold one of `typed`, as (start, end): what a list shows in bold."""
    looked_for = fold(typed).split()
    found = []
    for word in WORD.finditer(name):
        folded = _folded(word[0])
        if any(one in folded for one in looked_for):
            found.append(word.span())
    return found


@lru_cache(4096)
def _folded(name: str) -> str:
    """Fold a name that is folded at every key that is typed: half of the time a search takes otherwise."""
    return fold(name)
