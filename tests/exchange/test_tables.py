"""Tables in every encoding, with every delimiter, and as damaged as they come."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.tables import LONGEST_CELL, BadTable, read_table

ARABIC = "id,title,price\r\nw1,ساعة رولكس يخت ماستر - فضي,370 AED\r\nw2,عطر العود الملكي الفاخر,120 AED\r\n"
ROWS = [(2, ["w1", "ساعة رولكس يخت ماستر - فضي", "370 AED"]), (3, ["w2", "عطر العود الملكي الفاخر", "120 AED"])]


def codes(table):
    return [(problem.row, problem.column, problem.code) for problem in table.warnings]


def cells(data, language="en"):
    table = read_table(data if isinstance(data, bytes) else data.encode(), language)
    return [table.header, *(row for _, row in table.rows)]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_unicode_is_read_without_a_word(encoding, bom, language):
    table = read_table(bom + ARABIC.encode(encoding), language)
    assert table.header == ["id", "title", "price"]
    assert table.rows == ROWS
    assert table.warnings == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_arabic_windows_text_is_read_and_told(language):
    table = read_table(ARABIC.encode("cp1256"), language)
    assert table.rows == ROWS
    assert (table.encoding, codes(table)) == ("cp1256", [(1, "", "encoding_guessed")])
    assert all(problem.warning for problem in table.warnings)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_western_windows_text_is_not_taken_for_arabic(language):
    table = read_table("id;title\n1;Crème brûlée à l'été\n2;Größe 42\n".encode("cp1252"), language)
    assert [row for _, row in table.rows] == [["1", "Crème brûlée à l'été"], ["2", "Größe 42"]]


def test_one_bad_byte_does_not_make_the_whole_file_another_encoding():
    table = read_table(ARABIC.encode().replace("عطر".encode(), b"\xff"), "ar")
    assert table.rows[0] == ROWS[0]
    assert table.rows[1][1][1] == "\ufffd العود الملكي الفاخر"
    assert codes(table) == [(3, "title", "characters_lost")]


def test_utf16_cut_in_the_middle_of_a_character():
    table = read_table(codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le")[:-5], "ar")
    assert table.rows[0] == ROWS[0]


@pytest.mark.fault("S09")
def test_half_characters_and_controls_are_dropped_and_told():
    text = "id,title\n1,Cup\x07 of\0 tea\n2,Tea\ud800\n3,Tea"
    table = read_table(codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass"), "en")
    assert [row for _, row in table.rows] == [["1", "Cup of tea"], ["2", "Tea\ufffd"], ["3", "Tea"]]
    assert codes(table) == [(2, "title", "characters_lost"), (3, "title", "characters_lost")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_cuts_every_row_alike(delimiter):
    rows = [["id", "title", "price"], ["1", "Cups, large; new | blue", "12,50"], ["2", "كوب، كبير", "7,5"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)
    table = read_table(text.encode())
    assert (table.delimiter, [table.header, *(row for _, row in table.rows)]) == (delimiter, rows)


def test_a_single_column_with_commas_in_it():
    table = read_table(b"title\nCup\nPlate\nJug\n")
    assert (table.header, [row for _, row in table.rows]) == (["title"], [["Cup"], ["Plate"], ["Jug"]])


def test_line_ends_of_every_kind_and_inside_cells():
    assert cells('id,title\r\n1,"two\r\nlines"\r2,Cup\n\n3,"a ""b"" c"') == [
        ["id", "title"],
        ["1", "two\r\nlines"],
        ["2", "Cup"],
        ["3", 'a "b" c'],
    ]


def test_rows_are_numbered_as_a_spreadsheet_does():
    table = read_table(b'id,title\n1,"two\nlines"\n\n,\n3,Cup')
    assert [number for number, _ in table.rows] == [2, 5]
    assert table.warnings == []


def test_comments_before_the_header_are_passed_over():
    """Meta's template says above each column what belongs there."""
    table = read_table(b"# Required | A unique id,# Required | A title\nid,title\n1,Cup\n")
    assert (table.header, table.rows) == (["id", "title"], [(3, ["1", "Cup"])])


def test_short_and_long_rows():
    table = read_table(b"id,title,price\n1,Cup\n2,Jug, large,5 AED\n3,Pan,7 AED,,\n")
    assert table.rows == [(2, ["1", "Cup", ""]), (3, ["2", "Jug", " large"]), (4, ["3", "Pan", "7 AED"])]
    assert codes(table) == [(2, "", "row_too_short"), (3, "", "row_too_long")]
    assert [problem.warning for problem in table.warnings] == [True, False]


def test_columns_of_one_name_and_of_none():
    table = read_table(b"id,Title,title,,price,,\n1,Cup,Jug,x,5\n")
    assert table.header == ["id", "Title", "title 2", "column 4", "price"]
    assert (1, "title", "duplicate_column") in codes(table)


@pytest.mark.fault("S09")
def test_a_header_of_two_rows_is_one():
    text = "قائمة الأسعار,,,,\nالكود,الاسم,السعر,,القسم\n,,مفرد,جملة,\nA1,كرسي,120,100,أثاث\n"
    table = read_table(text.encode(), titled=True)
    assert table.header == ["الكود", "الاسم", "السعر مفرد", "السعر جملة", "القسم"]
    assert table.rows == [(4, ["A1", "كرسي", "120", "100", "أثاث"])]


def test_a_huge_cell_is_left_out_and_named():
    table = read_table(b'id,title\n1,"' + b"x" * 10_000_000 + b'"\n2,' + b"y" * LONGEST_CELL + b"\n")
    assert [(number, len(row[1])) for number, row in table.rows] == [(2, 0), (3, LONGEST_CELL)]
    assert codes(table) == [(2, "title", "cell_too_long")]
    assert "10,000,000" in table.warnings[0].message


def test_a_quotation_mark_that_never_closes():
    table = read_table(b'id,title\n1,Cup\n2,"Jug\n3,Pan\n4,Pot\n')
    assert table.rows == [(2, ["1", "Cup"])]
    assert codes(table) == [(3, "title", "quote_unclosed")]
    with pytest.raises(BadTable, match="quotation mark"):
        read_table(b'id,"title\n1,Cup\n')


def test_a_mark_of_inches_is_no_quotation():
    assert cells(b'id,title\n1,Screen 5" wide\n2,Jug\n') == [["id", "title"], ["1", 'Screen 5" wide'], ["2", "Jug"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\n", "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b",,,\n", "no names"),
        (b"PK\x03\x04\x14\0", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"%PDF-1.7\n", "not a table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a table"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not a table"),
        (bytes(range(256)) * 40, "not a table|letters"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'<?xml version="1.0"?><rss>', "web page"),
        (b"x," * 20_000 + b"x\n", "columns"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(data, words):
    with pytest.raises(BadTable, match=words) as refused:
        read_table(data, "ar")
    assert refused.value.message == str(refused.value)


@given(st.binary(max_size=2000), st.sampled_from(["ar", "en", ""]))
@pytest.mark.fault("S09")
def test_no_bytes_do_more_than_be_refused(data, language):
    read_or_refuse(data, language)


@st.composite
def damaged(draw):
    """A real table, with bytes changed, cut out, doubled, and its encoding another."""
    data = bytearray(ARABIC.encode(draw(st.sampled_from(["utf-8", "utf-16", "cp1256", "iso8859-6"]))))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(data)))
        data[place : place + draw(st.integers(0, 9))] = draw(
            st.binary(max_size=4) | st.sampled_from([b'"', b"\0", b"\n", b"\r", b",", b";", b"\xff\xfe", b"# "])
        )
    return bytes(data)


@given(damaged(), st.sampled_from(["ar", "en"]))
def test_no_damage_does_more_than_be_refused(data, language):
    read_or_refuse(data, language)


def read_or_refuse(data, language):
    with suppress(BadTable):
        check_table(read_table(data, language))


def check_table(table):
    assert table.header
    assert len({name.casefold() for name in table.header}) == len(table.header)
    for number, row in table.rows:
        assert number > 1
        assert len(row) == len(table.header)
        assert "\0" not in "".join(row)
        "".join(row).encode()  # no halves of characters
    for problem in table.warnings:
        problem.message.encode()
        assert problem.row
        assert problem.code
