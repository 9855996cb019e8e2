"""How each form of the catalog looks before it is made: of a few items, and as it will be."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.exchange.catalog_pdf import pictures_of_pages
from desktop.exchange.chat_text import messages
from desktop.exchange.feed_rows import FeedRows, Places
from desktop.exchange.offer import Choice, read_offer
from desktop.exchange.publish_choice import SEEN, Options, choice_of, first_items, layout_of, style_of
from desktop.exchange.spreadsheet import first_rows
from desktop.i18n import RTL_LANGUAGES, _, formats, speaking
from desktop.services.pictures import read_thumbnails
from desktop.services.profile import read_profile
from desktop.services.share import customers_language

DOTS = 60  # to the inch, of a page that is looked at
LEAVES = 3  # pages that are looked at: the cover, the contents, the first items
CHATTED = 300  # items in chat messages


class Rows(NamedTuple):
    """A preview: the first rows of a table under its headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


class Messages(NamedTuple):
    """A preview that is all there is: the texts to copy, one after the other, and what to know of them, or ""."""

    texts: Sequence[str]
    advice: str = ""


class Pages(NamedTuple):
    """A preview: pictures (PNG) of the first pages."""

    pictures: Sequence[bytes]


class Tile(NamedTuple):
    """An item on the front of a web page; texts are "" and the picture b"" where there is none."""

    name: str
    price: str
    old_price: str
    picture: bytes


class Front(NamedTuple):
    """A preview: what is seen first of a web page, in one direction."""

    name: str
    about: str
    cover: bytes
    chapters: Sequence[str]
    tiles: Sequence[Tile]
    terms: Sequence[str]
    order: str  # the words of the button that orders
    rtl: bool


Preview = Rows | Messages | Pages | Front


def feed_rows(session: Session, options: Options) -> Rows:
    """Return the first rows of Meta's table, with the columns that Meta requires or that are filled in them."""
    web = Places(str(options.get("base_url", "")).rstrip("/"))
    feed = FeedRows(session, web, SEEN, choice_of(options))
    return Rows(feed.columns, [row for block in feed.blocks() for row in block.rows][:SEEN])


def front(session: Session, options: Options) -> Front:
    """Return what customers see first of the web page."""
    choice = choice_of(options)
    offer = read_offer(session, choice, first_items(session, options))
    profile, first = offer.profile, offer.languages[0]
    articles = offer.articles[:SEEN]
    digests = [article.pictures[0] for article in articles if article.pictures]
    thumbnails = read_thumbnails(session, [*digests, *([profile.cover] if profile.cover else [])])
    tiles = [
        Tile(
            article.name(first),
            article.price_text(first),
            article.old_price_text(first),
            thumbnails.get(article.pictures[0], b"") if article.pictures else b"",
        )
        for article in articles
    ]
    with speaking(first):
        chapters = [chapter.title for chapter in offer.chapters]
        order = _("Order on WhatsApp") if profile.phone else ""
    cover = thumbnails.get(profile.cover, b"") if profile.cover else b""
    terms = choice.terms(first)
    rtl = first in RTL_LANGUAGES
    return Front(profile.name, profile.about, cover, chapters, tiles, terms, order, rtl)


def first_pages(session: Session, options: Options) -> Pages:
    """Return the first pages of the PDF. Raises Invalid without an item."""
    pages = pictures_of_pages(session, choice_of(options), layout_of(options), first_items(session, options), DOTS)
    return Pages(pages[:LEAVES])


def chat_messages(session: Session, options: Options) -> Messages:
    """Return the messages for a chat, of as many items as anybody reads there. Raises Invalid without an item."""
    ids = first_items(session, options, CHATTED + 1)
    advice = chatted() if len(ids) > CHATTED else ""
    offer = read_offer(session, choice_of(options), ids[:CHATTED])
    return Messages(messages(offer, style_of(options)), advice)


def sheet_rows(session: Session, options: Options) -> Rows:
    """Return the first rows of the spreadsheet."""
    return Rows(*first_rows(session, choice_of(options), first_items(session, options)))


def whole_shop(session: Session, _options: Options) -> Rows:
    """Return what the document begins with."""
    profile = read_profile(session)
    rows = [("name", profile.name), ("phone", profile.phone), ("currency", profile.currency)]
    articles = read_offer(session, Choice(), first_items(session, {})).articles
    own = customers_language(profile)
    rows += [(f"items[{at}].name", article.name(own)) for at, article in enumerate(articles)]
    return Rows((_("Field"), _("Value")), rows)


def chatted() -> str:
    """Say that not all items are in the messages."""
    sentence = _("Only the first {n} items: nobody reads more in a chat. Choose a collection for the others.")
    return sentence.format(n=formats.number(CHATTED))
