"""Words that mean the same."""

import pytest

from desktop.services.catalog import add_product, find_products
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.synonyms import add_synonyms, change_synonyms, list_synonyms, remove_synonyms, split_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("رولكس = Rolex", ["رولكس", "Rolex"]),
        ("bag, Bag، شنطة\n  hand   bag ;BAG", ["bag", "شنطة", "hand bag"]),
        ("، ,\n \u200f\0", []),
    ],
)
def test_words_are_told_apart(typed, words):
    assert split_words(typed) == words


def words(database):
    with database.reader() as session:
        return [group.words for group in list_synonyms(session)]


def test_a_group_is_added_changed_and_removed(both):
    item = both.run("Add", add_product, "ساعة رولكس")
    group = both.run("Add", add_synonyms, "رولكس, Rolex")
    other = both.run("Add", add_synonyms, "تيشيرت = T-shirt")
    with both.reader() as session:
        assert find_products(session, "rolex") == [item]
        base = list_synonyms(session)[0].version
    both.run("Change", change_synonyms, group, base, "رولكس, Rolex, Oyster")
    with both.reader() as session:
        assert find_products(session, "oyster") == [item]
    with pytest.raises(Stale):
        both.run("Change", change_synonyms, group, base, "رولكس, Submariner")
    both.run("Remove", remove_synonyms, other)
    both.run("Remove", remove_synonyms, other)
    assert words(both) == [("رولكس", "Rolex", "Oyster")]
    both.undo()
    assert words(both)[1] == ("تيشيرت", "T-shirt")
    with pytest.raises(NotFound):
        both.run("Change", change_synonyms, 99, None, "a, b")


@pytest.mark.parametrize("typed", ["", "one", "one, ONE", "new, تى شيرت"])
def test_what_is_no_group_is_told(database, typed):
    database.run("Add", add_synonyms, "تي شيرت, T-shirt")
    with pytest.raises(Invalid) as told:
        database.run("Add", add_synonyms, typed)
    assert told.value.field == "words"
    assert len(words(database)) == 1
