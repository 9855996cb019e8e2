"""Conditions on items, as one writes them on the command line."""

import pytest
from sqlalchemy import update

from desktop.data.models import Blob, Picture, Product, ProductText, now
from desktop.services.catalog import add_product, read_products
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.limits import limit
from desktop.services.where import SORTS, VALUES, WORDS, Search, count_terms, find


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
            return [product.name for product in read_products(session, find(session, Search(terms=terms)))]

    return ask


def test_all_conditions_hold_at_once(ask):
    for terms, names in (
        ([], ["حقيبة", "Box", "Tea", "Late", "Soon"]),
        (["all"], ["حقيبة", "Box", "Tea", "Late", "Soon"]),
        (["on-sale"], ["حقيبة"]),
        (["hidden"], ["Box"]),
        (["shown", "no-price"], ["Tea"]),
        (["out-of-stock"], ["Tea"]),
        (["in-stock", "no-picture", "collection=هدايا ramadan"], ["Soon", "حقيبة", "Box"]),
        ([" Collection = هداىا RAMADAN ", "shown"], ["Soon", "حقيبة"]),
        (["code=BAG"], ["حقيبة"]),
        (["code=bag"], []),
        (["search=tea"], ["Tea"]),
        (["search=حقيبه", "hidden"], []),
        (["sale-ended"], ["Late"]),
        (["no-code", "no-brand", "no-description", "no-link"], ["Tea", "Late", "Soon"]),
        (["unchanged-year"], []),
        (["small-picture"], []),
        (["no-translation"], []),
    ):
        assert ask(*terms) == names, terms


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("term", ["", "sale", "collection", "collection=", "all=x", "=", "search=", "drop table"])
def test_what_means_nothing_is_told_with_what_does(ask, term):
    with pytest.raises(Invalid) as told:
        ask(term)
    assert told.value.field == "where"
    for known in (*WORDS, *VALUES, "search"):
        assert known in told.value.message


def test_a_number_that_no_collection_has_is_a_name(ask):
    with pytest.raises(Invalid, match="no collection called"):
        ask(f"collection=#{'9' * 5000}")


@pytest.mark.on("sqlite")
def test_a_collection_that_is_not_there_is_told_with_those_that_are(ask):
    with pytest.raises(Invalid, match=r"no collection called .*Bags.* There are: .*هدايا Ramadan"):
        ask("collection=Bags")


def test_of_several_collections_one_is_enough(both):
    def fill(session):
        items = [add_product(session, name, hidden=name == "D") for name in "ABCD"]
        places = [add_collection(session, name) for name in ("One", "Two", "#1")]
        put_into(session, items[0], places[0])
        put_into(session, items[1], places[1])
        put_into(session, items[3], places[1])
        return items, places

    items, places = both.run("Fill", fill)
    with both.reader() as session:
        assert find(session, Search(terms=("collection=one", f"collection=#{places[1]}", "shown"))) == items[:2]
        assert find(session, Search(terms=("collection=#1",))) == items[:1]  # the window's way to say it is for ids
        assert find(session, Search(terms=("collection=#999",))) == []
        terms = [f"collection=#{places[1]}", "collection=Two", "collection=#999", "hidden", "no-picture", "hidden"]
        assert count_terms(session, terms) == dict(zip(terms[:5], [2, 2, 0, 1, 4], strict=True))
        assert count_terms(session, []) == {}


def test_what_needs_attention(both):
    def fill(session):
        long = limit("catalog.name")
        names = ["Cake 9", "cake 09", "Kéks", "x" * long, "ي" * (long + 1), "Old"]
        items = [add_product(session, name, code=f"C-{i}") for i, name in enumerate(names)]
        session.execute(update(Product).where(Product.id.in_(items[1:3])).values(code="C-9"))
        session.execute(update(Product).where(Product.id == items[5]).values(changed_at=now() - 366 * 86_400))
        for place, (item, width, height) in enumerate([(0, 499, 900), (0, 900, 900), (1, 900, 900), (1, 100, 100)]):
            blob = Blob(sha256=str(place), data=b"", thumbnail=b"", format="png", width=width, height=height)
            session.add(blob)
            session.flush()
            session.add(Picture(product_id=items[item], sha256=str(place), position=str(place)))
        session.add(ProductText(product_id=items[0], language="ar", name="كعكة"))
        session.add(ProductText(product_id=items[1], language="ar", description="no name yet"))
        session.add(ProductText(product_id=items[0], language="fr"))
        return items

    items = both.run("Fill", fill)
    expected = {
        "small-picture": [0],  # by the first of its pictures
        "duplicate-code": [1, 2],
        "duplicate-name": [0, 1],
        "long-text": [4],
        "unchanged-year": [5],
        "no-translation": [1, 2, 3, 4, 5],
        "no-picture": [2, 3, 4, 5],
    }
    with both.reader() as session:
        found = {term: [items.index(item) for item in find(session, Search(terms=(term,)))] for term in expected}
        assert found == expected
        assert count_terms(session, expected) == {term: len(places) for term, places in expected.items()}


def test_orders(both):
    def fill(session):
        prices = {"b": (500, None), "a": (None, None), "c": (900, 400), "d": (100, None)}
        items = {name: add_product(session, name, price=p, sale_price=s) for name, (p, s) in prices.items()}
        session.get(Product, items["b"]).sale_price, session.get(Product, items["b"]).sale_ends = 1, now() - 60
        return items  # the sale of b is over

    items = both.run("Fill", fill)
    letters = {item: name for name, item in items.items()}

    def touch(session):
        session.execute(update(Product).where(Product.id == items["a"]).values(changed_at=now() + 60))

    both.run("Touch", touch)
    expected = {"": "bacd", "name": "abcd", "price": "dcba", "price-down": "bcda", "newest": "dcab", "changed": "adcb"}
    with both.reader() as session:
        for sort, order in expected.items():
            assert "".join(letters[item] for item in find(session, Search(sort=sort))) == order
        assert "".join(letters[item] for item in find(session, Search(sort="price"), 2)) == "dc"
    assert set(expected) == set(SORTS)


def test_one_collection_has_its_own_order(both):
    items = [both.run("Add", add_product, name) for name in ("A", "B", "C")]
    bags, sale = (both.run("Add", add_collection, name) for name in ("Bags", "Sale"))
    for item in reversed(items):
        both.run("Put", put_into, item, bags)
    both.run("Put", put_into, items[1], sale)
    with both.reader() as session:
        assert find(session, Search(terms=("collection=bags",))) == items[::-1]
        assert find(session, Search(terms=(f"collection=#{bags}", "shown"))) == items[::-1]
        assert find(session, Search(terms=("collection=bags", "collection=sale"))) == items
        assert find(session, Search(terms=("collection=bags",), sort="name")) == items
        assert find(session, Search("a", ("collection=bags",))) == [items[0]]
