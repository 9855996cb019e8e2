"""Many new rows at once: their ids, their defaults and their history are as if each had been added by itself."""

from desktop.data.many import insert_rows
from desktop.data.models import Collection, Product
from desktop.services import catalog

ROWS = [{"name": f"Bag {n}", "code": f"B-{n}", "position": f"a{n}", "price": n, "hidden": n % 2 == 0} for n in range(5)]


def test_ids_come_in_the_order_of_the_rows(both):
    first = both.run("Add", catalog.add_product, "Before")
    ids = both.run("Insert", insert_rows, Product, ROWS)
    assert ids == list(range(first + 1, first + 6))
    with both.reader() as session:
        assert [session.get(Product, item).code for item in ids] == [row["code"] for row in ROWS]
        product = session.get(Product, ids[0])
        assert (product.version, product.condition, product.hidden, product.sale_price) == (1, "new", True, None)
        assert product.created_at > 0


def test_they_are_one_action_that_is_undone_and_redone(both, contents):
    empty = contents(both)
    both.run("Insert", insert_rows, Product, ROWS)
    full = contents(both)
    both.undo()
    assert contents(both) == empty
    both.redo()
    assert contents(both) == full


def test_what_comes_after_them_is_noted_row_by_row_again(both, contents):
    def add(session):
        insert_rows(session, Product, ROWS)
        session.add(Collection(name="Bags", position="a"))
        return catalog.add_product(session, "After")

    empty = contents(both)
    both.run("Insert", add)
    both.undo()
    assert contents(both) == empty


def test_ids_are_never_used_again(both):
    ids = both.run("Insert", insert_rows, Product, ROWS)
    both.run("Delete", catalog.remove_products, ids)
    assert min(both.run("Insert", insert_rows, Product, ROWS)) > max(ids)


def test_nothing_to_insert(both):
    assert both.run("Insert", insert_rows, Product, []) == []
