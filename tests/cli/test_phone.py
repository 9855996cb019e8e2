"""`dukkan phone`: what is not on the phone yet, for a script and for a person."""

import json

import pytest

from desktop.data.database import Database
from desktop.i18n import formats
from desktop.services.catalog import remove_products, update_product
from desktop.services.phone_copy import mark_all


def test_everything_is_new_before_the_first_copy(dukkan, gifts):
    result = dukkan("phone", gifts, "--json")
    rows = json.loads(result.out)
    assert result.code == 0
    assert {row["state"] for row in rows} == {"new"}
    assert [set(row) for row in rows] == [{"model", "id", "field", "title", "text", "state"}] * len(rows)
    price = next(row for row in rows if row["field"] == "price" and row["model"] == "product")
    assert (price["id"], price["title"], price["text"]) == (1, "حقيبة جلد: Price", "AED\u00a075.50")


@pytest.fixture
def copied(gifts):
    """The shop with everything on the phone, and then two changes."""
    database = Database(gifts)
    database.run("Mark", mark_all, formats.now())
    database.run("Change", update_product, 1, price=8000)
    database.run("Delete", remove_products, [2])
    database.close()
    return gifts


def test_lists_what_has_changed_since(dukkan, copied):
    rows = json.loads(dukkan("phone", copied, "--json").out)
    assert [(row["model"], row["id"], row["field"], row["state"]) for row in rows] == [
        ("product", 1, "price", "changed"),
        ("product", 2, "", "gone"),
    ]


def test_says_it_in_lines_too(dukkan, copied):
    result = dukkan("phone", copied)
    assert result.code == 0
    assert result.out.splitlines() == ["حقيبة جلد: Price\tAED\u00a080", "عطر العود: Remove it on the phone\t"]
    assert result.err == "2 changes are not on the phone yet\n"


def test_nothing_is_nothing(dukkan, shop):
    assert json.loads(dukkan("phone", shop, "--json").out) == []
    assert dukkan("phone", shop).out == ""
