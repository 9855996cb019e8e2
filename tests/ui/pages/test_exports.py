"""What was made, and all of it made again after the number has changed: on the pages, with real files."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.services import exports
from desktop.services.catalog import add_product
from desktop.services.profile import update_profile
from desktop.ui.pages.exports import ExportsView
from desktop.ui.pages.links import LinksPage, Where
from desktop.ui.pages.one_link import State
from desktop.ui.pages.phone_number import NumberView
from desktop.ui.pages.publish import PublishPage
from desktop.ui.widgets.rows import Row

OLD, NEW = "971501234567", "971559876543"


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with a number and an item."""

    def fill(run):
        run("", update_profile, name="Bayt", phone=f"+{OLD}", territory="AE", currency="AED", language="en")
        run("", add_product, "Rose box", price=900)

    return filled_once(fill)


@pytest.fixture
def shop_of(stocked, context):
    return context


def kinds(context):
    return [export.kind for export in context.get(exports.list_exports)]


def rows(card):
    """Return what stands below the title of each row."""
    lines = [card.rows.itemAt(n).widget() for n in range(card.rows.count())]
    return [line.findChild(Row).note.text() for line in lines]


def make_some(qtbot, context, save_to, folder):
    """Save a code and a story and copy a website button, as an owner does."""
    page = LinksPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_target(Where("one", State(kind="item", item=1)))
    view = page.view()
    folder.mkdir()
    save_to(folder / "code.png")
    view.preview.save.click()
    save_to(folder / "story.png")
    view.story.click()
    view.website.click()
    return page


def test_what_is_saved_and_copied_is_listed(qtbot, shop_of, save_to, tmp_path):
    make_some(qtbot, shop_of, save_to, tmp_path / "out")
    assert sorted(kinds(shop_of)) == ["qr", "story", "website_button"]
    published = PublishPage(shop_of)
    qtbot.addWidget(published)
    published.show()
    published.show_target("made")
    view = published.exports
    qtbot.waitUntil(lambda: view.card.rows.count() == 3)
    assert not view.card.again.isVisible()  # nothing changed
    view.card.rows.itemAt(0).widget().layout().itemAt(1).widget().click()
    qtbot.waitUntil(lambda: view.card.rows.count() == 2)
    assert len(kinds(shop_of)) == 2


def test_a_new_number_lists_them_and_makes_them_again(qtbot, direction, shop_of, save_to, tmp_path):
    make_some(qtbot, shop_of, save_to, tmp_path / "out")
    shutil.copy(tmp_path / "out/code.png", tmp_path / "lost.png")
    how = exports.options_of(next(one for one in shop_of.get(exports.list_exports) if one.kind == "qr"))
    shop_of.database.run_unrecorded(exports.record, "qr", tmp_path / "gone/lost.png", how, OLD, 1)
    before = (tmp_path / "out/code.png").read_bytes()
    view = NumberView(shop_of)
    qtbot.addWidget(view)
    view.show()
    view.show_shop()
    view.new.setText("055 987 6543")
    view.look.click()
    qtbot.waitUntil(view.made.isVisible)
    assert len(rows(view.made)) == 4
    assert not view.made.again.isEnabled()  # the number is still the old one
    qtbot.waitUntil(view.replace.isVisible)
    view.replace.click()
    qtbot.waitUntil(view.made.again.isEnabled)
    said = []
    shop_of.said.connect(lambda saying: said.append(saying.sentence))
    view.made.again.click()
    qtbot.waitUntil(lambda: len(rows(view.made)) == 2, timeout=15_000)
    assert (tmp_path / "out/code.png").read_bytes() != before
    assert QImage(str(tmp_path / "out/story.png")).width() == 1080
    assert len(said) == 1
    troubles = "\n".join(rows(view.made))
    assert str(tmp_path / "gone") in troubles  # why the one in a folder that is gone was not made
    assert {one.kind for one in shop_of.get(exports.carrying, NEW)} == {"qr", "story"}


def test_making_again_can_be_stopped(qtbot, shop_of, tmp_path):
    for n in range(30):
        shop_of.database.run_unrecorded(exports.record, "card", tmp_path / f"{n}.pdf", {"size": "a6"}, OLD, 0)
    shop_of.run("", update_profile, about="New")
    view = ExportsView(shop_of)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(view.card.again.isVisible)
    view.card.again.click()
    assert view.card.cancel.isVisible()
    view.card.cancel.click()
    assert view.card.again.isVisible()
    assert len(list(tmp_path.glob("*.pdf"))) < 30


def test_a_row_opens_its_folder(qtbot, shop_of, tmp_path):
    opened = []
    shop_of.database.run_unrecorded(exports.record, "card", tmp_path / "a.pdf", {"size": "a6"}, OLD, 0)
    view = ExportsView(shop_of, opened.append)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(view.card.isVisible)
    qtbot.mouseClick(view.card.rows.itemAt(0).widget().findChild(Row), Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
