"""Customers that come in from files by command, and go out again."""

import csv
import io
import json

import pytest

CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:نورة\nTEL;waid=971501234567:+971 50 123 4567\nTEL:12\nNOTE:=1+1\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:2.1\nFN:Mona\nTEL;CELL:0507654321\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n"
)
TABLE = "Who,Number\nReem,0501112222\n"


def report(result):
    found = json.loads(result.out)
    return [found[name] for name in ("new", "changed", "unchanged", "skipped")]


def test_cards_come_in_once_and_are_known_again(dukkan, gifts, file):
    path = file(CARDS, "people.vcf")
    dry = dukkan("import-customers", gifts, path, "--dry-run", "--json")
    assert report(dry) == [2, 0, 0, 1]
    result = dukkan("import-customers", gifts, path, "--json")
    assert result.code == 1, "a card was empty"
    assert report(result) == [2, 0, 0, 1]
    problems = json.loads(result.out)["problems"]
    assert [(each["row"], each["code"], each["warning"]) for each in problems] == [
        (1, "phone_unreadable", True),
        (3, "card_empty", False),
    ]
    assert report(dukkan("import-customers", gifts, path, "--json")) == [0, 0, 2, 1]
    assert dukkan("undo", gifts).code == 0


def test_columns_that_are_chosen(dukkan, gifts, file):
    mapping = file('{"columns": {"Who": "name", "Number": "phone"}}', "columns.json")
    result = dukkan("import-customers", gifts, file(TABLE, "people.csv"), "--mapping", mapping, "--json")
    assert (result.code, report(result)) == (0, [1, 0, 0, 0])
    wrong = file('{"columns": {"Who": "price"}}', "wrong.json")
    assert dukkan("import-customers", gifts, file(TABLE, "people.csv"), "--mapping", wrong).code != 0


def test_rows_with_problems_are_mended_and_brought_again(dukkan, gifts, file, tmp_path):
    wrong = tmp_path / "wrong.csv"
    files = (file(CARDS, "people.vcf"), file("name,phone\nReem,0501112222\nAli,50\n", "people.csv"))
    result = dukkan("import-customers", gifts, *files, "--dry-run", "--problems", wrong)
    assert (result.code, result.err.count("Written: ")) == (1, 2)
    told = [
        list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))) for path in (wrong, wrong.with_stem("wrong-2"))
    ]
    assert [[row["name"] for row in rows] for rows in told] == [["نورة"], ["Ali"]]
    assert told[0][0]["note"] == "'=1+1"
    wrong.write_text(wrong.read_text("utf-8-sig").replace('12"', '0501234568"'), "utf-8")
    assert report(dukkan("import-customers", gifts, wrong, "--json")) == [1, 0, 0, 0]


def test_what_is_no_file_of_people(dukkan, gifts, file, tmp_path):
    result = dukkan("import-customers", gifts, tmp_path / "none.vcf")
    assert (result.code, "There is no file" in result.err) == (66, True)
    result = dukkan("import-customers", gifts, file("", "empty.vcf"))
    assert result.code not in (0, 1)
    assert "no contacts" in result.err


@pytest.mark.parametrize(("kind", "name"), [("vcard", "out.vcf"), ("customers", "out.csv"), ("customers", "out.xlsx")])
def test_what_goes_out_comes_back_unchanged(dukkan, gifts, file, tmp_path, kind, name):
    dukkan("import-customers", gifts, file(CARDS, "people.vcf"))
    out = tmp_path / name
    result = dukkan("export", gifts, kind, "--out", out, "--json")
    assert result.code == 0
    count = json.loads(result.out)["customers"]
    assert report(dukkan("import-customers", gifts, out, "--json")) == [0, 0, count, 0]


def test_a_table_for_a_pipe_is_inert(dukkan, gifts, file):
    dukkan("import-customers", gifts, file(CARDS, "people.vcf"))
    out = file("", "out.csv")
    assert dukkan("export", gifts, "customers", "--out", out).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    (noura,) = [row for row in rows if row["name"] == "نورة"]
    assert (noura["phone"], noura["note"]) == ("+971501234567", "'=1+1")
    assert dukkan("export", gifts, "vcard", "--prices", "none", "--out", out).code == 2
    assert dukkan("export", gifts, "customers", "--format", "xml", "--out", out).code == 2
