"""Exports of WooCommerce in every language of a site."""

import csv
import io

import pytest

from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.woocommerce import ORDER, is_woocommerce, read_woocommerce
from tests.torture import samples

ENGLISH = [
    *("ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Is featured?", "Visibility in catalog"),
    *("Short description", "Description", "Date sale price starts", "Date sale price ends", "Tax status", "Tax class"),
    *("In stock?", "Stock", "Low stock amount", "Backorders allowed?", "Sold individually?", "Weight (kg)"),
    *("Length (cm)", "Width (cm)", "Height (cm)", "Allow customer reviews?", "Purchase note", "Sale price"),
    *("Regular price", "Categories", "Tags", "Shipping class", "Images", "Download limit", "Download expiry days"),
    *("Parent", "Grouped products", "Upsells", "Cross-sells", "External URL", "Button text", "Position", "Brands"),
    *("Meta: _x", "Attribute 1 name", "Attribute 1 value(s)", "Attribute 1 visible", "Attribute 1 global"),
]
ARABIC = {
    "ID": "المُعرّف", "Type": "النوع", "SKU": "رمز المنتج (SKU)", "Name": "الاسم", "Published": "تم النشر",
    "Visibility in catalog": "إمكانية العرض في الكاتلوج", "Description": "الوصف", "In stock?": "متوفر في المخزون؟",
    "Stock": "المخزون", "Sale price": "سعر التخفيض", "Regular price": "السعر العادي", "Categories": "التصنيفات",
    "Images": "الصور", "Parent": "الأب", "Attribute 1 name": "اسم السمة 1", "Attribute 1 value(s)": "قيمة/قيم السمة 1",
}  # fmt: skip
FRENCH = {
    "ID": "ID", "Type": "Type", "SKU": "UGS", "Name": "Nom", "Published": "Publié",
    "Visibility in catalog": "Visibilité dans le catalogue", "Description": "Description", "In stock?": "En stock ?",
    "Stock": "Stock", "Sale price": "Tarif promo", "Regular price": "Tarif régulier", "Categories": "Catégories",
    "Images": "Images", "Parent": "Parent", "Attribute 1 name": "Nom de l’attribut 1",
    "Attribute 1 value(s)": "Valeur(s) de l’attribut 1",
}  # fmt: skip
PRODUCT = {"ID": "9", "Type": "variable", "SKU": "H", "Name": "Hoodie", "Published": "1",
           "Visibility in catalog": "visible", "Attribute 1 name": "Colour",
           "Attribute 1 value(s)": "Blue, Red"}  # fmt: skip
BLUE = {"ID": "10", "Type": "variation", "SKU": "H-B", "Name": "Hoodie - Blue", "Published": "1", "Parent": "H",
        "Regular price": "45", "Sale price": "40", "Visibility in catalog": "visible", "Attribute 1 name": "Colour",
        "Attribute 1 value(s)": "Blue"}  # fmt: skip
CUP = {
    "ID": "11",
    "Type": "simple",
    "Name": "Cup",
    "Published": "1",
    "Visibility in catalog": "visible",
    "Regular price": "5",
}


def table(*rows, header=ENGLISH, names=None):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([(names or {}).get(name, name) for name in header])
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return read_source(out.getvalue().encode())


def one(**cells):
    ((_row, found),) = read_woocommerce(
        table(CUP | {name.replace("_", " "): cell for name, cell in cells.items()})
    ).rows
    return found


def test_a_product_and_its_variations_are_one_item():
    found = read_woocommerce(read_source(samples.WOOCOMMERCE))
    (row, hoodie), (_row, cap) = found.rows
    assert hoodie == {
        "id": "H",
        "title": "Hoodie",
        "description": "Warm\nand soft",
        "price": "45",
        "sale_price": "40",
        "availability": "in stock",
        "image_link": "https://x.example/1.jpg",
        "additional_image_link": "https://x.example/2.jpg",
        "status": "active",
        "collection": "Hoodies\nNew, hot",
    }
    (blue,) = found.ways[row]
    assert (blue.row, blue.options, blue.cells["id"], blue.cells["price"]) == (3, {"Colour": "Blue"}, "H-B", "45")
    assert blue.cells["quantity_to_sell_on_facebook"] == "5"
    assert (cap["id"], cap["status"], cap["availability"]) == ("11", "archived", "out of stock")


@pytest.mark.parametrize("parent", ["H", "id:9"])
def test_a_variation_says_its_product_by_sku_or_id_before_or_behind_it(parent):
    for rows in ((PRODUCT, BLUE | {"Parent": parent}), (BLUE | {"Parent": parent}, PRODUCT)):
        found = read_woocommerce(table(*rows))
        assert len(found.rows) == len(found.ways) == 1
        assert found.rows[0][1]["title"] == "Hoodie"


def test_a_variation_alone_is_an_item_and_told():
    found = read_woocommerce(table(BLUE | {"Parent": "id:77"}))
    assert found.rows[0][1]["id"] == "H-B"
    assert [problem.code for problem in found.problems] == ["parent_missing"]


def test_a_variation_of_any_kind_is_called_as_its_name_is():
    blue = BLUE | {"Attribute 1 value(s)": ""}
    assert [way.options for way in read_woocommerce(table(PRODUCT, blue)).ways[2]] == [{"Kind": "Blue"}]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Published": "0"}, {"status": "archived"}),
        ({"Published": "-1"}, {"status": "archived"}),
        ({"Published": "2"}, {"status": "archived"}),
        ({"Visibility in catalog": "hidden"}, {"status": "archived"}),
        ({"Visibility in catalog": "search"}, {"status": "active"}),
        ({"In stock?": "0"}, {"availability": "out of stock"}),
        ({"In stock?": "backorder"}, {"availability": "backorder"}),
        ({"Stock": "parent"}, {"quantity_to_sell_on_facebook": None}),
        ({"Stock": "7"}, {"quantity_to_sell_on_facebook": "7"}),
        ({"Type": "simple, virtual"}, {"title": "Cup"}),
        ({"Categories": "A > B > C, A, D\\, E > F &amp; G, X &gt; Y"}, {"collection": "C\nA\nF & G\nX > Y"}),
        ({"Categories": "Uncategorized, غير مصنف"}, {"collection": None}),
        ({"Images": "https://a/1.jpg, cup.jpg, https://a/2,3.jpg"}, {"image_link": "https://a/1.jpg"}),
        ({"Description": "one\\ntwo\\\\nthree"}, {"description": "one\ntwo\\nthree"}),
        ({"Description": "", "Short description": "short"}, {"description": "short"}),
        ({"Description": "<ul><li>a</li>\\n<li>b</li></ul>"}, {"description": "• a\n• b"}),
        ({"Name": "'=cup", "Brands": "Acme, Other"}, {"title": "=cup", "brand": "Acme"}),
        ({"Date sale price starts": "2026-02-10 00:00:00", "Date sale price ends": "2026-03-01"},
         {"sale_price_effective_date": "2026-02-10/2026-03-01"}),
        ({"Type": "external", "External URL": "https://shop.example/x"}, {"link": "https://shop.example/x"}),
        ({"GTIN, UPC, EAN, or ISBN": "6291041500213"}, {"gtin": "6291041500213", "id": "11"}),
        ({"Regular price": "12,50"}, {"price": "12,50"}),
    ],
)  # fmt: skip
def test_what_columns_mean(cells, expected):
    found = one(**cells)
    assert {name: found.get(name) for name in expected} == expected


def test_the_cheapest_way_is_the_price_of_an_item():
    red = BLUE | {"ID": "12", "SKU": "H-R", "Regular price": "41", "Sale price": "", "Attribute 1 value(s)": "Red"}
    found = read_woocommerce(table(PRODUCT, BLUE, red)).rows[0][1]
    assert (found["price"], found["sale_price"]) == ("45", "40")


def test_arabic_french_and_any_other_language():
    expected = read_woocommerce(table(PRODUCT, BLUE, CUP))
    for said in (
        table(PRODUCT, BLUE, CUP, header=list(ARABIC), names=ARABIC),  # some of the columns
        table(PRODUCT, BLUE, CUP, header=list(FRENCH), names=FRENCH),
        table(PRODUCT, BLUE, CUP, names={name: f"Spalte {chr(97 + place // 26)}{chr(97 + place % 26)}"
                                         for place, name in enumerate(ENGLISH[:41])}),
        table(PRODUCT, BLUE, CUP, header=[name for name in ENGLISH if not name.startswith("GTIN")],
              names={name: f"列{chr(0x4E00 + place)}" for place, name in enumerate(ENGLISH[:41])}),
    ):  # fmt: skip
        assert recognise(said).format == "woocommerce"
        found = read_woocommerce(said)
        assert [cells for _row, cells in found.rows] == [cells for _row, cells in expected.rows]
        assert [way.options for way in found.ways[2]] == [{"Colour": "Blue"}]


def test_what_is_not_of_woocommerce():
    assert len(ORDER) == 40
    for text in ("Type,Name,Parent\nshoes,Cup,\n", "id,title,price\n1,Cup,5\n", "Type,Name\nsimple,Cup\n"):
        assert not is_woocommerce(read_source(text.encode()))
