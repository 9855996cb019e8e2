"""A folder that can be put on the web as it is: every address in the feed is that of a file in it."""

import csv
import io

import pytest
from sqlalchemy import update

from desktop.data.images import normalise
from desktop.data.models import Picture
from desktop.exchange.importing import import_feed
from desktop.exchange.lint import lint
from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.upload import write_upload
from desktop.services import catalog, pictures, profile
from desktop.services.errors import Invalid
from desktop.services.texts import set_text

BASE = "https://shop.example/catalog"


@pytest.fixture
def shop(database, small_picture):
    def fill(session):
        profile.update_profile(session, name="Bayt", language="ar", territory="AE", currency="AED")
        cup = catalog.add_product(session, "كوب", code="كوب 1", price=500, description="للشاي")
        pictures.add_pictures(session, cup, [normalise(small_picture)])
        catalog.add_product(session, "Jug", code="J", price=900, hidden=True)
        set_text(session, cup, language="en", name="Cup")

    database.run("Fill", fill)
    return database


@pytest.fixture
def small_picture(painted):
    return painted("teal", 8, 8)


def test_every_address_is_that_of_a_file(shop, tmp_path):
    from urllib.parse import unquote

    steps = []
    with shop.reader() as session:
        report = write_upload(session, tmp_path / "up", f"{BASE}/", lambda *step: steps.append(step))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "up" / "feed.csv").read_text("utf-8"), newline="")))
    assert [row["link"] for row in rows] == [f"{BASE}/items/1.html", f"{BASE}/"]
    assert [row["status"] for row in rows] == ["active", "archived"]
    file = unquote(rows[0]["image_link"].removeprefix(f"{BASE}/"))
    assert (tmp_path / "up" / file).read_bytes().startswith(b"\x89PNG")
    assert (report.items, report.pictures, report.languages, steps) == (2, 1, ["en"], [(0, 2), (1, 1)])
    assert (tmp_path / "up" / "feed-en.csv").read_text("utf-8").split("\n")[1].strip() == "كوب 1,en_XX,Cup,"
    readme = (tmp_path / "up" / "README.txt").read_text("utf-8-sig")
    assert f"{BASE}/feed.csv" in readme
    assert f"{BASE}/feed-en.csv" in readme


def test_an_address_with_braces_is_one_like_any_other(shop, tmp_path):
    with shop.reader() as session:
        write_upload(session, tmp_path / "up", "https://shop.example/{all}")
    assert "https://shop.example/{all}/items/1.html" in (tmp_path / "up" / "feed.csv").read_text("utf-8")


def test_an_upload_needs_an_address(shop, tmp_path):
    with shop.reader() as session, pytest.raises(Invalid, match="where this folder will be"):
        write_upload(session, tmp_path / "up", "")
    assert not (tmp_path / "up").exists()


def test_what_is_wrong_is_known_item_by_item_before(shop):
    with shop.reader() as session:
        found = {finding.cause.kind: [item.code for item in finding.items] for finding in lint(session)}
        placed = {finding.cause.kind for finding in lint(session, BASE)}
    assert found == {
        "no-link": ["كوب 1", "J"],
        "no-brand": ["كوب 1", "J"],
        "no-description": ["J"],
        "no-picture": ["J"],
        "small-picture": ["كوب 1"],
    }
    assert placed == found.keys() - {"no-link"}


def test_what_is_kept_here_is_uploaded_whatever_is_at_its_own_address(shop, tmp_path):
    shop.run("Say where it came from", lambda s: s.execute(update(Picture).values(url="https://old.example/cup.webp")))
    with shop.reader() as session:
        report = write_upload(session, tmp_path / "up", BASE)
        assert not [finding for finding in lint(session) if finding.cause.kind == "picture-format"]
    assert report.pictures == 1
    assert "old.example" not in (tmp_path / "up" / "feed.csv").read_text("utf-8")
    assert len(list((tmp_path / "up" / "pictures").iterdir())) == 1


def test_the_feed_of_an_upload_comes_back_and_changes_nothing(shop, tmp_path):
    with shop.reader() as session:
        causes = write_upload(session, tmp_path / "up", BASE).causes
    assert "small-picture" in {cause.kind for cause in causes}
    table = read_source((tmp_path / "up" / "feed.csv").read_bytes(), "en")
    feed = read_items(table, recognise(table, "auto", "en"))
    report = shop.run("Import", lambda session: import_feed(session, feed).report)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
