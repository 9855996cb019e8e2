"""Folding, sorting and finding."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from desktop.data.many import insert_rows
from desktop.data.models import Product, Synonym
from desktop.data.position import after, between
from desktop.data.search import find_first, find_ids, fold, meanings, needs_scan, other_layout, sort_key
from desktop.services import catalog
from desktop.services.profile import update_profile


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("كَعْكَة", "كعكه"),
        ("أحمد إلى آخر ٱلكتاب", "احمد الي اخر الكتاب"),
        ("مؤمن شيئ", "مومن شيي"),
        ("گلابی کیک", "گلابي كيك"),
        ("مـــرحبا\u200f", "مرحبا"),
        ("ﻻ", "لا"),
        ("١٢٣ ۴۵", "123 45"),
        ("Crème Brûlée", "creme brulee"),
        ("ΆΛΦΑ", "αλφα"),
        ("Ёлка", "елка"),
        ("שָׁלוֹם", "שלום"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
    ],
)
def test_fold_makes_equal(stored, typed):
    assert fold(stored) == fold(typed)


@pytest.mark.parametrize(("one", "other"), [("कि", "कु"), ("हिन्दी", "हनद"), ("が", "か"), ("ば", "ぱ"), ("گ", "ك")])
def test_fold_keeps_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_fold_is_stable(string):
    assert fold(fold(string)) == fold(string)


def test_sort_key_reads_numbers():
    names = ["Item 10", "item 9", "Ítem 1"]
    assert sorted(names, key=sort_key) == ["Ítem 1", "item 9", "Item 10"]


@given(st.lists(st.integers(0, 50), max_size=60))
def test_there_is_always_room_between_two_positions(places):
    keys = []
    for place in places:
        place = min(place, len(keys))
        low, high = keys[place - 1] if place else "", keys[place] if place < len(keys) else ""
        keys.insert(place, between(low, high))
    assert keys == sorted(set(keys))


def test_positions_at_the_end_do_not_grow():
    keys = [after()]
    for _ in range(1_000):
        keys.append(after(keys[-1]))
    keys.insert(4, between(keys[3], keys[4]))
    keys.append(after(between(keys[-1])))
    assert keys == sorted(set(keys))
    assert {len(key) for key in keys[:4] + keys[5:]} == {8}
    assert after(keys[0], 3) == keys[3]


@pytest.fixture
def stocked(both):
    """3,000 products called cake, of which one in 1,000 is rare."""
    texts = ["name", "description", "currency", "link", "brand", "origin_country", "whatsapp_id", "extra"]
    blank = dict.fromkeys(texts, "")
    blank |= {"version": 1, "hidden": False, "availability": "in stock", "condition": "new", "created_at": 0}
    blank |= {"changed_at": 0, "position": "", "code": ""}

    def fill(session):
        rows = [
            blank | {"search_key": f"كعك {i} {'rare' if i % 1000 == 7 else ''}", "sort_key": f"{-i:09}"}
            for i in range(3_000)
        ]
        session.execute(insert(Product), rows)

    both.run("Fill", fill)
    return both


def found(database, typed, limit=None):
    with database.reader() as session:
        keys = dict(session.execute(text("SELECT id, search_key FROM product")).all())
        return [keys[i] for i in find_ids(session, typed, limit)]


def test_finds_what_holds_every_word(stocked):
    with stocked.reader() as session:
        rows = session.execute(text("SELECT search_key FROM product ORDER BY sort_key, id")).all()
    for typed in ("كَعْك", "RARE", "كعك rare", "12", "2 1", "1007", "٢٩", "rar", "no such", '"', "%", "_", "; '"):
        words = fold(typed).split()
        expected = [key for (key,) in rows if all(word in key for word in words)]
        assert sorted(found(stocked, typed)) == sorted(expected), typed
        assert len(found(stocked, typed, 5)) == min(5, len(expected)), typed


def test_of_very_many_hits_the_first_by_name_are_found_at_once(stocked):
    with stocked.reader() as session:
        rows = session.execute(text("SELECT search_key FROM product ORDER BY sort_key, id LIMIT 9")).all()
    assert found(stocked, "كعك", 9) == [key for (key,) in rows]


def names(database, typed):
    with database.reader() as session:
        return [card.name for card in catalog.cards(session, catalog.find_products(session, typed))]


@pytest.fixture
def gifts(both):
    for name, code in (("Box of roses", "B-2"), ("Rose", "R-1"), ("Red rosé", "R-2"), ("Card", "rose"), ("قَهوة", "Q")):
        both.run("Add", catalog.add_product, name, code=code)
    return both


def test_the_best_comes_first(gifts):
    assert names(gifts, "rose") == ["Card", "Rose", "Box of roses", "Red rosé"]
    assert names(gifts, "R-1") == ["Rose"]


def test_what_no_database_keeps_is_not_looked_for(both):
    with both.reader() as session:
        assert find_ids(session, "a\0b\ud800") == find_first(session, "a\0b\ud800", 5) == []
    assert fold("a\0b\ud800") == "ab"


def test_without_words_the_order_is_the_owners(gifts):
    assert names(gifts, " ") == ["Box of roses", "Rose", "Red rosé", "Card", "قَهوة"]


@pytest.mark.parametrize(("typed", "meant"), [("قخسث", "rose"), ("rose", "قخسث"), ("ri,m", "قهوة"), ("حق", "pr")])
def test_the_other_keyboard_layout(typed, meant):
    assert fold(other_layout(typed)) == fold(meant)


def test_what_another_layout_typed_is_found(gifts):
    assert names(gifts, "قخسث") == names(gifts, "rose")
    assert names(gifts, "ri,m") == ["قَهوة"]
    assert names(gifts, "zzzz") == []


def test_who_asks_for_the_thing_finds_it(gifts):
    assert names(gifts, "القهوة") == names(gifts, "للقهوه") == ["قَهوة"]
    assert names(gifts, "the rose") == names(gifts, "rose") != []
    assert names(gifts, "the") == []
    assert meanings("الورد") == ["الورد", "ورد", other_layout("الورد")]
    assert meanings("الم") == ["الم", other_layout("الم")], "a word too short to say which"


def test_a_number_is_a_price_too(both):
    def fill(session):
        update_profile(session, None, territory="KW", currency="KWD")
        for name, values in {
            "Bag of 75": {},
            "Cup": {"price": 75_000},
            "Hat": {"price": 90_000, "sale_price": 75_000},
            "Pen": {"price": 75_000, "currency": "AED"},  # 750.00 of another currency
            "Tea": {"code": "75"},
            "Box": {"price": 75_500},
        }.items():
            catalog.add_product(session, name, **values)

    both.run("Fill", fill)
    for typed in ("75", "٧٥", " 75.000"):
        assert names(both, typed) == (["Cup", "Hat"] if "." in typed else ["Tea", "Cup", "Hat", "Bag of 75"])
    assert names(both, "٧٥٫٥") == ["Box"]
    assert names(both, "cup 75") == ["Cup"]
    assert names(both, "75 tea") == ["Tea"]
    assert names(both, "9" * 30) == []


def test_words_that_mean_the_same(both):
    def fill(session):
        for position, words in enumerate(("Rolex\nرولكس", "smart watch\nساعة ذكية\nSW", "رولكس\nOyster")):
            session.add(Synonym(words=words, position=str(position)))
        for name in ("Rolex 1", "ساعة رولِكس", "Oyster 3", "Smart watch", "الساعة الذكية", "A watch, smart", "SW-1"):
            catalog.add_product(session, name)

    both.run("Fill", fill)
    assert set(names(both, "رولكس")) == {"Rolex 1", "ساعة رولِكس", "Oyster 3"}
    assert set(names(both, "ROLEX")) == {"Rolex 1", "ساعة رولِكس"}
    assert names(both, "ساعه رولكس") == ["ساعة رولِكس"]
    assert set(names(both, "smart watch")) == {"Smart watch", "SW-1"}
    assert names(both, "rolex 1") == ["Rolex 1"]
    assert names(both, "oyster zzz") == []


def test_what_was_typed_letter_by_letter_comes_before_another_spelling(both):
    for name in ("قهوه ا", "قهوة ب"):
        both.run("Add", catalog.add_product, name)
    assert names(both, "قهوة") == ["قهوة ب", "قهوه ا"]
    assert names(both, "قهوه") == ["قهوه ا", "قهوة ب"]


def test_the_first_are_found_without_a_scan(stocked):
    with stocked.reader() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        assert find_first(session, "rare", 5) == find_ids(session, "rare", 5)
        assert find_first(session, "", 5) == find_ids(session, "", 5)
        assert (find_first(session, "ك", 5) is None) == sqlite  # of 3,000 none begins so
        rose = stocked.run("Add", catalog.add_product, "كيك")
    with stocked.reader() as session:
        assert find_first(session, "ك", 5)[0] == rose == find_ids(session, "ك", 5)[0] or not sqlite


def test_index_follows_changes_and_their_undo(both):
    product = both.run("Add", catalog.add_product, "Bread")
    both.run("Rename", lambda session: catalog.update_product(session, product, name="Cake"))
    assert (len(found(both, "bread")), len(found(both, "cake"))) == (0, 1)
    both.undo()
    assert (len(found(both, "bread")), len(found(both, "cake"))) == (1, 0)
    both.run("Remove", catalog.remove_products, [product])
    assert not found(both, "bread")
    both.undo()
    assert len(found(both, "bread")) == 1


def test_only_short_words_need_a_scan():
    assert needs_scan("كع")
    assert not needs_scan("كعك ك")
    assert not needs_scan("")


def test_the_index_knows_what_the_rows_say_after_whatever_is_done(database):
    """SQLite's index has no text of its own: what it is to forget, it has to be told as it was."""

    def holds():
        with closing(sqlite3.connect(database.where)) as connection:  # raises where index and rows differ
            connection.execute("INSERT INTO product_search (product_search, rank) VALUES ('integrity-check', 1)")

    def several(session):
        cake = catalog.add_product(session, "Cake")
        catalog.update_product(session, cake, name="Honey cake")
        catalog.update_product(session, bread, name="Rye", description="rye")
        catalog.update_product(session, bread, name="Rye bread")
        session.flush()
        catalog.remove_products(session, [cake])
        new = [{"name": "خبز", "search_key": "خبز", "sort_key": "خبز"}] * 150
        ids = insert_rows(session, Product, new)
        catalog.update_product(session, ids[0], name="خبز أسمر")
        catalog.remove_products(session, ids[1:3])

    bread = database.run("Add", catalog.add_product, "Bread")
    holds()
    for name in ("Brown bread", "Brown"):
        database.run("Rename", catalog.update_product, bread, name=name, group="typing")
        holds()
    database.run("Several", several)
    holds()
    database.run("Remove", catalog.remove_products, [bread])
    holds()
    for step in ("undo", "undo", "undo", "redo", "redo", "undo", "undo", "undo", "redo", "redo", "redo", "redo"):
        getattr(database, step)()
        holds()


@pytest.mark.on("sqlite", "postgresql")
def test_a_whole_text_can_be_looked_for_and_its_beginning_counts(both):
    rose = both.run("Add", catalog.add_product, "Rose water")
    with both.reader() as session:
        assert find_ids(session, "rose water " * 10_000) == [rose]
        assert find_first(session, "rose water " * 10_000, 5) == [rose]
        assert find_ids(session, " ".join(f"word{n}" for n in range(3_000))) == []
