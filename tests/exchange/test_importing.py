"""What an import would do is what it does; doing it twice does nothing more, and undo takes back all of it."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.data.models import Product, ProductText, Variant
from desktop.exchange.feed_cells import BLANK, Home, read_cells
from desktop.exchange.importing import Rules, carry_out, import_feed, plan_import
from desktop.exchange.mapping import read_items
from desktop.exchange.tables import read_table
from desktop.services import catalog, collections, profile
from desktop.services.where import Search, find

FIRST = "id,title,price,description,quantity_to_sell_on_facebook\nA,Bag,10 AED,Red,3\nB,Cup,20 AED,,\n,Card,5 AED,,\n"


class Stopped(Exception):
    """The owner has had enough."""


@pytest.fixture
def shopped(database):
    database.run("Home", profile.update_profile, territory="AE", currency="AED", time_zone="Asia/Dubai", language="ar")
    return database


def feed_of(text):
    return read_items(read_table(text.encode()))


def bring(database, text, **rules):
    return database.run("Import", import_feed, feed_of(text), Rules(**rules)).report


def planned(database, text, **rules):
    with database.reader() as session:
        return plan_import(session, feed_of(text), Rules(**rules))


def counts(report):
    return (report.new, report.changed, report.unchanged, report.skipped, report.hidden)


def items(database):
    with database.reader() as session:
        return {(p.code, p.name): p for p in session.scalars(select(Product).order_by(Product.position))}


def variants(database):
    with database.reader() as session:
        return {v.options: (v.code, v.price) for v in session.scalars(select(Variant).order_by(Variant.position))}


CELLS = st.sampled_from(["", "1", "12.50 AED", "abc", "أحمر", "in stock", "A", "B", "=1+1", "2026-01-01/2026-02-01"])
COLUMNS = ("id", "title", "price", "sale_price", "availability", "color", "item_group_id", "title:en", "collection")
ROWS = st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=6)
RULES = st.builds(
    Rules,
    match=st.sampled_from(["code", "name"]),
    found=st.sampled_from(["update", "skip"]),
    empty=st.sampled_from(["keep", "clear"]),
    missing=st.sampled_from(["keep", "hide"]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, rules=RULES)
def test_what_is_planned_is_done_and_undone(shopped, contents, rows, rules):
    text = "\n".join([",".join(COLUMNS), *(",".join(row) for row in rows)])
    before = contents(shopped)
    with shopped.reader() as session:
        plan = plan_import(session, feed_of(text), rules)
    assert contents(shopped) == before, "a plan writes nothing"
    told = counts(plan.report)
    assert told[:2] == (len(plan.names), len(plan.changes))
    report = shopped.run("Import", carry_out, plan)
    assert counts(report) == told
    again = planned(shopped, text, match=rules.match, empty=rules.empty, missing=rules.missing)
    if rules.found == "update" and rules.match == "code":
        assert counts(again.report)[:2] == (0, 0), (again.names, again.changes)
    if contents(shopped) != before:
        shopped.undo()
    assert contents(shopped) == before


def test_what_changes_is_told_before(shopped):
    bring(shopped, FIRST)
    plan = planned(shopped, "id,title,price\nA,Bag,12.50 AED\nB,Cup,20 AED\nC,New,1 AED\n")
    assert counts(plan.report) == (1, 1, 1, 0, 0)
    assert plan.names == [(4, "C", "New")]
    assert [(change.row, change.code, change.fields) for change in plan.changes] == [(2, "A", {"price": (1000, 1250)})]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"found": "skip"}, (0, 0, 1, 0, 0)),
        ({"found": "new"}, (1, 0, 0, 0, 0)),
        ({"match": "name"}, (0, 1, 0, 0, 0)),
        ({"missing": "hide"}, (0, 1, 0, 0, 2)),
    ],
)
def test_what_is_done_with_a_row_is_the_owners_choice(shopped, rules, expected):
    bring(shopped, FIRST)
    report = bring(shopped, "id,title,price\nA,Bag,11 AED\n", **rules)
    assert counts(report) == expected


def test_by_name_an_item_takes_the_code_of_its_row(shopped):
    bring(shopped, FIRST)
    bring(shopped, "id,title\nZ-9,Bag\n", match="name")
    assert ("Z-9", "Bag") in items(shopped)
    assert len(items(shopped)) == 3


def test_empty_cells_clear_where_the_column_is_used(shopped):
    bring(shopped, FIRST)
    bring(shopped, "id,title,price,description\nA,Bag,10 AED,\nB,Cup,20 AED,Blue\n", empty="clear")
    bag = items(shopped)["A", "Bag"]
    assert (bag.description, bag.quantity) == ("", 3), "the file says nothing of quantities"


def test_prices_without_a_currency_are_in_that_of_the_file(shopped):
    bring(shopped, "id,title,price,sale_price\nA,Bag,10,8\n", currency="USD")
    bag = items(shopped)["A", "Bag"]
    assert (bag.price, bag.sale_price, bag.currency) == (1000, 800, "USD")
    bring(shopped, "id,title,price\nA,Bag,10\n", currency="AED")
    assert items(shopped)["A", "Bag"].currency == ""


def test_a_shop_without_a_currency_takes_that_of_the_file(database):
    bring(database, FIRST)
    with database.reader() as session:
        assert profile.read_profile(session).currency == "AED"


def test_sale_dates_may_be_open(shopped):
    dates = ("2026-02-10/2026-03-20", "2026-02-10/", "/2026-03-20", "soon/later", "2026-02-10")
    rows = "".join(f"{n},Item {n},10 AED,8 AED,{span}\n" for n, span in enumerate(dates))
    report = bring(shopped, f"id,title,price,sale_price,sale_price_effective_date\n{rows}")
    spans = [(p.sale_starts is not None, p.sale_ends is not None) for p in items(shopped).values()]
    assert spans == [(True, True), (True, False), (False, True), (False, False), (False, False)]
    assert [p.code for p in report.problems if not p.warning] == ["date_unreadable"] * 2


def test_a_second_language_is_found_and_changed_as_the_first(shopped):
    text = "id,title,description,title:en,description:en\nA,حقيبة,,Bag,Made of leather\nB,كوب,,,\n"
    bring(shopped, text)
    with shopped.reader() as session:
        said = session.scalars(select(ProductText)).one()
        assert (said.language, said.name, said.description) == ("en", "Bag", "Made of leather")
        assert len(find(session, Search("leather"))) == 1
    assert counts(bring(shopped, text)) == (0, 0, 2, 0, 0)
    plan = planned(shopped, "id,title,title:en\nA,حقيبة,Handbag\n")
    assert plan.changes[0].fields == {"title:en": ("Bag", "Handbag")}
    shopped.run("Import", carry_out, plan)
    with shopped.reader() as session:
        assert len(find(session, Search("handbag"))) == 1
        assert len(find(session, Search("leather"))) == 1


def test_a_language_feed_says_items_in_its_language(shopped):
    bring(shopped, FIRST)
    report = bring(shopped, "id,override,title,price\nA,ar_AR,حقيبة,99 AED\n")
    assert counts(report) == (0, 1, 0, 0, 0)
    with shopped.reader() as session:
        said = session.scalars(select(ProductText)).one()
    assert (said.language, said.name) == ("ar", "حقيبة")
    assert items(shopped)["A", "Bag"].price == 1000


def test_rows_of_one_group_are_one_item_in_several_ways(shopped):
    text = (
        "id,title,item_group_id,color,size,price,availability\n"
        "S-1,Shirt red,SHIRT,red,M,50 AED,in stock\nS-2,Shirt blue,SHIRT,blue,M,60 AED,out of stock\n"
        "S-3,Shirt blue,SHIRT,blue,L,50 AED,in stock\nH,Hat,HAT,black,,20 AED,in stock\n"
    )
    assert counts(bring(shopped, text)) == (2, 0, 0, 0, 0)
    assert list(items(shopped)) == [("SHIRT", "Shirt"), ("H", "Hat")]
    assert list(variants(shopped).values()) == [("S-1", None), ("S-2", 6000), ("S-3", None)]
    with shopped.reader() as session:
        assert len(find(session, Search("s-2"))) == 1, "it is found by the codes of its ways"
    assert counts(bring(shopped, text)) == (0, 0, 2, 0, 0)
    assert items(shopped)["H", "Hat"].extra == '{"item_group_id": "HAT", "color": "black"}'


def test_a_variant_keeps_what_a_list_does_not_say(shopped):
    header = "title,price,item_group_id,size"
    bring(shopped, f"{header},quantity_to_sell_on_facebook,mpn\nCup,5,C,S,7,M-1\nCup,6,C,L,8,\n")
    bring(shopped, f"{header}\nCup,5,C,S\nCup,9,C,L\n")
    with shopped.reader() as session:
        small, large = session.scalars(select(Variant).order_by(Variant.position))
    assert (small.quantity, small.extra, large.quantity, large.price) == (7, '{"mpn": "M-1"}', 8, 900)


def test_rows_of_a_group_that_nothing_tells_apart_stay_items(shopped):
    bring(shopped, "id,title,item_group_id\n1,Rose,FLOWERS\n2,Tulip,FLOWERS\n")
    assert [name for _code, name in items(shopped)] == ["Rose", "Tulip"]


def test_collections_are_made_once_and_searched_without_marks(shopped):
    text = 'id,title,collection\nA,Bag,"Gifts\nNew"\nB,Cup,gifts\n'
    bring(shopped, text)
    with shopped.reader() as session:
        assert [(group.name, group.items) for group in collections.list_collections(session)] == [
            ("Gifts", 2),
            ("New", 1),
        ]
    assert counts(bring(shopped, text)) == (0, 0, 2, 0, 0)


def test_a_plan_of_yesterday_is_made_anew(shopped):
    plan = planned(shopped, FIRST)
    shopped.run("Add", catalog.add_product, "Bag", code="A", price=1000, description="Red", quantity=3)
    report = shopped.run("Import", carry_out, plan)
    assert counts(report) == (2, 0, 1, 0, 0)
    assert len(items(shopped)) == 3


@pytest.mark.parametrize("when", [0, 1000, 2000])
def test_a_stopped_import_leaves_nothing(shopped, contents, when):
    rows = "".join(f"{n},Item {n},{n} AED\n" for n in range(2000))
    before = contents(shopped)

    def tell(done, total):
        if done >= when:
            raise Stopped

    feed = feed_of(f"id,title,price\n{rows}")
    with pytest.raises(Stopped):
        shopped.run("Import", import_feed, feed, None, tell)
    assert contents(shopped) == before
    assert shopped.next_title() == "Home"


def test_what_is_written_is_told_too(shopped):
    told = []
    rows = "".join(f"{n},Item {n}\n" for n in range(2500))
    shopped.run(
        "Import", import_feed, feed_of(f"id,title\n{rows}"), None, lambda done, total: told.append((done, total))
    )
    assert told[-2:] == [(2000, 2500), (2500, 2500)]
    assert (0, 2500) in told


def test_two_items_of_another_currency_in_one_group(shopped):
    report = bring(shopped, "id,title,item_group_id,size,price\n1,Tea,T,S,5 AED\n2,Tea,T,L,9 USD\n")
    assert [problem.code for problem in report.problems if problem.row == 3] == ["price_unreadable"]
    assert list(variants(shopped).values()) == [("1", None), ("2", None)]


def test_a_picture_cell_with_several_addresses_is_several_pictures():
    cells = {
        "image_link": "https://a.example/1.jpg,https://a.example/2.jpg",
        "additional_image_link": "https://a.example/3.jpg",
    }
    reading = read_cells(2, cells, BLANK, Home("AED", ZoneInfo("UTC")))
    assert reading.image == "https://a.example/1.jpg"
    assert list(reading.more_images) == ["https://a.example/2.jpg", "https://a.example/3.jpg"]
    assert not reading.problems
