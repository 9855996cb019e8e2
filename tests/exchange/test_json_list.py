"""Lists in JSON: of shops, of programs, and Dukkan's own."""

import pytest

from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
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
