"""Drafts of items: from photos, and added together."""

import pytest

from desktop.services.catalog import find_products, read_products
from desktop.services.drafts import Draft, add_drafts, doubts_of, drafts_of_photos
from desktop.services.errors import Invalid


def told(names, together=True):
    return [(draft.name, draft.code, draft.files) for draft in drafts_of_photos(names, together)]


def test_names_of_files_become_readable():
    assert told(["leather_bag-black.jpg"]) == [("Leather bag black", "", ("leather_bag-black.jpg",))]
    assert told(["C:\\Photos\\شنطة_قماش.HEIC"]) == [("شنطة قماش", "", ("C:\\Photos\\شنطة_قماش.HEIC",))]
    assert told(["/tmp/BAG-0107.jpg"]) == [("", "BAG-0107", ("/tmp/BAG-0107.jpg",))]


@pytest.mark.parametrize(
    "name",
    [
        *("IMG_2041.HEIC", "DSC01234.JPG", "WhatsApp Image 2025-03-01 at 10.22.33 AM (2).jpeg", "20250301_102233.jpg"),
        *("PXL_20250301_102233.jpg", "IMG-20250301-WA0007.jpg", "Screenshot 2025-03-01.png", "صورة 12.jpg", "1.png"),
    ],
)
def test_what_a_camera_calls_it_is_no_name(name):
    assert told([name]) == [("", "", (name,))]


def test_numbered_photos_are_one_item_in_the_order_people_count():
    names = ["bag 10.jpg", "bag 2.jpg", "bag (1).jpg", "belt.jpg", "cup.jpg", "cup-2.jpg", "IMG_1.jpg", "IMG_2.jpg"]
    assert told(names) == [
        ("Bag", "", ("bag (1).jpg", "bag 2.jpg", "bag 10.jpg")),
        ("Belt", "", ("belt.jpg",)),
        ("Cup", "", ("cup.jpg", "cup-2.jpg")),
        ("", "", ("IMG_1.jpg",)),
        ("", "", ("IMG_2.jpg",)),
    ]
    assert len(told(names, together=False)) == 8


def test_they_are_added_together_or_not_at_all(database):
    drafts = [Draft("Bag", 9500, 8000, code="B-1", description="Cotton"), Draft(price=100, currency="USD")]
    ids = database.run("Add items", add_drafts, drafts)
    with database.reader() as session:
        bag, new = read_products(session, ids)
        assert doubts_of(session, drafts, "AED") != ["", ""]
    assert (bag.name, bag.price, bag.sale_price, bag.code, bag.description) == ("Bag", 9500, 8000, "B-1", "Cotton")
    assert (new.name, new.price, new.currency) == ("New item", 100, "USD")
    with pytest.raises(Invalid):
        database.run("Add items", add_drafts, [Draft("Cup"), Draft("Bag", code="B-1")])
    with database.reader() as session:
        assert len(find_products(session)) == 2
