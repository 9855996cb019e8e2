"""A folder to put on the web, so that Meta and Google can fetch the feed and find its pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, among, silent
from desktop.data.models import Blob, Picture, Product
from desktop.exchange.feed import feed_languages, feed_pieces, write_language_feed
from desktop.exchange.feed_cells import picture_name
from desktop.exchange.feed_rows import Places, chosen_items
from desktop.exchange.feed_rules import Cause, Rules
from desktop.exchange.folders import write_folder
from desktop.exchange.offer import Choice
from desktop.i18n import _, bidi, places, speaking
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.web import web_address
from desktop.services.where import small_picture

KIND = "upload"
FEED = "feed.csv"
README = "README.txt"
PICTURES = "pictures"
AT_ONCE = 20  # pictures in memory


@dataclass(frozen=True)
class UploadReport:
    """What was written: items, pictures, the languages of the further feeds; and what Meta will not like."""

    items: int
    pictures: int
    languages: Sequence[str]
    causes: Sequence[Cause]


def places_at(base_url: str) -> Places:
    """Return where things are once an upload is at an address: beside it the pages that `exchange.site` makes."""
    return Places(f"{base_url}/{PICTURES}", f"{base_url}/items/{{id}}.html", f"{base_url}/")


def write_upload(
    session: Session, folder: Path, base_url: str, tell: Tell = silent, choice: Choice | None = None
) -> UploadReport:
    """Write the feed, one for each further language, the pictures that are kept here, and what to do with them.

    Of a `choice` the collections and the percentage count, as for the feed alone.

    The addresses in the feed are those that the files have once the folder's contents are at `base_url`. An item
    without a link leads to its page of the web page (`exchange.site`), which is to be put there too. A picture that
    changes has another name. What an earlier export left is replaced, whole or not at all. `tell(done, all)` is told
    of items and then of every picture, and may raise to stop. Raises Invalid("base_url") without an address,
    Invalid("prices") for a choice without prices, and CannotWrite.
    """
    base_url = web_address("base_url", base_url).rstrip("/")
    if not base_url:
        raise Invalid(
            "base_url", _("Say first where this folder will be on the web, such as https://example.com/shop.")
        )
    rules = Rules()
    languages = feed_languages(session)
    items = chosen_items(session, choice or Choice())
    pictures = _pictures(session, items)

    def files() -> Iterator[tuple[str, bytes]]:
        yield FEED, b"".join(feed_pieces(session, places_at(base_url), rules, "csv", tell, choice))
        for language in languages:
            out = BytesIO()
            write_language_feed(session, out, language, choice=choice)
            yield _feed_of(language), out.getvalue()
        yield README, _readme(session, base_url, languages).encode("utf-8-sig")  # so that every editor reads it right
        for done, (name, data) in enumerate(_bytes(session, pictures), 1):
            yield f"{PICTURES}/{name}", data
            tell(done, len(pictures))

    write_folder(folder, KIND, files(), last=FEED)
    causes = [*rules.causes(), *beside_rows(session)]
    return UploadReport(len(items), len(pictures), languages, causes)


def beside_rows(session: Session) -> list[Cause]:
    """Return what Meta will not like that no row of a feed tells: pictures that are kept here and too small."""
    count = session.scalar(select(func.count()).select_from(Product).where(small_picture()))
    return [Cause("image_link", "too_small", count)] if count else []


def _feed_of(language: str) -> str:
    return f"feed-{language}.csv"


def _pictures(session: Session, items: Sequence[int]) -> list[tuple[str, str]]:
    """Return the digest and the file name of every picture of these items that is kept here, each name once."""
    query = select(Picture.sha256, Product.code, Blob.format).join(Product, Product.id == Picture.product_id)
    query = query.join(Blob, Blob.sha256 == Picture.sha256).where(among(session, Product.id, items)).distinct()
    found = ((digest, picture_name(code, digest, format)) for digest, code, format in session.execute(query) if digest)
    return list({name: (digest, name) for digest, name in found}.values())


def _bytes(session: Session, pictures: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(pictures), AT_ONCE):
        some = pictures[start : start + AT_ONCE]
        query = select(Blob.sha256, Blob.data).where(Blob.sha256.in_({digest for digest, _name in some}))
        data = {row.sha256: row.data for row in session.execute(query)}
        for digest, name in some:
            yield name, data[digest]


def _readme(session: Session, base_url: str, languages: Sequence[str]) -> str:
    """Return what to do with the folder, in the language of the shop, each sentence on a line."""
    with speaking(customers_language(read_profile(session))):
        lines = [
            _("This folder is for Meta's Commerce Manager (WhatsApp, Facebook, Instagram) and for Google Merchant."),
            "",
            _("1. Put everything in this folder on your website, so that it is found here:"),
            f"   {base_url}/",
            _("2. Put your web page from Dukkan there too: items without a link of their own lead to its pages."),
            _("3. Open this address in a browser. If the table appears, the upload was right:"),
            f"   {base_url}/{FEED}",
            _("4. In Commerce Manager choose Catalog, Data sources, Add items, Data feed, and give this address."),
            *(
                _("5. Add this as a language feed for {language}: {address}").format(
                    language=places.language_name(language), address=f"{base_url}/{_feed_of(language)}"
                )
                for language in languages
            ),
            "",
            _("After a change in Dukkan export this folder again, and put it in the same place."),
            _("A picture that has changed has a new name, so that Meta fetches it."),
        ]
        return "\r\n".join(map(bidi.strip, lines)) + "\r\n"
