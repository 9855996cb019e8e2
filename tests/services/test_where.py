"""Conditions on items, as one writes them on the command line."""

import pytest

from desktop.data.models import now
from desktop.services.catalog import add_product, read_products
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.where import VALUES, WORDS, find_where


@pytest.fixture
def ask(both):
    """A function that returns the names of what is found in a small catalog."""

    def fill(session):
        bag = add_product(session, "حقيبة", code="BAG", price=900, sale_price=800)
        box = add_product(session, "Box", code="BOX", price=500, hidden=True)
        tea = add_product(session, "Tea", availability="out of stock")
        late = add_product(session, "Late", price=5, sale_price=4, sale_starts=now() - 90, sale_ends=now() - 60)
        soon = add_product(session, "Soon", price=5, sale_price=4, sale_starts=now() + 600)
        gifts = add_collection(session, "هدايا Ramadan")
        for item in (soon, bag, box):
            put_into(session, item, gifts)
        return [bag, box, tea, late, soon]

    both.run("Fill", fill)

    def ask(*terms):
        with both.reader() as session:
            return [product.name for product in read_products(session, find_where(session, terms))]

    return ask


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ([], ["حقيبة", "Box", "Tea", "Late", "Soon"]),
        (["all"], ["حقيبة", "Box", "Tea", "Late", "Soon"]),
        (["on-sale"], ["حقيبة"]),
        (["hidden"], ["Box"]),
        (["shown", "no-price"], ["Tea"]),
        (["out-of-stock"], ["Tea"]),
        (["in-stock", "no-picture", "collection=هدايا ramadan"], ["حقيبة", "Box", "Soon"]),
        ([" Collection = هداىا RAMADAN ", "shown"], ["حقيبة", "Soon"]),
        (["code=BAG"], ["حقيبة"]),
        (["code=bag"], []),
        (["search=tea"], ["Tea"]),
        (["search=حقيبه", "hidden"], []),
    ],
)
def test_all_conditions_hold_at_once(ask, terms, names):
    assert ask(*terms) == names


@pytest.mark.parametrize("term", ["", "sale", "collection", "collection=", "all=x", "=", "search=", "drop table"])
def test_what_means_nothing_is_told_with_what_does(ask, term):
    with pytest.raises(Invalid) as told:
        ask(term)
    assert told.value.field == "where"
    for known in (*WORDS, *VALUES, "search"):
        assert known in told.value.message


def test_a_collection_that_is_not_there_is_told_with_those_that_are(ask):
    with pytest.raises(Invalid, match=r"no collection called .*Bags.* There are: .*هدايا Ramadan"):
        ask("collection=Bags")
