"""Opens a shop in a thread, while the window is already there; and says why one did not open."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop import config
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.data.database import Database
    from desktop.ui.recovery import Trouble


class Opener(QThread):
    """Loads what is slow to load, and opens the shop."""

    opened = Signal(object)  # a Database
    failed = Signal(object)  # an Exception

    def __init__(self, where: Path | str, read_only: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.where = where
        self.read_only = read_only

    def run(self) -> None:
        """Open it (called by Qt, in the thread)."""
        try:
            self.opened.emit(self._open())
        except Exception as error:  # whatever is wrong with the file, the window must say so
            self.failed.emit(error)

    def _open(self) -> "Database":
        from desktop.data.late import lighten

        lighten()
        import desktop.services.catalog  # noqa: F401
        from desktop.data.database import Database

        return Database(self.where, config.who(), read_only=self.read_only)


def file_trouble(error: Exception, shop: Path) -> "Trouble":
    """Return what keeps a shop file from being shown."""
    from sqlalchemy.exc import DatabaseError

    from desktop.data.engines import Damaged, InUse, NotWritable, Refused, damaged
    from desktop.data.lock import Locked
    from desktop.ui.recovery import Trouble

    if type(error) is DatabaseError:  # its own kinds are about other things
        error = damaged(shop)
    sentence = _("The shop cannot be opened. Check that you may read it, and try again.")
    if isinstance(error, (Refused, Locked)):
        sentence = str(error)
    held = isinstance(error, (Locked, InUse, NotWritable))
    return Trouble(sentence, shop, held, isinstance(error, Damaged))


def server_trouble(error: Exception) -> tuple[str, bool]:
    """Return why a shop on a server is not shown, and whether to ask anew how it is reached."""
    from desktop.data.engines import Refused
    from desktop.data.lock import Locked
    from desktop.data.server import PasswordNeeded, Untrusted

    sentence = _("The shop's server does not answer as it should. Check the network and the address.")
    if isinstance(error, (Refused, Locked)):
        sentence = str(error)
    return sentence, isinstance(error, (PasswordNeeded, Untrusted))
