"""Collections: the named groups of items that a catalog shows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.many import among
from desktop.data.models import Collection, CollectionItem, Picture, Product
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import _, colours, formats
from desktop.services import bulk
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid, NotFound
from desktop.services.order import move_rows

if TYPE_CHECKING:  # it needs Qt, which only those who make pictures load
    from desktop.data.images import Image

COVERS = 60  # pictures of its items that a collection is offered for its cover


class Group(NamedTuple):
    """A collection as lists show it; `colour` is one of the label colours, `cover` the digest of a picture."""

    id: int
    name: str
    items: int
    colour: int
    cover: str | None
    version: int


def list_collections(session: Session) -> list[Group]:
    """Return every collection in the owner's order, with the number of its items."""
    items = select(func.count()).where(CollectionItem.collection_id == Collection.id).scalar_subquery()
    columns = (Collection.id, Collection.name, items, Collection.colour, Collection.cover, Collection.version)
    query = select(*columns).order_by(Collection.position, Collection.id)
    return [Group(*row) for row in session.execute(query)]


def add_collection(session: Session, name: str) -> int:
    """Add a collection after the last and return its id. Raises Invalid for no name, or one that is taken."""
    name = check_name(session, name)
    last = session.scalar(select(func.max(Collection.position)))
    collection = Collection(name=name, position=after(last or ""))
    session.add(collection)
    session.flush()
    return collection.id


def update_collection(session: Session, collection_id: int, base: int | None = None, **changed: Any) -> None:
    """Change the `name`, the `colour` (0–19) or the `cover` (the digest of a picture, or None) of a collection.

    `base` is the version they were typed over. Raises Invalid as `add_collection`, Stale, and NotFound if it is gone.
    """
    if "name" in changed:
        changed["name"] = check_name(session, changed["name"], collection_id)
    if "colour" in changed:
        changed["colour"] %= colours.COUNT
    change_row(session, Collection, collection_id, base, changed)
    session.flush()


def move_collections(session: Session, ids: Sequence[int], before: int | None) -> None:
    """Put collections before another one, or after the last."""
    move_rows(session, Collection, ids, before)


def remove_collections(session: Session, ids: Sequence[int]) -> None:
    """Delete collections; their items stay, and undo brings everything back."""
    session.execute(delete(Collection).where(Collection.id.in_(ids)))


def merge_collections(session: Session, ids: Sequence[int], into: int) -> None:
    """Put what is in collections behind what is in another one, and delete them. Raises NotFound if that is gone."""
    for source in ids:
        if source != into:
            bulk.put_into(session, members(session, source), into)
    remove_collections(session, [source for source in ids if source != into])


def members(session: Session, collection_id: int) -> list[int]:
    """Return the ids of the items of a collection, in its own order."""
    query = select(CollectionItem.product_id).where(CollectionItem.collection_id == collection_id)
    return list(session.scalars(query.order_by(CollectionItem.position, CollectionItem.id)))


def covers(session: Session, collection_id: int) -> list[tuple[str, str]]:
    """Return pictures that a collection may have as its cover: digest, and item; each once, COVERS at most."""
    query = (
        select(Picture.sha256, Product.name)
        .join(Product, Product.id == Picture.product_id)
        .join(CollectionItem, CollectionItem.product_id == Product.id)
        .where(CollectionItem.collection_id == collection_id, Picture.sha256.is_not(None))
        .order_by(CollectionItem.position, CollectionItem.id, Picture.position, Picture.id)
        .limit(COVERS)
    )
    found: dict[str, str] = {}
    for digest, name in session.execute(query):
        found.setdefault(digest or "", name)
    return list(found.items())


def set_cover(session: Session, collection_id: int, image: "Image") -> None:
    """Keep a picture as the cover of a collection. Raises NotFound if that is gone."""
    update_collection(session, collection_id, cover=blobs.store(session, image))


class Review(NamedTuple):
    """What WhatsApp's review has to look at in a collection: its items, and those of them with a picture, and shown.

    Every picture is reviewed before customers see an item; one without a picture cannot be there at all.
    """

    items: int
    pictured: int
    shown: int


def review(session: Session, collection_id: int) -> Review:
    """Return what there is to review in a collection."""
    pictured = exists().where(Picture.product_id == Product.id)
    counts = (func.count(), func.count().filter(pictured), func.count().filter(Product.hidden.is_(False)))
    query = select(*counts).select_from(CollectionItem).join(Product, Product.id == CollectionItem.product_id)
    return Review(*session.execute(query.where(CollectionItem.collection_id == collection_id)).one())


def collections_of(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return how many of these items each collection holds, those that hold none left out."""
    query = select(CollectionItem.collection_id, func.count()).where(among(session, CollectionItem.product_id, ids))
    return dict(session.execute(query.group_by(CollectionItem.collection_id)).all())


def collection_named(session: Session, name: str) -> int:
    """Return the id of the collection called `name`, made if there is none."""
    try:
        return find_collection(session, name)
    except NotFound:
        return add_collection(session, name)


def find_collection(session: Session, name: str) -> int:
    """Return the id of the collection called `name`. Raises NotFound."""
    for group in list_collections(session):
        if fold(group.name) == fold(name):
            return group.id
    raise NotFound("collection", _("There is no collection called {name}.").format(name=formats.auto(name)))


def put_into(session: Session, product_id: int, collection_id: int) -> None:
    """Put an item at the end of a collection, unless it is in it. Raises NotFound."""
    bulk.put_into(session, [product_id], collection_id)


def take_out(session: Session, product_id: int, collection_id: int) -> None:
    """Take an item out of a collection."""
    bulk.take_out(session, [product_id], collection_id)


def check_name(session: Session, typed: str, collection_id: int = 0) -> str:
    """Return a collection's name as it is stored, or raise Invalid."""
    name = one_line(clean(typed))
    if not name:
        raise Invalid("name", _("The collection needs a name."))
    for group in list_collections(session):
        if group.id != collection_id and fold(group.name) == fold(name):
            raise Invalid(
                "name", _("There is already a collection called {name}.").format(name=formats.auto(group.name))
            )
    return name
