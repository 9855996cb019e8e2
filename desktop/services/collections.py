"""Collections: the named groups of items that a catalog shows."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import _, formats
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid


@dataclass(frozen=True)
class Group:
    """A collection as lists show it."""

    id: int
    name: str
    items: int


def list_collections(session: Session) -> list[Group]:
    """Return every collection in the owner's order, with the number of its items."""
    items = select(func.count()).where(CollectionItem.collection_id == Collection.id).scalar_subquery()
    query = select(Collection.id, Collection.name, items).order_by(Collection.position, Collection.id)
    return [Group(*row) for row in session.execute(query)]


def add_collection(session: Session, name: str) -> int:
    """Add a collection after the last and return its id. Raises Invalid for no name, or one that is taken."""
    name = one_line(clean(name))
    if not name:
        raise Invalid("name", _("The collection needs a name."))
    for group in list_collections(session):
        if fold(group.name) == fold(name):
            raise Invalid(
                "name", _("There is already a collection called {name}.").format(name=formats.auto(group.name))
            )
    last = session.scalar(select(func.max(Collection.position)))
    collection = Collection(name=name, position=after(last or ""))
    session.add(collection)
    session.flush()
    return collection.id


def collection_named(session: Session, name: str) -> int:
    """Return the id of the collection called `name`, made if there is none."""
    for group in list_collections(session):
        if fold(group.name) == fold(name):
            return group.id
    return add_collection(session, name)


def put_into(session: Session, product_id: int, collection_id: int) -> None:
    """Put an item at the end of a collection, unless it is in it."""
    here = (CollectionItem.collection_id == collection_id, CollectionItem.product_id == product_id)
    if session.scalar(select(CollectionItem.id).where(*here)) is None:
        last = select(func.max(CollectionItem.position)).where(CollectionItem.collection_id == collection_id)
        position = after(session.scalar(last) or "")
        session.add(CollectionItem(collection_id=collection_id, product_id=product_id, position=position))
        session.flush()


def take_out(session: Session, product_id: int, collection_id: int) -> None:
    """Take an item out of a collection."""
    here = (CollectionItem.collection_id == collection_id, CollectionItem.product_id == product_id)
    session.execute(delete(CollectionItem).where(*here))
