"""Lists in JSON: of shops, of programs, and Dukkan's own."""

import shutil

import pytest

from desktop.data.database import Database
from desktop.exchange.importing import import_feed
from desktop.exchange.mapping import read_items
from desktop.exchange.shop_json import read_shop, write_json
from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from desktop.services.profile import update_profile
from tests.exchange.test_spreadsheet import fill
from tests.torture import samples


def rows(text, **said):
    table = read_source(text.encode() if isinstance(text, str) else text, **said)
    return [{name: cell for name, cell in zip(table.header, row, strict=True) if cell} for _number, row in table.rows]


def test_objects_become_rows():
    assert rows(samples.JSON) == [
        {"id": "7", "name": "ساعة", "price": "12.5 AED", "images": "https://x.example/1.jpg",
         "active": "true"},
        {"id": "8", "name": "Cup", "tags": "a,b"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "Cup"}]',
        '{"data": {"products": [{"name": "Cup"}]}, "meta": {"pages": [1, 2, 3]}}',
        '{"found": 1, "hits": [{"name": "Cup"}]}',
        '{"name": "Cup"}\n{"name": "Jug"}\n',
        '\ufeff[{"name": "Cup"}, 5, null]',
    ],
)
def test_the_list_is_found(text):
    assert rows(text)[0] == {"name": "Cup"}


def test_numbers_stay_as_they_are_written():
    assert rows('[{"a": 1e999, "b": 12345678901234567890, "c": 1.10, "d": NaN, "name": "x"}]') == [
        {"a": "1e999", "b": "12345678901234567890", "c": "1.10", "name": "x"}
    ]


def test_our_own_export_comes_back_by_the_names_of_a_feed():
    text = (
        '{"format": "dukkan", "items": [{"code": "w1", "name": "Cup", "price": "12.5", "currency": "AED",'
        ' "hidden": true, "collections": ["A, b", "C"], "pictures": [{"url": "https://x.example/1.jpg"}, {"url": ""}],'
        ' "quantity": null, "texts": [{"language": "ar", "name": "كوب", "description": ""}], "extra": {}, "id": 5}]}'
    )
    assert rows(text)[0] == {
        "id": "w1",
        "title": "Cup",
        "price": "12.5 AED",
        "status": "archived",
        "collection": "A, b\nC",
        "image_link": "https://x.example/1.jpg",
        "title:ar": "كوب",
    }


@pytest.mark.parametrize(
    "text", ["[]", "{}", "[1, 2]", "[[[]]]", '{"a": "b"}', "[{]", '{"items": [{}]}', "[" * 100_000]
)
def test_what_is_no_list_of_items_says_so(text):
    with pytest.raises(BadTable):
        rows(text)


def test_an_amount_and_its_currency_are_one_price():
    listed = '[{"name": "Lamp", "price": {"amount": 12.50, "currency": "USD"}, "size": {"value": "3", "unit": "m"}}]'
    assert rows(listed) == [{"name": "Lamp", "price": "12.50 USD", "size value": "3", "size unit": "m"}]


def test_items_of_our_own_export_come_back_with_their_variants(database, new_shop, tmp_path):
    database.run("Fill", fill)
    path = tmp_path / "shop.json"
    with database.reader() as session:
        write_json(session, path)
        here = read_shop(session)
    feed = read_items(read_source(path.read_bytes()))
    again = database.run("Import items", import_feed, feed).report
    assert (again.new, again.changed, again.skipped) == (0, 0, 0)
    other = Database(shutil.copy(new_shop, tmp_path / "other.dukkan"), "other")
    other.run("Home", update_profile, currency="KWD", time_zone="Asia/Kuwait")
    other.run("Import items", import_feed, feed)
    with other.reader() as session:
        there = read_shop(session)
    other.close()

    def said(shop, field):
        return [[without(each) for each in item[field]] for item in shop["items"]]

    def without(row):
        return {name: value for name, value in row.items() if name not in ("id", "sha256", "picture")}

    assert said(here, "variants") == said(there, "variants")
    assert said(here, "texts") == said(there, "texts")
    assert [item["extra"] for item in here["items"]] == [item["extra"] for item in there["items"]]


def test_what_shopify_and_zid_answer_to_programs():
    shopify = (
        '{"products": [{"id": 1, "title": "Tee", "body_html": "<p>A</p><p>B</p>", "handle": "tee", "variants": ['
        '{"id": 11, "title": "S", "option1": "S", "option2": null, "sku": "T-S", "price": "50.00", "available": true}, '
        '{"id": 12, "title": "M", "option1": "M", "sku": "T-M", "price": "55.00", "available": false}], '
        '"images": [{"src": "https://x.example/1.jpg"}], "options": [{"name": "Size", "values": ["S", "M"]}]}, '
        '{"id": 2, "title": "Cup", "handle": "cup", "options": [{"name": "Title"}], "variants": ['
        '{"option1": "Default Title", "sku": "C", "price": "9"}]}]}'
    )
    found = read_items(read_source(shopify.encode()))
    (_row, tee), (_other, cup) = found.rows
    assert (tee["id"], tee["price"], tee["description"]) == ("tee", "50.00", "A\n\nB")
    assert [(way.options, way.cells["id"], way.cells["price"]) for way in found.ways[2]] == [
        ({"Size": "S"}, "T-S", "50.00"),
        ({"Size": "M"}, "T-M", "55.00"),
    ]
    assert (cup["id"], cup["price"], len(found.ways)) == ("C", "9", 1)
    zid = (
        '[{"id": "a1-b2", "sku": "WH", "name": {"ar": "سماعة", "en": "Set"}, "price": 257.0, "currency": "SAR", '
        '"categories": [{"id": "1", "name": {"en": "Audio"}}], "is_published": false, '
        '"images": [{"image": {"full_size": "https://x.example/1.png"}}]}]'
    )
    ((_number, item),) = read_items(read_source(zid.encode())).rows
    assert (item["id"], item["title"], item["price"], item["status"]) == ("WH", "سماعة", "257.0 SAR", "false")
    assert (item["title:en"], item["collection"], item["image_link"]) == ("Set", "Audio", "https://x.example/1.png")
