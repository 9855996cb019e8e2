"""Files of every kind, told by their bytes; damaged in every way that a random number thinks of."""

import codecs
import time

import pytest

from desktop.exchange.mapping import read_items
from desktop.exchange.problems import MOST
from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from tests.torture import samples
from tests.torture.mutations import READERS, SAMPLES, a_seed, read, torture

LIST = "الاسم;السعر\nكوب;12,5\nإبريق;30\n"


def codes(table):
    return [problem.code for problem in table.warnings]


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_sample_is_taken(kind):
    assert read(SAMPLES[kind], "ar")


@pytest.mark.parametrize(("kind", "count"), [(kind, 5000 // len(kinds)) for kinds in READERS for kind in kinds])
def test_no_damage_does_more_than_be_told(kind, count):
    """5,000 files for each reader, of all its samples; `make torture` tries 100,000 of each sample."""
    torture(kind, a_seed(), count)


def test_a_person_says_another_encoding_and_delimiter():
    data = LIST.encode("cp1256")
    guessed = read_source(data, "en")
    assert (guessed.encoding, guessed.delimiter, codes(guessed)) == ("cp1256", ";", ["encoding_guessed"])
    said = read_source(data, "en", encoding="cp1252", delimiter=",")
    assert (said.encoding, said.delimiter, len(said.header)) == ("cp1252", ",", 1)
    assert "encoding_guessed" not in codes(said)
    assert read_source(data, encoding="cp1256").rows == guessed.rows
    for encoding in ("klingon", "base64", "\0"):
        with pytest.raises(BadTable, match="no such encoding"):
            read_source(data, encoding=encoding)
    with pytest.raises(BadTable, match="one character"):
        read_source(data, delimiter="::")


@pytest.mark.parametrize("mark", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_what_excel_says_of_its_delimiter_is_no_row(mark):
    table = read_source(f"{mark}title;note,price\nCup;a,b\n".encode())
    assert (table.header, table.rows, table.delimiter) == (["title", "note,price"], [(3, ["Cup", "a,b"])], ";")


@pytest.mark.fault("S09")
def test_mixed_line_ends_nul_and_utf16_without_a_mark():
    text = "id,title\r\n1,Cup\n2,J\0ug\r3,Pan"
    for data in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), codecs.BOM_UTF8 + text.encode()):
        table = read_source(data)
        assert [row for _number, row in table.rows] == [["1", "Cup"], ["2", "Jug"], ["3", "Pan"]]
        assert codes(table) == ["characters_lost"]


@pytest.mark.parametrize(
    ("text", "header", "rows", "said"),
    [
        ("Al Noor Trading,,\n,,\nPrice list 2026,,\nItem,Price,Qty\nCup,5,1\n", ["Item", "Price", "Qty"], [5], [4]),
        ("قائمة الأسعار,,\nالصنف,السعر,الكمية\nكوب,5,1\n", ["الصنف", "السعر", "الكمية"], [3], [2]),
        ("Phone: 050 123,Dubai,2026\nName,Price,Brand\nCup,5,Acme\n", ["Name", "Price", "Brand"], [3], [2]),
        ("Liste de prix,,\nNom,Prix,Marque\nTasse,5,Acme\nBol,7,Acme\n", ["Nom", "Prix", "Marque"], [3, 4], [2]),
        ("Name,Prix\nTasse,5\nName,Price\n", ["Name", "Prix"], [2, 3], []),  # a row that could be one is believed
        ("title\nCup\nJug\n", ["title"], [2, 3], []),
        ("الاسم,السعر\nName,Price\nكوب,5\n", ["الاسم", "السعر"], [3], []),  # in two languages
        ("Name,Price\nCup,5\nName,Price\nJug,7\n", ["Name", "Price"], [2, 4], []),  # once more on the next page
        ("Name,,Price\nCup,,5\n", ["Name", "Price"], [2], []),
        ("Name,,Price\nCup,x,5\n", ["Name", "column 2", "Price"], [2], []),
        ("Handle,Title,Body\na,Price,Name\n", ["Handle", "Title", "Body"], [2], []),
    ],
)
def test_the_header_is_where_it_is(text, header, rows, said):
    table = read_source(text.encode())
    assert (table.header, [number for number, _row in table.rows]) == (header, rows)
    assert [problem.row for problem in table.warnings if problem.code == "header_found"] == said


@pytest.mark.parametrize("total", ["Total,,12", "Grand total:,2,12", ",الإجمالي,12", "المجموع الكلي,,"])
def test_totals_are_no_items(total):
    table = read_source(f"Name,Qty,Price\nCup,1,5\nTotal Recall,1,7\n{total}\n".encode())
    assert [row[0] for _number, row in table.rows] == ["Cup", "Total Recall"]
    assert codes(table) == ["total_left_out"]


def test_what_is_wrong_a_million_times_is_told_a_thousand_times():
    begun = time.process_time()
    table = read_source(b"a,b,title\n" + b"1\n" * 200_000)
    assert len(table.rows) == 200_000
    assert len(table.warnings) == MOST + 1
    assert table.warnings[-1].code == "more_problems"
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "make",
    [
        lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1\n",  # a million columns
        lambda: b",".join([b"a"] * 16_000) + b"\n" + b"1\n" * 2_000,  # few bytes, many cells
        lambda: b"[" * 200_000,
        lambda: b'{"a":' * 200_000,
        lambda: b'[{"a":1}' + b',{"b":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
        lambda: b"<a>" * 200_000,
        lambda: b"\x00" * 100_000,
    ],
    ids=["columns", "cells", "deep list", "deep object", "deep value", "deep elements", "nothing"],
)
@pytest.mark.fault("S04", "S09")
def test_what_is_too_much_is_refused_at_once(make):
    data = make()
    begun = time.process_time()
    with pytest.raises(BadTable):
        read_source(data)
    assert time.process_time() - begun < 5  # a second on a fast machine


@pytest.mark.parametrize("kind", ["csv", "rss", "json", "shopify", "woocommerce"])
def test_a_file_that_ends_anywhere(kind):
    for end in range(0, len(SAMPLES[kind]), 7):
        read(SAMPLES[kind][:end], "ar")


@pytest.mark.fault("S09")
def test_a_cell_of_ten_megabytes_is_left_out_everywhere():
    long = "x" * 10_000_000
    for data in (
        f'id,title\n1,"{long}"\n',
        f'[{{"id": "1", "title": "{long}"}}]',
        f"<rss><item><id>1</id><title>{long}</title></item></rss>",
    ):
        table = read_source(data.encode())
        assert table.rows[0][1] == ["1", ""]
        assert "cell_too_long" in codes(table)


def test_codes_that_stand_twice_reach_the_import():
    feed = read_items(read_source(b"id,title\n1,Cup\n1,Jug\n"))
    assert [cells["id"] for _row, cells in feed.rows] == ["1", "1"]


def test_what_holds_no_list_is_called_by_its_name():
    for data, words in ((b"<html><body>", "web page"), (b"%PDF-1.7", "not a table"), (b"", "empty")):
        with pytest.raises(BadTable, match=words):
            read_source(data)
    assert read_source(samples.CSV).sheets == ()


def test_a_web_page_that_is_called_a_workbook():
    found = read_source(samples.PAGE)
    assert found.header == ["الكود", "الاسم", "السعر"]
    assert [cells for _row, cells in found.rows] == [["w1", "قهوة & هيل\nفاخرة", "25.00"], ["w2", "شاي", "10"]]
    assert [
        cells for _row, cells in read_source(b"<TABLE><tr><td colspan=2>A<td>B<tr><td>1<td>2<td>3</table>").rows
    ] == [["1", "2", "3"]]
    with pytest.raises(BadTable):
        read_source(b"<table " + b'a="" ' * 2000 + b"><tr><td>A</table>")
