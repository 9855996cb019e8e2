"""Items as messages: what they say, how long they are, and the folder with the pictures."""

import io
from decimal import Decimal

import pytest
from PIL import Image

from desktop.data.images import normalise
from desktop.data.models import ProductText
from desktop.exchange.chat_text import Style, messages, write_messages
from desktop.exchange.files import CannotWrite
from desktop.exchange.offer import Choice, read_offer
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.limits import limit
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile


def fill(session):
    home = {"territory": "AE", "currency": "AED", "phone": "971501234567", "language": "en"}
    update_profile(session, None, name="Bayt *Al* Hadaya", **home)
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(out, "JPEG")
    bag = add_product(session, "Bag/*big*", code="B-1", price=7500, sale_price=6000, description="_Real_ leather\nmore")
    add_pictures(session, bag, [normalise(out.getvalue())])
    session.add(ProductText(product_id=bag, language="ar", name="حقيبة", description=""))
    put_into(session, bag, add_collection(session, "Bags"))
    add_product(session, "Mug", price=2000, availability="out of stock", link="https://shop.example.com/mug")
    add_product(session, "Secret", hidden=True)


@pytest.fixture
def offered(database):
    database.run("Fill", fill)

    def read(**choice):
        with database.reader() as session:
            return read_offer(session, Choice(**choice))

    return read


def said(offer, **style):
    return [text.replace("\xa0", " ") for text in messages(offer, Style(**style))]


def test_an_item_has_its_name_price_line_and_link(offered):
    assert said(offered(note="With VAT")) == [
        "*Bayt Al Hadaya*\n\nWith VAT\n\n*Bags*\n\n*Bag/big*\n~AED 75~ AED 60\nReal leather\n"
        "https://wa.me/971501234567?text=B-1"
        "\n\n*More items*\n\n*Mug*\nAED 20\n_Out of stock_\nhttps://shop.example.com/mug"
    ]


def test_only_names_and_prices(offered):
    text = said(offered(percent=None, collections=(1,)), links=False, descriptions=False)
    assert text == ["*Bayt Al Hadaya*\n\n*Bags*\n\n*Bag/big*"]
    assert "AED 63.75" in said(offered(percent=Decimal(-15)))[0]


def test_both_languages(offered):
    text = said(offered(languages=("ar", "en")), links=False)[0]
    assert "*حقيبة*\nBag/*big*\n~75 د.إ~ 60 د.إ · AED 60" in text


def test_each_message_fits_and_says_which_it_is(database, offered):
    def add(session):
        for number in range(60):
            add_product(session, f"Item {number} " + "x" * 100, price=100, description="y" * 300)
        add_product(session, "Long link", link=f"https://example.com/{'z' * 1900}")

    database.run("Add", add)
    texts = said(offered())
    assert len(texts) > 2
    assert all(len(text) <= limit("chat.message") for text in texts)
    for number, text in enumerate(texts, 1):
        assert text.startswith(f"*Bayt Al Hadaya* ({number} of {len(texts)})\n\n")
    assert sum(text.count("*Item ") for text in texts) == 60
    assert all("*More items*" in text for text in texts)
    small = messages(offered(), longest=200)
    assert all(len(text) <= 200 for text in small)
    assert any("Long link" in text for text in small)


def test_the_folder_has_the_messages_and_the_pictures_in_order(database, offered, tmp_path):
    offered()

    def write(path, **more):
        with database.reader() as session:
            return write_messages(session, path, **more)

    report = write(tmp_path / "chat")
    assert (report.items, report.messages) == (2, 1)
    files = sorted(file.name for file in (tmp_path / "chat").iterdir() if not file.name.startswith("."))
    assert files == ["1 Bag--big-.jpg", "Message 1.txt"]
    write(tmp_path / "one.txt")
    assert (tmp_path / "one.txt").read_text("utf-8").startswith("*Bayt Al Hadaya*")
    with pytest.raises(CannotWrite):
        write(tmp_path / "no" / "one.txt")

    def stop(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "chat", choice=Choice(percent=None), tell=stop)
    assert "AED 60" in (tmp_path / "chat" / "Message 1.txt").read_text("utf-8").replace("\xa0", " ")
    with pytest.raises(Invalid, match="no item"):
        write(tmp_path / "none", ids=[])
    assert not (tmp_path / "none").exists()
