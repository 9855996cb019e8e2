"""The columns of a catalog: Meta's names of them, and what shops write above them (resources/columns.toml)."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from desktop.i18n.folding import fold
from desktop.i18n.numbers import OtherCurrency, parse_money
from desktop.resources import resource

REQUIRED = ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand")
COLUMNS = (  # in Meta's order
    *REQUIRED,
    *("sale_price", "sale_price_effective_date", "item_group_id", "status", "additional_image_link"),
    *("google_product_category", "fb_product_category", "color", "size", "material", "pattern", "gender", "age_group"),
    *("product_type", *(f"custom_label_{n}" for n in range(5)), "internal_label", "rich_text_description"),
    *("quantity_to_sell_on_facebook", "gtin", "mpn", "origin_country"),
)
PRICES = ("price", "sale_price")
IN_PLACES = (*PRICES, "quantity_to_sell_on_facebook", "availability", "status")  # what each shop of a till has
TRANSLATED = ("title", "description")  # what an item says in a second language too
ABBREVIATION = re.compile(r"[^\W\d_]{1,3}\.[^\W\d_]{1,3}\b\.?")  # of a currency: "السعر (ر.س)"
LONGEST = 80  # characters of a header
ARABIC = re.compile("[\u0600-\u06ff]")
REGION = re.compile(r"\b(ar|en|fr|tr)[-_][a-z]{2}\b", re.IGNORECASE)  # name(en-gb)
PLACE = re.compile(
    r"\[.*?\]|(?<=^current quantity) .+|(?<=^inventory)_.+", re.IGNORECASE
)  # "Price [Main shop]", as tills write it


@dataclass(frozen=True)
class Meaning:
    """What the words above a column may mean: fields, the surest first, each with how sure (0 is Meta's own name).

    `language` is the one that the words name ("Name (English)"), "" for none. `other` says that it is known, and none
    of the fields.
    """

    fields: tuple[tuple[int, str], ...] = ()
    language: str = ""
    other: bool = False


def column_name(header: str) -> str:
    """Return Meta's name for a column, however its words are joined, or the header as it is if Meta has none."""
    name = re.sub(r"[\s_-]+", "_", header.strip().casefold())
    return name if name in COLUMNS else header


@lru_cache(maxsize=4096)  # headers repeat; cells that only might be headers do not
def meaning(header: str) -> Meaning:
    """Return what a header may mean: Meta's and Google's names in any spelling (g:title, Sale_Price, imageLink), words
    of shops in several languages, with a currency ("السعر (درهم)") or a language ("Name - EN") beside them."""
    bare = REGION.sub(r"\1", header.strip().removeprefix("g:").removeprefix("G:"))
    words = words_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)) if len(bare) <= LONGEST else ()
    language = next((said for word in reversed(words) if (said := _languages().get(word))), "")  # "Nom en arabe"
    place = words_of(PLACE.sub("", bare)) if PLACE.search(bare[:LONGEST]) else ()
    plain = words_of(ABBREVIATION.sub("", bare)) if "." in bare[:LONGEST] else ()
    for tried, wanted in (*_readings(words), (place, IN_PLACES), (plain, PRICES)):
        text = " ".join(tried)
        fields = tuple(each for each in _fields().get(text, ()) if not wanted or each[1] in wanted)
        if fields:
            return Meaning(fields, language if tried != words and fields[0][1] in TRANSLATED else "")
        if text in _said("other"):
            return Meaning(other=True)
    return Meaning()


def _readings(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
    """Yield the words of a header, and those without what names a language, says nothing, or names a currency.

    With them are the fields that they may name, none for any: those without a currency name nothing but a price.
    """
    yield words, ()
    words = tuple(word for word in words if word not in _languages())
    yield words, ()
    plain = tuple(word for word in words if word not in _said("filler"))
    yield plain, ()
    yield tuple(word for word in words if not names_money(word)), PRICES
    yield tuple(word for word in plain if not names_money(word)), PRICES


def script(header: str) -> str:
    """Return the language that a header of a name or a description is written in: "ar" if it has an Arabic letter."""
    if ARABIC.search(header):
        return "ar"
    tried = {" ".join(words) for words, _wanted in _readings(words_of(header))}
    said = [code for field in TRANSLATED for code, words in _vocabulary()[field].items() if tried & _spelt(words)]
    return "en" if "en" in said or tried & set(TRANSLATED) else next(iter(said), "en")


def language_of(text: str) -> str:
    """Return the language that a word of a text names, "" for none: store_ar, "English"."""
    return next((said for word in words_of(text) if (said := _languages().get(word))), "")


def names_money(word: str) -> bool:
    """Say whether a word names a currency: aed, درهم, "بالريال"."""
    return _money(word) is not None


def money_of(header: str) -> str:
    """Return the one currency that the words of a header name, "" where they name none, or it could be several."""
    return next(filter(None, map(_money, (*words_of(header), *ABBREVIATION.findall(header)))), "")


@lru_cache(maxsize=4096)
def _money(word: str) -> str | None:
    """Return the currency that a word names, "" if it could be several, None if it names none."""
    for tried in (word, word.removeprefix("بال"), word.removeprefix("ب")):
        try:
            parse_money(f"1 {tried}", "XXX")
        except OtherCurrency as other:
            return other.currency
        except ValueError:
            continue
    return None


def says(header: str, meant: Literal["currency", "hides", "private", "row number", "sale starts", "sale ends"]) -> bool:
    """Say whether a column has the currency of the prices beside it, yes for what is not shown, or an end of a sale.

    Or what is private: what things cost the shop, and where it has them from. Or numbers of the rows, where they are.
    """
    return " ".join(words_of(header)) in _said(meant)


def says_total(label: str) -> bool:
    """Say whether a label means that a row adds up others."""
    return " ".join(words_of(label)) in _said("total")


def known_word(cell: str, known: Sequence[str]) -> str:
    """Return which of Meta's words what a shop writes in a cell means (yes, "غير متوفر"), "" for none of them."""
    said = " ".join(words_of(cell)) if len(cell) <= LONGEST else ""
    return next((word for word in known if said and said in _said(word)), "")


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a header or a label, without the Arabic article, and the Turkish ı as i."""
    return _words(text) if len(text) <= LONGEST else _words.__wrapped__(text)


@lru_cache(maxsize=4096)  # of 100,000 cells that say whether there is any, nearly all say the same
def _words(text: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", fold(text).replace("ı", "i"))
    return tuple(word.removeprefix("ال") if len(word) > 4 else word for word in words)


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    with resource("columns.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _said(table: str) -> frozenset[str]:
    return frozenset().union(*map(_spelt, _vocabulary()[table].values()))


def _spelt(words: Sequence[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(word)) for word in words)


@cache
def _fields() -> dict[str, tuple[tuple[int, str], ...]]:
    found = {field.replace("_", " "): [(0, field)] for field in (*COLUMNS, "collection")}
    for field in (*COLUMNS, "collection"):
        for words in _vocabulary().get(field, {}).values():
            for rank, word in enumerate(words, 1):
                for spelling in {word, " ".join(words_of(word))}:  # الوان has no article, however it begins
                    found.setdefault(spelling, []).append((rank, field))
    return {word: tuple(sorted(fields)) for word, fields in found.items()}


@cache
def _languages() -> dict[str, str]:
    return {word: code for code, words in _vocabulary()["language"].items() for word in words}
