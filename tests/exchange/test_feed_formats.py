"""What goes out as a feed comes back the same, in every format, into an empty shop and into the same one."""

import io
import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import select

from desktop.data.database import Database
from desktop.data.models import Product, Variant
from desktop.exchange.feed import feed_languages, write_feed, write_language_feed
from desktop.exchange.feed_formats import FORMATS
from desktop.exchange.importing import import_feed
from desktop.exchange.mapping import read_items
from desktop.exchange.sources import read_source
from desktop.services import catalog, profile, variants
from desktop.services.errors import Invalid
from desktop.services.texts import set_text

FIELDS = ("code", "name", "description", "price", "sale_price", "sale_starts", "sale_ends", "currency", "link")
FIELDS += ("hidden", "availability", "quantity", "condition", "brand", "origin_country")
WAY = ("options", "code", "price", "sale_price", "availability", "quantity", "extra")


def give(database, format="csv", base_url=""):
    out = io.BytesIO()
    with database.reader() as session:
        write_feed(session, out, base_url, format)
    return out.getvalue()


def take(database, data):
    return database.run("Import", import_feed, read_items(read_source(data, "en"))).report


def items(database):
    with database.reader() as session:
        found = {}
        for product in session.scalars(select(Product).order_by(Product.position)):
            rows = session.scalars(
                select(Variant).where(Variant.product_id == product.id).order_by(Variant.position)
            ).all()
            ways = [tuple(getattr(row, name) for name in WAY) for row in rows]
            values = [getattr(product, name) for name in FIELDS]
            found[product.code, product.name] = ([*values, json.loads(product.extra or "{}")], ways)
        return found


@pytest.fixture
def shop(database):
    database.run("Home", profile.update_profile, territory="AE", currency="AED", time_zone="Asia/Dubai")
    return database


@pytest.fixture
def empty(new_shop, tmp_path):
    database = Database(shutil.copy(new_shop, tmp_path / "empty.dukkan"))
    database.run("Home", profile.update_profile, territory="AE", currency="AED", time_zone="Asia/Dubai")
    yield database
    database.close()


def add_shirts(session):
    shirt = catalog.add_product(session, "قميص قطن", code="TS", price=7500, sale_price=6000, brand="Ours")
    catalog.update_product(session, shirt, sale_ends=1_774_036_740)
    small, large, odd = variants.add_variants(session, shirt, [("المقاس", ["صغير", "كبير, جدًا", "XXL"])])
    variants.update_variant(session, small, code="TS-S", quantity=3)
    variants.update_variant(session, large, price=8000, availability="out of stock")
    variants.update_variant(session, odd, price=9000, sale_price=8500)
    scent = catalog.add_product(session, "Candle", price=2000, hidden=True, description="Burns\nlong & <slow>\ttoo")
    variants.add_variants(session, scent, [("Scent", ["Oud: dark", "Rose"]), ("Colour", ["red"])])
    catalog.add_product(session, "=1+1", code="=A1", description="-2+3", price=100)
    plain = catalog.add_product(session, "Cup", code="c,1")
    catalog.update_extra(session, plain, Vendor_Note="kept", custom_label_0="ربيع")


@pytest.mark.parametrize("format", FORMATS)
def test_there_and_back_in_every_format(shop, empty, format):
    shop.run("Add", add_shirts)
    data = give(shop, format)
    before = items(shop)
    again = take(shop, data)
    assert (again.new, again.changed, again.unchanged, again.skipped) == (0, 0, 4, 0)
    assert items(shop) == before
    assert take(empty, data).new == 4
    assert items(empty) == before
    assert give(empty, "csv") == give(shop, "csv")


def test_ways_are_rows_of_one_group_as_meta_asks(shop):
    import csv

    shop.run("Add", add_shirts)
    rows = list(csv.DictReader(io.StringIO(give(shop).decode(), newline="")))
    shirts = [row for row in rows if row["item_group_id"] == "TS"]
    assert [row["id"] for row in shirts] == ["TS-S", "TS-2", "TS-3"]
    assert {row["title"] for row in shirts} == {"قميص قطن"}
    assert [row["size"] for row in shirts] == ["صغير", "كبير, جدًا", "XXL"]
    assert [(row["price"], row["sale_price"]) for row in shirts] == [
        ("75 AED", "60 AED"),
        ("80 AED", ""),
        ("90 AED", "85 AED"),
    ]
    assert [row["availability"] for row in shirts] == ["in stock", "out of stock", "in stock"]
    assert shirts[0]["quantity_to_sell_on_facebook"] == "3"
    assert shirts[0]["sale_price_effective_date"] == "2000-01-01T00:00+04:00/2026-03-20T23:59+04:00"
    candle = next(row for row in rows if row["title"] == "Candle")
    assert (candle["color"], candle["additional_variant_attribute"]) == ("red", "Scent:Oud dark")
    assert candle["status"] == "archived"


@pytest.mark.parametrize("format", FORMATS)
def test_the_barcode_of_each_way_is_kept(shop, empty, format):
    sold = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Status\n"
    sold += "shirt,Shirt,Size,S,A-S,36,6291041500213,active\nshirt,,,M,A-M,38,6291041500220,\ncup,Cup,,,C,9,,draft\n"
    take(shop, sold.encode())
    (_values, ways), _cup = items(shop).values()
    assert [json.loads(extra) for *_rest, extra in ways] == [{"gtin": "6291041500213"}, {"gtin": "6291041500220"}]
    assert take(shop, sold.encode()).unchanged == 2
    data = give(shop, format)
    assert take(shop, data).unchanged == 2
    take(empty, data)
    assert items(empty) == items(shop)


def test_the_codes_of_ways_without_one_are_free_and_stay(shop):
    def add(session):
        item = catalog.add_product(session, "Cup", code="C", price=100)
        variants.add_variants(session, item, [("Size", ["S", "M"])])
        catalog.add_product(session, "Jug", code="C-1", price=100)

    shop.run("Add", add)
    lines = give(shop).decode().split("\r\n")
    assert [line.split(",")[0] for line in lines] == ["id", "C-1-2", "C-2", "C-1", ""]
    assert give(shop).decode().split("\r\n") == lines


def test_rss_is_well_formed_whatever_the_texts_are(shop):
    shop.run("Add", catalog.add_product, "a\x0b<b>&\ufffe]]>", code="1", price=100)
    shop.run("Add", lambda session: catalog.update_extra(session, 1, **{'x" y<': "1", "title2": "2"}))
    root = etree.fromstring(give(shop, "xml"))
    names = {"g": "http://base.google.com/ns/1.0"}
    assert root.tag == "rss"
    assert root.findtext(".//item/g:title", namespaces=names) == "a <b>&]]>"
    assert root.find(".//item/column").get("name") == 'x" y<'


@pytest.mark.fault("S01")
def test_no_cell_of_a_workbook_is_a_formula(shop):
    import zipfile

    shop.run("Add", catalog.add_product, '=HYPERLINK("https://x.example")', code="@x", price=100)
    sheet = zipfile.ZipFile(io.BytesIO(give(shop, "xlsx"))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet


def test_what_is_translated_has_a_feed_of_its_own(shop):
    shop.run("Home", profile.update_profile, language="ar")
    shop.run("Add", add_shirts)
    shop.run("Say", set_text, 1, language="en", name="Cotton shirt", description="Soft")
    with shop.reader() as session:
        assert feed_languages(session) == ["en"]
        out = io.BytesIO()
        assert write_language_feed(session, out, "en") == 3
        with pytest.raises(Invalid, match="Nothing is written in French"):
            write_language_feed(session, io.BytesIO(), "fr")
    assert out.getvalue().decode().split("\r\n")[:3] == [
        "id,override,title,description",
        "TS-S,en_XX,Cotton shirt,Soft",
        "TS-2,en_XX,Cotton shirt,Soft",
    ]


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), min_size=1, max_size=9)
LINE = LINE.map(lambda text: " ".join(text.split())).filter(bool)
PRICE = st.none() | st.integers(1, 99_999)
WAYS = st.lists(st.tuples(st.none() | st.integers(100_000, 200_000), st.booleans()), max_size=3)
ITEM = st.tuples(LINE, st.just("") | LINE, PRICE, st.booleans(), st.sampled_from(["Size", "اللون", "a:b, c"]), WAYS)


@settings(max_examples=8)  # each makes two shops
@given(st.lists(ITEM, max_size=4, unique_by=lambda item: item[0]), st.sampled_from(list(FORMATS)))
def test_whatever_a_shop_has_its_feed_comes_back_equal(new_shop, tmp_path_factory, wanted, format):
    folder = tmp_path_factory.mktemp("feed")
    shop, empty = (Database(shutil.copy(new_shop, folder / f"{name}.dukkan")) for name in ("shop", "empty"))

    def fill(session):
        profile.update_profile(session, territory="AE", currency="AED")
        for place, (name, description, price, hidden, option, ways) in enumerate(wanted):
            item = catalog.add_product(
                session, name, code=f"c{place}", description=description, price=price, hidden=hidden
            )
            for at, (own, there) in enumerate(ways):
                (way,) = variants.add_variants(session, item, [(option, [f"{at} {name}"])])
                values = {} if own is None else {"price": own}
                variants.update_variant(session, way, availability="in stock" if there else "out of stock", **values)

    try:
        shop.run("Fill", fill)
        empty.run("Home", profile.update_profile, territory="AE", currency="AED")
        data, before = give(shop, format), items(shop)
        again = take(shop, data) if wanted else None
        assert again is None or (again.new, again.changed, again.skipped) == (0, 0, 0)
        assert items(shop) == before
        if wanted:
            take(empty, data)
            assert items(empty) == before
    finally:
        shop.close()
        empty.close()


def test_our_own_column_of_somebody_else_is_inert(shop):
    deep = "[" * 100_000
    for said in ("", "[]", deep, json.dumps({"options": {"a": 1}, "own": [], "item": {}})):
        text = f'id,title,price,item_group_id,dukkan\n1,Cup,5 AED,G,"{said.replace(chr(34), chr(34) * 2)}"\n'
        assert take(shop, text.encode()).skipped == 0
    assert list(items(shop)) == [("1", "Cup")]
