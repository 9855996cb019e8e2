"""Words that mean the same to this shop, such as رولكس and Rolex: a search for one of them finds the others too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import Synonym
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid

PARTS = re.compile(r"[\n,،;؛=]+")  # what people write between words


@dataclass(frozen=True)
class Group:
    """Words, or short phrases, that mean the same."""

    id: int
    version: int
    words: tuple[str, ...]


def list_synonyms(session: Session) -> list[Group]:
    """Return every group in the order they were added."""
    query = select(Synonym.id, Synonym.version, Synonym.words).order_by(Synonym.position, Synonym.id)
    return [Group(id, version, tuple(words.splitlines())) for id, version, words in session.execute(query)]


def add_synonyms(session: Session, words: str) -> int:
    """Add a group of words, with commas, equals signs or line ends between them, and return its id. Raises Invalid."""
    last = session.scalar(select(func.max(Synonym.position)))
    group = Synonym(words=_cleaned(session, words, None), position=after(last or ""))
    session.add(group)
    session.flush()
    return group.id


def change_synonyms(session: Session, group_id: int, base: int | None, words: str) -> None:
    """Replace the words of a group; `base` is the version they were typed over. Raises Invalid, Stale, NotFound."""
    change_row(session, Synonym, group_id, base, {"words": _cleaned(session, words, group_id)})
    session.flush()


def remove_synonyms(session: Session, group_id: int) -> None:
    """Forget a group; undo brings it back."""
    if group := session.get(Synonym, group_id):
        session.delete(group)
        session.flush()


def split_words(typed: str) -> list[str]:
    """Return the words in `typed`, each of them once in whatever spelling."""
    words: dict[str, str] = {}
    for part in PARTS.split(typed):
        word = one_line(clean(part))
        if folded := fold(word):
            words.setdefault(folded, word)
    return list(words.values())


def _cleaned(session: Session, typed: str, own: int | None) -> str:
    words = split_words(typed)
    if len(words) < 2:
        raise Invalid("words", _("Write at least two words that mean the same, with a comma between them."))
    others = (group for group in list_synonyms(session) if group.id != own)
    if taken := _taken(words, others):
        sentence = _("{word} is in another line already: add the new words there.")
        raise Invalid("words", sentence.format(word=formats.auto(taken)))
    return "\n".join(words)


def _taken(words: list[str], groups: Iterable[Group]) -> str | None:
    known = {fold(word) for group in groups for word in group.words}
    return next((word for word in words if fold(word) in known), None)
