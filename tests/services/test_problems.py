"""What is counted as a problem, and what mending all of a kind at once does."""

import pytest
from sqlalchemy import select

from desktop.data.models import Product, Variant
from desktop.services.catalog import codes_after, find_products, read_product
from desktop.services.errors import Invalid
from desktop.services.overview import read_overview
from desktop.services.problems import KINDS, WHY, Example, check_value, examples, mend, mended, problems, proposal
from desktop.services.profile import update_profile
from desktop.services.where import WORDS, find


@pytest.fixture
def session(database):
    with database.reader() as session:
        yield session


def found(database):
    with database.reader() as session:
        return {problem.kind: problem.count for problem in problems(session)}


def column(database, name):
    with database.reader() as session:
        return list(session.scalars(select(getattr(Product, name)).order_by(Product.id)))


def test_every_kind_is_chosen_by_known_words_and_says_what_it_is():
    from desktop.services.problems import Problem

    for name, kind in KINDS.items():
        assert set(kind.terms) <= WORDS.keys()
        for n in (1, 2):
            problem = Problem(name, n)
            assert str(n) in problem.sentence
            assert bool(problem.button) == bool(problem.remedy)
            assert "{" not in problem.why
        if kind.remedy:
            assert "2" in mended(name, 2)
    assert WHY.keys() == KINDS.keys()


def test_a_sound_shop_has_no_problems_and_counts_are_those_of_the_search(database, fill):
    assert found(database) == {}
    fill({"code": "A-1"}, {"code": "A-2", "price": 100, "sale_price": 50, "sale_ends": 5, "brand": "B"}, {})
    counts = found(database)
    assert counts["no-brand"] == 2
    assert counts["sale-ended"] == 1
    assert counts["no-code"] == 1
    with database.reader() as session:
        for problem in problems(session):
            assert len(find(session, problem.search)) == problem.count


def test_what_weighs_most_comes_first_and_home_counts_the_same(database, fill):
    fill({}, {"availability": "out of stock"})
    with database.reader() as session:
        listed = problems(session)
        weights = [problem.weight for problem in listed]
        assert weights == sorted(weights, key=("refused", "missed", "tidy").index)
        counts = {problem.kind: problem.count for problem in listed}
        concerns = {concern.kind: concern.count for concern in read_overview(session).concerns}
    assert concerns["price"] == counts["no-price"] == 2
    assert concerns["picture"] == counts["no-picture"] == 2


def test_brands_are_filled_in_with_the_name_of_the_shop_and_can_be_searched_for(database, fill):
    database.run("Name", update_profile, None, name="Bayt")
    fill({}, {"brand": "Own"}, {})
    with database.reader() as session:
        assert proposal(session, "no-brand") == "Bayt"
        assert examples(session, "no-brand", "Bayt") == [Example("Item 0", "", "Bayt"), Example("Item 2", "", "Bayt")]
    assert database.run("Fill", mend, "no-brand", " Bayt ") == 2
    assert column(database, "brand") == ["Bayt", "Own", "Bayt"]
    with database.reader() as session:
        assert len(find_products(session, "bayt")) == 2
    database.undo()
    assert column(database, "brand") == ["", "Own", ""]


def test_numbers_go_on_after_the_last_code_and_pass_over_those_that_are_taken(database, fill):
    fill({"code": "BAG-09"}, {}, {}, {"code": "BAG-10"}, {})
    database.run("Add", lambda session: session.add(Variant(product_id=1, code="BAG-12")))
    with database.reader() as session:
        assert proposal(session, "no-code") == "BAG-11"
    assert database.run("Number", mend, "no-code", "BAG-10") == 3
    assert column(database, "code") == ["BAG-09", "BAG-11", "BAG-13", "BAG-10", "BAG-14"]
    assert found(database).get("no-code") is None


def test_a_shop_without_codes_begins_with_the_first(session):
    assert proposal(session, "no-code") == "ITEM-001"


def test_the_oldest_item_keeps_a_code_that_several_have(database, fill):
    fill({}, {}, {}, {"code": "A-2"}, {"code": "B"})
    share = "UPDATE product SET code = 'A-1' WHERE id <= 3"
    database.run("Share", lambda session: session.connection().exec_driver_sql(share))
    assert found(database)["duplicate-code"] == 3
    assert database.run("New codes", mend, "duplicate-code") == 2
    assert column(database, "code") == ["A-1", "A-3", "A-4", "A-2", "B"]
    with database.reader() as session:
        assert find_products(session, "A-4") == [3], "the search follows"


def test_a_description_names_the_shop_so_that_it_is_not_the_name_again(database, fill):
    fill({"name": "{name} 50%"}, {"description": "Soft"})
    database.run("Name", update_profile, None, name="Bayt {x}")
    assert database.run("Describe", mend, "no-description") == 1
    assert column(database, "description") == ["{name} 50% from Bayt {x}", "Soft"]


def test_a_sale_that_is_over_ends_and_the_price_stays(database, fill):
    (item, running) = fill(
        {"price": 100, "sale_price": 50, "sale_ends": 5}, {"price": 100, "sale_price": 50, "sale_ends": 2**40}
    )
    with database.reader() as session:
        assert [example.after for example in examples(session, "sale-ended")] == [""]
    assert database.run("End", mend, "sale-ended") == 1
    with database.reader() as session:
        ended = read_product(session, item)
        assert (ended.price, ended.sale_price, ended.sale_starts, ended.sale_ends) == (100, None, None, None)
        assert read_product(session, running).sale_price == 50


def test_what_is_out_of_stock_is_hidden_and_links_are_filled_in(database, fill):
    database.run("Name", update_profile, None, phone="+971501234567")
    fill({"availability": "out of stock"}, {"availability": "out of stock", "hidden": True}, {"link": "a.example/1"})
    assert found(database)["sold-out"] == 1
    assert database.run("Hide", mend, "sold-out") == 1
    assert column(database, "hidden") == [True, True, False]
    with database.reader() as session:
        assert proposal(session, "no-link") == "https://wa.me/c/971501234567"
    assert database.run("Link", mend, "no-link", "shop.example") == 2
    assert column(database, "link") == ["https://shop.example", "https://shop.example", "https://a.example/1"]


@pytest.mark.parametrize(
    ("kind", "typed"), [("no-brand", "  "), ("no-brand", "x" * 101), ("no-code", "x" * 101), ("no-link", "not a page")]
)
def test_what_cannot_be_filled_in_is_refused_and_nothing_is_changed(database, fill, kind, typed):
    fill({})
    with pytest.raises(Invalid) as refused:
        database.run("Fill", mend, kind, typed)
    assert refused.value.field == "value"
    assert found(database)[kind] == 1


def test_where_nothing_is_asked_nothing_is_checked():
    assert check_value("no-picture", "") == check_value("sold-out", "") == ""


def test_mending_nothing_changes_nothing(database):
    assert database.run("Hide", mend, "sold-out") == 0
    assert database.next_title() is None


def test_codes_count_up_their_last_number():
    codes = codes_after("A9-b99-x")
    assert [next(codes), next(codes)] == ["A9-b100-x", "A9-b101-x"]
    assert next(codes_after("Bag")) == "Bag-2"
