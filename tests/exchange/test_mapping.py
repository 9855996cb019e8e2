"""Columns are proposed, chosen and remembered; prices are read as their file writes them."""

import pytest

from desktop.exchange import mapping
from desktop.exchange.columns import known_word
from desktop.exchange.mapping import LEFT_OUT, Mapping, chosen, decimal_style, read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable, Table, read_table


def table(text):
    return read_table(text.encode())


def cells(text, fields=None, decimals="auto"):
    source = table(text)
    found = recognise(source)
    if fields:
        found = chosen(found, Mapping(fields))
    return [row for _number, row in read_items(source, found, decimals).rows]


def test_chosen_columns_fill_their_fields_and_others_keep_their_names():
    rows = cells(
        "Artikel,Preis,Regal,Intern\nStuhl,12,A7,x\n", {"artikel": "title", "Preis": "price", "Intern": LEFT_OUT}
    )
    assert rows == [{"title": "Stuhl", "price": "12", "Regal": "A7"}]


def test_several_columns_of_pictures_and_collections_are_joined():
    fields = {"b1": "additional_image_link", "b2": "additional_image_link", "g1": "collection", "g2": "collection"}
    rows = cells("title,b1,b2,g1,g2\nMug,https://a.example/1.jpg,https://a.example/2.jpg,Gifts,\n", fields)
    assert rows[0]["additional_image_link"] == "https://a.example/1.jpg,https://a.example/2.jpg"
    assert rows[0]["collection"] == "Gifts"


def test_a_field_that_is_given_to_another_column_is_taken_from_the_first():
    rows = cells("title,label,price\nold,new,5\n", {"label": "title"})
    assert rows[0]["title"] == "new"


@pytest.mark.parametrize(
    ("prices", "style"),
    [
        (["12.50", "1,234"], "point"),
        (["12,50", "1.234"], "comma"),
        (["1.234,50 AED"], "comma"),
        (["1,234,567"], "point"),
        (["0,500", "1,250"], "comma"),
        (["1,234", "900"], "auto"),
        (["12.50", "12,50"], "auto"),
        (["abc", ""], "auto"),
    ],
)
def test_how_a_file_writes_decimals(prices, style):
    assert decimal_style(prices) == style


def test_what_could_be_read_in_two_ways_is_read_as_the_file_means_it():
    text = 'title,price\nA,"0,500 KWD"\nB,"1,250 KWD"\nC,"3.000,000 KWD"\n'
    assert [row["price"] for row in cells(text)] == ["0,500 KWD", "1٫250 KWD", "3.000,000 KWD"]
    assert [row["price"] for row in cells('title,price\nA,"1,250"\n', decimals="comma")] == ["1٫250"]
    assert [row["price"] for row in cells('title,price\nA,"1,250"\n', decimals="point")] == ["1250"]
    assert [row["price"] for row in cells('title,price\nA,"1,250"\n')] == ["1,250"]


def test_a_choice_is_remembered_for_the_same_headers_in_any_order_and_case(tmp_path):
    kept = Mapping({"Artikel": "title", "Preis": "price"}, "comma", "EUR")
    mapping.remember(tmp_path / "columns", ["Artikel", "Preis"], kept)
    found, again = mapping.propose(table("PREIS,artikel\n5,x\n"), tmp_path / "columns")
    assert again == kept
    assert [column.field for column in found.columns] == ["price", "title"]
    other = mapping.propose(table("Preis,Artikel,Farbe\n5,x,y\n"), tmp_path / "columns")[1]
    assert other.decimals == "auto"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"columns": {"a": "nonsense"}}', '{"columns": {"a": "title"}, "decimals": "both"}',
     '{"columns": 5}', '{"columns": {"a": ["title"]}}', '{"columns": {"a": "title"}, "currency": "<b>"}', "[" * 9000],
)  # fmt: skip
def test_what_is_no_mapping_is_said(tmp_path, text):
    path = tmp_path / "mapping.json"
    path.write_text(text)
    with pytest.raises(BadTable):
        mapping.load(path)


def test_nothing_known_is_said():
    with pytest.raises(BadTable):
        read_items(table("foo,bar\n1,2\n"))


def test_rows_are_not_kept_twice():
    source = Table(["title"], [(2, ["Bag"])], "utf-8", ",")
    feed = read_items(source, chosen(recognise(source), Mapping({"title": "title"})))
    source.rows[0][1][0] = "Cup"
    assert list(feed.rows) == [(2, {"title": "Cup"})], "they are made while they are gone through"
    assert list(feed.column("title")) == ["Cup"]


def test_without_availability_a_quantity_of_none_is_out_of_stock():
    feed = read_items(read_source("الاسم,السعر,الكمية\nكوب,5,0\nطبق,6,12.00\nصينية,7,\n".encode(), "ar"))
    said = [cells.get("availability") for _row, cells in feed.rows]
    assert said == ["out of stock", "in stock", None]
    assert [problem.code for problem in feed.problems] == ["none_is_out_of_stock"]
    feed = read_items(read_source(b"name,price,quantity,availability\nCup,5,0,preorder\n"))
    assert [cells["availability"] for _row, cells in feed.rows] == ["preorder"]


def test_further_columns_of_pictures():
    table = read_source(
        b"Name,Price,Image,image link,IMAGE3,Photo 4\n"
        b"Cup,5,https://a.example/1.jpg,https://a.example/2.jpg,https://a.example/3.jpg,left\n"
        b"Plate,6,https://a.example/4.jpg,https://a.example/4.jpg,,\n"
    )
    (_row, cup), (_row, plate) = read_items(table).rows
    pictures = [cup["image_link"], *cup["additional_image_link"].split(",")]
    assert sorted(pictures) == [f"https://a.example/{n}.jpg" for n in (1, 2, 3)]
    assert cup["Photo 4"] == "left"
    assert "additional_image_link" not in plate


def test_html_in_a_list_becomes_text_and_in_a_feed_only_where_most_is():
    read = "<p>One</p><p>R&amp;D</p>"
    assert cells(f"Name,Description\n<b>Cup</b>,{read}\nJug,5 < 6\n") == [
        {"title": "Cup", "description": "One\n\nR&D"},
        {"title": "Jug", "description": "5 < 6"},
    ]
    feed = "id,title,price,description\n1,Cup,5,{}\n2,Jug,6,plain\n3,Pot,7,{}\n"
    assert cells(feed.format("<b>x</b>", "plain"))[0]["description"] == "<b>x</b>"
    assert [row["description"] for row in cells(feed.format(read, read))] == ["One\n\nR&D", "plain", "One\n\nR&D"]


@pytest.mark.parametrize(
    ("cell", "collections"),
    [
        ("Rings;New", "Rings\nNew"),
        ("Home,iPods", "Home\niPods"),
        ("Bags, shoes", "Bags, shoes"),
        ("A > B, C > D", "B\nD"),
        ("Default Category/Men/Tops", "Tops"),
        ("Cups/Mugs", "Cups/Mugs"),
        ("20;24", None),
    ],
)
def test_several_collections_in_a_cell(cell, collections):
    assert cells(f'name,category,price\nRing,"{cell}",5\n')[0].get("collection") == collections


def test_html_that_was_escaped_and_dashes_for_nothing():
    row = cells("name,details,price,offer price,qty\nCup,&lt;p&gt;Hot &amp;amp; cold&lt;/p&gt;,5,-,n/a\nJug,,—,,3\n")
    assert row == [{"title": "Cup", "description": "Hot & cold", "price": "5"}, row[1]]
    assert "price" not in row[1]


def test_prices_take_the_currency_beside_them_and_a_sale_price_of_0_is_none():
    assert cells("Name,Price,Sale price,Currency\nCup,5,0.00,AED\nJug,6 USD,4,AED\nPot,7,,\n") == [
        {"title": "Cup", "price": "5 AED"},
        {"title": "Jug", "price": "6 USD", "sale_price": "4 AED"},
        {"title": "Pot", "price": "7"},
    ]


@pytest.mark.parametrize(
    ("header", "shown"), [("Visible", "yes,no"), ("Archived", "N,Y"), ("مخفي", "لا,نعم"), ("حالة المنتج", "ظاهر,مخفي")]
)
def test_what_is_shown_is_said_in_many_ways(header, shown):
    first, second = shown.split(",")
    read = cells(f"Name,Price,{header}\nCup,5,{first}\nJug,6,{second}\n")
    assert [known_word(row["status"], ("active", "archived")) or row["status"] for row in read] == [
        "active",
        "archived",
    ]


@pytest.mark.parametrize(
    ("text", "column", "header"),
    [
        ("الاسم,السعر\nكوب,5\n", "price", "السعر"),
        ("id,title,price,availability\nA,Mug,5,in stock\n", "price", "price"),
        ("Handle,Title,Variant Price\nmug,Mug,5\n", "price", "Variant Price"),
        ("ID,Type,SKU,Name,Regular price\n1,simple,A,Mug,5\n", "price", "Regular price"),
        ("Item code,Name,Price,Availability,Visibility,Picture files\nA,Mug,5,,,\n", "title", "Name"),
        ("Name,Color,Size,Price\nMug,red,S,5\nMug,red,L,6\n", "title", "Name"),
        ("Item Name,Variation Name,Price\nMug,S,5\nMug,L,6\n", "title", "Item Name"),
    ],
)
def test_columns_are_called_as_the_file_calls_them(text, column, header):
    assert read_items(table(text)).headers[column] == header


def test_days_of_a_sale_and_paths_of_collections_are_read_as_shops_write_them():
    header = "الاسم,السعر,السعر المخفض,تاريخ بداية التخفيض,تاريخ نهاية التخفيض,التصنيف"
    both, open_end, none = cells(
        f"{header}\nعود,9,8,2026-02-10,2026-03-20,All / Saleable / Oud\n"
        "مسك,9,8,2026-02-10,,Men > Musk\nبخور,9,,2026-02-10,,a / b"
    )
    assert both["sale_price_effective_date"] == "2026-02-10/2026-03-20"
    assert open_end["sale_price_effective_date"] == "2026-02-10/"
    assert "sale_price_effective_date" not in none
    assert [row["collection"] for row in (both, open_end, none)] == ["Oud", "Musk", "a / b"]
