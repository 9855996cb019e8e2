"""The dialog of collections: what only collections have."""

import pytest

from desktop.data.images import normalise
from desktop.i18n import bidi
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, list_collections, members, put_into
from desktop.services.pictures import add_pictures
from desktop.ui.dialogs.collections import CollectionsDialog


@pytest.fixture
def shelves(context, painted):
    """The ids of two collections; the first has two items, of which one has a picture."""
    groups = [context.run("Add", add_collection, name) for name in ("Bags & co", "Home")]
    items = [context.run("Add", add_product, name) for name in ("Tote", "Mug")]
    context.run("Add", add_pictures, items[0], [normalise(painted())])
    for item in items:
        context.run("Put", put_into, item, groups[0])
    return groups


@pytest.fixture
def dialog(in_front, context, shelves):
    return in_front(CollectionsDialog(context))


def test_the_cover_is_one_of_the_pictures_of_its_items(context, dialog, shelves):
    from desktop.ui.dialogs.cover import CoverDialog

    dialog.from_items.trigger()
    chooser = dialog.findChild(CoverDialog)
    assert [chooser.grid.cards.index_at(place).data() for place in range(1)] == ["Tote"]
    chooser.use.click()
    assert context.get(list_collections)[0].cover
    dialog.sources.aboutToShow.emit()
    dialog.no_cover.trigger()
    assert context.get(list_collections)[0].cover is None
    dialog.list.set_current(shelves[1])
    dialog.from_items.trigger()
    assert "picture" in dialog.toast.words.text()


def test_the_items_of_one_go_to_another(context, dialog, shelves):
    items = context.get(members, shelves[0])
    dialog.targets.aboutToShow.emit()
    dialog.targets.actions()[0].trigger()
    assert context.get(members, shelves[1]) == items


def test_gauges_say_what_the_phone_takes(dialog, shelves):
    assert bidi.strip(dialog.items.words.text()) == "2 of 500 items"
    assert bidi.strip(dialog.pictured.words.text()) == "1 of 2 with a picture"
    assert "none without" in dialog.review.text()
    dialog.list.set_current(shelves[1])
    assert "Empty" in dialog.review.text()
    assert dialog.pictured.isHidden()
