"""Finding and replacing words in many texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.data.models import ProductText
from desktop.services.catalog import add_product, find_products, read_products
from desktop.services.errors import Invalid
from desktop.services.rewrite import LONGEST, Rewrite, hits, preview, replace, rewrite, sample


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("Bag and BAGS", Rewrite("bag"), ["Bag", "BAG"]),
        ("Bag and BAGS", Rewrite("bag", words=True), ["Bag"]),
        ("Bag and bag", Rewrite("bag", case=True), ["bag"]),
        ("3.5 (new) 345", Rewrite("3.5"), ["3.5"]),
        ("حقيبة إماراتية وحقيبه", Rewrite("حقيبة"), ["حقيبة"]),
        ("حقيبة وحقيبه وحَقيبةٌ", Rewrite("حقيبه", alike=True), ["حقيبة", "حقيبه", "حَقيبةٌ"]),
        ("حقيبة وحقيبه", Rewrite("حقيبه", alike=True, words=True), ["حقيبة"]),
        ("أحمـد احمد", Rewrite("احمد", alike=True), ["أحمـد", "احمد"]),
        ("Café CAFE\u0301 cafes", Rewrite("cafe", alike=True, words=True), ["Café", "CAFE\u0301"]),
        ("ﻻ", Rewrite("ا", alike=True), []),
        ("aaa", Rewrite("aa", alike=True), ["aa"]),
        ("١٢ ml", Rewrite("12", alike=True), ["١٢"]),
    ],
)
def test_what_is_found(text, rule, found):
    assert [text[start:stop] for start, stop in hits(text, rule)] == found


@given(st.text(max_size=30), st.text(min_size=1, max_size=3), st.text(max_size=5), st.booleans(), st.booleans())
def test_what_is_found_is_replaced_and_nothing_else(text, find, replacement, alike, words):
    spans = hits(text, Rewrite(find, alike=alike and bool(find.strip()), words=words)) if find.strip() else []
    after, put = replace(text, spans, replacement)
    assert all(after[start:stop] == replacement for start, stop in put)
    assert replace(after, put, "") == replace(text, spans, "")


@pytest.mark.parametrize("rule", [Rewrite(" "), Rewrite("ـ", alike=True), Rewrite("a", fields=()), Rewrite("a" * 2000)])
def test_what_cannot_be_looked_for(database, rule):
    with pytest.raises(Invalid):
        database.run("Replace", rewrite, [], rule)


def shop(database):
    def fill(session):
        ids = [
            add_product(session, "Leather bag", description="A bag\nof leather"),
            add_product(session, "bag"),
            add_product(session, "Mug", description="No case"),
        ]
        session.add(ProductText(product_id=ids[2], language="ar", name="كوب bag", description=""))
        return ids

    return database.run("Fill", fill)


def test_what_is_previewed_is_what_is_done(both, contents):
    ids = shop(both)
    before = contents(both)
    rule = Rewrite("BAG", "sack")
    with both.reader() as session:
        seen = preview(session, ids, rule)
        rows = sample(session, seen.places, rule)
    assert seen.changed == 3
    assert [(row.language, row.field, row.after) for row in rows] == [
        ("", "name", "Leather sack"),
        ("", "description", "A sack\nof leather"),
        ("", "name", "sack"),
        ("ar", "name", "كوب sack"),
    ]
    assert (rows[0].found, rows[0].put) == ([(8, 11)], [(8, 12)])
    assert both.run("Replace", rewrite, ids, rule) == seen
    with both.reader() as session:
        products = read_products(session, ids)
        assert [product.name for product in products] == ["Leather sack", "sack", "Mug"]
        assert products[2].texts[0].name == "كوب sack"
        assert sorted(find_products(session, "sack")) == ids
        assert find_products(session, "bag") == []
        assert [product.version for product in products[:2]] == [2, 2]
    both.undo()
    assert contents(both) == before


def test_a_name_that_would_be_emptied_stays(database):
    ids = shop(database)
    done = database.run("Replace", rewrite, ids, Rewrite("bag", "  "))
    assert (done.changed, done.skipped) == (2, {"no_name": 1})
    with database.reader() as session:
        assert [product.name for product in read_products(session, ids)] == ["Leather", "bag", "Mug"]


def test_long_texts_are_told_and_very_long_ones_stay(database):
    ids = shop(database)
    with database.reader() as session:
        assert preview(session, ids[1:2], Rewrite("bag", "x" * 300)).too_long_for_phone == 1
        assert preview(session, ids[1:2], Rewrite("bag", "x" * (LONGEST + 1))).skipped == {"too_long": 1}


def test_only_the_fields_and_items_that_are_meant(database):
    ids = shop(database)
    assert database.run("Replace", rewrite, ids[:1], Rewrite("bag", "sack", fields=("description",))).changed == 1
    with database.reader() as session:
        assert read_products(session, ids)[0].name == "Leather bag"
