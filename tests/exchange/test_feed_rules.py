"""What Meta will not like is found in the cells, whoever wrote them, and said with the number of items."""

import pytest

from desktop.exchange.feed_rules import KINDS, WEIGHTS, Cause, Rules
from desktop.services import problems

GOOD = {
    "id": "1",
    "title": "Cup",
    "description": "Holds tea",
    "availability": "in stock",
    "condition": "new",
    "price": "5 AED",
    "link": "https://shop.example/cup",
    "image_link": "https://shop.example/cup.jpg",
    "brand": "Ours",
    "sale_price": "",
    "additional_image_link": "",
}


def found(*rows, **how):
    table = {column: [{**GOOD, **row}[column] for row in rows] for column in {**GOOD, **rows[0]}}
    rules = Rules(**how)
    looked = rules.look(table, range(len(rows)))
    assert {(cause.column, cause.code): cause.count for cause in rules.causes()} == {
        k: len(v) for k, v in looked.items()
    }
    return looked


def test_a_sound_row_has_nothing_wrong():
    assert found({}) == {}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("title", "", "missing"),
        ("title", "x" * 201, "too_long"),
        ("title", "x" * 66, "long_title"),
        ("title", "＝1+1", "looks_like_formula"),
        ("description", "Cup", "same_as_title"),
        ("description", "BUY NOW", "all_capitals"),
        ("description", "see\nhttp://x.example", "has_link"),
        ("price", "ask", "price_unreadable"),
        ("price", "5.125 AED", "price_unreadable"),
        ("price", "5 XYZ", "price_unreadable"),
        ("price", "٥ AED", "price_unreadable"),
        ("sale_price", "5 AED", "sale_not_below"),
        ("sale_price", "soon", "price_unreadable"),
        ("availability", "backorder", "word_unknown"),
        ("condition", "like new", "word_unknown"),
        ("link", "http://[x", "address_unreadable"),
        ("link", "ftp://shop.example", "address_unreadable"),
        ("link", "https://m.facebook.com/shop", "link_of_meta"),
        ("image_link", "https://shop.example/cup.WEBP?w=9", "picture_format"),
        ("additional_image_link", ",".join(["https://shop.example/1.jpg"] * 21), "too_many"),
        ("id", "x" * 101, "too_long"),
    ],
)
def test_every_rule_finds_its_row_and_says_so(column, cell, code):
    assert found({}, {"id": "2", column: cell}) == {(column, code): [1]}
    cause = Cause(column, code, 1234)
    assert "1,234" in cause.message
    assert "{" not in cause.message


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("description", "عدسات UV400"),
        ("link", "https://notfacebook.com/x"),
        ("link", "https://shop.example/?next=https://fb.com"),
        ("image_link", "https://shop.example/cup.jpg?old=cup.webp"),
        ("sale_price", "4.99 AED"),
        ("price", "1.250 KWD"),
    ],
)
def test_what_is_right_is_left_alone(column, cell):
    assert found({column: cell}) == {}


def test_codes_alike_are_found_across_blocks():
    rules = Rules()
    table = {column: [cell] * 2 for column, cell in GOOD.items()}
    assert rules.look({**table, "id": ("1", "2")}, (1, 2)) == {}
    assert rules.look({**table, "id": ("3", "1")}, (3, 4)) == {("id", "duplicate_code"): [1]}


def test_a_gtin_stands_for_a_brand_and_a_picture_that_is_nowhere_is_no_missing_one():
    assert found({"brand": "", "gtin": "1"}, {"brand": "", "gtin": "", "id": "2"}) == {("brand", "missing"): [1]}
    assert found({"image_link": ""}, placed=False) == {("image_link", "no_address"): [0]}
    assert "upload folder" in Cause("image_link", "no_address", 1).message


def test_ways_of_one_item_count_once():
    rules = Rules()
    rules.look({column: [cell, cell] for column, cell in {**GOOD, "brand": ""}.items()} | {"id": ("1", "2")}, (7, 7))
    assert [(cause.code, cause.count) for cause in rules.causes()] == [("missing", 1)]


def test_the_program_has_one_name_for_each_cause():
    assert set(KINDS.values()) <= problems.KINDS.keys()
    assert {Cause("title", code, 1).weight for code in WEIGHTS} == {"cut", "warned"}
