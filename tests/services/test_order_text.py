"""An order in the words of the customer's language."""

import pytest

from desktop.services.errors import Invalid
from desktop.services.order_text import Line, Order, order_text

BAG = Line("Canvas bag", 2, 6000, "M, red")


def said(order, language="en"):
    return order_text(order, language).replace("\xa0", " ")


def test_all_of_it_in_english():
    order = Order([BAG, Line("Mug", 1, 2550)], "AED", "Bayt", "Noura", delivery=1500, deposit=5000, note="By 5 pm")
    assert said(order) == (
        "Hello Noura,\n*Your order from Bayt*\n\n"
        "2 × Canvas bag (M, red): AED 120\n1 × Mug: AED 25.50\n\n"
        "Delivery: AED 15\n*Total: AED 160.50*\nDeposit: AED 50\n*Left to pay: AED 110.50*\n\n"
        "Note: By 5 pm"
    )


def test_amounts_are_in_the_language_of_the_customer():
    assert "120 د.إ" in said(Order([BAG], "AED"), "ar")


def test_only_what_is_known_is_said():
    assert said(Order([Line("Cake")], "AED")) == "*Your order*\n\n1 × Cake"
    assert said(Order([BAG, Line("Cake")], "AED", deposit=500)).endswith("1 × Cake\n\nDeposit: AED 5")
    assert "Delivery: free" in said(Order([BAG], "AED", delivery=0))


def test_what_is_typed_breaks_neither_marks_nor_lines():
    text = said(Order([Line("a\n*b*\u202e", 1, 100)], "AED", "*Shop*\n\0", note="line\nanother"))
    assert text.startswith("*Your order from Shop*\n\n1 × a *b*: AED 1\n\n")
    assert text.endswith("Note: line\nanother")


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order([], "AED"), "lines"),
        (Order([Line("x", 0)], "AED"), "quantity"),
        (Order([BAG], "AED", deposit=12001), "deposit"),
    ],
)
def test_what_cannot_be_is_told(order, field):
    with pytest.raises(Invalid) as caught:
        order_text(order, "en")
    assert caught.value.field == field
