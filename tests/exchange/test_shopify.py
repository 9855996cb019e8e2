"""Exports of Shopify, old and new, as shops have them."""

import csv
import io

import pytest

from desktop.exchange.shopify import is_shopify, read_shopify
from desktop.exchange.sources import read_source
from tests.torture import samples

NEW = [
    "Title",
    "URL handle",
    "Description",
    "Vendor",
    "Product category",
    "Type",
    "Tags",
    "Published on online store",
    "Status",
    "SKU",
    "Barcode",
    "Option1 name",
    "Option1 value",
    "Option1 Linked To",
    "Option2 name",
    "Option2 value",
    "Option2 Linked To",
    "Price",
    "Compare-at price",
    "Cost per item",
    "Inventory tracker",
    "Inventory quantity",
    "Continue selling when out of stock",
    "Weight value (grams)",
    "Product image URL",
    "Image position",
    "Image alt text",
    "Variant image URL",
    "Gift card",
    "SEO title",
    "Color (product.metafields.shopify.color-pattern)",
    "Google Shopping / Manufacturer part number (MPN)",
    "Google Shopping / Condition",
    "Google Shopping / Custom label 0",
    "Included / UAE",
    "Price / UAE",
    "Compare-at price / UAE",
]
OLD = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Variant SKU",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Variant Image",
    "Status",
    "Google Shopping / Gender",
]


def feed(header, *rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    table = read_source(out.getvalue().encode())
    assert is_shopify(table.header)
    return read_shopify(table)


def old(**cells):
    return {"Handle": "cup", "Title": "Cup", "Variant Price": "10.00"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }


def test_the_rows_of_one_handle_are_one_item():
    found = read_shopify(read_source(samples.SHOPIFY))
    (row, shirt), (_row, cup) = found.rows
    assert row == 2
    assert shirt == {
        "id": "shirt",
        "title": "Shirt",
        "description": "Soft\n\n• Cotton",
        "price": "40",
        "sale_price": "36.00",
        "availability": "in stock",
        "brand": "Acme",
        "image_link": "https://x.example/1.jpg",  # its position is 1
        "additional_image_link": "https://x.example/2.jpg,https://x.example/m.jpg",
        "status": "active",
        "collection": "Tops",
    }
    small, medium = found.ways[2]
    assert (small.row, small.options, small.cells["id"], small.cells["price"]) == (2, {"Size": "S"}, "A-S", "40")
    assert (medium.row, medium.options) == (3, {"Size": "M"})
    assert (medium.cells["price"], medium.cells["image_link"]) == ("38.00", "https://x.example/m.jpg")
    assert (cup["id"], cup["status"], 4 in found.ways) == ("C-1", "archived", False)


def test_the_form_since_2025():
    found = feed(
        NEW,
        {"Title": "Tee", "URL handle": "tee", "Description": "<p>A</p>\n<p>B</p>", "Vendor": "Acme", "Type": "Tops",
         "Product category": "Apparel > Shirts", "Published on online store": "TRUE", "Status": "Active", "SKU": "'001",
         "Option1 name": "Colour", "Option1 value": "Red",
         "Option1 Linked To": "product.metafields.shopify.color-pattern",
         "Price": "20", "Compare-at price": "25", "Inventory tracker": "shopify", "Inventory quantity": "0",
         "Continue selling when out of stock": "DENY", "Product image URL": "https://x.example/1.jpg",
         "Google Shopping / Manufacturer part number (MPN)": "M1", "Google Shopping / Condition": "New",
         "Google Shopping / Custom label 0": "summer", "Price / UAE": "99",
         "Color (product.metafields.shopify.color-pattern)": "red"},
        {"URL handle": "tee", "Option1 value": "Blue", "Price": "22", "SKU": "002", "Inventory tracker": "shopify",
         "Inventory quantity": "-3", "Continue selling when out of stock": "TRUE",
         "Variant image URL": "https://x.example/b.jpg"},
        {"URL handle": "tee", "Product image URL": "https://x.example/3.jpg", "Image position": "2"},
    )  # fmt: skip
    ((row, cells),) = found.rows
    assert cells["description"] == "A\n\nB"
    assert (cells["price"], cells["sale_price"], cells["availability"]) == ("25", "20", "in stock")
    assert (cells["mpn"], cells["condition"], cells["custom_label_0"]) == ("M1", "New", "summer")
    assert cells["additional_image_link"] == "https://x.example/1.jpg,https://x.example/b.jpg"  # 3.jpg has a position
    assert cells["product_type"] == "Apparel > Shirts"
    red, blue = found.ways[row]
    assert (red.options, red.cells["id"], red.cells["availability"]) == ({"Colour": "Red"}, "001", "out of stock")
    assert (blue.options, blue.cells["availability"]) == ({"Colour": "Blue"}, "in stock")
    assert "99" not in str(found)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Variant Compare At Price": "8"}, {"price": "10.00"}),
        ({"Variant Compare At Price": "12,50"}, {"price": "12,50", "sale_price": "10.00"}),
        ({"Variant Compare At Price": "soon"}, {"price": "10.00"}),
        ({"Published": "FALSE"}, {"status": "archived"}),
        ({"Status": "draft"}, {"status": "archived"}),
        ({"Status": "Active", "Published": "true"}, {"status": "active"}),
        ({"Variant Inventory Qty": "0"}, {"availability": "in stock"}),  # nobody counts
        ({"Variant Inventory Tracker": "shopify", "Variant Inventory Qty": "0"}, {"availability": "out of stock"}),
        ({"Variant Inventory Tracker": "shopify", "Variant Inventory Qty": "0", "Variant Inventory Policy": "continue"},
         {"availability": "in stock"}),
        ({"Variant Inventory Tracker": "x", "Variant Inventory Qty": "9" * 400}, {"availability": "in stock"}),
        ({"Variant SKU": "'00123", "Variant Barcode": "'629"}, {"id": "00123", "gtin": "629"}),
        ({"Option1 Name": "Title", "Option1 Value": "Default Title"}, {"id": "cup"}),
        ({"Body (HTML)": "a < b"}, {"description": "a < b"}),
    ],
)  # fmt: skip
def test_what_columns_mean(cells, expected):
    found = feed(OLD, old() | cells)
    assert {name: found.rows[0][1].get(name) for name in expected} == expected
    assert found.ways == {}


def test_a_code_that_two_items_share_is_neithers():
    found = feed(OLD, old(Variant_SKU="X"), old(Handle="jug", Title="Jug", Variant_SKU="X"))
    assert [cells["id"] for _row, cells in found.rows] == ["cup", "jug"]


def test_rows_without_a_handle():
    found = feed(
        NEW,
        {"Title": "Cup", "Price": "5", "SKU": "C"},
        {"Option1 name": "Size", "Option1 value": "L", "Price": "6"},
        {"Title": "Jug", "Price": "7"},
        {"Tags": "Note: red columns are required"},
    )
    assert [(row, cells["title"], cells.get("id")) for row, cells in found.rows] == [(2, "Cup", None), (4, "Jug", None)]
    assert [way.options for way in found.ways[2]] == [{"Size": "L"}]
    assert [(problem.row, problem.code) for problem in found.problems] == [(5, "handle_missing")]


@pytest.mark.parametrize(
    ("header", "yes"),
    [
        (OLD, True),
        (NEW, True),
        (["Handle", "Title", "Variant Price"], True),
        (["handle", "title", "price", "sku"], False),  # of anyone
        (["id", "title", "price"], False),
        (["Title", "Body (HTML)"], False),
    ],
)
def test_what_is_of_shopify(header, yes):
    assert is_shopify(header) is yes
