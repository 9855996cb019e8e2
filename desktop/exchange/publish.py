"""The forms in which a catalog is given out: what each is for, what can be chosen, how it is made and looks before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.exchange.catalog_pdf import write_pdf
from desktop.exchange.chat_text import write_messages
from desktop.exchange.feed import feed_languages, write_feed, write_language_feed
from desktop.exchange.feed_formats import Format
from desktop.exchange.feed_rows import chosen_items
from desktop.exchange.publish_choice import (
    OFFER,
    RETAIL,
    Options,
    choice_of,
    first_items,
    items_of,
    layout_of,
    style_of,
)
from desktop.exchange.publish_previews import (
    CHATTED,
    Preview,
    chat_messages,
    chatted,
    feed_rows,
    first_pages,
    front,
    sheet_rows,
    whole_shop,
)
from desktop.exchange.remake import Again, Maker, of_catalog, of_shop
from desktop.exchange.shop_folder import DOCUMENT, write_shop
from desktop.exchange.shop_json import write_json
from desktop.exchange.site import write_site
from desktop.exchange.spreadsheet import write_spreadsheet
from desktop.exchange.upload import write_upload
from desktop.i18n import N_, _, formats, places
from desktop.services.profile import read_profile
from desktop.services.publish import REFUSED, meant
from desktop.services.share import customers_language

FEEDS: Mapping[str, Format] = {".csv": "csv", ".tsv": "tsv", ".xlsx": "xlsx", ".xml": "xml"}


class Made(NamedTuple):
    """What was written: the shop's number that is in it, or "", how many items, the sentences worth reading then."""

    phone: str = ""
    items: int = 0
    remarks: Sequence[str] = ()


Make = Callable[[Session, Path, Options, Tell], Made]


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
    whole: bool = False  # hidden items are in it, marked
    priced: bool = False  # it is nothing without prices

    @property
    def place(self) -> Literal["file", "folder"]:
        """Where it goes."""
        return "file" if self.endings else "folder"


# How each is made


def make_feed(session: Session, out: Path | BinaryIO, options: Options, tell: Tell) -> Made:
    """Write a feed in the language that is chosen first; beside a file those of the others. Raises as `write_feed`."""
    choice = choice_of(options)
    phone, own = of_catalog(session).phone, customers_language(read_profile(session))
    language, *others = choice.languages or (own,)
    ending = out.suffix.lower() if isinstance(out, Path) else ""
    format = options.get("format") or FEEDS.get(ending, "csv")
    if language != own:
        return Made(phone, write_language_feed(session, out, language, format, tell, choice))
    causes = write_feed(session, out, options.get("base_url", ""), format, tell, choice)
    remarks = [cause.message for cause in causes]
    if isinstance(out, Path):
        for other in sorted(set(others).intersection(feed_languages(session))):
            beside = out.with_name(f"{out.stem}-{other}{out.suffix}")
            write_language_feed(session, beside, other, format, tell, choice)
            sentence = _("The texts in {language} are in {file}.")
            remarks.append(sentence.format(language=places.language_name(other), file=formats.ltr(beside.name)))
    return Made(phone, len(chosen_items(session, choice)), remarks)


def _upload(session: Session, path: Path, options: Options, tell: Tell) -> Made:
    report = write_upload(session, path, options.get("base_url", ""), tell, choice_of(options))
    return Made(of_catalog(session).phone, report.items, [cause.message for cause in report.causes])


def _site(session: Session, path: Path, options: Options, tell: Tell) -> Made:
    report = write_site(session, path, choice_of(options), options.get("base_url", ""), items_of(options), tell)
    return Made(read_profile(session).phone, report.items)


def _pdf(session: Session, path: Path, options: Options, tell: Tell) -> Made:
    report = write_pdf(session, path, choice_of(options), layout_of(options), items_of(options), tell)
    return Made(read_profile(session).phone, report.items, report.warnings)


def _text(session: Session, path: Path, options: Options, tell: Tell) -> Made:
    ids = first_items(session, options, CHATTED)
    remarks = [chatted()] if len(first_items(session, options, CHATTED + 1)) > CHATTED else []
    report = write_messages(session, path, choice_of(options), style_of(options), ids, tell)
    return Made(read_profile(session).phone, report.items, remarks)


def _xlsx(session: Session, path: Path, options: Options, tell: Tell) -> Made:
    report = write_spreadsheet(session, path, choice_of(options), items_of(options), tell)
    return Made(of_catalog(session).phone, report.items, report.warnings)


def _json(session: Session, path: Path, _options: Options, tell: Tell) -> Made:
    write_json(session, path, tell)
    return Made(*of_shop(session))


def _shop(session: Session, path: Path, _options: Options, tell: Tell) -> Made:
    write_shop(session, path, tell)
    return Made(*of_shop(session))


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
        make_feed,
        ("prices", "collections", "base_url"),
        endings=(
            (".csv", N_("Table (CSV)")),
            (".xlsx", N_("Workbook (XLSX)")),
            (".xml", N_("Feed (XML)")),
            (".tsv", N_("Table with tabs (TSV)")),
        ),
        gaps=REFUSED,
        whole=True,
        priced=True,
    ),
    Form(
        "upload",
        N_("Upload folder"),
        N_("The table for Meta and Google with the pictures, to put on your own website."),
        feed_rows,
        _upload,
        ("prices", "collections", "base_url"),
        first="README.txt",
        gaps=REFUSED,
        whole=True,
        priced=True,
    ),
    Form(
        "xlsx",
        N_("Spreadsheet"),
        N_("For the accountant, for a price round, or to change much at once and import it again."),
        sheet_rows,
        _xlsx,
        ("items", "languages", "prices", "collections"),
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
    Form(
        "shop",
        N_("Whole shop with pictures"),
        N_("Everything in a folder of plain files. A shop can be rebuilt from it, also if Dukkan's own file is lost."),
        whole_shop,
        _shop,
        first=DOCUMENT,
    ),
)


def terms_of(form: Form, options: Options) -> tuple[str, ...]:
    """Return the terms of `services.where` for what a form gives out: what programs read has hidden items too."""
    terms = meant(choice_of(options).collections) if "collections" in form.options else ()
    if form.whole or (form.kind == "xlsx" and options.get("prices", RETAIL) == RETAIL):
        return terms[1:]
    return terms


def _remaker(make: Make) -> Maker:
    def remake(session: Session, path: Path, options: Options) -> Again:
        made = make(session, path, options, silent)
        return Again(made.phone, made.items)

    return remake


MAKERS: Mapping[str, Maker] = {form.kind: _remaker(form.make) for form in FORMS}  # for `remake.remake`


def form_of(kind: str) -> Form | None:
    """Return the form of a kind of export, None for one that is no catalog."""
    return next((form for form in FORMS if form.kind == kind), None)
