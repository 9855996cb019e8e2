"""The order that an owner gives, on both databases."""

import random

import pytest
from sqlalchemy import insert, select, update

from desktop.data.models import CollectionItem, Product
from desktop.services.catalog import add_product, find_products
from desktop.services.collections import add_collection, members, put_into
from desktop.services.order import LONGEST, move_in_collection, move_products, move_rows


def add(database, count):
    """Add items and return their ids."""

    def some(session):
        return [add_product(session, f"Item {number}") for number in range(count)]

    return database.run("Add", some)


def order(database):
    with database.reader() as session:
        return find_products(session)


def rows(database):
    with database.reader() as session:
        return {row.id: row for row in session.scalars(select(Product))}


def set_positions(database, positions):
    def put(session):
        for row, position in positions.items():
            session.execute(update(Product).where(Product.id == row).values(position=position))

    database.run("Set", put)


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ([4], 1, [0, 4, 1, 2, 3]),
        ([0], 3, [1, 2, 0, 3, 4]),
        ([1], None, [0, 2, 3, 4, 1]),
        ([4], 0, [4, 0, 1, 2, 3]),
        ([3, 0], 2, [1, 0, 3, 2, 4]),  # in the order they stand in, not in that of the ids
        ([1, 2], 2, [0, 1, 2, 3, 4]),
        ([0, 3], 3, [1, 2, 0, 3, 4]),  # before one of themselves: the next that stays
        ([0, 4], 4, [1, 2, 3, 0, 4]),
        ([0, 1, 2, 3, 4], None, [0, 1, 2, 3, 4]),
        ([], 2, [0, 1, 2, 3, 4]),
    ],
)
def test_items_move_together(database, moved, before, expected):
    ids = add(database, 5)
    was = rows(database)
    database.run("Move", move_products, [ids[n] for n in moved], None if before is None else ids[before])
    assert order(database) == [ids[n] for n in expected]
    for number, row in enumerate(ids):
        assert number in moved or rows(database)[row].version == was[row].version


def test_a_move_is_one_action_and_no_news_of_the_item(both):
    ids = add(both, 4)
    both.run("Age", lambda session: session.execute(update(Product).values(changed_at=5)))
    both.run("Move", move_products, ids[2:], ids[0])
    assert order(both) == [ids[2], ids[3], ids[0], ids[1]]
    assert {row.changed_at for row in rows(both).values()} == {5}
    assert both.undo() == "Move"
    assert order(both) == ids
    both.redo()
    assert order(both) == [ids[2], ids[3], ids[0], ids[1]]


def test_where_it_stands_already_is_no_action(database):
    ids = add(database, 4)
    for moved, before in (([1], 2), ([1, 2], 3), ([3], None), ([0], 1), ([99], 0)):
        database.run(
            "Move", move_products, [ids[n] if n < 4 else n for n in moved], None if before is None else ids[before]
        )
    assert order(database) == ids
    assert database.undo() == "Add"


def test_before_one_that_is_gone_is_the_end(database):
    ids = add(database, 3)
    database.run("Move", move_products, [ids[0]], 99)
    assert order(database) == [ids[1], ids[2], ids[0]]


@pytest.mark.parametrize("positions", [[""] * 6, ["a"] * 6, ["", "", "b", "b", "B!", "\U0010ffff"], ["zzzzzzzz"] * 6])
def test_equal_empty_and_strange_positions_make_room(both, positions):
    ids = add(both, 6)
    set_positions(both, dict(zip(ids, positions, strict=True)))
    expected = order(both)
    for moved, before in ((expected[4], expected[1]), (expected[0], None), (expected[5], expected[0])):
        both.run("Move", move_products, [moved], before)
        expected.remove(moved)
        expected.insert(len(expected) if before is None else expected.index(before), moved)
        assert order(both) == expected


def test_keys_stay_short_and_most_rows_untouched(database):
    ids = add(database, 200)

    def walk(session):
        for turn in range(120):
            move_products(session, [ids[100 + turn % 2]], ids[150])  # always into the same gap

    database.run("Move", walk)
    after = rows(database)
    assert max(len(row.position) for row in after.values()) <= LONGEST
    untouched = [row for row in after.values() if row.version == 1]
    assert len(untouched) > 120
    assert order(database)[:100] == ids[:100]


def test_any_moves_end_as_in_a_list(database):
    dice = random.Random(1)
    expected = add(database, 12)

    def walk(session, expected):
        for _turn in range(150):
            moved = dice.sample(expected, dice.randint(1, 5))
            before = dice.choice([None, *expected])
            move_products(session, moved, before)
            behind = expected[expected.index(before) :] if before is not None else []
            target = next((row for row in behind if row not in moved), None)
            block = [row for row in expected if row in moved]
            rest = [row for row in expected if row not in moved]
            place = len(rest) if target is None else rest.index(target)
            expected = [*rest[:place], *block, *rest[place:]]
            assert find_products(session) == expected
        return expected

    expected = database.run("Move", walk, expected)
    assert order(database) == expected


def test_a_collection_has_an_order_of_its_own(both):
    ids = add(both, 4)
    bags, sale = (both.run("Add", add_collection, name) for name in ("Bags", "Sale"))
    for group in (bags, sale):
        for item in ids:
            both.run("Put", put_into, item, group)
    both.run("Move", move_in_collection, bags, [ids[3], ids[1]], ids[0])
    with both.reader() as session:
        assert members(session, bags) == [ids[1], ids[3], ids[0], ids[2]]
        assert members(session, sale) == ids
    assert order(both) == ids
    both.run("Move", move_in_collection, bags, [ids[1]], None)
    both.run("Move", move_in_collection, bags, [ids[2]], 99)
    with both.reader() as session:
        assert members(session, bags) == [ids[3], ids[0], ids[1], ids[2]]
    both.undo()
    with both.reader() as session:
        assert members(session, bags) == [ids[3], ids[0], ids[2], ids[1]]


def test_one_collections_positions_do_not_disturb_anothers(database):
    ids = add(database, 3)
    bags, sale = (database.run("Add", add_collection, name) for name in ("Bags", "Sale"))

    def put(session):
        places = [
            {"collection_id": group, "product_id": item, "position": "a"} for group in (bags, sale) for item in ids
        ]
        session.execute(insert(CollectionItem), places)

    database.run("Put", put)
    with database.reader() as session:
        was = dict(session.execute(select(CollectionItem.id, CollectionItem.version)).all())
    database.run("Move", move_in_collection, sale, [ids[2]], ids[0])
    with database.reader() as session:
        assert members(session, sale) == [ids[2], ids[0], ids[1]]
        assert members(session, bags) == ids
        query = select(CollectionItem.id, CollectionItem.version).where(CollectionItem.collection_id == bags)
        assert all(was[row] == version for row, version in session.execute(query))


def test_an_unknown_collection_moves_nothing(database):
    ids = add(database, 2)
    database.run("Move", move_in_collection, 7, ids, None)
    database.run("Move", move_rows, Product, [], None)
    assert database.undo() == "Add"
