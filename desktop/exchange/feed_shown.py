"""The items of a shop with the pictures they show, and how those change when a feed names others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Blob, Picture, Product
from desktop.exchange.feed_cells import BLANK, picture_name
from desktop.services.catalog import find_products

CHUNK = 1000  # items in memory while they are written to a file


@dataclass(frozen=True)
class Shown:
    """A picture of an item; `file` is its name in an upload, "" if the shop has only its address."""

    id: int
    url: str
    file: str
    position: str
    sha256: str | None = None

    def is_at(self, address: str) -> bool:
        """Tell whether this picture is what the address shows: its own, or one that an export gave it."""
        # The end of a name is made of the picture's digest; what stands before it may have changed.
        return self.url == address or (self.file != "" and address.endswith(self.file[self.file.rindex("-") :]))


def arranged(current: list[Shown], image: str, more: list[str]) -> list[Shown | str]:
    """Return the pictures of an item after a feed named the first one and the others, "" and [] being silence.

    What the shop keeps itself always stays, at the end if it is not named.
    """
    left = list(current)

    def named(address: str) -> Shown | str:
        found = next((picture for picture in left if picture.is_at(address)), None)
        if found is None:
            return address
        left.remove(found)
        return found

    first: list[Shown | str] = []
    if image:
        first = [named(image)]
    elif left and not any(left[0].is_at(address) for address in more):
        first = [left.pop(0)]
    others = [named(address) for address in more]
    if more:
        left = [picture for picture in left if picture.file]
    elif isinstance(first[0] if first else None, str) and left and not left[0].file:
        left.pop(0)  # the address that the new one replaces
    return [*first, *others, *left]


def read_shown(session: Session, products: Sequence[int] | None = None) -> dict[int, list[Shown]]:
    """Return the pictures of these items, or of all, in their order."""
    columns = (Picture.id, Picture.product_id, Picture.url, Picture.position, Picture.sha256, Blob.format, Product.code)
    query = select(*columns).join(Product, Product.id == Picture.product_id)
    query = query.outerjoin(Blob, Blob.sha256 == Picture.sha256)
    if products is not None:
        query = query.where(Picture.product_id.in_(products))
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in session.execute(query.order_by(Picture.product_id, Picture.position, Picture.id)):
        file = picture_name(row.code, row.sha256, row.format) if row.sha256 else ""
        found[row.product_id].append(Shown(row.id, row.url, file, row.position, row.sha256))
    return found


def items_with_pictures(session: Session) -> Iterator[tuple[Mapping[str, Any], list[Shown]]]:
    """Return every item (the columns of BLANK, and its id) with its pictures, in the owner's order."""
    ids = find_products(session)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        pictures = read_shown(session, some)
        query = select(*item_columns()).where(Product.id.in_(some)).order_by(Product.position, Product.id)
        for row in session.execute(query):
            yield row._asdict(), pictures.get(row.id, [])


def item_columns() -> list[Any]:
    """Return the columns of an item that a row of a feed fills, and its id."""
    return [Product.id, *(getattr(Product, name) for name in BLANK)]
