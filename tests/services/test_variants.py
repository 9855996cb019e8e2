"""The ways in which one item is sold."""

import pytest
from sqlalchemy import select

from desktop.data.models import Product
from desktop.services import catalog, profile, variants
from desktop.services.errors import Invalid, NotFound, Stale

SIZES = [("Size", ["S", "M", "L"])]


@pytest.fixture
def shirt(database):
    """A shirt that costs 50, in a shop of Dubai."""
    database.run("Home", profile.update_profile, territory="AE", currency="AED")
    return database.run("Add", catalog.add_product, "Shirt", code="SH-1", price=5000)


@pytest.fixture
def sizes(database, shirt):
    return database.run("Add", variants.add_variants, shirt, SIZES)


def read(database, shirt):
    with database.reader() as session:
        return variants.list_variants(session, shirt)


def titles(database, shirt):
    return [" ".join(variants.options_of(row).values()) for row in read(database, shirt)]


def change(database, variant, **values):
    database.run("Change", variants.update_variant, variant, None, **values)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("S, M,L", ["S", "M", "L"]),
        ("أحمر، أزرق؛ أخضر", ["أحمر", "أزرق", "أخضر"]),
        ("red\n\n blue ;red, RED", ["red", "blue"]),
        (" ,، ", []),
    ],
)
def test_values_are_written_as_a_list(typed, values):
    assert variants.split_values(typed) == values


def test_sizes_and_colours_make_the_combinations():
    found = variants.combine([("Size", ["S", "M"]), ("Colour", ["red", "blue"])])
    assert [tuple(one.values()) for one in found] == [("S", "red"), ("S", "blue"), ("M", "red"), ("M", "blue")]


@pytest.mark.parametrize(
    "options",
    [
        [],
        [(" ", ["S"])],
        [("Size", [])],
        [("Size", [" "])],
        [("Size", ["S"]), ("size", ["M"])],
        [("S" * 41, ["S"])],
        [("Size", ["S" * 101])],
        [(str(n), ["x"]) for n in range(4)],
        [(name, [str(n) for n in range(11)]) for name in "ab"],
        [(name, [str(n) for n in range(10_000)]) for name in "abc"],
    ],
)
def test_what_makes_no_variants_is_explained(options):
    with pytest.raises(Invalid) as caught:
        variants.combine(options)
    assert caught.value.field == "options"


def test_only_what_is_missing_is_added(database, shirt, sizes):
    database.run("More", variants.add_variants, shirt, [("size", ["XL", "m"])])
    assert titles(database, shirt) == ["S", "M", "L", "XL"]
    with pytest.raises(Invalid, match="already"):
        database.run("Again", variants.add_variants, shirt, SIZES)
    with pytest.raises(Invalid, match="100 variants"):
        database.run("Many", variants.add_variants, shirt, [("Size", [str(n) for n in range(97)])])
    with pytest.raises(NotFound):
        database.run("Gone", variants.add_variants, shirt + 9, SIZES)


def test_no_two_variants_are_the_same(database, shirt, sizes):
    with pytest.raises(Invalid, match="already") as caught:
        change(database, sizes[0], options={"Size": " m "})
    assert caught.value.field == "options"
    with pytest.raises(Invalid, match="needs a value"):
        change(database, sizes[0], options={"Size": " \n "})
    change(database, sizes[0], options={"Size": "XS 🎁\nمقاس"})
    assert titles(database, shirt)[0] == "XS 🎁 مقاس"


def test_a_code_belongs_to_one_item_or_variant(database, shirt, sizes):
    change(database, sizes[0], code="SH-2")
    for taken in ("SH-1", "SH-2"):
        with pytest.raises(Invalid, match="used by") as caught:
            change(database, sizes[1], code=taken)
        assert caught.value.field == "code"
    with pytest.raises(Invalid, match="used by"):
        database.run("Add", catalog.add_product, "Cap", code="SH-2")
    with database.reader() as session:
        assert catalog.next_code(session, "SH-1") == "SH-3"
    change(database, sizes[0], code="SH-2")
    change(database, sizes[0], code="")
    change(database, sizes[1], code="")


def test_an_item_is_found_by_the_code_of_a_variant(database, shirt, sizes):
    change(database, sizes[0], code="QX-77")
    with database.reader() as session:
        assert catalog.find_products(session, "qx-77") == [shirt]
    database.run("Rename", catalog.update_product, shirt, None, name="Blouse")
    with database.reader() as session:
        assert catalog.find_products(session, "qx-77") == [shirt]
    database.run("Remove", variants.remove_variant, sizes[0])
    with database.reader() as session:
        assert catalog.find_products(session, "qx-77") == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sale_price": 5000}, "sale_price"),
        ({"price": 4000, "sale_price": 4000}, "sale_price"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 10**12}, "quantity"),
        ({"availability": "soon"}, "availability"),
        ({"picture": "of another item"}, "picture"),
    ],
)
def test_what_a_variant_cannot_be(database, sizes, values, field):
    with pytest.raises(Invalid) as caught:
        change(database, sizes[0], **values)
    assert caught.value.field == field


def test_a_sale_is_below_the_own_price_or_the_items(database, shirt, sizes):
    change(database, sizes[0], sale_price=4900)
    change(database, sizes[0], price=9000, sale_price=8000)
    with pytest.raises(Invalid, match="not below") as caught:
        change(database, sizes[0], price=None)
    assert caught.value.field == "price"
    change(database, sizes[0], price=None, sale_price=None, quantity=3)
    assert read(database, shirt)[0].quantity == 3


def test_a_change_elsewhere_is_noticed_in_the_same_column_only(database, shirt, sizes):
    base = read(database, shirt)[0].version
    change(database, sizes[0], price=7000)
    database.run("Mine", variants.update_variant, sizes[0], base, code="A")
    with pytest.raises(Stale):
        database.run("Mine", variants.update_variant, sizes[0], base, price=8000)


def test_order_and_removal_can_be_undone(database, shirt, sizes):
    database.run("Move", variants.move_variant, sizes[2], 0)
    assert titles(database, shirt) == ["L", "S", "M"]
    database.run("Move", variants.move_variant, sizes[2], 99)
    assert titles(database, shirt) == ["S", "M", "L"]
    database.run("Remove", variants.remove_variant, sizes[1])
    assert titles(database, shirt) == ["S", "L"]
    with pytest.raises(NotFound, match="Undo"):
        change(database, sizes[1], price=1)
    database.undo()
    assert titles(database, shirt) == ["S", "M", "L"]
    with database.reader() as session:
        assert variants.option_names(session, shirt) == ["Size"]


def test_what_was_not_written_here_does_no_harm(database, shirt, sizes):
    from desktop.data.models import Variant

    def spoil(session):
        for row, options in zip(variants.list_variants(session, shirt), ("", "[1]", "{broken"), strict=True):
            session.get(Variant, row.id).options = options

    database.run("Spoil", spoil)
    assert titles(database, shirt) == ["", "", ""]


def test_a_duplicate_has_the_variants_without_their_codes(database, shirt, sizes):
    change(database, sizes[0], code="SH-9", price=6000)
    copy = database.run("Duplicate", catalog.duplicate_product, shirt)
    assert titles(database, copy) == ["S", "M", "L"]
    assert (read(database, copy)[0].price, read(database, copy)[0].code) == (6000, "")
    with database.reader() as session:
        assert session.scalars(select(Product.id).where(Product.search_key.contains("sh-9"))).all() == [shirt]
