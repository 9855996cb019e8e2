"""A catalog that comes in from a table, and goes out again."""

import csv
import json

import pytest

TABLE = (
    "id,title,price,colour of box,image_link\n"
    "BAG-1,حقيبة جلد,80.00 AED,red,\n"
    "NEW-1,Candle,25 AED,,\n"
    ",Card,١٢٫٥٠ AED,,\n"
)


def items(dukkan, shop, query):
    return json.loads(dukkan("find", shop, "catalog", query, "--json").out)


def test_what_became_of_the_rows(dukkan, gifts, file):
    result = dukkan("import", gifts, file(TABLE), "--json")
    report = json.loads(result.out)
    assert result.code == 0, "missing columns are warnings"
    assert {key: report[key] for key in ("new", "changed", "unchanged", "skipped")} == {
        "new": 2, "changed": 1, "unchanged": 0, "skipped": 0
    }  # fmt: skip
    assert {"row", "column", "code", "message"} <= report["problems"][0].keys()
    assert "brand" in {each["column"] for each in report["problems"]}
    assert items(dukkan, gifts, "Card")[0]["price"] == "12.50"
    again = json.loads(dukkan("import", gifts, file(TABLE), "--json").out)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_words_go_to_standard_error(dukkan, gifts, file):
    result = dukkan("import", gifts, file(TABLE))
    assert not result.out
    assert "New: 2. Changed: 1. Unchanged: 0. Left out: 0." in result.err
    assert "There is no column brand." in result.err


def test_only_rows_without_a_name_are_refused(dukkan, shop, file):
    result = dukkan("import", shop, file("id,title,price\nA,Bag,10 AED\nB,,20 AED\nC,Box,abc\n"), "--json")
    assert result.code == 1
    report = json.loads(result.out)
    assert (report["new"], report["skipped"]) == (2, 1)
    assert {(each["row"], each["column"]) for each in report["problems"] if not each["warning"]} == {
        (3, "title"),
        (4, "price"),
    }


def test_a_code_that_is_there_twice_is_a_warning(dukkan, shop, file):
    table = file("id,title,price\nA,Bag,10 AED\nA,Box,20 AED\nA,Bag,10 AED\n")
    result = dukkan("import", shop, table, "--json")
    report = json.loads(result.out)
    assert (result.code, report["new"], report["unchanged"], report["skipped"]) == (0, 2, 1, 0)
    told = [(each["row"], each["code"]) for each in report["problems"] if each["row"] > 1]
    assert told == [(3, "duplicate_code"), (4, "row_repeated")]
    assert json.loads(dukkan("import", shop, table, "--json").out)["unchanged"] == 3


def test_an_import_is_one_action(dukkan, gifts, file):
    dukkan("import", gifts, file(TABLE))
    assert dukkan("undo", gifts).err == "Taken back: Import items\n"
    assert items(dukkan, gifts, "Candle") == []
    assert items(dukkan, gifts, "BAG-1")[0]["price"] == "75.50"


def test_many_problems_are_not_all_told(dukkan, shop, file):
    rows = "".join(f"{n},Item {n},abc\n" for n in range(100))
    result = dukkan("import", shop, file(f"id,title,price\n{rows}"))
    assert result.code == 1
    assert result.err.count("\n") == 32
    assert "--json" in result.err


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 65), (b"\x00\x01\x02" * 100, 65), ("hello\nworld\n", 65), (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 65)],
)
def test_what_is_no_table(dukkan, gifts, file, content, code):
    before = gifts.read_bytes()
    result = dukkan("import", gifts, file(content))
    assert (result.code, result.out) == (code, "")
    assert result.err.count("\n") == 1
    assert gifts.read_bytes() == before


def test_a_table_that_is_not_there(dukkan, gifts, tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        result = dukkan("import", gifts, path)
        assert (result.code, result.out) == (66, "")
        assert result.err.count("\n") == 1


def test_out_as_a_feed_and_back(dukkan, gifts, tmp_path, shop):
    path = tmp_path / "feed.csv"
    result = dukkan("export", gifts, "feed", "--out", path)
    assert (result.code, result.out) == (0, "")
    assert str(path) in result.err
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == ["حقيبة جلد", "عطر العود", "Gift box", "قهوة عربية"]
    assert rows[0]["price"] == "75.50 AED"
    report = json.loads(dukkan("import", gifts, path, "--json").out)
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 0, 4)


def test_out_as_json(dukkan, gifts, tmp_path):
    path = tmp_path / "shop.json"
    assert dukkan("export", gifts, "json", "--out", path).code == 0
    bag = json.loads(path.read_text("utf-8"))["items"][0]
    assert {"code", "name", "price", "currency", "sale_price", "description", "link", "hidden"} <= bag.keys()
    assert {"collections", "pictures"} <= bag.keys()
    assert (bag["code"], bag["price"], bag["sale_price"], bag["currency"]) == ("BAG-1", "75.50", "60", "AED")


@pytest.mark.parametrize("format", ["feed", "json"])
def test_out_to_another_program(dukkan, gifts, format):
    result = dukkan("export", gifts, format, "--out", "-")
    assert result.code == 0
    assert "حقيبة جلد" in result.out


@pytest.mark.parametrize("format", ["feed", "json"])
def test_where_nothing_can_be_written(dukkan, gifts, tmp_path, format):
    (tmp_path / "folder").mkdir()
    before = set(tmp_path.iterdir())
    for path in (tmp_path / "folder", tmp_path / "nowhere/a", tmp_path / ("x" * 300)):
        result = dukkan("export", gifts, format, "--out", path)
        assert (result.code, result.out) == (73, "")
        assert set(tmp_path.iterdir()) == before
        assert not list((tmp_path / "folder").iterdir())


def test_an_address_for_pictures_that_is_none(dukkan, gifts, tmp_path):
    result = dukkan("export", gifts, "feed", "--out", tmp_path / "a.csv", "--base-url", "javascript:alert(1)")
    assert result.code == 65
    assert result.err.count("\n") == 1
    assert not (tmp_path / "a.csv").exists()


def test_while_another_has_the_shop_open(dukkan, held, tmp_path):
    assert dukkan("export", held, "feed", "--out", tmp_path / "a.csv").code == 0


def test_several_files_are_one_action_and_what_none_has_is_hidden(dukkan, gifts, file):
    first = file("id,title,price\nBAG-1,Bag,70 AED\nN-1,New,5 AED\n", "a.csv")
    second = file("id,title,price\nOUD,Oud,1 AED\nN-1,New,6 AED\n", "b.csv")
    report = json.loads(dukkan("import", gifts, first, second, "--missing", "hide", "--json").out)
    assert (report["new"], report["changed"], report["hidden"]) == (1, 3, 1)
    assert items(dukkan, gifts, "New")[0]["price"] == "6"
    assert dukkan("undo", gifts).code == 0
    assert items(dukkan, gifts, "New") == []


def test_a_dry_run_tells_and_writes_nothing(dukkan, gifts, file):
    before = gifts.read_bytes()
    result = dukkan(
        "import", gifts, file("id,title,price\nBAG-1,حقيبة جلد,80 AED\nX,New,1 AED\n"), "--dry-run", "--json"
    )
    assert (result.code, gifts.read_bytes()) == (0, before)
    report = json.loads(result.out)
    assert (report["new"], report["changed"], report["dry_run"]) == (1, 1, True)
    new, changed = report["changes"]
    assert (new["new"], new["name"]) == (True, "New")
    assert changed["fields"] == {"price": {"before": "75.50", "after": "80"}}


def test_a_dry_run_needs_no_lock(dukkan, held, file):
    assert dukkan("import", held, file("id,title\nX,New\n"), "--dry-run").code == 0
    assert dukkan("import", held, file("id,title\nX,New\n")).code == 75


def test_rows_with_problems_are_mended_and_brought_again(dukkan, shop, file, tmp_path):
    wrong = tmp_path / "wrong.csv"
    text = 'id,title,price,note\nA,Bag,10 AED,\nB,=1+1,abc,"-x"\nC,,5 AED,\n'
    assert dukkan("import", shop, file(text), "--problems", wrong).code == 1
    with wrong.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[1:] == ["id", "title", "price", "note"]
    assert [row[1:] for row in rows] == [["B", "'=1+1", "abc", "'-x"], ["C", "", "5 AED", ""]]
    wrong.write_text(wrong.read_text("utf-8-sig").replace("abc", "7 AED").replace("C,,", "C,Cup,"), "utf-8")
    report = json.loads(dukkan("import", shop, wrong, "--json").out)
    assert (report["new"], report["changed"]) == (1, 1)
    found = items(dukkan, shop, "1+1")[0]
    assert (found["name"], found["price"]) == ("=1+1", "7")


def test_columns_of_other_words_by_a_mapping(dukkan, gifts, file, tmp_path):
    said = tmp_path / "columns.json"
    said.write_text(
        '{"columns": {"Artikel": "title", "Preis": "price"}, "decimals": "comma", "currency": "USD"}', "utf-8"
    )
    result = dukkan("import", gifts, file('Artikel;Preis\nStuhl;"1.250"\n'), "--mapping", said)
    assert result.code == 0
    assert items(dukkan, gifts, "Stuhl")[0]["price"] == "1250"
    said.write_text("nonsense")
    assert dukkan("import", gifts, file("a,b\n1,2\n"), "--mapping", said).code == 65
    assert dukkan("import", gifts, file("a,b\n1,2\n"), "--mapping", tmp_path / "none").code == 66


def test_pictures_of_a_folder(dukkan, gifts, file, tmp_path):
    from PySide6.QtGui import QImage

    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(7)
    (tmp_path / "p").mkdir()
    assert image.save(str(tmp_path / "p" / "bag-1.png"))
    files = (file("id,title\nBAG-1,Bag\n"), "--images", tmp_path / "p")
    assert dukkan("import", gifts, *files).code == 0
    json_file = tmp_path / "shop.json"
    dukkan("export", gifts, "json", "--out", json_file)
    assert len(json.loads(json_file.read_text("utf-8"))["items"][0]["pictures"]) == 1
    again = json.loads(dukkan("import", gifts, *files, "--json").out)
    assert (again["changed"], again["unchanged"]) == (0, 1)
    assert dukkan("import", gifts, files[0], "--images", tmp_path / "nowhere").code == 66


def test_a_mapping_is_not_for_what_is_read_as_a_whole(dukkan, gifts, file, tmp_path):
    said = tmp_path / "said.json"
    said.write_text('{"columns": {"Title": "title", "Variant Price": "price"}}')
    export = file("Handle,Title,Body (HTML),Vendor,Variant Price,Variant SKU\nrug,Rug,<p>Soft</p>,Ours,5.00,R1\n")
    result = dukkan("import", gifts, export, "--mapping", said, "--dry-run")
    assert "the mapping was not used" in result.err
    assert (
        "the mapping was not used"
        not in dukkan("import", gifts, export, "--mapping", said, "--format", "plain", "--dry-run").err
    )


def test_a_dry_run_counts_what_two_files_have_once(dukkan, gifts, file, tmp_path):
    one = file("id,title,price\nNEW-1,Rug,5\nNEW-2,Mat,6\n")
    two = tmp_path / "two.csv"
    two.write_text("id,title,price\nNEW-1,Rug,5\nNEW-2,Mat,7\nNEW-3,Mop,8\n")
    dry = json.loads(dukkan("import", gifts, one, two, "--dry-run", "--json").out)
    done = json.loads(dukkan("import", gifts, one, two, "--json").out)
    counts = ("new", "changed", "unchanged", "skipped")
    assert [dry[name] for name in counts] == [done[name] for name in counts] == [3, 1, 1, 0]


def test_a_currency_that_there_is_not(dukkan, gifts, file):
    before = gifts.read_bytes()
    result = dukkan("import", gifts, file("id,title,price\nA,Bag,10\n"), "--currency", "XX")
    assert (result.code, result.out) == (65, "")
    assert "three letters" in result.err
    assert gifts.read_bytes() == before
