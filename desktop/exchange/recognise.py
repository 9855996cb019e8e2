"""What a table is, and which of its columns means what: by its headers, as Meta, Google, other shops and people write
them, in English and Arabic; and by what is in the cells where a header says nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from desktop.data.search import fold
from desktop.exchange.feed_cells import COLUMNS, column_name
from desktop.exchange.incoming import COLLECTION
from desktop.exchange.shopify import is_shopify
from desktop.exchange.spreadsheet_columns import is_spreadsheet
from desktop.exchange.tables import Table
from desktop.exchange.woocommerce import is_woocommerce
from desktop.i18n import N_

Format = Literal["meta", "dukkan", "shopify", "woocommerce", "plain"]
Reason = Literal["name", "meaning", "content", "kept", "chosen"]

REASONS = {
    "name": N_("It is called so in Meta's feed."),
    "meaning": N_("Its name means this."),
    "content": N_("What is in it looks like this."),
    "kept": N_("Kept as it is, and written back in a feed."),
    "chosen": N_("Chosen by you, here or the last time."),
}
# What else the columns are called, in folded letters (`data.search.fold`), words joined by one space.
MEANINGS: dict[str, tuple[str, ...]] = {
    "id": (
        *("sku", "code", "item code", "product code", "product id", "item id", "item no", "item number", "ref"),
        *("reference", "article", "article number", "model", "part number", "الكود", "كود", "كود المنتج", "كود الصنف"),
        *("رقم الصنف", "رقم المنتج", "رمز", "الرمز", "رمز المنتج", "رمز الصنف", "المرجع", "الموديل", "رقم"),
    ),
    "title": (
        *("name", "item", "item name", "product", "product name", "product title", "article name", "label", "الاسم"),
        *("اسم", "اسم المنتج", "اسم الصنف", "الصنف", "المنتج", "العنوان", "البضاعه", "السلعه", "البيان"),
    ),
    "description": (
        *("desc", "details", "body", "body html", "product description", "long description", "text", "about"),
        *("summary", "content", "short description"),
        *("الوصف", "وصف", "وصف المنتج", "وصف الصنف", "التفاصيل", "تفاصيل", "الشرح", "المواصفات"),
    ),
    "price": (
        *("unit price", "retail price", "regular price", "selling price", "list price", "original price", "amount"),
        *("price aed", "price sar", "price usd", "cost", "السعر", "سعر", "سعر البيع", "سعر الوحده", "الثمن", "القيمه"),
        *("السعر بالدرهم", "السعر بالريال", "سعر القطعه", "السعر الاصلي", "السعر قبل الخصم"),
    ),
    "sale_price": (
        *(
            "offer price",
            "discount price",
            "discounted price",
            "special price",
            "sale",
            "promo price",
            "price after discount",
        ),
        *("سعر العرض", "العرض", "سعر التخفيض", "سعر الخصم", "السعر بعد الخصم", "سعر مخفض", "سعر خاص", "التخفيض"),
    ),
    "sale_price_effective_date": ("sale dates", "sale period", "مده العرض", "تاريخ العرض"),
    "brand": (
        *("vendor", "manufacturer", "make", "supplier brand", "brand name", "الماركه", "ماركه", "العلامه التجاريه"),
        *("العلامه", "البراند", "الشركه", "الشركه المصنعه", "المصنع"),
    ),
    "link": (
        *("url", "product url", "product link", "item link", "web", "website", "page", "permalink", "web link"),
        *("الرابط", "رابط", "رابط المنتج", "رابط الصنف", "الموقع"),
    ),
    "image_link": (
        *("image", "image url", "picture", "photo", "images", "main image", "picture url", "photo url", "img"),
        *("image src", "thumbnail", "featured image", "pictures", "photos"),
        *("الصوره", "صوره", "رابط الصوره", "الصور", "صور", "صوره المنتج", "الصوره الرييسيه"),
    ),
    "additional_image_link": (
        *("additional image", "additional images", "additional image links", "more images", "extra images", "gallery"),
        *("other images", "صور اضافيه", "صور اخري", "باقي الصور"),
    ),
    "availability": (
        *("stock status", "in stock", "available", "availability status", "التوفر", "متوفر", "حاله التوفر"),
        "حاله المخزون",
    ),
    "quantity_to_sell_on_facebook": (
        *("quantity", "qty", "stock", "inventory", "stock quantity", "units", "on hand", "inventory quantity"),
        *("الكميه", "كميه", "المخزون", "العدد", "الكميه المتوفره", "الرصيد"),
    ),
    "condition": ("item condition", "product condition", "حاله المنتج", "حاله الصنف"),
    "status": ("visibility", "published", "active", "الظهور", "منشور"),
    "origin_country": ("country of origin", "made in", "origin", "بلد المنشا", "المنشا", "بلد الصنع", "صنع في"),
    "gtin": ("barcode", "ean", "upc", "isbn", "الباركود", "باركود"),
    COLLECTION: (
        *("collections", "category", "categories", "department", "section", "group", "product category", "type"),
        *("المجموعه", "المجموعات", "القسم", "الفيه", "التصنيف", "النوع", "الاقسام", "الصنف الرييسي"),
    ),
}
FIELDS = (*COLUMNS, COLLECTION)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|webp|gif)(?:\?\S*)?$", re.IGNORECASE)
AMOUNT = re.compile(r"(?:[^\W\d_]{1,4}\.?\s?)?\d[\d.,٫٬\s]*(?:\s?[^\W\d_]{1,5}\.?[^\W\d_]?)?", re.UNICODE)
SAMPLE = 50  # rows that are looked at


@dataclass(frozen=True)
class Column:
    """A column of the source, the field it is proposed for ("" for none), and why."""

    header: str
    field: str
    reason: Reason


@dataclass(frozen=True)
class Recognised:
    """What a table is, and what its columns are. Shopify's and WooCommerce's are read as a whole, not by columns."""

    format: Format
    columns: list[Column]


def recognise(table: Table, format: Format | Literal["auto"] = "auto") -> Recognised:
    """Say what a table is, unless that is said, and propose a field for each of its columns, each field once."""
    if format == "dukkan" or (format == "auto" and is_spreadsheet(table.header)):
        return Recognised("dukkan", [Column(header, "", "name") for header in table.header])
    if format == "shopify" or (format == "auto" and is_shopify(table.header)):
        return Recognised("shopify", [Column(header, "", "name") for header in table.header])
    if format == "woocommerce" or (format == "auto" and is_woocommerce(table.header)):
        return Recognised("woocommerce", [Column(header, "", "name") for header in table.header])
    fields: dict[int, tuple[str, Reason]] = {}
    for reason, find in (("name", _by_name), ("meaning", _by_meaning)):
        for place, header in enumerate(table.header):
            field = find(header)
            if field and place not in fields and field not in {known for known, _why in fields.values()}:
                fields[place] = (field, reason)  # type: ignore[assignment]
    known = sum(field in ("id", "title", "price", "image_link", "availability") for field, _reason in fields.values())
    own = sum(reason == "name" for _field, reason in fields.values())
    if "title" not in {field for field, _reason in fields.values()} or not own:
        _by_content(table, fields)
    columns = [Column(header, *fields.get(place, ("", "kept"))) for place, header in enumerate(table.header)]
    kind: Format = "meta" if own >= 3 and known >= 2 else "plain"
    return Recognised(kind if format == "auto" else format, columns)


def _by_name(header: str) -> str:
    """Return Meta's column of that very name, as Google's feeds write it too (g:title, image link)."""
    name = column_name(header.strip().removeprefix("g:"))
    return name if name in COLUMNS or name == COLLECTION else ""


def _by_meaning(header: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", fold(header)))
    if words in _meanings():
        return _meanings()[words]
    shorter = re.sub(r"^(?:the|product|item|variant) | (?:aed|sar|usd|eur|egp|kwd|qar|omr|bhd|jod)$", "", words)
    return _meanings().get(shorter, "")


@cache
def _meanings() -> dict[str, str]:
    return {fold(word): field for field, words in MEANINGS.items() for word in words}


def _by_content(table: Table, fields: dict[int, tuple[str, Reason]]) -> None:
    """Find the columns that nothing names by what is in them: pictures, links, prices, and then the names."""
    rows = [cells for _number, cells in table.rows[:SAMPLE]]
    left = [place for place in range(len(table.header)) if place not in fields]

    def share(place: int, pattern: re.Pattern[str]) -> float:
        filled = [cells[place].strip() for cells in rows if cells[place].strip()]
        return sum(pattern.fullmatch(cell) is not None for cell in filled) / len(filled) if filled else 0

    for field, pattern in (("image_link", PICTURE), ("link", ADDRESS), ("price", AMOUNT)):
        if field in {known for known, _reason in fields.values()}:
            continue
        best = max(left, key=lambda place: share(place, pattern), default=None)
        if best is not None and share(best, pattern) >= 0.8:
            fields[best] = (field, "content")
            left.remove(best)
    if "title" not in {known for known, _reason in fields.values()}:
        texts = [place for place in left if _is_text(rows, place)]
        if texts:
            fields[texts[0]] = ("title", "content")


def _is_text(rows: Sequence[Sequence[str]], place: int) -> bool:
    filled = [cells[place].strip() for cells in rows if cells[place].strip()]
    worded = sum(bool(re.search(r"[^\W\d_]{2}", cell)) and not ADDRESS.match(cell) for cell in filled)
    return bool(filled) and worded >= 0.8 * len(filled)
