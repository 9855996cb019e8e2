"""What a reply sends besides its text, on both databases."""

import pytest

from desktop.data.images import normalise
from desktop.services import reply_parts
from desktop.services.catalog import add_product, remove_products
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.messages import Enquiry
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, read_reply, remove_replies, update_reply

pytestmark = pytest.mark.on("sqlite")

PDF = b"%PDF-1.7\n%\xe2\xe3"


@pytest.fixture
def reply(both):
    home = {"territory": "AE", "currency": "AED", "language": "ar"}
    both.run("Set", update_profile, None, name="Bayt", phone="+971501234567", **home)
    return both.run("Add", add_reply, "a", "أهلًا {customer|بكم}")


def add(database, reply, kind, **fields):
    return database.run("Part", reply_parts.add_part, reply, kind, **fields)


def parts(database, reply):
    with database.reader() as session:
        return [(part.kind, part.text or part.name) for part in reply_parts.list_parts(session, reply)]


def sent(database, reply, typed=None, **enquiry):
    with database.reader() as session:
        messages = reply_parts.messages(session, reply, Enquiry(**enquiry), typed)
    return [message.filled.text or message.name or message.kind for message in messages]


def test_a_reply_without_parts_is_its_text(both, reply):
    assert sent(both, reply) == ["أهلًا بكم"]
    assert sent(both, reply, customer="نورة") == ["أهلًا نورة"]
    assert sent(both, reply, "being typed") == ["being typed"]
    both.run("Change", update_reply, reply, text="")
    assert sent(both, reply) == []


@pytest.mark.on("sqlite", "postgresql")
def test_parts_follow_in_their_order(both, reply):
    one, two, three = (add(both, reply, "text", text=text) for text in ("one", "two", "three"))
    both.run("Move", reply_parts.move_part, three, 0)
    assert sent(both, reply) == ["أهلًا بكم", "three", "one", "two"]
    both.run("Move", reply_parts.move_part, three, 1)
    assert sent(both, reply)[1:] == ["one", "three", "two"]
    both.run("Remove", reply_parts.remove_part, one)
    assert sent(both, reply)[1:] == ["three", "two"]
    both.undo()
    assert sent(both, reply)[1:] == ["one", "three", "two"]
    both.run("Move", reply_parts.move_part, two, 99)
    assert sent(both, reply)[1:] == ["one", "three", "two"]


def test_the_language_of_the_customer_decides(both, reply):
    add(both, reply, "text", language="en", text="Hello {customer|there}")
    add(both, reply, "text", text="التوصيل غدًا")
    add(both, reply, "text", language="en", text="Delivery is tomorrow")
    add(both, reply, "text", language="fr", text="Livraison demain")
    assert sent(both, reply) == ["أهلًا بكم", "التوصيل غدًا"]
    assert sent(both, reply, language="ar") == ["أهلًا بكم", "التوصيل غدًا"]
    assert sent(both, reply, language="en", customer="Sara") == ["Hello Sara", "Delivery is tomorrow"]
    assert sent(both, reply, language="fr") == ["أهلًا بكم", "Livraison demain"]
    assert sent(both, reply, language="hi") == ["أهلًا بكم", "التوصيل غدًا"]


@pytest.mark.on("sqlite", "postgresql")
def test_a_text_can_be_in_another_language_than_the_shop_s(both, reply):
    both.run("Change", update_reply, reply, text="Hello", language="en")
    add(both, reply, "text", language="ar", text="مرحبًا")
    assert sent(both, reply) == ["مرحبًا"], "the shop's customers read Arabic"
    assert sent(both, reply, language="en") == ["Hello"]


def test_an_empty_variant_takes_nothing_away(both, reply):
    add(both, reply, "text", language="en")
    assert sent(both, reply, language="en") == ["أهلًا بكم"]


@pytest.mark.on("sqlite", "postgresql")
def test_other_parts_with_a_language_are_only_for_it(both, reply):
    english = both.run("File", reply_parts.add_pdf, reply, "prices.pdf", PDF)
    both.run("File", reply_parts.add_pdf, reply, "أسعار.pdf", PDF)
    both.run("Change", reply_parts.update_part, english, None, language="en")
    assert sent(both, reply) == ["أهلًا بكم", "أسعار.pdf"]
    assert sent(both, reply, language="en") == ["أهلًا بكم", "prices.pdf", "أسعار.pdf"]


@pytest.mark.on("sqlite", "postgresql")
def test_places_items_and_the_catalog_are_links(both, reply):
    item = both.run("Item", add_product, "Rose box", price=7500, link="https://example.com/r")
    both.run("Text", update_reply, reply, text="")
    for kind, fields in (("item", {"product_id": item}), ("location", {}), ("catalog", {}), ("item", {})):
        add(both, reply, kind, **fields)
    answer = "Rose box\nالسعر: 75\u00a0د.إ\nhttps://example.com/r"
    with both.reader() as session:
        found = reply_parts.messages(session, reply)
    assert [(message.kind, message.filled.text, message.filled.missing) for message in found] == [
        ("item", answer, []),
        ("location", "", ["map_link"]),
        ("catalog", "https://wa.me/c/971501234567", []),
        ("item", "", ["product"]),
    ]
    both.run("Set", update_profile, None, map_link="https://maps.example.com/1")
    assert sent(both, reply, product_id=item)[1:] == [
        "https://maps.example.com/1",
        "https://wa.me/c/971501234567",
        answer,
    ]
    both.run("Delete", remove_products, [item])
    with both.reader() as session:
        assert reply_parts.messages(session, reply)[0].filled.missing == ["product"]


def test_pictures_and_files_are_kept_once_and_named_by_their_digest(both, reply, painted):
    picture = normalise(painted())
    both.run("Pictures", reply_parts.add_pictures, reply, [picture, picture])
    both.run("File", reply_parts.add_pdf, reply, "Prices 2026.pdf", PDF)
    with both.reader() as session:
        found = reply_parts.messages(session, reply)
    assert [message.kind for message in found] == ["text", "picture", "picture", "pdf"]
    assert found[1].sha256 == found[2].sha256 == picture.sha256
    assert found[3].name == "Prices 2026.pdf"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no pdf", b"%PDF-" + b"0" * reply_parts.LARGEST_PDF])
def test_what_is_no_file_to_send_is_refused(both, reply, data):
    with pytest.raises(Invalid, match="prices"):
        both.run("File", reply_parts.add_pdf, reply, "prices.pdf", data)
    assert parts(both, reply) == []


def test_an_edit_of_what_another_changed_is_a_conflict(both, reply):
    part = add(both, reply, "text", text="x")
    both.run("There", reply_parts.update_part, part, 1, text="y")
    with pytest.raises(Stale):
        both.run("Here", reply_parts.update_part, part, 1, text="z")
    both.run("Remove", reply_parts.remove_part, part)
    with pytest.raises(NotFound):
        both.run("Here", reply_parts.update_part, part, None, text="z")
    with pytest.raises(NotFound):
        both.run("Here", reply_parts.move_part, part, 0)
    both.run("Remove", reply_parts.remove_part, part)


def test_a_part_of_a_deleted_reply_cannot_be_added(both, reply):
    both.run("Delete", remove_replies, [reply])
    with pytest.raises(NotFound):
        add(both, reply, "text")


@pytest.mark.on("sqlite", "postgresql")
def test_parts_go_and_come_back_with_their_reply(both, reply):
    add(both, reply, "text", text="one")
    add(both, reply, "catalog")
    before = parts(both, reply)
    both.run("Delete", remove_replies, [reply])
    assert parts(both, reply) == []
    both.undo()
    assert parts(both, reply) == before


@pytest.mark.on("sqlite", "postgresql")
def test_a_duplicate_has_all_the_parts(both, reply):
    add(both, reply, "text", language="en", text="Hello")
    both.run("File", reply_parts.add_pdf, reply, "a.pdf", PDF)
    both.run("Change", update_reply, reply, folder="Orders", condition="open", keywords="k")
    copy = both.run("Duplicate", reply_parts.duplicate_reply, reply)
    assert parts(both, copy) == parts(both, reply)
    with both.reader() as session:
        row = read_reply(session, copy)
    assert (row.shortcut, row.folder, row.condition, row.keywords) == ("a2", "Orders", "open", "k")
    both.undo()
    assert parts(both, copy) == []


@pytest.mark.on("sqlite", "postgresql")
def test_the_same_change_taken_back_leaves_no_trace(both, reply, contents):
    before = contents(both)
    part = add(both, reply, "text", text="findable")
    both.run("Change", reply_parts.update_part, part, None, text="other")
    both.undo()
    both.undo()
    assert contents(both) == before
