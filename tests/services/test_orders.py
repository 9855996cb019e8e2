"""Orders are kept, numbered, summed up, and move the label of who has ordered."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from desktop.data.models import Customer, CustomerLabel, Label, Order, OrderLine, now
from desktop.i18n import N_
from desktop.services import order_lines, order_list, orders
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer, update_customer
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.labels import add_label, labels_of
from desktop.services.order_list import count_states, due_orders, list_orders
from desktop.services.profile import update_profile

T = N_("Add order")


@pytest.fixture
def shop_of(both):
    """A shop in Dubai with labels of orders' states; returns a function that runs an action, and one that reads."""

    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", time_zone="Asia/Dubai", name="Bakery")
        for role in orders.ROLES.values():
            session.get(Label, add_label(session, role)).role = role
        return add_customer(session, "Noura", "0501234567", address="Corniche"), add_product(
            session, "Cake", code="C-1", price=7500
        )

    both.customer, both.product = both.run(T, fill)
    return both


def read(database, fn, *args):
    with database.reader() as session:
        return fn(session, *args)


def labels(database):
    query = select(Label.role).join(CustomerLabel, CustomerLabel.label_id == Label.id)
    return read(database, lambda s: s.scalars(query).all())


def test_numbers_grow_and_are_not_given_twice(shop_of):
    first, second = (shop_of.run(T, orders.add_order) for _ in range(2))
    shop_of.run(N_("Delete order"), orders.remove_orders, [second])
    third = shop_of.run(T, orders.add_order)
    assert [read(shop_of, orders.read_order, i).number for i in (first, third)] == [1, 3]


def test_a_line_keeps_what_an_item_was_called_and_cost(shop_of):
    order = shop_of.run(T, orders.add_order, [{"product_id": shop_of.product, "quantity": 2}], fee=1000, discount=500)
    shop_of.run(T, order_lines.add_line, order, shop_of.product)
    shop_of.run(T, order_lines.add_line, order, name="Candles", quantity=3)
    found = read(shop_of, orders.read_order, order)
    assert [(line.name, line.quantity, line.price) for line in found.lines] == [("Cake", 3, 7500), ("Candles", 3, None)]
    assert orders.totals(found) == orders.Totals(22500, 23000, 23000, 1)
    shop_of.run(T, orders.update_order, order, found.version, deposit=3000)
    assert orders.totals(read(shop_of, orders.read_order, order)).left == 20000
    shop_of.run(T, orders.set_state, order, None, "paid")
    assert orders.totals(read(shop_of, orders.read_order, order)).left == 0


def test_lines_are_changed_moved_and_removed(shop_of):
    order = shop_of.run(T, orders.add_order, [{"name": "A"}, {"name": "B"}, {"name": "C"}])
    a, b, c = (line.id for line in read(shop_of, orders.read_order, order).lines)
    shop_of.run(T, order_lines.move_lines, order, [c], a)
    shop_of.run(T, order_lines.remove_line, a)
    shop_of.run(T, order_lines.update_line, b, 1, quantity=4, price=150)
    found = read(shop_of, orders.read_order, order).lines
    assert [(line.name, line.quantity, line.price) for line in found] == [("C", 1, None), ("B", 4, 150)]
    with pytest.raises(NotFound):
        shop_of.run(T, order_lines.remove_line, a)
    for wrong in ({"quantity": 0}, {"price": -1}, {"name": " "}):
        with pytest.raises(Invalid):
            shop_of.run(T, order_lines.update_line, b, None, **wrong)


def test_the_label_of_who_ordered_moves_with_the_state(shop_of):
    order = shop_of.run(T, orders.add_order, customer_id=shop_of.customer)
    found = read(shop_of, orders.read_order, order)
    assert (found.name, found.phone, found.address) == ("Noura", "971501234567", "Corniche")
    assert labels(shop_of) == ["new_order"]
    shop_of.run(T, orders.set_state, order, None, "paid")
    assert labels(shop_of) == ["paid"]
    shop_of.undo()
    assert labels(shop_of) == ["new_order"]
    shop_of.run(T, orders.add_order, customer_id=shop_of.customer, state="pending")
    shop_of.run(T, orders.set_state, order, None, "done")
    assert labels(shop_of) == ["pending_payment"], "the order that is not over counts"
    shop_of.run(T, orders.set_states, [order, order + 1], "cancelled")
    assert labels(shop_of) == []


def test_an_order_that_is_given_to_another_takes_its_label_along(shop_of):
    order = shop_of.run(T, orders.add_order, customer_id=shop_of.customer, state="pending")
    other = shop_of.run(T, add_customer, "Sara")

    def seen():
        with shop_of.reader() as session:
            theirs = labels_of(session, [shop_of.customer, other])
        return [[name for name, _colour in theirs.get(person, ())] for person in (shop_of.customer, other)]

    shop_of.run(T, orders.update_order, order, customer_id=other)
    assert seen() == [[], ["pending_payment"]]
    shop_of.undo()
    assert seen() == [["pending_payment"], []]
    shop_of.run(T, orders.add_order, customer_id=shop_of.customer, state="done")
    shop_of.run(T, orders.update_order, order, customer_id=None)
    assert seen() == [["order_complete"], []], "the orders that are left count"


def test_many_orders_go_to_a_state_at_once_and_back(shop_of):
    people = [shop_of.run(T, add_customer, f"Customer {n}") for n in range(3)]
    ids = [shop_of.run(T, orders.add_order, customer_id=person) for person in (*people, people[0])]
    ids.append(shop_of.run(T, orders.add_order))
    shop_of.run(T, orders.set_state, ids[3], None, "paid")
    gone = 9999
    shop_of.run(T, orders.set_states, [*ids[:3], ids[4], gone], "done")

    def seen():
        with shop_of.reader() as session:
            states = [orders.read_order(session, order).state for order in ids]
            theirs = labels_of(session, people)
            return states, [name for person in people for name, _colour in theirs[person]]

    assert seen() == (["done", "done", "done", "paid", "done"], ["paid", "order_complete", "order_complete"])
    shop_of.undo()
    assert seen() == (["new", "new", "new", "paid", "new"], ["paid", "new_order", "new_order"])
    with pytest.raises(Invalid):
        shop_of.run(T, orders.set_states, ids, "nowhere")


def test_a_state_that_another_has_set_meanwhile_is_noticed(shop_of):
    order = shop_of.run(T, orders.add_order)
    version = read(shop_of, orders.read_order, order).version
    shop_of.run(T, orders.set_state, order, version, "paid")
    with pytest.raises(Stale):
        shop_of.run(T, orders.set_state, order, version, "done")
    with pytest.raises(Invalid):
        shop_of.run(T, orders.set_state, order, None, "nowhere")


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("wrong", [{"fee": -1}, {"deposit": 10**15}, {"way": "pigeon"}, {"recipient_phone": "12"}])
def test_what_no_order_can_have_is_said(shop_of, wrong):
    with pytest.raises(Invalid) as refused:
        shop_of.run(T, orders.add_order, **wrong)
    assert refused.value.field == next(iter(wrong))


@pytest.mark.on("sqlite")
def test_a_copy_is_another_order_with_nothing_paid(shop_of):
    order = shop_of.run(T, orders.add_order, [{"product_id": shop_of.product}], deposit=100, due_at=5, card="Joy")
    copy = read(shop_of, orders.read_order, shop_of.run(T, orders.duplicate_order, order))
    assert (copy.number, copy.deposit, copy.due_at, copy.card) == (order + 1, 0, None, "Joy")
    assert [line.price for line in copy.lines] == [7500]


def test_a_customer_is_made_of_a_name_and_a_phone_once(shop_of):
    new, known = (shop_of.run(T, orders.add_order, name="Sara", phone=phone) for phone in ("0507654321", "0501234567"))
    made = shop_of.run(T, orders.make_customer, new)
    assert shop_of.run(T, orders.make_customer, known) == shop_of.customer
    assert read(shop_of, lambda s: s.get(Customer, made).phone) == "971507654321"
    with pytest.raises(Invalid):
        shop_of.run(T, orders.make_customer, shop_of.run(T, orders.add_order))
    shop_of.run(T, update_customer, made, more_phones="0509999999")
    further = shop_of.run(T, orders.add_order, name="Sara", phone="0509999999")
    assert read(shop_of, lambda s: orders.buyer(s, orders.read_order(s, further)).id) == made


def test_deleted_orders_come_back_with_their_lines(shop_of):
    order = shop_of.run(T, orders.add_order, [{"name": "A"}])
    shop_of.run(N_("Delete order"), orders.remove_orders, [order])
    assert not read(shop_of, lambda s: s.scalars(select(OrderLine)).all() + s.scalars(select(Order)).all())
    shop_of.undo()
    assert len(read(shop_of, orders.read_order, order).lines) == 1


def test_an_order_is_found_by_its_number_however_old_it_is(shop_of, monkeypatch):
    monkeypatch.setattr(order_list, "OVER", 2)
    for number in range(12):
        shop_of.run(T, orders.add_order, [{"name": f"Cake {number}"}], state="done")
    assert [face.number for face in read(shop_of, list_orders, "1")] == [1, 12, 11]
    assert [face.number for face in read(shop_of, list_orders, "1", "new")] == []


def test_orders_are_listed_found_and_counted_in_either_database(shop_of):
    for days, state in ((1, "new"), (None, "paid"), (-1, "done")):
        due = None if days is None else now() + days * 86_400
        shop_of.run(T, orders.add_order, [{"name": "Cake"}], name=f"Buyer {days}", due_at=due, state=state)
    assert [face.section for face in read(shop_of, list_orders)] == ["tomorrow", "undated", "over"]
    assert [face.number for face in read(shop_of, list_orders, "buyer", "paid")] == [2]
    day = dt.datetime.fromtimestamp(now() + 86_400, ZoneInfo("Asia/Dubai")).date()
    assert [face.number for face in read(shop_of, list_orders, "", "", day)] == [1]
    assert read(shop_of, count_states, "cake") == {"": 3, "new": 1, "pending": 0, "paid": 1, "done": 1, "cancelled": 0}
    assert read(shop_of, due_orders) == []
