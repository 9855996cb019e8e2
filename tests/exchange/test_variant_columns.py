"""Lists of shops and tills that write variants each in a way of its own: one item each, and back as they came."""

import io

import pytest

from desktop.exchange.feed import write_feed
from desktop.exchange.importing import import_feed, plan_import
from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.spreadsheet import write_spreadsheet
from desktop.services import profile

MAGENTO = (
    "sku,store_view_code,attribute_set_code,product_type,categories,name,description,product_online,visibility,price,"
    "special_price,base_image,additional_attributes,qty,is_in_stock,configurable_variations,"
    "configurable_variation_labels\n"
    "HD-S,,Top,simple,Default Category/Men/Hoodies,Hero Hoodie-S,,1,Not Visible Individually,45.000000,,"
    'https://x.example/s.jpg,"color=Red,size=S",7.0000,1,,\n'
    "HD-M,,Top,simple,Default Category/Men/Hoodies,Hero Hoodie-M,,1,Not Visible Individually,48.000000,40.000000,"
    'https://x.example/m.jpg,"color=Red,size=M",0.0000,0,,\n'
    "HD-L,,Top,simple,Default Category/Men/Hoodies,Hero Hoodie-L,,2,Not Visible Individually,48.000000,,,,3.0000,1,,\n"
    'HD,,Top,configurable,"Default Category/Men/Hoodies,Default Category/New",Hero Hoodie,<p>Warm</p>,1,'
    '"Catalog, Search",,,https://x.example/hd.jpg,,0.0000,1,"sku=HD-S,size=S, slim,color=Red|sku=HD-M,size=M,color=Red|'
    'sku=HD-L,size=L,color=Red|sku=HD-XL,size=XL,color=Red","size=Size,color=Colour"\n'
    "HD,ar,Top,configurable,,سترة البطل,,,,,,,,,,,\n"
    'CUP,,Default,simple,Default Category/Home,Cup,,2,"Catalog, Search",9.000000,,,,3.0000,1,,\n'
)
BIGCOMMERCE_2 = (
    "Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Brand Name,Product Description,Price,Sale Price,"
    "Allow Purchases?,Product Visible?,Product Availability,Track Inventory,Current Stock Level,Category,"
    "Product Image File - 1,Product Image File - 2\n"
    "Product,77,Linen shirt,P,LS,Acme,<p>Cool</p>,30.00,25.00,Y,Y,In 2 days,by option,0,Shop/Tops;Shop/New,"
    "https://x.example/1.jpg,https://x.example/2.jpg\n"
    '  SKU,301,"[RB]Size=Small,[CS]Colour=White:#ffffff",,LS-S,,,,,,,,,5,,,\n'
    '  SKU,302,"[RB]Size=Large,[CS]Colour=White:#ffffff",,LS-L,,,,,,,,,0,,,\n'
    '  SKU,303,"[RB]Size=Large,[CS]Colour=Black:#000",,LS-B,,,,,,,,,2,,,\n'
    "  Rule,9,,,LS-L,,,[ADD]5.00,,Y,Y,,,,,,\n"
    "  Rule,10,[CS]Colour=Black:#000,,,,,[FIXED]99,,Y,Y,,,,,,\n"
    "Product,78,Mug,P,MUG,Acme,,12.00,0.00,Y,N,,none,0,Shop/Home,,\n"
    "Product,79,Jar,P,JAR,Acme,,9.00,0.00,N,Y,,by product,4,Shop/Home,,\n"
)
BIGCOMMERCE_3 = (
    "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Sale Price,Categories,Description,"
    "Product URL,Is Visible,Internal Image URL (Export),Image Sort Order,Internal Variant Image URL (Export),UPC/EAN\n"
    "Product,77,Linen shirt,physical,LS,,variant,0,30,25,Tops;New,<p>Cool</p>,/linen/,TRUE,,,,\n"
    "Variant,301,,,LS-S,Type=Rectangles|Name=Size|Value=SmallType=Swatch|Name=Colour|Value=White[#ffffff],,5,,,,,,,,,,4006381333931\n"
    "Variant,302,,,LS-L,Type=Rectangles|Name=Size|Value=LargeType=Swatch|Name=Colour|Value=White[#ffffff],,0,35,,,,,,,,,\n"
    "Image,2,,,,,,,,,,,,,https://x.example/2.jpg,1,,\n"
    "Image,1,,,,,,,,,,,,,https://x.example/1.jpg,0,,\n"
    "Product,78,Mug,physical,,,none,0,12,0,Home,,/mug/,FALSE,,,,\n"
)
ODOO = (
    "External ID,Name,Internal Reference,Barcode,Sales Price,Cost,Product Category,Variant Values,Quantity On Hand\n"
    '__export__.p1,Desk,DSK-W,,750,500,All / Furniture,"Legs: Steel,Colour: White",4\n'
    '__export__.p2,Desk,DSK-B,,800,500,All / Furniture,"Legs: Steel,Colour: Black",0\n'
    "__export__.p3,Lamp,LMP,6291,40,20,All / Furniture / Lights,,9\n"
    "__export__.p4,Rug,RUG-S,,90,20,All / Furniture,Size: S,2\n,,,,,,,Colour: Red,\n"
    "__export__.p5,Rug,RUG-L,,120,20,All / Furniture,Size: L,2\n,,,,,,,Colour: Red,\n"
)
ODOO_TEMPLATES = (
    "id,name,default_code,list_price,categ_id,attribute_line_ids/attribute_id,attribute_line_ids/value_ids,sale_ok\n"
    '__export__.t1,Desk,DSK,750,All / Furniture,Legs,"Steel,Aluminium",True\n'
    ",,,,,Colour,White,\n,,,,,,Black,\n"
    "__export__.t2,Lamp,LMP,40,All / Furniture,,,True\n"
)
FOODICS = (
    "id,name,name_localized,sku,category_reference,price,is_active,image,description,description_localized\n"
    "9a1,Latte,لاتيه,sk-1,Hot drinks,14,Yes,https://x.example/l.jpg,With milk,بالحليب\n"
    "9a2,Tea,شاي,sk-2,Hot drinks,6,No,,,\n"
)
LISTS = (MAGENTO, BIGCOMMERCE_2, BIGCOMMERCE_3, ODOO, ODOO_TEMPLATES, FOODICS)


def feed_of(text, language="en"):
    table = read_source(text if isinstance(text, bytes) else text.encode(), language)
    return read_items(table, recognise(table, language=language))


def read(text, language="en"):
    found = feed_of(text, language)
    return [cells for _row, cells in found.rows], list(found.ways.values())


def options(ways):
    return ["/".join(way.options.values()) for way in ways]


def prices(ways):
    return [(way.cells["price"], way.cells.get("sale_price")) for way in ways]


def test_a_configurable_product_of_magento_is_one_item():
    (hoodie, cup), (ways,) = read(MAGENTO)
    assert (hoodie["id"], hoodie["title"], hoodie["title:ar"]) == ("HD", "Hero Hoodie", "سترة البطل")
    assert (hoodie["price"], hoodie["image_link"]) == ("45.000000", "https://x.example/hd.jpg")
    assert (hoodie["collection"], hoodie["status"]) == ("Hoodies\nNew", "Catalog, Search")
    assert [list(way.options) for way in ways] == [["Size", "Colour"]] * 3
    assert options(ways) == ["S, slim/Red", "M/Red", "L/Red"]
    assert prices(ways) == [("45.000000", None), ("48.000000", "40.000000"), ("48.000000", None)]
    assert [way.cells["availability"] for way in ways] == ["1", "0", "out of stock"]
    assert (cup["id"], cup["status"]) == ("CUP", "archived")


def test_variants_of_bigcommerce_are_below_their_product():
    (shirt, mug, jar), (ways,) = read(BIGCOMMERCE_2)
    assert (shirt["id"], shirt["title"], shirt["collection"]) == ("LS", "Linen shirt", "Tops\nNew")
    assert (shirt["price"], shirt["sale_price"], shirt["availability"]) == ("30.00", "25.00", "in stock")
    assert options(ways) == ["Small/White", "Large/White", "Large/Black"]
    assert prices(ways) == [("30.00", "25.00"), ("35.00", "30.00"), ("99", None)]
    assert [way.cells["availability"] for way in ways] == ["in stock", "out of stock", "in stock"]
    assert (mug["status"], mug["availability"], "quantity_to_sell_on_facebook" in mug) == ("N", "in stock", False)
    assert (jar["availability"], jar["quantity_to_sell_on_facebook"]) == ("out of stock", "4")


def test_the_newer_form_of_bigcommerce_has_its_pictures_in_rows():
    (shirt, mug), (ways,) = read(BIGCOMMERCE_3)
    assert (shirt["image_link"], shirt["additional_image_link"]) == (
        "https://x.example/1.jpg",
        "https://x.example/2.jpg",
    )
    assert [way.options for way in ways] == [{"Size": "Small", "Colour": "White"}, {"Size": "Large", "Colour": "White"}]
    assert prices(ways) == [("30", "25"), ("35", None)]
    assert (ways[0].cells["id"], ways[0].cells["gtin"]) == ("LS-S", "4006381333931")
    assert ("id" in mug, mug["status"], mug["availability"]) == (False, "FALSE", "in stock")


def test_variants_of_odoo_are_told_by_their_values():
    (desk, lamp, _rug), (desks, rugs) = read(ODOO)
    assert (desk["title"], desk["price"], desk.get("id")) == ("Desk", "750", None)
    assert ([way.cells["id"] for way in desks], options(desks)) == (["DSK-W", "DSK-B"], ["Steel/White", "Steel/Black"])
    assert options(rugs) == ["S/Red", "L/Red"]
    assert (lamp["id"], lamp["collection"], lamp["gtin"]) == ("LMP", "Lights", "6291")


def test_products_of_odoo_list_what_they_may_be():
    (desk, lamp), (ways,) = read(ODOO_TEMPLATES)
    assert (desk["id"], lamp["id"], desk["status"]) == ("DSK", "LMP", "True")
    assert options(ways) == ["Steel/White", "Steel/Black", "Aluminium/White", "Aluminium/Black"]


@pytest.mark.parametrize(("language", "own", "other"), [("en", "Latte", "title:ar"), ("ar", "لاتيه", "title:en")])
def test_what_is_localized_is_in_the_other_language(language, own, other):
    (latte, tea), _ways = read(FOODICS, language)
    assert (latte["title"], {latte["title"], latte[other]}) == (own, {"Latte", "لاتيه"})
    assert (tea["id"], tea["status"]) == ("sk-2", "No")


@pytest.mark.parametrize("text", LISTS, ids=["magento", "v2", "v3", "odoo", "templates", "foodics"])
def test_it_comes_again_and_back_unchanged(database, tmp_path, text):
    database.run("Home", profile.update_profile, currency="SAR", language="en")
    report = database.run("Import", import_feed, feed_of(text)).report
    assert report.complete, report.problems
    sent, book = io.BytesIO(), tmp_path / "items.xlsx"
    with database.reader() as session:
        write_feed(session, sent)
        write_spreadsheet(session, book)
        for again in (text, sent.getvalue(), book.read_bytes()):
            plan = plan_import(session, feed_of(again))
            assert (plan.changes, plan.names, plan.report.unchanged) == ([], [], report.new)
