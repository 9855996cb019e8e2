"""What can be read of a damaged shop becomes a new one; the damaged file stays as it is."""

import hashlib
import os
import sqlite3
from contextlib import closing

import pytest

from desktop.data.database import Database
from desktop.data.engines import Refused
from desktop.data.models import Picture, Product, Reply
from desktop.data.salvage import salvage
from desktop.services.catalog import add_product, find_products
from desktop.services.profile import update_profile
from tests.data.test_kept_pictures import illustrate

ITEMS = 400


def fill(session):
    update_profile(session, None, name="Gifts", territory="AE", currency="AED")
    for number in range(ITEMS):
        session.add(Product(name=f"Bag {number}", description="soft and warm " * 20))
    add_product(session, "Silk scarf")
    session.add(Reply(shortcut="hello", text="Welcome"))
    for number in range(2):
        illustrate(session, number)


@pytest.fixture
def filled(shop):
    database = Database(shop, "till")
    database.run("Fill", fill)
    database.begin_history()
    database.close()
    return shop


def damage(shop, page):
    with shop.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))


@pytest.mark.fault("F08")
def test_a_damaged_page_costs_what_is_on_it(filled, tmp_path):
    damage(filled, filled.read_bytes().index(b"Bag 200soft and warm") // 4096 + 1)
    before = hashlib.sha256(filled.read_bytes()).digest()
    done = salvage(filled, tmp_path / "saved.dukkan")
    assert not done.whole
    assert ITEMS - 30 < done.contents.items < ITEMS + 3
    assert done.contents.replies == 1
    assert hashlib.sha256(filled.read_bytes()).digest() == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []
    assert (tmp_path / "saved.dukkan").stat().st_mode & 0o777 == 0o600
    database = Database(done.path)
    assert database.problems() == []
    with database.reader() as session:
        assert len(find_products(session, "scarf", 10)) == 1
        assert session.query(Picture).count() == 2
    assert database.run("Add", add_product, "Box")
    database.close()


@pytest.mark.fault("F08")
def test_half_a_file_gives_what_is_in_its_half(filled, tmp_path):
    with filled.open("r+b") as file:
        file.truncate(filled.stat().st_size // 2)
    done = salvage(filled, tmp_path / "saved.dukkan")
    assert not done.whole
    Database(done.path).close()


@pytest.mark.fault("F08")
def test_a_picture_that_is_not_itself_is_left_out(filled, tmp_path):
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE blob SET data = x'00' WHERE rowid = 1")
    done = salvage(filled, tmp_path / "saved.dukkan")
    assert done.contents.items == ITEMS + 3
    with closing(sqlite3.connect(done.path)) as connection:
        assert connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM picture").fetchone() == (1,)


@pytest.mark.fault("F07")
@pytest.mark.parametrize("content", [b"", b"nothing of a shop" * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_where_nothing_is_readable_there_is_no_new_shop(shop, tmp_path, content):
    shop.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        salvage(shop, tmp_path / "saved.dukkan")
    assert shop.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [shop.name]


def test_nothing_is_written_over(filled, tmp_path):
    (tmp_path / "saved.dukkan").write_text("mine")
    with pytest.raises(FileExistsError):
        salvage(filled, tmp_path / "saved.dukkan")
    assert (tmp_path / "saved.dukkan").read_text() == "mine"
