"""One search over everything."""

import pytest

from desktop.i18n import N_
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer
from desktop.services.finder import ITEMS, REPLIES, find_at_once, find_everything, fitting, matched
from desktop.services.follow_ups import add_follow_up
from desktop.services.orders import add_order
from desktop.services.replies import add_reply, count_use


@pytest.fixture
def filled(both):
    """A shop with a little of everything that is called after roses."""

    def fill(session):
        add_product(session, "Rose box", code="BOX-1")
        add_product(session, "ساعة وردية")
        add_reply(session, "rose", "How to keep roses fresh")
        add_reply(session, "thanks", "Thank you")
        add_customer(session, "Rosa")

    both.run("Fill", fill)
    return both


def found(database, typed):
    with database.reader() as session:
        result = find_everything(session, typed)
    names = [card.name for card in result.items]
    return names, [reply.shortcut for reply in result.replies], [customer.name for customer in result.customers]


def test_every_kind_is_found(filled):
    assert found(filled, "ros") == (["Rose box"], ["rose"], ["Rosa"])
    assert found(filled, " وَرديه ") == (["ساعة وردية"], [], [])
    assert found(filled, "الساعة الوردية") == (["ساعة وردية"], [], [])
    assert found(filled, "nothing") == ([], [], [])


@pytest.mark.parametrize("typed", ["قخس", "ROS", "ros"])
def test_typed_with_the_other_layout_on(filled, typed):
    assert found(filled, typed) == (["Rose box"], ["rose"], ["Rosa"])


def test_a_question_for_a_price_means_the_item(filled):
    assert found(filled, "How much is the rose box?") == (["Rose box"], [], [])
    assert found(filled, "سعر السّاعه الورديّة") == (["ساعة وردية"], [], [])
    assert found(filled, "price of nothing") == ([], [], [])
    filled.run("Add", add_product, "Price tags for the rose box")
    assert found(filled, "price rose")[0] == ["Price tags for the rose box", "Rose box"]


def test_a_slash_means_replies_only(filled):
    assert found(filled, "/rose") == ([], ["rose"], [])


def test_nothing_typed_offers_the_replies_used_most(filled):
    with filled.reader() as session:
        thanks = next(reply.id for reply in find_everything(session, "/thanks").replies)
    assert found(filled, "") == ([], ["rose", "thanks"], [])
    filled.run_unrecorded(count_use, thanks)
    assert found(filled, " ") == ([], ["thanks", "rose"], [])


def test_only_the_best_few_are_found(both):
    def fill(session):
        for number in range(20):
            add_product(session, f"Rose {number}")
            add_reply(session, f"rose{number}")

    both.run("Fill", fill)
    items, replies, _customers = found(both, "rose")
    assert (len(items), len(replies)) == (ITEMS, REPLIES)


def test_names_that_fit():
    names = ["Business profile", "Profile", "الكتالوج"]
    assert fitting("profile", names) == [1, 0], "the very name comes first"
    assert fitting("prof bus", names) == [0]
    assert fitting("حقخب", names) == [0, 1], "prof, with the Arabic layout on"
    assert fitting("كتالوج", names) == [2]
    assert fitting("", names) == [0, 1, 2]
    assert fitting("xyz", names) == []


def test_words_in_bold():
    assert matched("rose bx", "Box of Roses") == [(7, 12)]
    assert matched("وردي", "ساعة ورديّة") == [(5, 11)]
    assert matched("", "Box") == []


def test_orders_are_found_by_number_and_name(database):
    for name in ("Noura", "Ali"):
        database.run(N_("New order"), add_order, name=name)
    with database.reader() as session:
        assert [order.name for order in find_everything(session, "#2").orders] == ["Ali"]
        assert [order.number for order in find_at_once(session, "noura").orders] == [1]


def test_follow_ups_are_found_by_their_own_words(database):
    database.run("Add", lambda session: add_follow_up(session, title="كيكة ليان"))
    with database.reader() as session:
        assert [row.title for row in find_everything(session, "كيكه").follow_ups] == ["كيكة ليان"]
        assert not find_everything(session, "").follow_ups
