"""The pictures of a web page, in two sizes, each written once however many items show it."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.image_kinds import THUMBNAIL
from desktop.data.models import Blob
from desktop.exchange.files import with_ending
from desktop.exchange.offer import Offer

CHUNK = 50  # pictures in memory at a time


class Shown(NamedTuple):
    """Where a picture's two sizes are within the site, and how large they are in pixels."""

    large: str
    small: str
    width: int
    height: int
    small_width: int


class Pictures:
    """Everything that the pages of an offer show."""

    def __init__(self, session: Session, offer: Offer) -> None:
        profile = offer.profile
        named = [profile.logo, profile.cover, *(d for article in offer.articles for d in article.pictures)]
        self._session = session
        self._known: dict[str, Shown] = {}
        digests = list(dict.fromkeys(digest for digest in named if digest))
        for start in range(0, len(digests), 500):
            query = select(Blob.sha256, Blob.format, Blob.width, Blob.height)
            for digest, format, width, height in session.execute(
                query.where(Blob.sha256.in_(digests[start : start + 500]))
            ):
                if format != "pdf":
                    self._known[digest] = _shown(digest, format, width, height)

    def get(self, digest: str | None) -> Shown | None:
        """Return where a picture is, None for one that is not kept here."""
        return self._known.get(digest) if digest else None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files, a few in memory at a time."""
        digests = list(self._known)
        for start in range(0, len(digests), CHUNK):
            query = select(Blob.sha256, Blob.data, Blob.thumbnail).where(
                Blob.sha256.in_(digests[start : start + CHUNK])
            )
            for digest, data, thumbnail in self._session.execute(query):
                shown = self._known[digest]
                yield shown.large, data
                yield shown.small, thumbnail


def _shown(digest: str, format: str, width: int, height: int) -> Shown:
    name = f"pictures/{digest[:20]}"
    small = round(width * min(1, THUMBNAIL / max(width, height, 1)))
    return Shown(with_ending(name, format), f"{name}-small.jpg", width, height, small)
