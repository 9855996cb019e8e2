"""Which items are meant: conditions as one writes them, such as `on-sale` or `collection=Bags`; and in which order.

The one vocabulary of the chips in the window, of saved searches, of changes to many items and of the command line.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from desktop.data.lengths import longer, octet_length
from desktop.data.models import Blob, Collection, CollectionItem, Picture, Product, ProductText, now
from desktop.data.search import find_first as search_first
from desktop.data.search import find_ids
from desktop.i18n import N_, _, formats
from desktop.services.catalog import AVAILABILITIES
from desktop.services.collections import list_collections
from desktop.services.editing import code_of
from desktop.services.errors import Invalid
from desktop.services.limits import limit as limit_of
from desktop.services.terms import Condition, Terms, pick, split, words
from desktop.services.terms import Search as Search  # whoever asks where items are finds it here

YEAR = 365 * 24 * 60 * 60  # seconds


SORTS = ("", "name", "price", "price-down", "newest", "changed")  # "" is the owner's own order, or the best first


def on_sale() -> Condition:
    """Return the condition that an item is sold below its price at this moment."""
    moment = now()
    return and_(
        Product.sale_price.is_not(None),
        or_(Product.sale_starts.is_(None), Product.sale_starts <= moment),
        or_(Product.sale_ends.is_(None), Product.sale_ends > moment),
    )


def order_of(sort: str) -> tuple[SQLColumnExpression[Any], ...]:
    """Return what to order by for one of SORTS; nothing for ""."""
    price = case((on_sale(), Product.sale_price), else_=Product.price)  # what a card says at this moment
    orders: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
        "": (),
        "name": (Product.sort_key, Product.id),
        "price": (price.is_(None), price, Product.sort_key, Product.id),
        "price-down": (price.is_(None), price.desc(), Product.sort_key, Product.id),
        "newest": (Product.id.desc(),),  # ids only grow
        "changed": (Product.changed_at.desc(), Product.id.desc()),
    }
    return orders[sort]


def sale_not_below() -> Condition:
    """Return the condition that an item has a sale price that is none: not below its price, or without one."""
    return and_(Product.sale_price.is_not(None), or_(Product.price.is_(None), Product.sale_price >= Product.price))


def small_picture() -> Condition:
    """Return the condition that the first picture kept of an item has a side shorter than Meta's shop takes."""
    least = limit_of("feed.image_side_at_least")
    first = (
        select(or_(Blob.width < least, Blob.height < least))
        .join(Picture, Picture.sha256 == Blob.sha256)
        .where(Picture.product_id == Product.id)
        .order_by(Picture.position, Picture.id)
        .limit(1)
    )
    return first.scalar_subquery().is_(True)


def _shared_code() -> Condition:
    codes = select(aliased(Product).code.label("code")).subquery()
    shared = select(codes.c.code).where(codes.c.code != "").group_by(codes.c.code).having(func.count() > 1)
    return Product.code.in_(shared)


def _shared_name() -> Condition:
    """By what names are sorted by: the same letters in any spelling. It has an index."""
    names = select(aliased(Product).sort_key.label("name")).subquery()
    return Product.sort_key.in_(select(names.c.name).group_by(names.c.name).having(func.count() > 1))


def _many_pictures() -> Condition:
    """More than the one that a card shows and the further ones that Meta takes."""
    count = select(func.count()).where(Picture.product_id == Product.id).scalar_subquery()
    return count > 1 + limit_of("feed.additional_images")


def _other_format() -> Condition:
    """The first picture is neither JPEG nor PNG: by what is kept of it, else by the end of its address."""
    endings = (func.lower(Picture.url).like(f"%.{ending}") for ending in ("webp", "gif", "svg", "bmp", "avif", "heic"))
    kept = Blob.format.not_in(("jpeg", "png"))
    first = (
        select(or_(kept, and_(Picture.sha256.is_(None), or_(*endings))))
        .select_from(Picture)
        .outerjoin(Blob, Picture.sha256 == Blob.sha256)
        .where(Picture.product_id == Product.id)
        .order_by(Picture.position, Picture.id)
        .limit(1)
    )
    return first.scalar_subquery().is_(True)


def _capitals() -> Condition:
    """Texts in ASCII: letters without capitals, as those of Arabic, do not shout, and SQL may know no others."""
    text = Product.description
    return and_(text == func.upper(text), text != func.lower(text), octet_length(text) == func.length(text))


def _link_in_text() -> Condition:
    return or_(Product.description.contains("http://"), Product.description.contains("https://"))


def _link_of_meta() -> Condition:
    """The link leads to Facebook or Instagram; only there is something of such a name between // and /."""
    link = func.lower(Product.link)
    sites = ("facebook.com", "fb.com", "fb.me", "instagram.com")
    hosts = [f"{front}{site}" for site in sites for front in ("", "www.", "m.", "web.")]
    starts = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    return or_(link.in_(starts), *(link.like(f"{start}/%") for start in starts))


def _too_long() -> Condition:
    name, description = limit_of("catalog.name"), limit_of("catalog.description")
    return or_(longer(Product.name, name), longer(Product.description, description))


def _untranslated(session: Session) -> Condition:
    """Missing is a name in any language that another item has one in; a shop of one language misses nothing."""
    languages = session.scalars(select(ProductText.language).where(ProductText.name != "").distinct()).all()
    named = (ProductText.product_id == Product.id, ProductText.name != "")
    return or_(false(), *(~exists().where(*named, ProductText.language == language) for language in languages))


def _in_collection(session: Session, name: str) -> Condition:
    return _placed(_collection(session, name))


def _collection(session: Session, name: str) -> int:
    """Return the id of the collection that a term names. Raises Invalid("where"), saying which there are."""
    return pick(_collections(session), name, _("There is no collection called {name}."))


def _collections(session: Session) -> list[tuple[int, str]]:
    query = select(Collection.id, Collection.name).order_by(Collection.position, Collection.id)
    return [(number, name) for number, name in session.execute(query)]


def month(first: dt.date) -> tuple[int, int]:
    """Return when the month of this first day begins on the shop's clock, and when the next one does, in seconds."""
    after = (first + dt.timedelta(days=31)).replace(day=1)
    here = formats.now().tzinfo
    begins, ends = (dt.datetime.combine(day, dt.time(), here).timestamp() for day in (first, after))
    return int(begins), int(ends)


def _added(_session: Session, value: str) -> Condition:
    try:
        begins, ends = month(dt.date.fromisoformat(f"{value}-01"))
    except (ValueError, OverflowError) as error:
        sentence = _("A month looks like {example}.")
        raise Invalid("where", sentence.format(example=formats.ltr("2026-11"))) from error
    return and_(Product.created_at >= begins, Product.created_at < ends)


def _own_order(session: Session, terms: Sequence[str]) -> tuple[SQLColumnExpression[Any], ...]:
    """Return the order of the one collection among `terms`; nothing where there is none, or several."""
    groups = [value for name, value in map(split, terms) if name == ANY]
    if len(groups) != 1:
        return ()
    group = _collection(session, groups[0])
    here = (CollectionItem.product_id == Product.id, CollectionItem.collection_id == group)
    columns = (CollectionItem.position, CollectionItem.id)
    return tuple(select(column).where(*here).scalar_subquery() for column in columns)


def _placed(collection: int) -> Condition:
    return exists().where(CollectionItem.product_id == Product.id, CollectionItem.collection_id == collection)


WORDS: dict[str, Callable[[Session], Condition]] = {  # what stands alone
    "all": lambda _session: true(),
    "hidden": lambda _session: Product.hidden.is_(True),
    "shown": lambda _session: Product.hidden.is_(False),
    "on-sale": lambda _session: on_sale(),
    "sale-ended": lambda _session: and_(Product.sale_price.is_not(None), Product.sale_ends <= now()),
    "sale-not-below": lambda _session: sale_not_below(),
    "in-stock": lambda _session: Product.availability == AVAILABILITIES[0],
    "out-of-stock": lambda _session: Product.availability != AVAILABILITIES[0],
    "no-picture": lambda _session: ~exists().where(Picture.product_id == Product.id),
    "small-picture": lambda _session: small_picture(),
    "no-price": lambda _session: Product.price.is_(None),
    "duplicate-code": lambda _session: _shared_code(),
    "duplicate-name": lambda _session: _shared_name(),
    "long-text": lambda _session: _too_long(),
    "long-code": lambda _session: longer(Product.code, limit_of("feed.id")),
    "same-text": lambda _session: and_(Product.description != "", Product.description == Product.name),
    "capitals": lambda _session: _capitals(),
    "link-in-text": lambda _session: _link_in_text(),
    "meta-link": lambda _session: _link_of_meta(),
    "picture-format": lambda _session: _other_format(),
    "many-pictures": lambda _session: _many_pictures(),
    "no-translation": _untranslated,
    "no-brand": lambda _session: Product.brand == "",
    "no-description": lambda _session: Product.description == "",
    "no-code": lambda _session: Product.code == "",
    "no-link": lambda _session: Product.link == "",
    "unchanged-year": lambda _session: Product.changed_at < now() - YEAR,
}
VALUES: dict[str, Callable[[Session, str], Condition]] = {  # what takes a value after =
    "collection": _in_collection,  # its name, or # and its id
    "code": lambda _session, code: Product.code.in_((code, code_of(code))),
    "added": _added,  # a month: 2026-11
}
ANY = "collection"  # of several of these one is enough
TERMS = Terms(WORDS, VALUES, ANY, N_("{term} chooses no items. What does: {known}"))


def find(session: Session, search: Search, limit: int | None = None) -> list[int]:
    """Return the ids of the items that are meant, in the order asked for, else in the owner's (or a collection's).

    With words typed and no order asked for the best come first. Raises Invalid("where") as `conditions` does.
    """
    typed, terms = words(search)
    meant = conditions(session, terms)
    order = order_of(search.sort) or (() if typed else _own_order(session, terms))
    return find_ids(session, typed, limit, *meant, order=order)


def find_first(session: Session, search: Search, limit: int) -> list[int] | None:
    """Return the first ids of `find`, or None if even those might take a look at every item: then ask in a job."""
    typed, terms = words(search)
    if terms or (search.sort and (typed or search.sort.startswith("price"))):
        return None
    if search.sort:
        return find_ids(session, "", limit, order=order_of(search.sort))
    return search_first(session, typed, limit)


def conditions(session: Session, terms: Sequence[str]) -> list[Condition]:
    """Return what `terms` ask of a Product. Of several collections one is enough; everything else must hold at once.

    Raises Invalid("where") for a term that means nothing, saying which there are.
    """
    return TERMS.conditions(session, terms)


def collection_terms(session: Session) -> dict[str, str]:
    """Return the term of every collection and the collection's name, in the owner's order."""
    return {f"{ANY}=#{number}": name for number, name in _collections(session)}


def count_terms(session: Session, terms: Iterable[str]) -> dict[str, int]:
    """Return how many items meet each term by itself: one pass over the items, one over the collections.

    That takes 0.3 s at 100,000 items: it is not for the window's thread.
    """
    terms = list(dict.fromkeys(terms))
    placed = {f"{ANY}=#{group.id}": group.items for group in list_collections(session)}
    asked = [term for term in terms if term not in placed]
    return {term: placed.get(term, 0) for term in terms} | TERMS.count(session, Product, asked)
