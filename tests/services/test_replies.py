"""Quick replies, on both databases."""

import pytest

from desktop.i18n import bidi
from desktop.services import replies
from desktop.services.catalog import add_product, remove_products
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.profile import update_profile


def add(database, shortcut, text="", **fields):
    return database.run("Add", replies.add_reply, shortcut, text, **fields)


def found(database, typed):
    with database.reader() as session:
        return [reply.shortcut for reply in replies.find_replies(session, typed)]


def test_best_comes_first(both):
    for shortcut, text in (("thanks2", "x"), ("price", "many thanks"), ("thanks", "x"), ("شكرا", "شُكرًا لكم")):
        add(both, shortcut, text)
    assert found(both, "/thanks") == ["thanks", "thanks2", "price"]
    assert found(both, "") == ["price", "thanks", "thanks2", "شكرا"]
    assert found(both, "شكراً") == ["شكرا"]
    assert found(both, "مخقث") == found(both, "lore") == []
    assert found(both, "حقهؤث") == ["price"], "typed with the Arabic layout on"


@pytest.mark.parametrize(("typed", "stored"), [("/thanks", "thanks"), (" شكرا ", "شكرا"), ("//a", "a")])
def test_shortcut_is_kept_without_its_slash(both, typed, stored):
    add(both, typed)
    assert found(both, "") == [stored]


@pytest.mark.parametrize("typed", ["", " / ", "two words"])
def test_shortcut_is_one_word(both, typed):
    with pytest.raises(Invalid) as caught:
        add(both, typed)
    assert caught.value.field == "shortcut"


def test_shortcut_belongs_to_one_reply(both):
    reply = add(both, "Thanks")
    with pytest.raises(Invalid, match="already uses"):
        add(both, "thanks")
    both.run("Change", replies.update_reply, reply, shortcut="thanks")
    with both.reader() as session:
        assert replies.free_shortcut(session, "thanks") == "thanks2"
        assert replies.free_shortcut(session, "new") == "new"


def test_text_keeps_its_lines_and_any_length(both):
    reply = add(both, "long", "a\r\nb  \r\n\r\n" + "ن" * 70_000)
    with both.reader() as session:
        assert replies.read_reply(session, reply).text == "a\nb\n\n" + "ن" * 70_000


def test_edit_of_what_another_changed_is_a_conflict(both):
    reply = add(both, "a", "x")
    both.run("There", replies.update_reply, reply, 1, text="y")
    both.run("Here", replies.update_reply, reply, 1, keywords="k")
    with pytest.raises(Stale) as caught:
        both.run("Here", replies.update_reply, reply, 1, text="z")
    assert caught.value.field == "text"


def test_a_limit_keeps_the_best(both):
    for shortcut in ("a2", "a1", "b"):
        add(both, shortcut)
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.find_replies(session, "a", 1)] == ["a1"]
        assert [reply.shortcut for reply in replies.find_replies(session, "", 2)] == ["a1", "a2"]


def test_new_and_duplicated_replies_find_a_free_shortcut(both):
    first = both.run("New", replies.new_reply, "reply")
    second = both.run("New", replies.new_reply, "reply")
    both.run("Change", replies.update_reply, first, text="Hello", keywords="hi")
    copy = both.run("Duplicate", replies.duplicate_reply, first)
    with both.reader() as session:
        shown = [replies.read_reply(session, reply) for reply in (first, second, copy)]
    assert [(reply.shortcut, reply.text, reply.keywords) for reply in shown] == [
        ("reply", "Hello", "hi"),
        ("reply2", "", ""),
        ("reply3", "Hello", "hi"),
    ]


def test_most_used_come_first_and_the_rest_by_shortcut(both):
    ids = {shortcut: add(both, shortcut) for shortcut in ("a", "b", "c")}
    for shortcut in ("c", "c", "b"):
        both.run_unrecorded(replies.count_use, ids[shortcut])
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.most_used(session, 5)] == ["c", "b", "a"]
        assert replies.uses(session) == {ids["c"]: 2, ids["b"]: 1}


@pytest.mark.parametrize(
    ("typed", "words"), [("", []), ("gift card, box", ["gift card", "box"]), (" هدية ،، علبة ", ["هدية", "علبة"])]
)
def test_keywords_are_parted_by_commas(typed, words):
    assert replies.split_keywords(typed) == words


@pytest.fixture
def shop_with_item(both):
    """A shop that has all that replies can be filled with, and the id of its item."""
    texts = {"name": "Bayt", "address": "Corniche", "map_link": "https://maps.example.com/1", "phone": "971501234567"}
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    both.run("Set", update_profile, None, **home)
    both.run("Set", update_profile, None, **texts)
    return both, both.run("Add", add_product, "Rose box", price=7500, link="https://example.com/r")


def filled(database, text, **given):
    with database.reader() as session:
        return replies.fill_message(session, text, **given)


def test_a_message_is_filled_from_the_shop_the_item_and_the_customer(shop_with_item):
    database, item = shop_with_item
    text = "{customer}: {product}, {price}, {item_link}. {shop}, {address} {map_link} {catalog_link}"
    done = filled(database, text, customer=" Noura ", product_id=item)
    assert done.text == (
        "Noura: Rose box, AED\u00a075, https://example.com/r. "
        "Bayt, Corniche https://maps.example.com/1 https://wa.me/c/971501234567"
    )
    assert done.sentences == []
    assert tuple(key for key in replies.FILLED if "{" not in filled_alone(database, item, key)) == replies.FILLED


def filled_alone(database, item, key):
    return filled(database, f"{{{key}}}", customer="Noura", product_id=item).text


def test_what_is_not_known_yet_stays_and_is_told(shop_with_item):
    database, _item = shop_with_item
    done = filled(database, "{customer|there} {product} {prize}")
    assert done.text == "there {product} {prize}"
    assert done.missing == ["product"]
    assert "{price}" in bidi.strip(done.sentences[1])


def test_a_message_about_a_deleted_item_is_not_filled(shop_with_item):
    database, item = shop_with_item
    database.run("Delete", remove_products, [item])
    with pytest.raises(NotFound):
        filled(database, "{product}", product_id=item)
