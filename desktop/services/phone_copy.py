"""The account of what is on the phone: what was copied there, what has changed since, and what is only here.

The phone cannot be reached. What is known of it is what the owner said: the very text, and when.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.orm import Session

from desktop.data.models import PhoneCopy
from desktop.data.models import now as moment
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.hours import read_stretches
from desktop.services.limits import measure
from desktop.services.opening import ONE_DAY
from desktop.services.phone_fields import AUTOMATIC, MODELS, PATHS, Field, field_of, is_same, paste, show
from desktop.services.phone_texts import Thing, automatic_things, item_things, reply_things, things

T = TypeVar("T")
State = Literal["same", "changed", "new", "gone", "only_here"]
PENDING = ("changed", "new", "gone")
STATES = {
    # TRANSLATORS: where a text of the shop stands: it is on the phone; it differs from what is there; it is not there
    # yet; it has to be removed there; it is kept in this program only.
    "same": N_("on the phone"),
    "changed": N_("changed"),
    "new": N_("not on the phone yet"),
    "gone": N_("to be removed"),
    "only_here": N_("only here"),
}
NAMING = {"product": "name", "collection": "name", "reply": "shortcut", "label": "name"}  # of a row that is gone
NOTED = ("text", "hours")  # the fields that the note of their row is about
CHUNK = 500  # rows that one statement names


class Entry(NamedTuple):
    """One field of the shop beside what the phone holds of it.

    `text` and `on_phone` are as they are stored (`phone_fields`); `on_phone` is None where nothing was copied, and
    `at`, in seconds since 1970 UTC, says when it was. `field` is "" for a whole row that has to be removed there.
    """

    model: str
    row_id: int
    field: str
    name: str
    text: str
    on_phone: str | None
    at: int | None
    state: State
    note: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it stands for, whatever its texts are."""
        return self.model, self.row_id, self.field

    @property
    def is_pending(self) -> bool:
        """Say whether something is to be done on the phone."""
        return self.state in PENDING

    @property
    def title(self) -> str:
        """What the field is called: "Price", a weekday, or that the row is to be removed; of many rows how many."""
        if not self.row_id and self.model != "hours":
            return self.name
        if not self.field:
            return _("Remove it on the phone")
        if self.model == "hours":
            return formats.weekday_name(self.row_id)
        return _(self._field.title)

    @property
    def owner(self) -> str:
        """Whose field it is: an item's name, a /shortcut, "Greeting message"; "" where the shop has only one."""
        if not self.row_id:
            return ""
        if self.model == "automatic_message":
            return _(AUTOMATIC.get(self.name, MODELS[self.model]))
        return f"/{self.name}" if self.model == "reply" and self.name else self.name

    @property
    def shown(self) -> str:
        """What it should be on the phone, as it is read."""
        return show(self._field.kind, self.text) if self.field else ""

    @property
    def shown_on_phone(self) -> str:
        """What is there, as it is read; "" where nothing is."""
        if not self.field:
            return self.on_phone or ""
        return show(self._field.kind, self.on_phone) if self.on_phone is not None else ""

    @property
    def pasted(self) -> str:
        """What to put on the clipboard."""
        return paste(self._field.kind, self.text) if self.field else ""

    @property
    def is_picture(self) -> bool:
        """Say whether it is one picture or several, and no text."""
        return bool(self.field) and self._field.kind in ("picture", "pictures")

    @property
    def path(self) -> str:
        """Where it is found on the phone, in the phone's words."""
        if self.field == "about":
            return _(PATHS["about"])
        named = self.model == "automatic_message" and self.name in AUTOMATIC
        return _(PATHS[self.name if named else self.model])

    @property
    def remarks(self) -> list[str]:
        """What to know before it is copied, in translated sentences."""
        limit = self._field.limit if self.field else ""
        over = measure(limit, self.text) if limit else None
        too_long = over.sentence if over and over.state == "over" else ""
        return [sentence for sentence in (self.note, too_long) if sentence]

    @property
    def _field(self) -> Field:
        return field_of(self.model, self.field)


class Reminder(NamedTuple):
    """That the phone's hours are to be changed by hand, because an overlay `begins` or ends on `day`."""

    name: str
    begins: bool
    day: dt.date

    def sentence(self, today: dt.date) -> str:
        """What is to be known, in one translated sentence."""
        name, day = formats.auto(self.name), formats.day(self.day, today=today)
        if self.begins:
            # TRANSLATORS: {name} is a stretch of special hours such as Ramadan, {day} is "today" or "tomorrow".
            return _("The hours of {name} begin {day}").format(name=name, day=day)
        return _("The usual hours are back {day}, after {name}").format(name=name, day=day)


def entries(session: Session, now: dt.datetime) -> list[Entry]:
    """Return the whole account in the order in which a new phone is filled; `now` is as the shop's clock shows it.

    Fields that are empty here and on the phone are left out. Items beyond the phone's room are told as one.
    """
    copies = _copies(session)
    held: dict[str, set[int]] = {}
    for model, row_id in copies:
        held.setdefault(model, set()).add(row_id)
    found: list[Entry] = []
    for thing in things(session, now.date(), held):
        found += _entries_of(thing, copies.pop((thing.model, thing.row_id), {}))
    gone = [_gone(model, row_id, fields) for (model, row_id), fields in copies.items()]
    order = list(MODELS)
    return sorted([*found, *gone], key=lambda entry: order.index(entry.model)) if gone else found


def phone_state(
    session: Session, ids: Sequence[int], model: Literal["product", "reply"] = "product"
) -> dict[int, State]:
    """Return where items, or replies, stand as a whole, by their ids; those that say nothing are left out.

    {} as long as nothing was ever copied: the owner has not begun. Items are read alone, in a millisecond; of replies
    all are, for which of them find room depends on the others.
    """
    if not has_begun(session):
        return {}
    copies = _copies(session, PhoneCopy.model == model, *([PhoneCopy.row_id.in_(ids)] if model == "product" else []))
    if model == "reply":
        found = {thing.row_id: thing for thing in reply_things(session, {row_id for _model, row_id in copies})}
        wanted = [found[i] for i in ids if i in found]
    else:
        wanted = list(item_things(session, ids))
    states: dict[int, State] = {}
    for thing in wanted:
        fields = {entry.state for entry in _entries_of(thing, copies.get((model, thing.row_id), {}))}
        if fields:
            states[thing.row_id] = next((state for state in ("only_here", "gone") if state in fields), _whole(fields))
    return states


def automatic_copies(session: Session, today: dt.date) -> dict[str, tuple[State, str]]:
    """Return where the automatic messages stand, by their kind, and why the phone cannot have one, "" where it can."""
    copies = _copies(session, PhoneCopy.model == "automatic_message")
    found: dict[str, tuple[State, str]] = {}
    for thing in automatic_things(session, today, {row_id for _model, row_id in copies}):
        entries = list(_entries_of(thing, copies.get((thing.model, thing.row_id), {})))
        fields = {entry.state for entry in entries}
        state = next((state for state in ("only_here", "gone") if state in fields), None)
        found[thing.name] = (state or _whole(fields), thing.only_here)
    return found


def _whole(fields: set[State]) -> State:
    if fields == {"new"}:
        return "new"
    return "same" if fields == {"same"} else "changed"


def due(session: Session, now: dt.datetime) -> tuple[int, list[Reminder]]:
    """Return how many changes are not on the phone yet, and the `reminders` that nobody has seen to.

    As long as nothing was ever copied there are no changes: the owner has not begun.
    """
    found = reminders(session, now.date())
    if not has_begun(session):
        return 0, found
    pending = [entry for entry in entries(session, now) if entry.is_pending]
    if not any(entry.model == "hours" for entry in pending):
        found = [reminder for reminder in found if reminder.day > now.date()]
    return len(pending), found


def changes(n: int) -> str:
    """Return "7 changes are not on the phone yet"."""
    sentence = ngettext("{n} change is not on the phone yet", "{n} changes are not on the phone yet", n)
    return sentence.format(n=formats.number(n))


def has_begun(session: Session) -> bool:
    """Say whether anything was ever copied to the phone."""
    return session.scalar(select(PhoneCopy.id).limit(1)) is not None


def mark_copied(session: Session, copied: Sequence[Entry]) -> None:
    """Take into the account that these are on the phone now as they are here: the texts that the owner saw."""
    _forget(session, [entry for entry in copied if not (entry.field and entry.text)])
    texts = {entry.key: entry.text for entry in copied if entry.field and entry.text}
    known = {}
    for some in _chunks(list(texts)):
        rows = session.scalars(select(PhoneCopy).where(_key().in_(some)))
        known.update({(row.model, row.row_id, row.field): row for row in rows})
    at = moment()
    for key, text in texts.items():
        if row := known.get(key):
            row.text, row.at = text, at
        else:
            model, row_id, field = key
            session.add(PhoneCopy(model=model, row_id=row_id, field=field, text=text, at=at))
    session.flush()


def mark_all(session: Session, now: dt.datetime) -> int:
    """Take into the account that all of the shop is on the phone, as far as it can be; return how much was not."""
    pending = [entry for entry in entries(session, now) if entry.is_pending]
    mark_copied(session, pending)
    return len(pending)


def unmark(session: Session, wrong: Sequence[Entry]) -> None:
    """Take out of the account what is not on the phone after all."""
    _forget(session, wrong)


def forget_phone(session: Session) -> None:
    """Begin the account anew, for a new phone: nothing is on it yet."""
    session.execute(delete(PhoneCopy))


def reminders(session: Session, today: dt.date) -> list[Reminder]:
    """Return the overlays for which the phone's hours are to be changed today or tomorrow, the nearest first.

    The usual hours are back on the day after an overlay ends, unless another one begins there.
    """
    found = []
    near = (today, today + ONE_DAY)
    stretches = read_stretches(session)
    for stretch in stretches:
        after = stretch.last + ONE_DAY
        if stretch.first in near:
            found.append(Reminder(stretch.name, True, stretch.first))
        if after in near and not any(other.first <= after <= other.last for other in stretches):
            found.append(Reminder(stretch.name, False, after))
    return sorted(found, key=lambda reminder: reminder.day)


def _copies(session: Session, *which: ColumnElement[bool]) -> dict[tuple[str, int], dict[str, tuple[str, int]]]:
    columns = (PhoneCopy.model, PhoneCopy.row_id, PhoneCopy.field, PhoneCopy.text, PhoneCopy.at)
    found: dict[tuple[str, int], dict[str, tuple[str, int]]] = {}
    for model, row_id, field, text, at in session.execute(select(*columns).where(*which)):
        found.setdefault((model, row_id), {})[field] = (text, at)
    return found


def _entries_of(thing: Thing, copied: dict[str, tuple[str, int]]) -> Iterable[Entry]:
    model, row_id, name, texts, note, only_here = thing
    if only_here:
        if copied:
            return [_gone(model, row_id, copied, only_here, name)]
        field = next(iter(texts))
        return [Entry(model, row_id, field, name, texts[field], None, None, "only_here", only_here)]
    found = []
    for field, text in {**texts, **{field: "" for field in copied if field not in texts}}.items():
        old, at = copied.get(field, (None, None))
        if text or old is not None:
            state = _state(model, field, text, old)
            found.append(Entry(model, row_id, field, name, text, old, at, state, note if field in NOTED else ""))
    return found


def _state(model: str, field: str, text: str, old: str | None) -> State:
    if old is None:
        return "new"
    return "same" if old == text or is_same(field_of(model, field).kind, old, text) else "changed"


def _gone(model: str, row_id: int, copied: dict[str, tuple[str, int]], why: str = "", name: str = "") -> Entry:
    """Return what is to be removed on the phone: shown as all that was copied of it."""
    name = name or copied.get(NAMING.get(model, ""), ("", 0))[0]
    shown = (show(field_of(model, field).kind, text) for field, (text, _at) in copied.items())
    at = max(at for _text, at in copied.values())
    return Entry(model, row_id, "", name, "", "\n".join(filter(None, shown)), at, "gone", why)


def _forget(session: Session, gone: Sequence[Entry]) -> None:
    for rows in _chunks([(entry.model, entry.row_id) for entry in gone if not entry.field]):
        session.execute(delete(PhoneCopy).where(tuple_(PhoneCopy.model, PhoneCopy.row_id).in_(rows)))
    for keys in _chunks([entry.key for entry in gone if entry.field]):
        session.execute(delete(PhoneCopy).where(_key().in_(keys)))


def _key() -> ColumnElement[Any]:
    return tuple_(PhoneCopy.model, PhoneCopy.row_id, PhoneCopy.field)


def _chunks(keys: list[T]) -> Iterable[list[T]]:
    return (keys[i : i + CHUNK] for i in range(0, len(keys), CHUNK))
