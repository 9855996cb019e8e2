"""`dukkan export`: every format by the command, what a script is told, and what is noted in the shop."""

import csv
import json
from contextlib import closing

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from desktop.data.database import Database
from desktop.services.catalog import find_by_code
from desktop.services.collections import add_collection, put_into
from desktop.services.exports import list_exports, options_of
from desktop.services.follow_ups import add_follow_up
from desktop.services.texts import set_text


def noted(shop):
    with closing(Database(shop, read_only=True)) as database, database.reader() as session:
        return {one.kind: (one.items, one.phone, options_of(one)) for one in list_exports(session)}


@pytest.mark.parametrize(
    ("kind", "name", "first"),
    [
        ("feed", "a.csv", "a.csv"),
        ("site", "site", "site/index.html"),
        ("pdf", "a.pdf", "a.pdf"),
        ("text", "a.txt", "a.txt"),
        ("text", "chat", "chat"),
        ("xlsx", "a.xlsx", "a.xlsx"),
        ("json", "a.json", "a.json"),
        ("replies", "r.csv", "r.csv"),
    ],
)
def test_each_format_is_written_told_and_noted(dukkan, gifts, tmp_path, kind, name, first):
    result = dukkan("export", gifts, kind, "--out", tmp_path / name, "--json")
    assert result.code == 0, result.err
    said = json.loads(result.out)
    assert said["path"] == str(tmp_path / name)
    assert (tmp_path / first).stat().st_size
    items = {"replies": 2, "feed": 4, "xlsx": 4, "json": 4}.get(kind, 3)  # customers do not see the hidden one
    assert said["items"] == items
    assert isinstance(said["warnings"], list)
    assert noted(gifts)[kind][0] == items


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        (("export", "feed", "--out", "f.pdf"), ".csv, .tsv, .xlsx, and .xml"),
        (("export", "feed", "--format", "csv", "--out", "f.xlsx"), "fits is .csv"),
        (("export", "pdf", "--out", "f.CSV"), "fits is .pdf"),
        (("export", "site", "--out", "f.html"), "leave its ending out"),
        (("export", "text", "--out", "f.pdf"), ".txt, or no ending for a folder"),
        (("export", "vcard", "--out", "f.csv"), "fits is .vcf"),
        (("shot", "--out", "x.txt"), "fits is .png"),
        (("qr-sheet", "--out", "x.svg"), ".pdf and .png, or no ending"),
        (("backup", "--out", "x.zip"), "fits is .dukkan"),
        (("import", "items.csv", "--problems", "x.xlsx"), "fits is .csv"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_name_that_promises_another_kind_of_file_is_a_slip(dukkan, gifts, tmp_path, monkeypatch, words, fits):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    command, *rest = words
    result = dukkan(command, gifts, *rest)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert fits in result.err
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("kind", ["feed", "site", "text", "shop"])
def test_a_place_without_a_name_is_a_slip_and_the_folder_one_is_in_is_none(dukkan, gifts, tmp_path, monkeypatch, kind):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert dukkan("export", gifts, kind, "--out", "").code == 2
    assert dukkan("export", gifts, kind, "--out", ".").code == (73 if kind == "feed" else 0)
    assert dukkan("export", gifts, kind, "--out", "a" * 300).code == 73


@pytest.mark.parametrize("name", ["feed", "prices 2026.11", "feed.bak", "f.xlsx"])
def test_a_name_that_promises_nothing_is_taken(dukkan, gifts, tmp_path, name):
    assert dukkan("export", gifts, "feed", "--out", tmp_path / name).code == 0
    assert (tmp_path / name).is_file()


def test_what_is_chosen_is_what_is_written_and_noted(dukkan, gifts, tmp_path):
    database = Database(gifts)
    database.run("Put", lambda s: put_into(s, find_by_code(s, "BAG-1").id, add_collection(s, "حقائب")))
    database.close()
    chosen = ("--prices", "-10%", "--collection", "حقائب", "--content-lang", "both")
    assert dukkan("export", gifts, "text", "--out", tmp_path / "a.txt", *chosen).code == 0
    text = (tmp_path / "a.txt").read_text("utf-8").replace("\xa0", " ")
    assert "67.95 د.إ · AED 67.95" in text
    assert "عطر" not in text
    how = {"prices": "-10", "collections": [1], "languages": ["ar", "en"]}
    assert noted(gifts)["text"] == (1, "971501234567", how)


def test_no_prices_in_the_pdf_and_the_sheet(dukkan, gifts, tmp_path):
    assert dukkan("export", gifts, "pdf", "--out", tmp_path / "a.pdf", "--prices", "none").code == 0
    with pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes()) as document:
        assert len(document) == 2
    assert dukkan("export", gifts, "xlsx", "--out", tmp_path / "a.xlsx", "--prices", "none").code == 0
    head = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()[0]
    assert "السعر" not in head
    assert "الاسم" in head


def test_a_feed_of_one_collection_at_other_prices(dukkan, gifts, tmp_path):
    database = Database(gifts)
    database.run("Put", lambda s: put_into(s, find_by_code(s, "BAG-1").id, add_collection(s, "حقائب")))
    database.run("Say", lambda s: [set_text(s, item, language="en", name=f"No. {item}") for item in (1, 2)])
    database.close()
    chosen = ("--prices", "-10%", "--collection", "حقائب", "--content-lang", "both")
    said = dukkan("export", gifts, "feed", "--out", tmp_path / "a.csv", *chosen, "--json")
    assert json.loads(said.out)["items"] == 1
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8").splitlines()))
    assert [(row["id"], row["price"]) for row in rows] == [("BAG-1", "67.95 AED")]
    assert (tmp_path / "a-en.csv").read_text("utf-8").splitlines()[1:] == ["BAG-1,en_XX,No. 1,"]
    assert dukkan("export", gifts, "feed", "--out", "-", *chosen).out.splitlines()[1:] == [",".join(rows[0].values())]
    assert dukkan("export", gifts, "json", "--out", "-", "--prices", "retail", "--content-lang", "both").code == 0


def test_messages_to_another_program(dukkan, gifts):
    result = dukkan("export", gifts, "text", "--out", "-")
    assert result.out.startswith("*هدايا*\n\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("pdf", "--prices", "cheap"), 2),
        (("pdf", "--prices", "-100%"), 65),
        (("feed", "--prices", "none"), 65),
        (("upload", "--prices", "none", "--base-url", "https://a.example"), 65),
        (("json", "--prices", "-15%"), 2),
        (("json", "--collection", "x"), 2),
        (("site", "--format", "xml"), 2),
        (("pdf", "--content-lang", "fr"), 2),
        (("text", "--collection", "Nowhere"), 66),
        (("site", "--base-url", "javascript:alert(1)"), 65),
        (("movie",), 2),
    ],
)
def test_what_cannot_be_is_one_sentence(dukkan, gifts, tmp_path, words, code):
    result = dukkan("export", gifts, *words, "--out", tmp_path / "out")
    assert (result.code, result.out) == (code, "")
    assert result.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["site", "pdf", "xlsx"])
def test_what_is_no_text_is_not_printed(dukkan, gifts, kind):
    assert dukkan("export", gifts, kind, "--out", "-").code == 2


@pytest.mark.parametrize("kind", ["site", "pdf", "text", "xlsx"])
def test_where_nothing_can_be_written(dukkan, gifts, tmp_path, kind):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").touch()
    for path in (tmp_path / "folder", tmp_path / "nowhere" / "a"):
        result = dukkan("export", gifts, kind, "--out", path)
        assert (result.code, result.out) == (73, "")
        assert result.err.count("\n") == 1
    assert {path.name for path in tmp_path.rglob("*") if "shop" not in path.name} == {"folder", "mine"}


def test_what_is_due_is_written_for_a_calendar(dukkan, gifts, tmp_path):
    with closing(Database(gifts)) as database:
        database.run("Add", lambda session: add_follow_up(session, title="عربون"))
    result = dukkan("export", gifts, "ics", "--out", tmp_path / "due.ics", "--json")
    assert result.code == 0, result.err
    assert json.loads(result.out)["items"] == 1
    assert "SUMMARY:عربون" in (tmp_path / "due.ics").read_text("utf-8")
    assert dukkan("export", gifts, "ics", "--out", tmp_path / "due.ics", "--prices", "none").code == 2
