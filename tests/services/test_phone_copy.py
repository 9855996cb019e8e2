"""The account of what is on the phone, on both databases."""

import datetime as dt

import pytest
from sqlalchemy import update

from desktop.data.models import Picture, Product, Reply
from desktop.i18n import bidi, formats, set_language
from desktop.services import phone_copy, phone_texts
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.collections import add_collection, put_into, take_out
from desktop.services.hours import add_overlay, set_hours
from desktop.services.labels import add_label
from desktop.services.limits import limit
from desktop.services.opening import Span
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, count_use, remove_replies, update_reply
from desktop.services.reply_parts import add_part, remove_part

pytestmark = pytest.mark.on("sqlite")

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)  # a Wednesday
OPEN = [Span(day, 600, 1320) for day in range(7)]


@pytest.fixture
def shop_at_home(both):
    """A shop with a currency."""
    both.run("Home", update_profile, None, territory="AE", currency="AED", language="en")
    return both


def entries(database, now=NOW):
    with database.reader() as session:
        return phone_copy.entries(session, now)


def states(database, now=NOW):
    return {entry.key: entry.state for entry in entries(database, now)}


def shown(database, model):
    return {entry.field: entry.shown for entry in entries(database) if entry.model == model}


def mark(database, *keys):
    database.run("Mark", phone_copy.mark_copied, [entry for entry in entries(database) if entry.key in keys])


def mark_all(database):
    return database.run("Mark", phone_copy.mark_all, NOW)


def pending(database, now=NOW):
    with database.reader() as session:
        return phone_copy.due(session, now)[0]


def test_an_empty_shop_has_nothing_to_copy(both):
    assert entries(both) == []


@pytest.mark.on("sqlite", "postgresql")
def test_each_field_is_an_entry_of_its_own_and_empty_ones_are_none(shop_at_home):
    shop_at_home.run("Set", update_profile, None, name="Bayt", about="Gifts", category="RETAIL")
    item = shop_at_home.run("Add", add_product, "Rose box", price=7550, sale_price=6000, code="R-1", hidden=True)
    assert shown(shop_at_home, "profile") == {"name": "Bayt", "category": "Retail", "about": "Gifts"}
    found = {entry.field: entry for entry in entries(shop_at_home) if entry.model == "product"}
    assert list(found) == ["name", "price", "sale_price", "code", "hidden"]
    assert all(entry.row_id == item and entry.owner == "Rose box" for entry in found.values())
    assert found["price"].text == "75.50 AED"
    assert found["price"].pasted == "75.50"
    assert "75.50" in found["price"].shown
    assert found["hidden"].shown == "Yes"


@pytest.mark.on("sqlite", "postgresql")
def test_what_is_marked_is_on_the_phone_until_it_changes(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box", price=7550)
    price = ("product", item, "price")
    mark(shop_at_home, price)
    entry = next(entry for entry in entries(shop_at_home) if entry.key == price)
    assert (entry.state, entry.on_phone) == ("same", "75.50 AED")
    assert entry.at
    shop_at_home.run("Raise", update_product, item, price=8000)
    entry = next(entry for entry in entries(shop_at_home) if entry.key == price)
    assert (entry.state, entry.on_phone, entry.text) == ("changed", "75.50 AED", "80 AED")
    mark(shop_at_home, price)
    assert states(shop_at_home)[price] == "same"
    shop_at_home.run("Clear", update_product, item, price=None)
    entry = next(entry for entry in entries(shop_at_home) if entry.key == price)
    assert (entry.state, entry.text) == ("changed", "")
    mark(shop_at_home, price)
    assert price not in states(shop_at_home)


def test_the_text_that_was_seen_is_what_is_marked(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box")
    seen = entries(shop_at_home)
    shop_at_home.run("Rename", update_product, item, name="Rose tin")
    shop_at_home.run("Mark", phone_copy.mark_copied, seen)
    entry = next(entry for entry in entries(shop_at_home) if entry.field == "name")
    assert (entry.state, entry.on_phone, entry.text) == ("changed", "Rose box", "Rose tin")


@pytest.mark.on("sqlite", "postgresql")
def test_marking_is_taken_back_by_undo_and_by_unmarking(shop_at_home, contents):
    shop_at_home.run("Add", add_product, "Rose box", price=7550)
    before = contents(shop_at_home)
    assert mark_all(shop_at_home) == 2
    assert pending(shop_at_home) == 0
    shop_at_home.undo()
    assert contents(shop_at_home) == before
    shop_at_home.redo()
    shop_at_home.run("Unmark", phone_copy.unmark, [entry for entry in entries(shop_at_home) if entry.field == "price"])
    assert [entry.field for entry in entries(shop_at_home) if entry.is_pending] == ["price"]
    shop_at_home.run("New phone", phone_copy.forget_phone)
    assert all(entry.state == "new" for entry in entries(shop_at_home))


def test_nothing_is_counted_before_the_first_copy(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box", price=7550)
    assert pending(shop_at_home) == 0
    mark(shop_at_home, ("product", item, "name"))
    assert pending(shop_at_home) == 1
    assert phone_copy.changes(1) == "1 change is not on the phone yet"
    assert phone_copy.changes(7) == "7 changes are not on the phone yet"


@pytest.mark.on("sqlite", "postgresql")
def test_what_is_deleted_here_is_to_be_removed_there(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box", price=7550)
    reply = shop_at_home.run("Add", add_reply, "hello", "Welcome")
    mark_all(shop_at_home)
    shop_at_home.run("Delete", remove_products, [item])
    shop_at_home.run("Delete", remove_replies, [reply])
    gone = [entry for entry in entries(shop_at_home) if entry.state == "gone"]
    assert [(entry.model, entry.owner, entry.title) for entry in gone] == [
        ("product", "Rose box", "Remove it on the phone"),
        ("reply", "/hello", "Remove it on the phone"),
    ]
    assert "Welcome" in gone[1].shown_on_phone
    assert gone[0].is_pending
    shop_at_home.run("Mark", phone_copy.mark_copied, gone)
    assert entries(shop_at_home) == []
    shop_at_home.undo()
    shop_at_home.undo()
    assert states(shop_at_home)["reply", reply, "text"] == "same", "it came back as it was"


def test_pictures_are_compared_by_what_they_are(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box")

    def add(session, url):
        session.add(Picture(product_id=item, url=url, position=url))

    shop_at_home.run("Picture", add, "https://example.com/1")
    assert shown(shop_at_home, "product")["pictures"] == "1 picture"
    mark_all(shop_at_home)
    shop_at_home.run("Picture", add, "https://example.com/2")
    found = next(entry for entry in entries(shop_at_home) if entry.field == "pictures")
    assert (found.state, found.shown, found.is_picture) == ("changed", "2 pictures", True)


@pytest.mark.on("sqlite", "postgresql")
def test_placeholders_are_filled_as_far_as_the_phone_can_hold_them(shop_at_home):
    shop_at_home.run("Set", update_profile, None, name="Bayt")
    reply = shop_at_home.run("Add", add_reply, "hi", "Hello {customer|dear}, this is {shop}")
    found = next(entry for entry in entries(shop_at_home) if entry.key == ("reply", reply, "text"))
    assert (found.text, found.state) == ("Hello dear, this is Bayt", "new")
    assert "stays on the phone" in found.remarks[0]
    mark_all(shop_at_home)
    shop_at_home.run("Rename", update_profile, None, name="Dar")
    assert states(shop_at_home)["reply", reply, "text"] == "changed"
    shop_at_home.run("Change", update_reply, reply, text="Hello {customer} at {time}")
    found = next(entry for entry in entries(shop_at_home) if entry.model == "reply")
    assert (found.state, found.field) == ("gone", "")
    assert "Customer" in found.note
    assert "Time" in found.note


def test_a_text_that_only_the_computer_can_fill_is_only_here(shop_at_home):
    shop_at_home.run("Set", set_automatic, "away", enabled=True, text="Back {next_opening}")
    found = next(entry for entry in entries(shop_at_home) if entry.model == "automatic_message")
    assert (found.state, found.owner, found.is_pending) == ("only_here", "Away message", False)
    assert "Next opening" in found.note


@pytest.mark.on("sqlite", "postgresql")
def test_an_automatic_message_is_copied_once_it_is_turned_on(shop_at_home):
    shop_at_home.run("Set", set_automatic, "greeting", text="Welcome")
    assert entries(shop_at_home) == []
    shop_at_home.run("Set", set_automatic, "greeting", enabled=True)
    assert shown(shop_at_home, "automatic_message") == {"text": "Welcome", "on": "Yes"}
    mark_all(shop_at_home)
    shop_at_home.run("Set", set_automatic, "greeting", enabled=False)
    found = {entry.field: entry for entry in entries(shop_at_home) if entry.model == "automatic_message"}
    assert (found["on"].state, found["on"].shown, found["on"].shown_on_phone) == ("changed", "No", "Yes")


@pytest.fixture
def small_phone(monkeypatch):
    """A phone that takes five items, and five replies."""
    few = {"catalog.items": 5, "reply.replies": 5}
    monkeypatch.setattr(phone_texts, "limit", lambda key: few.get(key) or limit(key))


@pytest.mark.on("sqlite", "postgresql")
def test_only_as_many_replies_as_the_phone_takes_and_those_that_are_there_stay(shop_at_home, small_phone):
    ids = [shop_at_home.run("Add", add_reply, f"r{n:02}", "text") for n in range(7)]
    shop_at_home.run_unrecorded(count_use, ids[6])
    mark(shop_at_home, ("reply", ids[5], "text"), ("reply", ids[6], "text"))
    found = {row: state for (model, row, _field), state in states(shop_at_home).items() if model == "reply"}
    assert found[ids[6]] in ("same", "new"), "used most"
    assert [row for row, state in found.items() if state == "only_here"] == [ids[3], ids[4]], "no room for the last"
    mark_all(shop_at_home)
    shop_at_home.run_unrecorded(count_use, ids[4])
    found = {row: state for (model, row, _field), state in states(shop_at_home).items() if model == "reply"}
    assert found[ids[4]] == "only_here", "there is no room: none has to go for it"
    shop_at_home.run("Delete", remove_replies, [ids[0]])
    assert states(shop_at_home)["reply", ids[4], "text"] == "new"


@pytest.mark.on("sqlite", "postgresql")
def test_only_as_many_labels_and_items_as_the_phone_takes(shop_at_home, small_phone):
    def fill(session):
        for n in range(22):
            add_label(session, f"L{n}", n)
        for n in range(8):
            add_product(session, f"Item {n}")

    shop_at_home.run("Fill", fill)
    found = entries(shop_at_home)
    assert [entry.name for entry in found if entry.model == "label" and entry.state == "only_here"] == ["L20", "L21"]
    rest = next(entry for entry in found if entry.model == "product" and entry.state == "only_here")
    assert rest.title == "3 more items"
    assert "room for 5 items" in rest.note
    assert sum(entry.model == "product" for entry in found) == 6


def test_an_item_with_the_name_of_a_message_is_found_in_the_catalog(shop_at_home):
    shop_at_home.run("Add", add_product, "greeting")
    assert entries(shop_at_home)[0].path == "Business tools › Catalog"


def test_a_text_beyond_the_limit_says_so(shop_at_home):
    shop_at_home.run("Set", update_profile, None, about="x" * 150)
    assert "11 characters longer" in entries(shop_at_home)[0].remarks[0]


def test_hours_are_a_week_of_the_phone(shop_at_home):
    spans = [*OPEN[:4], Span(4, 600, 720), Span(4, 960, 1500), Span(5, kind="all_day"), Span(6, kind="appointment")]
    shop_at_home.run("Hours", set_hours, [*spans[1:]])
    found = [entry for entry in entries(shop_at_home) if entry.model == "hours"]
    assert found[0].title == formats.weekday_name(formats.first_weekday("AE"))
    texts = {entry.row_id: entry.text for entry in found}
    assert texts[0] == "closed"
    assert texts[1] == "10:00-22:00"
    assert texts[4] == "10:00-12:00,16:00-01:00"
    assert (texts[5], texts[6]) == ("24h", "appointment")
    friday = next(entry for entry in found if entry.row_id == 4)
    assert "next day" in friday.shown
    assert friday.shown.count("\n") == 1


@pytest.mark.on("sqlite", "postgresql")
def test_a_setting_or_another_language_is_no_change(shop_at_home):
    shop_at_home.run("Add", add_product, "Rose box", price=7550)
    shop_at_home.run("Hours", set_hours, OPEN)
    mark_all(shop_at_home)
    formats.configure(clock="24", money="word", digits="arab")
    set_language("ar")
    assert pending(shop_at_home) == 0


def test_the_hours_of_an_overlay_are_the_phones_while_it_holds(shop_at_home):
    shop_at_home.run("Hours", set_hours, OPEN)
    mark_all(shop_at_home)
    eid = [Span(None, 900, 1380)]
    shop_at_home.run("Overlay", add_overlay, "Eid", "2026-11-26", "2026-11-28", eid)
    assert pending(shop_at_home) == 0
    overlay = next(entry for entry in entries(shop_at_home) if entry.model == "overlay")
    assert (overlay.state, overlay.owner) == ("only_here", "Eid")
    assert "by hand" in overlay.note
    during = NOW + dt.timedelta(days=1)
    changed = [entry for entry in entries(shop_at_home, during) if entry.is_pending]
    assert sorted(entry.row_id for entry in changed) == [3, 4, 5]
    assert all(entry.text == "15:00-23:00" and "Eid" in entry.note for entry in changed)
    assert pending(shop_at_home, NOW + dt.timedelta(days=4)) == 0
    assert not any(entry.model == "overlay" for entry in entries(shop_at_home, NOW + dt.timedelta(days=4)))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (24, []),
        (25, ["The hours of \u2068Eid\u2069 begin tomorrow"]),
        (26, ["The hours of \u2068Eid\u2069 begin today"]),
        (27, []),
        (28, ["The usual hours are back tomorrow, after \u2068Eid\u2069"]),
        (29, ["The usual hours are back today, after \u2068Eid\u2069"]),
        (30, []),
    ],
)
def test_reminds_when_the_phones_hours_are_to_be_changed(shop_at_home, day, told):
    shop_at_home.run("Overlay", add_overlay, "Eid", "2026-11-26", "2026-11-28", [])
    today = dt.date(2026, 11, day)
    with shop_at_home.reader() as session:
        assert [reminder.sentence(today) for reminder in phone_copy.reminders(session, today)] == told


@pytest.mark.on("sqlite", "postgresql")
def test_a_reminder_goes_when_the_hours_are_on_the_phone(shop_at_home):
    shop_at_home.run("Hours", set_hours, OPEN)
    mark_all(shop_at_home)
    shop_at_home.run("Overlay", add_overlay, "Eid", "2026-11-25", "2026-11-28", [])
    with shop_at_home.reader() as session:
        count, told = phone_copy.due(session, NOW)
    assert (count, [reminder.name for reminder in told]) == (4, ["Eid"])
    mark_all(shop_at_home)
    with shop_at_home.reader() as session:
        assert phone_copy.due(session, NOW) == (0, [])
        tomorrow_ends = phone_copy.due(session, NOW + dt.timedelta(days=3))[1]
    assert [reminder.begins for reminder in tomorrow_ends] == [False], "that is still to come"


def test_one_overlay_after_another_brings_no_usual_hours_back(shop_at_home):
    shop_at_home.run("Overlay", add_overlay, "Ramadan", "2026-11-01", "2026-11-26", [])
    shop_at_home.run("Overlay", add_overlay, "Eid", "2026-11-27", "2026-11-29", [])
    with shop_at_home.reader() as session:
        found = phone_copy.reminders(session, dt.date(2026, 11, 26))
    assert [(reminder.name, reminder.begins) for reminder in found] == [("Eid", True)]


@pytest.mark.on("sqlite", "postgresql")
def test_reply_without_text_has_nothing_to_copy(shop_at_home):
    shop_at_home.run("Add", add_reply, "empty")
    assert entries(shop_at_home) == []
    shop_at_home.run("Odd", lambda session: session.execute(update(Reply).values(text="{} {{1}} {oops}")))
    found = next(entry for entry in entries(shop_at_home) if entry.field == "text")
    assert (found.text, found.state) == ("{} {{1}} {oops}", "new")
    assert "oops" in found.remarks[0]


@pytest.mark.on("sqlite", "postgresql")
def test_order_is_that_of_a_new_phone(shop_at_home):
    shop_at_home.run("Add", add_label, "VIP")
    shop_at_home.run("Add", add_reply, "hello", "Welcome")
    gone = shop_at_home.run("Add", add_product, "Gone")
    shop_at_home.run("Add", add_product, "Rose box")
    shop_at_home.run("Hours", set_hours, OPEN)
    shop_at_home.run("Set", update_profile, None, name="Bayt")
    shop_at_home.run("Set", set_automatic, "away", enabled=True, text="Closed")
    mark_all(shop_at_home)
    shop_at_home.run("Delete", remove_products, [gone])
    models = list(dict.fromkeys(entry.model for entry in entries(shop_at_home)))
    assert models == ["profile", "hours", "product", "reply", "label", "automatic_message"]


@pytest.mark.on("sqlite", "postgresql")
def test_items_on_the_phone_keep_their_room(shop_at_home, small_phone):
    ids = [shop_at_home.run("Add", add_product, f"Item {n}") for n in range(7)]
    mark_all(shop_at_home)
    shop_at_home.run(
        "Move last to the front",
        lambda session: session.execute(update(Product).where(Product.id == ids[-1]).values(position="")),
    )
    assert pending(shop_at_home) == 0


def test_what_is_odd_about_a_text_is_told_one_below_the_other(shop_at_home):
    shop_at_home.run("Set", update_profile, None, name="Bayt")
    shop_at_home.run("Add", add_reply, "hi", "Welcome to {shop}, {zzz} and {qqq}")
    notes = [entry.note for entry in entries(shop_at_home) if entry.model == "reply" and entry.note]
    assert notes
    assert [line.count(".") for line in notes[0].split("\n")] == [2, 2, 1], "no sentence is cut"


def test_the_place_on_the_map_is_a_field_of_the_profile(shop_at_home):
    shop_at_home.run("Set", update_profile, None, map_link="https://maps.google.com/?q=25.2048,55.2708")
    assert bidi.strip(shown(shop_at_home, "profile")["place"]) == "25.2048, 55.2708"


def test_keywords_are_those_that_the_phone_takes(shop_at_home):
    shop_at_home.run("Add", add_reply, "hi", "Hello", keywords="a، b, c; d")
    assert shown(shop_at_home, "reply")["keywords"] == "a, b, c"


@pytest.mark.on("sqlite", "postgresql")
def test_the_parts_of_a_reply_are_fields_of_it(shop_at_home):
    item = shop_at_home.run("Add", add_product, "Rose box", price=7550)
    shop_at_home.run("Set", update_profile, None, name="Bayt")
    reply = shop_at_home.run("Add", add_reply, "hi", "Hello")
    text = shop_at_home.run("Add", add_part, reply, "text", text="We are {shop}")
    priced = shop_at_home.run("Add", add_part, reply, "item", product_id=item)
    personal = shop_at_home.run("Add", add_part, reply, "text", text="For {customer}")
    found = shown(shop_at_home, "reply")
    assert found[f"message:{text}"] == "We are Bayt"
    assert found[f"message:{priced}"].startswith("Rose box\n")
    assert f"message:{personal}" not in found
    (note,) = {entry.note for entry in entries(shop_at_home) if entry.key == ("reply", reply, "text")}
    assert "Customer" in note
    mark_all(shop_at_home)
    shop_at_home.run("Remove", remove_part, text)
    (entry,) = [entry for entry in entries(shop_at_home) if entry.is_pending]
    assert (entry.key, entry.state, entry.text, entry.on_phone) == (
        ("reply", reply, f"message:{text}"),
        "changed",
        "",
        "We are Bayt",
    )
    assert (entry.owner, entry.title, entry.pasted) == ("/hi", "Further message", "")
    mark_all(shop_at_home)
    assert pending(shop_at_home) == 0


def test_a_reply_of_a_picture_alone_is_on_the_phone_too(shop_at_home):
    reply = shop_at_home.run("Add", add_reply, "menu")
    part = shop_at_home.run("Add", add_part, reply, "picture")
    pdf = shop_at_home.run("Add", add_part, reply, "pdf", name="Menu.pdf")
    found = {entry.field: entry for entry in entries(shop_at_home)}
    assert f"picture:{part}" not in found  # it has no picture yet
    assert found[f"file:{pdf}"].shown == "Menu.pdf"
    assert not found[f"file:{pdf}"].is_picture


@pytest.mark.on("sqlite", "postgresql")
def test_collections_hold_the_items_that_are_on_the_phone_in_any_order(shop_at_home):
    group = shop_at_home.run("Add", add_collection, "Boxes")
    assert "collection" not in {entry.model for entry in entries(shop_at_home)}
    ids = [shop_at_home.run("Add", add_product, name) for name in ("Rose box", "Tray", "Mug")]
    for item in ids[:2]:
        shop_at_home.run("Put", put_into, item, group)
    assert shown(shop_at_home, "collection") == {"name": "Boxes", "items": "Rose box\nTray"}
    mark_all(shop_at_home)
    shop_at_home.run("Rename", update_product, ids[0], name="Red box")
    assert states(shop_at_home)["collection", group, "items"] == "same", "the phone renames it there by itself"
    shop_at_home.run("Take", take_out, ids[1], group)
    shop_at_home.run("Put", put_into, ids[2], group)
    entry = next(entry for entry in entries(shop_at_home) if entry.key == ("collection", group, "items"))
    assert (entry.state, entry.shown_on_phone, entry.shown) == ("changed", "Rose box\nTray", "Red box\nMug")


def word(database, row_id, model="product"):
    with database.reader() as session:
        return phone_copy.phone_state(session, [row_id], model).get(row_id)


def test_one_word_says_where_an_item_stands(shop_at_home):
    first, second = (shop_at_home.run("Add", add_product, name, price=100) for name in ("Rose box", "Tray"))
    assert word(shop_at_home, first) is None  # nothing was ever copied
    mark(shop_at_home, ("product", first, "name"), ("product", first, "price"))
    assert (word(shop_at_home, first), word(shop_at_home, second)) == ("same", "new")
    shop_at_home.run("Raise", update_product, first, price=200)
    assert word(shop_at_home, first) == "changed"


@pytest.mark.on("sqlite", "postgresql")
def test_items_beyond_the_room_are_only_here(shop_at_home, monkeypatch):
    ids = [shop_at_home.run("Add", add_product, name) for name in "abcd"]
    mark(shop_at_home, ("product", ids[2], "name"))
    monkeypatch.setattr(phone_texts, "limit", lambda key: 2 if key == "catalog.items" else limit(key))
    assert [word(shop_at_home, item) for item in ids] == ["new", "only_here", "same", "only_here"]
    whole = {entry.row_id for entry in entries(shop_at_home) if entry.model == "product"}
    assert whole == {ids[0], ids[2], 0}, "as the whole account says"


def test_one_word_says_where_a_reply_stands(shop_at_home):
    first, second = (shop_at_home.run("Add", add_reply, name, text) for name, text in (("a", "A"), ("b", "{customer}")))
    mark(shop_at_home, ("reply", first, "text"), ("reply", first, "shortcut"))
    assert (word(shop_at_home, first, "reply"), word(shop_at_home, second, "reply")) == ("same", "only_here")
    shop_at_home.run("Change", update_reply, first, text="B")
    assert word(shop_at_home, first, "reply") == "changed"
