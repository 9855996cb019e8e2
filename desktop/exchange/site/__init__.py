"""The catalog as a web page: a folder of plain files that opens from the disk and on any host.

No framework, no request to anywhere else, and every link works without scripts; the script adds search, a basket that
becomes one WhatsApp message, and "open now".
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.exchange.folders import write_folder
from desktop.exchange.offer import Choice, read_offer
from desktop.exchange.site.pages import Pages
from desktop.exchange.site.pictures import Pictures
from desktop.i18n import _
from desktop.resources import resource
from desktop.services.errors import Invalid
from desktop.services.web import web_address

KIND = "site"
STATIC = ("shop.css", "shop.js")


@dataclass(frozen=True)
class SiteReport:
    """What was written: how many items and pages, and the file to open first."""

    items: int
    pages: int
    index: Path


def write_site(
    session: Session,
    folder: Path,
    choice: Choice | None = None,
    base_url: str = "",
    ids: Sequence[int] | None = None,
    tell: Tell = silent,
) -> SiteReport:
    """Write the web page into `folder`, which is made where it is missing.

    What an earlier export left there is replaced, whole or not at all; files of anybody else stay. `base_url` is where
    it will be found, for the addresses that search engines and previews want in full. `tell(done, all)` is told of
    every page, and may raise to stop. Raises Invalid without an item or with a `base_url` that is none, CannotWrite.
    """
    base_url = web_address("base_url", base_url).rstrip("/")
    offer = read_offer(session, choice or Choice(), ids)
    if not offer.articles:
        raise Invalid("items", _("There is no item that customers can see. Show or add one first."))
    pictures = Pictures(session, offer)
    pages = Pages(session, offer, pictures, base_url)

    def files() -> Iterator[tuple[str, bytes]]:
        for name in STATIC:
            yield name, resource(f"site/{name}").read_bytes()
        yield "items.js", script("SHOP", pages.shop_data())
        for name, data in pages.word_files():
            yield name, script("WORDS", data)
        yield from pages.qr_file()
        yield from pictures.files()
        for done, (name, page) in enumerate(pages.files(), 1):
            yield name, page.encode()
            tell(done, pages.count)

    write_folder(folder, KIND, files(), last="index.html")
    return SiteReport(len(offer.articles), pages.count, folder / "index.html")


def script(name: str, data: object) -> bytes:
    """Return a script that says `data` to the page, and can say nothing else."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"window.{name} = {text};\n".encode()
