"""Meta's feed comes in, stays as it came, and goes out again."""

import csv
import io
import json
import shutil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.data.database import Database
from desktop.data.history import journal
from desktop.data.images import normalise
from desktop.data.models import Picture, Product
from desktop.exchange.feed import write_feed
from desktop.exchange.feed_shown import Shown, arranged
from desktop.exchange.files import CannotWrite
from desktop.exchange.importing import import_feed
from desktop.exchange.mapping import read_items
from desktop.exchange.tables import BadTable, read_table
from desktop.services import catalog, pictures, profile
from desktop.services.errors import Invalid
from desktop.services.texts import set_text
from desktop.services.variants import add_variants

GIFTS = (  # the shape of a small shop's export: nothing but what its website knows
    "id,title,description,availability,condition,price,sale_price,link,image_link,brand\r\n"
    "gift_1,صندوق هدايا – ورد ومسك,,in stock,new,370 AED,320 AED,,https://gifts.example/p/168.webp,\r\n"
    "gift_2,Mug كوب  مع اسم (36mm),,in stock,new,375 AED,325 AED,,https://gifts.example/p/174.png,\r\n"
    "gift_3,+ شوكولاتة 24 حبة,,out of stock,new,75.50 AED,,,https://gifts.example/p/175.webp,\r\n"
)
FULL = (  # every kind of column
    "id,title,description,availability,condition,price,link,image_link,brand,sale_price,sale_price_effective_date,"
    "item_group_id,status,additional_image_link,color,product_type,custom_label_0,quantity_to_sell_on_facebook,gtin,"
    "origin_country,Vendor Note\r\n"
    'B-1,Vase,"Tall, blue\nand ""thin""",in stock,used,60 AED,https://shop.example/vase?a=1&b=2,'
    "https://shop.example/1.jpg,Ours,45.25 AED,2026-02-10T00:00+04:00/2026-03-20T23:59+04:00,vases,archived,"
    '"https://shop.example/2.jpg,https://shop.example/3.jpg",أزرق,Home > Vases,spring,12,0012345678905,AE,ask Huda\r\n'
    "B-2,Jug,Clear glass,out of stock,refurbished,9.99 USD,,https://shop.example/4.jpg,,,,,active,,,,,0,,exempt,\r\n"
)


HOME = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai"}


@pytest.fixture
def shopped(database):
    """A shop in Dubai; for what is read and written in the same way wherever it is kept."""
    database.run("Home", profile.update_profile, **HOME)
    return database


@pytest.fixture
def kept(both):
    """The same, of either kind."""
    both.run("Home", profile.update_profile, **HOME)
    return both


def take(database, text, language="en"):
    feed = read_items(read_table(text.encode() if isinstance(text, str) else text, language))
    return database.run("Import items", import_feed, feed).report


def give(database, base_url=""):
    out = io.BytesIO()
    with database.reader() as session:
        causes = write_feed(session, out, base_url)
    return out.getvalue(), causes


def rows(data):
    text = data if isinstance(data, str) else data.decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def items(database):
    with database.reader() as session:
        return {product.code: product for product in session.scalars(select(Product).order_by(Product.position))}


def shown(database, code):
    with database.reader() as session:
        product = catalog.find_by_code(session, code)
        return [picture.url or picture.sha256 for picture in product.pictures]


def counts(report):
    return (report.new, report.changed, report.unchanged, report.skipped)


def found(report):
    return [(problem.row, problem.column, problem.code) for problem in report.problems]


def entries(database):
    with database.reader() as session:
        return session.scalars(select(journal.c.seq)).all()


# There and back


@pytest.mark.parametrize("text", [GIFTS, FULL])
def test_what_came_in_goes_out_cell_by_cell(kept, text):
    report = take(kept, text)
    assert (report.complete, report.problems) == (True, [])
    data, _ = give(kept)
    assert not data.startswith(b"\xef\xbb\xbf")
    before, after = rows(text), rows(data)
    assert [{name: row.get(name) for name in before[0]} for row in after] == before


@pytest.mark.parametrize("text", [GIFTS, FULL])
def test_the_same_file_again_changes_nothing(kept, text):
    count = len(rows(text))
    assert counts(take(kept, text)) == (count, 0, 0, 0)
    before = entries(kept)
    assert counts(take(kept, text)) == (0, 0, count, 0)
    assert counts(take(kept, give(kept)[0])) == (0, 0, count, 0)
    assert entries(kept) == before


def test_the_items_are_as_the_file_says(kept):
    take(kept, FULL)
    vase, jug = items(kept).values()
    assert (vase.name, vase.description, vase.hidden) == ("Vase", 'Tall, blue\nand "thin"', True)
    assert (vase.price, vase.sale_price, vase.currency) == (6000, 4525, "")
    assert (vase.sale_starts, vase.sale_ends) == (1770667200, 1774036740)
    assert (vase.condition, vase.quantity, vase.origin_country) == ("used", 12, "AE")
    assert json.loads(vase.extra) == {
        "item_group_id": "vases",
        "color": "أزرق",
        "product_type": "Home > Vases",
        "custom_label_0": "spring",
        "gtin": "0012345678905",
        "Vendor Note": "ask Huda",
    }
    assert (jug.price, jug.currency, jug.quantity) == (999, "USD", 0)
    assert (jug.availability, jug.hidden) == ("out of stock", False)
    assert shown(kept, "B-1") == [f"https://shop.example/{n}.jpg" for n in (1, 2, 3)]


def test_items_are_found_by_search_and_keep_the_order_of_the_file(kept):
    take(kept, GIFTS)
    with kept.reader() as session:
        in_order = [card.code for card in catalog.cards(session, catalog.find_products(session))]
        found = [card.code for card in catalog.cards(session, catalog.find_products(session, "شوكولاته ٢٤"))]
    assert (in_order, found) == (["gift_1", "gift_2", "gift_3"], ["gift_3"])


def test_an_import_is_one_action_to_undo(kept, contents):
    take(kept, GIFTS)
    before = contents(kept)
    take(kept, GIFTS.replace("370 AED", "371 AED").replace("174.png", "175.png") + "gift_4,New,,,,,,,,\r\n")
    assert kept.undo() == "Import items"
    assert contents(kept) == before


# Changing what is there


def test_changes_and_news_are_counted_honestly(kept):
    take(kept, GIFTS)
    report = take(
        kept,
        "id,title,price\ngift_1,صندوق هدايا – ورد ومسك,370.00 AED\ngift_2,Mug,375 AED\ngift_9,New,1 AED\n",
    )
    assert counts(report) == (1, 1, 1, 0)
    found = items(kept)
    assert found["gift_2"].name == "Mug"
    assert found["gift_2"].search_key.startswith("mug")
    assert found["gift_2"].version == 2
    assert found["gift_1"].version == 1


def test_empty_cells_and_missing_columns_leave_what_is_there(shopped):
    take(shopped, FULL)
    before = rows(give(shopped)[0])
    report = take(shopped, "id,title,description,price,image_link,status,color\nB-1,,,,,,\nB-2,Jug,,,,,\n")
    assert counts(report) == (0, 0, 2, 0)
    assert rows(give(shopped)[0]) == before


def test_a_list_of_codes_and_prices_changes_prices(shopped):
    take(shopped, GIFTS)
    report = take(shopped, "id,price\ngift_1,400 AED\nnew_one,1 AED\n")
    assert counts(report) == (0, 1, 0, 1)
    assert (3, "title", "name_missing") in found(report)
    assert items(shopped)["gift_1"].price == 40000


def test_items_without_codes_are_known_by_their_names(kept):
    text = "title,price\nCup,5 AED\nCup,7 AED\nJug,9 AED\n"
    assert counts(take(kept, text)) == (3, 0, 0, 0)
    assert counts(take(kept, text)) == (0, 0, 3, 0)
    assert counts(take(kept, "title,price\nCup,5 AED\nCup,8 AED\nCup,1 AED\n")) == (1, 1, 1, 0)
    assert counts(take(kept, 'title\n"Tea\tpot\r\nlarge"\n')) == (1, 0, 0, 0)
    assert counts(take(kept, 'title\n"Tea\tpot\r\nlarge"\n')) == (0, 0, 1, 0)


# Columns


def test_columns_are_known_however_they_are_written(shopped):
    take(shopped, "ID;Title;PRICE;Image Link;Custom Label 0\nx;Cup;5 AED;https://shop.example/1.jpg;hot\n")
    row = rows(give(shopped)[0])[0]
    assert (row["id"], row["title"], row["price"], row["custom_label_0"]) == ("x", "Cup", "5 AED", "hot")
    assert row["image_link"] == "https://shop.example/1.jpg"


def test_required_columns_that_are_missing_are_told_once_each(shopped):
    report = take(shopped, "id,title\n1,Cup\n2,Jug\n")
    assert counts(report) == (2, 0, 0, 0)
    missing = ("description", "availability", "condition", "price", "link", "image_link", "brand")
    assert found(report) == [(1, column, "column_missing") for column in missing]
    assert report.complete
    assert [column for _row, column, _code in found(take(shopped, "title,price\nPan,5\n"))][:2] == ["id", "description"]
    assert found(take(shopped, "name,cost\nPot,5\n")) == [], "a list in other words is not meant for Meta as it is"


def test_a_missing_column_of_names_is_told_too(shopped):
    report = take(shopped, "id,price,image_link,colour\n1,5 AED,,red\n")
    assert (1, "title", "column_missing") in found(report)
    assert "title" in next(problem.message for problem in report.problems if problem.column == "title")
    assert counts(report) == (0, 0, 0, 1)


def test_a_column_that_is_there_twice_is_kept_aside(shopped):
    report = take(shopped, "id,title,title\n1,Cup,Mug\n")
    assert (1, "title", "duplicate_column") in found(report)
    assert items(shopped)["1"].name == "Cup"
    assert rows(give(shopped)[0])[0]["title 2"] == "Mug"


def test_a_table_of_something_else_is_refused(shopped):
    with pytest.raises(BadTable, match="No column of this file is known"):
        take(shopped, "first,last\nHuda,Ali\n")


# Rows


def test_only_rows_without_a_name_are_skipped(shopped):
    report = take(shopped, "id,title\n1,Cup\n2,\n1,Jug\n,Pan\n,Pot\n")
    assert counts(report) == (4, 0, 0, 1)
    told = [place for place in found(report) if place[0] > 1]
    assert told == [(3, "title", "name_missing"), (4, "id", "duplicate_code")]
    assert not report.complete
    assert items(shopped)["1"].name == "Cup"


def test_rows_with_one_code_are_items_of_their_own_and_what_is_said_twice_is_taken_once(shopped):
    data = "id,title,price\nA,Tea,6 AED\nA,Tea,7 AED\nA,Coffee,7 AED\nA,Tea,6 AED\n"
    report = take(shopped, data)
    assert counts(report) == (3, 0, 1, 0)
    assert report.complete, "these are warnings"
    codes = [(3, "duplicate_code"), (4, "duplicate_code"), (5, "row_repeated")]
    assert [(row, code) for row, _column, code in found(report) if row > 1] == codes
    assert "without a code" in report.problems[-2].message
    made = [(row["title"], row["price"]) for row in rows(give(shopped)[0])]
    assert made == [("Tea", "6 AED"), ("Tea", "7 AED"), ("Coffee", "7 AED")]
    assert counts(take(shopped, data)) == (0, 0, 4, 0)
    assert counts(take(shopped, data.replace("Coffee,7", "Coffee,8"))) == (0, 1, 3, 0)


def test_names_are_of_one_line_and_keep_their_spaces(shopped):
    take(shopped, 'id,title\n1," Cup  of\r\ntea "\n')
    assert items(shopped)["1"].name == "Cup  of tea"


# Prices


PRICES = (
    ("370 AED", 37000, "", "370 AED"),
    ("AED 370", 37000, "", "370 AED"),
    ("370", 37000, "", "370 AED"),
    ("370.00 AED", 37000, "", "370 AED"),
    ("75.5 AED", 7550, "", "75.50 AED"),
    ("١٢٣٫٥٠ د.إ", 12350, "", "123.50 AED"),
    ("1.234,50", 123450, "", "1234.50 AED"),
    ("9.99 USD", 999, "USD", "9.99 USD"),
    ("1.250 KWD", 1250, "KWD", "1.250 KWD"),
    ("500 JPY", 500, "JPY", "500 JPY"),
)


def test_prices_as_shops_write_them(shopped):
    for cell, *_kept in PRICES:  # each in a file of its own: those of one are read alike
        take(shopped, f'id,title,price\n"{cell}",Cup,"{cell}"\n')
    known, written = items(shopped), {row["id"]: row["price"] for row in rows(give(shopped)[0])}
    assert [(cell, known[cell].price, known[cell].currency, written[cell]) for cell in written] == list(PRICES)


def test_a_price_that_cannot_be_read_is_told_and_not_lost(shopped):
    cells = ["ask us", "-5 AED", "5.1234 AED", "99999999999999999999 AED", "5 XYZ", "12 - 15 AED"]
    text = "id,title,price\n" + "".join(f"{code},Cup,{cell}\n" for code, cell in enumerate(cells))
    report = take(shopped, text)
    assert counts(report) == (6, 0, 0, 0)
    told = [place for place in found(report) if place[0] > 1]
    assert told == [(row, "price", "price_unreadable") for row in range(2, 8)]
    assert not report.complete
    assert {item.price for item in items(shopped).values()} == {None}
    data, causes = give(shopped)
    assert [row["price"] for row in rows(data)] == cells
    assert ("price", "price_unreadable", 6) in [(cause.column, cause.code, cause.count) for cause in causes]
    assert counts(take(shopped, text)) == (0, 0, 6, 0)
    take(shopped, "id,price\n" + "".join(f"{code},5 AED\n" for code in range(6)))
    assert {(item.price, item.extra) for item in items(shopped).values()} == {(500, "")}


def test_a_price_entered_by_hand_replaces_the_unreadable_one(shopped):
    take(shopped, "id,title,price\n1,Cup,ask us\n")
    shopped.run("Change", catalog.update_product, items(shopped)["1"].id, price=500)
    assert rows(give(shopped)[0])[0]["price"] == "5 AED"


def test_a_sale_price_that_is_no_sale_is_kept_and_told(shopped):
    report = take(shopped, "id,title,price,sale_price\n1,Cup,5 AED,5 AED\n2,Jug,,4 AED\n3,Pan,5 AED,4 USD\n")
    told = [place for place in found(report) if place[0] > 1]
    assert told == [
        (2, "sale_price", "sale_not_below"),
        (3, "sale_price", "sale_not_below"),
        (4, "sale_price", "price_unreadable"),
    ]
    assert [(item.price, item.sale_price) for item in items(shopped).values()] == [(500, 500), (None, 400), (500, None)]


def test_another_currency_takes_the_old_sale_price_with_it(shopped):
    take(shopped, "id,title,price,sale_price\n1,Cup,50 AED,40 AED\n")
    take(shopped, "id,price\n1,10 USD\n")
    assert [(item.price, item.sale_price, item.currency) for item in items(shopped).values()] == [(1000, None, "USD")]


def test_a_shop_without_a_currency_takes_that_of_most_prices(database):
    take(database, "id,title,price\n1,Cup,5 USD\n2,Jug,6 AED\n3,Pan,7 AED\n4,Pot,8\n")
    with database.reader() as session:
        assert profile.read_profile(session).currency == "AED"
    assert [item.currency for item in items(database).values()] == ["USD", "", "", ""]


# Words, dates, addresses


def test_what_no_field_takes_is_told_and_written_back(shopped):
    header = "id,title,availability,condition,status,sale_price_effective_date,link,image_link"
    header += ",quantity_to_sell_on_facebook"
    row = "1,Cup,some day,like new,staging,next week,javascript:alert(1),http://[x,many"
    report = take(shopped, f"{header}\n{row}\n")
    assert {code for number, _, code in found(report) if number == 2} == {
        "availability_unknown",
        "condition_unknown",
        "status_unknown",
        "date_unreadable",
        "link_unreadable",
        "picture_unreadable",
        "quantity_unreadable",
    }
    cup = items(shopped)["1"]
    assert (cup.availability, cup.condition, cup.hidden, cup.link, cup.quantity) == ("in stock", "new", False, "", None)
    assert shown(shopped, "1") == []
    written = rows(give(shopped)[0])[0]
    assert [written[name] for name in header.split(",")] == row.split(",")
    assert counts(take(shopped, f"{header}\n{row}\n")) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("cell", "span", "written"),
    [
        (
            "2026-02-10T00:00+03:00/2026-03-20T23:59+03:00",
            (1770670800, 1774040340),
            "2026-02-10T01:00+04:00/2026-03-21T00:59+04:00",
        ),
        ("2026-02-10/2026-03-20", (1770667200, 1774036740), "2026-02-10T00:00+04:00/2026-03-20T23:59+04:00"),
        (
            "2026-02-10T00:00:30Z/2026-03-20T23:59Z",
            (1770681630, 1774051140),
            "2026-02-10T04:00:30+04:00/2026-03-21T03:59+04:00",
        ),
    ],
)
def test_dates_of_a_sale_are_moments(shopped, cell, span, written):
    take(shopped, f"id,title,sale_price_effective_date\n1,Cup,{cell}\n")
    cup = items(shopped)["1"]
    assert (cup.sale_starts, cup.sale_ends) == span
    assert rows(give(shopped)[0])[0]["sale_price_effective_date"] == written


def test_words_of_meta_in_other_dress(shopped):
    header = "id,title,availability,condition,status"
    take(shopped, f"{header}\n1,Cup,Out_of_Stock,USED,Archived\n2,Jug,In Stock,New,ACTIVE\n")
    cup, jug = items(shopped).values()
    assert (cup.availability, cup.condition, cup.hidden) == ("out of stock", "used", True)
    assert (jug.availability, jug.condition, jug.hidden) == ("in stock", "new", False)


# Pictures

ONE, TWO, THREE = (f"https://shop.example/{n}.jpg" for n in (1, 2, 3))


REPLACED = (  # of ONE and TWO: the address of the picture, those of the others, and what is there then
    ("", [], [ONE, TWO]),
    (ONE, [], [ONE, TWO]),
    (ONE, [TWO], [ONE, TWO]),
    (THREE, [], [THREE, TWO]),
    (TWO, [], [TWO, ONE]),
    (ONE, [THREE], [ONE, THREE]),
    ("", [THREE, TWO], [ONE, THREE, TWO]),
    (TWO, [ONE], [TWO, ONE]),
)


def test_addresses_of_pictures_replace_each_other(kept):
    header = "id,title,image_link,additional_image_link\n"
    take(kept, header + "".join(f"{code},Cup,{ONE},{TWO}\n" for code in range(len(REPLACED))))
    lines = (f'{code},Cup,{image},"{",".join(more)}"\n' for code, (image, more, _after) in enumerate(REPLACED))
    assert counts(take(kept, header + "".join(lines))) == (0, 5, 3, 0)
    for code, (_image, _more, after) in enumerate(REPLACED):
        assert shown(kept, str(code)) == after


def test_pictures_of_the_shop_itself_are_never_replaced():
    own = Shown(1, "", "cup-0123456789ab.jpg", "a")
    there = Shown(2, ONE, "", "b")
    assert arranged([own, there], THREE, []) == [THREE, own, there]
    assert arranged([own, there], THREE, [TWO]) == [THREE, TWO, own]
    assert arranged([own, there], "https://cdn.example/renamed-0123456789ab.jpg", []) == [own, there]
    assert arranged([], "", [TWO]) == [TWO]
    assert arranged([], "", []) == []


def test_a_picture_of_the_shop_is_known_again_by_the_address_an_export_gave_it(shopped, png):
    image = normalise(png)
    take(shopped, "id,title\nكوب 1,Cup\n")
    shopped.run("Add", pictures.add_pictures, items(shopped)["كوب 1"].id, [image])
    assert rows(give(shopped)[0])[0]["image_link"] == ""
    data, _ = give(shopped, "shop.example/pics/")
    address = rows(data)[0]["image_link"]
    assert address.startswith("https://shop.example/pics/%D9%83%D9%88%D8%A8%201-")
    assert address.endswith(f"-{image.sha256[:12]}.png")
    assert counts(take(shopped, data)) == (0, 0, 1, 0)
    with shopped.reader() as session:
        assert len(session.scalars(select(Picture)).all()) == 1


@pytest.fixture
def png(painted):
    return painted("teal", 8, 8)


# What Meta will say


def test_what_meta_will_not_like_is_summed_up(kept):
    take(kept, GIFTS)
    found = {(cause.column, cause.code): cause for cause in give(kept)[1]}
    assert {key: cause.count for key, cause in found.items()} == {
        ("description", "missing"): 3,
        ("link", "missing"): 3,
        ("brand", "missing"): 3,
        ("image_link", "picture_format"): 2,
        ("title", "looks_like_formula"): 1,
    }
    assert found["description", "missing"].message.startswith("3 items have no description. ")


def test_every_rule_of_meta_has_its_sentence(shopped):
    take(
        shopped,
        "id,title,description,price,sale_price,link,image_link,additional_image_link,gtin,availability\n"
        f"1,Cup,Cup,5 AED,6 AED,https://m.facebook.com/x,http://[x,,12,some day\n"
        f'2,{"x" * 201},BUY NOW,5 AED,4 AED,,{ONE},"{",".join([TWO] * 21)}",12,\n'
        f"3,Jug,see https://x.example,ask,,ftp:x,{ONE},,12,\n",
    )
    causes = give(shopped)[1]
    assert all(cause.message and "{" not in cause.message for cause in causes)
    assert {cause.code for cause in causes} == {
        "missing",
        "too_long",
        "same_as_title",
        "all_capitals",
        "has_link",
        "price_unreadable",
        "sale_not_below",
        "word_unknown",
        "link_of_meta",
        "address_unreadable",
        "too_many",
    }


def test_no_two_rows_have_one_id_whatever_the_codes_look_like(shopped):
    for code in ("BAG", "BAG-1"):
        bag = shopped.run("Add", catalog.add_product, "Bag", code=code, price=500)
        shopped.run("Sizes", add_variants, bag, [("Size", ["S", "M"])])
    ids = [row["id"] for row in rows(give(shopped)[0])]
    assert len(ids) == len(set(ids)) == 4


def test_a_shop_without_items_is_a_header(shopped):
    data, causes = give(shopped)
    assert data == b"id,title,description,availability,condition,price,link,image_link,brand\r\n"
    assert causes == []


def test_a_file_that_cannot_be_written(shopped, tmp_path):
    with shopped.reader() as session:
        with pytest.raises(CannotWrite, match="There is no folder"):
            write_feed(session, tmp_path / "none" / "feed.csv")
        with pytest.raises(Invalid, match="web address"):
            write_feed(session, tmp_path / "feed.csv", "not an address")
        write_feed(session, tmp_path / "feed.csv")
    assert [path.name for path in tmp_path.glob("feed*")] == ["feed.csv"]


# Anything at all

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
CELL = TEXT | st.sampled_from(
    ["5 AED", "٧٫٥", "-1", "1e5", "in stock", "archived", "https://x.example/a,b.jpg", "2026-01-01/2026-01-02"]
)


@settings(max_examples=20)  # each makes a shop
@example([[*[""] * 9, ":", ""], ["", "0", *[""] * 7, "0", ""]])  # what is no link is told, and stays in its column
@given(st.lists(st.lists(CELL, min_size=11, max_size=11), max_size=4))
def test_whatever_the_cells_are_an_import_ends_and_a_second_one_changes_nothing(new_shop, tmp_path_factory, cells):
    columns = "id title price sale_price availability status image_link additional_image_link description link made_up"
    text = io.StringIO()
    csv.writer(text).writerows([columns.split(), *cells])
    data = text.getvalue().encode()
    database = Database(shutil.copy(new_shop, tmp_path_factory.mktemp("any") / "shop.dukkan"))
    try:
        first = take(database, data)
        assert first.changed == 0
        assert first.unchanged == sum(problem.code == "row_repeated" for problem in first.problems)
        again = take(database, data)
        kept = first.new + first.unchanged
        assert (again.new, again.changed, again.unchanged, again.skipped) == (0, 0, kept, first.skipped)
        written = give(database)[0]
        assert take(database, written).new == 0
        assert give(database)[0] == written
    finally:
        database.close()


def test_of_rows_with_one_code_the_one_with_a_name_counts(database):
    data = b"id,title,price\nA,,5 AED\nA,Tea,6 AED\nA,Coffee,7 AED\n"
    first = take(database, data)
    assert (first.new, first.skipped) == (2, 1)
    twice = [(problem.row, problem.warning) for problem in first.problems if problem.code == "duplicate_code"]
    assert twice == [(2, False), (4, True)]
    again = take(database, data)
    assert (again.changed, again.unchanged, again.skipped) == (0, 2, 1)


def test_what_can_be_ordered_is_in_stock_and_goes_out_as_it_came(shopped):
    report = take(
        shopped,
        "id,title,availability,item_group_id,size\n1,Vase,Pre-Order,,\n2,Jug,https://schema.org/BackOrder,,\n"
        "3,Mug,available_for_order,,\n4,Lid,متوفر,,\n5,Pot,in_stock,,\n"
        "A-1,Cup,preorder,A,S\nA-2,Cup,in stock,A,M\n",
    )
    assert not any(code == "availability_unknown" for _row, _column, code in found(report))
    sent, _causes = give(shopped)
    assert {row["id"]: row["availability"] for row in rows(sent)} == {
        "1": "preorder",
        "2": "backorder",
        "3": "available for order",
        "4": "in stock",
        "5": "in stock",
        "A-1": "preorder",
        "A-2": "in stock",
    }
    assert {item.availability for item in items(shopped).values()} == {"in stock"}
    assert counts(take(shopped, sent))[1] == 0
    take(shopped, "id,availability\n1,in stock\n2,out of stock\n")
    assert [row["availability"] for row in rows(give(shopped)[0])[:2]] == ["in stock", "out of stock"]
    take(shopped, "id,title,availability,item_group_id,size\nA-1,Cup,in stock,A,S\nA-2,Cup,backorder,A,M\n")
    again, _causes = give(shopped)
    assert [row["availability"] for row in rows(again)[-2:]] == ["in stock", "backorder"]
    assert counts(take(shopped, again))[1] == 0


def test_columns_written_by_hand_go_out_and_come_back(shopped):
    product = shopped.run("Add", catalog.add_product, "Vase", code="B-1", price=6000)
    columns = {"google_product_category": "Home & Garden > Decor", "custom_label_4": "ربيع, صيف"}
    shopped.run("Labels", catalog.update_extra, product, **columns)
    sent, _causes = give(shopped)
    assert {name: rows(sent)[0][name] for name in columns} == columns
    shopped.run("Labels", catalog.update_extra, product, **dict.fromkeys(columns, ""))
    assert items(shopped)["B-1"].extra == ""
    take(shopped, sent)
    with shopped.reader() as session:
        found = catalog.extra_columns(catalog.find_by_code(session, "B-1"))
    assert found.items() >= columns.items()
    assert rows(give(shopped)[0]) == rows(sent)


def test_an_import_leaves_an_item_to_be_found_in_its_other_languages(shopped):
    product = shopped.run("Add", catalog.add_product, "Vase", code="B-1", price=6000)
    shopped.run("Translate", set_text, product, None, language="ar", name="مزهرية")
    take(shopped, "id,title\r\nB-1,Tall vase\r\n")
    with shopped.reader() as session:
        assert catalog.find_products(session, "مزهريه") == catalog.find_products(session, "tall") == [product]


def test_what_things_cost_the_shop_is_in_no_feed_and_stays(shopped):
    take(shopped, "id,title,price,Cost,سعر التكلفة,Supplier name,Care\n1,Cup,5 AED,2.25,3.5,Ali,by hand\n")
    text = give(shopped)[0].decode()
    assert "by hand" in text
    assert not [secret for secret in ("2.25", "3.5", "Ali") if secret in text]
    take(shopped, text)
    assert json.loads(next(iter(items(shopped).values())).extra)["Cost"] == "2.25"
