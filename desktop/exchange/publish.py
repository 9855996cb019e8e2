"""The forms in which a catalog is given out: what each is for, what can be chosen, how it is made and looks before.

What was chosen is kept as JSON with the export (`services.exports`), under these names, all of which may be left out:
- `languages`: codes, the first one leading; `collections`: ids; `base_url`: where it will be found on the web
- `prices`: "retail", "none", or a percentage to add, "-15" for wholesale
- `valid_until`: an ISO date; `note`: a line beside the prices, such as one on VAT
- of Meta's feed: `format`, where the ending of the file does not say it
- of the PDF: `columns` (2, 3, 4, or 0 for a price list), `codes` and `descriptions`: whether each item has them
- of chat messages: `links` and `descriptions`, whether each item has them
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sqlalchemy.orm import Session

from desktop.exchange.catalog_pdf import COLUMNS, LIST, Layout, pictures_of_pages, write_pdf
from desktop.exchange.chat_text import Style, messages, write_messages
from desktop.exchange.feed import write_feed
from desktop.exchange.feed_cells import COLUMNS as META
from desktop.exchange.feed_cells import REQUIRED, home_of, picture_address, write_cells
from desktop.exchange.feed_formats import Format
from desktop.exchange.feed_shown import items_with_pictures
from desktop.exchange.offer import Choice, read_offer
from desktop.exchange.remake import Again, Maker, of_catalog, of_shop
from desktop.exchange.shop_json import write_json
from desktop.exchange.site import write_site
from desktop.exchange.spreadsheet import first_rows, write_spreadsheet
from desktop.i18n import N_, RTL_LANGUAGES, _, formats, speaking
from desktop.services.errors import Invalid
from desktop.services.pictures import read_thumbnails
from desktop.services.profile import read_profile
from desktop.services.publish import REFUSED, meant
from desktop.services.share import customers_language
from desktop.services.where import Search, find

Options = Mapping[str, Any]
Step = Callable[[int, int], None]
RETAIL, NO_PRICES = "retail", "none"
OFFER = ("languages", "prices", "collections", "valid_until", "note")  # what every form for customers lets choose
DOTS = 60  # to the inch, of a page that is looked at
LEAVES = 3  # pages that are looked at: the cover, the contents, the first items
CHATTED = 300  # items in chat messages
FEEDS: Mapping[str, Format] = {".csv": "csv", ".tsv": "tsv", ".xlsx": "xlsx", ".xml": "xml"}
SEEN = 9  # items in a preview: nobody looks at more, and the largest shop has to answer at once


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


class Made(NamedTuple):
    """What was written: the shop's number that is in it, or "", how many items, the sentences worth reading then."""

    phone: str = ""
    items: int = 0
    remarks: Sequence[str] = ()


Make = Callable[[Session, Path, Options, Step], Made]


@dataclass(frozen=True)
class Form:
    """One way to give the catalog out. `title` and `purpose` are msgids.

    `options` are those that can be chosen, `endings` the types of file (ending, name), none for a folder, of which
    `first` is what one opens. `gaps` are the kinds of `services.problems` that matter to it.
    """

    kind: str
    title: str
    purpose: str
    preview: Callable[[Session, Options], Preview]
    make: Make
    options: tuple[str, ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    first: str = ""
    gaps: tuple[str, ...] = ()
    orders: bool = False  # it has buttons that order, which need the shop's phone number

    copied: bool = False  # rather than saved: its preview is all of it

    @property
    def place(self) -> Literal["file", "folder"]:
        """Where it goes."""
        return "file" if self.endings else "folder"


def choice_of(options: Options) -> Choice:
    """Return what was chosen, whatever else `options` hold. Raises Invalid("prices") for what is no percentage."""
    collections = tuple(number for number in options.get("collections", ()) if isinstance(number, int))
    languages = tuple(str(language) for language in options.get("languages", ()))
    return Choice(
        languages, _percent(options), collections, _day(options.get("valid_until")), str(options.get("note", ""))
    )


def _percent(options: Options) -> Decimal | None:
    typed = str(options.get("prices", RETAIL)).strip().removesuffix("%")
    if typed in (RETAIL, NO_PRICES):
        return Decimal(0) if typed == RETAIL else None
    try:
        return Decimal(typed)
    except InvalidOperation as error:
        raise Invalid("prices", _("A percentage is a number like 15.")) from error


def _day(iso: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(iso)) if iso else None
    except ValueError:
        return None


def layout_of(options: Options) -> Layout:
    """Return how the pages of the PDF look."""
    columns = options.get("columns", 3)
    return Layout(
        columns if columns in (LIST, *COLUMNS) else 3,
        bool(options.get("codes", False)),
        descriptions=bool(options.get("descriptions", True)),
    )


def style_of(options: Options) -> Style:
    """Return what chat messages say of each item."""
    return Style(bool(options.get("links", False)), bool(options.get("descriptions", True)))


def first_items(session: Session, options: Options, limit: int = SEEN) -> list[int]:
    """Return the first items that would be given out."""
    return find(session, Search("", meant(choice_of(options).collections), ""), limit)


# How each is made


def _feed(session: Session, path: Path, options: Options, _step: Step) -> Made:
    format = options.get("format") or FEEDS.get(path.suffix.lower(), "csv")
    causes = write_feed(session, path, options.get("base_url", ""), format)
    return Made(*of_catalog(session), [cause.message for cause in causes])


def _site(session: Session, path: Path, options: Options, step: Step) -> Made:
    report = write_site(session, path, choice_of(options), options.get("base_url", ""), step=step)
    return Made(read_profile(session).phone, report.items)


def _pdf(session: Session, path: Path, options: Options, step: Step) -> Made:
    report = write_pdf(session, path, choice_of(options), layout_of(options), step=step)
    return Made(read_profile(session).phone, report.items, report.warnings)


def _text(session: Session, path: Path, options: Options, step: Step) -> Made:
    ids = first_items(session, options, CHATTED)
    remarks = [_chatted()] if len(first_items(session, options, CHATTED + 1)) > CHATTED else []
    report = write_messages(session, path, choice_of(options), style_of(options), ids, step)
    return Made(read_profile(session).phone, report.items, remarks)


def _chatted() -> str:
    sentence = _("Only the first {n} items: nobody reads more in a chat. Choose a collection for the others.")
    return sentence.format(n=formats.number(CHATTED))


def _xlsx(session: Session, path: Path, options: Options, step: Step) -> Made:
    report = write_spreadsheet(session, path, choice_of(options), step=step)
    return Made(of_catalog(session).phone, report.items, report.warnings)


def _json(session: Session, path: Path, _options: Options, _step: Step) -> Made:
    write_json(session, path)
    return Made(*of_shop(session))


# How each looks before


def feed_rows(session: Session, options: Options) -> Rows:
    """Return the first rows of Meta's table, with the columns that Meta requires or that are filled in them."""
    home, base_url = home_of(session), str(options.get("base_url", "")).rstrip("/")
    rows = []
    for item, pictures in islice(items_with_pictures(session), SEEN):
        addresses = [picture_address(picture.url, picture.file, base_url) for picture in pictures]
        rows.append(write_cells(item, addresses, home))
    used = {name for row in rows for name in row}
    columns = [name for name in META if name in used or name in REQUIRED]
    return Rows(columns, [[row.get(name, "") for name in columns] for row in rows])


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
    advice = _chatted() if len(ids) > CHATTED else ""
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


FORMS = (  # a new form is a new entry here
    Form(
        "site",
        N_("Web page"),
        N_("A page with search, a basket and order buttons. Put it on any web host, or look at it on this computer."),
        front,
        _site,
        (*OFFER, "base_url"),
        first="index.html",
        gaps=("no-picture", "no-price", "no-translation"),
        orders=True,
    ),
    Form(
        "pdf",
        N_("PDF catalog"),
        N_("Pages with pictures and prices, to print or to send in a chat."),
        first_pages,
        _pdf,
        (*OFFER, "columns", "codes", "descriptions"),
        endings=((".pdf", N_("PDF")),),
        gaps=("no-picture", "no-price", "no-translation"),
        orders=True,
    ),
    Form(
        "text",
        N_("Chat message"),
        N_("Items and prices, ready to paste into a chat. Their pictures can be saved in a folder to attach."),
        chat_messages,
        _text,
        (*OFFER, "links", "descriptions"),
        gaps=("no-price",),
        orders=True,
        copied=True,
    ),
    Form(
        "feed",
        N_("Meta and Google"),
        N_("A table that Commerce Manager, Instagram and Google Merchant take in, with hidden items marked."),
        feed_rows,
        _feed,
        ("base_url",),
        endings=(
            (".csv", N_("Table (CSV)")),
            (".xlsx", N_("Workbook (XLSX)")),
            (".xml", N_("Feed (XML)")),
            (".tsv", N_("Table with tabs (TSV)")),
        ),
        gaps=REFUSED,
    ),
    Form(
        "xlsx",
        N_("Spreadsheet"),
        N_("For the accountant, for a price round, or to change much at once and import it again."),
        sheet_rows,
        _xlsx,
        ("languages", "prices", "collections"),
        endings=((".xlsx", N_("Workbook (XLSX)")),),
    ),
    Form(
        "json",
        N_("Whole shop (JSON)"),
        N_("Everything that is written here, for another program or for whoever helps you with computers."),
        whole_shop,
        _json,
        endings=((".json", N_("JSON")),),
    ),
)


def _remaker(make: Make) -> Maker:
    def remake(session: Session, path: Path, options: Options) -> Again:
        made = make(session, path, options, _no_step)
        return Again(made.phone, made.items)

    return remake


def _no_step(_done: int, _total: int) -> None:
    """Nobody is told how far it is."""


MAKERS: Mapping[str, Maker] = {form.kind: _remaker(form.make) for form in FORMS}  # for `remake.remake`


def form_of(kind: str) -> Form | None:
    """Return the form of a kind of export, None for one that is no catalog."""
    return next((form for form in FORMS if form.kind == kind), None)
