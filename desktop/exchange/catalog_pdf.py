"""The catalog as a PDF to print or to send: a cover, contents, and a chapter for each collection."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.exchange.catalog_pictures import Pictures
from desktop.exchange.files import write_file
from desktop.exchange.offer import Article, Chapter, Choice, Offer, Way, read_offer
from desktop.exchange.qr import outline
from desktop.exchange.typesetting import FONTS, LETTER, printable, runs_rtl, typeset, typeset_standard
from desktop.i18n import RTL_LANGUAGES, _, bidi, formats, ngettext, pgettext, speaking
from desktop.services import marks
from desktop.services.errors import Invalid
from desktop.services.hours import read_schedule
from desktop.services.hours_text import week_lines
from desktop.services.limits import limit
from desktop.services.links import chat_link

# Most fonts write لا as one sign, whose letters pdftotext and Chrome read in the wrong order; this one as two.
FACES = (FONTS[0], "Noto Kufi Arabic", *FONTS[1:])
COLUMNS = (2, 3, 4)
LIST = 0  # columns: a price list instead of cards
MOST = 5000  # items: ten times what a catalog on WhatsApp holds; more take minutes and gigabytes to lay out
ADDRESS = 2000  # characters of a link: longer ones open nothing
NAME, CODE, LINE = 120, 40, 200  # characters: the rest would push the others off the page
TEXTS = {LIST: 160, 2: 260, 3: 160, 4: 90}  # characters of a description, by the columns
WAYS = 12  # rows of a price list that one item may take


@dataclass(frozen=True)
class Layout:
    """How the pages look: 2, 3 or 4 `columns` of cards, or LIST; `codes` gives each item a QR code to order it by."""

    columns: int = 3
    codes: bool = False
    cover: bool = True
    contents: bool = True
    descriptions: bool = True


@dataclass(frozen=True)
class PdfReport:
    """What was made: how many items are in it, its size in bytes, and one sentence for each thing worth knowing."""

    items: int
    size: int
    warnings: list[str]


def write_pdf(
    session: Session,
    path: Path,
    choice: Choice | None = None,
    layout: Layout | None = None,
    ids: Sequence[int] | None = None,
    tell: Tell = silent,
) -> PdfReport:
    """Write the catalog, or of it the items `ids`, as a PDF with text that is read back letter by letter.

    `tell(done, all)` is told of the pictures, and may raise to stop. The file has the old content or all of the new.
    Raises CannotWrite, and Invalid where there is no item, or too many for one file.
    """
    offer = _offer(session, choice, ids)
    with tempfile.TemporaryDirectory(prefix="dukkan-") as folder:
        made = typeset_standard("catalog", _data(session, offer, layout or Layout(), Path(folder), tell), Path(folder))
    tell(1, 1)
    write_file(path, made)
    return PdfReport(len(offer.articles), len(made), _warnings(offer, len(made)))


def pictures_of_pages(
    session: Session,
    choice: Choice | None = None,
    layout: Layout | None = None,
    ids: Sequence[int] | None = None,
    ppi: int = 60,
) -> list[bytes]:
    """Return the pages as PNG pictures of so many pixels to the inch, for a look at them.

    Give it few `ids`: it takes as long as the PDF itself. Raises Invalid as `write_pdf`.
    """
    offer = _offer(session, choice, ids)
    with tempfile.TemporaryDirectory(prefix="dukkan-") as folder:
        data = _data(session, offer, layout or Layout(), Path(folder), silent)
        return typeset("catalog", data, "png", ppi, Path(folder))


def _offer(session: Session, choice: Choice | None, ids: Sequence[int] | None) -> Offer:
    offer = read_offer(session, choice or Choice(), ids)
    if not offer.articles:
        raise Invalid("items", _("There is no item that customers can see. Show or add one first."))
    if len(offer.articles) > MOST:
        sentence = _("A PDF holds up to {most} items, and these are {n}. Make one for each collection.")
        counts = {"most": formats.number(MOST), "n": formats.number(len(offer.articles))}
        raise Invalid("items", sentence.format(**counts))
    return offer


def _warnings(offer: Offer, size: int) -> list[str]:
    warnings = []
    if without := sum(not article.pictures for article in offer.articles):
        sentence = ngettext("{n} item has no picture.", "{n} items have no picture.", without)
        warnings.append(sentence.format(n=formats.number(without)))
    if size > limit("chat.document_bytes"):
        sentence = _("The PDF has {size}, and WhatsApp sends up to {most}. Make one for each collection.")
        most = formats.file_size(limit("chat.document_bytes"))
        warnings.append(sentence.format(size=formats.file_size(size), most=most))
    return warnings


def _data(session: Session, offer: Offer, layout: Layout, folder: Path, tell: Tell) -> dict[str, object]:
    """Return all that the template shows, its pictures written into a folder."""
    if layout.columns not in (LIST, *COLUMNS):
        raise ValueError(layout.columns)
    profile, language = offer.profile, offer.languages[0]
    pictures = Pictures(session, offer, folder, layout.columns, tell)
    link = chat_link(profile.phone) if profile.phone else ""
    pages = _Pages(offer, layout, pictures)
    with speaking(language):
        name = profile.name or _("Our shop")
        eastern = formats.settings().digits == "arab" and language in RTL_LANGUAGES
        return {
            "paper": "us-letter" if profile.territory in LETTER else "a4",
            "fonts": FACES,
            "language": language,
            "rtl": language in RTL_LANGUAGES,
            "figures": "١" if eastern else "1",
            "columns": layout.columns,
            "cover": layout.cover,
            "contents": layout.contents and len(offer.chapters) > 1,
            "words": {
                "contents": _("Contents"),
                "item": _("Item"),
                "price": _("Price"),
                "order": pgettext("a button: to do so", "Order"),
                "logo": _("Logo of {name}").format(name=name),
                "picture": _("Cover picture of {name}").format(name=name),
                "qr": _("QR code that opens the chat"),
                "sentence": _("Point the phone's camera here to write to us on WhatsApp"),
            },
            "shop": pages.line(name, NAME),
            "about": pages.line(marks.plain(profile.about or profile.description), LINE),
            # TRANSLATORS: on the cover of a printed catalog, as in "Catalog · November 2026".
            "edition": _("Catalog · {month}").format(month=formats.month(formats.today())),
            "facts": [pages.line(fact, LINE) for fact in _facts(session, offer)],
            "phones": [
                bidi.strip(formats.phone(phone))
                for phone in (profile.phone, *profile.more_phones.splitlines())
                if phone
            ],
            "link": link,
            "qr": outline(link).svg() if link else "",
            "logo": pictures.logo(),
            "face": pictures.face(),
            "terms": [pages.line(term, LINE) for term in offer.choice.terms(language)],
            "priced": offer.choice.percent is not None,
            "codes": layout.codes and bool(link),
            "chapters": [pages.chapter(chapter) for chapter in offer.chapters],
        }


def _facts(session: Session, offer: Offer) -> list[str]:
    profile = offer.profile
    hours = week_lines(read_schedule(session).week, profile.territory)
    others = [" ".join(profile.address.split()), profile.website, profile.email]
    return [*hours, *(fact for fact in others if fact)]


class _Pages:
    """What the pages say of the items of an offer."""

    def __init__(self, offer: Offer, layout: Layout, pictures: Pictures) -> None:
        self._offer = offer
        self._layout = layout
        self._pictures = pictures

    def line(self, text: str, longest: int, language: str = "") -> dict[str, object]:
        """Return a text on one line, with its direction and the language it is in."""
        language = language or self._offer.languages[0]
        return {"text": printable(text, longest), "rtl": runs_rtl(text, language), "language": language}

    def chapter(self, chapter: Chapter) -> dict[str, object]:
        """Return a chapter with its items."""
        n = len(chapter.articles)
        items = [self._item(article) for article in chapter.articles]
        return {
            "name": self.line(chapter.title, NAME),
            "count": ngettext("{n} item", "{n} items", n).format(n=formats.number(n)),
            "pictured": any(item["picture"] for item in items),
            "items": items,
        }

    def _item(self, article: Article) -> dict[str, object]:
        languages, phone = self._offer.languages, self._offer.profile.phone
        link = article.order_link(phone, languages[0])
        link = link if len(link) <= ADDRESS else ""
        by_name = dict.fromkeys((article.name(language), language) for language in languages)
        names = {name: self.line(name, NAME, language) for name, language in reversed(by_name)}
        prices = dict.fromkeys(filter(None, (article.price_text(language) for language in languages)))
        return {
            "names": [names[name] for name in dict.fromkeys(name for name, _language in by_name)],
            "texts": self._texts(article) if self._layout.descriptions else [],
            "prices": [self.line(price, LINE) for price in prices],
            "old": self.line(article.old_price_text(languages[0]), LINE),
            "code": printable(article.code, CODE),
            "out": "" if article.available else _("Out of stock"),
            "options": [self.line(option, LINE) for option in _options(article.ways)],
            "ways": [self._way(way, article) for way in article.ways[:WAYS]] if _differ(article.ways) else [],
            "picture": self._pictures.get(article),
            "link": link,
            "qr": self._code(article.short_link(phone, languages[0])),
        }

    def _texts(self, article: Article) -> list[dict[str, object]]:
        said: dict[str, str] = {}
        for language in self._offer.languages:
            text = printable(marks.plain(article.description(language)), TEXTS[self._layout.columns])
            if text:
                said.setdefault(text, language)
        longest = TEXTS[self._layout.columns] // max(len(said), 1)
        return [self.line(text, longest, language) for text, language in said.items()]

    def _way(self, way: Way, article: Article) -> dict[str, object]:
        price = "" if way.price is None else formats.money_text(way.price, article.currency)
        return {"name": self.line(way.name, NAME), "price": self.line(price, LINE), "available": way.available}

    def _code(self, link: str) -> dict[str, object] | None:
        """Return the code of a link, and how wide it is to be in mm."""
        if not (link and self._layout.codes):
            return None
        try:
            code = outline(link)
        except Invalid:  # a name that no code holds: the link itself still works
            return None
        return {"svg": code.svg(), "side": code.print_width_cm * 10}


def _options(ways: Sequence[Way]) -> list[str]:
    """Return what can be chosen, each option on a line: "Size: S, M, L"."""
    values: dict[str, dict[str, None]] = {}
    for way in ways:
        for name, value in way.options.items():
            values.setdefault(name, {})[value] = None
    # TRANSLATORS: a choice that customers have, as in "Size: S, M, L".
    return [_("{option}: {values}").format(option=name, values=_(", ").join(chosen)) for name, chosen in values.items()]


def _differ(ways: Sequence[Way]) -> bool:
    """Say whether the ways of an item have prices of their own."""
    return len({way.price for way in ways}) > 1
