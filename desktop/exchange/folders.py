"""Writing a folder of files whole or not at all, without touching what others have put there."""

import contextlib
import json
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from desktop.data.files import sync
from desktop.exchange.files import CannotWrite, reason
from desktop.i18n import _, formats

MANIFEST = ".dukkan-export.json"  # in the folder: what of it was written here


def write_folder(folder: Path, kind: str, files: Iterable[tuple[str, bytes]], last: str = "") -> None:
    """Write files, each with its path inside `folder` (with / between), and take away those of the export before.

    Everything is written beside the folder first, so a disk that is full, an error in `files` or a stop leaves the
    folder as it was; then each file replaces its old one, `last` (where one begins to read) at the end. Files that
    no export of this `kind` has written stay. Raises CannotWrite, also for a folder that holds another kind of export,
    or other things and none.
    """
    folder = folder.absolute()  # else "." has no name, beside which something could be written
    draft = folder.with_name(f".{secrets.token_hex(8)}.part")
    try:
        before = _written(folder, kind)
        draft.mkdir(parents=False)
        names: list[str] = []
        for name, data in files:
            place = draft / PurePosixPath(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(data)
                sync(file)
            names.append(name)
        manifest = json.dumps({"kind": kind, "files": sorted(names)}, ensure_ascii=False, indent=1)
        (draft / MANIFEST).write_text(manifest, "utf-8")
        _take_over(draft, folder, [*(n for n in names if n != last), MANIFEST, *(n for n in names if n == last)])
        _tidy(folder, before - set(names))
    except OSError as error:
        raise CannotWrite(reason(folder, error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _written(folder: Path, kind: str) -> set[str]:
    """Return the files that an earlier export has written there. Raises CannotWrite where this is no place for one."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise CannotWrite(
            _("{name} is a file. Choose a folder, or a new name for one.").format(name=formats.auto(folder.name))
        )
    manifest = folder / MANIFEST
    try:
        said = json.loads(manifest.read_text("utf-8"))
    except FileNotFoundError:
        said = None
    except (OSError, ValueError) as error:
        raise CannotWrite(_other_things(folder)) from error
    if said is None:
        if any(folder.iterdir()):
            raise CannotWrite(_other_things(folder))
        return set()
    if not isinstance(said, dict) or said.get("kind") != kind or not isinstance(said.get("files"), list):
        raise CannotWrite(_other_things(folder))
    return {name for name in said["files"] if isinstance(name, str) and _is_inside(name)}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _other_things(folder: Path) -> str:
    message = _("{name} has other files in it. Choose an empty folder, or a new name for one.")
    return message.format(name=formats.auto(folder.name))


def _take_over(draft: Path, folder: Path, names: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        place = folder / PurePosixPath(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        (draft / PurePosixPath(name)).replace(place)


def _tidy(folder: Path, names: set[str]) -> None:
    """Take away what is no longer part of the export, and folders that are empty then."""
    for name in names:
        place = folder / PurePosixPath(name)
        place.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            if place.parent != folder:
                place.parent.rmdir()
