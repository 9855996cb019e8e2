"""The JSON of a shop holds all of the shop."""

import json
import shutil

import pytest
from sqlalchemy import insert, select

from desktop.data.database import Database
from desktop.data.history import journaled
from desktop.data.models import Blob, Campaign, PhoneCopy, Picture, ProductText, Reply, Variant
from desktop.exchange.files import CannotWrite
from desktop.exchange.shop_json import UNSAID, read_shop, write_json
from desktop.services import (
    automatic,
    catalog,
    collections,
    customers,
    follow_ups,
    hours,
    labels,
    orders,
    practice,
    profile,
    replies,
    reply_parts,
    searches,
    send_lists,
    synonyms,
)
from desktop.services.where import Search

NEST = {  # where the rows of each table are found in the document
    "product": ("items",),
    "product_text": ("items", "texts"),
    "variant": ("items", "variants"),
    "picture": ("items", "pictures"),
    "collection": ("collections",),
    "saved_search": ("saved_searches",),
    "synonym": ("synonyms",),
    "hours": ("hours",),
    "overlay": ("overlays",),
    "overlay_hours": ("overlays", "hours"),
    "reply": ("replies",),
    "reply_part": ("replies", "parts"),
    "label": ("labels",),
    "customer": ("customers",),
    "customer_order": ("orders",),
    "order_line": ("orders", "lines"),
    "follow_up": ("follow_ups",),
    "send_list": ("send_lists",),
    "send_entry": ("send_lists", "entries"),
    "automatic_message": ("automatic_messages",),
    "automatic_text": ("automatic_messages", "texts"),
    "automatic_period": ("automatic_messages", "periods"),
    "automatic_recipient": ("automatic_messages", "named"),
    "practice_chat": ("practice_chats",),
    "practice_message": ("practice_chats", "messages"),
    "campaign": ("campaigns",),
    "phone_copy": ("phone_copies",),
}
SHA = "ab" * 32


def fill(session):
    profile.update_profile(session, None, name="متجر الورد", territory="AE", currency="AED", time_zone="Asia/Dubai")
    blob = {"sha256": SHA, "data": b"", "thumbnail": b"", "format": "jpeg", "width": 1, "height": 1}
    session.execute(insert(Blob).values(blob))
    for name in ("Weddings", "Birthdays"):
        collections.add_collection(session, name)
    searches.save_search(session, "Sale", Search("rose", ("on-sale",)))
    synonyms.add_synonyms(session, "rose, ورد")
    vase = catalog.add_product(session, "Vase", code="V/1", price=7550, sale_price=6000, extra='{"color": "blue"}')
    jug = catalog.add_product(session, "Jug", currency="KWD", price=1250, hidden=True, sale_starts=1770667200)
    catalog.add_product(session, "Pan")
    for name in ("Birthdays", "Weddings"):
        collections.put_into(session, vase, collections.collection_named(session, name))
    session.add(Picture(product_id=vase, sha256=SHA, position="b"))
    session.add(Picture(product_id=vase, url="https://shop.example/1.jpg", position="a"))
    session.add(ProductText(product_id=vase, language="ar", name="مزهرية"))
    session.add(Variant(product_id=jug, options='{"size": "L"}', code="J-L", price=1500))
    hours.set_hours(session, [hours.Span(0, 600, 1320), hours.Span(4, 960, 1500)])
    hours.add_overlay(session, "Ramadan", "2026-02-18", "2026-03-19", [hours.Span(None, 1200, 1560)])
    reply = replies.add_reply(session, "thanks", "Thank you!")
    reply_parts.add_part(session, reply, "text", text="شكرًا", language="ar")
    regular = labels.add_label(session, "Regular", 3)
    huda = customers.add_customer(session, "Huda", "0501234567", note="likes blue")
    customers.add_customer(session, "Ali")
    orders.add_order(session, [{"product_id": vase, "quantity": 2}], customer_id=huda, deposit=1050, due_at=1770667200)
    follow_ups.add_follow_up(session, due_at=1770667200, title="Call", customer_id=huda)
    winter = send_lists.add_send_list(session, "Winter", text="Hi", search=Search("", ("no-consent",)))
    send_lists.begin(session, winter)
    labels.put_label(session, huda, regular)
    automatic.set_automatic(session, "away", enabled=True, text="Back soon", starts=1770667200)
    automatic.add_text(session, "away", "en", text="Back soon")
    automatic.add_period(session, "away", 1770667200, 1770670800)
    automatic.add_recipient(session, "away", customer_id=huda)
    practice.keep_chat(session, practice.Chat(said=(practice.Said("customer", "Hello", 1770667200),)))
    session.add(Campaign(name="Flyer", text="Hello"))
    session.add(PhoneCopy(model="product", row_id=vase, field="name", text="Vase", at=1770667200))
    session.flush()


def without_now(said):
    """Return a document without the moments at which its rows were made and used."""
    if isinstance(said, list):
        return [without_now(each) for each in said]
    if isinstance(said, dict):
        return {key: without_now(value) for key, value in said.items() if key == "due_at" or not key.endswith("_at")}
    return said


def count_use(database):
    """Count a use of the one reply, which no history remembers."""
    with database.reader() as session:
        reply = session.scalars(select(Reply.id)).one()
    database.run_unrecorded(replies.count_use, reply)


@pytest.fixture(scope="module")
def document(filled_once, tmp_path_factory):
    """What is written of a shop with something in every table; it is only read."""
    folder = tmp_path_factory.mktemp("document")
    database = Database(shutil.copy(filled_once(fill), folder / "shop.dukkan"), "till")
    count_use(database)
    with database.reader() as session:
        write_json(session, folder / "shop.json")
    database.close()
    return json.loads((folder / "shop.json").read_text("utf-8"))


def test_items_say_what_scripts_rely_on(document):
    vase, jug, pan = document["items"]
    said = ("code", "name", "price", "currency", "sale_price", "description", "link", "hidden", "collections")
    assert [vase[name] for name in said] == [
        *("V/1", "Vase", "75.50", "AED", "60", "", "", False),
        ["Weddings", "Birthdays"],
    ]
    assert vase["extra"] == {"color": "blue"}
    assert [(picture["url"], picture["sha256"], picture["file"]) for picture in vase["pictures"]] == [
        ("https://shop.example/1.jpg", None, ""),
        ("", SHA, "V-1-abababababab.jpg"),
    ]
    assert (jug["price"], jug["currency"], jug["hidden"]) == ("1.250", "KWD", True)
    assert jug["sale_starts"] == "2026-02-09T20:00:00Z"
    assert [(v["options"], v["price"], v["sale_price"]) for v in jug["variants"]] == [({"size": "L"}, "1.500", None)]
    assert (pan["price"], pan["collections"], pan["pictures"]) == (None, [], [])


def test_the_rest_of_the_shop_is_there(document):
    assert document["profile"]["name"] == "متجر الورد"
    assert [span["opens"] for span in document["hours"]] == [600, 960]
    assert [(overlay["name"], overlay["hours"][0]["closes"]) for overlay in document["overlays"]] == [("Ramadan", 1560)]
    vase = document["items"][0]["id"]
    assert [(group["name"], group["items"]) for group in document["collections"]] == [
        ("Weddings", [vase]),
        ("Birthdays", [vase]),
    ]
    assert [(reply["shortcut"], reply["uses"]) for reply in document["replies"]] == [("thanks", 1)]
    assert [(part["text"], part["language"]) for part in document["replies"][0]["parts"]] == [("شكرًا", "ar")]
    assert [(who["name"], who["phone"], who["labels"]) for who in document["customers"]] == [
        ("Ali", "", []),
        ("Huda", "971501234567", ["Regular"]),
    ]
    (order,) = document["orders"]
    assert (order["customer_id"], order["deposit"], order["due_at"]) == (1, "10.50", "2026-02-09T20:00:00Z")
    assert [(line["product_id"], line["quantity"], line["price"]) for line in order["lines"]] == [(vase, 2, "60")]
    assert [(message["kind"], message["starts"]) for message in document["automatic_messages"]] == [
        ("away", "2026-02-09T20:00:00Z")
    ]


def test_every_column_of_every_table_is_said(document):
    """A column that a migration adds is in the document, unless it is named here as ours alone."""
    for name, model in journaled().items():
        if name in ("collection_item", "customer_label"):
            continue  # said by names, in items and customers
        places = [document["profile"]] if name == "profile" else [document]
        for step in NEST.get(name, ()):
            places = [row for place in places for row in place[step]]
        assert places, name
        columns = {column.key for column in model.__table__.columns} - UNSAID
        columns -= {key.parent.key for key in model.__table__.foreign_keys if key.column.key == "id"}
        for row in places:
            assert columns <= row.keys(), name


def test_the_same_shop_gives_the_same_bytes_wherever_it_is_kept(both, document, tmp_path):
    both.run("Fill", fill)
    count_use(both)
    for name in ("one.json", "two.json"):
        with both.reader() as session:
            write_json(session, tmp_path / name)
    data = (tmp_path / "one.json").read_bytes()
    assert data == (tmp_path / "two.json").read_bytes()
    assert "متجر الورد".encode() in data
    assert data.endswith(b"\n}\n")
    assert without_now(json.loads(data)) == without_now(document)


def test_an_empty_shop_is_a_document_too(both):
    with both.reader() as session:
        document = read_shop(session)
    assert document["items"] == []
    assert json.dumps(document)


def test_a_folder_that_is_not_there(database, tmp_path):
    with database.reader() as session, pytest.raises(CannotWrite, match="There is no folder"):
        write_json(session, tmp_path / "none" / "shop.json")
