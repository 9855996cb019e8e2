"""The forms of the catalog: each is made from what was kept of the choice, and looks before as it does then."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from desktop.exchange.offer import Choice
from desktop.exchange.publish import FORMS, MAKERS, form_of
from desktop.exchange.publish_choice import choice_of
from desktop.exchange.publish_previews import Front, Messages, Pages, Rows
from desktop.services import exports
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile


def fill(session):
    """Add 30 items, of which one is hidden and 20 are in a collection."""
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    update_profile(session, name="Bayt", phone="+971501234567", **home)
    group = add_collection(session, "Boxes")
    for at in range(30):
        item = add_product(session, f"Box {at}", code=f"B-{at}", price=1000, hidden=at == 0)
        if at < 20:
            put_into(session, item, group)


@pytest.fixture
def shop(shop_with):
    return shop_with(fill)


def test_what_was_kept_means_the_same_again():
    kept = json.loads(
        json.dumps(
            {
                "languages": ["ar", "en"],
                "prices": "-15",
                "collections": [3],
                "valid_until": "2026-12-31",
                "note": "VAT included",
            }
        )
    )
    meant = Choice(("ar", "en"), Decimal(-15), (3,), dt.date(2026, 12, 31), "VAT included")
    assert choice_of(kept) == meant
    assert choice_of({}) == Choice()
    assert choice_of({"prices": "none"}).percent is None
    assert choice_of({"valid_until": "soon", "collections": ["x"]}) == Choice()
    with pytest.raises(Invalid):
        choice_of({"prices": "cheap"})


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_every_form_is_known_to_the_record_and_looks_at_few_items(form, database):
    assert form.kind in exports.TITLES
    assert form_of(form.kind) is form
    assert form.kind in MAKERS
    with database.reader() as session:
        preview = form.preview(session, {})
    match preview:
        case Front():
            assert len(preview.tiles) == 9
            assert preview.tiles[0].name == "Box 1"  # what is hidden is not shown
            assert preview.tiles[0].price == "AED\xa010"
            assert preview.chapters == ["Boxes"]
        case Rows():
            assert 0 < len(preview.rows) < 20
        case Pages():
            assert all(page.startswith(b"\x89PNG") for page in preview.pictures)
        case Messages():
            assert "Box 1" in preview.texts[0]


def test_a_preview_follows_the_choice(database):
    with database.reader() as session:
        front = form_of("site").preview(session, {"prices": "-50", "valid_until": "2030-01-02", "note": "VAT incl."})
        assert front.tiles[0].price == "AED\xa05"
        assert front.terms == ["VAT incl.", "Prices valid until 2 January 2030."]
        assert not form_of("site").preview(session, {"prices": "none"}).tiles[0].price
        rows = form_of("feed").preview(session, {"base_url": "https://bayt.example/"})
        assert rows.rows[0][rows.headings.index("id")] == "B-0"
        rows = form_of("feed").preview(session, {"prices": "-50"})
        assert rows.rows[0][rows.headings.index("price")] == "5 AED"


@pytest.mark.parametrize("kind", ["feed", "json", "shop", "upload", "xlsx"])
def test_what_is_stopped_on_its_way_leaves_what_was_there(kind, database, tmp_path):
    class Stopped(Exception):
        pass

    def step(done, total):
        raise Stopped

    form = form_of(kind)
    folder = tmp_path / "made"
    folder.mkdir()
    path = folder / f"out{form.endings[0][0] if form.endings else ''}"
    options = {"base_url": "https://shop.example"} if kind == "upload" else {}
    with database.reader() as session:
        form.make(session, path, options, lambda done, total: None)
        before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        assert before
        with pytest.raises(Stopped):
            form.make(session, path, options, step)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
