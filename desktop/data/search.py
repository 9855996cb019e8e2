"""Finding rows by what people type, in any script, and the order they expect to see them in."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    case,
    column,
    false,
    func,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from desktop.data.models import Product, Profile, Synonym
from desktop.i18n import bidi
from desktop.i18n.folding import clean, without_articles
from desktop.i18n.folding import fold as fold  # whoever searches finds them here
from desktop.i18n.folding import sort_key as sort_key
from desktop.i18n.numbers import parse_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

FEW = 2_000  # with fewer hits than this, fetching and sorting them beats scanning in order
NEAR = 500  # rows at the beginning, among which the first of many hits are looked for
GRAM = 3
LONGEST = 200  # characters that are looked for: more were pasted, and SQLite refuses a thousand conditions
LAST = chr(0x10FFFF)  # sorts behind every letter
SEARCHED = ("product", "customer")  # the tables that SQLite keeps a trigram index of, in <table>_search
REBUILD = "INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')"
INDEX = "INSERT INTO {table}_search (rowid, search_key) SELECT id, search_key FROM {table} WHERE id IN ({changed})"
# The index holds no text: what it is to forget is told by the journal, which has it in the first change of a row.
FORGET = """
INSERT INTO {table}_search ({table}_search, rowid, search_key)
SELECT 'delete', row_id, json_extract(before, '$.search_key') FROM (
  SELECT row_id, op, before, min(seq) FROM ({changed}) GROUP BY row_id
) WHERE op <> 'I'
"""
PROBE = """
SELECT json_group_array(rowid) FROM (SELECT rowid FROM {table}_search WHERE {table}_search MATCH :match LIMIT :few)
"""
CHANGED = """
SELECT {columns} FROM journal WHERE action_id = :action AND seq > :since AND table_name = '{table}'
AND (op <> 'U' OR json_type(before, '$.search_key') IS NOT NULL)
"""

# The letters of one key on the two layouts, where they are on every system (Arabic 101 and US English).
ARABIC_KEYS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر\ufefbىةوزظذ"
ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
TO_ENGLISH = str.maketrans(ARABIC_KEYS, ENGLISH_KEYS)
TO_ARABIC = {ord(key): letter.replace("\ufefb", "لا") for key, letter in zip(ENGLISH_KEYS, ARABIC_KEYS, strict=True)}


class Word(NamedTuple):
    """One thing that was typed: any of these folded texts is meant, or rows that are `otherwise` meant by it."""

    texts: tuple[str, ...]
    otherwise: ColumnElement[bool] | None = None  # of items: that they have this price

    @property
    def indexed(self) -> bool:
        """Say whether the index can look for it."""
        return all(len(text) >= GRAM for text in self.texts)

    def anywhere(self, session: Session, model: Any) -> ColumnElement[bool]:
        """Return the condition that a row says it, or is otherwise meant by it."""
        said = [_contains(session, model, text) for text in self.texts]
        return or_(*said) if self.otherwise is None else or_(*said, self.otherwise)


class Kind(NamedTuple):
    """How rows of a table are found: it is one of SEARCHED, and has a name, a `search_key` and a `sort_key`."""

    model: Any
    order: "tuple[SQLColumnExpression[Any], ...]"  # where nothing is typed
    words: Callable[[Session, str], list[Word]]  # what was typed, word by word
    exact: Callable[[Session, str], ColumnElement[bool]]  # that a row is the very one meant; asked of an index


def read_words(session: Session, typed: str) -> list[Word]:
    """Return what was typed word by word, each with what means the same in this shop (see `services.synonyms`).

    Several words that the owner has said to mean something together are one.
    """
    folded = fold(typed).split()
    if not folded:
        return []
    same = synonyms(session)
    longest = max((len(text.split()) for text in same), default=1)
    words = []
    while folded:
        sizes = range(min(longest, len(folded)), 1, -1)
        size = next((size for size in sizes if " ".join(folded[:size]) in same), 1)
        text, folded = " ".join(folded[:size]), folded[size:]
        price = _price(session, text)
        words.append(Word(same.get(text, (text,)), None if price is None else _costs(price)))
    return words


def synonyms(session: Session) -> dict[str, tuple[str, ...]]:
    """Return every folded word or phrase that means the same as others, with those others, itself first."""
    found: dict[str, tuple[str, ...]] | None = session.info.get(synonyms)  # a session sees one moment: it asks once
    if found is not None:
        return found
    found = session.info[synonyms] = {}
    for lines in session.scalars(select(Synonym.words).order_by(Synonym.position, Synonym.id)):
        group = tuple(dict.fromkeys(folded for line in lines.splitlines() if (folded := fold(line))))
        for word in group:  # in two groups it means what both of them say
            found[word] = tuple(dict.fromkeys((word, *found.get(word, ()), *group)))
    return found


def find_ids(
    session: Session,
    typed: str,
    limit: int | None = None,
    *conditions: ColumnElement[bool],
    order: "Sequence[SQLColumnExpression[Any]]" = (),
    kind: Kind | None = None,
) -> list[int]:
    """Return the ids of the rows of a kind (items) that contain every word of `typed` and meet every condition.

    They come in `order`. Without one, and without words, that is the kind's, of items the owner's. With words the best
    come first: the very code, the very price, a name that begins so, what was typed letter by letter, and then the rest
    by name; but of very many hits, which nobody reads to the end, those after a name that begins so by name only. If
    there are none at all, what else may be meant is searched for: see `meanings`.
    """
    kind, typed = kind or ITEMS, clean(typed[:LONGEST])
    query = select(kind.model.id).where(*conditions)
    for meant in meanings(typed):
        words = kind.words(session, meant)
        if not words:
            return _ids(session, query.order_by(*(order or kind.order)).limit(limit))
        holding = query.where(*(word.anywhere(session, kind.model) for word in words))
        if found := _find(session, kind, holding, meant, words, order, limit, scan=not conditions):
            return found
    return []


def find_first(session: Session, typed: str, limit: int, kind: Kind | None = None) -> list[int] | None:
    """Return the first ids of `find_ids`, or None if even those might take a scan of everything: then ask in a job."""
    kind, typed = kind or ITEMS, clean(typed[:LONGEST])
    words = kind.words(session, typed)
    if not words or any(word.indexed for word in words) or _is_postgresql(session):
        return find_ids(session, typed, limit, kind=kind)
    query = select(kind.model.id).where(*(word.anywhere(session, kind.model) for word in words))
    return _best(session, kind, query, typed, words, limit) or None


def _find(
    session: Session,
    kind: Kind,
    query: "Select[int]",
    typed: str,
    words: list[Word],
    order: "Sequence[SQLColumnExpression[Any]]",
    limit: int | None,
    scan: bool,
) -> list[int]:
    model = kind.model
    few = None if _is_postgresql(session) else _probe(session, model, words)
    if few is not None:  # as one value: thousands take longer to be named than to be looked up
        known = func.json_each(json.dumps(few)).table_valued("value").c.value
        query = query.where(model.id.in_(select(known)))
    if order or few is not None or _is_postgresql(session):  # whose planner makes this choice by itself
        typed_so = case((model.name.icontains(typed.strip(), autoescape=True), 0), else_=1)
        by = order or (_rank(session, kind, typed, words), typed_so)
        return _ids(session, query.order_by(*by, model.sort_key, model.id).limit(limit))
    best = _best(session, kind, query, typed, words, limit)
    if len(best) == limit:
        return best
    # Where hits are many, as the index has said, they are met in order. To have all, or to find that there are hardly
    # any, reading the table as it lies and sorting takes a third.
    if limit and scan and any(word.indexed for word in words):
        rest = _first_by_name(session, model, query, words, limit)
    else:
        rest = _ids(session, query.order_by(model.sort_key.concat(""), model.id).limit(limit))
    return list(dict.fromkeys([*best, *rest]))[:limit]


def _first_by_name(session: Session, model: Any, query: "Select[int]", words: list[Word], limit: int) -> list[int]:
    """Return the first of many hits by name.

    They mostly stand near the beginning; else the rows in between are not read, but asked of the trigram index, if that
    knows all that is meant.
    """
    query = query.order_by(model.sort_key, model.id).limit(limit)
    if not all(word.indexed and word.otherwise is None for word in words):
        return _ids(session, query)
    near = select(model.sort_key).order_by(model.sort_key, model.id).offset(NEAR).limit(1).scalar_subquery()
    found = _ids(session, query.where(model.sort_key <= near))
    if len(found) == limit:
        return found
    index = table(f"{model.__tablename__}_search", column("rowid"))
    matches = text(f"{index.name} MATCH :match").bindparams(match=_match(words))
    # + 0, or SQLite would go from hit to hit, and sort them
    return _ids(session, query.where((model.id + 0).in_(select(index.c.rowid).where(matches))))


def _ids(session: Session, query: "Select[int]") -> list[int]:
    """Return what a query finds, in its order.

    SQLite hands it over in one piece: row by row, 100,000 ids keep Python, and with it the window, busy for 0.1 s.
    """
    if _is_postgresql(session):
        return list(session.scalars(query))
    found = query.subquery()
    ids: list[int] = json.loads(session.scalar(select(func.json_group_array(found.c.id))) or "[]")
    return ids


def _best(
    session: Session, kind: Kind, query: "Select[int]", typed: str, words: list[Word], limit: int | None
) -> list[int]:
    """Return what indexes find at once: the very code or price, and names that begin with what was typed."""
    model, start = kind.model, sort_key(typed)
    found = list(session.scalars(query.where(kind.exact(session, typed)).order_by(model.sort_key, model.id)))
    if others := _otherwise(words):
        meant = query.where(or_(*others))
        found += session.scalars(meant.order_by(model.sort_key.concat(""), model.id).limit(limit))
    begins = query.where(model.sort_key >= start, model.sort_key < start + LAST)
    found += session.scalars(begins.order_by(model.sort_key, model.id).limit(limit))
    return list(dict.fromkeys(found))[:limit]


def _rank(session: Session, kind: Kind, typed: str, words: list[Word]) -> ColumnElement[int]:
    """Return what to sort hits by, the best first."""
    folded, model = fold(typed), kind.model
    return case(
        (kind.exact(session, typed), 0),
        (or_(false(), *_otherwise(words)), 1),
        (model.search_key.startswith(folded, autoescape=True), 2),
        (model.name.icontains(" ".join(typed.split()), autoescape=True), 3),
        (model.search_key.contains(folded, autoescape=True), 4),
        else_=5,
    )


def _otherwise(words: list[Word]) -> list[ColumnElement[bool]]:
    return [word.otherwise for word in words if word.otherwise is not None]


def _has_code(_session: Session, typed: str) -> ColumnElement[bool]:
    return Product.code.in_(_cases(typed))


def _cases(typed: str) -> set[str]:
    """Return how a code that was typed may be written."""
    code = bidi.strip(typed).strip()
    return {typed.strip(), code, code.upper(), code.lower(), fold(code), fold(code).upper()}


def _costs(price: int) -> ColumnElement[bool]:
    """Return the condition that an item is sold, or was, at a price in the shop's currency."""
    shops = or_(Product.currency == "", Product.currency == select(Profile.currency).scalar_subquery())
    return and_(or_(Product.price == price, Product.sale_price == price), shops)


def _price(session: Session, text: str) -> int | None:
    """Return what a word is as a price, in the smallest unit of the shop's currency; None if it is none."""
    if not text[0].isdecimal():
        return None
    try:
        minor = parse_money(text, _currency(session))
    except ValueError:
        return None
    return minor if 0 <= minor < 2**63 else None


def _currency(session: Session) -> str:
    if _currency not in session.info:
        session.info[_currency] = session.scalar(select(Profile.currency)) or ""
    return str(session.info[_currency])


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def search_key(*texts: str) -> str:
    """Return what is searched of a row that says `texts`, of which the first counts most."""
    return fold(" \n ".join(texts))


def meanings(typed: str) -> list[str]:
    """Return what may be meant, in the order in which it is looked for: what was typed comes first.

    Then the same without articles, then what these keys mean on the other keyboard layout (English and Arabic).
    """
    bare = without_articles(folded := fold(typed))
    return list(dict.fromkeys((typed, bare if bare and bare != folded else typed, other_layout(typed))))


def other_layout(typed: str) -> str:
    """Return what the same keys would have typed with the other keyboard layout on, English or Arabic."""
    arabic = sum("\u0600" <= char <= "\u06ff" for char in typed)
    table = TO_ENGLISH if arabic else TO_ARABIC
    typed = typed.replace("لا", "\ufefb") if arabic else typed.lower()
    return typed.translate(table)


def needs_scan(typed: str) -> bool:
    """Say whether a search is too short for the index, and may read every row."""
    words = fold(typed).split()
    return bool(words) and all(len(word) < GRAM for word in words)


def _contains(session: Session, model: Any, text: str) -> ColumnElement[bool]:
    if _is_postgresql(session):
        contains: ColumnElement[bool] = model.search_key.contains(text, autoescape=True)  # for which it has an index
        return contains
    return func.instr(model.search_key, text) > 0


def _probe(session: Session, model: Any, words: list[Word]) -> list[int] | None:
    """Return the ids among which every hit is, asked of the indexes and in no order; None if those are not few."""
    if not any(word.indexed for word in words):
        return None
    found: set[int] = set()
    if others := _otherwise(words):
        found.update(session.scalars(select(model.id).where(or_(*others)).limit(FEW)))
    probe = text(PROBE.format(table=model.__tablename__))
    found.update(json.loads(session.scalar(probe, {"match": _match(words), "few": FEW}) or "[]"))
    return list(found) if len(found) < FEW else None


def _match(words: list[Word]) -> str:
    """Return how the index is asked for the rows that may say all the words that it knows."""
    return " AND ".join(f"({' OR '.join(map(_grams, word.texts))})" for word in words if word.indexed)


def _grams(string: str) -> str:
    """Return how the index is asked for what holds every three letters of `string`, if not yet in order."""
    grams = dict.fromkeys(string[i : i + GRAM] for i in range(len(string) - GRAM + 1))
    return "({})".format(" AND ".join('"{}"'.format(gram.replace('"', '""')) for gram in grams))


ITEMS = Kind(Product, (Product.position, Product.id), read_words, _has_code)


def reindex(connection: Connection, action_id: int, since: int) -> None:
    """Bring SQLite's trigram indexes up to what the journal says has changed.

    Not by triggers: with `trusted_schema` off, SQLite lets none of them write to an FTS5 table.
    """
    if connection.dialect.name != "sqlite":
        return
    parameters = {"action": action_id, "since": since}
    for name in SEARCHED:
        entries = CHANGED.format(table=name, columns="row_id, op, before, seq")
        connection.execute(text(FORGET.format(table=name, changed=entries)), parameters)
        rows = CHANGED.format(table=name, columns="row_id")
        connection.execute(text(INDEX.format(table=name, changed=rows)), parameters)


def rebuild(connection: Connection) -> None:
    """Make SQLite's trigram indexes anew from the rows."""
    for name in SEARCHED:
        connection.execute(text(REBUILD.format(table=name)))
