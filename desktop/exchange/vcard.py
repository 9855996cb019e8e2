"""Contact cards (vCard 2.1, 3.0 and 4.0) as phones, Outlook and WhatsApp write them: read whole or damaged.

One card that is damaged costs no other. Nothing that a card says of a person is lost but its pictures.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from desktop.exchange.contacts import ALIKE, Contact, Contacts, Phone, person
from desktop.exchange.encoding import UNKEPT
from desktop.exchange.problems import BadTable, Problem, may_tell
from desktop.exchange.vcard_lines import PICTURES, Line, read_lines
from desktop.i18n import _, bidi, formats

DEEPEST = 20  # cards within cards
LARGEST = 4_000_000  # characters of a card
PASSED = {"BEGIN", "END", "VERSION", "PRODID", "REV", "X-ABLABEL", "X-ABADR", "X-MS-OL-DESIGN", *PICTURES}
NO_LABELS = re.compile(r"(my ?contacts|\* ?my ?contacts|starred in android|\* starred|جهات اتصالي)", re.IGNORECASE)
SIGN = re.compile(r"\\(.)", re.DOTALL)
APART = re.compile(r"((?:\\.|[^\\{sign}])*)(?:{sign}|\Z)".replace("{sign}", ";"), re.DOTALL)
LISTED = re.compile(r"((?:\\.|[^\\,])*)(?:,|\Z)", re.DOTALL)
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?|--(\d\d)-?(\d\d)")
ADDRESSED = re.compile(r"(?:([\w-]+):)?(?://)?(\+?\d[\d\s().-]{5,})(?:@.*)?")  # whatsapp:+966501234567
NO_YEAR = "1604"  # how iPhones write a birthday without one


@dataclass(slots=True)
class _Card:
    """A card that is being read."""

    number: int
    inside: bool  # another one
    lines: list[Line] = field(default_factory=list)
    size: int = 0


def read_vcards(file: BinaryIO, language: str = "", encoding: str = "", before: int = 0) -> Contacts:
    """Read all cards of a file; `language` is of the person whose phone may have written it.

    The letters that are not UTF-8 are read by `encoding` if it is said. What is wrong with a card is told by its
    number, which goes on from the cards `before`, and costs nothing but that place. Raises BadTable where there is no
    card at all.
    """
    problems: list[Problem] = []
    found = list(_contacts(file, language, problems, encoding, before))
    people = [contact for contact in found if not contact.is_empty]
    if not people and not problems:
        raise BadTable(_("There are no contacts in this file. Export them from the phone as a .vcf file."))
    return Contacts(people, sorted(problems, key=lambda problem: problem.row), skipped=len(found) - len(people))


def _contacts(
    file: BinaryIO, language: str, problems: list[Problem], encoding: str = "", number: int = 0, depth: int = 0
) -> Iterator[Contact]:
    """Yield what each card says; cards within cards, such as an assistant's, are people of their own."""
    stack: list[_Card] = []
    for line in read_lines(file, language, encoding):
        if line.name == "BEGIN" and line.text.strip().upper() == "VCARD":
            number += 1
            stack.append(_Card(number, bool(stack)))
            if len(stack) > DEEPEST:
                yield from _finished(stack.pop(0), language, problems, depth, cut=True)
        elif line.name == "END" and line.text.strip().upper() == "VCARD" and stack:
            yield from _finished(stack.pop(), language, problems, depth)
        elif stack:
            card = stack[-1]
            card.size += len(line.text)
            if card.size <= LARGEST:
                card.lines.append(line)
            else:
                _tell(problems, card.number, "card_cut", _("Card {n}: it is far too long, so its end was left out."))
    for card in stack:
        yield from _finished(card, language, problems, depth, cut=True)


def _finished(card: _Card, language: str, problems: list[Problem], depth: int, cut: bool = False) -> Iterator[Contact]:
    contact = _Reader(card, problems).contact
    if cut:
        message = _("Card {n}, {name}: it is cut short. What could be read of it is taken.")
        _tell(problems, card.number, "card_cut", message, contact, warning=not contact.is_empty)
    if contact.is_empty:
        _tell(problems, card.number, "card_empty", _("Card {n}: there is nothing in it, so it was left out."))
    elif card.inside and not cut:
        message = _("Card {n}, {name}: it stands inside another card, and is taken as a customer of its own.")
        _tell(problems, card.number, "card_nested", message, contact, warning=True)
    if any(line.guessed for line in card.lines):
        message = _("Card {n}, {name}: its letters had to be guessed. Check the name and the note.")
        _tell(problems, card.number, "encoding_guessed", message, contact, warning=True)
    if any(line.cut for line in card.lines):
        _tell(problems, card.number, "text_cut", _("Card {n}: a text is far too long, so its end was left out."))
    yield contact
    for line in card.lines:
        if line.name == "AGENT" and "BEGIN:VCARD" in line.text.upper() and depth < 2:
            inner = BytesIO(plain(line.text).encode("utf-8", "replace"))
            for agent in _contacts(inner, language, [], depth=depth + 1):
                agent.row = card.number
                yield agent


def _tell(
    problems: list[Problem], number: int, code: str, message: str, contact: Contact | None = None, warning: bool = False
) -> None:
    if any(problem.row == number and problem.code == code for problem in problems[-3:]):
        return
    if may_tell(problems, number):
        name = person(contact) if contact else ""
        problems.append(Problem(number, "", code, message.format(n=formats.number(number), name=name), warning))


class _Reader:
    """Makes a contact of the lines of a card."""

    def __init__(self, card: _Card, problems: list[Problem]) -> None:
        self.contact = Contact(card.number)
        self._problems = problems
        self._labels = {
            line.group: APPLE_LABEL.sub(r"\1", plain(line.text)).strip()
            for line in card.lines
            if line.name == "X-ABLABEL" and line.group
        }
        self._structured = ""
        for line in card.lines:
            if line.name not in PASSED and ((text := _text_of(line)) or "WAID" in line.parameters):
                read = getattr(self, f"_read_{line.name.lower().replace('-', '_')}", self._keep)
                read(line, text)
        self._conclude()

    def _conclude(self) -> None:
        contact = self.contact
        if self._structured:
            parts = [" ".join(plain(part).replace(",", " ").split()) for part in apart(self._structured)]
            parts += [""] * (5 - len(parts))
            in_order = " ".join(filter(None, (parts[3], parts[1], parts[2], parts[0], parts[4], *parts[5:])))
            if not contact.name:
                contact.name = in_order
            elif set(in_order.casefold().split()) - set(contact.name.casefold().split()):
                contact.keep("N", in_order)  # says more, or something else
        numbers = [phone.text for phone in contact.phones]
        further = (
            contact.extra.get("NICKNAME", ""),
            *contact.emails,
            *numbers,
            *contact.notes,
            *contact.extra.values(),
            contact.fields.get("address", ""),
        )
        firsts = (line[0] for text in further if (line := text.strip().splitlines()))
        contact.instead = contact.fields.get("company", "") or next(firsts, "")

    # Properties by their names

    def _read_fn(self, line: Line, text: str) -> None:
        text = " ".join(plain(text).split())
        if self.contact.name:
            if text != self.contact.name:
                self.contact.keep("FN", text)
        else:
            self.contact.name = text

    def _read_n(self, line: Line, text: str) -> None:
        if self._structured:
            self.contact.keep("N", plain(text).replace(";", " "))
        self._structured = self._structured or text

    def _read_tel(self, line: Line, text: str) -> None:
        text = re.sub(r"(?i)^tel:", "", plain(text).strip())
        text = " ".join(re.sub(r"(?i);ext=", " ext. ", text).split())
        kinds = line.kinds()
        kind = next((kind for kind in ("fax", *ALIKE) if kind in kinds), "") or self._labels.get(line.group, "")
        whatsapp = "".join(line.parameters.get("WAID", ())[:1]).strip()
        preferred = "pref" in kinds or "PREF" in line.parameters
        if text := text or (f"+{whatsapp}" if whatsapp else ""):
            self.contact.phones.append(Phone(text, kind, preferred, whatsapp))

    def _read_impp(self, line: Line, text: str) -> None:
        number = ADDRESSED.fullmatch(plain(text).strip())
        services = (line.name, *line.parameters.get("X-SERVICE-TYPE", ()), (number and number[1]) or "")
        if number and any("whatsapp" in service.casefold() for service in services):
            self.contact.phones.append(Phone(number[2], "", "pref" in line.kinds(), re.sub(r"\D", "", number[2])))
        else:
            self._keep(line, text)

    _read_x_whatsapp = _read_impp

    def _read_email(self, line: Line, text: str) -> None:
        text = re.sub(r"(?i)^mailto:", "", plain(text).strip())
        if text and text not in self.contact.emails:
            place = 0 if "pref" in line.kinds() and not self.contact.emails else len(self.contact.emails)
            self.contact.emails.insert(place, text)

    def _read_adr(self, line: Line, text: str) -> None:
        parts = ["\n".join(filter(None, map(str.strip, plain(part).split("\n")))) for part in apart(text)]
        parts += [""] * (7 - len(parts))
        box, extended, street, city, region, postcode, country = parts[:7]
        named = (box, extended, street, city, " ".join(filter(None, (region, postcode))), country, *parts[7:])
        self._first("address", "ADR", ", ".join(filter(None, (part.strip(" ,\n") for part in named))))

    def _read_org(self, line: Line, text: str) -> None:
        self._first("company", "ORG", ", ".join(filter(None, (" ".join(plain(part).split()) for part in apart(text)))))

    def _read_note(self, line: Line, text: str) -> None:
        text = plain(text).strip()
        if text and text not in self.contact.notes:
            self.contact.notes.append(text)

    def _read_bday(self, line: Line, text: str) -> None:
        text = plain(text).strip()
        if birthday := birthday_of(text):
            self._first("birthday", "BDAY", birthday)
            return
        self.contact.keep("BDAY", text)
        row = self.contact.row
        if may_tell(self._problems, row):
            message = _("Card {n}, {name}: the birthday {day} could not be read. It is kept beside the other fields.")
            named = {"name": person(self.contact), "day": formats.auto(text[:40])}
            message = message.format(n=formats.number(row), **named)
            self._problems.append(Problem(row, "birthday", "birthday_unreadable", message, warning=True))

    def _read_categories(self, line: Line, text: str) -> None:
        for part in LISTED.findall(text):
            label = " ".join(plain(part).split())
            if label and not NO_LABELS.fullmatch(label) and label not in self.contact.labels:
                self.contact.labels.append(label)

    def _read_lang(self, line: Line, text: str) -> None:
        self._first("language", "LANG", text.strip()[:2].lower())

    def _read_gender(self, line: Line, text: str) -> None:
        if (letter := text.strip()[:1].lower()) in ("f", "m"):
            self._first("gender", "GENDER", letter)
        else:
            self._keep(line, text)

    def _read_x_whatsapp_username(self, line: Line, text: str) -> None:
        self._first("username", line.name, plain(text).strip())

    def _read_agent(self, line: Line, text: str) -> None:
        if "BEGIN:VCARD" not in text.upper():
            self._keep(line, text)

    def _first(self, name: str, kept: str, text: str) -> None:
        """Take the first as a field, and keep the others."""
        if not text or self.contact.fields.setdefault(name, text) == text:
            return
        self.contact.keep(kept, text)

    def _keep(self, line: Line, text: str) -> None:
        text = plain(text)
        if label := self._labels.get(line.group, ""):
            text = f"{label}: {text}" if line.name.startswith("X-") else text
        if ";" in text:
            text = "; ".join(filter(None, map(str.strip, text.split(";"))))
        self.contact.keep(line.name, text)


def _text_of(line: Line) -> str:
    """Return the text of a line without what no text holds; "" for what is no text."""
    text = line.text
    if line.parameters and "".join(line.parameters.get("ENCODING", ())[:1]).upper() in ("B", "BASE64"):
        try:
            text = base64.b64decode(re.sub(r"\s", "", text), validate=True).decode()
        except ValueError:
            return ""
    text = text.strip()
    return text if text.isascii() and text.isprintable() else UNKEPT.sub("", text.replace("\r\n", "\n"))


def plain(text: str) -> str:
    """Return a value without its backslashes."""
    if "\\" not in text:
        return text
    return SIGN.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1] if sign[1] in ",;:\\" else sign[0], text)


def apart(text: str) -> list[str]:
    """Return the parts of a value between its semicolons, each with its backslashes."""
    if "\\" not in text:
        return text.split(";")
    return APART.findall(text)[:-1] if not text.endswith(";") else APART.findall(text)


def birthday_of(text: str) -> str:
    """Return a day of birth as it is kept: 1990-05-14, or --05-14; "" where it is none."""
    from desktop.services.customers import parse_birthday
    from desktop.services.errors import Invalid

    match = DATE.fullmatch(text)
    if match:
        year, month, day = match[1] or "", match[2] or match[4], match[3] or match[5]
        text = f"--{month}-{day}" if year in ("", NO_YEAR) else f"{year}-{month}-{day}"
    with suppress(Invalid):
        return parse_birthday(bidi.strip(text))
    return ""
