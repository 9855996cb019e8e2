"""What was made is noted once for each place, and what would be made otherwise now is known."""

from pathlib import Path

import pytest

from desktop.services import exports
from desktop.services.catalog import add_product, update_product
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply

OLD, NEW = "971501234567", "971559876543"


@pytest.fixture
def shop_of(both):
    """A shop with a number and an item."""
    both.run("Home", update_profile, None, territory="AE", name="Bayt", phone=f"+{OLD}")
    both.run("Add", add_product, "Rose box")
    return both


def note(database, kind, path, options=None, phone=""):
    database.run_unrecorded(exports.record, kind, path, options or {}, phone, 1)


def read(database, fn, *args):
    with database.reader() as session:
        return fn(session, *args)


def stale(database):
    return {one.export.kind: (one.other_number, one.changed) for one in read(database, exports.outdated)}


def test_what_is_made_at_the_same_place_takes_the_place_of_what_was(shop_of, tmp_path):
    note(shop_of, "feed", tmp_path / "a.csv", {"base_url": ""})
    note(shop_of, "feed", tmp_path / "a.csv", {"base_url": "https://a.example"})
    note(shop_of, "feed", tmp_path / "b.csv")
    found = read(shop_of, exports.list_exports)
    assert [(Path(export.path).name, exports.options_of(export)) for export in found] == [
        ("b.csv", {}),
        ("a.csv", {"base_url": "https://a.example"}),
    ]


def test_what_is_copied_is_told_apart_by_what_it_leads_to(shop_of):
    for target in (1, 2, 1):
        note(shop_of, "website_button", None, {"target": target})
    assert len(read(shop_of, exports.list_exports)) == 2


@pytest.mark.on("sqlite")
def test_paths_are_kept_whole(shop_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    note(shop_of, "feed", Path("a.csv"))
    assert read(shop_of, exports.list_exports)[0].path == str(tmp_path / "a.csv")


def test_only_what_an_export_is_made_of_makes_it_outdated(shop_of, tmp_path):
    for kind in ("feed", "replies", "json"):
        note(shop_of, kind, tmp_path / kind)
    assert stale(shop_of) == {}
    shop_of.run("Add", add_reply, "hi", "Hello")
    assert stale(shop_of) == {"replies": (False, True), "json": (False, True)}
    shop_of.run("Price", update_product, 1, None, price=5)
    assert stale(shop_of).keys() == {"feed", "replies", "json"}
    note(shop_of, "feed", tmp_path / "feed")
    assert "feed" not in stale(shop_of)


def test_another_number_makes_it_outdated_whatever_changed(shop_of, tmp_path):
    note(shop_of, "website_button", None, phone=OLD)
    note(shop_of, "replies", tmp_path / "r.csv")
    shop_of.run("Number", update_profile, None, phone=f"+{NEW}")
    assert stale(shop_of) == {"website_button": (True, True)}
    assert [export.kind for export in read(shop_of, exports.carrying, OLD)] == ["website_button"]


def test_what_the_history_has_forgotten_counts_as_a_change(shop_of, tmp_path):
    note(shop_of, "feed", tmp_path / "a.csv")
    shop_of.begin_history()
    assert stale(shop_of) == {"feed": (False, True)}


def test_it_is_no_history_and_can_be_forgotten(shop_of, tmp_path):
    before = shop_of.next_title()
    note(shop_of, "feed", tmp_path / "a.csv")
    assert shop_of.next_title() == before
    shop_of.run_unrecorded(exports.forget, [export.id for export in read(shop_of, exports.list_exports)])
    assert read(shop_of, exports.list_exports) == []


@pytest.mark.on("sqlite")
def test_options_that_cannot_be_read_are_none(shop_of, tmp_path):
    def spoil(session):
        exports.list_exports(session)[0].options = "[1"

    note(shop_of, "feed", tmp_path / "a.csv", {"base_url": "x"})
    shop_of.run_unrecorded(spoil)
    assert exports.options_of(read(shop_of, exports.list_exports)[0]) == {}
