"""The customers, as their owner uses them: found, edited, told apart, merged, and not written to who asked so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.i18n import bidi
from desktop.services.customers import (
    add_customer,
    find_customers,
    read_customer,
    read_people,
    stop_messages,
    update_customer,
)
from desktop.services.labels import add_label, labels_among, put_label
from desktop.services.profile import update_profile
from desktop.services.send_lists import read_send_list, search_of
from desktop.services.terms import Search
from desktop.ui.context import Context
from desktop.ui.dialogs.merge import MergeDialog
from desktop.ui.pages.customers import CustomersPage
from desktop.ui.widgets.chips import Chip
from desktop.ui.widgets.labels import Label


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with three customers, of whom one is a VIP, and a label that nobody has."""

    def fill(run):
        run("Set", update_profile, None, name="Bayt", territory="AE", currency="AED", language="en")
        noura = run("Add", add_customer, "Noura", "0501234567", note="likes blue")
        badr = run("Add", add_customer, "Badr", "+966501112222")
        reem = run("Add", add_customer, "ريم", username="reem.ali")
        vip, new = run("Add", add_label, "VIP"), run("Add", add_label, "New")
        run("Put", put_label, noura, vip)
        return {"noura": noura, "badr": badr, "reem": reem, "vip": vip, "new": new}

    return filled_once(fill)


@pytest.fixture
def people(stocked):
    """The ids of the customers and labels by name."""
    return stocked.found


@pytest.fixture
def page(qtbot, context, people, opened, in_front):
    """The page, once all customers and their counts are there."""
    page = CustomersPage(context, opener=lambda url: opened.append(url.toString()) or True)
    in_front(page, 1108, 840)
    settle(qtbot, page)
    return page


def settle(qtbot, page):
    qtbot.waitUntil(lambda: page._job is None and page.filters._job is None)


def look_for(qtbot, page, typed):
    page.search.setText(typed)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    settle(qtbot, page)


def names(page):
    rows = page.grid.cards
    return [bidi.strip(str(rows.index_at(place).data())) for place in range(len(rows.ids))]


def enter(qtbot, field, text):
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text)
    field.commit()


def stored(context, customer):
    return context.get(read_customer, customer)


def test_an_empty_page_teaches_and_the_first_is_added(qtbot, context, opened):
    page = CustomersPage(context)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, page)
    assert page.empty.isVisible()
    assert not page.filters.isVisible()
    page.add_first.click()
    settle(qtbot, page)
    enter(qtbot, page.inspector.fields["name"], "Huda")
    assert names(page) == ["Huda"]
    assert not page.empty.isVisible()


def test_found_by_number_filtered_by_label_and_none_found(qtbot, page, people):
    look_for(qtbot, page, "٠٥٠ ١٢٣")
    assert names(page) == ["Noura"]
    look_for(qtbot, page, "xyzzy")
    assert page.nothing.isVisible()
    page.show_all.click()
    settle(qtbot, page)
    assert set(names(page)) == {"Badr", "Noura", "ريم"}
    chip = next(chip for chip in page.filters.chips.findChildren(Chip) if "VIP" in chip.text())
    chip.click()
    settle(qtbot, page)
    assert names(page) == ["Noura"]
    page.show_target(Search("", ("no-phone", "no-label")))
    settle(qtbot, page)
    assert names(page) == ["ريم"]
    assert len(page.filters._removable) == 2


def test_fields_save_themselves_and_keep_what_is_none(qtbot, context, page, people):
    page.grid.set_current(people["noura"])
    fields = page.inspector.fields
    assert fields["phone"].value() == "+971 50 123 4567"
    enter(qtbot, fields["phone"], "12")
    assert fields["phone"].is_unsaved()
    assert "digits" in fields["phone"].message.text()
    assert stored(context, people["noura"]).phone == "971501234567"
    page.grid.set_current(people["badr"])
    qtbot.waitUntil(lambda: page.grid.current() == people["noura"])  # what is typed stays in sight
    enter(qtbot, fields["phone"], "055 765 4321")
    page.inspector.more.set_folded(False)
    enter(qtbot, fields["birthday"], "14/5")
    assert (stored(context, people["noura"]).phone, stored(context, people["noura"]).birthday) == (
        "971557654321",
        "--05-14",
    )
    assert "Birthday" in page.inspector.more.header.text()


def test_a_change_elsewhere_is_shown_but_not_over_what_is_typed(qtbot, context, page, people):
    page.grid.set_current(people["noura"])
    fields = page.inspector.fields
    fields["name"].editor.setFocus()
    qtbot.keyClicks(fields["name"].editor, "x")
    context.run("Change", update_customer, people["noura"], note="likes red", name="Noura Ali")
    assert fields["note"].value() == "likes red"
    assert fields["name"].value() == "xNoura"
    assert not fields["name"].commit()
    assert "changed elsewhere" in fields["name"].message.text()


def test_who_asked_to_stop_is_not_opened_until_they_want_messages_again(qtbot, context, page, people, opened, said):
    page.grid.set_current(people["noura"])
    panel = page.inspector
    panel.chat.click()
    assert opened == ["https://wa.me/971501234567"]
    assert "opened" in said[-1][0]
    assert "sent" not in said[-1][0]
    panel.consent.stop.click()
    assert not panel.chat.isEnabled()
    assert not panel.copy_link.isEnabled()
    assert "no more messages" in panel.reason.text()
    enter(qtbot, panel.consent.stopped_how, "wrote: stop")
    assert stored(context, people["noura"]).stopped_how == "wrote: stop"
    panel.consent.resume.click()
    assert panel.chat.isEnabled()
    panel.consent.agreed.click()
    assert stored(context, people["noura"]).consent_at is not None
    panel.contact.now.click()
    assert stored(context, people["noura"]).last_contact_at is not None
    page.grid.set_current(people["reem"])
    assert not panel.chat.isEnabled(), "no number"


def test_a_send_list_is_made_of_whom_the_filters_find(qtbot, context, page, people):
    wanted = []
    context.wanted.connect(lambda name, target: wanted.append((name, target)))
    page.show_target(Search("", ("no-label",)))
    page._on_send()
    ((name, made),) = wanted
    assert name == "send-lists"
    assert search_of(context.get(read_send_list, made)) == Search("", ("no-label",))


def test_a_long_label_leaves_room_for_the_form(qtbot, context, page, people):
    context.run("Put", put_label, people["noura"], context.run("Add", add_label, "W" * 300))
    page.show_target(people["noura"])
    settle(qtbot, page)
    area = page.inspector.panel.area
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_labels_are_put_on_and_taken_off(qtbot, context, page, people):
    page.show_target(Search("", (f"label=#{people['vip']}",)))
    settle(qtbot, page)
    page.grid.set_current(people["noura"])
    labels = page.inspector.labels
    assert len(labels.chips) == 1
    assert "VIP" in labels.chips[0].accessibleName()
    labels._fill()
    next(action for action in labels.menu.actions() if "New" in action.text() and action.isCheckable()).trigger()
    assert context.get(labels_among, [people["noura"]]) == {people["vip"]: 1, people["new"]: 1}
    labels.chips[0].click()
    assert context.get(labels_among, [people["noura"]]) == {people["new"]: 1}
    context.reverse()
    assert len(labels.chips) == 2
    labels.chips[0].click()
    settle(qtbot, page)
    assert names(page) == ["Noura"]  # until one goes on
    page.grid.set_current(None)
    settle(qtbot, page)
    assert names(page) == []


def test_deleting_asks_nothing_and_undo_comes_back_to_them(qtbot, context, page, people, said):
    page.grid.set_current(people["noura"])
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert said[-1] == ("Customer deleted", True)
    assert "Noura" not in names(page)
    context.reverse()
    settle(qtbot, page)
    assert page.inspector.row() == people["noura"]


def test_several_at_once(qtbot, context, page, people, said):
    page.grid.setFocus()
    page.grid.select_all()
    bar = page.several
    assert page.head.currentWidget() is bar
    assert page.together.isVisible()
    bar._put(people["new"])
    assert said[-1] == ("Label put on 3 customers", True)
    bar.stop.trigger()
    assert all(one.stopped for one in context.get(lambda session: read_people(session, find_customers(session))))
    page.several.delete.trigger()
    settle(qtbot, page)
    assert context.get(find_customers) == []
    assert said[-1] == ("3 customers deleted", True)


def test_the_same_number_is_told_and_merged_with_a_preview(qtbot, direction, context, page, people, said):
    other = context.run("Add", add_customer, "أم علي", "050 123 4567", email="a@example.com", birthday="3/4")
    settle(qtbot, page)
    assert "duplicate" in [value for value, *_ in page.filters._made]
    page.grid.set_current(people["noura"])
    assert page.inspector.merge.isVisible()
    page.inspector.merge.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog))
    shown = {title: bidi.strip(text) for title, text in dialog.rows()}
    assert "أم علي" in "".join(shown.values())
    assert "a@example.com" in "".join(shown.values())
    dialog.choices.button(people["noura"]).click()
    assert bidi.strip(dialog.rows()[0][1]) == "Noura"
    assert "أم علي" in dialog.rows()[-1][1] or any("أم علي" in text for _title, text in dialog.rows())
    dialog.go.click()
    settle(qtbot, page)
    assert context.get(find_customers, "", ["duplicate"]) == []
    assert other not in context.get(find_customers)
    assert stored(context, people["noura"]).email == "a@example.com"
    assert said[-1][1], "it can be taken back"
    assert not page.inspector.merge.isVisible()


def test_a_shop_that_cannot_be_written_to_can_be_read(qtbot, context, people, monkeypatch):
    context.run("Stop", stop_messages, [people["badr"]])
    monkeypatch.setattr(Context, "read_only", True)
    page = CustomersPage(context)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, page)
    page.grid.set_current(people["badr"])
    for button in (page.add, page.inspector.delete, page.inspector.consent.resume, page.inspector.labels.add):
        assert not button.isEnabled()
    assert page.inspector.fields["name"].editor.isReadOnly()
    assert page.inspector.copy_phone.isEnabled()
    assert page.findChildren(Label)


def test_a_long_name_leaves_room_for_its_number_where_two_are_merged(qtbot, context, people):
    context.run("Rename", update_customer, people["noura"], None, name="x" * 120)
    dialog = MergeDialog(context, list(people.values())[:2])
    qtbot.addWidget(dialog)
    words = [bidi.strip(button.text()) for button in dialog.choices.buttons()]
    assert any("x… · +971 50 123 4567" in text and len(text) < 70 for text in words)
