"""The letters of a file: which encoding it is in, told by its bytes, by who reads it, or by a person."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO

from desktop.exchange.problems import BadTable
from desktop.i18n import _

PAGES = {"ar": "cp1256", "en": "cp1252"}  # what programs write that know no UTF-8, where the language is spoken
BOMS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
HEAD = 65_536  # bytes and characters that decide how the rest is read
BLOCK = 65_536  # characters, or bytes, that are made into lines at once
UNKEPT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what no text holds
CONTROLS = bytes(byte for byte in range(128) if UNKEPT.match(chr(byte)))
NO_LETTERS = ("\ufffe".encode(), "\uffff".encode())
WORD = re.compile(r"[^\W\d_]+")


class Text:
    """The text of a file, which is gone through line by line."""

    def __init__(self, whole: str) -> None:
        self._whole = whole
        self.head = whole[:HEAD]

    def lines(self, start: int = 0) -> Iterator[str]:
        """Yield the lines from a place in the head on, with their ends, whichever those are."""
        while start < len(self._whole):
            end = self._whole.find("\n", start + BLOCK) + 1 or len(self._whole)
            yield from StringIO(self._whole[start:end], newline="")  # of it all, it has four bytes a letter
            start = end

    def is_clean(self) -> bool:
        """Say whether there is nothing in it that no text holds."""
        return UNKEPT.search(self._whole) is None

    def count(self, letter: str) -> int:
        """Return how often an ASCII letter is in it."""
        return self._whole.count(letter)


class Utf8(Text):
    """Text that stays as the bytes it is in: letters of a long file take more room than those."""

    def __init__(self, data: bytes, first: int) -> None:
        self._data = data
        self._first = first
        self.head = data[first : first + 4 * HEAD].decode("utf-8", "ignore")[:HEAD]

    def lines(self, start: int = 0) -> Iterator[str]:
        """Yield the lines, as every text does."""
        start = self._first + len(self.head[:start].encode())
        while start < len(self._data):
            end = self._data.find(b"\n", start + BLOCK) + 1 or len(self._data)
            yield from StringIO(self._data[start:end].decode(), newline="")
            start = end

    def is_clean(self) -> bool:
        """Say the same of the bytes, in less than half of the time."""
        kept = len(self._data.translate(None, CONTROLS)) == len(self._data)
        return kept and not any(letter in self._data for letter in NO_LETTERS)

    def count(self, letter: str) -> int:
        """Return how often an ASCII letter is in it."""
        return self._data.count(letter.encode())


def open_text(data: bytes, language: str, encoding: str = "") -> tuple[Text, str, bool]:
    """Return the text of a file, what it is read as, and whether that is a guess, as `decode` does."""
    first = 3 if data.startswith(codecs.BOM_UTF8) else 0
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide_order(data[:HEAD])
    if encoding in ("", "utf-8") and not wide and _is_utf8(data):
        return Utf8(data, first), "utf-8", False
    text, encoding, guessed = decode(data, language, encoding)
    return Text(text), encoding, guessed


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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
