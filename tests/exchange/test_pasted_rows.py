"""Rows that are copied out of Excel, LibreOffice and Google Sheets."""

import pytest

from desktop.exchange.pasted_rows import read_rows


def told(text):
    return [(draft.name, draft.price, draft.sale_price, draft.code) for draft in read_rows(text, "AED")]


@pytest.mark.parametrize(
    "text",
    [
        "الاسم\tالسعر\tالكود\nشنطة قماش\t95\tBAG-1\nمحفظة\t60.50\tWAL-2\n",
        "SKU\tProduct name\tUnit price\r\nBAG-1\tشنطة قماش\t95\r\nWAL-2\tمحفظة\t60.5\r\n",
        "id\ttitle\tprice\nBAG-1\tشنطة قماش\t95 AED\nWAL-2\tمحفظة\t60.50 AED",
        "BAG-1\tشنطة قماش\t95\nWAL-2\tمحفظة\t60.50",
    ],
)
def test_columns_are_known_by_their_names_or_by_what_is_in_them(text):
    assert told(text) == [("شنطة قماش", 9500, None, "BAG-1"), ("محفظة", 6050, None, "WAL-2")]


def test_one_row_is_enough():
    assert told("Leather bag\t95") == [("Leather bag", 9500, None, "")]


def test_cells_with_line_breaks_and_quotation_marks():
    (draft,) = read_rows('Name\tPrice\tDescription\nBag\t95\t"Two ""big""\npockets"', "AED")
    assert draft.description == 'Two "big"\npockets'


def test_sale_prices_and_what_is_not_taken():
    good, bad, other = read_rows("Name\tPrice\tSale price\nBag\t95\t80\nBelt\task\t\nHat\t20 USD\t", "AED")
    assert (good.price, good.sale_price, good.doubts) == (9500, 8000, ())
    assert bad.price is None
    assert "ask" in bad.doubts[0]
    assert (other.price, other.currency) == (2000, "USD")
    assert "USD" in other.doubts[0]


@pytest.mark.parametrize(
    "text", ["", "شنطة قماش 95 درهم", "Bag\nBelt\n\tHat", "\t\t\n\t", "95\t60\n1\t2", "\0\t\ud800"]
)
def test_what_is_no_rows_is_left_to_others(text):
    assert read_rows(text, "AED") is None
