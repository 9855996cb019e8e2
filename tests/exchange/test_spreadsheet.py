"""The shop's own spreadsheet: what is in its cells, and that it comes back as it was written."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from desktop.data.images import normalise
from desktop.data.models import Picture, Product, ProductText, Variant
from desktop.exchange.importing import carry_out, plan_import
from desktop.exchange.inert import CELL
from desktop.exchange.mapping import read_items
from desktop.exchange.offer import Choice
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.spreadsheet import write_spreadsheet
from desktop.exchange.spreadsheet_columns import is_spreadsheet, read_spreadsheet
from desktop.exchange.tables import Table
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, list_collections, put_into
from desktop.services.errors import Invalid
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile

GTIN = '{"gtin": "0099"}'  # of a variant
FORMULAS = ("=1+1", "+2", "-2", "@x", "\t=x", "＝1", "https://example.com", "_x0041_", "<b>&amp;", "007", "12.50")


def fill(session, language="ar"):
    home = {"territory": "KW", "currency": "KWD", "time_zone": "Asia/Kuwait", "language": language}
    update_profile(session, None, name="هدايا", phone="+96550123456", **home)
    bags, gifts = add_collection(session, "حقائب"), add_collection(session, "=Gifts; & more")
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(out, "JPEG")
    bag = add_product(
        session, "حقيبة", code="0501234567", price=7555, sale_price=6000, description="سطر\nآخر", quantity=3
    )
    session.get(Product, bag).sale_starts = 1_800_000_000
    add_pictures(session, bag, [normalise(out.getvalue())])
    put_into(session, bag, bags)
    put_into(session, bag, gifts)
    session.add(
        ProductText(product_id=bag, language="en" if language == "ar" else "ar", name="Bag", description="Two\nlines")
    )
    session.add(ProductText(product_id=bag, language="fr", name="Sac", description=""))
    for size, price in (("كبير, جدا", 9000), ("صغير: جدا", None)):
        options = json.dumps({"القياس": size, "اللون": "أحمر"}, ensure_ascii=False)
        session.add(Variant(product_id=bag, options=options, code=f"V-{price}", price=price, quantity=1, extra=GTIN))
    mug = add_product(session, "فنجان", code="M", price=12345678, currency="USD", hidden=True, condition="used")
    session.get(Product, mug).extra = json.dumps({"gtin": "00123", "Supplier": "=cmd()"})
    add_product(session, "Vase", code="VASE")
    session.query(Product).filter_by(code="VASE").update({"extra": '{"availability": "preorder"}'})
    session.add(Picture(product_id=mug, url="https://example.com/a.jpg", position="V"))
    session.add(Picture(product_id=mug, url="https://example.com/b.jpg", position="W"))
    add_product(session, "Unpriced")
    session.query(Product).filter_by(name="Unpriced").update({"extra": json.dumps({"price": "call us"})})
    for text in FORMULAS:
        add_product(session, text.strip() or "x", description=text, brand=text.strip(), availability="out of stock")
    session.flush()


@pytest.fixture
def write(database, tmp_path):
    def write(path=tmp_path / "items.xlsx", **options):
        with database.reader() as session:
            report = write_spreadsheet(session, path, **options)
        return path, report

    return write


def cells(path):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_written_comes_back_unchanged(database, write, language):
    database.run("Fill", fill, language)
    kept = {"extra": '{"availability": "preorder", "status": "staging"}'}
    database.run("Keep", lambda session: session.query(Product).filter_by(code="VASE").update(kept))
    path, report = write()
    assert (report.items, report.warnings) == (4 + len(FORMULAS), [])
    table = read_source(path.read_bytes())
    assert recognise(table).format == "dukkan"
    with database.reader() as session:
        plan = plan_import(session, read_items(table))
    assert (plan.changes, plan.names) == ([], [])
    assert [problem.code for problem in plan.report.problems] == ["status_unknown"]  # as in the file it came from
    assert plan.report.unchanged == report.items


def test_what_is_changed_in_it_changes_the_shop(database, write):
    database.run("Fill", fill, "en")
    data = write()[0].read_bytes()
    table = read_source(data)
    header, rows = table.header, [line for _number, line in table.rows]
    rows[0][header.index("Availability")] = "Out of stock"
    rows[0][header.index("Name (Arabic)")] = "شنطة"
    rows[1][header.index("Price")] = "8"
    rows[3][header.index("Visibility")] = "shown"
    rows[3], rows[1] = rows[1], rows[3]  # a way that was moved below another item
    with database.reader() as session:
        plan = plan_import(session, read_spreadsheet(table))
    changed = {change.name: change.fields for change in plan.changes}
    assert changed["حقيبة"].keys() == {"availability", "variants", "title:ar"}
    assert changed["فنجان"] == {"hidden": (True, False)}
    assert plan.report.problems == []


def test_another_shop_gets_all_of_it(database, write, new_shop, tmp_path):
    database.run("Fill", fill, "ar")
    feed = read_spreadsheet(read_source(write()[0].read_bytes()))

    def empty(session):
        for product in session.query(Product):
            session.delete(product)

    database.run("Empty", empty)
    database.run("Import", lambda session: carry_out(session, plan_import(session, feed)))
    with database.reader() as session:
        bag, mug = session.query(Product).filter(Product.code.in_(["0501234567", "M"])).order_by(Product.code)
        assert (bag.price, bag.sale_price, bag.sale_starts, bag.quantity) == (7555, 6000, 1_800_000_000, 3)
        assert (mug.price, mug.currency, mug.hidden, mug.condition) == (12345678, "USD", True, "used")
        assert session.query(Variant).filter_by(product_id=bag.id).count() == 2
        assert {text.name for text in session.query(ProductText)} == {"Bag", "Sac"}
        assert [group.items for group in list_collections(session)] == [1, 1]


@pytest.mark.fault("S01")
def test_no_cell_is_a_formula_or_a_link_and_prices_are_numbers(database, write):
    database.run("Fill", fill, "ar")
    path, _report = write()
    parts = {name: zipfile.ZipFile(path).read(name).decode() for name in zipfile.ZipFile(path).namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'rightToLeft="1"' in sheet
    assert "<pane " in sheet
    assert "<dataValidation " in sheet
    assert '#,##0.000 "KWD"' in parts["xl/styles.xml"].replace("&quot;", '"')
    rows = cells(path)
    assert rows[0]["السعر"] == 7.555
    assert rows[0]["رمز الصنف"] == "0501234567"
    assert [row["الاسم"] for row in rows[6:]] == [text.strip() for text in FORMULAS]


def test_an_english_sheet_runs_from_the_left(database, write):
    database.run("Fill", fill, "en")
    assert "rightToLeft" not in zipfile.ZipFile(write()[0]).read("xl/worksheets/sheet1.xml").decode()


def test_other_prices_are_for_customers(database, write):
    database.run("Fill", fill, "en")
    rows = cells(write(choice=Choice(percent=Decimal(-10)))[0])
    assert rows[0]["Price"] == 6.8
    assert "Sale price" not in rows[0]
    assert "فنجان" not in {row["Name"] for row in rows}
    assert "Price" not in cells(write(choice=Choice(percent=None))[0])[0]
    with database.reader() as session:
        bags = list_collections(session)[0].id
    assert {row["Name"] for row in cells(write(choice=Choice(collections=(bags,)))[0])} == {"حقيبة"}


def test_long_texts_and_controls(database, write):
    def add(session):
        update_profile(session, None, language="en")
        for text in ("x" * (CELL + 1), "😀" * (CELL // 2 + 1), "y" * CELL):
            add_product(session, text[:3], description="fits")
            session.query(Product).filter_by(name=text[:3]).update({"description": text})
        session.add(Product(name="a\0b\x0b\ud800c".replace("\ud800", "")))

    database.run("Add", add)
    path, report = write()
    assert len(report.warnings) == 1
    assert "2 texts" in report.warnings[0]
    assert {row["Name"]: len(row["Description"]) for row in cells(path)} == {
        "xxx": 0,
        "😀😀😀": 0,
        "yyy": CELL,
        "abc": 0,
    }


def test_nothing_to_write_is_told_and_a_stop_leaves_the_file_before(database, write, tmp_path):
    with pytest.raises(Invalid, match="no items"):
        write()
    database.run("Fill", fill)
    before = write()[0].read_bytes()

    def stop(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tell=stop)
    assert (tmp_path / "items.xlsx").read_bytes() == before


def test_other_tables_are_not_taken_for_it():
    assert not is_spreadsheet(["id", "title", "availability", "price"])
    assert not is_spreadsheet(["Name", "Price"])


def test_a_way_without_its_item_is_told_and_any_table_can_be_read_so():
    header = ["Item code", "Name", "Option 1", "Value 1", "Availability", "Visibility", "Picture files"]
    row = ["V-1", "Nobody", "Size", "M", "In stock", "", ""]
    feed = read_spreadsheet(Table(header, [(2, row)], "", ""))
    assert (feed.rows, [(problem.code, problem.column) for problem in feed.problems]) == (
        [],
        [("item_missing", "Name")],
    )
    assert read_spreadsheet(Table(["x"], [(2, ["y"])], "", "")).rows == [(2, {"x": "y"})]
