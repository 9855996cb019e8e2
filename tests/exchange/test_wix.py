"""Product exports of Wix, as its shops write them."""

import pytest

from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from tests.torture import samples


@pytest.fixture
def feed():
    table = read_source(samples.WIX)
    assert recognise(table).format == "wix"
    return read_items(table)


def test_a_product_and_its_variants_are_one_item(feed):
    ring = dict(feed.rows)[2]
    assert (ring["id"], ring["title"], ring["collection"]) == ("RING", "Silver ring", "Rings\nNew")
    assert (ring["price"], ring["sale_price"], ring["availability"]) == ("200", "180", "in stock")
    assert ring["image_link"] == "https://static.wixstatic.com/media/a_1.jpg"
    assert ring["additional_image_link"] == "https://x.example/2.jpg"
    small, large = feed.ways[2]
    assert (small.options, small.cells["id"], small.cells["quantity_to_sell_on_facebook"]) == (
        {"Size": "6", "Colour": "Red"},
        "R-6",
        "5",
    )
    assert large.options == {"Size": "7", "Colour": "Black"}
    assert (large.cells["price"], large.cells["sale_price"], large.cells["availability"]) == (
        "220",
        "198",
        "out of stock",
    )


def test_what_is_hidden_and_what_has_options_without_variants(feed):
    chain, scarf = dict(feed.rows)[5], dict(feed.rows)[6]
    assert (chain["sale_price"], chain["status"], chain["quantity_to_sell_on_facebook"]) == ("1400", "archived", "3")
    assert (scarf["id"], scarf["availability"]) == ("p3", "out of stock")
    assert [way.options for way in feed.ways[6]] == [{"Colour": "White"}, {"Colour": "Pink"}]


def test_a_variant_alone_is_told():
    data = samples.WIX.replace(b"p1,Variant,,,,,R-6", b"p9,Variant,,,,,R-6")
    assert [(problem.row, problem.code) for problem in read_items(read_source(data)).problems] == [(3, "item_missing")]


def test_of_a_price_that_is_a_slip_no_sale_price_is_worked_out():
    table = read_source(samples.WIX.replace(b",1500,", b",%s," % (b"2" * 27)))
    chain = dict(read_items(table).rows)[5]
    assert chain["price"] == "2" * 27
    assert "sale_price" not in chain
