"""Send lists: whom they reach and leave out, one after the other, back, over the day, and only so many of them."""

import pytest

from desktop.services.customers import add_customer, give_consent, remove_customers, set_saved, stop_messages
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.labels import add_label, put_label
from desktop.services.profile import update_profile
from desktop.services.send_lists import (
    CAP,
    Plan,
    Progress,
    add_send_list,
    begin,
    count_unfinished,
    duplicate_send_list,
    held_back,
    letter_of,
    list_send_lists,
    next_entry,
    open_entry,
    opened_today,
    plan,
    progress,
    read_send_list,
    remove_send_lists,
    search_of,
    set_entry_text,
    skip_entry,
    step_back,
    update_send_list,
)
from desktop.services.terms import Search

NOON = 1_795_593_600  # 25 November 2026, 12:00 in Dubai
PHONES = {"Aya": "971500000101", "Badr": "971500000102", "Carla": "", "Dina": "971500000103", "Eva": "971500000101"}


@pytest.fixture
def shop(both):
    both.run("", update_profile, territory="AE", language="en", time_zone="Asia/Dubai", name="Bayt")
    people = {}
    for name, phone in PHONES.items():
        people[name] = both.run("", add_customer, name, f"+{phone}" if phone else "")
    both.run("", stop_messages, [people["Badr"]], "by chat")
    both.run("", give_consent, [people["Aya"]])
    both.run("", set_saved, [people["Dina"]], True)
    both.people = people
    both.winter = both.run("", add_send_list, "  Winter   cakes ", text="Hello {customer}, {shop} has winter cakes.")
    return both


def read(database, fn, *args):
    with database.reader() as session:
        return fn(session, *args)


def test_who_is_left_out_and_why(shop):
    people = shop.people
    found = read(shop, plan, shop.winter)
    assert found == Plan((people["Aya"], people["Dina"]), 1, 1, 1, without_consent=1, unsaved=1)
    assert [sentence.split(":")[1] for sentence in found.left_out] == [
        " asked for no more messages.", " no number.", " same number twice."
    ]  # fmt: skip
    assert len(found.advice) == 2
    assert "256" in Plan(tuple(range(257))).advice[0]
    label = shop.run("", add_label, "VIP")
    shop.run("", put_label, people["Dina"], label)
    shop.run("", update_send_list, shop.winter, search=Search("", (f"label=#{label}",)))
    assert read(shop, plan, shop.winter).reached == (people["Dina"],)


def test_one_after_the_other_and_back_and_again_later(shop):
    assert shop.run("", begin, shop.winter) == 2
    first = read(shop, next_entry, shop.winter)
    letter = read(shop, letter_of, shop.winter, first.customer_id)
    assert (letter.filled.text, letter.phone) == ("Hello Aya, Bayt has winter cakes.", PHONES["Aya"])
    shop.run("", open_entry, first.id, letter.filled.text, NOON)
    second = read(shop, next_entry, shop.winter)
    assert second.name == "Dina"
    shop.run("", skip_entry, second.id)
    assert read(shop, progress, shop.winter) == Progress(2, 1, 1)
    assert read(shop, progress, shop.winter).words.endswith("1 skipped")
    assert read(shop, next_entry, shop.winter) is None
    assert shop.run("", step_back, shop.winter) == second.id
    assert read(shop, next_entry, shop.winter) == second
    assert read(shop, count_unfinished) == 1
    shop.run("", add_customer, "Fay", "+971500000109")
    assert shop.run("", begin, shop.winter) == 1  # who is new comes behind
    assert read(shop, progress, shop.winter).total == 3
    shop.run("", remove_customers, [shop.people["Dina"]])
    assert read(shop, next_entry, shop.winter).name == "Fay"
    shop.undo()
    assert read(shop, next_entry, shop.winter).name == "Dina"


def test_who_asks_to_stop_in_the_middle_is_not_written_to(shop):
    shop.run("", begin, shop.winter)
    shop.run("", stop_messages, [shop.people["Aya"]])
    first = read(shop, next_entry, shop.winter)
    assert read(shop, letter_of, shop.winter, first.customer_id).refusal
    with pytest.raises(Invalid, match="no more messages"):
        shop.run("", open_entry, first.id, "Hello")
    assert read(shop, progress, shop.winter).opened == 0


def test_the_limit_of_the_day_counts_all_lists_from_midnight_to_midnight(shop):
    other = shop.run("", duplicate_send_list, shop.winter)
    for number in (shop.winter, other):
        shop.run("", update_send_list, number, cap=1)
        shop.run("", begin, number)
    night = NOON + 12 * 3600 - 1
    shop.run("", open_entry, read(shop, next_entry, shop.winter).id, "x", night)
    assert read(shop, opened_today, night) == 1
    assert "Go on tomorrow" in read(shop, held_back, other, night)
    with pytest.raises(Invalid, match="Go on tomorrow"):
        shop.run("", open_entry, read(shop, next_entry, other).id, "x", night)
    assert read(shop, held_back, other, night + 1) == ""
    shop.run("", update_send_list, other, cap=0)
    assert read(shop, held_back, other, night) == ""


def test_what_cannot_be_is_told_in_a_sentence(shop):
    blank = shop.run("", add_send_list, "Blank")
    with pytest.raises(Invalid, match="message first"):
        shop.run("", begin, blank)
    for field, value in (("name", " "), ("cap", -1), ("cap", 5000), ("search", Search("", ("nonsense",)))):
        with pytest.raises(Invalid):
            shop.run("", update_send_list, blank, **{field: value})
    shop.run("", update_send_list, blank, text="Hi", search=Search("nobody at all"))
    with pytest.raises(Invalid, match="Nobody is meant"):
        shop.run("", begin, blank)
    version = read(shop, read_send_list, blank).version
    shop.run("", update_send_list, blank, text="Another")
    with pytest.raises(Stale):
        shop.run("", update_send_list, blank, version, text="Mine")
    assert shop.run("", step_back, blank) is None
    assert read(shop, read_send_list, blank).cap == CAP
    assert read(shop, lambda session: search_of(read_send_list(session, blank))) == Search("nobody at all")
    shop.run("", remove_send_lists, [blank])
    assert [one.name for one in read(shop, list_send_lists)] == ["Winter cakes"]
    with pytest.raises(NotFound):
        read(shop, read_send_list, blank)


def test_a_text_for_one_alone_stays_theirs_until_it_is_everybodys_again(shop):
    shop.run("", begin, shop.winter)
    first = read(shop, next_entry, shop.winter)
    shop.run("", set_entry_text, first.id, "Dear {customer}, see you at the wedding!")
    shop.run("", open_entry, first.id, "Dear Aya, see you at the wedding!", NOON)
    shop.run("", step_back, shop.winter)
    assert read(shop, next_entry, shop.winter).text == "Dear Aya, see you at the wedding!"
    shop.run("", set_entry_text, first.id, "Hello Aya, Bayt has winter cakes. ")
    assert read(shop, next_entry, shop.winter).text == ""
