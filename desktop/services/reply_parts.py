"""The parts of a reply after its text: further texts, pictures, files, places and items, and what they become.

A text in a language is the one before it (the reply's own, to begin with) for those who read that language; any other
part with a language is only for them. All of a reply is sent in order, one message after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.models import Blob, Profile, Reply, ReplyPart
from desktop.data.position import after, among
from desktop.i18n import _, formats
from desktop.services.catalog import read_product
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.messages import Enquiry, fill_message
from desktop.services.placeholders import Filled
from desktop.services.profile import read_profile
from desktop.services.replies import add_reply, free_shortcut, note_reply, read_reply
from desktop.services.share import customers_language, price_answer

if TYPE_CHECKING:
    from desktop.data.images import Image

KINDS = ("text", "picture", "pdf", "location", "item", "catalog")
LARGEST_PDF = 16_000_000  # bytes
PDF = b"%PDF-"  # within the first bytes of such a file
CARRIED = ("kind", "language", "text", "sha256", "name", "product_id", "position")
WORDS = {"location": "{map_link}", "catalog": "{catalog_link}"}  # what these kinds say


@dataclass(frozen=True)
class Message:
    """One message to be sent: a text, or a picture or PDF by its digest. `part` is its id, None for the reply's own."""

    kind: str
    filled: Filled
    part: int | None = None
    sha256: str = ""
    name: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to copy."""
        return not (self.filled.text or self.sha256)


def list_parts(session: Session, reply_id: int) -> list[ReplyPart]:
    """Return the parts of a reply in their order."""
    query = select(ReplyPart).where(ReplyPart.reply_id == reply_id)
    return list(session.scalars(query.order_by(ReplyPart.position, ReplyPart.id)))


def read_part(session: Session, part_id: int) -> ReplyPart:
    """Return a part. Raises NotFound."""
    found = session.get(ReplyPart, part_id)
    if found is None:
        raise NotFound("", _("This part of the reply has been removed. Undo brings it back."))
    return found


def add_part(session: Session, reply_id: int, kind: str, **fields: Any) -> int:
    """Add a part after the last one of a reply, and return its id. Raises NotFound if the reply is gone."""
    reply = read_reply(session, reply_id)
    rows = list_parts(session, reply_id)
    values = tidy_part(fields)
    part = ReplyPart(reply_id=reply_id, kind=kind, position=after(rows[-1].position if rows else ""), **values)
    session.add(part)
    session.flush()
    note_reply(session, reply)
    session.flush()
    return part.id


def add_pictures(session: Session, reply_id: int, images: "Sequence[Image]") -> list[int]:
    """Add pictures after the last part of a reply, and return their ids. Raises NotFound."""
    return [add_part(session, reply_id, "picture", sha256=blobs.store(session, image)) for image in images]


def add_pdf(session: Session, reply_id: int, name: str, data: bytes) -> int:
    """Add a PDF after the last part of a reply, under the name that customers see, and return its id.

    Raises Invalid for what is no PDF or larger than LARGEST_PDF, and NotFound.
    """
    if PDF not in data[:1024]:
        raise Invalid("file", _("{name} is not a PDF. Choose another file.").format(name=formats.auto(name)))
    if len(data) > LARGEST_PDF:
        message = _("{name} is {size}. Files of up to {limit} can be added: save a smaller copy.")
        size, most = formats.file_size(len(data)), formats.file_size(LARGEST_PDF)
        raise Invalid("file", message.format(name=formats.auto(name), size=size, limit=most))
    digest = sha256(data).hexdigest()
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, data=data, thumbnail=b"", format="pdf", width=0, height=0))
        session.flush()
    return add_part(session, reply_id, "pdf", sha256=digest, name=name)


def update_part(session: Session, part_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of a part; `base` is the version they were typed over. Raises Stale, NotFound."""
    part = change_row(session, ReplyPart, part_id, base, tidy_part(changed))
    session.flush()
    note_reply(session, read_reply(session, part.reply_id))
    session.flush()


def remove_part(session: Session, part_id: int) -> None:
    """Take a part from its reply; undo brings it back."""
    if part := session.get(ReplyPart, part_id):
        reply = session.get(Reply, part.reply_id)
        session.delete(part)
        session.flush()
        if reply:
            note_reply(session, reply)
            session.flush()


def move_part(session: Session, part_id: int, place: int) -> None:
    """Make a part the `place`-th of its reply, counted from 0. Raises NotFound."""
    part = read_part(session, part_id)
    others = [row for row in list_parts(session, part.reply_id) if row.id != part_id]
    part.position = among([row.position for row in others], place)
    session.flush()


def duplicate_reply(session: Session, reply_id: int) -> int:
    """Add a copy of a reply with all its parts under the next free shortcut, and return its id. Raises NotFound."""
    source = read_reply(session, reply_id)
    kept = {name: getattr(source, name) for name in ("text", "keywords", "folder", "language", "condition")}
    copy = add_reply(session, free_shortcut(session, source.shortcut), **kept)
    for part in list_parts(session, reply_id):
        session.add(ReplyPart(reply_id=copy, **{name: getattr(part, name) for name in CARRIED}))
    session.flush()
    note_reply(session, read_reply(session, copy))
    session.flush()
    return copy


def messages(
    session: Session, reply_id: int, enquiry: Enquiry | None = None, typed: str | None = None
) -> list[Message]:
    """Return what a reply becomes for an enquiry: its messages in order, those with nothing to say left out.

    `typed` takes the place of the reply's own text: what is not saved yet. Raises NotFound if the reply is gone, or
    the item that is asked about.
    """
    enquiry = enquiry or Enquiry()
    reply, profile = read_reply(session, reply_id), read_profile(session)
    own = reply.language or customers_language(profile)
    wanted = enquiry.language or customers_language(profile)
    main = ReplyPart(kind="text", language="", text=reply.text if typed is None else typed)
    found = []
    for part in _chosen([main, *list_parts(session, reply_id)], own, wanted):
        language = part.language or own
        filled = _filled(session, part, profile, enquiry, language)
        found.append(Message(part.kind, filled, part.id, part.sha256 or "", part.name or ""))
    return [message for message in found if not message.empty or message.filled.missing]


def _chosen(parts: Sequence[ReplyPart], own: str, wanted: str) -> Iterator[ReplyPart]:
    """Yield the parts for those who read the language `wanted`; a text without one is in the language `own`."""
    variants: dict[int, ReplyPart] = {}  # by the place of the text that they take the place of
    last = 0
    for place, part in enumerate(parts):
        if part.kind == "text" and not part.language:
            last = place
        elif part.kind == "text" and part.language == wanted and part.text:
            variants.setdefault(last, part)
    for place, part in enumerate(parts):
        if part.kind == "text":
            if not part.language:
                yield variants.get(place, part) if wanted != own else part
        elif part.language in ("", wanted):
            yield part


def _filled(session: Session, part: ReplyPart, profile: Profile, enquiry: Enquiry, language: str) -> Filled:
    """Return the text of a part; none of a picture or a file, nor of what lacks its link or its item."""
    if part.kind == "item":  # without one of its own, whichever they ask about
        product_id = part.product_id or enquiry.product_id
        try:
            return Filled(price_answer(read_product(session, product_id or 0), profile), [], [])
        except NotFound:
            return Filled("", ["product"], [])
    text = part.text if part.kind == "text" else WORDS.get(part.kind, "")
    filled = fill_message(
        session, text, enquiry.customer, enquiry.product_id, enquiry.values, gender=enquiry.gender, language=language
    )
    return filled if part.kind == "text" or not filled.missing else Filled("", filled.missing, [])


def tidy_part(fields: dict[str, Any]) -> dict[str, Any]:
    """Return columns of a part as they are kept."""
    values = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    if "text" in values:
        values["text"] = paragraphs(values["text"])
    if "name" in values:
        values["name"] = one_line(values["name"])
    return values
