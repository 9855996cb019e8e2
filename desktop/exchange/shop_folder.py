"""A whole shop as a folder: the JSON of all it holds, and its pictures beside it; a shop can be rebuilt from that."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import Blob
from desktop.exchange.files import with_ending
from desktop.exchange.folders import write_folder
from desktop.exchange.shop_json import json_pieces

DOCUMENT = "shop.json"
PICTURES = "pictures"
KIND = "shop"


def write_shop(session: Session, folder: Path, tell: Tell = silent) -> int:
    """Write everything that the shop holds into a folder, whole or not at all; return how many pictures it has.

    `shop.json` is the document of `shop_json`; each picture and PDF is in `pictures` under its SHA-256. Raises
    CannotWrite.
    """
    names = session.execute(select(Blob.sha256, Blob.format).order_by(Blob.sha256)).all()

    def files() -> Iterator[tuple[str, bytes]]:
        for done, (digest, format) in enumerate(names, 1):
            data = session.scalar(select(Blob.data).where(Blob.sha256 == digest))
            yield file_of(digest, format), data or b""
            tell(done, len(names))
        yield DOCUMENT, b"".join(json_pieces(session, tell))

    write_folder(folder, KIND, files(), DOCUMENT)
    return len(names)


def file_of(digest: str, format: str) -> str:
    """Return where a picture is, or a PDF, inside the folder."""
    return with_ending(f"{PICTURES}/{digest}", format)
