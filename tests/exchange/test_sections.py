"""What is no item in a list that people made: headings, sums, notes. And what only looks like that."""

import pytest

from desktop.exchange.mapping import read_items
from desktop.exchange.tables import read_table


def read(text):
    """Return the names of the items with their collections, and the rows that were told of, each with its code."""
    feed = read_items(read_table(text.encode(), titled=True))
    items = [f"{cells.get('title', '')}:{cells.get('collection', '')}" for _row, cells in feed.rows]
    return items, [(problem.row, problem.code) for problem in feed.problems]


def test_headings_are_the_collections_of_what_stands_below_them():
    items, told = read(
        "م,الصنف,السعر,الوحدة\nحلويات,,,\n1,كنافة,25,كيلو\n2,بقلاوة,40,كيلو\nمجموع الحلويات,,65,\n"
        "معمول,,,\n3,معمول تمر,30,علبة\n,المجموع,30,\nالأسعار شاملة الضريبة,,,\nالإجمالي,,95,\n"
    )
    assert items == ["كنافة:حلويات", "بقلاوة:حلويات", "معمول تمر:معمول"]
    codes = {2: "heading_found", 5: "total_left_out", 6: "heading_found", 8: "total_left_out", 9: "note_left_out"}
    assert dict(told) == {**codes, 10: "total_left_out"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("#,Item,Price\n,DRINKS,\n1,Tea,5\n2,Soup,9\n", ["Tea:DRINKS", "Soup:DRINKS"]),
        ("Item,Price\nDRINKS,\nTea,5\nFOOD,\nSoup,9\n", ["Tea:DRINKS", "Soup:FOOD"]),
        ("Item,Price\nDRINKS,\nTea,5\nFOOD,\n", ["DRINKS:", "Tea:", "FOOD:"]),
        ("Item,Price\nTea,5\nRose box,\nSoup,9\n", ["Tea:", "Rose box:", "Soup:"]),  # has no price yet
        ("Item,Price,Note\nRose box,,\nTray,,ask\nSoup,9,\n", ["Rose box:", "Tray:", "Soup:"]),
        ("Category,Item,Price\nDRINKS,,\nHot,Tea,5\n", ["Tea:Hot"]),
        ("Code,Item,Price\nA1,,\nA2,Tea,5\n", [":", "Tea:"]),  # a code without a name is an item to mend
        ("No,Item,Price\n1,Total,5\n2,Tea,6\n", ["Total:", "Tea:"]),  # it is counted
    ],
)
def test_what_is_an_item_and_what_is_not(text, items):
    assert read(text)[0] == items
