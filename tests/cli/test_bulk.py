"""Changing many items from the command line, as scripts rely on it."""

import json

import pytest

from desktop.cli.failures import BAD_DATA, DONE, IN_USE, USAGE


def answer(result):
    assert (result.code, result.err) == (DONE, "")
    return json.loads(result.out)


def item(dukkan, shop, query):
    return answer(dukkan("find", shop, "catalog", query, "--json"))[0]


PRICE = ("price", "--percent", "10", "--round", "0.50")


def test_a_dry_run_tells_before_and_after_and_changes_nothing(dukkan, gifts):
    told = answer(dukkan("bulk", gifts, *PRICE, "--dry-run", "--json"))
    assert (told["changed"], told["skipped"]) == (2, {"no_price": 2})
    assert told["before"] == {"BAG-1": "75.50", "OUD": "120"}
    assert told["after"] == {"BAG-1": "83", "OUD": "132"}
    assert [each["code"] for each in told["items"]] == ["BAG-1", "OUD"]
    assert item(dukkan, gifts, "OUD")["price"] == "120"
    assert answer(dukkan("bulk", gifts, *PRICE, "--json"))["changed"] == 2
    assert item(dukkan, gifts, "BAG-1")["price"] == "83"
    dukkan("undo", gifts)
    assert item(dukkan, gifts, "BAG-1")["price"] == "75.50"


@pytest.mark.parametrize(
    ("words", "query", "name", "value"),
    [
        (("price", "--amount", "-5.50", "--where", "code=BAG-1"), "BAG-1", "price", "70"),
        (("price", "--set", "٩٩"), "COF", "price", "99"),
        (("price", "--percent", "-20", "--sale", "--until", "2099-11-30"), "OUD", "sale_price", "96"),
        (("price", "--end-sale"), "BAG-1", "sale_price", None),
        (("price", "--percent", "-50", "--drop-sales"), "BAG-1", "sale_price", None),
        (("hide", "--where", "on-sale"), "BAG-1", "hidden", True),
        (("show", "--where", "hidden"), "box", "hidden", False),
        (("availability", "out-of-stock"), "OUD", "available", False),
        (("replace", "حقيبه", "شنطة", "--alike"), "BAG-1", "name", "شنطة جلد"),
    ],
)
def test_changes(dukkan, gifts, words, query, name, value):
    before = item(dukkan, gifts, query)[name]
    tried = answer(dukkan("bulk", gifts, *words, "--dry-run", "--json"))
    assert item(dukkan, gifts, query)[name] == before != value
    done = answer(dukkan("bulk", gifts, *words, "--json"))
    assert done["changed"] == tried["changed"] > 0
    assert item(dukkan, gifts, query)[name] == value


def test_collections_and_deletion(dukkan, gifts):
    for words, changed in (
        (("collection", "Scent", "--where", "code=OUD"), 1),
        (("collection", "Scent", "--where", "all"), 3),
        (("collection", "Scent", "--out", "--where", "collection=Scent"), 4),
        (("collection", "Scent", "--where", "code=OUD", "--dry-run"), 1),
        (("collection", "Scent", "--out", "--where", "code=OUD", "--dry-run"), 0),
        (("delete", "--where", "hidden", "--dry-run"), 1),
        (("delete", "--where", "hidden"), 1),
        (("delete", "--where", "hidden"), 0),
    ):
        assert answer(dukkan("bulk", gifts, *words, "--json"))["changed"] == changed


@pytest.mark.parametrize("words", [("hide",), ("availability", "out-of-stock"), ("collection", "New"), ("delete",)])
def test_a_dry_run_needs_no_lock(dukkan, held, words):
    wanted = ("bulk", held, *words, "--where", "code=OUD", "--json")
    assert answer(dukkan(*wanted, "--dry-run"))["changed"] == 1
    assert dukkan(*wanted).code == IN_USE


def test_words_for_people(dukkan, gifts):
    result = dukkan("bulk", gifts, *PRICE)
    assert result.out == ""
    assert result.err.splitlines() == ["2 items stay as they are: No price yet", "2 items changed"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("delete",), USAGE, "--where"),
        (("price",), USAGE, "required"),
        (("price", "--percent", "ten"), USAGE, "a number is wanted"),
        (("price", "--percent", "10", "--amount", "5"), USAGE, "not allowed"),
        (("price", "--percent", "10", "--from", "2026-11-20"), USAGE, "--sale"),
        (("price", "--percent", "-10", "--sale", "--from", "soon"), BAD_DATA, "no day"),
        (("price", "--percent", "-101"), BAD_DATA, "more than 100%"),
        (("price", "--percent", "10", "--round", "x"), BAD_DATA, "no way to round"),
        (("collection", " ", "--dry-run"), BAD_DATA, "needs a name"),
        (("hide", "--where", "blue"), BAD_DATA, "chooses no items"),
        (("replace", " ", "x"), BAD_DATA, "what is to be found"),
    ],
)
def test_what_cannot_be_done_changes_nothing(dukkan, gifts, words, code, sentence):
    result = dukkan("bulk", gifts, *words, "--json")
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert dukkan("undo", gifts).err.count("reply") == 1
