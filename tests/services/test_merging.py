"""Duplicates are found and merged without losing anything."""

import json

import pytest
from sqlalchemy import select

from desktop.data.models import AutomaticMessage, AutomaticRecipient, Customer, FollowUp, Order, SendEntry, SendList
from desktop.services.customers import add_customer, find_customers, may_write_to, read_customer
from desktop.services.duplicates import find_duplicates
from desktop.services.errors import Invalid, NotFound
from desktop.services.labels import add_label, labels_of, put_label
from desktop.services.merging import best_to_keep, duplicates_of, merge_customers, preview_merge
from desktop.services.profile import update_profile


def fill(session):
    update_profile(session, None, territory="AE", currency="AED", time_zone="Asia/Dubai")
    add_customer(session, "Noura", "0501234567", email="n@example.com", note="likes blue", address="Dubai")
    add_customer(session, "Noura Ali", "0507654321", more_phones="0501234567", birthday="14/5", username="noura",
                 note="likes blue", stopped_at=90, stopped_how="by voice", address="Sharjah")  # fmt: skip
    add_customer(session, "Umm Ali", "0507654321", email="u@example.com", language="ar", saved=True, last_contact_at=7)
    add_customer(session, "Reem", "0504444444")
    vip, paid = add_label(session, "VIP", 1), add_label(session, "Paid", 2)
    put_label(session, 1, vip)
    put_label(session, 2, vip)
    put_label(session, 3, paid)
    session.add(Order(number=1, customer_id=3, state="paid"))
    session.add(FollowUp(customer_id=2, due_at=5))
    session.add_all([SendList(name="a"), SendList(name="b"), AutomaticMessage(kind="away")])
    session.flush()
    for row, state in ((1, ""), (2, "opened"), (3, "skipped")):
        session.add(SendEntry(list_id=1, customer_id=row, state=state, text=f"to {row}"))
    session.add(SendEntry(list_id=2, customer_id=3))
    session.add_all(
        [AutomaticRecipient(automatic_id=1, customer_id=2), AutomaticRecipient(automatic_id=1, customer_id=3)]
    )
    session.get(Customer, 1).extra = json.dumps({"TITLE": "Ms", "X": "1"})
    session.get(Customer, 2).extra = json.dumps({"TITLE": "Dr\nMs", "Y": "2"})


@pytest.fixture
def shop(both):
    both.run("Fill", fill)
    return both


def test_the_same_number_is_found_wherever_it_is_kept(shop):
    with shop.reader() as session:
        assert find_duplicates(session) == [[1, 2, 3]]
        assert duplicates_of(session, 1) == [2]
        assert duplicates_of(session, 2) == [1, 3]
        assert duplicates_of(session, 4) == duplicates_of(session, 99) == []
        assert best_to_keep(session, [1, 2, 3]) == 2


def test_nothing_is_lost(shop):
    with shop.reader() as session:
        seen = preview_merge(session, [1, 2, 3], 1)
        before = [read_customer(session, one) for one in (1, 2, 3)]
    assert shop.run("Merge", merge_customers, [1, 2, 3], 1) == 3
    with shop.reader() as session:
        kept = read_customer(session, 1)
        for name, value in seen.values.items():
            assert getattr(kept, name) == value
        assert (kept.name, kept.phone, kept.more_phones) == ("Noura", "971501234567", "971507654321")
        assert (kept.email, kept.more_emails) == ("n@example.com", "u@example.com")
        assert (kept.username, kept.birthday, kept.language, kept.saved) == ("noura", "--05-14", "ar", True)
        assert kept.note == "likes blue\n\nAlso called Noura Ali\nAlso called Umm Ali\nAnother address: Sharjah"
        assert (kept.stopped_at, kept.stopped_how, kept.last_contact_at) == (90, "by voice", 7)
        assert may_write_to(kept)
        assert json.loads(kept.extra) == {"TITLE": "Ms\nDr", "X": "1", "Y": "2"}
        assert labels_of(session, [1])[1] == seen.labels == [("VIP", 1), ("Paid", 2)]
        assert (seen.orders, seen.follow_ups) == (1, 1)
        for model in (Order, FollowUp, AutomaticRecipient):
            assert session.scalars(select(model.customer_id)).all() == [1]
        entries = session.execute(select(SendEntry.list_id, SendEntry.customer_id, SendEntry.state, SendEntry.text))
        assert sorted(map(tuple, entries)) == [(1, 1, "opened", "to 2"), (2, 1, "", "")]
        assert find_customers(session, "umm ali 050 765 4321") == [1]
        assert find_customers(session) == [1, 4]
    shop.undo()
    with shop.reader() as session:
        after = [read_customer(session, one) for one in (1, 2, 3)]
        assert [(one.name, one.phone, one.note) for one in after] == [(one.name, one.phone, one.note) for one in before]
        assert len(session.scalars(select(SendEntry.id)).all()) == 4


def test_of_one_alone_or_of_who_is_gone_nothing_is_made(shop):
    with pytest.raises(Invalid):
        shop.run("Merge", merge_customers, [1], 1)
    with pytest.raises(NotFound):
        shop.run("Merge", merge_customers, [1, 2], 99)
    with shop.reader() as session, pytest.raises(NotFound):
        best_to_keep(session, [98, 99])
