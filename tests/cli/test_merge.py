"""Two copies of a shop, and a shop made anew, from the command line."""

import json
import shutil

from desktop.cli.failures import BAD_DATA, CANNOT_WRITE, DONE, IN_USE, NOT_FOUND
from desktop.data.database import Database
from desktop.services.catalog import find_by_code, find_products, update_product


def edit(shop, code, **fields):
    database = Database(shop, shop.stem)
    database.run("Change", lambda session: update_product(session, find_by_code(session, code).id, None, **fields))
    database.close()


def found(dukkan, shop, typed):
    return [each["name"] for each in json.loads(dukkan("find", shop, "catalog", typed, "--json").out)]


def test_what_the_other_copy_has_changed_is_taken_over_at_once(dukkan, gifts, tmp_path):
    other = shutil.copy(gifts, tmp_path / "sister.dukkan")
    edit(other, "OUD", name="عطر الورد", price=13000)
    edit(gifts, "COF", name="قهوة")
    dry = json.loads(dukkan("merge", gifts, other, "--dry-run", "--json").out)
    assert dry["related"]
    assert {(each["field"], each["since"], each["taken"]) for each in dry["differences"]} == {
        ("name", "there", True),
        ("price", "there", True),
        ("name", "here", False),
    }
    assert found(dukkan, gifts, "الورد") == []
    result = dukkan("merge", gifts, other)
    assert result.code == DONE
    assert "Taken over: 1 changed" in result.err
    assert "Price\tAED\xa0120\tAED\xa0130\tchanged there" in result.out
    assert found(dukkan, gifts, "الورد") == ["عطر الورد"]
    assert found(dukkan, gifts, "قهوة") == ["قهوة"]


def test_one_undo_takes_it_back(dukkan, gifts, tmp_path):
    other = shutil.copy(gifts, tmp_path / "sister.dukkan")
    dukkan("undo", other)  # the last reply is gone there: it stays here
    edit(other, "OUD", name="عطر الورد")
    edit(other, "COF", price=100)
    dukkan("merge", gifts, other)
    assert dukkan("undo", gifts).err == "Taken back: Take over from another copy\n"
    assert found(dukkan, gifts, "الورد") == []


def test_another_file_that_is_no_shop(dukkan, gifts, tmp_path):
    (tmp_path / "no").write_text("no shop")
    assert dukkan("merge", gifts, tmp_path / "no").code == BAD_DATA
    assert dukkan("merge", gifts, tmp_path / "none").code == NOT_FOUND


def test_a_shop_in_use_says_who_has_it(dukkan, held, tmp_path):
    result = dukkan("merge", held, held)
    assert result.code == IN_USE
    assert "is already open on" in result.err
    assert "since today " in result.err


def test_a_shop_is_rebuilt_from_its_export(dukkan, gifts, tmp_path):
    assert dukkan("export", gifts, "shop", "--out", tmp_path / "folder").code == DONE
    result = dukkan("rebuild", tmp_path / "folder", tmp_path / "new.dukkan", "--json")
    assert (result.code, json.loads(result.out)["items"]) == (DONE, 4)
    assert found(dukkan, tmp_path / "new.dukkan", "عطر") == ["عطر العود"]
    again = dukkan("rebuild", tmp_path / "folder", tmp_path / "new.dukkan")
    assert (again.code, again.out) == (CANNOT_WRITE, "")
    assert dukkan("rebuild", tmp_path, tmp_path / "other.dukkan").code == BAD_DATA
    assert dukkan("rebuild", tmp_path / "nowhere", tmp_path / "other.dukkan").code == NOT_FOUND
    database = Database(tmp_path / "new.dukkan", read_only=True)
    with database.reader() as session:
        assert len(find_products(session)) == 4
    database.close()
