"""A shop is rebuilt from the folder that was exported of it, whole."""

import json
import shutil

import pytest
from sqlalchemy import select, text

from desktop.data import blobs
from desktop.data.database import Database
from desktop.data.history import journaled
from desktop.data.images import normalise
from desktop.data.models import Blob, Picture, Profile
from desktop.exchange.rebuild import NotRebuilt, rebuild_shop
from desktop.exchange.shop_folder import write_shop
from desktop.exchange.shop_json import read_shop
from desktop.services import catalog, customers, replies, reply_parts
from tests.exchange.test_shop_json import SHA, fill


@pytest.fixture(scope="module")
def made(tmp_path_factory, new_shop, painted):
    """The file of a shop with something in every table, one picture and one PDF, and the folder that it went out to."""
    folder = tmp_path_factory.mktemp("made")
    image = normalise(painted(width=20, height=10))

    def more(session):
        fill(session)
        blobs.store(session, image)
        for row in session.scalars(select(Picture).where(Picture.sha256 == SHA)):
            row.sha256 = image.sha256
        session.get(Profile, 1).logo = image.sha256
        reply_parts.add_pdf(session, 1, "prices.pdf", b"%PDF-1.4 prices")
        catalog.add_product(session, "Gone")
        session.flush()
        for id in (1, 2):
            catalog.note(session, catalog.read_product(session, id))
        catalog.remove_products(session, [4])

    database = Database(shutil.copy(new_shop, folder / "shop.dukkan"), "till")
    database.run("Fill", more)
    database.run_unrecorded(replies.count_use, 1)
    database.run_unrecorded(lambda session: session.execute(text("DELETE FROM blob WHERE data = x''")))
    with database.reader() as session:
        assert write_shop(session, folder / "export") == 2
    database.close()
    return folder


@pytest.fixture
def shop(made, tmp_path):
    return shutil.copy(made / "shop.dukkan", tmp_path / "shop.dukkan")


@pytest.fixture
def full(database):
    """That shop, open to write."""
    return database


@pytest.fixture
def folder(made, tmp_path):
    """That folder."""
    return shutil.copytree(made / "export", tmp_path / "export")


def exported(path, folder):
    database = Database(path, "till")
    with database.reader() as session:
        write_shop(session, folder)
        found = read_shop(session)
    database.close()
    return found


def test_what_is_rebuilt_is_exported_the_same(full, folder, tmp_path, contents):
    rebuilt = tmp_path / "rebuilt.dukkan"
    result = rebuild_shop(folder, rebuilt)
    assert (result.items, result.replies, result.customers, result.missing) == (3, 1, 2, 0)
    with full.reader() as session:
        document = read_shop(session)
    assert exported(rebuilt, tmp_path / "again") == document
    files = [
        {f.relative_to(d): f.read_bytes() for f in d.rglob("*") if f.is_file()} for d in (folder, tmp_path / "again")
    ]
    assert files[0] == files[1]
    assert all(document.values()), "something of every kind was there"


def test_what_the_document_does_not_say_is_as_it_was(full, folder, tmp_path):
    """What is found and sorted by, the order of lists, the bytes of pictures; and that nothing is there to undo."""
    rebuild_shop(folder, tmp_path / "rebuilt.dukkan")
    new = Database(tmp_path / "rebuilt.dukkan", "till")
    with full.reader() as old, new.reader() as session:
        for name, model in journaled().items():
            keys = [c for c in model.__table__.columns if c.name in ("id", "search_key", "sort_key", "changed_at")]
            query = select(*keys).order_by(keys[0])
            if name not in ("collection_item", "customer_label"):
                assert session.execute(query).all() == old.execute(query).all(), name
        pictures = select(Blob.sha256, Blob.data, Blob.thumbnail, Blob.width, Blob.height, Blob.format)
        assert (
            session.execute(pictures.order_by(Blob.sha256)).all() == old.execute(pictures.order_by(Blob.sha256)).all()
        )
        assert catalog.find_products(session, "مزهرية") == catalog.find_products(old, "مزهرية") != []
        assert customers.find_customers(session, "huda") == customers.find_customers(old, "huda")
    assert new.next_title() is None
    assert new.problems() == []
    new.close()


def test_ids_that_something_names_are_not_given_out_again(full, tmp_path):
    full.run("Order", lambda session: session.execute(text("UPDATE order_line SET product_id = 4")))
    with full.reader() as session:
        write_shop(session, tmp_path / "export")
    rebuild_shop(tmp_path / "export", tmp_path / "rebuilt.dukkan")
    new = Database(tmp_path / "rebuilt.dukkan", "till")
    assert new.run("Add", catalog.add_product, "New") == 5
    new.close()


def test_a_shop_that_exists_is_left_as_it_is(folder, shop, tmp_path):
    before = shutil.copy(shop, tmp_path / "before")
    with pytest.raises(FileExistsError):
        rebuild_shop(folder, shop)
    assert shop.read_bytes() == before.read_bytes()


def test_pictures_that_are_lost_or_others_are_counted(folder, tmp_path):
    first, second = sorted((folder / "pictures").iterdir())
    first.unlink()
    second.write_bytes(b"something else")
    assert rebuild_shop(folder, tmp_path / "rebuilt.dukkan").missing == 2
    assert exported(tmp_path / "rebuilt.dukkan", tmp_path / "again")["profile"]["logo"] is None


def test_the_document_alone_is_enough(folder, tmp_path):
    shutil.rmtree(folder / "pictures")
    assert rebuild_shop(folder / "shop.json", tmp_path / "rebuilt.dukkan").items == 3


def set_in(path, value):
    def change(document):
        place = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        set_in(("items", 0, "price"), "7.5555"),
        set_in(("items", 0, "price"), "NaN"),
        set_in(("items", 0, "price"), "1e999999"),
        set_in(("customers", 0, "stopped_at"), 2**62),
        set_in(("items", 0, "name"), None),
        set_in(("items", 0, "name"), ["a"]),
        set_in(("items", 0, "name"), "a\0b"),
        set_in(("items", 0, "name"), "\ud800"),
        set_in(("items", 0, "id"), -1),
        set_in(("items", 0, "id"), 10**30),
        set_in(("items", 1, "id"), 1),
        set_in(("items", 0, "hidden"), 2),
        set_in(("items", 0), "no item"),
        set_in(("items",), 5),
        set_in(("orders", 0, "customer_id"), 99),
        set_in(("customers", 1, "labels"), ["nobody's"]),
        set_in(("collections", 0, "items"), [77]),
        set_in(("profile",), None),
        set_in(("replies",), [{"id": 1}]),
        lambda document: document.pop("profile"),
    ],
)
def test_a_document_that_no_shop_wrote(folder, tmp_path, change):
    document = json.loads((folder / "shop.json").read_text("utf-8"))
    change(document)
    (folder / "shop.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(NotRebuilt, match=r"shop\.json"):
        rebuild_shop(folder, tmp_path / "rebuilt.dukkan")
    assert not (tmp_path / "rebuilt.dukkan").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".rebuilt")]


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"[]", b'{"format": "other"}', b"\xff\xfe"])
def test_files_that_are_no_document(tmp_path, data):
    (tmp_path / "shop.json").write_bytes(data)
    with pytest.raises(NotRebuilt):
        rebuild_shop(tmp_path, tmp_path / "rebuilt.dukkan")


def test_a_folder_without_a_document(tmp_path):
    with pytest.raises(NotRebuilt, match="There is no "):
        rebuild_shop(tmp_path, tmp_path / "rebuilt.dukkan")
