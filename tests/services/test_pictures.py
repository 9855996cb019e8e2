"""The pictures of items, on both databases."""

import pytest

from desktop.data.images import Image
from desktop.services.catalog import add_product, read_product, remove_products
from desktop.services.errors import NotFound
from desktop.services.pictures import add_pictures, move_picture, read_picture, read_thumbnails, remove_picture


def image(name):
    return Image(name.encode(), f"small {name}".encode(), 1, 1, "png", name)


@pytest.fixture
def item(both):
    return both.run("Add", add_product, "Bread")


@pytest.fixture
def order(both, item):
    def read():
        with both.reader() as session:
            return "".join(picture.sha256 for picture in read_product(session, item).pictures)

    return read


def test_they_come_after_the_last(both, item, order):
    both.run("Add", add_pictures, item, [image("a"), image("b")])
    both.run("Add", add_pictures, item, [image("c")])
    assert order() == "abc"
    with both.reader() as session:
        assert read_picture(session, "a") == b"a"
        assert read_picture(session, "z") is None
        assert read_thumbnails(session, ["b", "z"]) == {"b": b"small b"}


@pytest.mark.parametrize(
    ("picture", "place", "expected"),
    [(2, 0, "cab"), (0, 2, "bca"), (0, 1, "bac"), (1, 1, "abc"), (0, 99, "bca"), (2, -5, "cab")],
)
def test_moving(both, item, order, picture, place, expected):
    ids = both.run("Add", add_pictures, item, [image(name) for name in "abc"])
    both.run("Move", move_picture, ids[picture], place)
    assert order() == expected


def test_many_moves_to_the_front(both, item, order):
    ids = both.run("Add", add_pictures, item, [image(name) for name in "abc"])
    for turn in range(40):
        both.run("Move", move_picture, ids[(turn + 1) % 2], 0)
    assert order() == "abc"


def test_removing_and_its_undo(both, item, order):
    ids = both.run("Add", add_pictures, item, [image(name) for name in "abc"])
    both.run("Remove", remove_picture, ids[1])
    assert order() == "ac"
    both.undo()
    assert order() == "abc"


def test_what_is_gone(both, item):
    (picture,) = both.run("Add", add_pictures, item, [image("a")])
    both.run("Delete", remove_products, [item])
    both.run("Remove", remove_picture, picture)
    both.run("Move", move_picture, picture, 0)
    with pytest.raises(NotFound):
        both.run("Add", add_pictures, item, [image("b")])
