"""Finding and replacing words in the names and descriptions of many items, in every language they have."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import AT_ONCE, Tell, among, silent, write_rows
from desktop.data.models import Product, ProductText
from desktop.data.search import fold
from desktop.i18n import N_, _
from desktop.i18n.folding import keys
from desktop.services.catalog import more_words
from desktop.services.editing import clean, one_line, paragraphs
from desktop.services.errors import Invalid
from desktop.services.limits import measure

Field = Literal["name", "description"]
Reason = Literal["no_name", "too_long"]
FIELDS: tuple[Field, ...] = ("name", "description")
LIMITS = {"name": "catalog.name", "description": "catalog.description"}
REASONS: dict[Reason, str] = {  # why a text stays as it is
    "no_name": N_("The item would have no name left"),
    "too_long": N_("The text would be too long to keep"),
}
LONGEST = 100_000  # characters of a text that replacing may make
LONGEST_FIND = 1_000
Span = tuple[int, int]


@dataclass(frozen=True)
class Rewrite:
    """What to find, and what to put in its place; "" takes it away.

    `words`: only whole words. `case`: only with the same capitals. `alike`: in any spelling that search takes for the
    same, as أ and ا or ة and ه; capitals count for nothing then.
    """

    find: str
    replacement: str = ""
    fields: tuple[Field, ...] = FIELDS
    words: bool = False
    case: bool = False
    alike: bool = False

    def check(self) -> None:
        """Raise Invalid for what finds nothing, or everything."""
        if len(self.find) > LONGEST_FIND:
            raise Invalid("find", _("This is too long to look for. A few words of it are enough."))
        if not self.find.strip() or (self.alike and not fold(self.find)):
            raise Invalid("find", _("Write what is to be found."))
        if not self.fields:
            raise Invalid("fields", _("Choose where to look: in names, in descriptions, or in both."))


def hits(text: str, rule: Rewrite) -> list[Span]:
    """Return where `rule` finds something in a text, from the first to the last, none touching another's letters."""
    spans = _alike(text, fold(rule.find)) if rule.alike else _plain(text, rule)
    return [span for span in spans if not rule.words or _is_whole(text, span)]


def replace(text: str, spans: Sequence[Span], replacement: str) -> tuple[str, list[Span]]:
    """Return the text with something else at these places, and where that stands in it."""
    parts: list[str] = []
    places: list[Span] = []
    end = length = 0
    for start, stop in spans:
        parts += [text[end:start], replacement]
        length += start - end
        places.append((length, length + len(replacement)))
        length += len(replacement)
        end = stop
    return "".join([*parts, text[end:]]), places


class Change(NamedTuple):
    """A text before and after; `language` is "" for the shop's own, `row` the item's text in another one."""

    item: int
    row: int
    language: str
    field: Field
    before: str
    after: str
    found: list[Span]  # in `before`
    put: list[Span]  # in `after`; none where tidying up moved them


@dataclass(frozen=True)
class Preview:
    """What replacing would do: the texts it changes by item, what stays and why, and what the phone has no room for."""

    places: Sequence[tuple[int, int, Field]] = ()  # item, text in another language or 0, field
    skipped: Counter[Reason] = field(default_factory=Counter)
    too_long_for_phone: int = 0

    @property
    def changed(self) -> int:
        """Return how many items change."""
        return len({item for item, _row, _field in self.places})


def preview(session: Session, ids: Sequence[int], rule: Rewrite, tell: Tell = silent) -> Preview:
    """Return what `rule` would do to the texts of these items, in their order. Raises Invalid."""
    return _sum_up(ids, _outcomes(session, ids, rule, tell))


def sample(session: Session, places: Sequence[tuple[int, int, Field]], rule: Rewrite) -> list[Change]:
    """Return before and after at some of the places of a preview: a screenful, say."""
    wanted = set(places)
    ids = list({item for item, _row, _field in places})
    found = {
        (change.item, change.row, change.field): change
        for change, refused in _outcomes(session, ids, rule)
        if not refused and (change.item, change.row, change.field) in wanted
    }
    return [found[place] for place in places if place in found]


def rewrite(session: Session, ids: Sequence[int], rule: Rewrite, tell: Tell = silent) -> Preview:
    """Replace what `rule` finds in the texts of items, and return what became of them. Raises Invalid."""
    session.flush()
    outcomes = list(_outcomes(session, ids, rule))
    changes = [change for change, refused in outcomes if not refused]
    texts: dict[int, dict[str, Any]] = {}
    products: dict[int, dict[str, Any]] = {}
    for change in changes:
        rows, row = (texts, change.row) if change.row else (products, change.item)
        rows.setdefault(row, {"id": row})[change.field] = change.after
    write_rows(session, ProductText, list(texts.values()))
    items = list(dict.fromkeys(change.item for change in changes))
    write_rows(session, Product, _with_keys(session, items, products), tell)
    return _sum_up(ids, outcomes)


def _with_keys(session: Session, items: Sequence[int], changed: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows to write of these items, with what they are searched and sorted by from now on."""
    more = more_words(session, items)
    columns = (Product.id, Product.name, Product.code, Product.description, Product.brand)
    rows = []
    for id, name, code, description, brand in session.execute(
        select(*columns).where(among(session, Product.id, items))
    ):
        new = changed.get(id, {})
        name, description = new.get("name", name), new.get("description", description)
        search_key, sort_key = keys(name, code, description, brand, *more.get(id, ()))
        rows.append(
            {"id": id, "name": name, "description": description, "search_key": search_key, "sort_key": sort_key}
        )
    return rows


def _outcomes(
    session: Session, ids: Sequence[int], rule: Rewrite, tell: Tell = silent
) -> Iterator[tuple[Change, Reason | None]]:
    """Yield every text of these items that would change, in any order, and why it must not."""
    rule.check()
    replacement = clean(rule.replacement)
    own = select(Product.id, Product.name, Product.description).where(among(session, Product.id, ids))
    if rule.alike:  # which is slow to look for; what is searched has the same letters
        own = own.where(Product.search_key.contains(fold(rule.find), autoescape=True))
    columns = (ProductText.product_id, ProductText.id, ProductText.language, ProductText.name, ProductText.description)
    other = select(*columns).where(among(session, ProductText.product_id, ids))
    for step, (item, name, description) in enumerate(session.connection().execute(own), 1):
        yield from _of_row(rule, replacement, (item, 0, ""), {"name": name, "description": description})
        if step % AT_ONCE == 0:
            tell(step, len(ids))
    for item, row, language, name, description in session.connection().execute(other):
        yield from _of_row(rule, replacement, (item, row, language), {"name": name, "description": description})


def _of_row(
    rule: Rewrite, replacement: str, row: tuple[int, int, str], texts: dict[Field, str]
) -> Iterator[tuple[Change, Reason | None]]:
    for name in rule.fields:
        before = texts[name]
        if not (found := hits(before, rule)):
            continue
        raw, put = replace(before, found, replacement)
        after = one_line(raw) if name == "name" else paragraphs(raw)
        if after == before:
            continue
        reason: Reason | None = "too_long" if len(after) > LONGEST else None
        if name == "name" and not after and not row[1]:  # in another language the item's own name stands in
            reason = "no_name"
        yield Change(*row, name, before, after, found, put if raw == after else []), reason


def _sum_up(ids: Sequence[int], outcomes: Iterable[tuple[Change, Reason | None]]) -> Preview:
    places: dict[int, list[tuple[int, int, Field]]] = {}
    skipped: Counter[Reason] = Counter()
    over = 0
    for change, reason in outcomes:
        if reason:
            skipped[reason] += 1
            continue
        places.setdefault(change.item, []).append((change.item, change.row, change.field))
        key = LIMITS[change.field]
        over += measure(key, change.after).state == "over" and measure(key, change.before).state != "over"
    ordered = [place for item in dict.fromkeys(ids) for place in places.get(item, ())]
    return Preview(ordered, skipped, over)


def _plain(text: str, rule: Rewrite) -> list[Span]:
    return [found.span() for found in _pattern(rule.find, rule.case).finditer(text)]


@lru_cache
def _pattern(find: str, case: bool) -> re.Pattern[str]:
    return re.compile(re.escape(find), re.NOFLAG if case else re.IGNORECASE)


def _alike(text: str, wanted: str) -> list[Span]:
    """Return where a text says `wanted`, a folded text, letter by letter with the marks on each."""
    letters: list[str] = []
    spans: list[Span] = []  # of the letters in `text`
    for start, stop in _clusters(text):
        for letter in _folded(text[start:stop]):
            letters.append(letter)
            spans.append((start, stop))
    line, found, place = "".join(letters), [], 0
    while (place := line.find(wanted, place)) >= 0:
        end = place + len(wanted)
        inside_first = place > 0 and spans[place - 1] == spans[place]
        inside_last = end < len(spans) and spans[end] == spans[end - 1]
        if inside_first or inside_last:  # of a letter that folds to several
            place += 1
            continue
        found.append((spans[place][0], spans[end - 1][1]))
        place = end
    return found


def _clusters(text: str) -> Iterator[Span]:
    """Yield where each letter stands, with the marks on it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or unicodedata.category(text[place]) != "Mn":
            yield start, place
            start = place


@lru_cache(maxsize=10_000)
def _folded(cluster: str) -> str:
    return " " if cluster == " " else "\n" if cluster == "\n" else fold(cluster)


def _is_whole(text: str, span: Span) -> bool:
    """Say whether no letter goes on before or after a place: a word in Arabic includes what is written onto it."""
    start, stop = span
    before, after = text[start - 1 : start], text[stop : stop + 1]
    return not (_goes_on(before) and _goes_on(text[start])) and not (_goes_on(after) and _goes_on(text[stop - 1]))


def _goes_on(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char or " ") in ("Mn", "Mc")
