"""Quick replies: texts that the owner finds by a /shortcut, and copies into a chat."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Product, Profile, Reply, ReplyUse, now
from desktop.data.position import after
from desktop.data.search import fold, other_layout, search_key, sort_key
from desktop.i18n import _, formats, speaking
from desktop.services.catalog import read_product
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.links import catalog_link
from desktop.services.placeholders import Filled, fill
from desktop.services.profile import read_profile
from desktop.services.share import customers_language, link_to, price_text

FILLED = (  # the placeholders that `fill_message` has values for, in the order they are offered
    *("customer", "product", "price", "item_link", "shop", "address"),
    *("map_link", "catalog_link", "date", "time"),
)
SEPARATORS = re.compile(r"[,،;؛]")


def find_replies(session: Session, typed: str = "", limit: int | None = None) -> list[Reply]:
    """Return the replies that `typed` means, the best first: the very shortcut, one that begins so, then any word.

    A leading / is what one types on the phone. Without words, all by shortcut. Where nothing is found, what the same
    keys mean on the other keyboard layout is looked for.
    """
    keys = session.execute(select(Reply.id, Reply.search_key).order_by(Reply.sort_key, Reply.id)).all()
    typed = typed.strip().removeprefix("/")
    ids = (_matching(keys, fold(typed)) or _matching(keys, fold(other_layout(typed))))[:limit]
    query = select(Reply) if limit is None else select(Reply).where(Reply.id.in_(ids))
    found = {reply.id: reply for reply in session.scalars(query)}
    return [found[i] for i in ids]


def _matching(keys: Sequence[Row[int, str]], folded: str) -> list[int]:
    words = folded.split()  # a shop has dozens of replies: no index, no SQL dialects
    found = [(reply, key) for reply, key in keys if all(word in key for word in words)]
    return [reply for reply, key in sorted(found, key=lambda row: _rank(row[1].partition(" ")[0], folded))]


def _rank(shortcut: str, folded: str) -> int:
    if not folded or shortcut == folded:
        return 0
    return 1 if shortcut.startswith(folded) else 2


def most_used(session: Session, limit: int) -> list[Reply]:
    """Return the replies copied most often, and then those by shortcut."""
    query = select(Reply).outerjoin(ReplyUse, ReplyUse.reply_id == Reply.id)
    uses = func.coalesce(ReplyUse.uses, 0)
    return list(session.scalars(query.order_by(uses.desc(), Reply.sort_key, Reply.id).limit(limit)))


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


def new_reply(session: Session, shortcut: str) -> int:
    """Add an empty reply, its shortcut as given or with a number behind it, and return its id."""
    return add_reply(session, free_shortcut(session, shortcut))


def duplicate_reply(session: Session, reply_id: int) -> int:
    """Add a copy of a reply under the next free shortcut, and return its id. Raises NotFound."""
    source = read_reply(session, reply_id)
    kept = {name: getattr(source, name) for name in ("text", "keywords", "folder", "language")}
    return add_reply(session, free_shortcut(session, source.shortcut), **kept)


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


def count_replies(session: Session) -> int:
    """Return how many replies there are."""
    return session.scalar(select(func.count()).select_from(Reply)) or 0


def uses(session: Session) -> dict[int, int]:
    """Return how often each reply was copied, those never copied left out."""
    return dict(session.execute(select(ReplyUse.reply_id, ReplyUse.uses)).all())


def split_keywords(typed: str) -> list[str]:
    """Return the keywords of a reply, which commas of any script part."""
    return [word for part in SEPARATORS.split(typed) if (word := one_line(part))]


def fill_message(session: Session, text: str, customer: str = "", product_id: int | None = None) -> Filled:
    """Return a reply as it is to be sent now, its placeholders filled in the language that customers read.

    `customer` is the name to write to them, and `product_id` the item they ask about. What cannot be known yet is
    left in braces and told. Raises NotFound if the item is gone.
    """
    profile = read_profile(session)
    product = read_product(session, product_id) if product_id is not None else None
    with speaking(customers_language(profile)):
        return fill(text, _values(profile, product, one_line(clean(customer))), formats.now())


def _values(profile: Profile, product: Product | None, customer: str) -> dict[str, str]:
    values = {
        "customer": customer,
        "shop": profile.name,
        "address": profile.address,
        "map_link": profile.map_link,
        "catalog_link": catalog_link(profile.phone) if profile.phone else "",
    }
    if product:
        link = link_to(product, profile) if product.link or profile.phone else ""
        values |= {"product": product.name, "price": price_text(product, profile), "item_link": link}
    return values


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
