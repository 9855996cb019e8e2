"""Contact cards of every kind and however damaged: no number, name or note of anybody is lost."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.data.models import Customer
from desktop.exchange.problems import BadTable
from desktop.exchange.vcard import read_vcards
from desktop.exchange.vcard_writing import FOLDED, card, folded
from tests.torture.mutations import a_seed, torture

ANDROID = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B9=D9=84=D9=8A;=D9=81=D8=A7=D8=B7=D9=85=D8=A9;;;\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=81=D8=A7=D8=B7=D9=85=D8=A9=20=\r
=D8=B9=D9=84=D9=8A\r
TEL;CELL;PREF:+971501234567\r
TEL;HOME:04-222 3344\r
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,Shop):+97143334444\r
NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo =\r
\r
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQE\r
 CAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/\r
/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKC\r
\r
CATEGORIES:My Contacts\r
END:VCARD\r
"""
IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iOS 17.0//EN
N:Doe;Jo\\;hn;Richter,James;Mr.;Sr.
FN:Mr. John Doe
item1.TEL:+971 50 111 2222
item1.X-ABLabel:_$!<AssistantPhone>!$_
TEL;type=CELL;type=VOICE;waid=971503334444:+971 50 333 4444
item2.URL;type=pref:http\\://www.example.com
item2.X-ABLabel:_$!<HomePage>!$_
item3.ADR;type=HOME:;;Street 4\\nBuilding 6;Dubai;;;UAE
item4.X-ABDATE:2010-01-02
item4.X-ABLabel:_$!<Anniversary>!$_
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-14
CATEGORIES:VIP,Gold\\, 2
NOTE:One\\, two\\nthree \\\\ four that goes on and on and on and on and on and o
 n to another line
END:VCARD
"""
WHATSAPP = "BEGIN:VCARD\nVERSION:4.0\nFN:ريم\nTEL;TYPE=\"cell,voice\";VALUE=uri:tel:+971-50-444-5555;ext=3\nBDAY:--0514\nGENDER:F\nLANG:ar\nX-UNKNOWN;A=^n:kept\nEND:VCARD\n"  # fmt: skip  # noqa: E501


def read(text, language="en"):
    return read_vcards(io.BytesIO(text if isinstance(text, bytes) else text.encode()), language)


def one(text, language="en"):
    (found,) = read(text, language).people
    return found


def codes(contacts):
    return [problem.code for problem in contacts.problems]


def wrapped(*lines, version="3.0"):
    return "\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_cards_of_android():
    found = one(ANDROID)
    assert found.name == "فاطمة علي"
    assert [(p.text, p.kind) for p in found.phones][:2] == [("+971501234567", "cell"), ("04-222 3344", "home")]
    assert found.phones[2].text == "+97143334444"
    assert found.notes == ["one\ntwo"]
    assert found.labels == []


def test_cards_of_iphones():
    found = one(IPHONE)
    assert found.name == "Mr. John Doe"
    assert found.extra["N"] == "Mr. Jo;hn Richter James Doe Sr.", "it says more than the name"
    assert [(p.text, p.kind, p.whatsapp) for p in found.phones] == [
        ("+971 50 111 2222", "AssistantPhone", ""),
        ("+971 50 333 4444", "cell", "971503334444"),
    ]
    assert found.fields == {"address": "Street 4\nBuilding 6, Dubai, UAE", "birthday": "--05-14"}
    assert found.notes == ["One, two\nthree \\ four that goes on and on and on and on and on and on to another line"]
    assert found.labels == ["VIP", "Gold, 2"]
    assert (found.extra["URL"], found.extra["X-ABDATE"]) == ("http://www.example.com", "Anniversary: 2010-01-02")


def test_cards_of_version_4():
    found = one(WHATSAPP)
    assert [(p.text, p.kind) for p in found.phones] == [("+971-50-444-5555 ext. 3", "cell")]
    assert found.fields == {"birthday": "--05-14", "gender": "f", "language": "ar"}
    assert found.extra == {"X-UNKNOWN": "kept"}


@pytest.mark.fault("S10")
def test_a_card_without_a_name_is_called_by_what_else_it_says():
    assert one(wrapped("ORG:Rose;Sales", "TEL:1")).instead == "Rose, Sales"
    assert one(wrapped("N:Ali;Noura;;Dr.;")).name == "Dr. Noura Ali"
    assert one(wrapped("EMAIL:n@x.ae")).instead == "n@x.ae"
    assert one(wrapped("NOTE:came twice\\nmore")).instead == "came twice"


@pytest.mark.fault("S10")
def test_a_card_that_is_cut_short_costs_no_other():
    found = read("BEGIN:VCARD\nFN:First\nTEL:+9715" + "\n" + wrapped("FN:Second") + "BEGIN:VCARD\nFN:Th")
    assert sorted(each.name for each in found) == ["First", "Second", "Th"]
    assert codes(found) == ["card_cut", "card_nested", "card_cut"]
    assert "Card 1, \u2068First\u2069: it is cut short" in found.problems[0].message


def test_who_stands_inside_another_card_is_somebody_too():
    nested = wrapped("FN:Boss", "AGENT:", wrapped("FN:Helper", "TEL:2").strip(), "TEL:1")
    assert {each.name: each.phones[0].text for each in read(nested)} == {"Boss": "1", "Helper": "2"}
    inline = wrapped("FN:Boss", "AGENT:BEGIN:VCARD\\nFN:Helper\\nTEL:2\\nEND:VCARD\\n", "TEL:1")
    assert {each.name: each.phones[0].text for each in read(inline)} == {"Boss": "1", "Helper": "2"}


@pytest.mark.fault("S10")
def test_a_thousand_cards_inside_each_other():
    found = read("BEGIN:VCARD\nFN:x\n" * 1000 + "END:VCARD\n" * 1000)
    assert len(found.people) == 1000


class Endless(io.RawIOBase):
    """A card whose picture has 1 GB, made while it is read."""

    def __init__(self, fold):
        line = b"A" * 75 + b"\r\n " if fold else b"A" * 78

        self.block = memoryview(line * (1_000_000 // len(line)))
        self.parts = [b"BEGIN:VCARD\r\nFN:Ali\r\nPHOTO;ENCODING=b:", *([None] * 6), b"\r\nTEL:1\r\nEND:VCARD\r\n"]

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.parts:
            return 0
        data = self.parts[0] if self.parts[0] is not None else self.block
        part = data[: len(buffer)]
        rest = data[len(buffer) :]
        if rest:
            self.parts[0] = rest
        else:
            self.parts.pop(0)
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.fault("S10", "F20")
def test_a_picture_of_any_size_is_passed_over_without_being_held(fold):
    file = Endless(fold)
    tracemalloc.start()
    try:
        found = read_vcards(file)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [(each.name, each.phones[0].text) for each in found] == [("Ali", "1")]
    assert most < 2_000_000, "of 6 million bytes"


@pytest.mark.fault("S10")
def test_letters_in_what_they_were_written():
    assert one(wrapped("FN:نورة").encode("cp1256"), "ar").name == "نورة"
    assert one(wrapped("FN;CHARSET=UTF-8:نورة").encode("cp1256"), "ar").name == "نورة", "a charset that is wrong"
    assert one(wrapped("FN;CHARSET=ISO-8859-1:نورة")).name == "نورة", "also this way"
    assert one(wrapped("FN;CHARSET=windows-1251:Анна").encode("cp1251")).name == "Анна"
    assert one(wrapped("FN;CHARSET=nonsense:Zoë").encode("cp1252")).name == "Zoë"
    assert one(wrapped("FN:نورة").encode("utf-16")).name == "نورة"
    assert one(b"\xef\xbb\xbf" + wrapped("FN:نورة").encode()).name == "نورة"
    assert codes(read(wrapped("FN:نورة").encode("cp1256"), "ar")) == ["encoding_guessed"]


@pytest.mark.fault("S10")
def test_lines_that_someone_broke():
    found = one(wrapped("FN:Ali", "NOTE:first line", "second line without a mark", "TEL:1").replace("\n", "\r"))
    assert (found.notes, found.phones[0].text) == (["first line\nsecond line without a mark"], "1")
    mixed = wrapped("FN:Ali", "TEL:1").replace("FN:Ali\n", "FN:Ali\r\r\n")
    assert one(mixed).phones[0].text == "1"
    folded_as_in_2_1 = wrapped("FN:Ali", "NOTE:some", "  words", version="2.1")
    assert one(folded_as_in_2_1).notes == ["some  words"]


def test_what_is_no_card():
    with pytest.raises(BadTable, match="no contacts"):
        read("name,phone\nAli,1\n")
    assert codes(read(wrapped())) == ["card_empty"]
    found = one(wrapped("FN:\u202eevil\0", "BDAY:someday"))
    assert "\0" not in found.name
    assert found.extra["BDAY"] == "someday"


def test_what_is_written_is_read_and_nothing_begins_another_line():
    hostile = "Eve\r\nEND:VCARD\nBEGIN:VCARD; \\, TEL:9"
    customer = Customer(
        name=hostile.replace("\r", ""), phone="971501234567", more_phones="04 12\n97142223344\n97142223355",
        note=hostile, email="e@x.ae", more_emails="", company="A, B; C", birthday="--05-14", address="Street\nDubai",
        username="eve.shop", extra=json.dumps({
            "TEL": "97142223344: home\n97142223355: المحل", "X-ANDROID-CUSTOM": "nickname; Eve; 1",
            "URL": "http://x.example", "no name": "x",
        }),
    )  # fmt: skip
    for version in ("3.0", "4.0"):
        text = card(customer, ["VIP\u202e, gold"], version)
        assert all(len(line.encode()) <= FOLDED for line in text.split("\r\n"))
        found = one(text)
        assert found.name == "Eve END:VCARD BEGIN:VCARD; \\, TEL:9"
        assert [(p.text, p.kind, p.whatsapp) for p in found.phones] == [
            ("+971501234567", "cell", "971501234567"), ("04 12", "", ""), ("+97142223344", "home", ""),
            ("+97142223355", "المحل", ""),
        ]  # fmt: skip
        assert found.notes == [hostile.replace("\r", "")]
        assert found.labels == ["VIP, gold"]
        assert (found.extra["URL"], found.extra["X-ANDROID-CUSTOM"]) == ("http://x.example", "nickname; Eve; 1")
        assert found.fields == {
            "company": "A, B; C", "birthday": "--05-14", "address": "Street\nDubai", "username": "eve.shop"
        }  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=100)
def test_no_line_is_broken_within_a_character(text):
    line = "NOTE:" + text.replace("\r", "").replace("\n", "")
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= FOLDED for piece in pieces)


def test_damaged_cards_end_in_contacts_or_a_sentence():
    assert torture("vcard", a_seed(), 300)


def test_numbers_of_whatsapp_are_numbers_wherever_they_stand():
    lines = (
        "IMPP:whatsapp:+966507770005",
        "IMPP;X-SERVICE-TYPE=WhatsApp;type=pref:x-apple:966507770006",
        "X-WHATSAPP:+966507770007",
        "TEL;waid=966507770008:",
        "IMPP;X-SERVICE-TYPE=Skype:skype:noura",
    )
    text = "\n".join(("BEGIN:VCARD", "VERSION:3.0", "FN:Noura", *lines, "END:VCARD"))
    (noura,) = read_vcards(io.BytesIO(text.encode())).people
    assert [phone.text[-4:] for phone in noura.phones] == ["0005", "0006", "0007", "0008"]
    assert noura.extra == {"IMPP": "skype:noura"}


def test_cards_in_an_e_mail_and_with_spaces_are_read():
    text = (
        "  BEGIN:VCARD\n  VERSION:3.0\n  FN :Noura\n  TEL ;TYPE=CELL:0501234567\n  NOTE:long\n    note\n  END:VCARD\n"
    )
    (noura,) = read_vcards(io.BytesIO(text.encode())).people
    assert (noura.name, noura.phones[0].text, noura.notes) == ("Noura", "0501234567", ["long note"])
