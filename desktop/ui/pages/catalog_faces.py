"""What the cards of the catalog say."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.i18n import _, formats
from desktop.services.catalog import Card, cards
from desktop.ui.widgets.card_grid import Face


def load_faces(session: Session, ids: Sequence[int]) -> dict[int, Face]:
    """Return the faces of those of `ids` that still exist."""
    return {card.id: face_of(card) for card in cards(session, ids)}


def face_of(card: Card) -> Face:
    """Return what a card says of an item."""
    badges = []
    if card.hidden:
        badges.append(_("Hidden"))
    if not card.available:
        badges.append(_("Out of stock"))
    price = "" if card.price is None else formats.money(card.price, card.currency)
    sale = "" if card.sale_price is None else formats.money(card.sale_price, card.currency)
    return Face(card.name, sale or price, price if sale else "", card.code, tuple(badges), card.picture, card.hidden)
