"""Terms: conditions as one writes them, such as `hidden` or `label=VIP`; what `where` and `who` have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.data.models import Row
from desktop.i18n import _, formats
from desktop.i18n.folding import clean, fold
from desktop.services.errors import Invalid

Condition = ColumnElement[bool]
SEARCH = "search"  # before = and words that are looked for, in any spelling
DIGITS = 18  # of the largest number


class Search(NamedTuple):
    """What one is looking for: words as they were typed, terms, and an order by its name; "" is the usual one."""

    typed: str = ""
    terms: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True)
class Terms:
    """A vocabulary: `words` stand alone, `values` take a value after =; of several `any` one is enough.

    `unknown` is the sentence (an English msgid with {term} and {known}) for a term that means nothing.
    """

    words: Mapping[str, Callable[[Session], Condition]]
    values: Mapping[str, Callable[[Session, str], Condition]]
    any: str
    unknown: str

    def conditions(self, session: Session, terms: Sequence[str]) -> list[Condition]:
        """Return what `terms` ask of a row: all at once, but of several `any` one. Raises Invalid("where")."""
        found: list[Condition] = []
        either: list[Condition] = []
        for term in terms:
            (either if split(term)[0] == self.any else found).append(self.condition(session, term))
        return [*found, or_(*either)] if either else found

    def condition(self, session: Session, term: str) -> Condition:
        """Return what one term asks of a row. Raises Invalid("where") where it means nothing, saying what does."""
        name, value = split(term)
        if name in self.values and value:
            return self.values[name](session, value)
        if name in self.words and "=" not in term:
            return self.words[name](session)
        known = ", ".join([*self.words, *(f"{key}=…" for key in (*self.values, SEARCH))])
        raise Invalid("where", _(self.unknown).format(term=formats.ltr(term), known=formats.ltr(known)))

    def count(self, session: Session, model: type[Row], terms: Sequence[str]) -> dict[str, int]:
        """Return how many rows of a model meet each term by itself, in one pass. Raises Invalid("where")."""
        columns = [func.count().filter(self.condition(session, term)) for term in terms]
        counted = session.execute(select(*columns).select_from(model)).one() if columns else ()
        return dict(zip(terms, counted, strict=True))


def words(search: Search) -> tuple[str, list[str]]:
    """Return all that is searched for by words, and the other terms."""
    parted = [(*split(term), term) for term in search.terms]
    searched = [value for name, value, _term in parted if name == SEARCH and value]
    others = [term for name, value, term in parted if name != SEARCH or not value]
    return " ".join([search.typed, *searched]).strip(), others


def split(term: str) -> tuple[str, str]:
    """Return the name of a term, in small letters, and its value, "" where it has none."""
    name, _equals, value = clean(term).strip().partition("=")
    return name.strip().lower(), value.strip()


def pick(rows: Sequence[tuple[int, str]], value: str, unknown: str) -> int:
    """Return the id of the one of `rows` (id, name) that a value names: its name, in any spelling, or # and its id.

    One that is gone has an id all the same, and chooses nothing. Raises Invalid("where"): `unknown`, a sentence with
    {name}, and which there are.
    """
    number = whole(value[1:]) if value[0] == "#" else None
    if number is not None and (any(row == number for row, _name in rows) or all(name != value for _row, name in rows)):
        return number
    found = next((row for row, name in rows if fold(name) == fold(value)), None)
    if found is not None:
        return found
    sentence = unknown.format(name=formats.auto(value))
    if known := formats.listing(name for _row, name in rows):
        sentence = _("{sentence} There are: {names}").format(sentence=sentence, names=known)
    raise Invalid("where", sentence)


def whole(value: str) -> int | None:
    """Return a value as a whole number, None where it is none, or one that no database holds."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= DIGITS else None
