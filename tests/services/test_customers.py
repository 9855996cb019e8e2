"""Customers, on both databases."""

import pytest

from desktop.services.customers import add_customer, find_customers
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile


@pytest.fixture
def people(both):
    both.run("Home", update_profile, None, territory="AE", currency="AED")
    both.run("Add", add_customer, "هند الفلاسي", "050 123 4567", note="30 علبة")
    both.run("Add", add_customer, "Ana  Fernandes", "+971 50 765 4321", username="ana.f")
    both.run("Add", add_customer, "ريم")
    return both


def found(database, typed=""):
    with database.reader() as session:
        return [person.name for person in find_customers(session, typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Ana Fernandes", "ريم", "هند الفلاسي"]),
        ("هند", ["هند الفلاسي"]),
        ("الفلاسى", ["هند الفلاسي"]),
        ("0501", []),
        ("501234", ["هند الفلاسي"]),
        ("٥٠١٢٣", ["هند الفلاسي"]),
        ("+97150", ["Ana Fernandes", "هند الفلاسي"]),
        ("ana.f", ["Ana Fernandes"]),
        ("علبه 30", ["هند الفلاسي"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_search(people, typed, names):
    assert found(people, typed) == names


def test_a_customer_may_have_no_phone_and_no_name_but_not_neither(people):
    people.run("Add", add_customer, "", "", username="noor")
    people.run("Add", add_customer, "", "0509999999")
    with pytest.raises(Invalid) as caught:
        people.run("Add", add_customer, "  ")
    assert caught.value.field == "name"
    assert len(found(people)) == 5


def test_a_phone_is_kept_as_digits_with_its_country(people):
    with people.reader() as session:
        assert {person.phone for person in find_customers(session)} == {"971501234567", "971507654321", ""}
    with pytest.raises(Invalid) as caught:
        people.run("Add", add_customer, "Nobody", "12")
    assert caught.value.field == "phone"


def test_no_more_than_asked_for(people):
    with people.reader() as session:
        assert len(find_customers(session, limit=2)) == 2
