"""The pictures of items, of the shop and of collections. Bytes come ready from `data.images`."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.models import Blob, Picture, Product
from desktop.data.position import after, between
from desktop.i18n import _
from desktop.services.errors import NotFound

if TYPE_CHECKING:
    from desktop.data.images import Image


def add_pictures(session: Session, product_id: int, images: "list[Image]") -> list[int]:
    """Add pictures after the last one of an item, and return their ids. Raises NotFound if the item is gone."""
    if session.get(Product, product_id) is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    rows = _pictures(session, product_id)
    last = rows[-1].position if rows else ""
    added = []
    for image in images:
        last = after(last)
        picture = Picture(product_id=product_id, sha256=blobs.store(session, image), position=last)
        session.add(picture)
        session.flush()
        added.append(picture.id)
    return added


def remove_picture(session: Session, picture_id: int) -> None:
    """Take a picture from its item; undo brings it back."""
    if picture := session.get(Picture, picture_id):
        session.delete(picture)
        session.flush()


def move_picture(session: Session, picture_id: int, place: int) -> None:
    """Make a picture the `place`-th of its item, counted from 0; the first is what lists show."""
    picture = session.get(Picture, picture_id)
    if picture is None:
        return
    others = [row for row in _pictures(session, picture.product_id) if row.id != picture_id]
    place = max(0, min(place, len(others)))
    low = others[place - 1].position if place else ""
    high = others[place].position if place < len(others) else ""
    picture.position = between(low, high)
    session.flush()


def read_thumbnails(session: Session, digests: list[str]) -> dict[str, bytes]:
    """Return the small forms of pictures by their digests."""
    rows = session.execute(select(Blob.sha256, Blob.thumbnail).where(Blob.sha256.in_(digests)))
    return dict(rows.all())


def read_picture(session: Session, digest: str) -> bytes | None:
    """Return a picture's bytes, or None."""
    return session.scalar(select(Blob.data).where(Blob.sha256 == digest))


def store_image(session: Session, image: "Image") -> str:
    """Keep a picture that some row is about to name, and return its digest."""
    return blobs.store(session, image)


def _pictures(session: Session, product_id: int) -> list[Picture]:
    query = select(Picture).where(Picture.product_id == product_id).order_by(Picture.position, Picture.id)
    return list(session.scalars(query))
