"""Why something was not written or read, in the owner's words."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from desktop.i18n import _


class ReadOnly(Exception):
    """A write to a shop that was opened to read only."""


class NotWritten(Exception):
    """A write that the system refused, and of which nothing is left. Its text says why, and what to do."""


class Busy(NotWritten):
    """A write that would have had to wait for a long one of another thread."""


class NotReached(NotWritten):
    """A shop on a server that does not answer now. What is asked of it again later may well be done."""


class Cancelled(Exception):
    """A write that was cancelled, and of which nothing is left."""


def refusal(error: DBAPIError) -> NotWritten | None:
    """Say in the owner's words why the system did not write, if it was the system."""
    code = int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF
    state = getattr(error.orig, "sqlstate", None)
    if code == sqlite3.SQLITE_FULL:
        return NotWritten(_("The disk is full, so the last change was not saved. Make room on it and try again."))
    if code == sqlite3.SQLITE_READONLY:
        message = _(
            "The shop file is protected from changes, so the last one was not saved. Allow them in its properties and "
            "try again."
        )
        return NotWritten(message)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        message = _("The shop file cannot be written, so the last change was not saved. Check the disk and try again.")
        return NotWritten(message)
    if code == sqlite3.SQLITE_BUSY:
        message = _("Another program is using the shop file, so the last change was not saved. Try again in a moment.")
        return NotWritten(message)
    if state == "55P03":
        return Busy(_("Another computer is still writing a large change. Try again in a moment."))
    if state == "53100":
        message = _("The disk of the server is full, so the last change was not saved. Whoever runs it can make room.")
        return NotWritten(message)
    return None


def wrapped(error: Exception) -> BaseException:
    """Return as SQLAlchemy tells it what a driver that was asked without it has raised."""
    return DBAPIError.instance(None, None, error, Exception)
