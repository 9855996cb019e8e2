"""Changing a row that someone else may have changed meanwhile, on both databases."""

import pytest

from desktop.data.models import Product
from desktop.services.catalog import add_product, read_product, remove_products
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import NotFound, Stale


@pytest.fixture
def product(both):
    return both.run("Add", add_product, "Bread", code="B-1")


def read(database, product):
    with database.reader() as session:
        return read_product(session, product)


def change(database, product, base, **values):
    database.run("Change", change_row, Product, product, base, values)


def test_different_columns_merge(both, product):
    base = read(both, product).version
    change(both, product, base, price=100)
    change(both, product, base, brand="Dar")
    found = read(both, product)
    assert (found.price, found.brand) == (100, "Dar")


def test_the_same_column_is_a_conflict(both, product):
    base = read(both, product).version
    change(both, product, base, price=100)
    with pytest.raises(Stale) as caught:
        change(both, product, base, brand="Dar", price=200)
    assert caught.value.field == "price"
    found = read(both, product)
    assert (found.price, found.brand) == (100, "")


def test_the_same_value_is_none(both, product):
    base = read(both, product).version
    change(both, product, base, price=100)
    change(both, product, base, price=100)


def test_whoever_does_not_say_what_was_seen_means_it(both, product):
    base = read(both, product).version
    change(both, product, base, price=100)
    change(both, product, None, price=200)
    assert read(both, product).price == 200


def test_a_version_from_before_an_undo_is_older(both, product):
    base = read(both, product).version
    change(both, product, base, price=100)
    both.undo()
    with pytest.raises(Stale):
        change(both, product, base, price=300)
    change(both, product, read(both, product).version, price=300)


def test_what_the_journal_has_forgotten_is_a_conflict(both, product):
    base = read(both, product).version
    change(both, product, base, brand="Dar")
    both.begin_history()
    with pytest.raises(Stale):
        change(both, product, base, price=100)


def test_what_is_gone_is_not_found(both, product):
    both.run("Delete", remove_products, [product])
    with pytest.raises(NotFound):
        change(both, product, None, price=100)


@pytest.mark.parametrize(
    ("typed", "line"), [(" a \n b\t c ", "a b c"), ("", ""), ("خبز\u00a0 طازج", "خبز طازج"), ("\u2028a\u2029", "a")]
)
def test_one_line(typed, line):
    assert one_line(typed) == line


@pytest.mark.parametrize(
    ("typed", "text"),
    [("a \r\nb\rc\n", "a\nb\nc"), ("\n\n a\n\n\nb  \n", "a\n\n\nb"), ("  ", ""), ("* a\n  * b", "* a\n  * b")],
)
def test_paragraphs(typed, text):
    assert paragraphs(typed) == text


def test_what_no_database_keeps_is_taken_out():
    assert clean("a\0b\ud800c😀") == "ab?c😀"
