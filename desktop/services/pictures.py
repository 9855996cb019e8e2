"""The pictures of items, of the shop and of collections. Bytes come ready from `data.images`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.models import Blob, Picture, Product
from desktop.data.position import after, among
from desktop.i18n import _
from desktop.services.errors import NotFound, Stale

if TYPE_CHECKING:
    from desktop.data.images import Image


def add_pictures(session: Session, product_id: int, images: "list[Image]") -> list[int]:
    """Add pictures after the last one of an item, and return their ids. Raises NotFound if the item is gone."""
    return attach_pictures(session, product_id, keep_images(session, images))


def keep_images(session: Session, images: "list[Image]") -> list[str]:
    """Keep pictures that no row names yet, and return their digests; it is no action, and can be done in any thread.

    Those that no row comes to name are collected when the shop is closed.
    """
    return [blobs.store(session, image) for image in images]


def attach_pictures(session: Session, product_id: int, digests: Sequence[str]) -> list[int]:
    """Add pictures that are kept already after the last one of an item, and return their ids. Raises NotFound."""
    if session.get(Product, product_id) is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    last = session.scalar(select(func.max(Picture.position)).where(Picture.product_id == product_id)) or ""
    rows = []
    for digest in digests:
        last = after(last)
        rows.append(Picture(product_id=product_id, sha256=digest, position=last))
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def replace_picture(session: Session, picture_id: int, image: "Image", base: str | None = None) -> None:
    """Show another picture in the place of one; `base` is the digest that it was made of.

    Raises NotFound if the picture is gone, and Stale if it shows something else than `base` by now.
    """
    picture = session.get(Picture, picture_id)
    if picture is None:
        raise NotFound("", _("This picture has been removed. Undo brings it back."))
    if base is not None and picture.sha256 != base:
        raise Stale("", _("This picture has been changed elsewhere meanwhile. Look at it, and try again."))
    picture.sha256, picture.url = blobs.store(session, image), ""
    session.flush()


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
    picture.position = among([row.position for row in others], place)
    session.flush()


def read_thumbnails(session: Session, digests: list[str]) -> dict[str, bytes]:
    """Return the small forms of pictures by their digests."""
    rows = session.execute(select(Blob.sha256, Blob.thumbnail).where(Blob.sha256.in_(digests)))
    return dict(rows.all())


def read_sizes(session: Session, digests: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the width and the height of pictures by their digests, in pixels."""
    rows = session.execute(select(Blob.sha256, Blob.width, Blob.height).where(Blob.sha256.in_(digests)))
    return {digest: (width, height) for digest, width, height in rows}


def read_picture(session: Session, digest: str) -> bytes | None:
    """Return a picture's bytes, or None."""
    return session.scalar(select(Blob.data).where(Blob.sha256 == digest))


def _pictures(session: Session, product_id: int) -> list[Picture]:
    query = select(Picture).where(Picture.product_id == product_id).order_by(Picture.position, Picture.id)
    return list(session.scalars(query))
