"""What mends many rows at once: codes of their own, names from codes, cells left out."""

from desktop.exchange.incoming import Feed, Way
from desktop.exchange.mending import Fix, fix_all, fix_for, mended
from desktop.exchange.tables import Problem


def problem(row, code, column=""):
    return Problem(row, column, code, "…")


def rows(feed):
    return dict(feed.rows)


def test_rows_with_a_code_that_is_taken_are_given_the_next_that_is_free():
    feed = Feed([(2, {"id": "BAG"}), (3, {"id": "BAG"}), (4, {"id": "BAG"}), (5, {"id": "BAG-2"})])
    found = mended(feed, {fix_all(fix_for(problem(3, "duplicate_code", "id")), [problem(3, ""), problem(4, "")])})
    assert [cells["id"] for _row, cells in found.rows] == ["BAG", "BAG-3", "BAG-4", "BAG-2"]
    assert rows(feed)[3] == {"id": "BAG"}
    assert len(found.rows) == 4


def test_the_code_of_a_variant_is_not_given_to_a_row():
    feed = Feed([(2, {"id": "A"}), (3, {"id": "A"})], ways={2: (Way(2, {"Size": "S"}, {"id": "A-2"}),)})
    assert rows(mended(feed, {Fix("codes", rows=frozenset({3}))}))[3] == {"id": "A-3"}


def test_a_row_without_a_name_takes_its_code_and_one_without_both_stays():
    feed = Feed([(2, {"id": "A"}), (3, {"price": "5"}), (4, {"id": "B", "title": "Bag"})])
    found = rows(mended(feed, {Fix("names", rows=frozenset({2, 3, 4}))}))
    assert found == {2: {"id": "A", "title": "A"}, 3: {"price": "5"}, 4: {"id": "B", "title": "Bag"}}


def test_cells_are_left_out_of_rows_and_of_variants():
    feed = Feed(
        [(2, {"title": "Bag", "sale_price": "x"}), (3, {"title": "Mug", "sale_price": "5"})],
        ways={2: (Way(4, {"Size": "S"}, {"sale_price": "y", "price": "3"}),)},
    )
    fix = fix_for(problem(2, "price_unreadable", "sale_price"))
    found = mended(feed, {fix_all(fix, [problem(2, ""), problem(4, "")])})
    assert rows(found) == {2: {"title": "Bag"}, 3: {"title": "Mug", "sale_price": "5"}}
    assert found.ways[2][0].cells == {"price": "3"}


def test_what_nothing_mends_has_no_fix():
    assert fix_for(problem(2, "price_unreadable", "price")) is None
    assert fix_for(problem(2, "row_too_long")) is None
    assert fix_for(problem(2, "name_missing", "title")) == Fix("names")
    assert fix_for(problem(2, "sale_not_below", "sale_price")) == Fix("leave", "sale_price")
