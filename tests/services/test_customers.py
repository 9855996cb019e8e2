"""Customers, on both databases."""

import pytest

from desktop.i18n import bidi
from desktop.services import customers as service
from desktop.services.customers import (
    add_customer,
    birthday_text,
    chat_of,
    find_customers,
    may_write_to,
    parse_birthday,
    read_customer,
    read_customers,
    read_people,
    remove_customers,
    update_customer,
)
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.labels import add_label, put_label
from desktop.services.profile import update_profile


@pytest.fixture
def people(both):
    both.run("Home", update_profile, None, territory="AE", currency="AED")
    both.run("Add", add_customer, "هند الفلاسي", "050 123 4567", note="30 علبة")
    both.run("Add", add_customer, "Ana  Fernandes", "+971 50 765 4321", username="@ana.f", company="Fernandes & Co")
    both.run("Add", add_customer, "ريم", more_phones="+966 50 111 2222", email="reem@example.com")
    return both


def found(database, typed="", terms=()):
    with database.reader() as session:
        return [one.name for one in read_customers(session, find_customers(session, typed, terms))]


def stored(database, customer):
    with database.reader() as session:
        return read_customer(session, customer)


def test_search(people):
    for typed, names in (
        ("", ["Ana Fernandes", "ريم", "هند الفلاسي"]),
        ("هند", ["هند الفلاسي"]),
        ("الفلاسى", ["هند الفلاسي"]),
        ("ik]", ["هند الفلاسي"]),  # the same keys on the other layout
        ("050 123", ["هند الفلاسي"]),
        ("٠٥٠ ١٢٣ ٤٥٦٧", ["هند الفلاسي"]),
        ("00971 50 1234567", ["هند الفلاسي"]),
        ("+971 (0)50-123", ["هند الفلاسي"]),
        ("https://wa.me/971501234567", ["هند الفلاسي"]),
        ("4567", ["هند الفلاسي"]),
        ("+97150", ["Ana Fernandes", "هند الفلاسي"]),
        ("050111 2222", ["ريم"]),  # a number of another country, among the further ones
        ("@ana.f", ["Ana Fernandes"]),
        ("fernandes co", ["Ana Fernandes"]),
        ("REEM@example", ["ريم"]),
        ("علبه 30", ["هند الفلاسي"]),
        ("100%", []),
        ("_", []),
        ("050 999", []),
    ):
        assert found(people, typed) == names, typed


def test_the_very_number_comes_first(people):
    people.run("Add", add_customer, "Aaa", note="after 050 123 4567")
    assert found(people, "050 123 4567") == ["هند الفلاسي", "Aaa"]


@pytest.mark.on("sqlite")
def test_a_customer_may_have_no_phone_and_no_name_but_not_neither(people):
    people.run("Add", add_customer, "", "", username="noor")
    people.run("Add", add_customer, "", "0509999999")
    with pytest.raises(Invalid) as caught:
        people.run("Add", add_customer, "  ")
    assert caught.value.field == "name"
    assert len(found(people)) == 5


@pytest.mark.on("sqlite")
def test_what_is_kept_is_plain(people):
    new = people.run("Add", add_customer, "\u202eevil\u202c  name", "\u2066050 222 3333\u2069")
    assert (stored(people, new).name, stored(people, new).phone) == ("evil name", "971502223333")


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "12"),
        ("more_phones", "0501234567\nhello"),
        ("email", "nobody"),
        ("more_emails", "a@example.com\nb"),
        ("username", "www.noura"),
        ("birthday", "31/2"),
        ("birthday", "soon"),
        ("birthday", "1/1/1700"),
        ("gender", "x"),
    ],
)
def test_what_no_customer_can_have_is_refused_and_nothing_lost(people, field, typed):
    with people.reader() as session:
        customer = find_customers(session, "ريم")[0]
    before = getattr(stored(people, customer), field)
    with pytest.raises(Invalid) as caught:
        people.run("Change", update_customer, customer, **{field: typed})
    assert caught.value.field == field
    assert getattr(stored(people, customer), field) == before


def test_nobody_may_be_left_of_a_customer(people):
    new = people.run("Add", add_customer, "Huda")
    with pytest.raises(Invalid, match="name"):
        people.run("Change", update_customer, new, name="")
    people.run("Change", update_customer, new, username="huda")
    people.run("Change", update_customer, new, name="")
    assert found(people, "huda") == [""]


def test_a_name_of_ten_thousand_letters_is_kept_found_and_sorted(people):
    new = people.run("Add", add_customer, "ا" * 9_990 + " النهاية")
    assert len(stored(people, new).name) == 9_998
    assert find_customers_of(people, "النهاية") == [new]


def find_customers_of(database, typed):
    with database.reader() as session:
        return find_customers(session, typed)


def test_lines_that_are_kept_already_stay_whatever_they_say(people):
    new = people.run("Add", add_customer, "Huda")

    def bring(session):
        read_customer(session, new).more_phones = "ext. 44"

    people.run("Import", bring)
    people.run("Change", update_customer, new, more_phones="ext. 44\n050 123 4567\n+971501234567")
    assert stored(people, new).more_phones == "ext. 44\n971501234567"


def test_changes_of_two_merge_and_the_same_one_is_noticed(people):
    new = people.run("Add", add_customer, "Huda")
    base = stored(people, new).version
    people.run("Change", update_customer, new, base, note="blue")
    people.run("Change", update_customer, new, base, name="Hoda")
    with pytest.raises(Stale):
        people.run("Change", update_customer, new, base, note="green")
    assert (stored(people, new).note, stored(people, new).name) == ("blue", "Hoda")
    assert find_customers_of(people, "hoda blue") == [new]


def test_removed_customers_come_back_by_undo(people):
    with people.reader() as session:
        ids = find_customers(session)
    people.run("Delete", remove_customers, ids)
    assert found(people) == []
    with pytest.raises(NotFound):
        stored(people, ids[0])
    people.undo()
    assert len(found(people, "+97150")) == 2


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("", "", ""),
        ("14/5/1990", "1990-05-14", "14/5/1990"),
        ("١٤/٥", "--05-14", "14/5"),
        ("14.5.", None, None),
        ("29-2", "--02-29", "29/2"),
        ("1990-05-14", "1990-05-14", "14/5/1990"),
        ("--05-14", "--05-14", "14/5"),
        ("29/2/2001", None, None),
    ],
)
def test_birthdays(typed, kept, shown):
    if kept is None:
        with pytest.raises(Invalid):
            parse_birthday(typed)
        return
    assert parse_birthday(typed) == kept
    assert birthday_text(kept) == shown
    assert parse_birthday(birthday_text(kept)) == kept


def test_who_asked_for_no_more_messages_is_not_written_to(people):
    with people.reader() as session:
        hind, reem = find_customers(session, "هند")[0], find_customers(session, "ريم")[0]
    assert may_write_to(stored(people, hind)) == ""
    assert chat_of(stored(people, hind), "a b") == "https://wa.me/971501234567?text=a%20b"
    people.run("Stop", service.stop_messages, [hind, reem], "said so", 1_500_000_000)
    assert "2017" in bidi.strip(may_write_to(stored(people, hind)))
    with pytest.raises(Invalid):
        chat_of(stored(people, hind))
    people.run("Consent", service.give_consent, [hind], "on paper")
    assert may_write_to(stored(people, hind)), "a consent to many at once takes no word back"
    people.run("Resume", service.resume_messages, [hind])
    assert may_write_to(stored(people, hind)) == ""
    assert stored(people, hind).consent_how == "on paper"
    people.run("Resume", service.resume_messages, [reem])
    with pytest.raises(Invalid, match="phone number"):
        chat_of(stored(people, reem))


def test_the_last_contact_only_moves_on(people):
    with people.reader() as session:
        hind = find_customers(session, "هند")[0]
    for at in (1_700_000_000, 1_600_000_000):
        people.run("Wrote", service.touch_contact, hind, at)
    assert stored(people, hind).last_contact_at == 1_700_000_000


def test_people_of_a_list(people):
    with people.reader() as session:
        hind = find_customers(session, "هند")[0]
    label = people.run("Label", add_label, "VIP", 7)
    people.run("Put", put_label, hind, label)
    with people.reader() as session:
        (person,) = read_people(session, [hind, 999])
    assert (person.phone, person.labels, person.consent) == ("971501234567", (("VIP", 7),), False)
