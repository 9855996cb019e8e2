"""Every kind of export, made again at its place after the shop has another number: real files, read back."""

import io
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import update

from desktop.data.models import Export
from desktop.exchange.files import CannotWrite
from desktop.exchange.publish import MAKERS
from desktop.exchange.remake import remake
from desktop.services import exports
from desktop.services.campaigns import add_campaign
from desktop.services.catalog import add_product, remove_products
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply

OLD, NEW = "971501234567", "971559876543"


def fill(session):
    """Make a shop that has just changed its number, with two items, a reply and a campaign."""
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    update_profile(session, None, name="Bayt", phone=f"+{OLD}", **home)
    add_product(session, "Rose box", code="R1", link=f"https://wa.me/{NEW}")
    add_product(session, "Tray", code="T2")
    add_reply(session, "hi", "Hello")
    add_campaign(session, "Flyer")


@pytest.fixture
def shop(shop_with):
    return shop_with(fill)


def made(database, kind, path, /, **options):
    """Note an export with the old number, change the number, and make it again; return what it holds then."""
    database.run_unrecorded(exports.record, kind, path, options, OLD, 1)
    database.run("Number", update_profile, None, phone=f"+{NEW}")
    with database.reader() as session:
        return remake(session, exports.list_exports(session)[0], MAKERS)


def links_of(data):
    """Return what the codes in a picture or on the pages of a PDF say."""
    if data.startswith(b"%PDF"):
        pages = [page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(data)]
    else:
        pages = [Image.open(io.BytesIO(data))]
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]


def test_the_feed_with_its_options(database, tmp_path):
    path = tmp_path / "feed.csv"
    path.write_text("old")
    assert made(database, "feed", path, base_url="https://a.example") == (NEW, 2)
    assert b"Rose box" in path.read_bytes()


def test_the_replies_carry_a_number_only_where_one_stands_in_them(database, tmp_path):
    assert made(database, "replies", tmp_path / "r.csv") == ("", 1)
    assert b"Hello" in (tmp_path / "r.csv").read_bytes()


def test_the_whole_shop(database, tmp_path):
    assert made(database, "json", tmp_path / "s.json") == (NEW, 2)
    assert NEW in (tmp_path / "s.json").read_text("utf-8")
    assert OLD not in (tmp_path / "s.json").read_text("utf-8")


def test_a_sheet_of_the_same_items(database, tmp_path):
    path = tmp_path / "sheet.pdf"
    assert made(database, "qr_sheet", path, terms=["all"], out=[2], columns=2) == (NEW, 1)
    (link,) = links_of(path.read_bytes())
    assert link.startswith(f"https://wa.me/{NEW}?text=")


@pytest.mark.parametrize(("name", "files"), [("pages", ["pages/1.png"]), ("page.png", ["page.png"])])
def test_pages_as_pictures(database, tmp_path, name, files):
    assert made(database, "qr_pages", tmp_path / name, terms=["all"]) == (NEW, 2)
    for file in files:
        assert len(links_of((tmp_path / file).read_bytes())) == 2


def test_drawings_in_a_folder(database, tmp_path):
    assert made(database, "qr_drawings", tmp_path / "drawings", terms=["code=R1"]) == (NEW, 1)
    assert [file.name for file in (tmp_path / "drawings").iterdir()] == ["R1 Rose box.svg"]


@pytest.mark.parametrize(
    "options", [{"kind": "chat", "text": "Hi"}, {"kind": "item", "target": 1}, {"kind": "catalog"}, {"campaign": 1}]
)
def test_a_code_of_any_link(database, tmp_path, options):
    path = tmp_path / "code.png"
    assert made(database, "qr", path, **options) == (NEW, 1)
    (link,) = links_of(path.read_bytes())
    assert NEW in link


def test_a_code_with_a_number_of_its_own_keeps_it(database, tmp_path):
    assert made(database, "qr", tmp_path / "code.svg", kind="chat", phone="966512345678") == ("", 1)
    assert b"<svg" in (tmp_path / "code.svg").read_bytes()


def test_a_card_of_the_same_size(database, tmp_path):
    path = tmp_path / "card.pdf"
    assert made(database, "card", path, size="business") == (NEW, 0)
    assert links_of(path.read_bytes()) == [f"https://wa.me/{NEW}"]


def test_a_folder_that_is_gone_is_said_and_not_made(database, tmp_path):
    with pytest.raises(CannotWrite, match="is not there any more"):
        made(database, "feed", tmp_path / "gone" / "feed.csv")
    assert not (tmp_path / "gone").exists()


def test_what_it_was_about_is_gone(database, tmp_path):
    database.run("Delete", remove_products, [1])
    (tmp_path / "code.png").write_bytes(b"old")
    with pytest.raises(Invalid):
        made(database, "qr", tmp_path / "code.png", kind="item", target=1)
    assert (tmp_path / "code.png").read_bytes() == b"old"


@pytest.mark.fault("S13")
def test_what_was_copied_or_made_elsewhere_or_later_is_said(database, tmp_path):
    with pytest.raises(Invalid, match="copy it again"):
        made(database, "website_button", None)
    with pytest.raises(Invalid, match="copy it again"):
        made(database, "hologram", tmp_path / "a")
    database.run_unrecorded(exports.record, "feed", Path("/a/feed.csv"), {}, OLD, 1)
    database.run_unrecorded(lambda session: session.execute(update(Export).values(computer="till-9")))
    with database.reader() as session, pytest.raises(Invalid, match="till-9"):
        remake(session, next(one for one in exports.list_exports(session) if one.kind == "feed"), MAKERS)
