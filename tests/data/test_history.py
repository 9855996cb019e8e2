"""What is done can be undone, and done again."""

import pytest
from sqlalchemy import event, func, insert, select, text, update

from desktop.data import blobs, history
from desktop.data.images import Image
from desktop.data.models import Blob, Product, Reply
from desktop.services import bulk, catalog, collections, pictures, replies


def picture(byte=b"png"):
    return Image(byte, b"", 1, 1, "png", byte.hex())


def add(database, name="Bread"):
    return database.run("Add", catalog.add_product, name)


def price(database, product, amount, **options):
    database.run("Price", lambda session: catalog.update_product(session, product, price=amount), **options)


def raise_prices(session):
    session.execute(update(Product).values(price=Product.price + 10))


def add_furnished(database):
    """Add a product with something in every table that hangs on it."""
    product = add(database)
    database.run("Duplicate text", add_text, product)
    database.run("Picture", pictures.add_pictures, product, [picture()])
    group = database.run("Collection", collections.add_collection, "Bakery")
    database.run("Collect", collections.put_into, product, group)
    return product


def add_text(session, product):
    from desktop.data.models import ProductText

    session.add(ProductText(product_id=product, language="ar", name="خبز", description=""))


def rows(count):
    texts = ["name", "description", "currency", "link", "brand", "origin_country", "whatsapp_id", "extra"]
    blank = dict.fromkeys(texts, "")
    blank |= {"version": 1, "hidden": False, "availability": "in stock", "condition": "new", "created_at": 0}
    blank |= {"changed_at": 0, "position": ""}
    return [blank | {"code": str(i), "price": i, "search_key": str(i), "sort_key": f"{i:09}"} for i in range(count)]


def fill(session):
    session.execute(insert(Product), rows(1_000))


def test_removal_with_all_that_hangs_on_it_is_undone_and_redone(both, contents):
    product = add_furnished(both)
    before = contents(both)
    both.run("Remove", catalog.remove_products, [product])
    after = contents(both)
    assert not any(after[table] for table in ("product", "product_text", "picture", "collection_item"))
    for _ in range(2):
        assert both.undo() == "Remove"
        assert contents(both) == before
        assert both.redo() == "Remove"
        assert contents(both) == after


def test_bulk_statements_are_undone(both, contents):
    both.run("Fill", fill)
    before = contents(both)
    both.run("Raise", raise_prices)
    after = contents(both)
    assert before != after
    both.undo()
    assert contents(both) == before
    both.redo()
    assert contents(both) == after


def test_versions_grow_with_bulk_statements_too(both):
    product = add(both)
    price(both, product, 5)
    both.run("Raise", raise_prices)
    both.run("Hide", bulk.hide, [product])
    with both.reader() as session:
        assert session.get(Product, product).version == 4


def test_everything_can_be_undone_and_redone(both, contents):
    empty = contents(both)
    product = add_furnished(both)
    both.run("Reply", replies.add_reply, "hours", "9 to 5")
    price(both, product, 500)
    full = contents(both)
    while both.undo():
        pass
    assert contents(both) == empty
    while both.redo():
        pass
    assert contents(both) == full


def test_unique_values_may_move_between_rows(both, contents):
    first = both.run("1", replies.add_reply, "a", "x")
    second = both.run("2", replies.add_reply, "b", "x")
    before = contents(both)

    def swap(session):
        for reply, shortcut in ((first, "c"), (second, "a"), (first, "b")):
            session.execute(update(Reply).where(Reply.id == reply).values(shortcut=shortcut))

    both.run("Swap", swap)
    both.undo()
    assert contents(both) == before


def test_rows_of_which_each_has_changed_in_its_own_way_are_undone_together(both, contents):
    ids = [add(both, f"Item {i}") for i in range(6)]
    before = contents(both)

    def mix(session):
        for i, product in enumerate(ids):
            changed = {"name": f"Gift {i}"} if i % 2 else {"price": i, "sale_price": None, "brand": "Acme"}
            catalog.update_product(session, product, **changed)
        catalog.update_product(session, ids[0], name="Twice", price=None)
        catalog.remove_products(session, ids[4:])

    both.run("Mix", mix)
    after = contents(both)
    for _ in range(2):
        both.undo()
        assert contents(both) == before
        both.redo()
        assert contents(both) == after


def test_many_rows_are_undone_in_few_statements(both):
    ids = [add(both, f"Item {i}") for i in range(60)]

    def mix(session):
        for i, product in enumerate(ids):
            catalog.update_product(session, product, **({"name": f"Gift {i}"} if i % 2 else {"price": i}))

    both.run("Mix", mix)
    said = []
    event.listen(both._writer, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    both.undo()
    assert 0 < len(said) < 30


def test_action_that_changes_nothing_leaves_no_trace(both):
    heard = []
    both.on_notice = heard.append
    both.run("Nothing", lambda session: session.execute(update(Product).values(price=1)))
    assert both.next_title() is None
    assert not heard


def test_failure_leaves_nothing_behind(both, contents):
    before = contents(both)
    with pytest.raises(ZeroDivisionError):
        both.run("Fail", lambda session: (catalog.add_product(session, "x"), 1 / 0))
    assert contents(both) == before
    assert both.next_title() is None


def test_runs_of_one_group_are_one_action(both, contents):
    product = add(both)
    before = contents(both)
    group = object()
    for amount in (1, 12, 123):
        price(both, product, amount, group=group)
    after = contents(both)
    both.undo()
    assert contents(both) == before
    both.redo()
    assert contents(both) == after
    price(both, product, 1234, group=group)
    both.undo()
    assert contents(both) == after, "an undo ends the group"


def test_something_new_forgets_what_could_be_redone(both):
    add(both)
    both.undo()
    add(both, "Cake")
    assert both.redo() is None


def test_replaced_rows_are_journaled(database, contents):
    database.run("Reply", replies.add_reply, "hours", "9 to 5")
    before = contents(database)
    columns = [column.name for column in Reply.__table__.columns]
    values = ", ".join("'x'" if name == "text" else name for name in columns)
    replace = text(f"REPLACE INTO reply ({', '.join(columns)}) SELECT {values} FROM reply")
    database.run("Replace", lambda session: session.execute(replace))
    assert contents(database) != before
    database.undo()
    assert contents(database) == before


def test_history_tells_what_was_done_newest_first(both):
    product = add(both)
    price(both, product, 5)
    both.undo()
    with both.reader() as session:
        actions = history.recent(session.connection(), 10)
    assert [(a.title, a.undone, a.computer, a.rows) for a in actions] == [
        ("Price", True, "till", 1),
        ("Add", False, "till", 1),
    ]


def test_old_actions_and_those_beyond_a_number_of_entries_are_forgotten(both):
    for name in "abcd":
        add(both, name)
    both.run_unrecorded(
        lambda session: session.execute(update(history.action).where(history.action.c.id == 1).values(at=0))
    )
    both.run_unrecorded(lambda session: history.prune(session.connection(), entries=2))
    with both.reader() as session:
        assert [action.id for action in history.recent(session.connection(), 10)] == [4, 3]


def test_pictures_are_kept_while_a_row_or_an_undo_needs_them(both):
    def kept():
        both.run_unrecorded(lambda session: blobs.collect(session.connection()))
        with both.reader() as session:
            return session.scalar(select(func.count()).select_from(Blob))

    product = add(both)
    both.run("Picture", pictures.add_pictures, product, [picture(b"a"), picture(b"b")])
    assert kept() == 2
    both.run("Remove", catalog.remove_products, [product])
    assert kept() == 2
    both.undo()
    assert kept() == 2
    both.redo()
    both.begin_history()
    assert kept() == 0


def test_the_history_is_read_once_for_all_pictures_that_no_row_needs(both):
    product = add(both)
    both.run("Picture", pictures.add_pictures, product, [picture(bytes([n])) for n in range(20)])
    both.run("Remove", catalog.remove_products, [product])
    asked = []

    def collect(session):
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        return blobs.collect(connection)

    assert both.run_unrecorded(collect) == 0
    assert len([statement for statement in asked if "journal" in statement]) == 1


def test_counting_a_copy_is_no_action(both):
    reply = both.run("Reply", replies.add_reply, "hours", "9 to 5")
    for _ in range(2):
        both.run_unrecorded(replies.count_use, reply)
    both.run("Remove", replies.remove_replies, [reply])
    assert both.undo() == "Remove"
    with both.reader() as session:
        assert replies.uses(session) == {reply: 2}
