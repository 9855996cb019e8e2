"""Lists with a row for each variant, with the headers of the programs that write them."""

import pytest

from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from tests.torture import samples

LOYVERSE = (
    "Handle,SKU,Name,Category,Description,Sold by weight,Option 1 name,Option 1 value,Option 2 name,Option 2 value,"
    "Cost,Barcode,Track stock,Available for sale [Main],Price [Main],In stock [Main],Low stock [Main]\n"
)
ETSY = (
    "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2,VARIATION 1 TYPE,VARIATION 1 NAME,"
    "VARIATION 1 VALUES,VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU\n"
)
SALLA = (
    (  # with as many columns as it has, of which few are known
        "بيانات المنتج,,,,,,,,,,\n"
        "النوع ,أسم المنتج,تصنيف المنتج,صورة المنتج,سعر المنتج,الوصف,رمز المنتج sku,السعر المخفض,حالة المنتج,"
        "[1] الاسم,[1] النوع,[1] القيمة,[1] الصورة / اللون"
    )
    + "".join(f",حقل {n}" for n in range(27))
    + "\n"
)


def read(text, language="ar"):
    table = read_source(text.encode() if isinstance(text, str) else text, language)
    found = read_items(table, recognise(table, language=language))
    return [cells for _row, cells in found.rows], list(found.ways.values())


def test_square_has_a_row_for_each_variation():
    (latte, mug, tee), (sizes, tees) = read(samples.SQUARE)
    assert latte["title"] == "Latte"
    assert (latte["price"], latte["collection"], latte.get("id")) == ("3.50", "ESPRESSO", None)
    assert [way.cells["id"] for way in sizes] == ["LAT-S", "LAT-L"]
    assert [list(way.options.values()) for way in sizes] == [["Small"], ["Large"]]
    assert (mug["id"], mug["status"], mug["quantity_to_sell_on_facebook"]) == ("MUG", "archived", "4")
    assert [way.options for way in tees] == [{"Size": "S", "Colour": "Red"}, {"Size": "L", "Colour": "Red"}]
    assert [way.cells["availability"] for way in tees] == ["in stock", "out of stock"]
    assert tee["status"] == "active"


def test_the_rows_of_a_handle_of_loyverse_are_one_item():
    (coke, bread), ((small, large),) = read(
        LOYVERSE + "coke,S1,Coke,Drinks,,N,Size,300ml,,,6.00,,Y,Y,10.00,10,2\n"
        "coke,S2,,,,,,500ml,,,8.00,,Y,Y,14.00,0,2\nbread,S3,Bread,Bakery,,N,,,,,3,6291,N,N,variable,,\n"
    )
    assert (coke["id"], coke["price"], coke["collection"]) == ("coke", "10.00", "Drinks")
    assert (small.options, small.cells["id"], large.options, large.row) == (
        {"Size": "300ml"},
        "S1",
        {"Size": "500ml"},
        3,
    )
    assert (large.cells["price"], large.cells["availability"]) == ("14.00", "out of stock")
    assert (bread["id"], bread["status"], bread["gtin"]) == ("S3", "N", "6291")


def test_etsy_lists_what_each_option_may_be():
    (fern, mug), (ways,) = read(
        ETSY
        + '"Fern print","A print",16.00,USD,5,"a,b",paper,https://x.example/1.jpg,https://x.example/2.jpg,Size,Size,'
        '"A4,A3",Frame,Frame,"Oak,None","F1,F2,F3,F4"\nMug,Clay,20.00,USD,3,,clay,,,,,,,,,M1\n'
    )
    assert (fern["price"], fern["additional_image_link"], fern["material"]) == (
        "16.00 USD",
        "https://x.example/2.jpg",
        "paper",
    )
    assert [tuple(way.options.values()) for way in ways] == [
        ("A4", "Oak"),
        ("A4", "None"),
        ("A3", "Oak"),
        ("A3", "None"),
    ]
    assert [way.cells["id"] for way in ways] == ["F1", "F2", "F3", "F4"]
    assert (mug["id"], mug["quantity_to_sell_on_facebook"]) == ("M1", "3")


def test_salla_says_in_a_row_whether_it_is_a_variant():
    (shirt, cup), ((red, blue),) = read(
        SALLA
        + 'منتج,تيشيرت,"ملابس > رجالي, جديد",https://x.example/a.png,٥٠,<p>قطن</p><p>ناعم</p>,T,,ظاهر,اللون,نص,,\n'
        "خيار,تيشيرت,,,50,,T-R,45,,,,أحمر,\nخيار,,,,55,,T-B,,,,,أزرق,\n"
        "منتج,كوب,منزل,,20,&nbsp;كوب <b>جميل</b>,C1,0,مخفي,,,,\n"
    )
    assert (shirt["id"], shirt["description"], shirt["collection"]) == ("T", "قطن\n\nناعم", "رجالي\nجديد")
    assert (red.options, red.cells["sale_price"], blue.options) == ({"اللون": "أحمر"}, "45", {"اللون": "أزرق"})
    assert (cup["description"], cup["status"]) == ("كوب جميل", "مخفي")
    assert "sale_price" not in cup


@pytest.mark.parametrize(
    "header",
    [
        "name_ar,name_en,price,currency,sku,quantity,is_published,option 1 name,option 1 value,images",
        "Title,Description,Price,currency,SKU,Stock,Visible,Option Name 1,Option Value 1,Hosted Image URLs",
        "name,description,price,currency,sku,qty,published,variant_option_one_name,variant_option_one_value,images",
    ],
)
def test_a_row_without_a_name_belongs_to_that_above_it(header):
    (cap,), ((red, blue),) = read(
        f"{header}\nقبعة,Cap,30.5,SAR,C-R,2,true,Colour,Red,https://x.example/1.jpg https://x.example/2.jpg\n"
        ",,31,SAR,C-B,Unlimited,,,Blue,\n"
    )
    assert (cap["title"], cap["price"], cap["status"]) == ("قبعة", "30.5 SAR", "true")
    assert cap["additional_image_link"] == "https://x.example/2.jpg"
    assert (red.cells["id"], blue.cells["id"], blue.options) == ("C-R", "C-B", {"Colour": "Blue"})


def test_what_no_option_tells_apart_stays_apart():
    items, ways = read("Item Name,Variation Name,SKU,Price\nCup,Regular,1,5\nCup,Regular,2,5\nJug,Regular,3,6\n")
    assert ([item["id"] for item in items], ways) == (["1", "2", "3"], [])


def test_a_column_that_was_chosen_to_be_something_else_says_no_option():
    table = read_source(b"Name,Option 1 name,Option 1 value,Price\nCup,Size,S,5\nCup,Size,L,6\n")
    found = recognise(table)
    assert [column.reason for column in found.columns] == ["meaning", "options", "options", "name"]
    assert len(read_items(table, found).rows) == 1
    plain = recognise(table)
    plain.columns[2] = type(plain.columns[2])("Option 1 value", "size", "chosen")
    assert [cells["size"] for _row, cells in read_items(table, plain).rows] == ["S", "L"]
