"""Finding rows by what people type, in any script, and the order they expect to see them in."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, case, func, select, text
from sqlalchemy.orm import Session

from desktop.data.models import Product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

FEW = 2_000  # with fewer hits than this, fetching and sorting them beats scanning in order
GRAM = 3
MARKED_SCRIPTS = frozenset({"ARABIC", "LATIN", "GREEK", "CYRILLIC", "HEBREW"})
UNSEEN = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x061C, 0xFEFF, 0x0640)
SAME = str.maketrans("ٱىةکیےەہھ", "ايهكييههه") | dict.fromkeys(UNSEEN)

INDEX = "INSERT INTO product_search (rowid, search_key) SELECT id, search_key FROM product"
CHANGED = """
SELECT row_id FROM journal WHERE action_id = :action AND seq > :since AND table_name = 'product'
AND (op <> 'U' OR json_type(before, '$.search_key') IS NOT NULL)
"""

# The letters of one key on the two layouts, where they are on every system (Arabic 101 and US English).
ARABIC_KEYS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر\ufefbىةوزظذ"
ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
TO_ENGLISH = str.maketrans(ARABIC_KEYS, ENGLISH_KEYS)
TO_ARABIC = {ord(key): letter.replace("\ufefb", "لا") for key, letter in zip(ENGLISH_KEYS, ARABIC_KEYS, strict=True)}


@cache
def _drops_marks(char: str) -> bool:
    """Say whether marks on `char` are optional: a vowel sign in Hindi, or the dots of が, are not."""
    return unicodedata.name(char, "").split(" ")[0] in MARKED_SCRIPTS


def fold(string: str) -> str:
    """Reduce `string` to what people mean when they search: no case, vowel marks, or variants of a letter."""
    string = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", string).casefold())
    chars: list[str] = []
    drop = False
    for char in string.translate(SAME):
        category = unicodedata.category(char)
        if category != "Mn":
            drop = _drops_marks(char)
        elif drop or _drops_marks(char):
            continue
        chars.append(str(unicodedata.digit(char)) if category == "Nd" else char)
    return unicodedata.normalize("NFC", " ".join("".join(chars).split()))


def sort_key(string: str) -> str:
    """Return what to sort `string` by, byte for byte: 'item 9' comes before 'Item 10'."""
    return re.sub(r"\d+", lambda match: match[0].zfill(12), fold(string))


def find_ids(
    session: Session,
    typed: str,
    limit: int | None = None,
    *conditions: ColumnElement[bool],
    order: "Sequence[SQLColumnExpression[Any]]" = (),
) -> list[int]:
    """Return the ids of the products that contain every word of `typed` and meet every condition, in `order`.

    Without one, and without words, they come in the owner's. With words the best come first: the very code,
    a name that begins so, what was typed letter by letter, and then the rest by name; but of very
    many hits, which nobody reads to the end, by name only. If there are none at all, what the
    same keys mean on the other keyboard layout (English and Arabic) is searched for.
    """
    query = select(Product.id).where(*conditions).limit(limit)
    words = fold(typed).split()
    if not words:
        return list(session.scalars(query.order_by(*(order or (Product.position, Product.id)))))
    found = _find(session, query, typed, words, order)
    if not found and (meant := other_layout(typed)) != typed:
        found = _find(session, query, meant, fold(meant).split(), order)
    return found


def _find(
    session: Session, query: "Select[int]", typed: str, words: list[str], order: "Sequence[SQLColumnExpression[Any]]"
) -> list[int]:
    query = query.order_by(*(order or (*_rank(typed, words), Product.sort_key, Product.id)))
    if session.get_bind().dialect.name == "postgresql":  # its planner makes the choice below by itself
        return list(session.scalars(query.where(*(Product.search_key.contains(w, autoescape=True) for w in words))))
    long = [word for word in words if len(word) >= GRAM]
    if long and len(hits := _probe(session, long)) < FEW:
        query = query.where(Product.id.in_(hits))
    else:  # a scan in order stops at the limit
        query = query.order_by(None).order_by(*(order or (Product.sort_key, Product.id)))
    return list(session.scalars(query.where(*(_contains(word) for word in words))))


def _rank(typed: str, words: list[str]) -> list[ColumnElement[int]]:
    """Return what to sort hits by, the best first."""
    folded = " ".join(words)
    exact = " ".join(typed.split())
    return [
        case(
            (func.lower(Product.code) == exact.lower(), 0),
            (Product.search_key.startswith(folded, autoescape=True), 1),
            (Product.name.contains(exact, autoescape=True), 2),
            (Product.search_key.contains(folded, autoescape=True), 3),
            else_=4,
        )
    ]


def search_key(*texts: str) -> str:
    """Return what is searched of a row that says `texts`, of which the first counts most."""
    return fold(" \n ".join(texts))


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


def _contains(word: str) -> ColumnElement[bool]:
    return func.instr(Product.search_key, word) > 0


def _probe(session: Session, words: list[str]) -> list[int]:
    """Ask the index for up to FEW rows that hold every three letters of every word, if not yet in order."""
    grams = {word[i : i + GRAM] for word in words for i in range(len(word) - GRAM + 1)}
    match = " AND ".join('"{}"'.format(gram.replace('"', '""')) for gram in grams)
    probe = text("SELECT rowid FROM product_search WHERE product_search MATCH :match LIMIT :few")
    return list(session.scalars(probe, {"match": match, "few": FEW}))


def reindex(connection: Connection, action_id: int, since: int) -> None:
    """Bring SQLite's trigram index up to what the journal says has changed.

    Not by triggers: with `trusted_schema` off, SQLite lets none of them write to an FTS5 table.
    """
    if connection.dialect.name == "sqlite":
        parameters = {"action": action_id, "since": since}
        connection.execute(text(f"DELETE FROM product_search WHERE rowid IN ({CHANGED})"), parameters)
        connection.execute(text(f"{INDEX} WHERE id IN ({CHANGED})"), parameters)


def rebuild(connection: Connection) -> None:
    """Make SQLite's trigram index anew from the rows."""
    connection.execute(text("DELETE FROM product_search"))
    connection.execute(text(INDEX))
