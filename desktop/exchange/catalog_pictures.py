"""The pictures of a printed catalog: as large as the page shows them, and as small as WhatsApp takes them."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.image_kinds import THUMBNAIL
from desktop.data.many import Tell
from desktop.data.models import Blob
from desktop.exchange.offer import Article, Offer

CHUNK = 50  # pictures in memory at a time
WIDE = 900  # pixels, of a card that is half a page wide: 250 to the inch
FACE = 1600  # pixels, of the cover
BUDGET = 60_000_000  # bytes of all pictures together: WhatsApp sends files of up to 100 MB
SMALLER = {320: 20_000, 200: 9_000}  # pixels, and how many bytes such a photo has


class Pictures:
    """The first picture of each item of an offer that has one here, written into a folder when it is made."""

    def __init__(self, session: Session, offer: Offer, folder: Path, columns: int, tell: Tell) -> None:
        self._session = session
        self._profile = offer.profile
        self._folder = folder
        self._tell = tell
        self._of_article: dict[int, str] = {}
        self._names: dict[str, str] = {}
        known = self._sizes([digest for article in offer.articles for digest in article.pictures])
        for article in offer.articles:
            if digest := next((digest for digest in article.pictures if digest in known), None):
                self._of_article[article.id] = digest
        used = list(dict.fromkeys(self._of_article.values()))
        self._write(used, _side(columns, sum(known[digest] for digest in used), len(used)))

    def get(self, article: Article) -> str | None:
        """Return the path of the picture of an item, None for one that has none here."""
        return self._names.get(self._of_article.get(article.id, ""))

    def logo(self) -> str | None:
        """Return the path of the shop's logo."""
        if not self._profile.logo or self._profile.logo not in self._sizes([self._profile.logo]):
            return None
        self._write([self._profile.logo], THUMBNAIL)
        return self._names[self._profile.logo]

    def face(self) -> str | None:
        """Return the path of the shop's cover picture."""
        cover = self._profile.cover
        if not cover or cover not in self._sizes([cover]):
            return None
        from desktop.data.images import smaller

        data = self._session.scalars(select(Blob.data).where(Blob.sha256 == cover)).one()
        (self._folder / "face.jpg").write_bytes(smaller(data, FACE))
        return "/face.jpg"

    def _sizes(self, digests: list[str]) -> dict[str, int]:
        """Return the bytes of the thumbnails of those that are kept here."""
        found: dict[str, int] = {}
        for start in range(0, len(digests), 500):
            query = select(Blob.sha256, func.length(Blob.thumbnail)).where(Blob.format != "pdf")
            found |= dict(self._session.execute(query.where(Blob.sha256.in_(digests[start : start + 500]))).all())
        return found

    def _write(self, digests: list[str], side: int) -> None:
        from desktop.data.images import smaller

        column = Blob.data if side > THUMBNAIL else Blob.thumbnail
        for start in range(0, len(digests), CHUNK):
            query = select(Blob.sha256, column).where(Blob.sha256.in_(digests[start : start + CHUNK]))
            for digest, data in self._session.execute(query):
                name = f"{digest[:20]}-{side}.jpg"
                (self._folder / name).write_bytes(data if side == THUMBNAIL else smaller(data, side))
                self._names[digest] = f"/{name}"
            self._tell(min(start + CHUNK, len(digests)), len(digests))


def _side(columns: int, thumbnails: int, count: int) -> int:
    """Return how many pixels the longer side of a picture gets: what the page shows, if so many fit into BUDGET."""
    if columns == 2 and 3 * thumbnails <= BUDGET:  # so much larger those of WIDE are
        return WIDE
    if thumbnails <= BUDGET:
        return THUMBNAIL
    return next((side for side, size in SMALLER.items() if size * count <= BUDGET), min(SMALLER))
