"""Exports as the window makes them: each is noted in the shop, and many are made again behind the window."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.orm import Session

from desktop.data.database import Database, NotWritten, ReadOnly
from desktop.data.models import Export
from desktop.exchange.files import CannotWrite, write_file
from desktop.exchange.remake import Again, remake
from desktop.services import exports
from desktop.services.errors import Invalid
from desktop.services.new_number import mentions
from desktop.services.profile import read_profile
from desktop.ui.context import Context
from desktop.ui.story import paint, story_of
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.image_well import png

if TYPE_CHECKING:  # many formats, which only those load who give the catalog out
    from desktop.exchange.publish import Form, Made


class Stopped(Exception):
    """Nobody wants what is being made any more."""


class Outcome(NamedTuple):
    """What became of an export that was to be made again: `trouble` is why not, in one sentence, or ""."""

    export: Export
    trouble: str = ""


def note(
    context: Context, kind: str, options: Mapping[str, Any], path: Path | None, again: Again | None = None
) -> None:
    """Note that something was saved at `path`, or copied; a shop that is only read keeps no such notes."""
    if again is None:
        again = Again(context.get(read_profile).phone)
    try:
        context.database.run_unrecorded(exports.record, kind, path, options, again.phone, again.items)
    except (ReadOnly, NotWritten):
        return  # the file is there: that nobody will be reminded of it is no reason to say anything


def note_link(context: Context, kind: str, options: Mapping[str, Any], url: str, path: Path | None) -> None:
    """Note a code or a button that leads to `url`."""
    phone = context.get(read_profile).phone
    note(context, kind, options, path, Again(phone if mentions(url, phone) else "", 1))


def make(context: Context, form: "Form", options: Mapping[str, Any], path: Path) -> Job:
    """Return a job that gives the catalog out in a form to a file or folder, and is `done` with what it Made.

    It is noted in the shop. Stopped, or where it cannot be, it leaves what was there before.
    """
    return context.work(partial(_make, context.database, form, dict(options), path))


def _make(database: Database, form: "Form", options: Mapping[str, Any], path: Path, token: Token) -> "Made":
    def step(done: int, total: int) -> None:
        if token.cancelled.is_set():
            raise Stopped
        token.report(done, total)

    with database.reader(token.cancelled) as session:
        made = form.make(session, path, options, step)
    with suppress(ReadOnly, NotWritten):  # the file is there all the same
        database.run_unrecorded(exports.record, form.kind, path, options, made.phone, made.items)
    return made


def make_again(context: Context, wanted: Sequence[Export]) -> Job:
    """Return a job that makes all of these again, and is `done` with an Outcome of each; what it made stays noted.

    When it is cancelled, it stops before the next one.
    """
    return context.work(partial(_make_again, context.database, list(wanted)))


def _make_again(database: Database, wanted: Sequence[Export], token: Token) -> list[Outcome]:
    from desktop.exchange.publish import MAKERS

    outcomes = []
    for done, export in enumerate(wanted):
        token.report(done, len(wanted))
        if token.cancelled.is_set():
            break
        try:
            with database.reader() as session:
                again = remake(session, export, {**MAKERS, "story": _story})
                options = exports.options_of(export)
        except (CannotWrite, Invalid) as error:
            outcomes.append(Outcome(export, error.message))
            continue
        with suppress(ReadOnly, NotWritten):  # as above
            database.run_unrecorded(exports.record, export.kind, Path(export.path), options, again.phone, again.items)
        outcomes.append(Outcome(export))
    token.report(len(wanted), len(wanted))
    return outcomes


def _story(session: Session, path: Path, options: Mapping[str, Any]) -> Again:
    story = story_of(session, options.get("item", 0))
    write_file(path, png(paint(story)))
    phone = read_profile(session).phone
    return Again(phone if mentions(story.url, phone) else "", 1)
