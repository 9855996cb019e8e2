"""Feeds as shops publish them, and XML that is made to take the program down."""

import time

import pytest

from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from tests.torture import samples

G = 'xmlns:g="http://base.google.com/ns/1.0"'


def rows(text, **said):
    table = read_source(text.encode() if isinstance(text, str) else text, **said)
    return [{name: cell for name, cell in zip(table.header, row, strict=True) if cell} for _number, row in table.rows]


def codes(text):
    return [problem.code for problem in read_source(text.encode() if isinstance(text, str) else text).warnings]


def test_a_feed_of_googles():
    first, second = rows(samples.RSS)
    assert first == {
        "id": "w1",
        "title": "ساعة & عطر",
        "description": "Two\n\nlines",
        "price": "10.00 USD",
        "additional_image_link": "https://x.example/2.jpg,https://x.example/3.jpg",
    }
    assert second == {"id": "w2", "title": "Cup & saucer"}
    assert codes(samples.RSS) == ["xml_mended"]


def test_atom_links_and_pictures_of_media():
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" {G}><title>Shop</title><entry><title>Cup</title>
    <link rel="alternate" href="https://x.example/cup"/>
    <summary type="html">&lt;b&gt;Nice&lt;/b&gt;&lt;br&gt;cup</summary>
    <g:image_link>https://x.example/1.jpg</g:image_link></entry></feed>"""
    link = {"link": "https://x.example/cup", "image_link": "https://x.example/1.jpg"}
    assert rows(atom) == [{"title": "Cup", "summary": "Nice\ncup"} | link]
    xhtml = (
        '<feed><entry><title>a</title><content type="xhtml"><div><p>One</p><p>Two</p></div></content></entry></feed>'
    )
    assert rows(xhtml) == [{"title": "a", "content": "One\n\nTwo"}]
    picture = '<enclosure url="https://x.example/1.jpg" type="image/jpeg"/>'
    rss = f"<rss><channel><item><title>Cup</title>{picture}</item></channel></rss>"
    assert rows(rss) == [{"title": "Cup", "enclosure": "https://x.example/1.jpg"}]


@pytest.mark.parametrize(
    "text",
    [
        "<products><product><sku>1</sku><name>Cup</name></product></products>",
        "<catalog><shop><name>X</name></shop><rows><row><sku>1</sku><name>Cup</name></row>"
        "<row><sku>2</sku><name>Jug</name></row></rows></catalog>",
        '<list><Article sku="1" name="Cup"/><Article sku="2" name="Jug"/></list>',
        "<data><product><sku>1</sku><name>Cup</name><variants><item><size>S</size></item></variants></product></data>",
    ],
)
def test_any_list_of_things_with_parts(text):
    first = rows(text)[0]
    assert {name: first.get(name) for name in ("sku", "name")} == {"sku": "1", "name": "Cup"} or first == {"size": "S"}


def test_parts_of_parts_and_several_of_one_name():
    text = (
        "<products><product><id>1</id><price><amount>5</amount><currency>AED</currency></price><images><image>a.jpg</image>"
        "<image>b.jpg</image></images><category>A</category><category>B</category></product></products>"
    )
    assert rows(text) == [
        {"id": "1", "price amount": "5", "price currency": "AED", "images": "a.jpg,b.jpg", "category": "A\nB"}
    ]


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        (
            "<rss><item><id>1</id><title>R&D &nbsp;x &amp; &#65; &#x42;</title></item></rss>",
            "R&D \xa0x & A B",
            "xml_mended",
        ),
        ("<rss><item><id>1</id><title><![CDATA[a & b &nbsp; c]]></title></item></rss>", "a & b c", ""),
        ("<rss><item><id>1</id><title>Cup</title></item><item><id>2", "Cup", "xml_recovered"),
        ("<rss><item><id>1</id><g:title>Cup</g:title></item></rss>", "Cup", "xml_recovered"),
    ],
)
def test_ill_formed_feeds_are_put_right_and_told(text, title, said):
    assert rows(text)[0]["title"] == title
    assert codes(text) == ([said] if said else [])


def test_encodings_declared_and_not():
    text = '<?xml version="1.0" encoding="windows-1256"?><rss><item><id>1</id><title>ساعة</title></item></rss>'
    assert rows(text.encode("cp1256")) == [{"id": "1", "title": "ساعة"}]
    lying = text.replace("windows-1256", "utf-8").encode("cp1256")
    assert rows(lying) == [{"id": "1", "title": "ساعة"}]
    assert codes(lying) == ["encoding_guessed"]
    assert rows(text.replace("windows-1256", "utf-16").encode("utf-16")) == [{"id": "1", "title": "ساعة"}]
    assert read_source(text.encode("cp1256")).encoding == "windows-1256"


def at_once(text):
    """Read something hostile, which is refused or inert, and fast."""
    begun = time.process_time()
    try:
        found = str(rows(text))
    except BadTable as error:
        found = error.message
    assert time.process_time() - begun < 4  # a second on a fast machine
    return found


def test_entities_expand_to_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("KEY-123")
    item = "<rss><item><id>1</id><title>x&e;</title></item></rss>"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY e "&l11;">]>{item}'
    assert len(at_once(bomb)) < 1000
    assert (
        len(at_once(f'<!DOCTYPE rss [<!ENTITY e "{"a" * 100_000}">]>' + item.replace("&e;", "&e;" * 20_000))) < 200_000
    )
    for outside in (f'SYSTEM "{secret.as_uri()}"', 'SYSTEM "http://127.0.0.1:9/x"', f'PUBLIC "a" "{secret}"'):
        assert "KEY-123" not in at_once(f"<!DOCTYPE rss [<!ENTITY e {outside}>]>{item}")
        assert "KEY-123" not in at_once(f"<!DOCTYPE rss [<!ENTITY % p {outside}> %p;]>{item}")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
    include = f"<rss><item><id>1</id>{include}</item></rss>"
    assert "KEY-123" not in at_once(include)


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<![CDATA[" * 100_000,
        "<rss>" + "<!--" * 100_000,
        "<rss>" + "&" * 200_000 + "</rss>",
        "<a>" * 100_000,
        "<rss><item>" + "".join(f"<c{n}>1</c{n}>" for n in range(20_000)) + "</item></rss>",
        "<rss>" + "".join(f"<item><c{n}>1</c{n}><b>2</b></item>" for n in range(15_000)) + "</rss>",
        "<rss><item " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/></rss>",
    ],
    ids=["cdata", "comments", "ampersands", "deep", "columns", "cells", "attributes"],
)
def test_what_is_made_to_take_long_does_not(text):
    at_once(text)


def test_what_has_no_items_says_so():
    for text in (
        "<rss></rss>",
        "<rss><channel><title>x</title></channel></rss>",
        "<a/>",
        "<rss><item> </item></rss>",
        '<?xml version="1.0"?>',
    ):
        with pytest.raises(BadTable, match=r"no items|cannot be read"):
            rows(text)
