"""Looking into another shop or a backup: at a copy of it, so that it stays as it is, whatever version it is from."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.data import engines
from desktop.data.database import Database
from desktop.data.migrations.upgrade import upgrade_sqlite
from desktop.data.restore import unpack


@contextmanager
def looked_into(where: Path | str) -> Iterator[Database]:
    """Open a shop file, which may be open elsewhere, a backup, or a shop on a server, to read only.

    Raises Refused.
    """
    if isinstance(where, str):
        database = Database(where, read_only=True)
        try:
            yield database
        finally:
            database.close()
        return
    with tempfile.TemporaryDirectory(prefix="dukkan-") as folder:
        copy = Path(folder, "shop.dukkan")
        unpack(where, copy)
        revision = engines.check_file(copy)
        if revision != engines.HEAD:
            upgrade_sqlite(copy, revision)
        database = Database(copy, read_only=True)
        try:
            yield database
        finally:
            database.close()
