"""Pictures that come with items: in a folder or a ZIP file, found by path, code, name or order, and kept."""

import os
import re
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from desktop.data.database import Database
from desktop.data.many import Tell, silent
from desktop.exchange.feed_cells import is_file_name, line
from desktop.exchange.feed_items import Kept
from desktop.exchange.files import RESERVED
from desktop.exchange.incoming import Feed, Rows
from desktop.exchange.picture_reading import Unopened, read_images
from desktop.exchange.tables import BadTable, Problem
from desktop.i18n import _, formats
from desktop.i18n.folding import fold, sort_key
from desktop.services.pictures import keep_images

By = Literal["auto", "order"]

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif"})
MOST = 50_000  # files that are looked at
LARGEST = 50_000_000  # bytes of a picture
STEEPEST = 100  # times that a picture may grow out of an archive; it is packed in itself already
SIZE = re.compile(
    r"[_-](?:pico|icon|thumb|small|compact|medium|large|grande|original|master|scaled|\d{2,4}x\d{0,4}|x\d{2,4})(?:@[23]x)?$"
)
CELLS = ("image_link", "additional_image_link")
AT_ONCE = 8  # pictures that are in memory before they are kept


class Pictures(Protocol):
    """Picture files by their names, which are paths with /. `refused` says what was passed over."""

    names: Sequence[str]
    refused: Sequence[str]

    def open(self, name: str) -> Path | bytes:
        """Return a file, or what it holds. Raises Unopened."""


def open_pictures(path: Path) -> Pictures:
    """Look into a folder, or a ZIP file. Raises BadTable where it is neither, and OSError."""
    if path.is_dir():
        return Folder(path)
    try:
        return Archive(zipfile.ZipFile(path))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        message = _("{name} is neither a folder nor a ZIP file with pictures.")
        raise BadTable(message.format(name=formats.auto(path.name))) from error


class Folder:
    """A folder with pictures, and the folders in it; links are not followed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found: list[str] = []
        for here, folders, files in os.walk(path):
            folders[:] = [folder for folder in folders if not folder.startswith(".")]
            found += [Path(here, file).relative_to(path).as_posix() for file in files if _is_picture(file)]
            if len(found) > MOST:
                break
        self.names: Sequence[str] = sorted(found[:MOST], key=sort_key)
        self.refused: Sequence[str] = ()

    def open(self, name: str) -> Path:
        """Return a file."""
        return self._path / name


class Archive:
    """A ZIP file with pictures. Nothing of it is ever unpacked into a folder.

    Passed over are names that lead out of a folder or that a system has reserved, links, what is locked with a
    password, what would grow too large, and all but the first of a name.
    """

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._infos: dict[str, zipfile.ZipInfo] = {}
        refused: list[str] = []
        taken: set[str] = set()
        for info in file.infolist()[:MOST]:
            name = _readable(info)
            if info.is_dir() or not _is_picture(name) or name.startswith("__MACOSX/"):
                continue
            if sentence := _refusal(info, name) or ("" if name.casefold() not in taken else _twice(name)):
                refused.append(sentence)
                continue
            taken.add(name.casefold())
            self._infos[name] = info
        self.names: Sequence[str] = sorted(self._infos, key=sort_key)
        self.refused: Sequence[str] = refused

    def open(self, name: str) -> bytes:
        """Return what a file holds. Raises Unopened."""
        try:
            with self._file.open(self._infos[name]) as file:
                data = file.read(LARGEST + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Unopened(_("This part of the ZIP file is damaged.")) from error
        if len(data) > LARGEST:
            raise Unopened(_("This picture is larger than it says."))
        return data


def _is_picture(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in ENDINGS and not PurePosixPath(name).name.startswith(".")


def _readable(info: zipfile.ZipInfo) -> str:
    """Return a name as it was meant: programs write Arabic ones in UTF-8 or cp1256 without saying so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp1256"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _refusal(info: zipfile.ZipInfo, name: str) -> str:
    """Say why a file of an archive is passed over, "" if it is not."""
    parts = name.split("/")
    outside = name.startswith("/") or "\\" in name or ":" in name or ".." in parts
    if outside or any(ord(char) < 32 for char in name) or any(RESERVED.fullmatch(part) for part in parts):
        return _("{name}: no such name belongs into a ZIP file, so it was passed over.").format(name=_shown(name))
    if stat.S_ISLNK(info.external_attr >> 16):
        return _("{name}: it is only a link to a file, so it was passed over.").format(name=_shown(name))
    if info.flag_bits & 1:
        return _("{name}: it is locked with a password, so it was passed over.").format(name=_shown(name))
    if info.file_size > LARGEST or info.file_size > max(1_000_000, STEEPEST * info.compress_size):
        return _("{name}: it is too large for a picture, so it was passed over.").format(name=_shown(name))
    return ""


def _twice(name: str) -> str:
    return _("{name}: it is there twice, and the first one counts.").format(name=_shown(name))


def _shown(name: str) -> str:
    return formats.auto("".join(char for char in name if char.isprintable())[-80:])


# Whose they are


@dataclass(frozen=True)
class Matched:
    """The names of pictures by the row of their item, in order; and what belongs to no row.

    `addresses` says of a row and a picture the address on the web whose picture it is.
    """

    rows: Mapping[int, Sequence[str]]
    unused: Sequence[str] = ()
    addresses: Mapping[tuple[int, str], str] = field(default_factory=dict)


def match_pictures(feed: Feed, names: Sequence[str], by: By = "auto") -> Matched:
    """Say which picture files belong to which row.

    A row that names files has those, wherever they lie. What is called as the end of an address is that address's
    picture, also with the size behind it that shops write there (mug_grande.jpg). Other files belong to the row whose
    code, or else whose name, they are called after, a number behind it (BAG-1 (2).jpg), or that their folder is called
    after. By "order", each row has one in turn; so too where nothing else fits and there are as many files as rows.
    """
    if by == "order":
        return _in_order(feed, names)
    matching = _Matching(names)
    matching.by_cells(feed)
    matching.by_addresses(feed)
    matching.by_names(feed)
    if not matching.found and len(names) == len(feed.rows):
        return _in_order(feed, names)
    found = {row: list(dict.fromkeys(each)) for row, each in matching.found.items()}
    return Matched(found, list(matching.left), matching.addresses)


class _Matching:
    """Which file is whose so far, and which are `left`; each step takes of those what it is sure of."""

    def __init__(self, names: Sequence[str]) -> None:
        self.found: dict[int, list[str]] = defaultdict(list)
        self.left = dict.fromkeys(names)
        self.addresses: dict[tuple[int, str], str] = {}
        self._paths = _by_path(names)

    def by_cells(self, feed: Feed) -> None:
        """Give each row the files that it names; one may be of several rows."""
        for row, cells in feed.rows:
            for wanted in _files(cells):
                path = _path(wanted)
                if (name := self._paths.get(path, self._paths.get(path.rpartition("/")[2]))) is not None:
                    self.found[row].append(name)
                    self.left.pop(name, None)

    def by_addresses(self, feed: Feed) -> None:
        """Give each row what is called as the end of an address of its own."""
        linked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row, cells in feed.rows:
            for address in _addresses(cells):
                linked[_stem(PurePosixPath(unquote(urlsplit(address).path)).stem)].append((row, address))
        for name in list(self.left):
            if same := linked.get(_stem(PurePosixPath(name).stem)):
                for row, address in same:
                    self.found[row].append(name)
                    self.addresses[row, name] = address
                del self.left[name]

    def by_names(self, feed: Feed) -> None:
        """Give each row what is called after its code, or after that of a way of it, or else after its name."""
        codes: dict[str, int] = {}
        called: dict[str, int] = {}
        for row, cells in feed.rows:
            for key, index in ((_key(cells.get("id", "")), codes), (_key(cells.get("title", "")), called)):
                if key:
                    index.setdefault(key, row)
            for way in feed.ways.get(row, ()):
                codes.setdefault(_key(way.cells.get("id", "")), row)
        for name in list(self.left):
            whose = next((index[key] for index in (codes, called) for key in _keys(name) if key in index), None)
            if whose is not None:
                self.found[whose].append(name)
                del self.left[name]


def _in_order(feed: Feed, names: Sequence[str]) -> Matched:
    rows = [row for row, _cells in feed.rows]
    return Matched({row: [name] for row, name in zip(rows, names, strict=False)}, list(names[len(rows) :]))


def _files(cells: Mapping[str, str]) -> list[str]:
    """Return the names of files in the cells for pictures."""
    parts = (part.strip() for column in CELLS for part in re.split(r"[,;|\n]", cells.get(column, "")))
    return [part for part in parts if part and is_file_name(part)]


def _addresses(cells: Mapping[str, str]) -> list[str]:
    parts = (part.strip() for column in CELLS for part in re.split(r",(?=\s*https?://)", cells.get(column, "")))
    return [part for part in parts if part.startswith(("http://", "https://")) and _is_address(part)]


def _is_address(text: str) -> bool:
    with suppress(ValueError):
        return bool(urlsplit(text).path)
    return False


def _stem(stem: str) -> str:
    return SIZE.sub("", stem.casefold())


def _by_path(names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_path(name), name)
    for name in names:
        found.setdefault(_path(name).rpartition("/")[2], name)
    return found


def _path(name: str) -> str:
    return re.sub(r"^(\.?/)+", "", name.strip().replace("\\", "/")).casefold()


def _keys(name: str) -> Iterator[str]:
    """Yield what a file may be called after, the surest first."""
    path = PurePosixPath(name)
    whole = _key(path.stem)
    words, _space, last = whole.rpartition(" ")
    yield whole
    if words and re.fullmatch(r"\d{1,3}|[0-9a-f]{12}", last):  # a number, or the digest in the name of an upload
        yield words
    if path.parent.name:
        yield _key(path.parent.name)


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(line(text))))


def without_files(feed: Feed, rows: Collection[int]) -> Feed:
    """Return a feed whose `rows` name no files any more: their pictures are taken from them."""
    return replace(feed, rows=_Without(feed.rows, frozenset(rows)))


class _Without(Rows):
    """Rows, of which some have only addresses in their cells for pictures."""

    def __init__(self, rows: Collection[tuple[int, dict[str, str]]], taken: frozenset[int]) -> None:
        self._rows, self._taken = rows, taken

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        for row, cells in self._rows:
            if row in self._taken:
                cells = {c: cell for c, cell in cells.items() if c not in CELLS or not _files({c: cell})}
            yield row, cells


# Kept


def keep_pictures(
    database: Database,
    pictures: Pictures,
    matched: Matched,
    tell: Tell = silent,
    is_stopped: Callable[[], bool] = lambda: False,
) -> tuple[dict[int, list[Kept]], list[Problem]]:
    """Read the pictures that belong to rows and keep them in the shop; return them by row, and what is wrong.

    No item shows them yet: `importing.plan_import` takes them as `images`, so that they come with their items in one
    action. Those that no item comes to show are collected when the shop is closed.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for row, names in matched.rows.items():
        for name in names:
            places[name].append(row)
    order = list(places)
    digests: dict[str, str] = {}
    problems: list[Problem] = []
    waiting: list[tuple[str, object]] = []

    def keep() -> None:
        kept = database.run_unrecorded(keep_images, [image for _name, image in waiting])
        digests.update(zip([name for name, _image in waiting], kept, strict=True))
        waiting.clear()

    sources = [partial(pictures.open, name) for name in order]
    for done, (name, read) in enumerate(zip(order, read_images(sources, is_stopped), strict=False), 1):
        if read.image is None:
            problems += [_unread(row, name, read.trouble) for row in places[name][:1]]
        else:
            waiting.append((name, read.image))
        if len(waiting) == AT_ONCE:
            keep()
        tell(done, len(order))
    if waiting:
        keep()
    rows = {
        row: [Kept(digests[name], matched.addresses.get((row, name), "")) for name in names if name in digests]
        for row, names in matched.rows.items()
    }
    return {row: found for row, found in rows.items() if found}, problems


def _unread(row: int, name: str, trouble: str) -> Problem:
    message = _("Row {row}: the picture {name} was left out. {reason}")
    sentence = message.format(row=formats.number(row), name=_shown(name), reason=trouble)
    return Problem(row, CELLS[0], "picture_unreadable", sentence)
