"""Labels, on both databases."""

import pytest
from sqlalchemy import select

from desktop.data.models import CustomerLabel
from desktop.services.customers import add_customer
from desktop.services.errors import Invalid
from desktop.services.labels import COLOURS, add_label, list_labels, put_label


def test_they_stand_in_the_owners_order(both):
    for name, colour in (("Paid", 3), (" New \n order ", COLOURS + 1)):
        both.run("Add", add_label, name, colour)
    with both.reader() as session:
        assert [(label.name, label.colour) for label in list_labels(session)] == [("Paid", 3), ("New order", 1)]


def test_it_needs_a_name(both):
    with pytest.raises(Invalid) as caught:
        both.run("Add", add_label, " ")
    assert caught.value.field == "name"


def test_it_is_put_on_a_customer_once(both):
    label = both.run("Add", add_label, "Paid")
    customer = both.run("Add", add_customer, "ريم")
    both.run("Put", put_label, customer, label)
    both.run("Put", put_label, customer, label)
    with both.reader() as session:
        assert len(list(session.scalars(select(CustomerLabel)))) == 1
