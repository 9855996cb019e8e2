"""What was done, taken back and done again, from the command line."""

import datetime as dt
import json
import platform

from desktop.cli.failures import DONE, PROBLEMS
from desktop.data.database import Database
from desktop.services.catalog import find_by_code, find_products, update_product


def listed(dukkan, shop, *words):
    result = dukkan("history", shop, "--json", *words)
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def replies(dukkan, shop):
    return {each["code"] for each in json.loads(dukkan("find", shop, "replies", "", "--json").out)}


def test_the_last_comes_first(dukkan, gifts):
    actions = listed(dukkan, gifts)
    assert [each["title"] for each in actions] == ["Add reply"] * 2 + ["Add item"] * 4 + ["Start my shop"]
    assert {each["computer"] for each in actions} == {platform.node()}
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(actions[0]["time"])
    assert dt.timedelta(seconds=-1) < age < dt.timedelta(minutes=29)  # made once for all tests; zones differ by more
    assert actions[0]["undone"] is False
    assert len(listed(dukkan, gifts, "--limit", "3")) == 3
    assert listed(dukkan, gifts, "--limit", "9" * 30) == actions


def test_lines_for_people(dukkan, gifts):
    line = dukkan("history", gifts, "--limit", "1").out
    time, computer, title, changed = line.rstrip("\n").split("\t")
    assert time.startswith("today ")
    assert (computer, title, changed) == (platform.node(), "Add reply", "توصيل: added")


def test_taken_back_and_done_again(dukkan, gifts):
    result = dukkan("undo", gifts)
    assert (result.code, result.out, result.err) == (DONE, "", "Taken back: Add reply\n")
    assert replies(dukkan, gifts) == {"thanks"}
    assert [each["undone"] for each in listed(dukkan, gifts, "--limit", "2")] == [True, False]
    assert "Add reply (taken back)" in dukkan("history", gifts, "--limit", "1").out
    result = dukkan("redo", gifts)
    assert (result.code, result.err) == (DONE, "Done again: Add reply\n")
    assert replies(dukkan, gifts) == {"thanks", "توصيل"}


def test_with_json(dukkan, gifts):
    assert json.loads(dukkan("undo", gifts, "--json").out) == {"title": "Add reply"}
    assert json.loads(dukkan("redo", gifts, "--json").out) == {"title": "Add reply"}
    assert json.loads(dukkan("redo", gifts, "--json").out) == {"title": None}


def test_nothing_left_to_take_back_is_no_failure(dukkan, shop):
    for command in ("undo", "redo"):
        result = dukkan(command, shop)
        assert (result.code, result.out) == (DONE, "")
        assert "nothing" in result.err


def test_only_this_computers_own(dukkan, gifts):
    database = Database(gifts, "till")
    with database.reader() as session:
        (coffee,) = find_products(session, "COF")
    database.run("Change name", update_product, coffee, None, name="قهوة تركية")
    database.close()
    assert dukkan("undo", gifts).err == "Taken back: Add reply\n"
    dukkan("undo", gifts)
    result = dukkan("undo", gifts)
    assert result.code == PROBLEMS
    assert result.err.count("\n") == 1
    assert "Change name" in result.err
    assert "till" in result.err
    database = Database(gifts, read_only=True)
    with database.reader() as session:
        assert find_by_code(session, "COF").name == "قهوة تركية"
    database.close()


def test_while_another_has_the_shop_open(dukkan, held):
    assert len(listed(dukkan, held)) == 7
    before = held.read_bytes()
    for command in ("undo", "redo"):
        result = dukkan(command, held)
        assert result.code == 75
        assert "already open" in result.err
        assert result.err.count("\n") == 1
    assert held.read_bytes() == before
