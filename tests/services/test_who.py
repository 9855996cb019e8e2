"""The vocabulary that chooses customers."""

import datetime as dt

import pytest

from desktop.data.many import insert_rows
from desktop.data.models import Customer, FollowUp, Order, now
from desktop.data.search import FEW
from desktop.services import who
from desktop.services.customers import add_customer, customer_keys, find_customers, read_customers
from desktop.services.errors import Invalid
from desktop.services.labels import add_label, put_label
from desktop.services.profile import update_profile
from desktop.services.terms import Search
from desktop.services.who import count_terms, find, find_first

DAY = 24 * 60 * 60


def fill(session):
    update_profile(session, None, territory="AE", currency="AED", time_zone="Asia/Dubai")
    month = dt.datetime.fromtimestamp(now(), dt.UTC).month
    add_customer(session, "Asma", "0501234567", consent_at=1, saved=True, birthday=f"1/{month}", language="ar")
    add_customer(session, "Badr", "0501234567", last_contact_at=now() - 40 * DAY)
    add_customer(session, "Celine", username="celine", stopped_at=5, consent_at=4, last_contact_at=now())
    add_customer(session, "Dina", "0507654321", more_phones="+971501234567\n+971504444444")
    add_customer(session, "Emad", "0504444444")
    vip, paid = add_label(session, "VIP", 1), add_label(session, "Paid", 2)
    put_label(session, 1, vip)
    put_label(session, 2, paid)
    session.add(FollowUp(customer_id=1, due_at=now() - 5))
    session.add(FollowUp(customer_id=2, due_at=now() - 5, done_at=now()))
    session.add(FollowUp(customer_id=4, due_at=now() + 3 * DAY))
    session.add(Order(number=1, customer_id=4, state="paid", due_at=now()))
    session.add(Order(number=2, customer_id=5, state="done", due_at=now()))
    session.add(Order(number=3, customer_id=3, state="new"))


@pytest.fixture
def people(both):
    both.run("Fill", fill)
    return both


MEANT = {
    "all": "ABCDE",
    "label=vip": "A",
    "label=#1": "A",
    "no-label": "CDE",
    "consent": "A",
    "no-consent": "BDE",
    "stopped": "C",
    "not-stopped": "ABDE",
    "due": "AD",
    "open-order": "CD",
    "no-phone": "C",
    "no-name": "",
    "no-language": "BCDE",
    "saved": "A",
    "not-saved": "BCDE",
    "birthday-month": "A",
    "birthday=13x": None,
    "quiet-30": "B",
    "quiet-60": "",
    "quiet=39": "B",
    "quiet=soon": None,
    "no-contact": "ADE",
    "duplicate": "ABDE",
    "language=AR": "A",
    "label=nobody": None,
    "hidden": None,
}


def test_a_number_that_nothing_holds_means_nothing(people):
    with people.reader() as session:
        for term in ("label=#", "quiet=", "birthday="):
            with pytest.raises(Invalid):
                who.find(session, Search("", (term + "9" * 5000,)))


def test_each_term(people):
    with people.reader() as session:
        for term, names in MEANT.items():
            if names is None:
                with pytest.raises(Invalid) as caught:
                    find_customers(session, "", [term])
                assert caught.value.field == "where", term
                continue
            ids = find_customers(session, "", [term])
            assert "".join(one.name[0] for one in read_customers(session, ids)) == names, term
            assert count_terms(session, [term]) == {term: len(names)} or term == "label=vip"


def test_terms_join_and_of_labels_one_is_enough(people):
    with people.reader() as session:
        assert find_customers(session, "", ["label=vip", "label=paid"]) == [1, 2]
        assert find_customers(session, "", ["label=vip", "label=paid", "saved"]) == [1]
        assert find_customers(session, "badr", ["search=050"]) == [2]


def test_every_word_is_a_term(people):
    with people.reader() as session:
        counts = count_terms(session, who.WORDS)
        assert counts == {term: len(find(session, Search("", (term,)))) for term in who.WORDS}


def test_orders(people):
    with people.reader() as session:
        assert find(session, Search(sort="contact"))[:2] == [3, 2]
        assert find(session, Search(sort="contact-old"))[:2] == [2, 3]
        assert find(session, Search(sort="newest")) == [5, 4, 3, 2, 1]
        for sort in who.SORTS:
            assert len(find(session, Search(sort=sort))) == 5
            assert find_first(session, Search(sort=sort), 9) in (None, find(session, Search(sort=sort)))


def test_a_birthday_is_told_by_its_month_alone(people):
    people.run("Change", lambda session: session.add(Customer(name="F", birthday="1990-12-05")))
    with people.reader() as session:
        assert find(session, Search("", ("birthday=12",)))[-1] == 6
        assert 6 not in find(session, Search("", ("birthday=5",)))


def test_of_very_many_those_who_begin_so_come_first(both):
    """More than are sorted one by one, in a shop of which the index says so."""

    def many(session):
        rows = []
        for i in range(FEW + 500):
            values = {"name": f"{'Zed' if i % 9 else 'Noura'} {i}", "note": "noura said hello", "phone": f"97150{i:07}"}
            values["company"] = "Zayed Trading" if i % 9 else "Mina Foods"
            search_key, sort_key = customer_keys(values)
            rows.append({**values, "search_key": search_key, "sort_key": sort_key})
        insert_rows(session, Customer, rows)

    both.run("Home", update_profile, None, territory="AE")
    both.run("Fill", many)
    with both.reader() as session:
        first = find_first(session, Search("noura"), 40)
        assert [one.name for one in read_customers(session, first)] == [f"Noura {i}" for i in range(0, 360, 9)]
        assert len(find(session, Search("noura"))) == FEW + 500
        (seven,) = read_customers(session, find_first(session, Search("050 000 0007"), 40))
        assert seven.name == "Zed 7"
        late = read_customers(session, find_first(session, Search("zayed trading"), 40))  # behind all who are Noura
        assert [one.name for one in late] == [f"Zed {i}" for i in range(46) if i % 9]
        assert len(find(session, Search("050 000 00"))) == 100
