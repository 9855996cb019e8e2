"""Orders from the command line, and the list of a day."""

import json

import pytest

from desktop.data.database import Database
from desktop.i18n import N_
from desktop.services import orders
from desktop.services.hours import shop_zone
from desktop.services.order_due import due_moment
from desktop.services.profile import update_profile


@pytest.fixture
def bakery(shop):
    import datetime as dt

    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", time_zone="Asia/Dubai", name="Bakery")
        due = due_moment(dt.date(2030, 11, 30), 960, shop_zone("Asia/Dubai"))
        orders.add_order(session, [{"name": "Cake", "quantity": 2, "price": 7550}], name="Noura", due_at=due)
        orders.add_order(session, name="Ali", state="done")

    database = Database(shop, "till")
    database.run(N_("New order"), fill)
    database.close()
    return str(shop)


def test_orders_are_listed_by_day_and_state(dukkan, bakery):
    result = dukkan("orders", bakery, "--day", "2030-11-30", "--json")
    (order,) = json.loads(result.out)
    assert (order["number"], order["due"], order["total"]) == (1, "2030-11-30T16:00:00+04:00", "151")
    assert order["lines"] == [{"code": "", "name": "Cake", "quantity": 2, "price": "75.50", "note": ""}]
    assert [each["name"] for each in json.loads(dukkan("orders", bakery, "--state", "done", "--json").out)] == ["Ali"]
    lines = dukkan("orders", bakery).out.splitlines()
    assert lines[0] == "1\t2030-11-30 16:00\tnew\tNoura\t2 × Cake\t151 AED"
    assert dukkan("orders", bakery, "--day", "soon").code == 2


def test_the_list_of_a_day_is_written(dukkan, bakery, tmp_path):
    out = tmp_path / "list.pdf"
    result = dukkan("export", bakery, "preparation", "--day", "2030-11-30", "--out", str(out), "--json")
    assert (json.loads(result.out)["orders"], out.read_bytes()[:4]) == (1, b"%PDF")
    assert dukkan("export", bakery, "preparation", "--day", "2030-12-01", "--out", str(out)).code != 0
    assert dukkan("export", bakery, "feed", "--day", "2030-12-01", "--out", str(out)).code == 2
    assert dukkan("export", bakery, "preparation", "--out", "-").code == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_without_one_before_or_behind_it_is_a_slip(dukkan, bakery, tmp_path, day):
    for words in (("orders", bakery), ("export", bakery, "preparation", "--out", tmp_path / "a.pdf")):
        result = dukkan(*words, "--day", day)
        assert (result.code, "too far away" in result.err) == (2, True)
