"""What a kind of rows, such as the items of the catalog, is found by; and what that is called."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.data.models import Row
from desktop.i18n import _, formats
from desktop.services.hits import Read
from desktop.services.terms import Search


@dataclass(frozen=True)
class Kind:
    """How rows of a model are found, and which terms and orders there are, with their words as English msgids.

    Its groups, such as collections, are what the rows are in: `groups` reads their terms and names, and each is a
    chip. `counted` are the models that `count` depends on, `listed` those that the chips do.
    """

    model: type[Row]
    find: Callable[[Session, Search], list[int]]
    find_first: Callable[[Session, Search, int], list[int] | None]  # None where that takes a look at all rows
    total: Callable[[Session], int]  # how many rows there are at all
    read: Read  # how the words that are searched for are understood
    status: Mapping[str, str]
    attention: Mapping[str, str]
    others: Mapping[str, str]  # which are in no menu
    orders: Mapping[str, str]
    say: Callable[[str, str], str]  # what to call a term by its name and value, or ""; ValueError for no such value
    group: str  # the name of the term of a group
    groups: Callable[[Session], dict[str, str]]
    count: Callable[[Session, Iterable[str]], Mapping[str, int]]  # how many rows meet each term
    counted: Sequence[type[Row]]
    listed: Sequence[type[Row]]

    def words(self, term: str) -> str:
        """Return what to call a term; one that is not known, as may be in what was saved, as it is."""
        name, _equals, value = term.partition("=")
        with suppress(ValueError):
            if said := self.say(name, value):
                return said
        words = self.status.get(term) or self.attention.get(term) or self.others.get(term)
        return _(words) if words else formats.auto(value or term)
