"""Quick replies: texts that the owner finds by a /shortcut, and copies into a chat."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Reply, ReplyPart, ReplyUse, now
from desktop.data.position import after
from desktop.data.search import fold, meanings, search_key, sort_key
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound

CONDITIONS = ("", "open", "closed")  # when a reply is offered: always, or only while the shop is so
SEPARATORS = re.compile(r"[,،;؛]")
HEAD = 300  # characters of a text that a list shows

Order = Literal["shortcut", "uses", "used"]


@dataclass(frozen=True)
class Line:
    """What a list shows of a reply: `text` is its beginning, `used_at` UTC seconds or 0, `parts` how many follow it."""

    id: int
    shortcut: str
    text: str
    folder: str
    condition: str
    uses: int
    used_at: int
    parts: int


def list_replies(
    session: Session,
    typed: str = "",
    folder: str | None = None,
    order: Order = "shortcut",
    is_open: bool | None = None,
) -> list[Line]:
    """Return what a list shows of the replies that `typed` means, all or those of one folder ("" is none).

    Who types gets the best first, as `find_replies` says. Else they come by shortcut, or those that were copied most
    often or last come first.
    """
    ids = find_ids(session, typed, folder, is_open)
    head = func.substr(Reply.text, 1, HEAD)
    columns = (Reply.id, Reply.shortcut, head, Reply.folder, Reply.condition)
    parts = select(ReplyPart.reply_id, func.count().label("count")).group_by(ReplyPart.reply_id).subquery()
    counts = (ReplyUse.uses, ReplyUse.used_at, parts.c.count)
    query = select(*columns, *(func.coalesce(count, 0) for count in counts))
    query = query.outerjoin(ReplyUse, ReplyUse.reply_id == Reply.id).outerjoin(parts, parts.c.reply_id == Reply.id)
    lines = {row[0]: Line(*row) for row in session.execute(query)}
    found = [lines[i] for i in ids]
    if order != "shortcut" and not typed.strip():
        found.sort(key=lambda line: (-line.used_at, -line.uses) if order == "used" else (-line.uses, 0))
    return found


def find_replies(
    session: Session, typed: str = "", limit: int | None = None, is_open: bool | None = None
) -> list[Reply]:
    """Return the replies that `typed` means, the best first: the very shortcut, one that begins so, then any word.

    A leading / is what one types on the phone. Without words, all by shortcut. Where nothing is found, what
    else may be meant is looked for (see `search.meanings`). While it is known whether the shop `is_open`, those meant
    for that come before their like, and those meant for the other come last.
    """
    ids = find_ids(session, typed, is_open=is_open)[:limit]
    query = select(Reply) if limit is None else select(Reply).where(Reply.id.in_(ids))
    found = {reply.id: reply for reply in session.scalars(query)}
    return [found[i] for i in ids]


def find_ids(session: Session, typed: str, folder: str | None = None, is_open: bool | None = None) -> list[int]:
    """Return the ids of what `find_replies` returns, all or those of one folder."""
    query = select(Reply.id, Reply.search_key, Reply.condition).order_by(Reply.sort_key, Reply.id)
    rows = session.execute(query if folder is None else query.where(Reply.folder == folder)).all()
    typed = typed.strip().removeprefix("/")
    return next(filter(None, (_matching(rows, fold(meant), is_open) for meant in meanings(typed))), [])


def _matching(rows: Sequence[Row[int, str, str]], folded: str, is_open: bool | None) -> list[int]:
    words = folded.split()  # a shop has dozens of replies: no index, no SQL dialects
    found = [row for row in rows if all(word in row[1] for word in words)]
    if not words:
        return [row[0] for row in found]

    def rank(row: Row[int, str, str]) -> tuple[bool, int, int]:
        place, weight = _rank(row[1].partition(" ")[0], folded), standing(row[2], is_open)
        return weight == LAST and place > 0, place, weight

    return [row[0] for row in sorted(found, key=rank)]


def _rank(shortcut: str, folded: str) -> int:
    if shortcut == folded:
        return 0
    return 1 if shortcut.startswith(folded) else 2


FIRST, USUAL, LAST = range(3)


def standing(condition: str, is_open: bool | None) -> int:
    """Return how a reply is to be offered now: FIRST where it is meant for now, LAST where for another time."""
    if not condition or is_open is None:
        return USUAL
    return FIRST if (condition == "open") == is_open else LAST


def is_open_now(session: Session) -> bool | None:
    """Return whether the shop is open at this moment, None where it has no hours."""
    from desktop.services.hours import read_schedule  # here: every start counts the replies

    schedule = read_schedule(session)
    return schedule.state(formats.now()).open if schedule.week or schedule.stretches else None


def most_used(session: Session, limit: int, is_open: bool | None = None) -> list[Reply]:
    """Return the replies copied most often, and then those by shortcut; those meant for another time are left out.

    While it is known whether the shop `is_open`, those meant for that come first.
    """
    query = select(Reply.id, Reply.condition).outerjoin(ReplyUse, ReplyUse.reply_id == Reply.id)
    uses = func.coalesce(ReplyUse.uses, 0)
    rows = session.execute(query.order_by(uses.desc(), Reply.sort_key, Reply.id)).all()
    ranked = sorted((standing(row.condition, is_open), place, row.id) for place, row in enumerate(rows))
    ids = [reply for weight, _place, reply in ranked if weight != LAST][:limit]
    found = {reply.id: reply for reply in session.scalars(select(Reply).where(Reply.id.in_(ids)))}
    return [found[i] for i in ids]


def read_reply(session: Session, reply_id: int) -> Reply:
    """Return a reply. Raises NotFound."""
    found = session.get(Reply, reply_id)
    if found is None:
        raise NotFound("", _("This reply has been deleted. Undo brings it back."))
    return found


def add_reply(session: Session, shortcut: str, text: str = "", **fields: Any) -> int:
    """Add a reply and return its id. Raises Invalid as `update_reply` does."""
    last = session.scalar(select(func.max(Reply.position)))
    values = _cleaned(session, 0, {"shortcut": shortcut, "text": text, **fields})
    reply = Reply(position=after(last or ""), **{"text": "", "keywords": "", **values})
    note_reply(session, reply)
    session.add(reply)
    session.flush()
    return reply.id


def new_reply(session: Session, shortcut: str, folder: str = "") -> int:
    """Add an empty reply, its shortcut as given or with a number behind it, and return its id."""
    return add_reply(session, free_shortcut(session, shortcut), folder=folder)


def update_reply(session: Session, reply_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of a reply; `base` is the version they were typed over. Raises Invalid, Stale, NotFound."""
    note_reply(session, change_row(session, Reply, reply_id, base, _cleaned(session, reply_id, changed)))
    session.flush()


def remove_replies(session: Session, ids: Sequence[int]) -> None:
    """Delete replies; undo brings them back."""
    session.execute(delete(Reply).where(Reply.id.in_(ids)))


def free_shortcut(session: Session, wanted: str) -> str:
    """Return `wanted`, with a number behind it if it is taken."""
    taken = {fold(shortcut) for shortcut in session.scalars(select(Reply.shortcut))}
    number = 1
    candidate = wanted
    while fold(candidate) in taken:
        number += 1
        candidate = f"{wanted}{number}"
    return candidate


def count_use(session: Session, reply_id: int) -> None:
    """Note that a reply was copied just now. Not an action: nobody takes that back."""
    use = session.get(ReplyUse, reply_id)
    if use is None:
        session.add(ReplyUse(reply_id=reply_id, uses=1))
    else:
        use.uses, use.used_at = use.uses + 1, now()
    session.flush()


def uses(session: Session) -> dict[int, int]:
    """Return how often each reply was copied, those never copied left out."""
    return dict(session.execute(select(ReplyUse.reply_id, ReplyUse.uses)).all())


def split_keywords(typed: str) -> list[str]:
    """Return the keywords of a reply, which commas of any script part."""
    return [word for part in SEPARATORS.split(typed) if (word := one_line(part))]


def folders(session: Session) -> list[tuple[str, int]]:
    """Return the folders and how many replies are in each, by name; "" is no folder, and comes last."""
    rows = session.execute(select(Reply.folder, func.count()).group_by(Reply.folder)).all()
    return sorted(((name, count) for name, count in rows), key=lambda row: (not row[0], sort_key(row[0])))


def move_replies(session: Session, ids: Sequence[int], folder: str) -> None:
    """Put replies into a folder, which is there as soon as something is in it; "" takes them out of theirs."""
    for reply_id in ids:
        update_reply(session, reply_id, folder=folder)


def rename_folder(session: Session, old: str, new: str) -> None:
    """Give a folder another name; that of another folder makes them one, and "" takes the replies out of it."""
    move_replies(session, session.scalars(select(Reply.id).where(Reply.folder == old)).all(), new)


def note_reply(session: Session, reply: Reply) -> None:
    """Bring up to date what a reply is found and sorted by, also by the texts of its parts."""
    parts = select(ReplyPart.text).where(ReplyPart.reply_id == reply.id, ReplyPart.text != "").order_by(ReplyPart.id)
    texts = session.scalars(parts).all() if reply.id else ()
    reply.search_key = search_key(reply.shortcut, reply.keywords, reply.text, *texts)
    reply.sort_key = sort_key(reply.shortcut)


def tidy(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of a reply as they are kept; the shortcut is left to `update_reply`. Raises Invalid."""
    values = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    if "text" in values:
        values["text"] = paragraphs(values["text"])
    for key in ("keywords", "folder", "language"):
        if key in values:
            values[key] = one_line(values[key])
    if values.get("condition", "") not in CONDITIONS:
        raise Invalid("condition", _("Choose one of the three: always, while open, while closed."))
    return values


def _cleaned(session: Session, reply_id: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    values = tidy(fields)
    if "shortcut" in values:
        values["shortcut"] = _shortcut(session, reply_id, values["shortcut"])
    return values


def _shortcut(session: Session, reply_id: int, typed: str) -> str:
    shortcut = typed.strip().lstrip("/").strip()
    if not shortcut:
        raise Invalid("shortcut", _("The reply needs a shortcut, like /thanks."))
    if any(char.isspace() for char in shortcut):
        raise Invalid("shortcut", _("A shortcut is one word: on the phone it ends at the first space."))
    alike = select(Reply.shortcut).where(Reply.sort_key == sort_key(shortcut), Reply.id != reply_id)
    if any(other.casefold() == shortcut.casefold() for other in session.scalars(alike)):  # SQLite knows no É and é
        message = _("Another reply already uses {shortcut}. Choose a different one.")
        raise Invalid("shortcut", message.format(shortcut=formats.auto(f"/{shortcut}")))
    return shortcut
