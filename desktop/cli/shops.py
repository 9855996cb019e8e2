"""Opening the shop that a command names."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop import config
from desktop.cli.failures import UNAVAILABLE, USAGE, Failure
from desktop.cli.output import plain, say
from desktop.i18n import _

if TYPE_CHECKING:  # loaded when a command opens a shop, not to read its arguments
    from sqlalchemy.orm import Session

    from desktop.data.database import Database

T = TypeVar("T")
SCHEMES = ("postgresql:", "postgres:", "postgresql+psycopg:")


def where(shop: str) -> Path | str:
    """Return what SHOP means: the address of a database, whose password is held apart, or a path. Raises Failure."""
    if not shop:
        raise Failure(USAGE, _("The name of the shop is empty. Name its file, or the address of its database."))
    if not shop.startswith(SCHEMES):
        return Path(shop)
    from desktop.data.passwords import hold

    return hold(shop)


def is_there(path: Path) -> bool:
    """Say whether there is anything under a name; nothing is under one that no disk holds, as it is too long."""
    try:
        return path.exists()
    except OSError:
        return False


@contextmanager
def opened(shop: str, *, read_only: bool = False) -> Iterator["Database"]:
    """Open a shop for a block: with its lock to write, without it to read only. Raises what `failures` knows."""
    from desktop.data.database import Database

    place = where(shop)
    addresses = [place] if isinstance(place, str) else []
    database = answering(addresses, lambda: Database(place, config.who(), read_only=read_only))
    if isinstance(place, Path):
        database.on_large = partial(back_up, place)
    try:
        yield database
    finally:
        database.close()


def answering(addresses: Sequence[str], open_: Callable[[], T]) -> T:
    """Return `open_()`, and where one of these servers wants a password, ask for it at the terminal, if there is one.

    Raises what `failures` knows.
    """
    if not addresses:
        return open_()
    from desktop.data.passwords import hold, join
    from desktop.data.server import PasswordNeeded, read_address

    for address in addresses:
        read_address(address)
    while True:
        try:
            return open_()
        except PasswordNeeded as error:
            if not sys.stdin or not sys.stdin.isatty():
                raise
            from getpass import getpass

            say(str(error))
            if not (password := getpass(plain(_("Password:")) + " ")):
                raise
            hold(join(error.address, password))
        except ModuleNotFoundError as error:
            if error.name != "psycopg":
                raise
            message = _("A shop on a server needs one more part of Dukkan: pip install 'dukkan[postgres]'")
            raise Failure(UNAVAILABLE, message) from error


@contextmanager
def reading(shop: str) -> Iterator["Session"]:
    """Read one moment of a shop, whoever else has it open."""
    with opened(shop, read_only=True) as database, database.reader() as session:
        yield session


def note_export(
    shop: str, kind: str, path: Path, options: Mapping[str, object], phone: str = "", items: int = 0
) -> None:
    """Note in a shop what was made of it, unless it cannot be written now: somebody else has it open, say."""
    from sqlalchemy.exc import DBAPIError

    from desktop.data.database import NotWritten, ReadOnly
    from desktop.data.engines import Refused
    from desktop.data.lock import Locked
    from desktop.services.exports import record

    with suppress(DBAPIError, Locked, NotWritten, ReadOnly, Refused), opened(shop) as database:
        database.run_unrecorded(record, kind, path, options, phone, items)


def back_up(shop: Path) -> None:
    """Keep a shop as it is before a large change; that this cannot be done is said, and stops nothing."""
    from desktop.data.backups import NotBackedUp, Snapshot, make_backup

    try:
        with closing(Snapshot(shop)) as snapshot:
            make_backup(snapshot, *config.backup_roots())
    except NotBackedUp as error:
        say(str(error))
