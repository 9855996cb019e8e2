"""Starting a shop: complete, or not there at all."""

import os
from pathlib import Path

import pytest

from desktop.data.database import Database
from desktop.i18n import language, set_language
from desktop.services.catalog import add_product, count_products
from desktop.services.errors import Invalid
from desktop.services.labels import list_labels
from desktop.services.profile import read_profile, update_profile
from desktop.services.shop import create_shop, start_shop


def fill(session):
    add_product(session, "Bag")


def test_a_shop_begins_with_what_was_written_and_nothing_to_undo(tmp_path):
    path = tmp_path / "محل الهدايا.dukkan"
    create_shop(path, fill)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    database = Database(path)
    with database.reader() as session:
        assert count_products(session) == 1
    assert database.next_title() is None
    database.close()
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0  # customers' numbers are nobody else's


def test_nothing_is_written_over(tmp_path):
    path = tmp_path / "shop.dukkan"
    path.write_bytes(b"somebody's work")
    with pytest.raises(FileExistsError):
        create_shop(path, fill)
    assert path.read_bytes() == b"somebody's work"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path):
    path = tmp_path / "shop.dukkan"

    def slow(session):
        fill(session)
        path.write_bytes(b"somebody's work")

    with pytest.raises(FileExistsError):
        create_shop(path, slow)
    assert path.read_bytes() == b"somebody's work"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_goes_wrong_leaves_nothing_behind(tmp_path):
    def refuse(session):
        fill(session)
        raise Invalid("name", "No.")

    with pytest.raises(Invalid):
        create_shop(tmp_path / "shop.dukkan", refuse)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_links(tmp_path, monkeypatch):
    def no_links(*_paths):
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "shop.dukkan"
    create_shop(path, fill)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    Database(path).close()


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(OSError, match="gone"):
        create_shop(tmp_path / "gone" / "shop.dukkan", fill)


@pytest.mark.parametrize("speaking", ["en", "ar"])
def test_start(database, speaking):
    set_language("en")
    database.run("Start my shop", start_shop, " هدايا ", "AE", "AED", "050 123 4567", "Asia/Dubai", speaking)
    with database.reader() as session:
        profile = read_profile(session)
        labels = list_labels(session)
    assert (profile.name, profile.phone, profile.language) == ("هدايا", "971501234567", speaking)
    assert len(labels) == 6
    assert len({label.colour for label in labels}) == 6
    if speaking == "en":
        assert labels[0].name == "New customer"
    assert language() == "en"


def test_a_shop_needs_a_name_and_no_phone(database):
    with pytest.raises(Invalid) as caught:
        database.run("Start my shop", start_shop, " ", "AE", "AED", "", "Asia/Dubai", "en")
    assert caught.value.field == "name"
    database.run("Start my shop", start_shop, "Gifts", "AE", "AED", "", "Asia/Dubai", "en")
    with pytest.raises(Invalid) as caught:
        database.run("Phone", update_profile, None, phone="12")
    assert caught.value.field == "phone"


def test_the_path_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    create_shop(Path("shop.dukkan"), fill)
    Database(tmp_path / "shop.dukkan").close()
