import re
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.bidi import strip
from desktop.services.errors import Invalid
from desktop.services.links import Link, catalog_link, chat_link, contact_link, item_link, parse_link, read_phone

PHONE = "971501234567"
CHAT = Link("chat", PHONE)
# What a database holds: no half characters, and lines that end in "\n". Everything else comes back as it was.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))
PHONES = st.sampled_from([PHONE, "966501234567", "390669821234", "12015550123", "5491123456789", "5215512345678"])


def reason(url, territory=""):
    with pytest.raises(Invalid) as caught:
        parse_link(url, territory)
    assert caught.value.field == "link"
    return strip(str(caught.value))


def test_chat_link():
    assert chat_link(PHONE) == "https://wa.me/971501234567"
    assert chat_link(PHONE, "A b") == "https://wa.me/971501234567?text=A%20b"
    assert chat_link(PHONE, compat=True) == "https://api.whatsapp.com/send?phone=971501234567"
    assert chat_link(PHONE, "A b", compat=True) == "https://api.whatsapp.com/send?phone=971501234567&text=A%20b"


def test_other_links():
    assert contact_link("A b") == "https://wa.me/?text=A%20b"
    assert contact_link("A b", compat=True) == "https://api.whatsapp.com/send?text=A%20b"
    assert catalog_link(PHONE) == "https://wa.me/c/971501234567"
    assert item_link("6194123456789", PHONE) == "https://wa.me/p/6194123456789/971501234567"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("+&#%?=/ ", "%2B%26%23%25%3F%3D%2F%20"),
        ("100%20", "100%2520"),  # raw text is encoded once
        ("a\r\nb\rc\nd", "a%0Ab%0Ac%0Ad"),
        ("سلام", "%D8%B3%D9%84%D8%A7%D9%85"),
        ("👍🏽", "%F0%9F%91%8D%F0%9F%8F%BD"),
        ("*'()!~._-", "%2A%27%28%29%21~._-"),
        ("a\ud83db", "a%3Fb"),
        ("\0", "%00"),
    ],
)
def test_encoding(text, encoded):
    assert chat_link(PHONE, text) == f"https://wa.me/971501234567?text={encoded}"


@given(PHONES, TEXTS, st.booleans())
def test_chats_come_back(phone, text, compat):
    url = chat_link(phone, text, compat)
    assert re.fullmatch(r"[A-Za-z0-9:/?&=%._~-]*", url)
    assert parse_link(url) == Link("chat", phone, text)
    assert parse_link(url).url(compat) == url


@given(TEXTS, st.booleans())
def test_contacts_come_back(text, compat):
    assert parse_link(contact_link(text, compat)) == Link("contact", text=text)
    assert parse_link(contact_link(text)).url(compat) == contact_link(text, compat)


@given(PHONES, st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_catalogs_and_items_come_back(phone, product):
    assert parse_link(catalog_link(phone)) == Link("catalog", phone)
    assert parse_link(item_link(product, phone)) == Link("item", phone, product=product)
    assert parse_link(item_link(product, phone)).url(compat=True) == item_link(product, phone)


@given(st.text())
def test_half_characters_and_line_ends_are_mended(text):
    mended = re.sub("[\ud800-\udfff]", "?", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert parse_link(chat_link(PHONE, text)) == Link("chat", PHONE, mended)


def attempt(pasted, territory):
    try:
        return parse_link(pasted, territory)
    except Invalid as invalid:
        return invalid


@given(st.text())
def test_any_text_is_a_link_or_explained(text):
    for pasted in (text, f"https://wa.me/{text}", f"wa.me/{PHONE}?{text}", f"https://{text}/{PHONE}"):
        result = attempt(pasted, "AE")
        if isinstance(result, Invalid):
            assert result.field == "link"
            assert str(result)
        else:
            assert parse_link(result.url()) == result


@pytest.mark.parametrize(
    "pasted",
    [
        "https://wa.me/971501234567",
        "http://wa.me/971501234567",
        "wa.me/971501234567",
        "//wa.me/971501234567",
        "www.wa.me/971501234567/",
        "HTTPS://WA.ME/971501234567",
        "https://wa.me/+971501234567",
        "https://wa.me/%2B971501234567",
        "https://wa.me/00971501234567",
        "https://wa.me/+971 50 123 4567",
        "https://wa.me/971-50-123-4567",
        "https://wa.me/٩٧١٥٠١٢٣٤٥٦٧",
        "https://wa.me/۹۷۱۵۰۱۲۳۴۵۶۷",
        "https://wa.me/%D9%A9%D9%A7%D9%A1%D9%A5%D9%A0%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7",
        " \u2066https://wa.me/\u200e971501234567\u2069\n",
        "https://wa.me/971501234567.",
        "https://wa.me/971501234567،",
        "<https://wa.me/971501234567>",
        "«https://wa.me/971501234567»",
        "(wa.me/971501234567)",
        "https://wa.me/971501234567?",
        "https://wa.me/971501234567?text=",
        "https://wa.me/971501234567?utm_source=x#top",
        "https://api.whatsapp.com/send?phone=971501234567",
        "https://api.whatsapp.com/send/?phone=971501234567&text&type=phone_number&app_absent=0",
        "https://api.whatsapp.com/send?phone=+971501234567",
        "https://api.whatsapp.com/send?phone=%2B971%2050%20123%204567&text=",
        "https://web.whatsapp.com/send?phone=971501234567",
        "https://www.whatsapp.com/send?phone=971501234567",
        "whatsapp://send?phone=971501234567",
        "whatsapp://send/?phone=+971501234567",
        "WhatsApp:send?phone=971501234567",
        "+971 50 123 4567",
        "00971501234567",
        "tel:+971-50-123-4567",
        "\u202a+971 50 123 4567\u202c",
    ],
)
def test_every_form_of_a_chat(pasted):
    assert parse_link(pasted) == CHAT


@pytest.mark.parametrize(
    "pasted", ["050 123 4567", "٠٥٠١٢٣٤٥٦٧", "https://wa.me/0501234567", "https://wa.me/٠٥٠١٢٣٤٥٦٧"]
)
def test_numbers_of_home(pasted):
    assert parse_link(pasted, "AE") == CHAT
    assert reason(pasted) == "Begin with the country code, as in +971 50 123 4567."


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("text=Hello+there", "Hello there"),
        ("text=Hello there!", "Hello there!"),
        ("text=%2B1", "+1"),
        ("text=مرحبا", "مرحبا"),
        ("text=a%0D%0Ab", "a\nb"),
        ("app_absent=0&text=Hi.", "Hi."),
        ("text=100%", "100%"),
        ("text=%FF", "\N{REPLACEMENT CHARACTER}"),
        ("text=a=b?c/d", "a=b?c/d"),
        ("text=one&text=two", "one"),
    ],
)
def test_texts_as_pasted(query, text):
    assert parse_link(f"https://wa.me/971501234567?{query}") == Link("chat", PHONE, text)
    assert parse_link(f"whatsapp://send?phone=971501234567&{query}") == Link("chat", PHONE, text)


@pytest.mark.parametrize(
    ("pasted", "link", "url"),
    [
        ("wa.me?text=Hi", Link("contact", text="Hi"), "https://wa.me/?text=Hi"),
        ("wa.me/?text=Hi", Link("contact", text="Hi"), "https://wa.me/?text=Hi"),
        ("whatsapp://send?text=Hi", Link("contact", text="Hi"), "https://wa.me/?text=Hi"),
        ("https://api.whatsapp.com/send?phone=&text=Hi", Link("contact", text="Hi"), "https://wa.me/?text=Hi"),
        ("WA.me/C/971501234567", Link("catalog", PHONE), "https://wa.me/c/971501234567"),
        ("https://www.whatsapp.com/catalog/971501234567/?app_absent=0", Link("catalog", PHONE), catalog_link(PHONE)),
        ("https://wa.me/p/6194/?x=1", Link("item", product="6194"), "https://wa.me/p/6194"),
        ("wa.me/p/٦١٩٤/971501234567.", Link("item", PHONE, product="6194"), "https://wa.me/p/6194/971501234567"),
        ("https://wa.me/message/ABCdef123", Link("message", code="ABCdef123"), "https://wa.me/message/ABCdef123"),
        ("https://api.whatsapp.com/message/ABC?x=1", Link("message", code="ABC"), "https://wa.me/message/ABC"),
        ("wa.me/@Gift.House_1", Link("username", username="gift.house_1"), "https://wa.me/@gift.house_1"),
        ("wa.me/@abc?text=Hi", Link("username", text="Hi", username="abc"), "https://wa.me/@abc?text=Hi"),
    ],
)
def test_other_kinds(pasted, link, url):
    assert parse_link(pasted) == link
    assert link.url() == url


@pytest.mark.parametrize(
    "pasted",
    [
        "javascript:alert(1)",
        "javascript://wa.me/%0Aalert(1)",
        "data:text/html,https://wa.me/971501234567",
        "file:///etc/passwd",
        "ftp://wa.me/971501234567",
        "https://wa.me.evil.com/971501234567",
        "https://evil.com/wa.me/971501234567",
        "https://evil.com/?text=https://wa.me/971501234567",
        "https://evil.com#https://wa.me/971501234567",
        "https://wa.me@evil.com/971501234567",
        "https://evil.com@wa.me/971501234567",
        "https://evil.com\\@wa.me/971501234567",
        "https://wa.me:8080/971501234567",
        "https://notwa.me/971501234567",
        "https://xn--w-7tb.me/971501234567",
        "mailto:a@wa.me",
        "hello",
        "نورة",
        "https://",
    ],
)
@pytest.mark.fault("S07")
def test_foreign_links(pasted):
    assert reason(pasted) == "This is not a link of WhatsApp. Those begin with https://wa.me/."


@pytest.mark.parametrize("host", ["wа.me", "wα.me", "api.whаtsapp.com", "ｗa.me"])
@pytest.mark.fault("S08")
def test_look_alikes(host):
    assert reason(f"https://{host}/971501234567") == (
        f"{host} only looks like WhatsApp's address: it mixes letters of two alphabets."
    )


@pytest.mark.parametrize(
    "pasted",
    [
        "https://wa.me/qr/ABCDEF",
        "https://wa.me/message/",
        "https://wa.me/message/a.b",
        "https://wa.me/p/abc/971501234567",
        "https://wa.me/@ab",
        "https://wa.me/@www.shop",
        "https://wa.me/@a..b",
        "https://wa.me/@123",
        "https://whatsapp.com/channel/ABC",
        "https://wa.me/c/971501234567/x",
        "https://chat.whatsapp.com/AbCdEfGhIjK",
        "chat.whatsapp.com/971501234567",
        "https://call.whatsapp.com/voice/ABC",
    ],
)
def test_other_links_of_whatsapp(pasted):
    assert reason(pasted) == (
        "This WhatsApp link leads to something else than a chat, a catalog or an item: a group, for example."
    )


def test_nothing_in_it():
    assert reason("") == reason("\u200f ") == reason("<>") == "Paste a WhatsApp link or a phone number."
    assert (
        reason("https://wa.me/") == reason("whatsapp://send?phone=") == "This link holds no phone number and no text."
    )


@pytest.mark.parametrize("form", ["{}", "https://wa.me/{}", "https://wa.me/c/{}", "whatsapp://send?phone={}"])
def test_wrong_numbers_are_explained(form):
    assert reason(form.format("+97150123456")) == "After +971 come 9 digits, this has 8."


def test_long_and_hostile_input_takes_no_time():
    start = time.perf_counter()
    for pasted in ("<" * 50_000 + ">" * 50_000, "a" * 200_000, "https://wa.me/@" + "a." * 100_000, "1" * 200_000):
        reason(pasted)
    assert len(parse_link(f"wa.me/{PHONE}?text=" + "%D8%B3" * 100_000).text) == 100_000
    assert time.perf_counter() - start < 5


def test_building_is_as_fast_as_its_encoding():
    def best(build):
        times = []
        for _ in range(5):
            start = time.process_time()
            for number in range(5_000):
                build(str(number))
            times.append(time.process_time() - start)
        return min(times)

    bare = best(lambda number: quote(f"السلام عليكم {number}", safe=""))
    assert best(lambda number: chat_link(PHONE, f"السلام عليكم {number}")) < 1.5 * bare


@pytest.mark.parametrize(
    "pasted",
    [
        *("https://wa.me/971501234567", "wa.me/971501234567?text=hi", "https://wa.me/c/971501234567", "0501234567"),
        *("https://api.whatsapp.com/send?phone=971501234567&text=a", "whatsapp://send?phone=971501234567"),
        *("tel:+971501234567", "\u200fhttps://WA.me/+971501234567\u200f", "https://wa.me/p/123456/971501234567"),
    ],
)
def test_a_phone_is_read_out_of_a_link(pasted):
    assert read_phone(pasted, "AE") == "971501234567"


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("https://wa.me/?text=hi", "This link holds no phone number."),
        ("https://wa.me/message/ABC123", "This link holds no phone number."),
        ("https://wa.me/97150", "After +971 come 9 digits, this has 2."),
        ("lots", "There are letters in this number. Type digits only, such as 050 123 4567."),
    ],
)
def test_a_link_without_a_phone_is_explained(pasted, sentence):
    with pytest.raises(Invalid) as caught:
        read_phone(pasted, "AE")
    assert (caught.value.field, strip(str(caught.value))) == ("phone", sentence)
