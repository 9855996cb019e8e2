"""Where a change is seen, and that undoing it offers to go there."""

import pytest

from desktop.services import phone_copy
from desktop.services.campaigns import add_campaign
from desktop.services.catalog import add_product, update_product
from desktop.services.labels import add_label
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, update_reply


@pytest.fixture
def places(context):
    """What was said after each undo or redo: the place alone."""
    said = []
    context.said.connect(lambda saying: said.append(saying.place))
    return said


def test_undo_says_where_it_is_seen(context, places):
    item = context.run("", add_product, "Box")
    reply = context.run("", add_reply, "hi", "Hello")
    campaign = context.run("", add_campaign, "Flyer")
    context.run("Change price", update_product, item, price=5)
    context.reverse()
    context.run("Change message", update_reply, reply, text="Hi")
    context.reverse()
    context.run("Change name", update_profile, name="Bayt")
    context.reverse()
    context.reverse(redo=True)
    assert places == [("catalog", item), ("replies", reply), ("profile", None), ("profile", None)]
    assert campaign


def test_what_is_gone_or_is_nowhere_has_no_row_or_no_place(context, places):
    context.run("Add", add_product, "Box")
    context.reverse()
    context.run("Add", add_campaign, "Flyer")
    context.reverse()
    context.reverse(redo=True)
    context.run("Add", add_label, "VIP")
    context.reverse()
    context.run("Name", update_profile, name="Bayt")
    context.run("New phone", phone_copy.mark_all, phone_copy.dt.datetime(2026, 11, 25, tzinfo=phone_copy.dt.UTC))
    context.reverse()
    assert places == [("catalog", None), ("links", None), ("links", ("campaign", 1)), None, ("phone", None)]
