"""Questions for a price, in the words in which owners type what they are asked."""

import pytest

from desktop.services.price_question import asked_for


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("سعر الوردة", ["الورده", "ورده", "ورد"]),
        ("كم سِعر علبة الهدايا؟", ["علبه الهدايا", "علبه هدايا", "علب هدايا"]),
        ("بكم للوردة", ["للورده", "ورده", "ورد"]),
        ("price of the Rose box?", ["the rose box", "rose box"]),
        ("How much is rose", ["rose"]),
        ("prices roses", ["roses", "rose"]),
        ("كم الساعات", ["الساعات", "ساعات", "ساع"]),
        ("حقهؤث خب قخسث", ["rose"]),  # with the other layout on
        ("suv hg,v]m", ["الورده", "ورده", "ورد"]),
        ("price", []),
        ("كم؟", []),
        ("priceless rose", []),
        ("rose price of", []),
        ("", []),
    ],
)
def test_the_name_is_what_stands_behind_the_question(typed, names):
    assert asked_for(typed) == names
