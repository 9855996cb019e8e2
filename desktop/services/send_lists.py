"""Send lists: one message for many customers, which the owner sends by hand, chat after chat, within WhatsApp's rules.

Who is meant is told by words and by terms of `who`. When it begins, those who can be written to are put on the list,
and stay there however they are found later; how far it has come is kept with each. A chat is opened here, never sent.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.many import among, insert_rows
from desktop.data.models import Customer, SendEntry, SendList, now
from desktop.data.position import after
from desktop.i18n import _, bidi, formats, ngettext
from desktop.services.customers import called, may_write_to, read_customer
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.follow_ups import moment, on_the_wall
from desktop.services.letters import Letter, write_to
from desktop.services.limits import limit
from desktop.services.terms import Search
from desktop.services.who import conditions, find

CAP = 30  # chats a day, to begin with: far below what WhatsApp takes for spam
MOST = 1000  # of a cap
LARGEST = 5000  # customers that are put on a list at once
OPENED, SKIPPED = "opened", "skipped"


@dataclass(frozen=True)
class Progress:
    """How far a send list is: how many are on it, were opened, were skipped."""

    total: int = 0
    opened: int = 0
    skipped: int = 0

    @property
    def left(self) -> int:
        """How many are still to come."""
        return self.total - self.opened - self.skipped

    @property
    def words(self) -> str:
        """It in one translated sentence: "12 of 40 opened"."""
        if not self.total:
            return _("Not begun")
        of = formats.of(self.opened, self.total)
        # TRANSLATORS: {of} is as in "12 of 40": so many chats of a send list were opened.
        words = ngettext("{of} opened", "{of} opened", self.total).format(of=of)
        if not self.skipped:
            return words
        skipped = ngettext("{n} skipped", "{n} skipped", self.skipped).format(n=formats.number(self.skipped))
        return f"{words} · {skipped}"


@dataclass(frozen=True)
class Listed:
    """A send list as lists show it."""

    id: int
    name: str
    text: str
    progress: Progress


@dataclass(frozen=True)
class Plan:
    """Whom a send list would reach, in their order, and how many it leaves out, by the reason.

    `stopped` have asked for no more messages, `unreachable` have no number, `twice` the number of somebody before
    them; of those reached, `without_consent` have not agreed and `unsaved` are not saved on the phone. `begun` are on
    the list already.
    """

    reached: tuple[int, ...]
    stopped: int = 0
    unreachable: int = 0
    twice: int = 0
    without_consent: int = 0
    unsaved: int = 0
    begun: int = 0

    @property
    def left_out(self) -> list[str]:
        """Who is left out and why, a translated sentence for each reason."""
        told = (
            (
                self.stopped,
                ngettext(
                    "{n} left out: asked for no more messages.",
                    "{n} left out: asked for no more messages.",
                    self.stopped,
                ),
            ),
            (self.unreachable, ngettext("{n} left out: no number.", "{n} left out: no number.", self.unreachable)),
            (
                self.twice,
                ngettext("{n} left out: same number twice.", "{n} left out: same number twice.", self.twice),
            ),
        )
        return [sentence.format(n=formats.number(n)) for n, sentence in told if n]

    @property
    def advice(self) -> list[str]:
        """What to know before it begins, a translated sentence each."""
        told = []
        if n := self.without_consent:
            sentence = ngettext(
                "{n} of them has not agreed to messages. Leave them out unless they expect yours.",
                "{n} of them have not agreed to messages. Leave them out unless they expect yours.",
                n,
            )
            told.append(sentence.format(n=formats.number(n)))
        if n := self.unsaved:
            sentence = ngettext(
                "{n} is not saved on your phone: a broadcast would not reach them, a chat by hand does.",
                "{n} are not saved on your phone: a broadcast would not reach them, a chat by hand does.",
                n,
            )
            told.append(sentence.format(n=formats.number(n)))
        if len(self.reached) > (most := limit("broadcast.contacts")):
            sentence = _("A broadcast list of the phone takes {most} contacts. Here there is no such limit.")
            told.append(sentence.format(most=formats.number(most)))
        return told


@dataclass(frozen=True)
class Entry:
    """One customer of a send list that has begun, and what they are called; `text` is for them alone, "" as for all."""

    id: int
    customer_id: int
    name: str
    text: str = ""


def list_send_lists(session: Session) -> list[Listed]:
    """Return every send list with how far it is, the last made first."""
    far = _progress(session)
    rows = session.scalars(select(SendList).order_by(SendList.created_at.desc(), SendList.id.desc()))
    return [Listed(row.id, row.name, row.text, far.get(row.id, Progress())) for row in rows]


def count_unfinished(session: Session) -> int:
    """Return how many send lists have begun and are not at their end."""
    return sum(1 for far in _progress(session).values() if far.left)


def read_send_list(session: Session, list_id: int) -> SendList:
    """Return a send list. Raises NotFound."""
    found = session.get(SendList, list_id)
    if found is None:
        raise NotFound("", _("This send list has been deleted. Undo brings it back."))
    return found


def add_send_list(session: Session, name: str, **fields: Any) -> int:
    """Add a send list and return its id; `fields` are as in `update_send_list`."""
    row = SendList(cap=CAP, position=after(session.scalar(select(func.max(SendList.position))) or ""))
    session.add(row)
    session.flush()
    update_send_list(session, row.id, name=name, **fields)
    return row.id


def update_send_list(session: Session, list_id: int, base: int | None = None, **changed: Any) -> None:
    """Change fields of a send list; `base` is the version they were typed over.

    `search` is a Search, whom it is for; `cap` how many chats are opened a day at most, 0 for no cap. Raises Invalid,
    Stale, NotFound.
    """
    read_send_list(session, list_id)
    values: dict[str, Any] = {key: clean(value) if isinstance(value, str) else value for key, value in changed.items()}
    if "name" in values:
        values["name"] = one_line(values["name"])
        if not values["name"]:
            raise Invalid("name", _("The send list needs a name, like: New winter cakes."))
    if "text" in values:
        values["text"] = paragraphs(values["text"])
    if not 0 <= values.get("cap", 0) <= MOST:
        raise Invalid("cap", _("Open 1 to {most} chats a day, or 0 for no limit.").format(most=formats.number(MOST)))
    if "search" in values:
        search: Search = values.pop("search")
        conditions(session, search.terms)  # which complains
        values |= {"typed": clean(search.typed).strip(), "terms": "\n".join(search.terms)}
    change_row(session, SendList, list_id, base, values)
    session.flush()


def duplicate_send_list(session: Session, list_id: int) -> int:
    """Add a copy of a send list that has not begun, and return its id. Raises NotFound."""
    row = read_send_list(session, list_id)
    return add_send_list(session, row.name, text=row.text, search=search_of(row), cap=row.cap)


def remove_send_lists(session: Session, ids: Sequence[int]) -> None:
    """Delete send lists with what is on them; undo brings them back."""
    for row in session.scalars(select(SendList).where(SendList.id.in_(ids))):
        session.delete(row)
    session.flush()


def search_of(row: SendList) -> Search:
    """Return whom a send list is for, as it is looked for."""
    return Search(row.typed, tuple(row.terms.splitlines()))


def plan(session: Session, list_id: int) -> Plan:
    """Return whom a send list would reach; it reads every customer that is meant. Raises Invalid, NotFound."""
    row = read_send_list(session, list_id)
    ids = find(session, search_of(row))
    begun = set(session.scalars(select(SendEntry.customer_id).where(SendEntry.list_id == list_id)))
    columns = (Customer.id, Customer.phone, Customer.stopped_at, Customer.consent_at, Customer.saved)
    people = {found.id: found for found in session.execute(select(*columns).where(among(session, Customer.id, ids)))}
    on_it = select(Customer.phone).join(SendEntry, SendEntry.customer_id == Customer.id)
    phones = set(session.scalars(on_it.where(SendEntry.list_id == list_id)))
    reached: list[int] = []
    counted = dict.fromkeys(("stopped", "unreachable", "twice", "without_consent", "unsaved"), 0)
    for one in (people[number] for number in ids if number in people and number not in begun):
        if one.stopped_at is not None:
            counted["stopped"] += 1
        elif not one.phone:
            counted["unreachable"] += 1
        elif one.phone in phones:
            counted["twice"] += 1
        else:
            phones.add(one.phone)
            reached.append(one.id)
            counted["without_consent"] += one.consent_at is None
            counted["unsaved"] += not one.saved
    return Plan(tuple(reached), begun=len(begun), **counted)


def begin(session: Session, list_id: int) -> int:
    """Put whom it reaches on the list, behind those who are there already, and return how many are new.

    Raises Invalid where there is no message, or nobody, NotFound.
    """
    row = read_send_list(session, list_id)
    if not row.text.strip():
        raise Invalid("text", _("Write the message first."))
    found = plan(session, list_id)
    if not found.reached and not found.begun:
        raise Invalid("search", _("Nobody is meant who can be written to. Choose other customers."))
    if len(found.reached) > LARGEST:
        sentence = _("More than {most} customers are meant, more than anybody writes to by hand. Choose fewer.")
        raise Invalid("search", sentence.format(most=formats.number(LARGEST)))
    last = session.scalar(select(func.max(SendEntry.position)).where(SendEntry.list_id == list_id)) or ""
    rows = []
    for customer in found.reached:
        last = after(last)
        rows.append({"list_id": list_id, "customer_id": customer, "position": last})
    insert_rows(session, SendEntry, rows)
    return len(rows)


def progress(session: Session, list_id: int) -> Progress:
    """Return how far a send list is."""
    return _progress(session, list_id).get(list_id, Progress())


def next_entry(session: Session, list_id: int) -> Entry | None:
    """Return who comes next, None at the end."""
    columns = (SendEntry.id, SendEntry.customer_id, Customer, SendEntry.text)
    query = select(*columns).join(Customer, Customer.id == SendEntry.customer_id)
    query = query.where(SendEntry.list_id == list_id, SendEntry.state == "")
    found = session.execute(query.order_by(SendEntry.position, SendEntry.id).limit(1)).first()
    return Entry(found[0], found[1], called(found[2]), found[3]) if found else None


def letter_of(session: Session, list_id: int, customer_id: int, text: str | None = None) -> Letter:
    """Return the message as one customer is to read it; `text` takes the place of the list's own. Raises NotFound."""
    row = read_send_list(session, list_id)
    return write_to(session, row.text if text is None else text, read_customer(session, customer_id))


def set_entry_text(session: Session, entry_id: int, text: str) -> None:
    """Write a message for one customer alone, placeholders and all; "" or the list's own words let them read that.

    Raises NotFound.
    """
    entry = _read_entry(session, entry_id)
    text = paragraphs(clean(text))
    everybody = letter_of(session, entry.list_id, entry.customer_id).filled.text
    entry.text = "" if text == bidi.strip(everybody).strip() else text
    session.flush()


def opened_today(session: Session, at: int | None = None) -> int:
    """Return how many chats were opened since midnight of the shop, over all send lists."""
    at = now() if at is None else at
    midnight = moment(session, dt.datetime.combine(on_the_wall(session, at).date(), dt.time()))[0]
    query = select(func.count()).select_from(SendEntry).where(SendEntry.state == OPENED, SendEntry.at >= midnight)
    return session.scalar(query) or 0


def held_back(session: Session, list_id: int, at: int | None = None) -> str:
    """Return why no more chats of a list are to be opened today, in one sentence, or "". Raises NotFound."""
    cap = read_send_list(session, list_id).cap
    opened = opened_today(session, at)
    if not cap or opened < cap:
        return ""
    sentence = ngettext(
        "{n} chat was opened today, as many as you want to. Go on tomorrow, or raise the limit.",
        "{n} chats were opened today, as many as you want to. Go on tomorrow, or raise the limit.",
        opened,
    )
    return sentence.format(n=formats.number(opened))


def open_entry(session: Session, entry_id: int, text: str, at: int | None = None) -> None:
    """Note that the chat of one was opened with a text.

    Raises Invalid over the cap of the day, and for who has asked for no more messages; NotFound.
    """
    entry = _read_entry(session, entry_id)
    customer = session.get(Customer, entry.customer_id)
    if (customer and (refused := may_write_to(customer))) or (refused := held_back(session, entry.list_id, at)):
        raise Invalid("state", refused)
    entry.state, entry.text, entry.at = OPENED, text, now() if at is None else at
    session.flush()


def skip_entry(session: Session, entry_id: int, at: int | None = None) -> None:
    """Leave one out. Raises NotFound."""
    entry = _read_entry(session, entry_id)
    entry.state, entry.at = SKIPPED, now() if at is None else at
    session.flush()


def step_back(session: Session, list_id: int) -> int | None:
    """Let the last one that was opened or skipped come again, and return their entry; None where nobody was.

    What they read instead of the list's own words stays theirs.
    """
    query = select(SendEntry).where(SendEntry.list_id == list_id, SendEntry.state != "")
    entry = session.scalars(query.order_by(SendEntry.position.desc(), SendEntry.id.desc()).limit(1)).first()
    if entry is None:
        return None
    entry.state, entry.at = "", None
    set_entry_text(session, entry.id, entry.text)
    return entry.id


def _read_entry(session: Session, entry_id: int) -> SendEntry:
    found = session.get(SendEntry, entry_id)
    if found is None:
        raise NotFound("", _("This customer is not on the list any more."))
    return found


def _progress(session: Session, list_id: int | None = None) -> dict[int, Progress]:
    """Return how far each send list is that has begun, or one of them."""
    opened, skipped = (func.count().filter(SendEntry.state == state) for state in (OPENED, SKIPPED))
    query = select(SendEntry.list_id, func.count(), opened, skipped).group_by(SendEntry.list_id)
    if list_id is not None:
        query = query.where(SendEntry.list_id == list_id)
    return {number: Progress(*rest) for number, *rest in session.execute(query)}
