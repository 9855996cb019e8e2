"""Items in other languages than the shop's."""

import pytest

from desktop.services import catalog, profile, texts
from desktop.services.bulk import set_fields
from desktop.services.errors import Invalid, NotFound, Stale


@pytest.fixture
def bag(database):
    """A bag, in a shop that writes Arabic."""
    database.run("Home", profile.update_profile, territory="AE", language="ar")
    return database.run("Add", catalog.add_product, "حقيبة")


def write(database, bag, base=None, language="en", **values):
    database.run("Translate", texts.set_text, bag, base, language=language, **values)


def read(database, bag, language="en"):
    with database.reader() as session:
        return texts.read_text(session, bag, language)


def found(database, typed):
    with database.reader() as session:
        return catalog.find_products(session, typed)


def test_a_text_comes_with_its_first_word_and_goes_with_its_last(database, bag):
    assert read(database, bag) == ("en", "", "", 0)
    write(database, bag, name=" Leather \n bag ")
    write(database, bag, description="Soft,\r\n red ")
    assert read(database, bag)[:3] == ("en", "Leather bag", "Soft,\n red")
    write(database, bag, name="", description=" ")
    assert read(database, bag) == ("en", "", "", 0)
    write(database, bag, name=" ")
    assert read(database, bag).version == 0


def test_an_item_is_found_by_all_its_languages(database, bag):
    write(database, bag, name="Leather bag")
    write(database, bag, language="fr", description="Sac à main")
    assert found(database, "leather") == found(database, "sac a main") == found(database, "حقيبه") == [bag]
    database.run("Price", catalog.update_product, bag, None, brand="Dar", name="حقيبة يد")
    database.run("Brand", set_fields, [bag], brand="Bayt")
    assert found(database, "leather") == found(database, "bayt") == [bag]
    copy = database.run("Duplicate", catalog.duplicate_product, bag)
    assert sorted(found(database, "leather")) == [bag, copy]
    write(database, bag, name="")
    assert found(database, "leather") == [copy]
    database.undo()
    assert sorted(found(database, "leather")) == [bag, copy]


def test_a_change_elsewhere_is_noticed_in_the_same_text_only(database, bag):
    write(database, bag, base=0, name="Mine")
    base = read(database, bag).version
    write(database, bag, description="Theirs")
    write(database, bag, base=base, name="Mine again")
    write(database, bag, name="Theirs")
    with pytest.raises(Stale) as caught:
        write(database, bag, base=base, name="Mine for ever")
    assert caught.value.field == "name"
    with pytest.raises(Stale):
        write(database, bag, base=0, name="First")
    write(database, bag, base=0, name="Theirs")


def test_languages_are_those_of_most_items_then_the_programs(database, bag):
    with database.reader() as session:
        assert texts.languages(session) == ["en"]
    other = database.run("Add", catalog.add_product, "كوب")
    for item, language in ((bag, "ur"), (other, "ur"), (other, "en")):
        write(database, item, language=language, name="x")
    with database.reader() as session:
        assert texts.languages(session) == ["ur", "en"]


def test_no_language_and_no_item(database, bag):
    for language in ("", "xx-nothing", "und", "🎁"):
        with pytest.raises(Invalid):
            write(database, bag, language=language, name="x")
    with pytest.raises(NotFound):
        write(database, bag + 1, name="x")


def test_very_long_and_strange_texts_are_kept(database, bag):
    for name in ("ن" * 10_000, "🎁🎁", "\u202eabc"):
        write(database, bag, name=name)
        assert read(database, bag).name == name
