"""A shop moves to a server and back: the very same, whole or not at all."""

from hashlib import sha256
from threading import Event

import pytest
from sqlalchemy import create_engine, text

from desktop.data import moving
from desktop.data.database import Cancelled, Database
from desktop.data.engines import Missing, Refused
from desktop.data.images import Image
from desktop.data.lock import Locked
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.server import Moved, NotEmpty
from desktop.services import bulk, catalog, collections
from desktop.services.sample import fill_sample, read_sample


class Drawn(dict):
    """Stands for drawings, which take seconds to make: other bytes under each name."""

    def __missing__(self, name):
        data = name.encode() + bytes(range(256))
        return Image(data, b"small", 1, 1, "png", sha256(data).hexdigest())


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A shop with pictures and everything, in which something was done and something taken back."""
    path = tmp_path_factory.mktemp("sample") / "gifts.dukkan"
    create_sqlite(path)
    database = Database(path, "till")
    database.run("Fill", fill_sample, read_sample("gifts"), Drawn(), "en", {})
    product = database.run("Add item", catalog.add_product, "Bag", price=100)
    database.run("Hide", bulk.hide, [product])
    database.run("Remove", catalog.remove_products, [product])
    database.run("Collect", collections.add_collection, "New things")
    database.undo()
    database.close()
    return path


@pytest.fixture
def shop(tmp_path, sample):
    path = tmp_path / "gifts.dukkan"
    path.write_bytes(sample.read_bytes())
    return path


@pytest.fixture
def place(empty_place):
    return empty_place


def seen(where, contents):
    database = Database(where, "till")
    found = contents(database)
    titles = database.next_title(), database.next_title(redo=True)
    database.close()
    return found, titles


def test_there_and_back_everything_is_equal(shop, place, contents, tmp_path):
    before = seen(shop, contents)
    told = []
    there = moving.move(shop, place, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert not shop.exists()
    assert seen(there.kept, contents) == before
    assert seen(place, contents) == before
    assert there.tables["product"] == len(before[0]["product"]) > 0
    assert there.tables["blob"] > 0
    back = tmp_path / "back.dukkan"
    moving.move(place, back)
    assert seen(back, contents) == before
    with pytest.raises(Moved, match=r"moved to .*back\.dukkan"):
        Database(place)
    Database(place, read_only=True).close()


def test_ids_go_on_and_what_was_done_can_be_taken_back(shop, place, contents, tmp_path):
    database = Database(shop, "till")
    after = database.run("Add item", catalog.add_product, "Next")
    database.undo()
    database.close()
    moving.move(shop, place)
    database = Database(place, "till")
    assert database.run("Add item", catalog.add_product, "Next") == after + 1
    database.undo()
    before = contents(database)
    assert database.undo() == "Remove"
    with database.reader() as session:
        assert [card.name for card in catalog.cards(session, [after - 1])] == ["Bag"]
    assert database.redo() == "Remove"
    assert contents(database) == before
    database.close()
    back = tmp_path / "back.dukkan"
    moving.move(place, back)
    database = Database(back, "till")
    assert database.run("Add item", catalog.add_product, "Next") == after + 2
    database.undo()
    database.undo()
    with database.reader() as session:
        assert [card.hidden for card in catalog.cards(session, [after - 1])] == [True]
    database.close()


@pytest.mark.fault("F18")
@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_move_that_is_cancelled_leaves_nothing(shop, place, contents, part):
    before = seen(shop, contents)
    cancelled = Event()
    with pytest.raises(Cancelled):
        moving.move(shop, place, lambda done, total: done >= part * total and cancelled.set(), cancelled)
    assert seen(shop, contents) == before
    with pytest.raises(Missing):
        Database(place, read_only=True)


def test_what_arrived_otherwise_does_not_count(shop, place, monkeypatch):
    original = moving._number_on

    def slip(old, new, table):
        original(old, new, table)
        if table.name == "product":
            new.execute(text("UPDATE product SET price = price + 1 WHERE id = 1"))

    monkeypatch.setattr(moving, "_number_on", slip)
    with pytest.raises(Refused, match="not the same"):
        moving.move(shop, place)
    assert shop.exists()
    with pytest.raises(Missing):
        Database(place, read_only=True)


def test_only_an_empty_place_is_filled(shop, place, tmp_path):
    other = create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE action (id int)"))
    with pytest.raises(NotEmpty):
        moving.move(shop, place)
    with other.begin() as connection:
        connection.execute(text("DROP TABLE action"))
    other.dispose()
    database = Database(place)  # begun, but with nothing in it
    database.close()
    with pytest.raises(NotEmpty):
        moving.move(place, shop)
    holder = Database(shop)
    with pytest.raises(Locked):
        moving.move(shop, place)
    holder.close()
    moving.move(shop, place)
    second = tmp_path / "second.dukkan"
    moving.move(place, second)
    with pytest.raises(NotEmpty):
        moving.move(second, place)
    with pytest.raises(Refused, match="on a server"):
        moving.move(second, tmp_path / "third.dukkan")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
