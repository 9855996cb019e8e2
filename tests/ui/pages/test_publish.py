"""The catalog is given out from its page, as an owner does it: chosen, looked at, made, stopped, made again."""

import csv
import json
import resource

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.data.database import Database
from desktop.data.many import insert_rows
from desktop.data.models import Product
from desktop.exchange.publish import FORMS
from desktop.exchange.site import write_site
from desktop.services import exports
from desktop.services.catalog import add_product, update_product
from desktop.services.collections import add_collection, put_into
from desktop.services.profile import update_profile
from desktop.services.where import Search
from desktop.ui.context import Context
from desktop.ui.pages import publish_form
from desktop.ui.pages.publish import ALL, PublishPage
from desktop.ui.saving import SaveLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(session):
        home = {"territory": "AE", "currency": "AED", "language": "en"}
        update_profile(session, name="Bayt", phone="+971501234567", **home)
        ids = [add_product(session, f"Box {at}", code=f"B-{at}", price=1000) for at in range(3)]
        put_into(session, ids[0], add_collection(session, "Boxes"))

    return filled_once(lambda run: run("", fill))


@pytest.fixture
def shop_of(stocked, context):
    """A shop with a number, three items and a collection."""
    return context


@pytest.fixture
def show(qtbot, opened, monkeypatch, tmp_path):
    """A function that shows the page at one of its forms, once it is looked at."""
    monkeypatch.setattr(SaveLine, "last_folder", str(tmp_path))

    def show(context, kind):
        page = PublishPage(context, opened.append)
        qtbot.addWidget(page)
        page.resize(812, 598)
        page.show()
        page.show_target(kind)
        with qtbot.waitActive(page):
            page.activateWindow()
        qtbot.waitUntil(lambda: page.view().gaps.summary.text() != "", timeout=15_000)
        return page

    return show


def made(qtbot, view):
    """Wait until what was asked for is made, or not."""
    qtbot.waitUntil(lambda: view.progress.isHidden(), timeout=30_000)


def listed(context):
    return [(export.kind, export.items) for export in context.get(exports.list_exports)]


def test_files_are_saved_read_and_noted(qtbot, shop_of, show, save_to, tmp_path):
    files = [form for form in FORMS if form.place == "file"]
    page = show(shop_of, files[0].kind)
    for form in files:
        page.show_target(form.kind)
        target = tmp_path / f"{form.kind}{form.endings[0][0]}"
        save_to(tmp_path / form.kind)  # the ending is added
        page.view().go.click()
        made(qtbot, page.view())
        assert (form.kind, 3) in listed(shop_of)
        qtbot.waitUntil(lambda row=page.rows[form.kind]: "Made" in row.note.text())
        match form.kind:
            case "feed":
                rows = csv.DictReader(target.read_text("utf-8").splitlines())
                assert [row["id"] for row in rows] == ["B-0", "B-1", "B-2"]
            case "json":
                assert len(json.loads(target.read_text("utf-8"))["items"]) == 3
            case "pdf":
                assert len(pypdfium2.PdfDocument(target)) >= 2
            case _:
                assert target.stat().st_size > 1000
    assert len(listed(shop_of)) == len(files)


def test_the_web_page_goes_into_a_folder_of_its_own(qtbot, direction, shop_of, show, save_to, opened, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    page = show(shop_of, "site")
    view = page.view()
    qtbot.waitUntil(view.preview.front.isVisible)
    save_to(tmp_path)
    view.go.click()
    made(qtbot, view)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir() and (path / "index.html").exists())
    assert "Box 1" in (folder / "index.html").read_text("utf-8")
    assert (tmp_path / "photo.jpg").read_bytes() == b"mine"
    qtbot.waitUntil(view.page.isVisible)
    assert page.minimumSizeHint().width() <= 812  # of a window of 1024
    view.page.click()
    view.folder.click()
    assert [url.toLocalFile() for url in opened] == [str(folder / "index.html"), str(folder)]


def test_what_changed_is_said_and_made_again_with_one_click(qtbot, shop_of, show, save_to, tmp_path):
    page = show(shop_of, "feed")
    view = page.view()
    save_to(tmp_path / "feed.csv")
    view.go.click()
    made(qtbot, view)
    qtbot.waitUntil(lambda: "Made" in view.status.text())
    assert "changed" not in view.status.text()
    shop_of.run("", update_product, 1, name="New box")
    qtbot.waitUntil(lambda: "changed since" in view.status.text())
    save_to(tmp_path / "never asked")
    view.go.click()
    made(qtbot, view)
    assert "New box" in (tmp_path / "feed.csv").read_text("utf-8")
    qtbot.waitUntil(lambda: "changed" not in view.status.text())
    assert len(listed(shop_of)) == 1


def test_the_choice_is_kept_with_the_export(qtbot, shop_of, show, save_to, press, tmp_path):
    page = show(shop_of, "site")
    view = page.view()
    fields = view.options.fields
    fields["prices"].editor.set_value("wholesale")
    fields["prices"].editor.activated.emit(1)
    fields["less"].editor.setFocus()
    fields["less"].editor.selectAll()
    press(fields["less"].editor, "40")
    fields["note"].editor.setFocus()
    press(fields["note"].editor, "VAT")
    fields["base_url"].editor.setFocus()
    press(fields["base_url"].editor, "nowhere")
    save_to(tmp_path / "site")
    (tmp_path / "site").mkdir()
    view.go.click()  # what is typed counts
    assert view.progress.isHidden()
    assert fields["base_url"].message.text() != fields["base_url"]._hint  # and is refused where it cannot be
    fields["base_url"].editor.selectAll()
    press(fields["base_url"].editor, "bayt.example")
    view.go.click()
    made(qtbot, view)
    written = (tmp_path / "site/index.html").read_text("utf-8")
    assert "VAT" in written
    assert "https://bayt.example" in written
    again = PublishPage(shop_of)
    qtbot.addWidget(again)
    expected = {"prices": "-40", "note": "VAT", "base_url": "https://bayt.example", "collections": []}
    assert again.view().options.options() == expected
    assert again.view().options.fields["less"].value() == "40"


def test_another_language_of_the_window_keeps_what_was_chosen(qtbot, shop_of, show):
    page = show(shop_of, "pdf")
    page.view().options.fields["columns"].editor.set_value(0)
    page.view().options.fields["columns"].editor.activated.emit(3)
    again = PublishPage(shop_of)
    qtbot.addWidget(again)
    again.show_target(page.state())
    assert again.view().form().kind == "pdf"
    assert again.view().options.options()["columns"] == 0


def test_a_collection_narrows_the_page(qtbot, shop_of, show):
    view = show(shop_of, "site").view()
    assert view.gaps.summary.text() == "3 items"
    view.options.collections.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: view.gaps.summary.text() == "1 item")
    assert view.options.options()["collections"] == [1]


def test_long_messages_are_copied_one_after_the_other(qtbot, shop_of, show):
    long = "A long description. " * 10
    rows = [{"name": f"Item {at} {'x' * 150}", "price": 100, "description": long} for at in range(300)]
    shop_of.run("", insert_rows, Product, [{**row, "position": f"b{at}"} for at, row in enumerate(rows)])
    said = []
    shop_of.said.connect(lambda saying: said.append(saying.sentence))
    view = show(shop_of, "text").view()
    qtbot.waitUntil(lambda: len(view.preview.copies) > 1, timeout=15_000)
    copied = []
    for _ in view.preview.copies:
        view.copy.click()
        copied.append(QApplication.clipboard().text())
    assert len(set(copied)) == len(copied)
    assert said[0].startswith("Message 1 of ")
    assert view.preview._shown[0].text().startswith("Only the first 300 items")


def test_the_ending_decides_on_the_format_of_the_feed(qtbot, shop_of, show, save_to, tmp_path):
    view = show(shop_of, "feed").view()
    for ending, start in ((".tsv", b"id\t"), (".xlsx", b"PK"), (".xml", b"<?xml")):
        save_to(tmp_path / f"feed{ending}")
        view.elsewhere.click()
        made(qtbot, view)
        assert (tmp_path / f"feed{ending}").read_bytes().startswith(start)


def test_of_many_problems_a_few_are_said_and_how_many_more_there_are(qtbot, shop_of, show, save_to, tmp_path):
    def harm(session):
        add_product(session, "SHOUTED", price=0, description="<b>loud</b>")
        add_product(session, "n" * 300, code="c" * 90)

    shop_of.run("Harm", harm)
    view = show(shop_of, "feed").view()
    save_to(tmp_path / "feed.csv")
    view.go.click()
    made(qtbot, view)
    lines = view.trouble.text().splitlines()
    assert (len(lines), lines[-1]) == (publish_form.REMARKS + 1, "There are 3 more problems.")


def test_a_message_is_copied_whole_and_its_pictures_saved(qtbot, direction, shop_of, show, save_to, tmp_path):
    view = show(shop_of, "text").view()
    qtbot.waitUntil(lambda: len(view.preview.copies) == 1)
    view.options.fields["links"].editor.click()
    qtbot.waitUntil(lambda: "wa.me" in view.preview.copies[0]._source())
    view.preview.copies[0].click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("*Bayt*")
    assert "Box 2" in copied
    assert "wa.me/971501234567" in copied
    assert listed(shop_of) == [("text", 0)]
    (tmp_path / "chat").mkdir()
    save_to(tmp_path / "chat")
    view.go.click()
    made(qtbot, view)
    assert len(list((tmp_path / "chat").glob("*.txt"))) == 1


def test_selected_items_alone_are_given_out_until_all_are_wanted(qtbot, direction, shop_of, show):
    page = show(shop_of, "site")
    page.show_target(("text", [1, 3]))
    view = page.view()
    qtbot.waitUntil(lambda: len(view.preview.copies) == 1)
    text = view.preview.copies[0]._source()
    assert "Box 0" in text
    assert "Box 1" not in text
    assert page.state().options["text"]["items"] == [1, 3]
    view.options.all_items.click()
    qtbot.waitUntil(lambda: "Box 1" in view.preview.copies[0]._source())
    assert view.options.items.isHidden()


def test_stopped_it_leaves_what_was_there(qtbot, shop_of, show, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    with shop_of.reader() as session:
        write_site(session, folder)
    before = (folder / "index.html").read_bytes()
    shop_of.run("", update_product, 1, name="New box")
    view = show(shop_of, "site").view()
    view.make(folder)
    assert view.progress.isVisible()
    assert view.go.isHidden()
    job = view._making
    qtbot.keyClick(view.progress.stop, Qt.Key.Key_Return)
    assert view.progress.isHidden()
    assert "Stopped" in view.trouble.text()
    job.wait()
    assert (folder / "index.html").read_bytes() == before
    assert listed(shop_of) == []
    assert not list(tmp_path.glob(".*.part"))


def test_a_folder_that_is_gone_is_asked_for_anew(qtbot, shop_of, show, save_to, tmp_path):
    shop_of.database.run_unrecorded(exports.record, "feed", tmp_path / "gone/feed.csv", {}, "", 3)
    view = show(shop_of, "feed").view()
    save_to(tmp_path / "feed.csv")
    view.go.click()
    made(qtbot, view)
    assert (tmp_path / "feed.csv").exists()


def test_a_full_disk_leaves_the_last_one_whole_and_says_why(qtbot, shop_of, show, tmp_path):
    target = tmp_path / "feed.csv"
    target.write_text("the last one")
    view = show(shop_of, "feed").view()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        view.make(target)
        made(qtbot, view)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert view.trouble.isVisible()
    assert "feed.csv" in view.trouble.text()
    assert target.read_text() == "the last one"
    assert not list(tmp_path.glob(".*.part"))
    assert listed(shop_of) == []


def test_what_is_missing_leads_to_the_items(qtbot, shop_of, show):
    wanted = []
    shop_of.wanted.connect(lambda *place: wanted.append(place))
    view = show(shop_of, "site").view()
    buttons = {button.accessibleName(): button for button in view.findChildren(QPushButton)}
    buttons["Show: 3 items have no picture"].click()
    assert wanted == [("catalog", Search("", ("no-picture", "shown"), ""))]


def test_an_empty_shop_says_what_to_do(qtbot, direction, context, show):
    wanted = []
    context.wanted.connect(lambda *place: wanted.append(place))
    view = show(context, "site").view()
    assert not view.go.isEnabled()
    qtbot.waitUntil(view.preview.front.isVisible)
    view.gaps.findChildren(QPushButton)[0].click()
    assert wanted == [("catalog", None)]
    page = show(context, "pdf")
    view = page.view()
    qtbot.waitUntil(lambda: view.preview.nothing.text() != "")  # why there is nothing to look at
    page.rows[ALL].setFocus()
    qtbot.keyClick(page.rows[ALL], Qt.Key.Key_Tab)
    assert view.gaps.buttons[0].hasFocus(), "what is to be done is come to where it stands"


def test_a_shop_that_is_only_read_is_given_out_all_the_same(qtbot, shop_of, show, tmp_path):
    shop = shop_of.database.path if hasattr(shop_of.database, "path") else None
    context = Context(Database(shop or tmp_path / "shop.dukkan", read_only=True))
    view = show(context, "json").view()
    view.make(tmp_path / "all.json")
    made(qtbot, view)
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["profile"]["name"] == "Bayt"
    context.close()


def test_the_keyboard_alone_is_enough(qtbot, direction, shop_of, show, save_to, tmp_path):
    page = show(shop_of, "site")
    page.rows["site"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.rows["site"], Qt.Key.Key_Down)
    assert page.view().form().kind == FORMS[1].kind
    focus = page.rows[FORMS[1].kind]
    for _ in range(40):
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is page.view().go:
            break
    assert focus is page.view().go
    save_to(tmp_path / "a.pdf")
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    made(qtbot, page.view())
    assert (tmp_path / "a.pdf").exists()


def test_nothing_is_looked_at_that_is_not_seen(qtbot, shop_of, show, monkeypatch):
    page = show(shop_of, "feed")
    looks = []
    monkeypatch.setattr(publish_form.FormView, "_look", lambda view: looks.append(view.form().kind))
    page.hide()
    shop_of.run("", update_product, 1, name="New")
    assert looks == []
