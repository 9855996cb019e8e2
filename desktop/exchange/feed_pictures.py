"""Where customers find the pictures of items: where they are once they are uploaded, or their own addresses."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from desktop.data.many import tuples
from desktop.data.models import Blob, Picture, Product
from desktop.exchange.feed_cells import picture_name


class Addresses:
    """The addresses of the `wanted` pictures that have one, by the item: of its `first`, and of the `further` joined.

    `folder` is where the files of an upload will be, "" for nowhere. Of the items `several` also `digests` says which
    picture is where.
    """

    def __init__(self, session: Session, wanted: ColumnElement[bool], folder: str, several: Collection[int]) -> None:
        self.first: dict[int, str] = {}
        self.further: dict[int, str] = {}
        self.digests: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
        query = cast("Select[Any]", select(Picture.product_id, Picture.url, Picture.sha256).where(wanted))
        if folder:
            query = query.add_columns(Product.code, Blob.format)
            query = query.join(Product, Product.id == Picture.product_id)
            query = query.outerjoin(Blob, Blob.sha256 == Picture.sha256)
        else:
            query = query.where(Picture.url != "")
        seen = 0
        for some in tuples(session, query.order_by(Picture.product_id, Picture.position, Picture.id)):
            for row in some:
                item, address = row[0], row[1]
                if folder and row[2]:  # what is kept here is right for Meta, whatever is at its own address
                    address = f"{folder}/{_quoted(picture_name(row[3], row[2], row[4]))}"
                if item != seen:
                    seen = item
                    self.first[item] = address
                elif address:
                    known = self.further.get(item)
                    self.further[item] = f"{known},{address}" if known else address
                if item in several:
                    self.digests[item].append((address, row[2]))


def _quoted(name: str) -> str:
    return name if name.isascii() and name.replace(".", "").replace("-", "").isalnum() else quote(name)
