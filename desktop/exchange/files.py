"""Writing files whole or not at all, and names that every system takes."""

import errno
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from desktop.data.files import sync, sync_folder
from desktop.i18n import _, bidi, formats

NAME_BYTES = 200  # of 255 in UTF-8, the least of all systems: the rest is for an ending, or a number behind it
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
PLAIN = re.compile(rf"[A-Za-z0-9_-]{{1,{NAME_BYTES}}}")
DATABASE = b"SQLite format 3\0"  # how a shop begins, and any other file of SQLite's
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf"}  # by the format of what is kept (`models.Blob`)
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


class CannotWrite(Exception):
    """A file that could not be written; what was there before is still there. Its text says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, bytes or pieces of them, under the name `path`, which has the old content or all of the new.

    The file is safe from a loss of power when this returns. A link is followed, and what is no file (a pipe,
    /dev/null) is written to as it is. Raises CannotWrite, and leaves nothing behind, where the system refuses, and
    where the name is that of a shop: a slip must not cost a shop.
    """
    pieces = (data,) if isinstance(data, bytes) else data
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(pieces)
            return
        if path.exists() and _is_database(path):
            message = _("{name} exists already and was left as it is. Choose another name.")
            raise CannotWrite(message.format(name=formats.auto(path.name)))
        _replace(Path(os.path.realpath(path)), pieces)
    except OSError as error:
        raise CannotWrite(reason(path, error)) from error
    except ValueError as error:  # a NUL in the name
        raise CannotWrite(_("This file name cannot be used here. Choose another one.")) from error


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except OSError:  # what must not be read may well be written
        return False


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with draft.open("xb") as file:
            file.writelines(pieces)
            sync(file)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def reason(path: Path, error: OSError) -> str:
    """Say why a file was not written, and what to do."""
    name, folder = formats.auto(path.name), formats.ltr(str(path.parent))
    if error.errno == errno.EISDIR:
        return _("{name} is a folder. Choose a name for the file inside it.").format(name=name)
    if error.errno == errno.ENAMETOOLONG:
        return _("This file name is too long. Choose a shorter one.")
    if not path.parent.is_dir():
        return _("There is no folder {folder}. Make it first, or choose another one.").format(folder=folder)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("{name} does not fit on the disk, so it was not written. Make room and try again.").format(name=name)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY):
        message = _("{name} cannot be written in {folder}. Close it in other programs, or choose another folder.")
        return message.format(name=name, folder=folder)
    return _("{name} could not be written. Check the disk, or choose another folder.").format(name=name)


def with_ending(name: str, format: str) -> str:
    """Return what a file is called that holds something of one of ENDINGS: "bag" and "jpeg" are bag.jpg."""
    return f"{name}.{ENDINGS.get(format, format)}"


def legal_name(text: str) -> str:
    """Return `text` as the name of a file on Windows, macOS and Linux, in any script; "_" where nothing is left.

    Characters that a system forbids become "-". Those that nobody sees and direction controls are dropped, for they
    can disguise an ending. At most NAME_BYTES long in UTF-8; an ending like ".png" is to be added by the caller.
    """
    if PLAIN.fullmatch(text) and not RESERVED.fullmatch(text):
        return text
    name = unicodedata.normalize("NFC", bidi.strip(text))
    name = "".join(" " if char.isspace() else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co"))
    name = name.replace("\u200b", "").replace("\ufeff", "")
    name = FORBIDDEN.sub("-", " ".join(name.split()))
    name = name.encode()[:NAME_BYTES].decode(errors="ignore").strip(" .")
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or "_"
