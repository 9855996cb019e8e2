"""The catalog, on both databases."""

import pytest
from sqlalchemy import event

from desktop.data.models import Picture
from desktop.services import catalog, collections, pictures, profile
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.where import Search, count_terms, find

pytestmark = pytest.mark.on("sqlite")


@pytest.fixture
def shopped(both):
    both.run("Home", profile.update_profile, territory="AE", currency="AED")
    return both


@pytest.fixture
def product(shopped):
    return shopped.run("Add", catalog.add_product, "Bread", code="B-09", price=7500)


def change(database, product, **values):
    database.run("Change", catalog.update_product, product, None, **values)


def card(database, product):
    with database.reader() as session:
        return next(iter(catalog.cards(session, [product])), None)


def test_card_says_what_a_list_shows(shopped, product):
    found = card(shopped, product)
    assert (found.name, found.price, found.currency, found.hidden, found.available) == (
        "Bread",
        7500,
        "AED",
        False,
        True,
    )


@pytest.mark.on("sqlite", "postgresql")
def test_name_is_one_line_and_needed(shopped, product):
    change(shopped, product, name=" خبز \n طازج\u0000 ")
    assert card(shopped, product).name == "خبز طازج"
    with pytest.raises(Invalid) as caught:
        change(shopped, product, name=" \n ")
    assert caught.value.field == "name"
    assert card(shopped, product).name == "خبز طازج"


@pytest.mark.on("sqlite", "postgresql")
def test_long_and_strange_names_are_kept(shopped, product):
    for name in ("ن" * 10_000, "🎁🎁", "\u202eabc", "%_'\"; DROP TABLE product"):
        change(shopped, product, name=name)
        assert card(shopped, product).name == name


@pytest.mark.on("sqlite", "postgresql")
def test_halves_of_characters_do_not_stop_a_save(shopped, product):
    change(shopped, product, name="a\ud800b")
    assert card(shopped, product).name == "a?b"


@pytest.mark.on("sqlite", "postgresql")
def test_code_belongs_to_one_item(shopped, product):
    other = shopped.run("Add", catalog.add_product, "Cake")
    with pytest.raises(Invalid, match="used by") as caught:
        change(shopped, other, code="B-09")
    assert caught.value.field == "code"
    change(shopped, product, code="B-09")
    change(shopped, other, code="")
    change(shopped, product, code="")


@pytest.mark.parametrize(
    ("values", "field"), [({"sale_price": 7500}, "sale_price"), ({"sale_price": 8000}, "sale_price")]
)
def test_sale_price_is_below_the_price(shopped, product, values, field):
    with pytest.raises(Invalid, match="not below") as caught:
        change(shopped, product, **values)
    assert caught.value.field == field


@pytest.mark.on("sqlite", "postgresql")
def test_price_does_not_fall_to_the_sale_price(shopped, product):
    change(shopped, product, sale_price=6000)
    with pytest.raises(Invalid, match="not below") as caught:
        change(shopped, product, price=6000)
    assert caught.value.field == "price"
    with pytest.raises(Invalid, match="needs a price"):
        change(shopped, product, price=None)
    change(shopped, product, price=5000, sale_price=4000)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.com", "nothing", "https://"])
def test_link_is_an_address_on_the_web(shopped, product, link):
    with pytest.raises(Invalid) as caught:
        change(shopped, product, link=link)
    assert caught.value.field == "link"


def test_whatsapp_id_is_digits(shopped, product):
    change(shopped, product, whatsapp_id="٤٥٦")
    with shopped.reader() as session:
        assert catalog.read_product(session, product).whatsapp_id == "456"
    with pytest.raises(Invalid):
        change(shopped, product, whatsapp_id="12a")


@pytest.mark.parametrize(("code", "expected"), [("B-09", "B-10"), ("B", "B-2"), ("A9z", "A10z"), ("", ""), ("٩", "10")])
def test_next_code(shopped, product, code, expected):
    with shopped.reader() as session:
        assert catalog.next_code(session, code) == expected


def test_the_next_code_is_found_in_two_questions_however_many_are_taken(shopped):
    asked = []
    with shopped.reader() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert catalog.next_code(session, "B-09") == "B-10"
        once = len(asked)
    for number in range(10, 20):
        shopped.run("Add", catalog.add_product, "Bread", code=f"B-{number}")
    with shopped.reader() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert catalog.next_code(session, "B-09") == "B-20"
    assert len(asked) == 2 * once


@pytest.mark.on("sqlite", "postgresql")
def test_duplicate_takes_everything_along_but_the_code(shopped, product):
    from desktop.data.images import Image

    shopped.run("Picture", pictures.add_pictures, product, [Image(b"a", b"", 1, 1, "png", "a")])
    group = shopped.run("New", collections.add_collection, "Bakery")
    shopped.run("Collect", collections.put_into, product, group)
    new = shopped.run("Duplicate", catalog.duplicate_product, product)
    with shopped.reader() as session:
        copy = catalog.read_product(session, new)
        assert (copy.name, copy.code, copy.price) == ("Bread", "B-10", 7500)
        assert [picture.sha256 for picture in copy.pictures] == ["a"]
        assert find(session, Search(terms=(f"collection=#{group}",))) == [product, new]
        assert catalog.find_products(session) == [product, new]


@pytest.mark.on("sqlite", "postgresql")
def test_hidden_items_are_told_apart(shopped, product):
    shopped.run("Add", catalog.add_product, "Cake", hidden=True)
    with shopped.reader() as session:
        assert catalog.count_products(session) == 2
        assert count_terms(session, ["hidden"]) == {"hidden": 1}
        assert find(session, Search("cake", ("shown",))) == []


@pytest.mark.on("sqlite", "postgresql")
def test_pictures_are_ordered_and_the_first_is_shown(shopped, product):
    from desktop.data.images import Image

    images = [Image(name.encode(), b"", 1, 1, "png", name) for name in "abc"]
    ids = shopped.run("Pictures", pictures.add_pictures, product, images)
    assert card(shopped, product).picture == "a"
    shopped.run("First", pictures.move_picture, ids[2], 0)
    assert card(shopped, product).picture == "c"
    shopped.run("Last", pictures.move_picture, ids[2], 9)
    shopped.run("Remove", pictures.remove_picture, ids[0])
    with shopped.reader() as session:
        assert [row.sha256 for row in session.query(Picture).order_by(Picture.position)] == ["b", "c"]


@pytest.mark.on("sqlite", "postgresql")
def test_what_is_gone_is_not_found(shopped, product):
    shopped.run("Delete", catalog.remove_products, [product])
    assert card(shopped, product) is None
    with pytest.raises(NotFound), shopped.reader() as session:
        catalog.find_by_code(session, "B-09")


@pytest.mark.on("sqlite", "postgresql")
def test_an_item_is_found_by_metas_number(shopped, product):
    change(shopped, product, whatsapp_id="5521997")
    with shopped.reader() as session:
        assert catalog.find_by_whatsapp_id(session, "5521997") == product
        assert catalog.find_by_whatsapp_id(session, "5521998") is None
        assert catalog.find_by_whatsapp_id(session, "") is None


@pytest.mark.on("sqlite", "postgresql")
def test_columns_of_the_feed_change_one_by_one(shopped, product):
    def extra():
        with shopped.reader() as session:
            return catalog.extra_columns(catalog.read_product(session, product))

    def change(shown=None, **columns):
        shopped.run("Change", catalog.update_extra, product, shown, **columns)

    change(color=" dark \n red ", gtin="123")
    assert extra() == {"color": "dark red", "gtin": "123"}
    change({"color": "dark red"}, color="blue")
    with pytest.raises(Stale) as caught:
        change({"color": "dark red"}, color="green")
    assert caught.value.field == "color"
    change({"color": "dark red"}, color="blue")  # the same was meant
    change({"gtin": "123"}, gtin="")
    assert extra() == {"color": "blue"}
    change(color="")
    assert extra() == {}
    with pytest.raises(NotFound):
        shopped.run("Change", catalog.update_extra, product + 1, color="red")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quantity": -1}, "quantity"),
        ({"availability": "soon"}, "availability"),
        ({"condition": "mint"}, "condition"),
        ({"sale_starts": 20, "sale_ends": 10}, "sale_ends"),
    ],
)
def test_what_no_item_can_be(shopped, product, values, field):
    with pytest.raises(Invalid) as caught:
        change(shopped, product, **values)
    assert caught.value.field == field


@pytest.mark.on("sqlite", "postgresql")
def test_a_card_shows_the_sale_that_is_on(shopped, product):
    change(shopped, product, sale_price=5000, sale_ends=2_000_000_000)
    assert card(shopped, product).sale_price == 5000
    change(shopped, product, sale_ends=1_000_000_000)
    assert card(shopped, product).sale_price is None
    change(shopped, product, sale_starts=2_000_000_000, sale_ends=None)
    assert card(shopped, product).sale_price is None


@pytest.mark.on("sqlite", "postgresql")
def test_a_rename_is_one_change_of_the_row(shopped, product):
    before = card(shopped, product).version
    change(shopped, product, name="Cake")
    assert card(shopped, product).version == before + 1
