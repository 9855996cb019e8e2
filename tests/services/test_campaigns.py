"""Campaigns: what is handed out, under which reference, and where."""

import pytest

from desktop.services.campaigns import (
    LETTERS,
    add_campaign,
    campaign_link,
    duplicate_campaign,
    hand_out,
    list_campaigns,
    new_reference,
    read_campaign,
    remove_campaigns,
    update_campaign,
)
from desktop.services.catalog import add_product
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.links import parse_link
from desktop.services.profile import update_profile

pytestmark = pytest.mark.on("sqlite")


@pytest.fixture
def shop_of(both):
    both.run("Start", update_profile, name="Bayt", territory="AE", phone="0501234567", language="en")
    return both


def read(database, fn, *args):
    with database.reader() as session:
        return fn(session, *args)


@pytest.mark.on("sqlite", "postgresql")
def test_one_is_added_changed_and_listed_last_first(shop_of):
    first = shop_of.run("Add", add_campaign, "  Flyer   March ", text=" Hello \r\n{shop} ")
    second = shop_of.run("Add", add_campaign, "Instagram", "catalog")
    shop_of.run("Edit", update_campaign, first, used_at=" the  bakery's door ")
    assert [one.id for one in read(shop_of, list_campaigns)] == [second, first]
    flyer = read(shop_of, read_campaign, first)
    assert (flyer.name, flyer.text, flyer.used_at) == ("Flyer March", "Hello\n{shop}", "the bakery's door")
    assert len(flyer.reference) == 4
    assert set(flyer.reference) <= set(LETTERS)


@pytest.mark.on("sqlite", "postgresql")
def test_its_link_is_made_now_and_noted_when_it_is_handed_out(shop_of):
    one = shop_of.run("Add", add_campaign, "Flyer", text="From {shop}", reference="k7m4")
    made = read(shop_of, campaign_link, one)
    assert parse_link(made.url).text == "From Bayt\nReference: K7M4"
    assert read(shop_of, read_campaign, one).link == ""
    assert shop_of.run("Copy", hand_out, one).url == made.url
    assert read(shop_of, read_campaign, one).link == made.url
    version = read(shop_of, read_campaign, one).version
    shop_of.run("Copy", hand_out, one)
    assert read(shop_of, read_campaign, one).version == version  # nothing new was handed out
    shop_of.run("Rename", update_profile, name="Dar")
    assert read(shop_of, campaign_link, one).url != read(shop_of, read_campaign, one).link


def test_a_catalog_carries_no_reference(shop_of):
    one = shop_of.run("Add", add_campaign, "Bio", "catalog")
    assert read(shop_of, campaign_link, one).url == "https://wa.me/c/971501234567"


@pytest.mark.on("sqlite", "postgresql")
def test_an_item_with_a_reference_is_asked_for_in_a_chat(shop_of):
    item = shop_of.run("Add", add_product, "Tea", whatsapp_id="2468")
    one = shop_of.run("Add", add_campaign, "Story", "item", item, reference="T9")
    assert parse_link(read(shop_of, campaign_link, one).url).text.endswith("\nReference: T9")
    shop_of.run("Edit", update_campaign, one, reference="")
    assert read(shop_of, campaign_link, one).url == "https://wa.me/p/2468/971501234567"
    shop_of.run("Edit", update_campaign, one, kind="collection")
    assert read(shop_of, read_campaign, one).target_id is None
    with pytest.raises(Invalid, match="Choose a collection"):
        read(shop_of, campaign_link, one)


@pytest.mark.on("sqlite", "postgresql")
def test_a_copy_has_a_reference_of_its_own_and_was_not_handed_out(shop_of):
    one = shop_of.run("Add", add_campaign, "Flyer", text="x", used_at="door")
    shop_of.run("Copy", hand_out, one)
    other = shop_of.run("Duplicate", duplicate_campaign, one)
    source, copy = read(shop_of, read_campaign, one), read(shop_of, read_campaign, other)
    assert (copy.name, copy.text, copy.link, copy.used_at) == ("Flyer", "x", "", "")
    assert copy.reference != source.reference


@pytest.mark.on("sqlite", "postgresql")
def test_deleting_is_undone(shop_of, contents):
    one = shop_of.run("Add", add_campaign, "Flyer")
    before = contents(shop_of)
    shop_of.run("Delete", remove_campaigns, [one])
    with pytest.raises(NotFound, match="Undo"):
        read(shop_of, read_campaign, one)
    shop_of.undo()
    assert contents(shop_of) == before


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": "  "}, "name", "needs a name"),
        ({"kind": "telegram"}, "kind", "Choose what"),
        ({"reference": "two words"}, "reference", "one short word"),
        ({"reference": "x" * 21}, "reference", "one short word"),
        ({"reference": "k7m4"}, "reference", "already the reference of .*Flyer"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(shop_of, fields, field, words):
    shop_of.run("Add", add_campaign, "Flyer", reference="K7M4")
    one = shop_of.run("Add", add_campaign, "Story", text="kept")
    with pytest.raises(Invalid, match=words) as told:
        shop_of.run("Edit", update_campaign, one, **fields)
    assert told.value.field == field
    assert read(shop_of, read_campaign, one).text == "kept"


@pytest.mark.on("sqlite", "postgresql")
def test_the_same_field_changed_elsewhere_is_noticed(shop_of):
    one = shop_of.run("Add", add_campaign, "Flyer")
    base = read(shop_of, read_campaign, one).version
    shop_of.run("Edit", update_campaign, one, base, text="first")
    shop_of.run("Edit", update_campaign, one, base, name="Poster")
    with pytest.raises(Stale):
        shop_of.run("Edit", update_campaign, one, base, text="second")


def test_a_new_reference_is_free(shop_of, monkeypatch):
    shop_of.run("Add", add_campaign, "Flyer", reference="CCCC")
    letters = iter("CCCCDDDD")
    monkeypatch.setattr("secrets.choice", lambda _letters: next(letters))
    assert read(shop_of, new_reference) == "DDDD"
