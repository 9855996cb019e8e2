"""Labels, on both databases."""

import pytest
from sqlalchemy import select

from desktop.data.models import CustomerLabel, Label, PhoneCopy
from desktop.i18n import colours, speaking
from desktop.services.customers import add_customer
from desktop.services.errors import Invalid, NotFound
from desktop.services.labels import (
    FIRST_LABELS,
    OFFERED,
    ROLES,
    add_first_labels,
    add_label,
    find_label,
    label_named,
    labels_among,
    labels_named,
    labels_of,
    list_labels,
    merge_labels,
    missing_labels,
    move_labels,
    offer_labels,
    put_label,
    put_labels,
    read_tags,
    remove_labels,
    set_board,
    state_label,
    take_labels,
    update_label,
)
from desktop.services.limits import limit, measure


@pytest.fixture
def people(both):
    """The ids of three customers."""
    return [both.run("Add", add_customer, name) for name in ("Huda", "Omar", "ريم")]


def add(both, *names):
    return [both.run("Add", add_label, name) for name in names]


def tags(both):
    with both.reader() as session:
        return {tag.name: tag for tag in read_tags(session)}


def put(both):
    """Return which customer has which label, as often as the rows say."""
    with both.reader() as session:
        return sorted(map(tuple, session.execute(select(CustomerLabel.customer_id, CustomerLabel.label_id))))


def test_they_stand_in_the_owners_order(both):
    for name, colour in (("Paid", 3), (" New \n order ", colours.COUNT + 1)):
        both.run("Add", add_label, name, colour)
    with both.reader() as session:
        assert [(label.name, label.colour) for label in list_labels(session)] == [("Paid", 3), ("New order", 1)]
    both.run("Move", move_labels, [2], 1)
    assert list(tags(both)) == ["New order", "Paid"]


def test_it_needs_a_name_of_its_own_however_it_is_written(database):
    add(database, "أحمد")
    with pytest.raises(Invalid) as caught:
        database.run("Add", add_label, " ")
    assert caught.value.field == "name"
    for name in ("احمد", " أحمد "):
        with pytest.raises(Invalid):
            database.run("Add", add_label, name)
    database.run("Rename", update_label, 1, name="احمد")  # it may be called what it is called


def test_a_name_is_measured_and_kept_whole(database):
    add(database, "x" * 61)
    assert len(next(iter(tags(database)))) == 61
    assert measure("label.name", "x" * 61).state == "over"


def test_a_new_one_has_a_colour_that_is_least_used(database):
    add(database, *(f"L{n}" for n in range(colours.COUNT)))
    assert sorted(tag.colour for tag in tags(database).values()) == list(range(colours.COUNT))


def test_customers_are_counted_and_none_counts_as_none(both, people):
    paid, _new = add(both, "Paid", "New")
    both.run("Put", put_labels, people, [paid])
    assert [(tag.name, tag.customers) for tag in tags(both).values()] == [("Paid", 3), ("New", 0)]


def test_it_is_put_on_a_customer_once_and_taken_off(both, people):
    paid, new = add(both, "Paid", "New")
    both.run("Put", put_label, people[0], paid)
    assert both.run("Put", put_labels, people, [paid, new, paid]) == 5
    assert len(put(both)) == 6
    with both.reader() as session:
        assert labels_of(session, people[:1]) == {people[0]: [("Paid", 0), ("New", 1)]}
        assert labels_among(session, people) == {paid: 3, new: 3}
    assert both.run("Take", take_labels, people[1:], [paid]) == 2
    both.undo()
    assert len(put(both)) == 6
    assert both.run("Put", put_labels, [999], [paid]) == 0  # somebody who is gone
    with pytest.raises(NotFound):
        both.run("Put", put_labels, people, [999])


def test_merging_gives_everybody_the_one_that_is_kept_once(both, people):
    a, b, kept = add(both, "Gold", "Silver", "VIP")
    both.run("Put", put_labels, people[:2], [a, b])
    both.run("Put", put_labels, people[1:], [kept])
    before = put(both)
    both.run("Merge", merge_labels, [a, b, kept], kept)
    assert put(both) == [(person, kept) for person in people]
    assert list(tags(both)) == ["VIP"]
    both.undo()
    assert (put(both), list(tags(both))) == (before, ["Gold", "Silver", "VIP"])


def test_what_an_order_moves_survives_its_merging_and_renaming(database):
    database.run("Add", add_first_labels)
    with database.reader() as session:
        paid = state_label(session, "paid")
    database.run("Rename", update_label, paid, name="Money is here")
    own = add(database, "Cash")[0]
    database.run("Merge", merge_labels, [paid], own)
    with database.reader() as session:
        assert state_label(session, "paid") == own
        assert state_label(session, "new_order") != own
        assert session.get(Label, own).on_board


def test_one_that_is_deleted_comes_back_with_its_customers(both, people):
    paid = add(both, "Paid")[0]
    both.run("Put", put_labels, people, [paid])
    both.run("Delete", remove_labels, [paid])
    assert put(both) == []
    both.undo()
    assert len(put(both)) == 3


def test_a_shop_begins_with_the_phones_five_and_one_more(database):
    assert database.run("Add", add_first_labels) == len(FIRST_LABELS) == len(ROLES) + 1
    assert database.run("Add", add_first_labels) == 0
    found = list(tags(database).values())
    assert [tag.role for tag in found] == [*ROLES, ""]
    assert [tag.role for tag in found if tag.on_board] == [*ROLES[1:]]
    database.run("Delete", remove_labels, [found[1].id])
    with database.reader() as session:
        assert missing_labels(session) == ["New order"]


def test_a_shop_from_before_there_were_roles_is_understood_in_either_language(database):
    with speaking("ar"):
        words = missing_labels_of(database)
    old = add(database, *words)
    with database.reader() as session:
        assert [state_label(session, role) for role in ROLES] == old[: len(ROLES)]
        assert state_label(session, "no such role") is None
    with speaking("ar"):
        assert database.run("Add", add_first_labels) == 0
    assert [tag.role for tag in tags(database).values()] == [*ROLES, ""]


def missing_labels_of(database):
    with database.reader() as session:
        return missing_labels(session)


def test_the_phone_has_room_for_twenty_and_those_that_are_there_stay(database):
    room = limit("label.labels")
    ids = add(database, *(f"L{n}" for n in range(room + 2)))
    assert [tag.fits for tag in tags(database).values()] == [True] * room + [False] * 2

    def copy(session):
        session.add(PhoneCopy(model="label", row_id=ids[-1], field="name", text="x", at=1))

    database.run("Copy", copy)
    assert [tag.fits for tag in tags(database).values()] == [True] * (room - 1) + [False] * 2 + [True]


def test_names_of_a_file_are_found_or_made_all_at_once(both):
    paid = add(both, "Paid")[0]
    found = both.run("Import", labels_named, ["paid", "Café", "cafe", " ", *(f"n{i}" for i in range(3_000))])
    assert (found["paid"], found["Café"] == found["cafe"], len(tags(both))) == (paid, True, 3_002)
    assert " " not in found
    with both.reader() as session:
        assert find_label(session, "CAFÉ") == found["Café"]
        with pytest.raises(NotFound):
            find_label(session, "nobody")
    assert both.run("Find", label_named, "PAID") == paid


def test_the_owner_chooses_the_columns_of_the_board(database):
    a, b = add(database, "A", "B")
    database.run("Choose", set_board, {a, b})
    database.run("Choose", set_board, {b})
    assert [tag.on_board for tag in tags(database).values()] == [False, True]


def test_a_menu_offers_a_few_and_those_that_are_meant_first(both):
    ids = list(both.run("Import", labels_named, [f"n{i}" for i in range(100)]).values())
    with both.reader() as session:
        offered, more = offer_labels(session, {ids[99]})
        assert ([label.id for label in offered], more) == ([*ids[: OFFERED - 1], ids[99]], 100 - OFFERED)
        assert [label.id for label in list_labels(session, {ids[7], ids[3]})] == [ids[3], ids[7]]
        assert offer_labels(session, ())[1] == 100 - OFFERED
