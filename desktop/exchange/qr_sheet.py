"""Many QR codes at once: a sheet to print and cut apart, as PDF or pictures, or one drawing for each code."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop.exchange.files import legal_name, write_file
from desktop.exchange.qr import Outline, outline
from desktop.exchange.typesetting import FONTS, LETTER, printable, runs_rtl, typeset
from desktop.i18n import RTL_LANGUAGES, _, formats, ngettext, speaking
from desktop.services.errors import Invalid
from desktop.services.targets import Coded

PAPER_CM = {"a4": 21.0, "us-letter": 21.59}
MARGIN_CM = 1.2  # at either side of the page
INSET_CM = 0.2  # at either side of a code
COLUMNS = (1, 8)
CAPTION = 80  # characters
PIXELS = 200  # to the inch, of a picture that is printed


@dataclass(frozen=True)
class Sheet:
    """What a sheet says and how it is laid out: `language` is that of its words, `territory` decides on the paper."""

    shop: str
    links: Sequence[Coded]
    language: str = "en"
    territory: str = ""
    columns: int = 3

    @property
    def paper(self) -> str:
        """The size of the page, "a4" or "us-letter"."""
        return "us-letter" if self.territory in LETTER else "a4"

    @cached_property
    def codes(self) -> list[Outline]:
        """The code of each link. Raises Invalid, saying whose it is that no code can hold."""
        return [_drawn(link) for link in self.links]

    @property
    def code_cm(self) -> float:
        """How wide each code is printed, quiet zone included."""
        return (PAPER_CM[self.paper] - 2 * MARGIN_CM) / self.columns - 2 * INSET_CM


def pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF file: codes are drawings, captions are text, each code leads to its link.

    Raises Invalid where there is nothing to print, or a link that no code can hold.
    """
    return b"".join(_compiled(sheet, "pdf"))


def pictures(sheet: Sheet, pixels: int = PIXELS) -> list[bytes]:
    """Return the pages of the sheet as PNG pictures of so many pixels to the inch. Raises as `pdf`."""
    return _compiled(sheet, "png", pixels)


def drawings(links: Iterable[Coded]) -> Iterator[tuple[str, bytes]]:
    """Return one SVG file for each link, with a name that is legal everywhere and taken only once."""
    taken: set[str] = set()
    for link in links:
        name = legal_name(" ".join(part for part in (link.code, link.name) if part))
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free.casefold())
        yield f"{free}.svg", _drawn(link).svg().encode()


def write_drawings(links: Sequence[Coded], folder: Path) -> list[Path]:
    """Write one SVG file for each link into a folder, which is made if it is not there; return them.

    Raises CannotWrite and Invalid; each file is whole or not there.
    """
    files = [(folder / name, data) for name, data in drawings(links)]  # all of them, before the first is written
    with suppress(OSError):  # what is wrong with it is said of the first file
        folder.mkdir()
    for file, data in files:
        write_file(file, data)
    return [file for file, _data in files]


def write_pictures(sheet: Sheet, path: Path) -> list[Path]:
    """Write the pages as `path`, or as path-1, path-2 … where there are several; return the files. Raises the same."""
    pages = pictures(sheet)
    numbered = (path.with_name(f"{path.stem}-{page}{path.suffix}") for page in range(1, len(pages) + 1))
    files = [path] if len(pages) == 1 else list(numbered)
    for file, data in zip(files, pages, strict=True):
        write_file(file, data)
    return files


def write_pages(sheet: Sheet, folder: Path) -> list[Path]:
    """Write the pages into a folder, made if it is not there, as 1.png, 2.png …; return the files. Raises the same."""
    pages = pictures(sheet)
    with suppress(OSError):
        folder.mkdir()
    files = [folder / f"{number}.png" for number in range(1, len(pages) + 1)]
    for file, data in zip(files, pages, strict=True):
        write_file(file, data)
    return files


def advice(sheet: Sheet) -> str:
    """Say in one sentence how many codes are too dense for their width, and in how many columns they are not; or ""."""
    widths = [code.print_width_cm for code in sheet.codes]
    dense = sum(width > sheet.code_cm for width in widths)
    if not dense:
        return ""
    fitting = max(COLUMNS[0], math.floor((PAPER_CM[sheet.paper] - 2 * MARGIN_CM) / (max(widths) + 2 * INSET_CM)))
    sentence = ngettext(
        "{n} code is too dense to be read at this size. Choose {columns} columns or fewer.",
        "{n} codes are too dense to be read at this size. Choose {columns} columns or fewer.",
        dense,
    )
    return sentence.format(n=formats.number(dense), columns=formats.number(fitting))


def _compiled(sheet: Sheet, kind: str, pixels: int = PIXELS) -> list[bytes]:
    if not sheet.links:
        raise Invalid("where", _("There are no items to print codes for."))
    return typeset("qr_sheet", _data(sheet), kind, pixels)


def _data(sheet: Sheet) -> dict[str, object]:
    """Return all that the template shows."""
    with speaking(sheet.language):
        title = _("QR codes of {name}").format(name=printable(sheet.shop, CAPTION))
        sentence = _("Point the phone's camera at a code to order on WhatsApp")
    return {
        "title": title,
        "shop": printable(sheet.shop, CAPTION),
        "shop_rtl": runs_rtl(sheet.shop, sheet.language),
        "sentence": sentence,
        "language": sheet.language,
        "rtl": sheet.language in RTL_LANGUAGES,
        "paper": sheet.paper,
        "fonts": FONTS,
        "columns": sheet.columns,
        "codes": [
            {
                "url": link.url,
                "svg": code.svg(),
                "name": printable(link.name, CAPTION),
                "rtl": runs_rtl(link.name, sheet.language),
                "price": link.price,
                "code": printable(link.code, CAPTION),
            }
            for link, code in zip(sheet.links, sheet.codes, strict=True)
        ],
    }


def _drawn(link: Coded) -> Outline:
    """Return the code of a link. Raises Invalid, saying whose it is."""
    try:
        return outline(link.url)
    except Invalid as invalid:
        sentence = _("{name}: {sentence}").format(name=formats.auto(link.name), sentence=invalid.message)
        raise Invalid(invalid.field, sentence) from invalid
