"""Making an export again: the same kind of file, with the same options, at the same place, of the shop as it is now.

What the options of each kind are (all of them may be left out):
- those of the catalog's forms: see `publish_choice`; replies, card's `size` (one of `profile_card.SIZES`)
- qr_sheet, qr_pages, qr_drawings: `terms` of `services.where`, `out` (ids that are left out), `columns`, `only` (ids)
- qr: `kind`, `target`, `text`, `phone`, `compat` as `targets.make_link` takes them, or `campaign`; `name`
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop.data.models import Export
from desktop.exchange import profile_card, qr, qr_sheet
from desktop.exchange.files import CannotWrite, write_file
from desktop.exchange.qr_sheet import Sheet
from desktop.exchange.replies_file import write_replies
from desktop.i18n import _, formats
from desktop.services.campaigns import campaign_link
from desktop.services.catalog import count_products
from desktop.services.counts import count_replies
from desktop.services.errors import Invalid
from desktop.services.exports import is_here, options_of
from desktop.services.new_number import carries, mentions
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.targets import Made, item_links, make_link
from desktop.services.where import Search, find

SIDE = 1000  # pixels, at least, of a saved code: sharp on a printed page


class Again(NamedTuple):
    """What a new file holds, as `exports.record` notes it: the shop's number, or "", and how many items."""

    phone: str = ""
    items: int = 0


Maker = Callable[[Session, Path, Mapping[str, Any]], Again]


def remake(session: Session, export: Export, makers: Mapping[str, Maker] | None = None) -> Again:
    """Make an export again where it is; each file has the old content or all of the new.

    `makers` are further kinds that this package does not know how to make. Raises CannotWrite and Invalid, saying why
    not: the folder is gone, it was made on another computer, it was not a file, what it is about was deleted.
    """
    maker = {**MAKERS, **(makers or {})}.get(export.kind)
    if not export.path or maker is None:
        raise Invalid("kind", _("This was copied, not saved: copy it again, and paste it where the old one is."))
    if not is_here(export):
        sentence = _("This was made on {computer}. Make it again there.")
        raise Invalid("computer", sentence.format(computer=formats.auto(export.computer)))
    path = Path(export.path)
    if not path.parent.is_dir():
        sentence = _("The folder {folder} is not there any more. Export it once more, to another place.")
        raise CannotWrite(sentence.format(folder=formats.ltr(str(path.parent))))
    return maker(session, path, options_of(export))


def code_file(code: qr.Code, ending: str, title: str = "") -> bytes:
    """Return the bytes of a file with one code, of the type that `ending` names: ".svg" or a PNG picture."""
    if ending.lower() == ".svg":
        return code.svg(title).encode()
    return code.png(-(-SIDE // (code.size + 2 * qr.QUIET)))


def sheet_of(session: Session, options: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `options` choose, of items that customers see unless they say otherwise. Raises Invalid."""
    profile = read_profile(session)
    terms, out = [str(term) for term in options.get("terms", ())], set(options.get("out", ()))
    if not any(term.strip().lower() == "hidden" for term in terms):
        terms.append("shown")
    ids = [item for item in find(session, Search(terms=tuple(terms))) if item not in out]
    if "only" in options:
        only = set(options["only"])
        ids = [item for item in ids if item in only]
    links = item_links(session, ids)
    return Sheet(profile.name, links, customers_language(profile), profile.territory, options.get("columns", 3))


def link_of(session: Session, options: Mapping[str, Any]) -> Made:
    """Return the link that the options of a code or a website button name. Raises Invalid, NotFound."""
    if "campaign" in options:
        return campaign_link(session, options["campaign"])
    names = ("kind", "target", "text", "phone", "compat")
    return make_link(session, **{"kind": "chat", **{name: options[name] for name in names if name in options}})


def _replies(session: Session, path: Path, _options: Mapping[str, Any]) -> Again:
    write_replies(session, path)
    return of_replies(session)


def of_shop(session: Session) -> Again:
    """Say what a file of all the shop holds."""
    return Again(read_profile(session).phone, count_products(session))


def of_catalog(session: Session) -> Again:
    """Say what a file of the catalog's texts holds."""
    phone = read_profile(session).phone
    return Again(phone if carries(session, phone, "catalog") else "", count_products(session))


def of_replies(session: Session) -> Again:
    """Say what a file of the replies' texts holds."""
    phone = read_profile(session).phone
    return Again(phone if carries(session, phone, "replies") else "", count_replies(session))


def _qr_sheet(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    sheet = sheet_of(session, options)
    write_file(path, qr_sheet.pdf(sheet))
    return _of_sheet(session, sheet)


def _qr_pages(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    sheet = sheet_of(session, options)
    if path.suffix.lower() == ".png":
        qr_sheet.write_pictures(sheet, path)
    else:
        qr_sheet.write_pages(sheet, path)
    return _of_sheet(session, sheet)


def _qr_drawings(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    sheet = sheet_of(session, options)
    if not sheet.links:
        raise Invalid("where", _("There are no items to print codes for."))
    qr_sheet.write_drawings(sheet.links, path)
    return _of_sheet(session, sheet)


def _of_sheet(session: Session, sheet: Sheet) -> Again:
    return Again(read_profile(session).phone, len(sheet.links))


def _qr(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    made = link_of(session, options)
    write_file(path, code_file(qr.make(made.url), path.suffix, options.get("name", made.name)))
    phone = read_profile(session).phone
    return Again(phone if mentions(made.url, phone) else "", 1)


def _card(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    card = profile_card.read_card(session)
    write_file(path, profile_card.pdf(card, options.get("size", "a5")))
    return Again(read_profile(session).phone)


MAKERS: Mapping[str, Maker] = {
    "replies": _replies,
    "qr_sheet": _qr_sheet,
    "qr_pages": _qr_pages,
    "qr_drawings": _qr_drawings,
    "qr": _qr,
    "card": _card,
}
