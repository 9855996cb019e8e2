"""What all that is printed shares: fonts, paper, and texts as typst takes them."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.i18n import RTL_LANGUAGES, bidi
from desktop.resources import resource

if TYPE_CHECKING:
    import typst

# Where paper is of this size, says CLDR.
LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
FONTS = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Noto Sans Arabic", "Geeza Pro", "DejaVu Sans")
UNSEEN = ("Cc", "Cs", "Co", "Cn")  # the categories of Unicode that nobody can print


STANDARDS = ("ua-1", "a-2a")  # PDF/UA, which is read out as it is meant, and PDF/A, which is read in a hundred years


def typeset(
    template: str,
    data: Mapping[str, object],
    kind: str = "pdf",
    ppi: int = 200,
    pictures: Path | None = None,
    standards: Sequence[str] = (),
) -> list[bytes]:
    """Return what a template of resources/templates makes of `data`: one "pdf", or a "png" of each page.

    The data reaches it as JSON, so nothing in it is ever taken for markup. `pictures` is a folder of files that it
    names in its data, as "/name". May be called in any thread.
    """
    import typst

    source = resource(f"templates/{template}.typ").read_bytes()
    inputs = {"data": json.dumps(data)}
    options: dict[str, Any] = {"format": kind, "ppi": ppi, "sys_inputs": inputs, "pdf_standards": list(standards)}
    options["font_paths"] = _fonts()
    if pictures:
        options["root"] = pictures
    made = typst.compile(source, **options)
    return made if isinstance(made, list) else [made]


@cache  # to look for them anew takes ten times as long as a page does
def _fonts() -> "typst.Fonts":
    """Return the fonts of this computer, of which each is read when it is needed."""
    import typst

    return typst.Fonts()


def typeset_standard(template: str, data: Mapping[str, object], pictures: Path | None = None) -> bytes:
    """Return a PDF as `typeset` does that keeps to STANDARDS, or one that does not where a letter has no font here."""
    import typst

    try:
        return typeset(template, data, pictures=pictures, standards=STANDARDS)[0]
    except typst.TypstError:
        return typeset(template, data, pictures=pictures)[0]


def printable(text: str, longest: int) -> str:
    """Return a text on one line, at most so many characters long, without what no font has or what turns the rest."""
    words = " ".join(bidi.contained(text).split())
    text = "".join(islice((char for char in words if unicodedata.category(char) not in UNSEEN), longest + 1))
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def runs_rtl(text: str, language: str) -> bool:
    """Say whether a text runs from right to left: as its first letter does, or as `language` where it has none."""
    sides = (unicodedata.bidirectional(char) for char in text)
    side = next((side for side in sides if side in ("L", "R", "AL")), None)
    return language in RTL_LANGUAGES if side is None else side != "L"
