"""What is counted of a catalog."""

import datetime as dt

import pytest
from sqlalchemy import update

from desktop.data.models import Product
from desktop.i18n import formats
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile
from desktop.services.statistics import Prices, read_statistics
from desktop.services.where import Search, find


def read(database):
    with database.reader() as session:
        return read_statistics(session)


def test_an_empty_shop_has_nothing_to_count(database):
    found = read(database)
    assert set(found.counts.values()) == {0}
    assert [(shelf.id, shelf.items, shelf.prices) for shelf in found.shelves] == [(None, 0, ())]
    assert len(found.months) == 12
    assert sum(month.items for month in found.months) == 0


def test_prices_are_what_is_paid_now_in_each_currency_and_collection(database, fill):
    database.run("Money", update_profile, None, currency="AED")
    sale = {"price": 900, "sale_price": 100}
    ids = fill({"price": 300}, sale, {"price": 200}, sale | {"sale_ends": 5}, {"price": 70, "currency": "USD"}, {})

    def gather(session):
        group = add_collection(session, "Bags")
        for item in ids[:2]:
            put_into(session, item, group)
        return add_collection(session, "Empty")

    empty = database.run("Gather", gather)
    whole, bags, none = read(database).shelves
    assert whole.items == 6
    assert whole.prices == (Prices("AED", 4, 100, 250, 900), Prices("USD", 1, 70, 70, 70))
    assert (bags.name, bags.items, bags.prices) == ("Bags", 2, (Prices("AED", 2, 100, 200, 300),))
    assert (none.id, none.items, none.prices) == (empty, 0, ())


def test_months_are_those_of_the_shops_clock(database, fill):
    formats.configure(zone="Asia/Dubai")
    try:
        today = formats.today()
        first = today.replace(day=1)
        midnight = dt.datetime.combine(first, dt.time(), formats.now().tzinfo).timestamp()
        ids = fill({}, {}, {}, {})
        for item, moment in zip(ids, (midnight, midnight - 1, midnight + 1, midnight - 400 * 86_400), strict=True):
            statement = update(Product).where(Product.id == item).values(created_at=int(moment))
            database.run("Age", lambda session, statement=statement: session.execute(statement))
        months = read(database).months
    finally:
        formats.configure(zone="")
    assert [month.items for month in months[-2:]] == [1, 2]
    assert months[-1].first == first
    assert sum(month.items for month in months) == 3
    firsts = [month.first for month in months]
    assert firsts == sorted(set(firsts))


def test_the_last_changes_come_first(database, fill):
    ids = fill({}, {}, {})
    for item, moment in zip(ids, (30, 10, 20), strict=True):
        statement = update(Product).where(Product.id == item).values(changed_at=moment)
        database.run("Age", lambda session, statement=statement: session.execute(statement))
    found = read(database)
    assert [(card.id, moment) for card, moment in found.recent] == [(ids[0], 30), (ids[2], 20), (ids[1], 10)]
    assert found.counts["unchanged-year"] == 3


def test_the_items_of_a_month_can_be_found(database, fill):
    (item, _old) = fill({}, {})
    database.run("Age", lambda session: session.execute(update(Product).where(Product.id != item).values(created_at=5)))
    this = formats.today().strftime("%Y-%m")
    with database.reader() as session:
        assert find(session, Search("", (f"added={this}",), "")) == [item]
        for wrong in ("2026-13", "soon", "9999-12", "2026-11-05"):
            with pytest.raises(Invalid):
                find(session, Search("", (f"added={wrong}",), ""))
