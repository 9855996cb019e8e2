"""The letters of a file: which encoding it is in, told by its bytes, by who reads it, or by a person."""

import re
from contextlib import suppress

from desktop.exchange.problems import BadTable
from desktop.i18n import _

PAGES = {"ar": "cp1256", "en": "cp1252"}  # what programs write that know no UTF-8, where the language is spoken
OFFERED = ("utf-8", "cp1256", "cp1252", "iso8859-6", "mac-arabic", "cp720", "cp864", "cp1250", "cp1251", "utf-16")
BOMS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
HEAD = 65_536  # bytes and characters that decide how the rest is read
WORD = re.compile(r"[^\W\d_]+")


def decode(data: bytes, language: str, encoding: str = "") -> tuple[str, str, bool]:
    """Return the text of a file, what it was read as, and whether that is a guess that a person should look at.

    In this order: the `encoding` that is said, a mark at the start (BOM), UTF-16 by the zeros beside its delimiters,
    UTF-8 where all or nearly all of it is, the code page of the `language`, those of the others, and what
    charset-normalizer thinks. Bytes that mean nothing become halves of characters. Raises BadTable.
    """
    if encoding:
        return _said(data, encoding), encoding, False
    for bom, marked in BOMS.items():
        if data.startswith(bom):
            return _unicode(data, marked), marked, False
    if wide := _wide_order(data[:HEAD]):
        return _unicode(data, wide), wide, False
    with suppress(UnicodeDecodeError):
        return data.decode(), "utf-8", False
    text = data.decode("utf-8", "surrogateescape")
    broken = len(re.findall("[\udc80-\udcff]", text))
    if len(data) - len(text) > 3 * broken:  # a few bytes were lost on the way
        return text, "utf-8", False
    return *_older(data, language), True


def _said(data: bytes, encoding: str) -> str:
    try:
        if encoding.lower().replace("_", "-").startswith(("utf-8", "utf-16", "utf-32")):
            return _unicode(data, encoding)
        return data.decode(encoding, "replace")
    except (LookupError, ValueError) as error:
        raise BadTable(
            _("There is no such encoding. Choose UTF-8, or the one of the program that wrote it.")
        ) from error


def _unicode(data: bytes, encoding: str) -> str:
    unit = 4 if "32" in encoding else 2 if "16" in encoding else 1
    whole = data[: len(data) - len(data) % unit]  # the last character may have been cut
    try:
        text = whole.decode(encoding, "surrogateescape" if unit == 1 else "surrogatepass")
    except UnicodeDecodeError:
        text = whole.decode(encoding, "replace")
    return text.removeprefix("\ufeff")


def _wide_order(head: bytes) -> str:
    """Return the UTF-16 that `head` is in although no mark says so: every delimiter has a zero on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = max(2, len(head) // 40)
    if odd >= enough and even * 20 < odd:
        return "utf-16-le"
    return "utf-16-be" if even >= enough and odd * 20 < even else ""


def _older(data: bytes, language: str) -> tuple[str, str]:
    """Read what was written before UTF-8: by the language's own page if the letters then look like it, else guessed."""
    for page in dict.fromkeys((PAGES.get(language, PAGES["en"]), *PAGES.values())):
        with suppress(UnicodeDecodeError):
            text = data.decode(page)
            if looks_right(text[:HEAD], page):
                return text, page
    import charset_normalizer  # only such files need it

    best = charset_normalizer.from_bytes(data[:HEAD]).best()
    if best is None:
        raise BadTable(_("The letters of this file cannot be read. Save it as CSV UTF-8, and choose that file."))
    return data.decode(best.encoding, "replace"), best.encoding


def looks_right(text: str, page: str) -> bool:
    """Tell whether text read by a code page has the letters of its languages, where those are found in words."""
    words: list[str] = [word for word in WORD.findall(text) if not word.isascii()]
    if page == PAGES["ar"]:
        letters = [char for word in words for char in word if char > "\x7f"]
        return sum("\u0600" <= char <= "\u06ff" for char in letters) > 0.9 * len(letters)
    return sum(len(word) > 1 and min(word) > "\x7f" for word in words) < 0.3 * len(words)  # é among e, not ÇÓÚ
