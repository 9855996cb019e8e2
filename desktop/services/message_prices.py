"""The prices in one line of a message, as traders write them; never a phone number, a date, a size or a quantity.

A number is a price only where something says so: a currency beside it, a word such as "price" before it, `/-` after it,
or a dash or colon that sets it apart at the end of a line. Everything else is a number.
"""

import re
from dataclasses import dataclass

from desktop.i18n import numbers

LONGEST = 400  # characters of a line that are looked at
NEAR = 60  # characters before a number that may say what it is

# Letters that people write one for the other, digits of every script that shops use: one for one, so that places in
# the plain text are places in the text.
_PLAIN = str.maketrans("أإآٱىةگک،٬’٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "هكك,,'" + "0123456789" * 2)

CURRENCIES = {  # what is written beside an amount, the longer first, and the currencies that it may mean
    r"(?:درهما?|دراهم)\s+اماراتي(?:ا|ه)?|uae dirhams?": "AED",
    r"(?:درهما?|دراهم)\s+مغربي(?:ا|ه)?": "MAD",
    r"(?:ريالا?|ريالات)\s+سعودي(?:ا|ه)?|saudi ri[yi]?als?": "SAR",
    r"(?:ريالا?|ريالات)\s+قطري(?:ا|ه)?|qatari ri[yi]?als?": "QAR",
    r"(?:ريالا?|ريالات)\s+عماني(?:ا|ه)?|omani ri[yi]?als?": "OMR",
    r"(?:ريالا?|ريالات)\s+يمني(?:ا|ه)?": "YER",
    r"(?:دينارا?|دنانير)\s+كويتي(?:ا|ه)?|kuwaiti dinars?": "KWD",
    r"(?:دينارا?|دنانير)\s+بحريني(?:ا|ه)?": "BHD",
    r"(?:دينارا?|دنانير)\s+اردني(?:ا|ه)?|jordanian dinars?": "JOD",
    r"(?:دينارا?|دنانير)\s+عراقي(?:ا|ه)?": "IQD",
    r"(?:جنيها?|جنيهات|جنيه)\s+مصري(?:ا|ه)?|egyptian pounds?": "EGP",
    r"(?:دولارا?|دولارات)\s+امريكي(?:ا|ه)?|us dollars?": "USD",
    r"(?:ليره|ليرات)\s+تركيه?": "TRY",
    r"د\.?\s?إ\.?|د\.ا\.?|aed|dhs?|dirhams?": "AED",
    r"ر\.\s?س\.?|sar|s\.?r": "SAR",
    r"ر\.\s?ق\.?|qar|qr": "QAR",
    r"ر\.\s?ع\.?|omr|r\.?o": "OMR",
    r"د\.\s?ك\.?|kwd|k\.?d": "KWD",
    r"د\.\s?ب\.?|bhd|b\.?d": "BHD",
    r"jod|j\.?d": "JOD",
    r"د\.\s?ع\.?|iqd": "IQD",
    r"ج\.\s?م\.?|egp|l\.?e": "EGP",
    r"د\.\s?ج\.?|dzd": "DZD",
    r"د\.\s?م\.?|mad": "MAD",
    r"د\.\s?ت\.?|tnd": "TND",
    r"د\.\s?ل\.?|lyd": "LYD",
    r"ل\.\s?ل\.?|lbp": "LBP",
    r"ل\.\s?س\.?|syp": "SYP",
    r"₺|try|tl": "TRY",
    r"usd|us\$|\$": "USD",
    r"€|eur|euros?|يورو": "EUR",
    r"£|gbp": "GBP",
    r"₹|inr|rs\.?": "INR",
    r"درهما?|دراهم": "AED MAD",
    r"ريالا?|ريالات|﷼|riyals?|rials?": "SAR QAR OMR YER",
    r"دينارا?|دنانير|dinars?": "KWD BHD JOD IQD DZD TND LYD",
    r"جنيها?|جنيهات|جنيه|جني|pounds?": "EGP SDG GBP",
    r"ليره|ليرات": "LBP SYP TRY",
    r"دولارا?|دولارات|dollars?": "USD",
}
_MONEY = "|".join(f"(?:{words.translate(_PLAIN)})" for words in CURRENCIES)
_END = r"(?![^\W\d_])"  # no letter follows
_FIGURE = r"(?:[0-9]{1,3}(?:[,'][0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]+)(?:[.٫,][0-9]{1,3})?"
_NUMBER = re.compile(rf"(?<![0-9])(?<![0-9][.,:])({_FIGURE})(?![0-9])")
_MONEY_AFTER = re.compile(rf"\s?~?\s?(?:({_MONEY}){_END}|/[-=])", re.IGNORECASE)
_MONEY_BEFORE = re.compile(rf"(?:(?<![^\W\d_])({_MONEY})|[💰💵💲💸🏷])[\s.:~]{{0,3}}$", re.IGNORECASE)

PHONE = r"\+[0-9][0-9 ()-]{6,}[0-9]|(?<![0-9.,])0[0-9][0-9 -]{5,}[0-9]|[0-9]{7,}|[0-9]{2,3}[ -][0-9]{3}[ -][0-9]{4}"
_MASKED = re.compile(  # what is no price, unless money is named beside it
    rf"https?://\S+|www\.\S+|{PHONE}"
    r"|[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{1,2}/[0-9]{1,2}(?![-=0-9])"  # a date, a half
    r"|[0-9]{1,2}:[0-9]{2}"  # a time
    r"|[0-9]+(?:[.,][0-9]+)?\s?(?:[x×*✕]\s?[0-9]+(?:[.,][0-9]+)?)+"  # a size
    r"|[%٪]\s?[0-9]+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?\s?(?:[%٪]|بالميه|في الميه)"
    r"|#\s?[0-9]+",
    re.IGNORECASE,
)


def _words(text: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in text.translate(_PLAIN).split("; "))


_OLD = _words(
    "بدلا من; بدلاً من; بدلًا من; بدل من; بدل; بدلا; كان; كانت; كان سعره; قبل الخصم; قبل; السعر القديم; السعر الاصلي; "
    "السعر السابق; السعر قبل الخصم; was; before; instead of; old price; original price; regular price; rrp; mrp"
)
_NEW = _words(
    "الان; صار; اصبح; بعد الخصم; بعد; السعر الجديد; سعر العرض; سعر الخصم; السعر بعد الخصم; بسعر العرض; عرض خاص; العرض; "
    "now; after; after discount; sale; sale price; new price; offer; offer price; special price"
)
_PLAIN_PRICE = _words(
    "السعر; الاسعار; سعر; سعره; سعرها; سعر القطعه; سعر الحبه; بسعر; price; prices; unit price; price only"
)
_TOLD = _words("ب; بـ; بس; فقط; only; for; at; @; only for; just; just for")  # of a number that ends its line
_RETAIL = _words("مفرق; المفرق; سعر المفرق; قطاعي; القطاعي; مفرد; retail; retail price")
_WHOLESALE = _words("جمله; الجمله; سعر الجمله; بالجمله; wholesale; wholesale price")
_FEE = _words(
    "توصيل; التوصيل; للتوصيل; رسوم التوصيل; الشحن; شحن; خصم; وفر; وفري; عربون; تامين; فوق; اكثر من; اقل طلب; "
    "الحد الادنى; الحد الادني; delivery; delivery fee; shipping; save; discount; deposit; over; above; minimum; "
    "minimum order; min order; orders over; قسط; اقساط"
)
_FEE_AFTER = re.compile(rf"\W{{0,3}}(?:{_words('توصيل; للتوصيل; شحن; خصم; delivery; shipping; off; discount')}){_END}")
_NOT_A_PRICE = _words(
    "رقم; عدد; العدد; الكميه; كميه; مقاس; المقاس; مقاسات; المقاسات; قياس; القياس; موديل; كود; الكود; طول; الطول; عرض; "
    "ارتفاع; الارتفاع; وزن; الوزن; سعه; السعه; سنه; عيار; خلال; تلفون; هاتف; جوال; واتس; واتساب; صفحه; لون; الوان; "
    "الالوان; size; sizes; number; no; no.; qty; quantity; model; code; ref; sku; item; width; height; length; weight; "
    "year; page; tel; phone; mobile; whatsapp; call; colour; colours; color; colors; pack of; set of; box of; since; "
    "year; from; to; الى; حتى; حتي; up to; max; min"
)
_UNIT = re.compile(
    rf"(?:\s?[-–]\s?{_FIGURE})?\s?(?:"
    + _words(
        "pm; am; o'clock; cm; mm; m; kg; kgs; g; gm; gms; gr; gram; grams; ml; l; ltr; liter; litre; oz; lb; inch; "
        "inches; in; gb; tb; mb; mah; w; watt; v; k; mp; pcs; pc; piece; pieces; pairs; pair; sets; colours; colors; "
        "sizes; hours; hrs; days; day; weeks; months; years; year; yrs; left; items; people; persons; stars; "
        "صباحا; مساء; الصبح; سم; مم; متر; م; كغ; كيلو; كجم; جم; جرام; غرام; غ; مل; لتر; ل; بوصه; انش; قطعه; قطع; حبه; "
        "حبات; حبيبات; علبه; علب; كرتون; كرتونه; دسته; درزن; زوج; ساعه; ساعات; يوم; ايام; اسبوع; شهر; شهور; اشهر; سنه; "
        "سنوات; سنين; عام; لون; الوان; مقاس; مقاسات; اشخاص; شخص; طقم; نجوم; واط; جيجا; عيار; متبقي; مرات"
    )
    + rf"){_END}",
    re.IGNORECASE,
)
_DASH = r"(?:\s*[:=|\t]\s*|\s+[-–—ـ]+\s*|\s*[-–—ـ]+\s+|\s*(?:\.{2,}|…+|،{2,}|[⬅➡👉👈←→➖]+)\s*)"
_TO = r"\s?(?:-|–|—|/|الي|حتي|to|till)\s?"
_RANGE = re.compile(_TO, re.IGNORECASE)
_OTHER_END = re.compile(rf"(?:{_TO}){_FIGURE}", re.IGNORECASE)
_GLUED = re.compile(r"[^\W\d][\w-]*-?$|[#+]$")  # to a word: A5, BAG-12
_ENDED = re.compile(r"[\s.!✅✔🔥👌🌹✨💯❤️)\]*_~]*(?:فقط|بس|only|net)?[\s.!✅✔🔥👌🌹✨💯❤️*_)\]~]*", re.IGNORECASE)
_GAP = r"[\s:=\-–—ـ*_.>⬅➡👉👈←→~(]{0,5}"


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{words}){_GAP}(?:(?:بـ|ب|بسعر|سعر|price|only|for|at){_GAP})?$", re.IGNORECASE)


_ROLES = {
    role: _ends(words)
    for role, words in {
        "wholesale": _WHOLESALE,
        "old": _OLD,
        "new": _NEW,
        "retail": _RETAIL,
        "": _PLAIN_PRICE,
        "told": _TOLD,
    }.items()
}
_INSTEAD = re.compile(
    rf"\s*(?:{_words('بدلا من; بدلاً من; بدلًا من; بدل من; بدل; instead of')})\s*{_FIGURE}", re.IGNORECASE
)
_OFFERED = _ends(_words("عرض; بعرض"))  # a width too, but not where the older price follows
_NEXT = re.compile(rf"[\s,/-]{{0,4}}(?:{'|'.join((_OLD, _NEW, _PLAIN_PRICE, _RETAIL, _WHOLESALE))})\b", re.IGNORECASE)
_FEE_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{_FEE})\W{{1,4}}(?:\w+\W{{1,3}}){{0,2}}$", re.IGNORECASE)
_COUNTED = _ends(_NOT_A_PRICE)


@dataclass(frozen=True)
class Found:
    """A price in a line: from `start` to `end`, with the words that belong to it. `minor` in units of `currency`.

    `role` is "old", "new", "wholesale", "retail", "range" (the upper end of one) or "". `currency` is "" where none is
    named; `other` is how the line names one that could be several others than the shop's.
    """

    start: int
    end: int
    minor: int
    currency: str
    role: str = ""
    other: str = ""


def plain(text: str) -> str:
    """Return `text` with one form of each letter and ASCII digits, every character in its place."""
    return text.translate(_PLAIN)


def prices_in(line: str, currency: str) -> list[Found]:
    """Return the prices in a line in their order; amounts that name no currency are in `currency`."""
    text = plain(line[:LONGEST])
    hidden = _MASKED.sub(_blank, text)
    found: list[Found] = []
    for match in _NUMBER.finditer(text):
        lost = hidden[match.start() : match.end()].strip() == ""
        price = _price(text, match, currency, found[-1] if found else None, lost)
        if price:
            found.append(price)
    return found


def bare_number(line: str, currency: str) -> Found | None:
    """Return the number at the end of a line that nothing calls a price, if nothing calls it something else either."""
    text = plain(line[:LONGEST])
    hidden = _MASKED.sub(_blank, text)
    match = re.search(rf"(?<=\s)({_FIGURE})\s*$", hidden)
    if not match or match[1].startswith("0") or _COUNTED.search(text[: match.start(1)]):
        return None
    minor = _minor(match[1], currency)
    return None if minor is None else Found(match.start(1), match.end(1), minor, "")


def _blank(match: re.Match[str]) -> str:
    """Hide what is no price, unless a currency beside it says that it is one after all."""
    text, start, end = match.string, match.start(), match.end()
    if match[0].startswith("+") or "/" in match[0] or ":" in match[0] or re.search("[%٪x×*✕#]", match[0]):
        return " " * (end - start)
    if _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text[:start]):
        return match[0]
    return " " * (end - start)


def _price(text: str, match: re.Match[str], currency: str, last: Found | None, hidden: bool) -> Found | None:
    base, end = max(0, match.start() - NEAR), match.end()
    before = text[base : match.start()]
    glued = _GLUED.search(before)
    if hidden or (glued and glued[0] not in ("ب", "بـ") and not _MONEY_BEFORE.search(before)):  # "for" is written so
        return None
    after = _MONEY_AFTER.match(text, end)
    ahead = None if after and after[1] else _MONEY_BEFORE.search(before)
    named = (after and after[1]) or (ahead and ahead[1]) or ""
    start = base + ahead.start() if ahead else match.start()
    stop = after.end() if after else end
    struck = text[start - 1 : start] == "~" and text[stop : stop + 1] == "~"
    strong = bool(after or ahead or struck)
    if not strong and text[end : end + 1].isalpha():
        return None
    lead = text[base:start]
    range_of = last if last and _RANGE.fullmatch(text[last.end : start]) and last.role != "old" else None
    later = _later_money(text, end)
    instead = not strong and _INSTEAD.match(text, end)
    if not strong and not range_of and not later and not instead and (_UNIT.match(text, end) or _COUNTED.search(lead)):
        return None
    role, cut = _role(lead)
    if instead and role is None and (offered := _OFFERED.search(lead)):
        role, cut = "new", offered.start()
    cut += base
    if role is None and (_FEE_BEFORE.search(lead) or _FEE_AFTER.match(text, stop)):
        return None
    if struck:
        role, cut, stop = "old", start - 1, stop + 1
    if not strong and not range_of and not later:
        if role is None and not _set_apart(text, lead, end) and not instead:
            return None
        paired = last and last.role in ("old", "new") and not text[last.end : cut].strip(" ,،-/")
        if role in ("old", "new", "told") and not (paired or _ENDED.fullmatch(text, end) or _NEXT.match(text, end)):
            return None
    code, other = _currency(named, currency)
    minor = _minor(match[1], code or currency)
    if minor is None:
        return None
    if range_of and role in (None, ""):
        role, cut = "range", range_of.end
    return Found(cut, stop, minor, code, "" if role in (None, "told") else role, other)


def _role(lead: str) -> tuple[str | None, int]:
    """Return what the words before a number call it, None if they are no such words, and where they begin."""
    for role, pattern in _ROLES.items():
        if match := pattern.search(lead):
            start = match.start()
            more = _ROLES[""].search(lead[:start])
            return role, more.start() if more else start
    return None, len(lead)


def _later_money(text: str, end: int) -> bool:
    """Say whether a number is the lower end of a range, or the older price, and money is named after the other."""
    match = _OTHER_END.match(text, end)
    return bool(match and _MONEY_AFTER.match(text, match.end()))


def _set_apart(text: str, lead: str, end: int) -> bool:
    """Say whether a dash or a colon sets a number apart from the words before it, at the end of its line."""
    match = re.search(rf"{_DASH}$", lead)
    if not match or not _ENDED.fullmatch(text, end):
        return False
    words = re.sub(r"[\W\d_]+", " ", lead[: match.start()]).strip()
    return len(words) > 1


def _currency(named: str, currency: str) -> tuple[str, str]:
    """Return the code that a word means, "" for the shop's own or none; and the word where it may be several others."""
    if not named:
        return "", ""
    for words, codes in CURRENCIES.items():
        if re.fullmatch(words.translate(_PLAIN), named, re.IGNORECASE):
            if currency in codes.split():
                return "", ""
            return (codes, "") if " " not in codes else ("", named)
    return "", ""


def _minor(figure: str, currency: str) -> int | None:
    try:
        minor = numbers.parse_money(figure.replace("'", ""), currency)
    except ValueError:
        return None
    return minor if minor > 0 else None
