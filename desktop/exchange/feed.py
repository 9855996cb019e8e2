"""Meta's catalog feed, written from the shop: the items, and what is said of them in another language."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import ProductText
from desktop.exchange.feed_formats import FORMATS, Format, Head
from desktop.exchange.feed_rows import Block, FeedRows, Places
from desktop.exchange.feed_rules import Cause, Rules
from desktop.exchange.files import write_file
from desktop.exchange.offer import Choice
from desktop.i18n import RTL_LANGUAGES, _, places
from desktop.services.errors import Invalid
from desktop.services.links import catalog_link
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.web import web_address

LOCALES = {  # what Meta calls a language in the column `override`; ar_AR is Arabic everywhere
    locale[:2]: locale
    for locale in (
        *("ar_AR", "bn_IN", "de_DE", "en_XX", "es_XX", "fa_IR", "fr_XX", "he_IL", "hi_IN", "id_ID", "it_IT", "ja_XX"),
        *("ko_KR", "ml_IN", "nl_XX", "pl_PL", "ps_AF", "pt_XX", "ro_RO", "ru_RU", "sv_SE", "ta_IN", "th_TH", "tl_XX"),
        *("tr_TR", "uk_UA", "ur_PK", "vi_VN", "zh_CN"),
    )
}


def write_feed(
    session: Session,
    out: Path | BinaryIO,
    base_url: str = "",
    format: Format = "csv",
    tell: Tell = silent,
    choice: Choice | None = None,
) -> list[Cause]:
    """Write the whole catalog, or what is chosen of it, and return what Meta will not like.

    `tell(done, items)` is told how far it is, and may raise to stop: then there is what was there before.

    There is a column for all that Meta requires, for `status`, and for what any item has; the texts are those of the
    shop, not made harmless for spreadsheets. Pictures that are kept here are given the address that they have once
    their files (`picture_name`) are at `base_url`, others keep their own. Item links are
    only the owner's own: Meta wants the shop's domain there.
    A sale with one open end is given the other, in 2000 or 2099, for Meta takes two dates or none.
    Raises CannotWrite, and Invalid for a `base_url` that is none and for a choice without prices.
    """
    base_url = web_address("base_url", base_url).rstrip("/")
    rules = Rules(placed=bool(base_url))
    _write(out, feed_pieces(session, Places(base_url), rules, format, tell, choice))
    return rules.causes()


def feed_pieces(
    session: Session,
    web: Places,
    rules: Rules,
    format: Format = "csv",
    tell: Tell = silent,
    choice: Choice | None = None,
) -> Iterator[bytes]:
    """Yield the bytes of a feed, and show its rows to `rules` on the way. Raises Invalid as FeedRows does."""
    feed = FeedRows(session, web, choice=choice)

    def blocks() -> Iterator[Sequence[Sequence[str]]]:
        for block in _counted(feed, tell):
            rules.look(block.table, block.items)
            yield block.rows

    return FORMATS[format](_head(session), feed.columns, blocks())


def feed_languages(session: Session) -> list[str]:
    """Return the languages beside the shop's that items are named or described in, for which there can be feeds."""
    found = session.scalars(select(ProductText.language).distinct().order_by(ProductText.language))
    own = customers_language(read_profile(session))
    return [language for language in found if language in LOCALES and language != own]


def write_language_feed(
    session: Session,
    out: Path | BinaryIO,
    language: str,
    format: Format = "csv",
    tell: Tell = silent,
    choice: Choice | None = None,
) -> int:
    """Write what items are called and what is said of them in another language, and return how many rows that is.

    It is uploaded beside the feed of the shop's language, as Meta's "language feed": the same ids, the column
    `override` with the language, and nothing that is not translated. Raises CannotWrite, and Invalid where nothing is.
    """
    if language not in feed_languages(session):
        sentence = _("Nothing is written in {language} yet. Translate items first.")
        raise Invalid("language", sentence.format(language=places.language_name(language)))
    count = 0
    texts = {
        row.product_id: (row.name, row.description)
        for row in session.execute(
            select(ProductText.product_id, ProductText.name, ProductText.description).where(
                ProductText.language == language
            )
        )
    }

    def blocks() -> Iterator[Sequence[Sequence[str]]]:
        nonlocal count
        feed = FeedRows(session, choice=choice)
        place = feed.columns.index("id")
        for block in _counted(feed, tell):
            pairs = zip(block.items, block.rows, strict=True)
            rows = [
                (row[place], LOCALES[language], *texts[item]) for item, row in pairs if item in texts and row[place]
            ]
            count += len(rows)
            yield rows

    head = _head(session)._replace(rtl=language in RTL_LANGUAGES)
    _write(out, FORMATS[format](head, ("id", "override", "title", "description"), blocks()))
    return count


def _counted(feed: FeedRows, tell: Tell) -> Iterator[Block]:
    """Yield the blocks of a feed, and tell before each how many items have been in others."""
    done = 0
    for block in feed.blocks():
        tell(done, feed.items)
        done += len(set(block.items))
        yield block


def _head(session: Session) -> Head:
    profile = read_profile(session)
    link = profile.website or (catalog_link(profile.phone) if profile.phone else "")
    return Head(profile.name, link, customers_language(profile) in RTL_LANGUAGES)


def _write(out: Path | BinaryIO, pieces: Iterator[bytes]) -> None:
    if isinstance(out, Path):
        write_file(out, pieces)
    else:
        out.writelines(pieces)
