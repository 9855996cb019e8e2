"""Quick replies: texts that the owner finds by a /shortcut, and copies into a chat."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Reply, ReplyUse, now
from desktop.data.position import after
from desktop.data.search import fold, other_layout, search_key, sort_key
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound


def find_replies(session: Session, typed: str = "") -> list[Reply]:
    """Return the replies that `typed` means, the best first: the very shortcut, one that begins so, then any word.

    A leading / is what one types on the phone. Without words, all by shortcut.
    """
    replies = list(session.scalars(select(Reply).order_by(Reply.sort_key, Reply.id)))
    typed = typed.strip().removeprefix("/")
    return _matching(replies, fold(typed)) or _matching(replies, fold(other_layout(typed)))


def _matching(replies: list[Reply], folded: str) -> list[Reply]:
    words = folded.split()  # a shop has dozens of replies: no index, no SQL dialects
    found = [reply for reply in replies if all(word in reply.search_key for word in words)]
    return sorted(found, key=lambda reply: _rank(fold(reply.shortcut), folded))


def _rank(shortcut: str, folded: str) -> int:
    if not folded or shortcut == folded:
        return 0
    return 1 if shortcut.startswith(folded) else 2


def read_reply(session: Session, reply_id: int) -> Reply:
    """Return a reply. Raises NotFound."""
    found = session.get(Reply, reply_id)
    if found is None:
        raise NotFound("", _("This reply has been deleted. Undo brings it back."))
    return found


def add_reply(session: Session, shortcut: str, text: str = "", **fields: Any) -> int:
    """Add a reply and return its id. Raises Invalid as `update_reply` does."""
    last = session.scalar(select(func.max(Reply.position)))
    reply = Reply(position=after(last or ""))
    for key, value in _cleaned(session, 0, {"shortcut": shortcut, "text": text, **fields}).items():
        setattr(reply, key, value)
    _note(reply)
    session.add(reply)
    session.flush()
    return reply.id


def update_reply(session: Session, reply_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of a reply; `base` is the version they were typed over. Raises Invalid, Stale, NotFound."""
    reply = change_row(session, Reply, reply_id, base, _cleaned(session, reply_id, changed))
    _note(reply)
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
    return dict(session.execute(select(ReplyUse.reply_id, ReplyUse.uses)).tuples().all())


def _cleaned(session: Session, reply_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    values = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    if "text" in values:
        values["text"] = paragraphs(values["text"])
    if "keywords" in values:
        values["keywords"] = one_line(values["keywords"])
    if "shortcut" in values:
        values["shortcut"] = _shortcut(session, reply_id, values["shortcut"])
    return values


def _shortcut(session: Session, reply_id: int, typed: str) -> str:
    shortcut = typed.strip().lstrip("/").strip()
    if not shortcut:
        raise Invalid("shortcut", _("The reply needs a shortcut, like /thanks."))
    if any(char.isspace() for char in shortcut):
        raise Invalid("shortcut", _("A shortcut is one word: on the phone it ends at the first space."))
    taken = select(Reply.shortcut).where(func.lower(Reply.shortcut) == shortcut.lower(), Reply.id != reply_id)
    if session.scalar(taken):
        message = _("Another reply already uses {shortcut}. Choose a different one.")
        raise Invalid("shortcut", message.format(shortcut=formats.auto(f"/{shortcut}")))
    return shortcut


def _note(reply: Reply) -> None:
    reply.search_key = search_key(reply.shortcut, reply.keywords or "", reply.text or "")
    reply.sort_key = sort_key(reply.shortcut)
