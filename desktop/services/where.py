"""Which items are meant: conditions as one writes them on the command line, such as `on-sale` or `collection=Bags`."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlalchemy.orm import Session

from desktop.data.models import CollectionItem, Picture, Product, now
from desktop.data.search import find_ids, fold
from desktop.i18n import _, formats
from desktop.services.catalog import AVAILABILITIES
from desktop.services.collections import list_collections
from desktop.services.errors import Invalid

Conditions = ColumnElement[bool]


def on_sale() -> Conditions:
    """Return the condition that an item is sold below its price at this moment."""
    moment = now()
    return and_(
        Product.sale_price.is_not(None),
        or_(Product.sale_starts.is_(None), Product.sale_starts <= moment),
        or_(Product.sale_ends.is_(None), Product.sale_ends > moment),
    )


def _in_collection(session: Session, name: str) -> Conditions:
    groups = list_collections(session)
    group = next((group for group in groups if fold(group.name) == fold(name)), None)
    if group is None:
        known = formats.listing(group.name for group in groups)
        sentence = _("There is no collection called {name}.").format(name=formats.auto(name))
        if known:
            sentence = _("{sentence} There are: {names}").format(sentence=sentence, names=known)
        raise Invalid("where", sentence)
    return exists().where(CollectionItem.product_id == Product.id, CollectionItem.collection_id == group.id)


WORDS: dict[str, Callable[[], Conditions]] = {  # what stands alone
    "all": true,
    "hidden": lambda: Product.hidden.is_(True),
    "shown": lambda: Product.hidden.is_(False),
    "on-sale": on_sale,
    "in-stock": lambda: Product.availability == AVAILABILITIES[0],
    "out-of-stock": lambda: Product.availability != AVAILABILITIES[0],
    "no-price": lambda: Product.price.is_(None),
    "no-picture": lambda: ~exists().where(Picture.product_id == Product.id),
}
VALUES: dict[str, Callable[[Session, str], Conditions]] = {  # what takes a value after =
    "collection": _in_collection,
    "code": lambda _session, code: Product.code == code,
}
SEARCH = "search"  # words, in any spelling


def find_where(session: Session, terms: Sequence[str], *more: Conditions) -> list[int]:
    """Return the ids of the items that meet every one of `terms` (and of `more`), in the owner's order.

    Without terms these are all items; after `search=…` the best come first. Raises Invalid("where") for a term that
    means nothing, saying which there are.
    """
    conditions, searched = list(more), []
    for term in terms:
        name, equals, value = term.strip().partition("=")
        name, value = name.strip().lower(), value.strip()
        if name == SEARCH and value:
            searched.append(value)
        elif name in VALUES and value:
            conditions.append(VALUES[name](session, value))
        elif name in WORDS and not equals:
            conditions.append(WORDS[name]())
        else:
            known = ", ".join([*WORDS, *(f"{key}=…" for key in (*VALUES, SEARCH))])
            sentence = _("{term} chooses no items. What does: {known}")
            raise Invalid("where", sentence.format(term=formats.ltr(term), known=formats.ltr(known)))
    return find_ids(session, " ".join(searched), None, *conditions)
