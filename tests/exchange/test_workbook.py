"""Workbooks as Excel and LibreOffice save them, and those that are made to fill a memory."""

import datetime as dt
import io
import time

import pytest
import xlsxwriter

from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from tests.torture import samples


def book(fill, *others):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for name, filling in (("List", fill), *others):
            filling(made.add_worksheet(name))
    return out.getvalue()


def with_part(name, text):
    return samples.zipped({**samples.parts_of(samples.xlsx()), name: text})


def refused(data, words):
    """Check that a file is refused in such words, at once."""
    begun = time.process_time()
    with pytest.raises(BadTable, match=words):
        read_source(data)
    assert time.process_time() - begun < 3  # a second on a fast machine


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_all_kinds_give_the_same_table(kind):
    table = read_source(getattr(samples, kind)())
    assert table.header == samples.ROWS[0]
    assert table.rows == [(2, samples.ROWS[1]), (3, samples.ROWS[2])]
    assert (table.sheet, table.sheets, table.warnings) == ("List", ("List",), [])


def test_numbers_dates_and_formulas_are_what_is_seen():
    def fill(sheet):
        sheet.write_row(0, 0, ["id", "title", "price", "date", "there", "sum", "wrong"])
        sheet.write_row(1, 0, [6291041500213, "Cup", 0.1 + 0.2])
        sheet.write_datetime(1, 3, dt.date(2026, 2, 10))
        sheet.write_boolean(1, 4, True)
        sheet.write_formula(1, 5, "=1+1", value=2)
        sheet.write_formula(1, 6, "=1/0", value="#DIV/0!")
        sheet.write_number(2, 0, 1e16)
        sheet.write_number(2, 2, 1e-7)

    first, second = (row for _number, row in read_source(book(fill)).rows)
    assert first[:3] == ["6291041500213", "Cup", "0.3"]
    assert first[4:] == ["true", "2", ""]
    assert (second[0], second[2]) == ("10000000000000000", "0.0000001")


def test_the_fullest_sheet_in_sight_is_read_and_another_by_its_name():
    def cover(sheet):
        sheet.write(0, 0, "Al Noor Trading")

    def long(sheet):
        for row in range(9):
            sheet.write_row(row, 0, ["secret", "rows", "x"])
        sheet.hide()

    def short(sheet):
        sheet.write_column(0, 0, ["title", "Jug"])

    def prices(sheet):
        sheet.write_row(0, 0, ["title", "price"])
        sheet.write_row(1, 0, ["Cup", 5])

    data = book(cover, ("Prices", prices), ("Old", short), ("Hidden", long))
    table = read_source(data)
    assert (table.header, table.sheet, table.sheets) == (["title", "price"], "Prices", ("List", "Prices", "Old"))
    assert [problem.code for problem in table.warnings] == ["sheet_chosen"]
    other = read_source(data, sheet="Old")
    assert (other.rows, other.sheet, other.warnings) == ([(2, ["Jug"])], "Old", [])
    assert read_source(data, sheet="Nowhere").sheet == "Prices"


def test_a_price_list_that_was_made_to_be_read():
    def fill(sheet):
        sheet.merge_range("A1:E1", "مؤسسة النور — قائمة الأسعار 2026")
        sheet.write_row(2, 0, ["القسم", "الصنف", "", "السعر (درهم)", "الكمية"])
        sheet.merge_range("A4:A5", "ساعات")
        sheet.write_row(3, 1, ["رولكس", "", 370, "٣"])
        sheet.write_row(4, 1, ["أوميغا", "", "٣٧٥", 2])
        sheet.write_row(5, 0, ["عطور", "عود", "", 120, 1])
        sheet.write_row(6, 0, ["", "الإجمالي", "", 865, 6])

    table = read_source(book(fill), "ar")
    assert table.header == ["القسم", "الصنف", "السعر (درهم)", "الكمية"]
    assert table.rows == [
        (4, ["ساعات", "رولكس", "370", "٣"]),
        (5, ["ساعات", "أوميغا", "٣٧٥", "2"]),
        (6, ["عطور", "عود", "120", "1"]),
    ]
    assert [(problem.row, problem.code) for problem in table.warnings] == [(3, "header_found"), (7, "total_left_out")]


@pytest.mark.fault("S04")
def test_a_cell_far_away_does_not_take_the_program_down():
    """Calamine makes room for all that is between the first cell and the last: 20 GB, from 6 KB."""
    sheet = samples.parts_of(samples.xlsx())["xl/worksheets/sheet1.xml"]
    for place in (b'r="XFD1048576"', b'r="AAAAAAAA3"', b"r='XFD99999'", b'r="A99999999999"'):
        refused(with_part("xl/worksheets/sheet1.xml", sheet.replace(b'r="D2"', place)), "cells|damaged")


def test_a_text_that_stands_in_a_million_cells():
    cells = b"".join(b'<row r="%d">%s</row>' % (n, b'<c t="s"><v>0</v></c>' * 10) for n in range(1, 20_001))
    parts = samples.parts_of(samples.xlsx())
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index(b"<row")] + cells + sheet[sheet.index(b"</sheetData>") :]
    refused(samples.zipped(parts), "cells")


@pytest.mark.fault("S04")
def test_an_archive_that_grows_without_end():
    bomb = with_part("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    assert len(bomb) < 200_000
    refused(bomb, "grows to 50")
    many = samples.zipped({**samples.parts_of(samples.xlsx()), **{f"xl/{n}.xml": b"" for n in range(10_001)}})
    refused(many, "grows")


def test_rows_and_cells_of_libreoffice_that_are_written_once():
    refused(samples.ods_of(samples.ods_row(samples.ods_cell("x", 16_384), 1_000_000)), "cells")
    refused(samples.ods_of(samples.ods_row(samples.ods_cell("", 16_383) + samples.ods_cell("x"), 100_000)), "cells")
    refused(samples.ods_of(samples.ods_row(samples.ods_cell("x"), 999_999_999)), "cells")


def test_pictures_in_a_workbook_are_not_unpacked():
    parts = {**samples.parts_of(samples.xlsx()), "xl/media/image1.png": bytes(30_000_000)}
    assert len(read_source(samples.zipped(parts)).rows) == 2


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_that_ends_early(kind):
    data = getattr(samples, kind)()
    for share in (0.1, 0.3):
        refused(data[: int(len(data) * share)], "damaged|no rows")


def test_what_is_no_workbook_is_called_by_its_name():
    refused(samples.zipped({"photo.jpg": b"x"}), "zip file")
    refused(book(lambda sheet: None), "no rows")
    refused(b"PK\x03\x04", "damaged")
    refused(b"\xd0\xcf\x11\xe0" + b"\xff" * 2000, "damaged")
    refused(with_part("xl/workbook.xml", b"<"), "damaged")


@pytest.mark.parametrize("over_both", [True, False])
def test_a_header_of_two_rows_is_one(over_both):
    def fill(sheet):
        sheet.write(0, 0, "قائمة الأسعار")
        for place, name in ((0, "الكود"), (1, "الاسم"), (4, "القسم")):
            if over_both:
                sheet.merge_range(1, place, 2, place, name)
            else:
                sheet.write(1, place, name)
        sheet.merge_range(1, 2, 1, 3, "السعر")
        sheet.write_row(2, 2, ["مفرد", "جملة"])
        sheet.write_row(3, 0, ["A1", "كرسي", 120, 100, "أثاث"])

    table = read_source(book(fill))
    assert table.header == ["الكود", "الاسم", "السعر مفرد", "السعر جملة", "القسم"]
    assert table.rows == [(4, ["A1", "كرسي", "120", "100", "أثاث"])]


def test_an_item_below_a_header_with_a_gap_is_an_item():
    def fill(sheet):
        sheet.write_row(0, 0, ["Name", "Brand", "", "Price"])
        sheet.write_row(1, 0, ["Cup", "Acme", "blue", "ask"])

    assert [row for _number, row in read_source(book(fill)).rows] == [["Cup", "Acme", "blue", "ask"]]
