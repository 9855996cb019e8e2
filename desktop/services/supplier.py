"""A pasted message that offers goods, as a supplier writes it, read into drafts of items.

The message is cut at its blank lines. A line with words and a price is an item; a line with a price alone belongs to
the words before it; what is no price and no name is the description. Greetings and how to order are left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.i18n import _, bidi, formats
from desktop.services.chat_stamps import read_stamp
from desktop.services.drafts import Draft
from desktop.services.editing import clean
from desktop.services.message_prices import PHONE, Found, bare_number, plain, prices_in

LONGEST = 50_000  # characters that are read; nobody writes more
LINE = 400  # characters of a line; what is longer is read in parts
NAME = 120  # characters of a name; what is longer is a sentence
MOST = 1_000  # items

_BULLET = re.compile(
    r"^\s*(?:[0-9]{1,3}\uFE0F?\u20E3|🔟|[0-9]{1,3}\s?[.)\]-](?=\s)|[0-9]{1,3}[.)](?=\D)|[-–—•·▪◾◽*+>✔✅☑→]+(?=\s))+\s*"
)
_KEYCAP = re.compile(r"([0-9])\uFE0F?\u20E3")
_CODE = re.compile(
    r"(?<![^\W\d_])(?:رقم\s+الموديل|رقم\s+المنتج|رقم\s+الصنف|الكود|كود|الرمز|رمز|موديل|الموديل|item\s+code|product\s+code|"
    r"item\s+no\.?|model\s+no\.?|model|code|ref\.?|sku|art\.?)\s*[:#=.-]?\s*#?(?P<code>[A-Za-z0-9][A-Za-z0-9_./-]{0,30})"
    r"|(?<!\w)#(?P<hash>(?=[A-Za-z0-9-]*[0-9])[A-Za-z0-9][A-Za-z0-9-]{1,20})"
    r"|[(\[](?P<inside>[A-Z]{1,6}-?[0-9]{1,6})[)\]]",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\W*(?:المقاسات?|مقاسات?|القياس|الالوان|الوان|اللون|لون|الخامه|خامه|الوزن|وزن|الحجم|حجم|الكميه|العدد|السعه|الطول|"
    r"العرض|الماده|تاريخ|المواصفات|الوصف|متوفر|متوفره|التوصيل|توصيل|الشحن|الضمان|ضمان|بلد الصنع|صناعه|"
    r"sizes?|colou?rs?|material|fabric|weight|dimensions?|qty|quantity|moq|delivery|shipping|warranty|available|"
    r"in stock|description|brand|made in|origin|date|stock|min)\b",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"\W*(?:السلام عليكم|وعليكم السلام|مرحبا|اهلا|هلا|صباح الخير|مساء الخير|عملاءنا|عزيز|زبائننا|حياكم|شكرا|للطلب|"
    r"للتواصل|للحجز|اطلب|تواصل|واتساب|واتس|اتصل|الرجاء|يرجي|وصل حديث|جديدنا|عرض اليوم|عروض اليوم|عروضنا|قائمه الاسعار|"
    r"new arrivals?\b|special offers?\b|today'?s offers?|price list|hello|hi\b|dear|good (?:morning|evening|afternoon)|"
    r"thanks|thank you|to order|order now|contact|call|whats ?app|dm\b|please|regards|"
    r"<media omitted>|<تم استبعاد الوسائط>)",
    re.IGNORECASE,
)
_CONTACT = re.compile(rf"https?://\S+|www\.\S+|wa\.me/\S+|{PHONE}", re.IGNORECASE)
_NAME = re.compile(
    r"\W*(?:اسم المنتج|الاسم|اسم|المنتج|الصنف|البند|product name|product|item name|item|name)\s*[:：=]\s*(?=\S)", re.I
)
_PERCENT = re.compile(r"(?:خصم\s*)?(?:[0-9]+\s?[%٪]|[%٪]\s?[0-9]+)\s*(?:off|خصم|discount)?\s*[!🔥]*", re.IGNORECASE)
_TERMS = re.compile(r"شامل|غير شامل|مع التوصيل|لل|لكل|incl|excl|per\b|each|a piece|with delivery|free delivery", re.I)
_HEADING = re.compile(r"[:：]\s*$")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\s*$")
_TAIL = re.compile(
    r"[\s:=\-–—ـ*_|,./@~(\[<>]+$|(?<![^\W\d_])(?:ب|بـ|من|الاسعار|تبدا|يبدا|ابتداء|السعر|سعر|سعره|سعرها|بسعر|فقط|بس|و|only|for|at|price|from|starting|starts|each|now|just)\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:[\s:=\-–—ـ*_|,.!/@~)\]<>]+|"
    r"(?:عرض خاص|لا غير|فقط|بس|only|each|للحبه|للقطعه|للواحده|net)(?![^\W\d_])|و(?=\s))",
    re.IGNORECASE,
)


@dataclass
class _Item:
    name: str = ""
    prices: list[Found] = field(default_factory=list)
    code: str = ""
    lines: list[str] = field(default_factory=list)
    sure: bool = False  # that the name is one

    def is_empty(self) -> bool:
        return not (self.name or self.prices or self.code or self.lines)


@dataclass
class _Line:
    """A line without its bullet: the words before and after its prices, and a code that was in it."""

    text: str
    head: str
    tail: str
    prices: list[Found]
    code: str
    kind: str  # "named" (words and a price), "called" (Name: …), "price", "attribute", "chatter", "text"


def read_message(text: str, currency: str) -> list[Draft]:
    """Return the items that a message offers, in its order; prices without a currency are in `currency`.

    A number is never taken for a price because it stands there: see `message_prices`. Raises nothing.
    """
    text = bidi.strip(clean(text))[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    blocks = [[_line(part, currency) for line in block for part in _parts(line, currency)] for block in _blocks(text)]
    _take_bare(blocks, currency)
    items: list[_Item] = []
    only = sum(bool(line.prices) for block in blocks for line in block) <= 1
    for block in blocks:
        for item in _Block(block).items():
            _join(items, item, only)
    items = [item for item in items if not item.is_empty()]
    if any(item.prices for item in items):
        items = [item for item in items if item.prices or item.name]
    return [_draft(item, currency) for item in items[:MOST]]


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines between blank ones; a message that was copied with its time begins a block of its own."""
    block: list[str] = []
    for line in text.split("\n"):
        stamp = read_stamp(line)
        rest = line[stamp.end :] if stamp else line
        if (stamp or not _has_words(rest)) and block:
            yield block
            block = []
        if _has_words(rest):
            block += (rest[at : at + LINE] for at in range(0, len(rest), LINE))
    if block:
        yield block


def _parts(line: str, currency: str) -> list[str]:
    """Cut a line at its commas and bars where each part is an item with its price: bread 5 AED, cake 10 AED."""
    parts = re.split(r"\s*[،,;؛|+•/]+(?![0-9])\s*|\s+(?:و(?=[^\W\d_])|and\s)", line)
    if len(parts) < 2:
        return [line]
    found = [(part, prices_in(part, currency)) for part in parts]
    whole = all(len(prices) == 1 and _is_name(_trimmed(part[: prices[0].start])) for part, prices in found)
    return parts if whole else [line]


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _line(line: str, currency: str) -> _Line:
    rest = _KEYCAP.sub(r"\1", _BULLET.sub("", line, count=1)) or line
    called = _NAME.match(plain(rest))
    rest = rest[called.end() :] if called else rest
    prices = prices_in(rest, currency)
    code, words = _code(rest, prices)
    head = words[: prices[0].start] if prices else words
    tail = words[prices[-1].end :] if prices else ""
    name = _trimmed(head)
    if not _is_name(name) and prices and not _TERMS.match(plain(_trimmed(tail))):
        name, tail = _trimmed(tail), ""
    text = _trimmed(words) if prices else words.strip()
    plainly = plain(rest)
    if prices:
        labelled = not _is_name(name) or _ATTRIBUTE.match(plain(name))
        kind = "price" if labelled else "named"
        name = "" if labelled else name
    elif _ATTRIBUTE.match(plainly) or (code and not _is_name(name)):
        kind, name = "attribute", ""
    elif _CHATTER.match(plainly) or _is_contact(plainly):
        kind, name = "chatter", ""
    else:
        kind = "text"
    if called and kind == "text":
        kind = "called"
    return _Line(text, name, _trimmed(tail), prices, code, kind)


def _code(line: str, prices: list[Found]) -> tuple[str, str]:
    """Return the item code in a line, and the line with blanks in its place."""
    for match in _CODE.finditer(line):
        code = (match["code"] or match["hash"] or match["inside"] or "").strip("./-_")
        priced = any(price.start < match.end() and match.start() < price.end for price in prices)
        if code and not priced and re.search("[0-9]", code):
            return code, line[: match.start()] + " " * (match.end() - match.start()) + line[match.end() :]
    return "", line


def _is_contact(line: str) -> bool:
    rest, numbers = _CONTACT.subn(" ", line)
    return bool(numbers) and len(re.findall(r"[^\W\d_]{2,}", rest)) < 3


def _is_name(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 1


def _trimmed(text: str) -> str:
    """Return words without what stands around them: emoji, marks of WhatsApp, dashes, the word "price"."""
    text = _PERCENT.sub(" ", text.replace("*", " ").replace("~", " "), count=1)
    before = None
    while text != before:
        before = text
        text = text.strip()
        text = text.strip(
            "".join({c for c in text if c in "\ufe0f\u20e3" or unicodedata.category(c) in ("So", "Sk", "Cf", "Sm")})
        )
        match = _TAIL.search(plain(text))
        text = text[: match.start()] if match else text
        match = _LEAD.search(plain(text))
        text = text[match.end() :] if match else text
    text = text.strip("_ ")
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            text = text.replace(opening, " ") if not text.endswith(closing) else text
        elif text.count(closing) > text.count(opening):
            text = text.replace(closing, " ")
    return " ".join(re.sub(r"[(\[]\s*[)\]]", " ", text).split())


def _take_bare(blocks: list[list[_Line]], currency: str) -> None:
    """Take the plain number at the end of each line for its price where nothing else can be: bread 5, cake 10."""
    lines = [line for block in blocks for line in block if line.kind != "chatter" and not _HEADING.search(line.text)]
    for line in lines:
        number = bare_number(line.text, currency) if line.kind == "text" else None
        if number and any(other.kind == "named" for other in lines) and not _YEAR.search(plain(line.text)):
            line.kind, line.head = "called", _trimmed(line.text)  # an item whose price is asked for, and no heading
    if len(lines) < 2 or any(line.prices or line.kind != "text" for line in lines):
        return
    found = [bare_number(line.text, currency) for line in lines]
    names = [_trimmed(line.text[: price.start]) for line, price in zip(lines, found, strict=True) if price]
    alike = {plain(name).casefold() for name in names}
    if len(names) < len(lines) or len(alike) < len(names) or not all(map(_is_name, names)):
        return
    model = all(len(name.split()) == 1 and name.isascii() for name in names)  # iPhone 14, Galaxy 15
    for line, price, name in zip(lines, found, names, strict=True):
        line.kind = "named"
        if price and not model:
            line.prices, line.head = [price], name


class _Block:
    """Lines that stand together, read one after the other into items."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._named = sum(line.kind == "named" for line in lines)
        self._alone = sum(line.kind == "price" for line in lines)
        self._before: list[_Item] = []
        self._item = _Item()

    def items(self) -> list[_Item]:
        """Return what the lines offer, in their order; an item may be without a name or a price."""
        for number, line in enumerate(self._lines, 1):
            rest = self._lines[number:]
            if line.kind == "chatter" or self._is_heading(line, rest):
                continue
            if line.kind == "named":
                self._take_named(line)
            elif line.kind == "called":
                self._take_called(line)
            elif line.kind == "price":
                self._item.prices += line.prices
            elif line.kind == "attribute":
                self._item.lines += [line.text] if line.text else []
            else:
                self._take_text(line, rest)
            self._item.code = self._item.code or line.code
        return [*self._before, self._item]

    def _is_heading(self, line: _Line, rest: list[_Line]) -> bool:
        """Say whether a line stands over a list, as "Offers" does, and is no name."""
        heads = line.kind == "text" and _HEADING.search(line.text)
        return bool(heads) and not self._item.name and any(other.prices for other in rest)

    def _begin(self, item: _Item, keep: bool = True) -> None:
        """Go on with the next item; what came before is one, or was only words over the list."""
        if keep:
            self._before.append(self._item)
        self._item = item

    def _take_named(self, line: _Line) -> None:
        item = self._item
        if item.name and not item.prices and self._named == 1 and not self._alone:
            item.lines.append(line.head)  # the name stood on a line of its own
            item.prices += line.prices
        else:
            keep = bool(item.prices) or item.sure or bool(item.name and self._named == 1)
            self._begin(_Item(line.head, list(line.prices), sure=True), keep)
        self._item.lines += [line.tail] if line.tail else []

    def _take_called(self, line: _Line) -> None:
        if self._item.sure or (self._item.name and self._item.prices):
            self._begin(_Item())
        if self._item.name:
            self._item.lines.insert(0, self._item.name)
        self._item.name, self._item.sure = line.head, True

    def _take_text(self, line: _Line, rest: list[_Line]) -> None:
        item, words = self._item, _trimmed(line.text)
        if item.prices and _begins_another(rest, self._alone):
            self._begin(_Item(words))
        elif not item.name:
            item.name = words
        elif not item.prices and self._named > 1:
            self._begin(_Item(words), keep=False)  # headings over a list
        else:
            item.lines.append(line.text)


def _begins_another(rest: list[_Line], alone: int) -> bool:
    """Say whether words after a price are the name of the next item: its own price follows."""
    at_once = bool(rest) and rest[0].kind == "price" and not rest[0].prices[0].role
    return at_once or (alone > 1 and any(line.kind == "price" for line in rest))


def _join(items: list[_Item], item: _Item, only: bool) -> None:
    """Add an item to those of the blocks before, or to the last of them, to which it belongs."""
    last = items[-1] if items else None
    nameless = not item.name
    if last and only and nameless and item.prices and not any(before.prices for before in items):
        first, *others = items  # the name, what is said of it, the price
        first.lines += [line for before in others for line in (before.name, *before.lines)] + item.lines
        first.prices, first.code = item.prices, first.code or item.code
        del items[1:]
    elif last and nameless and (not item.prices or not last.prices):
        last.prices += item.prices
        last.lines += item.lines
        last.code = last.code or item.code
    elif last and only and last.prices and not item.prices:
        last.lines += [item.name, *item.lines]
        last.code = last.code or item.code
    elif last and only and not last.prices and item.prices and not last.lines and not last.code:
        items[-1] = item  # what was said before the one item
    else:
        items.append(item)


def _draft(item: _Item, currency: str) -> Draft:
    doubts: list[str] = []
    price, sale, code = _prices(item.prices, currency, doubts)
    name = item.name
    lines = [line for line in item.lines if line]
    if len(name) > NAME:
        lines.insert(0, name)
        name = name[:NAME].rsplit(" ", 1)[0]
    if not item.prices:
        number = bare_number(name, currency)
        amount = formats.money(number.minor, currency) if number else ""
        doubts.append(
            _("No price was found. Is it {price}?").format(price=amount) if amount else _("No price was found.")
        )
    return Draft(name, price, sale, code, item.code, "\n".join(lines), doubts=tuple(doubts))


def _prices(found: list[Found], currency: str, doubts: list[str]) -> tuple[int | None, int | None, str]:
    """Return the price, the sale price and the currency that the prices of one item come to."""
    unclear = [price for price in found if price.other]
    if unclear:
        sentence = _("“{word}” could be several currencies. Type the price in {currency}.")
        doubts.append(sentence.format(word=formats.auto(unclear[0].other), currency=formats.ltr(currency)))
        return None, None, ""
    retail = [price for price in found if price.role != "wholesale"]
    for price in found:
        if price.role == "wholesale" and retail:
            amount = formats.money(price.minor, price.currency or currency)
            doubts.append(_("The wholesale price {price} was left out.").format(price=amount))
    chosen = retail or found
    if not chosen:
        return None, None, ""
    named = next((price.currency for price in chosen if price.currency), "")
    if named:
        chosen = [price for price in chosen if price.currency == named] or chosen
        doubts.append(_("The price is in {currency}.").format(currency=formats.ltr(named)))
    amounts = [price.minor for price in chosen]
    roles = {price.role for price in chosen}
    if len(set(amounts)) == 1:
        return amounts[0], None, named
    if "old" in roles or ("new" in roles and len(chosen) == 2):
        old = max(price.minor for price in chosen if price.role == "old") if "old" in roles else max(amounts)
        new = min(price.minor for price in chosen if price.role != "old") if roles != {"old"} else min(amounts)
        return (old, new, named) if new < old else (new, None, named)
    least, most = (formats.money(amount, named or currency) for amount in (min(amounts), max(amounts)))
    if "range" in roles:
        doubts.append(_("Prices from {low} to {high}: the lower one was taken.").format(low=least, high=most))
        return min(amounts), None, named
    shown = formats.money(amounts[0], named or currency)
    doubts.append(_("Several prices were found: {price}, the first one, was taken.").format(price=shown))
    return amounts[0], None, named
