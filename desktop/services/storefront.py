"""The catalog as customers see it on their phones: what is shown, in what order, and at which price at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Picture, Product, Profile
from desktop.i18n import _, formats, speaking
from desktop.services.catalog import AVAILABILITIES, first_picture, shop_currency
from desktop.services.limits import limit
from desktop.services.marks import plain
from desktop.services.profile import read_profile
from desktop.services.share import customers_language, order_text
from desktop.services.where import on_sale

FIRST = 3  # items of a collection that the catalog shows before "See all"
SHELVES = 100  # collections that are shown: nobody scrolls past them
LINE = 120  # characters of a description that may be on a row


@dataclass(frozen=True)
class Article:
    """An item in a list, in the words of the shop's language; `price` is what it costs now, `old_price` is struck."""

    id: int
    name: str
    line: str
    price: str
    old_price: str
    available: bool
    picture: str | None  # the digest of a blob


@dataclass(frozen=True)
class Shelf:
    """A collection with items that customers see; `collection` is None for all items of the shop."""

    collection: int | None
    name: str
    articles: tuple[Article, ...]
    more: bool = False  # than are in `articles`


@dataclass(frozen=True)
class Front:
    """The first screen of the catalog: the shop, its collections, and all items last."""

    name: str
    about: str
    logo: str | None
    cover: str | None
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True)
class Detail:
    """One item, opened: its pictures in their order, its description as typed, and the owner's own link to it."""

    article: Article
    description: str
    pictures: tuple[str, ...]
    link: str
    order: str  # what a customer who writes about it has ready to send
    hidden: bool


def read_front(session: Session) -> Front:
    """Return the first screen. Hidden items, and collections without any other, are not on it."""
    profile = read_profile(session)
    names = select(Collection.id, Collection.name).where(
        exists()
        .where(CollectionItem.collection_id == Collection.id, CollectionItem.product_id == Product.id)
        .where(Product.hidden.is_(False))
    )
    groups = session.execute(names.order_by(Collection.position, Collection.id).limit(SHELVES)).all()
    shelves = [_shelf(session, profile, id, name, FIRST) for id, name in groups]
    if all_items := _shelf(session, profile, None, all_items_name(profile), limit("catalog.items")):
        shelves.append(all_items)
    about = profile.about or profile.description.partition("\n")[0]
    return Front(profile.name, about, profile.logo, profile.cover, tuple(filter(None, shelves)))


def read_shelf(session: Session, collection: int | None) -> Shelf | None:
    """Return a collection as it is opened, up to as many items as the phone takes; None if there is nothing in it."""
    profile = read_profile(session)
    if collection is None:
        name: str | None = all_items_name(profile)
    else:
        name = session.scalar(select(Collection.name).where(Collection.id == collection))
    return None if name is None else _shelf(session, profile, collection, name, limit("catalog.items"))


def read_detail(session: Session, product_id: int) -> Detail | None:
    """Return an item as it is opened, also a hidden one (which says so); None if there is no such item."""
    profile = read_profile(session)
    found = _articles(session, profile, _chosen().where(Product.id == product_id))
    if not found:
        return None
    product = session.get_one(Product, product_id)
    pictures = (
        select(Picture.sha256)
        .where(Picture.product_id == product_id, Picture.sha256.is_not(None))
        .order_by(Picture.position, Picture.id)
        .limit(limit("catalog.pictures"))
    )
    here = tuple(digest for digest in session.scalars(pictures) if digest)
    return Detail(found[0], product.description, here, product.link, order_text(product, profile), product.hidden)


def all_items_name(profile: Profile) -> str:
    """Return what the phone calls the list of everything, in the language of the customers."""
    with speaking(customers_language(profile)):
        # TRANSLATORS: on a customer's phone, above everything in the catalog.
        return _("All items")


def _shelf(session: Session, profile: Profile, collection: int | None, name: str, most: int) -> Shelf | None:
    query = _chosen().where(Product.hidden.is_(False)).limit(most + 1)
    if collection is None:
        query = query.order_by(Product.position, Product.id)
    else:
        place = (CollectionItem.product_id == Product.id) & (CollectionItem.collection_id == collection)
        query = query.join(CollectionItem, place).order_by(CollectionItem.position, CollectionItem.id)
    found = _articles(session, profile, query)
    return Shelf(collection, name, tuple(found[:most]), len(found) > most) if found else None


_Chosen = Select[int, str, str, int | None, int | None, str, str, str | None]


def _chosen() -> _Chosen:
    sale = case((on_sale(), Product.sale_price))
    description = func.substr(Product.description, 1, LINE)
    columns = (Product.id, Product.name, description, Product.price, sale, Product.currency)
    return select(*columns, Product.availability, first_picture())


def _articles(session: Session, profile: Profile, query: _Chosen) -> Sequence[Article]:
    shop = shop_currency(session)
    found = []
    with speaking(customers_language(profile)):
        for id, name, description, price, sale, own, availability, picture in session.execute(query):
            now, before = (price, None) if sale is None else (sale, price)
            currency = own or shop
            price_text, before_text = (
                "" if minor is None else formats.money(minor, currency) for minor in (now, before)
            )
            line = " ".join(plain(description).split())
            here = availability == AVAILABILITIES[0]
            found.append(Article(id, name, line, price_text, before_text, here, picture))
    return found
