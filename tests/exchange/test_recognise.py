"""What the columns of a table are, by the words above them: as shops write them."""

import pytest

from desktop.exchange.columns import COLUMNS, known_word, meaning
from desktop.exchange.recognise import FIELDS, LEFT_OUT, REASONS, recognise
from desktop.exchange.sources import read_source
from desktop.exchange.tables import Table
from desktop.services.catalog import AVAILABILITIES, CONDITIONS


def found(header, rows=(), language=""):
    """Return what is recognised of a header, "," between its columns, and of rows below it."""
    names = header.split(",")
    return recognise(Table(names, [(n, row.split(",")) for n, row in enumerate(rows, 2)], "", ""), language=language)


def fields(header, rows=(), language=""):
    return ",".join(column.field or "-" for column in found(header, rows, language).columns)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        # Meta's and Google's, in their spellings
        ("id,title,description,availability,condition,price,link,image_link,brand",
         "id,title,description,availability,condition,price,link,image_link,brand"),
        ("Sale_Price,Image,URL,image link,Google Product Category",
         "sale_price,-,link,image_link,google_product_category"),
        ("g:id,g:title,g:image_link,g:additional_image_link", "id,title,image_link,additional_image_link"),
        ("ProductName,imageUrl,salePrice,regularPrice", "title,image_link,sale_price,price"),
        ("custom label 0,item group id,Gtin,MPN", "custom_label_0,item_group_id,gtin,mpn"),
        # Price lists in English
        ("Item Code,Item Name,Unit Price,Qty", "id,title,price,quantity_to_sell_on_facebook"),
        ("SKU,Product,Category,Retail Price,Stock", "id,title,collection,price,quantity_to_sell_on_facebook"),
        ("#,Name,Price (AED),Notes", "-,title,price,description"),
        ("Code,Description,Price,Barcode", "id,description,price,gtin"),
        ("No.,Product Name *,Price/AED,Offer Price (AED),Photo", "-,title,price,sale_price,image_link"),
        ("Name,Cost,Selling Price,Wholesale Price,Total", "title,-,price,-,-"),
        ("Name,Price,Discount,Weight,VAT", "title,price,-,-,-"),
        ("Model,Brand,Colour,Size,Price USD", "id,brand,color,size,price"),
        ("Title,Vendor,Type,Image Src", "title,brand,collection,image_link"),
        ("Image 1,Image 2,Item", "image_link,additional_image_link,title"),
        ("Images,Name,Item", "image_link,title,-"),
        ("Product Title,Short Description,Link to product,Made in", "title,description,-,origin_country"),
        ("Menu Section,Dish,Price", "collection,title,price"),
        ("Particulars,Rate,Uom", "title,price,-"),
        # and in Arabic
        ("الاسم,السعر,الوصف", "title,price,description"),
        ("اسم المنتج,سعر البيع,الكمية المتوفرة,القسم", "title,price,quantity_to_sell_on_facebook,collection"),
        ("كود الصنف,الصنف,السعر (درهم)", "id,title,price"),
        ("م,البيان,السعر بالريال,ملاحظات", "-,title,price,description"),
        ("رقم الصنف,اسم الصنف,سعر الجملة,سعر المفرد,سعر العرض", "id,title,-,price,sale_price"),
        ("الصنف,الاسم,السعر", "collection,title,price"),
        ("المنتج,السعر قبل الخصم,السعر بعد الخصم,نسبة الخصم", "title,price,sale_price,-"),
        ("المنتج,السعر قبل العرض,السعر بعد العرض", "title,price,sale_price"),
        ("الماركة,الموديل,اللون,المقاس,الثمن", "brand,id,color,size,price"),
        ("رَمْز المُنْتَج,اســـم المنتج,رابط الصورة,رابط المنتج", "id,title,image_link,link"),
        ("الباركود,السلعة,سعر الوحدة شامل الضريبة,بلد المنشأ", "gtin,title,-,origin_country"),
        ("الكود,المنتجات,الأسعار,الصور,صور إضافية,التوفر",
         "id,title,price,image_link,additional_image_link,availability"),
        ("العلامة التجارية,التصنيف,سعر التكلفة,الإجمالي", "brand,collection,-,-"),
        # in French, Spanish and Turkish
        ("Référence,Désignation,Catégorie,Prix de vente TTC (MAD),Prix promo,Qté,Marque,Photo,Code-barres",
         "id,title,collection,price,sale_price,quantity_to_sell_on_facebook,brand,image_link,gtin"),
        ("Nom de l'article,Prix d'achat,Prix (DA),Disponibilité,Lien,Remise",
         "title,-,price,availability,link,-"),
        ("Article,P.U.,En stock ?,État,Pays d'origine", "title,price,availability,condition,origin_country"),
        ("Nom,الاسم,Description,الوصف", "title,title:ar,description,description:ar"),
        ("Código,Nombre,Precio,Descripción,Imagen,Existencias",
         "id,title,price,description,image_link,quantity_to_sell_on_facebook"),
        ("STOK KODU,ÜRÜN ADI,SATIŞ FİYATI (TL),İndirimli Fiyat,Açıklama,Görsel,Kategori",
         "id,title,price,sale_price,description,image_link,collection"),
        # in Russian
        ("Артикул,Наименование,Цена продажи,Остаток", "id,title,price,quantity_to_sell_on_facebook"),
        # of other shops and tills
        ("name(en-gb),name(ar),description(en-gb)", "title,title:ar,description"),
        ("Name *,Categories (x/y/z...),Price tax included,Active (0/1)", "title,collection,price,status"),
        ("Name,Special price,Price", "title,sale_price,price"),
        # of a till, for each of its shops
        ("Name,Price [Main],Available for sale [Main]", "title,price,status"),
        ("Item Name,Price,Current Quantity Main Shop", "title,price,quantity_to_sell_on_facebook"),
        # in a feed of Meta's names, as ours are, words mean nothing more
        ("id,title,availability,condition,status,الباركود", "id,title,availability,condition,status,-"),
        # in two languages
        ("Name,Name EN,Price", "title,title:en,price"),
        ("الاسم,الاسم بالإنجليزية,السعر", "title,title:en,price"),
        ("الاسم (عربي),الاسم (إنجليزي),الوصف عربي,الوصف انجليزي", "title,title:en,description,description:en"),
        ("name_ar,name_en,description_ar,description_en", "title,title:en,description,description:en"),
        ("English Name,Arabic Name,Price", "title,title:ar,price"),
        ("اسم المنتج,Product Name,السعر,Price", "title,title:en,-,price"),
        ("title,title:ar,description,description:ar", "title,title:ar,description,description:ar"),
        # never two columns for one field
        ("Name,Product Name,Title,Item", "-,-,title,-"),
        ("Price,Unit price,السعر,سعر البيع", "price,-,-,-"),
    ],
)  # fmt: skip
def test_realistic_headers(header, expected):
    assert fields(header) == expected
    taken = [field for field in fields(header).split(",") if field != "-"]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize(
    ("header", "numbers", "field"),
    [
        ("م", "123", LEFT_OUT),
        ("#", "123", LEFT_OUT),
        ("N°", "١٢٣", LEFT_OUT),
        ("الرقم", ["1", "2", "", "1", "2"], LEFT_OUT),
        ("No.", "135", ""),
        ("م", ["101", "102"], ""),
        ("Code", "123", "id"),
    ],
)
def test_a_column_that_only_counts_the_rows_is_left_out(header, numbers, field):
    columns = found(f"{header},Name,Price", [f"{number},Cup,5" for number in numbers]).columns
    assert columns[0].field == field


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        ("Model,SKU,Name", ["A1,,Cup", "A2,,Jug"], "id,-,title"),  # of two for one field that which is filled
        ("Name,Item Type,Price", ["Cup,Goods,5", "Fitting,Service,9"], "title,-,price"),
        ("Name,Item Type,Price", ["Cup,Mugs,5"], "title,collection,price"),
        ("Name,Product URL", ["Cup,/cups/blue.html"], "title,-"),
        ("Name,Image URL - 1,Image URL - 2", ["Cup,http://x/1,http://x/2"], "title,image_link,additional_image_link"),
        ("id,title,image_link,image[0].url,image[1].url", ["1,Cup,http://x/1,http://x/1,http://x/2"],
         "id,title,image_link,-,additional_image_link"),
        ("title,availability,condition,status,Image URL - 1,ملاحظات", ["Cup,in stock,new,active,http://x/1,a"],
         "title,availability,condition,status,-,-"),  # of a feed of ours whose items have no codes
    ],
)  # fmt: skip
def test_what_is_in_the_rows_decides_too(header, rows, expected):
    assert fields(header, rows) == expected


def test_a_name_in_french_is_no_english_one():
    assert fields("الاسم,Nom,السعر", language="ar") == "title,title:fr,price"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "title,title:en,price"), ("en", "title:ar,title,price"), ("", "title,title:en,price")],
)
def test_the_language_of_the_shop_says_which_name_is_its_own(language, expected):
    assert fields("name_ar,name_en,price", language=language) == expected


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Name,Price (AED)", "AED"),
        ("Name,Price USD", "USD"),
        ("الاسم,السعر بالدرهم الإماراتي", "AED"),
        ("الاسم,السعر (ريال)", ""),  # of several countries
        ("الاسم,السعر (ر.س)", "SAR"),
        ("الاسم,السعر د.إ", "AED"),
        ("Name,Price", ""),
        ("Name,Cost AED,Price", ""),
    ],
)
def test_the_currency_that_a_header_names(header, currency):
    assert found(header).currency == currency


def test_reasons_and_formats():
    plain = found("SKU,Name,price,Fabric care")
    assert [column.reason for column in plain.columns] == ["meaning", "meaning", "name", "kept"]
    assert plain.format == "plain"
    assert found("id,title,price,image_link").format == "meta"
    assert found("id,title").format == "meta"
    assert found("title,price").format == "plain"
    assert {column.reason for column in plain.columns} <= REASONS.keys()


def test_every_field_is_called_by_its_own_name():
    for field in FIELDS:
        assert meaning(field).fields[0] == (0, field)
    assert set(FIELDS) == {*COLUMNS, "collection"}


def test_what_is_in_a_column_speaks_where_its_name_does_not():
    rows = [
        "https://x.example/1.jpg,https://x.example/p,Cup,5 AED,77",
        "https://x.example/2.png,https://x.example/q,Jug,7 AED,78",
    ]
    unknown = found("A,B,C,D,E", rows)
    assert [column.field for column in unknown.columns] == ["image_link", "link", "title", "price", ""]
    assert {column.reason for column in unknown.columns} == {"content", "kept"}


def test_what_is_known_to_be_something_else_is_no_price():
    rows = ["كوب,5,100", "إبريق,7,200"]
    assert fields("الاسم,التكلفة,الوزن", rows) == "title,-,-"


@pytest.mark.parametrize(
    "header", ["", " ", "x" * 10_000, "\u202e", "a" * 70 + " price", "price " * 12, "﷽", "٣", "💡 name"]
)
def test_headers_that_mean_nothing_break_nothing(header):
    assert isinstance(meaning(header).fields, tuple)


def test_a_whole_list_is_understood():
    text = "قائمة أسعار 2026,,,\nكود,الصنف,السعر (درهم),صورة\n1,كوب,١٢٫٥,https://x.example/1.jpg\n,الإجمالي,12.5,\n"
    table = read_source(text.encode("cp1256", "replace"), "ar")
    assert [column.field for column in recognise(table).columns] == ["id", "title", "price", "image_link"]
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    ("known", "meant"),
    [
        (AVAILABILITIES, {"in stock": ["yes", "TRUE", "1", "نعم", "متوفّر"], "out of stock": ["No", "لا", "غير متوفر"]}),
        (CONDITIONS, {"new": ["جديد"], "used": ["مستعمل", "second-hand"]}),
        (("active", "archived"), {"active": ["Published"], "archived": ["draft", "مخفي"]}),
    ],
)
def test_the_words_of_shops_are_those_of_meta(known, meant):
    for word, written in meant.items():
        assert {cell: known_word(cell, known) for cell in written} == dict.fromkeys(written, word)
    assert known_word("perhaps", known) == known_word("", known) == ""


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("رمز المنتج sku", "id"),
        ("تصنيف المنتج", "collection"),
        ("مدى التوفّر", "availability"),
        ("Seller SKU", "id"),
        ("Internal Reference", "id"),
        ("Quantity On Hand", "quantity_to_sell_on_facebook"),
        ("Sales Description", "description"),
        ("Price [Main shop]", "price"),
    ],
)
def test_what_tills_and_marketplaces_write(header, field):
    assert meaning(header).fields[0][1] == field


def test_a_header_again_in_the_words_of_a_program_is_no_item():
    table = read_source(b"Seller SKU,Product Name,Standard Price\nitem_sku,item_name,standard_price\nA-1,Cup,5\n")
    assert [cells for _row, cells in table.rows] == [["A-1", "Cup", "5"]]


def test_a_further_picture_is_no_link():
    table = read_source(b"Item,Main Image URL,Other Image URL1\nCup,https://a.example/1.jpg,https://a.example/2.jpg\n")
    fields = [column.field for column in recognise(table).columns]
    assert fields == ["title", "image_link", "additional_image_link"]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("In stock", "30,1", "quantity_to_sell_on_facebook"),
        ("In stock", "1,0", "availability"),
        ("حالة المنتج", "ظاهر,مخفي", "status"),
        ("حالة المنتج", "جديد,مستعمل", "condition"),
        ("Product URL", "blue-cup,jug", "-"),
        ("Product URL", "x.example/cup,", "link"),
    ],
)
def test_what_is_in_a_column_tells_two_meanings_of_a_word_apart(header, cells, field):
    assert fields(f"Name,{header}", [f"Cup,{cell}" for cell in cells.split(",")]) == f"title,{field}"
