"""The lines of contact cards, of every version and however damaged: unfolded, decoded, and taken apart.

Whatever a file holds, no more of it is in memory than one property, and of pictures nothing at all.
"""

import io
import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from desktop.exchange.encoding import BOMS, PAGES, looks_right

Decode = Callable[[str, str], tuple[str, bool]]  # from bytes as Latin-1, and what CHARSET says

CHUNK = 65_536  # characters of a line that are read together
LONGEST = 1_000_000  # characters of a value that are kept
PICTURES = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
PROPERTY = re.compile(r"(?:([\w-]+)\.)?([A-Za-z][\w-]*)[ \t]*((?:;(?:\"[^\"]*\"|[^\":;])*)*):")
INDENTED = re.compile(r"([ \t]+)BEGIN:VCARD", re.IGNORECASE)
PARAMETER = re.compile(r";([^=;\"]*)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
CARET = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868
BINARY = re.compile(r"[A-Za-z0-9+/=]+")
ZEROS = {b"B\0": "utf-16-le", b"\0B": "utf-16-be"}  # how BEGIN begins where no mark says so
BARE_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"}


@dataclass(slots=True)
class Line:
    """One property: the group before its name, the name in capitals, its parameters, and the text of its value.

    `guessed` tells that its letters were, `cut` that its end was left out.
    """

    group: str
    name: str
    parameters: dict[str, list[str]]
    text: str
    guessed: bool = False
    cut: bool = False

    def kinds(self) -> list[str]:
        """Return what TYPE says, in small letters."""
        return [kind.lower() for kind in self.parameters.get("TYPE", ())]


@dataclass(slots=True)
class _Open:
    """A property whose lines are still coming."""

    head: str
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    group: str = ""
    name: str = ""
    parameters: dict[str, list[str]] = field(default_factory=dict)
    quoted: bool = False
    binary: bool = False
    cut: bool = False

    def add(self, piece: str) -> None:
        if self.name in PICTURES:
            return
        if self.size + len(piece) > LONGEST:
            piece = piece[: LONGEST - self.size]
            self.cut = True
        self.pieces.append(piece)
        self.size += len(piece)

    def goes_on(self, line: str, version: str) -> bool:
        """Take a line that goes on with this property, in the way of its card's version; say whether it did."""
        if self.quoted and self.pieces and self.pieces[-1].endswith("=") and not _is_edge(line):
            self.pieces[-1] = self.pieces[-1][:-1]
            self.add(line)
        elif line.startswith((" ", "\t")):
            self.add(line if version == "2.1" and not self.binary else line[1:])
        elif self.binary and BINARY.fullmatch(line.strip()):
            self.add(line)
        else:
            return not line.strip()
        return True


def read_lines(file: BinaryIO, language: str = "", encoding: str = "") -> Iterator[Line]:
    """Yield the properties of a file, BEGIN and END too; those of pictures come without what they hold.

    Letters are UTF-8 where they can be, else of the `encoding` that a person says, else what CHARSET says, else those
    of `language`.
    """
    stream, decode = _open(file, language, encoding)
    opened: _Open | None = None
    version = indent = ""
    is_new = True
    while piece := stream.readline(CHUNK):
        whole = piece.endswith("\n")
        line = piece[:-1] if whole else piece
        begins, is_new = is_new, whole
        if not begins:
            if opened:
                opened.add(line)
            continue
        if not opened and (deep := INDENTED.match(line)):
            indent = deep[1]  # as cards are that stand in an e-mail
        line = line.removeprefix(indent)
        if opened.goes_on(line, version) if opened else not line.strip():
            continue
        found = _begun(line)
        if found is None:
            if opened:  # a line that someone broke without saying so
                opened.add(f"=0A{line}" if opened.quoted else f"\n{line}")
            continue
        if opened:
            yield _done(opened, decode)
        opened = found
        if found.name == "VERSION":
            version = found.pieces[0].strip()
    if opened:
        yield _done(opened, decode)


def _open(file: BinaryIO, language: str, encoding: str) -> tuple[io.TextIOWrapper, Decode]:
    """Return the lines of a file, and what makes letters of them: bytes, unless they say that they are wide."""
    start = file.read(4)
    wide = next((name for bom, name in BOMS.items() if start.startswith(bom)), "") or ZEROS.get(start[:2], "")
    raw = io.BufferedReader(_Rest(start[3:] if wide == "utf-8" else start, file), CHUNK)
    if wide.startswith(("utf-16", "utf-32")):
        return io.TextIOWrapper(raw, wide, "replace", newline=None), _as_it_is
    return io.TextIOWrapper(raw, "latin-1", newline=None), partial(_read_bytes, language=language, encoding=encoding)


class _Rest(io.RawIOBase):
    """A file of which the beginning was read already."""

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start = start
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start or self._file.read(len(buffer))
        self._start = b""
        buffer[: len(data)] = data
        return len(data)


def _is_edge(line: str) -> bool:
    return line[:10].upper() in ("END:VCARD", "BEGIN:VCAR")


def _begun(line: str) -> _Open | None:
    """Return the property that a line begins, None if it begins none."""
    match = PROPERTY.match(line)
    if match is None:
        return None
    group, name, words = match.groups()
    found = _Open(line[: match.end()], group=(group or "").lower(), name=name.upper())
    if words:
        found.parameters = _parameters(words)
        encoding = "".join(found.parameters.get("ENCODING", ())[:1]).upper()
        found.quoted = encoding in ("QUOTED-PRINTABLE", "Q")
        found.binary = encoding in ("BASE64", "B")
    found.add(line[match.end() :])
    return found


def _parameters(words: str) -> dict[str, list[str]]:
    """Return the parameters of a property by name; those of version 2.1 that have none are encodings or types."""
    found: dict[str, list[str]] = {}
    for name, value in PARAMETER.findall(words):
        name = name.strip().upper()
        if not name:
            continue
        if not value:
            named = "ENCODING" if name in BARE_ENCODINGS else "TYPE"
            found.setdefault(named, []).append(name)
            continue
        if "^" in value:
            value = re.sub(r"\^[n'^]", lambda sign: CARET[sign[0]], value)
        values = re.findall(r"\"([^\"]*)\"|([^,\"]+)", value) if "," in value or '"' in value else [("", value)]
        for quoted, plain in values:  # also TYPE="cell,voice" is two
            found.setdefault(name, []).extend((quoted or plain).split(",") if name == "TYPE" else [quoted or plain])
    return found


def _done(opened: _Open, decode: Decode) -> Line:
    """Return a property whose lines have all come, as text."""
    raw = "".join(opened.pieces)
    guessed = False
    if opened.name in PICTURES:
        return Line(opened.group, opened.name, opened.parameters, "", False)
    stated = "".join(opened.parameters.get("CHARSET", ())[:1])
    if opened.quoted:
        raw = quopri.decodestring(raw.rstrip("=").encode("latin-1", "replace")).decode("latin-1")
        decode = decode if decode is not _as_it_is else _read_bytes
    text, guessed = (raw, False) if raw.isascii() else decode(raw, stated)
    return Line(opened.group, opened.name, opened.parameters, text, guessed, opened.cut)


def _as_it_is(raw: str, _stated: str) -> tuple[str, bool]:
    return raw, False


def _read_bytes(raw: str, stated: str, language: str = "", encoding: str = "") -> tuple[str, bool]:
    """Return the letters that are meant by bytes which were read as Latin-1."""
    return _letters(raw.encode("latin-1"), stated, language, encoding)


def _letters(data: bytes, stated: str, language: str, encoding: str) -> tuple[str, bool]:
    """Return the text that bytes are, and whether that was guessed: what is UTF-8 is so whatever its card says."""
    try:
        return data.decode(), False
    except UnicodeDecodeError:
        pass
    if encoding:
        return data.decode(encoding, "replace"), False
    if stated and stated.upper().replace("_", "-") not in ("UTF-8", "UTF8", "US-ASCII", "ASCII"):
        try:
            return data.decode(stated), False
        except (LookupError, ValueError):
            pass
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 4 < len(text):  # cut in the middle of a letter
        known = len(data) - len(text) > text.count("\ufffd") * 2
        if known:
            return text, True
    for page in dict.fromkeys((PAGES.get(language, PAGES["en"]), *PAGES.values())):
        try:
            read = data.decode(page)
        except UnicodeDecodeError:
            continue
        if looks_right(read, page):
            return read, True
    return data.decode(PAGES["en"], "replace"), True
