"""Starting a shop: a new file, complete or not there at all."""

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.data.database import Database
from desktop.data.engines import no_room
from desktop.data.files import draft_of, sync_file, sync_folder
from desktop.data.lock import lock_path
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.refusals import NotWritten
from desktop.i18n import N_, speaking
from desktop.services.labels import add_first_labels
from desktop.services.profile import update_profile

SUFFIX = ".dukkan"


def create_shop(path: Path, fill: Callable[[Session], None]) -> None:
    """Make a shop file whose first rows `fill` writes; there is nothing in it to undo.

    It appears under its name when it is complete. Raises FileExistsError rather than write over anything, and OSError
    where the system refuses.
    """
    if path.exists():
        raise FileExistsError(path)
    try:
        with draft_of(path) as draft:
            try:
                create_sqlite(draft)
                with closing(Database(draft)) as database:
                    database.run(N_("Start my shop"), fill)
                    database.begin_history()
                _appear(draft, path)
            finally:
                lock_path(draft).unlink(missing_ok=True)
    except (DBAPIError, NotWritten) as error:
        if no_room(error) or (error.__cause__ and no_room(error.__cause__)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise


def _appear(draft: Path, path: Path) -> None:
    """Give the finished file its name, and see that neither the bytes nor the name is lost if the power is."""
    sync_file(draft)
    try:
        os.link(draft, path)  # unlike a rename, never over a file that appeared meanwhile
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        draft.rename(path)
    sync_folder(path.parent)


def start_shop(
    session: Session, name: str, territory: str, currency: str, phone: str, time_zone: str, language: str
) -> None:
    """Fill a new shop with what is known of it, and the labels that a shop begins with. Raises Invalid."""
    home = {"territory": territory, "currency": currency, "time_zone": time_zone, "language": language}
    update_profile(session, None, **home)
    update_profile(session, None, name=name, phone=phone)
    with speaking(language):
        add_first_labels(session)
