"""Searching from the command line, as scripts rely on it."""

import json

import pytest

from desktop.data.database import Database
from desktop.services.customers import add_customer
from desktop.services.labels import add_label, put_label


def found(result):
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


@pytest.mark.parametrize("query", ["حقيبه", "حَقيبَة", "حقيبة جلد", "bag-1", "BAG"])
def test_an_item_in_any_spelling(dukkan, gifts, query):
    first, *_ = found(dukkan("find", gifts, "catalog", query, "--json"))
    assert isinstance(first.pop("id"), int)
    assert first == {
        "code": "BAG-1",
        "name": "حقيبة جلد",
        "price": "75.50",
        "sale_price": "60",
        "currency": "AED",
        "hidden": False,
        "available": True,
    }


def test_the_best_comes_first_and_no_more_than_wanted(dukkan, gifts):
    names = [each["name"] for each in found(dukkan("find", gifts, "catalog", "ع", "--json"))]
    assert names == ["عطر العود", "قهوة عربية"]
    assert len(found(dukkan("find", gifts, "catalog", "ع", "--limit", "1", "--json"))) == 1


def test_words_need_no_quotes(dukkan, gifts):
    assert [each["code"] for each in found(dukkan("find", gifts, "catalog", "عربيه", "قهوه", "--json"))] == ["COF"]


def test_what_has_no_price_and_what_is_hidden(dukkan, gifts):
    (box,) = found(dukkan("find", gifts, "catalog", "box", "--json"))
    assert (box["price"], box["sale_price"], box["hidden"], box["code"]) == (None, None, True, "")


def test_lines_for_people_are_lines(dukkan, gifts):
    assert dukkan("find", gifts, "catalog", "حقيبة").out == "BAG-1\tحقيبة جلد\t75.50 AED\n"
    assert dukkan("find", gifts, "replies", "thanks").out == "thanks\t/thanks\tشكراً لك! نورتنا\n"


def test_a_reply(dukkan, gifts):
    (reply,) = found(dukkan("find", gifts, "replies", "/thanks", "--json"))
    assert reply.pop("id") > 0
    assert reply == {"code": "thanks", "name": "/thanks", "text": "شكراً لك!\nنورتنا"}
    assert [each["code"] for each in found(dukkan("find", gifts, "replies", "يوم", "--json"))] == ["توصيل"]
    assert len(found(dukkan("find", gifts, "replies", "", "--limit", "1", "--json"))) == 1


@pytest.mark.parametrize("where", ["catalog", "replies"])
def test_nothing_is_an_answer_too(dukkan, gifts, where):
    assert found(dukkan("find", gifts, where, "xyzzy", "--json")) == []
    assert dukkan("find", gifts, where, "xyzzy").out == ""


def test_while_another_has_the_shop_open(dukkan, held):
    assert len(found(dukkan("find", held, "catalog", "OUD", "--json"))) == 1


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--where", "hidden"], [""]),
        (["75.5"], ["BAG-1"]),
        (["--where", "on-sale", "--where", "shown", "--json", "حقيبه"], ["BAG-1"]),
        (["حقيبه", "--where", "hidden"], []),
        (["--sort", "price-down", "--limit", "1"], ["OUD"]),
    ],
)
def test_conditions_and_orders(dukkan, gifts, arguments, codes):
    assert [each["code"] for each in found(dukkan("find", gifts, "catalog", *arguments, "--json"))] == codes


def test_what_cannot_be_looked_for_is_told(dukkan, gifts):
    nonsense = dukkan("find", gifts, "catalog", "--where", "nonsense", "--json")
    assert (nonsense.code, "duplicate-code" in nonsense.err) == (65, True)
    for arguments in (["catalog"], ["replies", "thanks", "--where", "hidden"], ["catalog", "bag", "--sort", "luck"]):
        assert dukkan("find", gifts, *arguments).code == 2


def test_customers_by_number_and_by_condition(dukkan, gifts):
    shop = Database(gifts)
    shop.run("Add", add_customer, "Noura", "+971501234567", username="noura", consent_at=5)
    shop.run("Add", add_customer, "Badr", stopped_at=9, last_contact_at=7)
    shop.run("Put", put_label, 1, shop.run("Add", add_label, "VIP"))
    shop.close()
    (noura,) = found(dukkan("find", gifts, "customers", "050", "123 45", "--json"))
    assert noura == {
        "id": 1,
        "name": "Noura",
        "phone": "971501234567",
        "username": "noura",
        "company": "",
        "labels": ["VIP"],
        "consent": True,
        "stopped": False,
        "last_contact": None,
    }
    (badr,) = found(dukkan("find", gifts, "customers", "--where", "stopped", "--json"))
    assert (badr["name"], badr["last_contact"]) == ("Badr", 7)
    assert dukkan("find", gifts, "customers", "noura").out == "971501234567\tNoura\tVIP\n"
    assert dukkan("find", gifts, "customers", "--where", "hidden").code == 65
    assert dukkan("find", gifts, "customers", "x", "--sort", "price").code == 2
    names = [one["name"] for one in found(dukkan("find", gifts, "customers", "--sort", "contact", "--json"))]
    assert names == ["Badr", "Noura"]
