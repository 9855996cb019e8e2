"""Sheets of QR codes from the command line."""

import json
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtGui import QImage

from desktop.data.database import Database
from desktop.services import exports
from desktop.services.links import parse_link
from desktop.services.profile import update_profile


def codes(path):
    """Return every link on the pages of a PDF."""
    pages = (page.render(scale=3, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(path))
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


def test_a_pdf_of_all_items_that_customers_see(dukkan, gifts, tmp_path):
    path = tmp_path / "codes.pdf"
    result = dukkan("qr-sheet", gifts, "--where", "all", "--out", path)
    assert (result.code, result.out) == (0, "")
    assert "3 codes are in" in result.err
    found = codes(path)
    assert len(found) == 3
    assert "https://wa.me/p/24681357/971501234567" in found
    assert {parse_link(link).kind for link in found} == {"chat", "item"}


def test_conditions_hold_at_once_and_hidden_items_are_asked_for(dukkan, gifts, tmp_path):
    path = tmp_path / "codes.PDF"
    words = ["qr-sheet", gifts, "--out", path, "--json"]
    assert json.loads(dukkan(*words, "--where", "on-sale", "--where", "in-stock").out) == {
        "codes": 1,
        "files": [str(path)],
    }
    assert len(codes(path)) == 1
    assert json.loads(dukkan(*words, "--where", "hidden").out)["codes"] == 1
    assert json.loads(dukkan(*words, "--where", "code=OUD").out)["codes"] == 1
    assert codes(path) == ["https://wa.me/p/24681357/971501234567"]


def test_pictures_and_drawings(dukkan, gifts, tmp_path):
    assert dukkan("qr-sheet", gifts, "--out", tmp_path / "a.png", "--columns", "2").code == 0
    assert QImage(str(tmp_path / "a.png")).width() > 1000
    result = dukkan("qr-sheet", gifts, "--out", tmp_path / "drawings", "--json")
    assert len(json.loads(result.out)["files"]) == 3
    assert (tmp_path / "drawings" / "OUD عطر العود.svg").read_text("utf-8").startswith("<svg")


def test_codes_that_print_too_small_are_told(dukkan, gifts, tmp_path):
    result = dukkan("qr-sheet", gifts, "--out", tmp_path / "a.pdf", "--columns", "8")
    assert result.code == 0
    assert "too dense" in result.err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--where", "cheap", "--out", "a.pdf"], 65, "on-sale"),
        (["--where", "collection=Bags", "--out", "a.pdf"], 65, "no collection called"),
        (["--where", "code=NONE", "--out", "a.pdf"], 65, "no items"),
        (["--where", "all"], 2, "--out"),
        (["--out", "a.pdf", "--columns", "9"], 2, "1 to 8"),
        (["--out", "none/a.pdf"], 73, "no folder"),
    ],
)
def test_what_is_wrong_is_one_sentence(dukkan, gifts, tmp_path, monkeypatch, words, code, sentence):
    monkeypatch.chdir(tmp_path)
    result = dukkan("qr-sheet", gifts, *words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert not (tmp_path / "a.pdf").exists()


def test_without_a_phone_there_are_no_links(dukkan, gifts, tmp_path):
    database = Database(gifts)
    database.run("Phone", update_profile, phone="")
    database.close()
    result = dukkan("qr-sheet", gifts, "--out", tmp_path / "a.pdf")
    assert result.code == 65
    assert "phone number" in result.err


def test_the_shop_is_only_read(dukkan, held, tmp_path):
    assert dukkan("qr-sheet", held, "--out", tmp_path / "a.pdf").code == 0


def noted(shop):
    with closing(Database(shop, read_only=True)) as database, database.reader() as session:
        return {(one.kind, Path(one.path).name, one.phone, one.items) for one in exports.list_exports(session)}


def test_every_export_is_noted_in_the_shop(dukkan, gifts, tmp_path):
    dukkan("qr-sheet", gifts, "--out", tmp_path / "a.pdf")
    dukkan("export", gifts, "feed", "--out", tmp_path / "a.csv")
    dukkan("export", gifts, "feed", "--out", "-")
    dukkan("export", gifts, "replies", "--out", tmp_path / "r.csv")
    dukkan("export", gifts, "json", "--out", tmp_path / "s.json")
    dukkan("link", gifts, "--item", "OUD", "--qr", tmp_path / "q.png")
    number = "971501234567"
    assert noted(gifts) == {
        ("qr_sheet", "a.pdf", number, 3),
        ("feed", "a.csv", "", 4),
        ("replies", "r.csv", "", 2),
        ("json", "s.json", number, 4),
        ("qr", "q.png", number, 1),
    }


def test_a_shop_that_is_open_elsewhere_is_exported_without_a_note(dukkan, held, tmp_path):
    assert dukkan("export", held, "replies", "--out", tmp_path / "r.csv").code == 0
    assert noted(held) == set()
