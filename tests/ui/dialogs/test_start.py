"""The dialog that starts a shop, used as an owner does."""

import time

import pytest
import tzlocal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.data.database import Database
from desktop.services.profile import read_profile
from desktop.services.shop import create_shop, start_shop
from desktop.ui.dialogs.start import Start, StartDialog, likely_territory


@pytest.fixture(autouse=True)
def clock():
    """A computer in Dubai that speaks American English, which says nothing of where it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Dubai")
        patch.setenv("LANG", "en_US.UTF-8")
        patch.delenv("LC_ALL", raising=False)
        patch.delenv("LC_MESSAGES", raising=False)
        time.tzset()  # C's own clock asks for the zone once only
        tzlocal.reload_localzone()
        yield
    time.tzset()
    tzlocal.reload_localzone()


@pytest.fixture
def dialog(qtbot, tmp_path):
    dialog = StartDialog(folder=tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.sent = []
    dialog.finished_with.connect(dialog.sent.append)
    dialog.open()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


@pytest.fixture
def enter(qtbot):
    """A function that pastes a text over what is in a field."""

    def enter(field, text):
        field.setFocus()
        field.editor.selectAll()
        QGuiApplication.clipboard().setText(text)  # QTest types ASCII only
        qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    return enter


def choose(field, label):
    field.editor.setCurrentIndex(field.editor.findText(label))
    field.editor.activated.emit(field.editor.currentIndex())


def test_a_name_is_enough(qtbot, dialog, enter, tmp_path):
    assert dialog.name.editor.hasFocus()
    enter(dialog.name, "  بيت   الهدايا ")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    path = tmp_path / "بيت الهدايا.dukkan"
    assert dialog.sent == [Start(path, "بيت الهدايا", "AE", "AED", "", "Asia/Dubai", "en")]
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not dialog.isVisible()


def test_what_it_sends_makes_a_shop(qtbot, dialog, enter):
    enter(dialog.name, "Bayt")
    enter(dialog.phone, "٠٥٠ ١٢٣ ٤٥٦٧")
    dialog.start.click()
    [start] = dialog.sent
    fields = (start.name, start.territory, start.currency, start.phone, start.time_zone, start.language)
    create_shop(start.path, lambda session: start_shop(session, *fields))
    database = Database(start.path)
    with database.reader() as session:
        profile = read_profile(session)
    database.close()
    assert (profile.name, profile.phone, profile.currency) == ("Bayt", "971501234567", "AED")


def test_without_a_name_it_stays_and_says_so(dialog):
    dialog.start.click()
    assert dialog.sent == []
    assert dialog.isVisible()
    assert dialog.name.message.text() == "The shop needs a name."
    assert dialog.name.editor.hasFocus()


def test_everything_wrong_is_said_at_once(dialog, enter):
    enter(dialog.phone, "05012")
    dialog.start.click()
    assert dialog.name.message.text() == "The shop needs a name."
    assert "this has" in dialog.phone.message.text()
    assert dialog.phone.value() == "05012"
    enter(dialog.name, "Bayt")
    assert not dialog.name.message.isVisible()
    dialog.start.click()
    assert dialog.sent == []
    assert dialog.phone.editor.hasFocus()


def test_a_number_is_looked_at_when_it_is_left(qtbot, dialog, enter):
    enter(dialog.phone, "0501234567")
    qtbot.keyClick(dialog.phone.editor, Qt.Key.Key_Tab)
    assert dialog.phone.value() == "+971 50 123 4567"
    enter(dialog.phone, "050 letters")
    qtbot.keyClick(dialog.phone.editor, Qt.Key.Key_Tab)
    assert "letters" in dialog.phone.message.text()
    enter(dialog.phone, "")
    dialog.phone.editor.clear()
    dialog.phone.editor.textEdited.emit("")
    qtbot.keyClick(dialog.phone.editor, Qt.Key.Key_Tab)
    assert dialog.phone.message.text() == "Can wait. Links and QR codes need it."


def test_the_country_brings_currency_time_and_the_form_of_numbers(dialog, enter):
    choose(dialog.territory, "Kuwait")
    assert (dialog.currency.value(), dialog.time_zone.value()) == ("KWD", "Asia/Kuwait")
    assert "Kuwaiti Dinar" in dialog.home.header.text()
    enter(dialog.name, "Bayt")
    enter(dialog.phone, "50012345")
    dialog.start.click()
    assert dialog.sent[0].phone == "96550012345"


def test_a_number_is_looked_at_again_in_another_country(qtbot, dialog, enter):
    enter(dialog.phone, "50012345")
    qtbot.keyClick(dialog.phone.editor, Qt.Key.Key_Tab)
    assert "digits" in dialog.phone.message.text()
    choose(dialog.territory, "Kuwait")
    assert "digits" not in dialog.phone.message.text()


def test_a_currency_of_ones_own_stays_when_the_country_changes(dialog):
    assert dialog.home.is_folded()
    dialog.home.header.click()
    assert dialog.currency.isVisible()
    choose(dialog.currency, "US Dollar")
    choose(dialog.territory, "Saudi Arabia")
    assert (dialog.currency.value(), dialog.time_zone.value()) == ("USD", "Asia/Riyadh")


def test_without_a_country_it_asks_for_one(dialog, enter):
    enter(dialog.name, "Bayt")
    dialog.territory.start(None)
    dialog.start.click()
    assert dialog.sent == []
    assert "Choose the country" in dialog.territory.message.text()


@pytest.mark.parametrize(("name", "file"), [("Bayt/..\\x: 100%?", "Bayt-..-x- 100%-"), ("CON", "_CON"), ("...", "_")])
def test_every_name_is_one_for_a_file(dialog, enter, tmp_path, name, file):
    enter(dialog.name, name)
    assert dialog.path() == tmp_path / f"{file}.dukkan"
    assert f"{file}.dukkan" in dialog.place.text()
    dialog.start.click()
    assert dialog.sent[0].name == name


def test_a_file_that_is_there_stays_as_it_is(dialog, enter, tmp_path):
    (tmp_path / "Bayt.dukkan").write_text("mine")
    enter(dialog.name, "Bayt")
    assert "there already" in dialog.trouble.text()
    dialog.start.click()
    assert dialog.sent == []
    assert (tmp_path / "Bayt.dukkan").read_text() == "mine"
    enter(dialog.name, "Bayt 2")
    assert not dialog.trouble.isVisible()
    dialog.start.click()
    assert dialog.sent[0].path == tmp_path / "Bayt 2.dukkan"


def test_a_place_that_was_chosen_no_longer_follows_the_name(dialog, enter, tmp_path):
    enter(dialog.name, "Bayt")
    dialog.change.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser.selectedFiles()[0].endswith("Bayt.dukkan")
    chooser.fileSelected.emit(str(tmp_path / "here.dukkan"))
    chooser.close()
    enter(dialog.name, "Another")
    dialog.start.click()
    assert dialog.sent[0].path == tmp_path / "here.dukkan"
    assert dialog.sent[0].name == "Another"


def test_a_folder_that_is_not_there_is_told(dialog, enter, tmp_path):
    enter(dialog.name, "Bayt")
    dialog._on_chosen(str(tmp_path / "gone" / "Bayt.dukkan"))
    assert "not there any more" in dialog.trouble.text()
    dialog.start.click()
    assert dialog.sent == []


def test_a_folder_without_leave_to_write_is_told(monkeypatch, dialog, enter):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # whoever runs the tests may write everywhere
    enter(dialog.name, "Bayt")
    assert "Nothing can be kept" in dialog.trouble.text()


def test_cancel_and_escape_send_nothing(qtbot, dialog, enter):
    enter(dialog.name, "Bayt")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Escape)  # takes back what was typed
    assert dialog.isVisible()
    assert dialog.name.value() == ""
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.sent == []


def test_it_grows_with_what_it_unfolds_and_says(qtbot, dialog):
    before = dialog.height()
    dialog.home.header.click()
    qtbot.waitUntil(lambda: dialog.height() > before)
    unfolded = dialog.height()
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.height() > unfolded)
    assert dialog._area.verticalScrollBar().maximum() == 0


def test_the_keyboard_goes_through_it_in_reading_order(qtbot, dialog):
    fields = (dialog.name, dialog.territory, dialog.language)
    order = [*(field.editor for field in fields), dialog.home.header, dialog.phone.editor, dialog.change]
    order += [dialog.cancel, dialog.start]
    reached = [dialog.focusWidget()]
    for _ in order[1:]:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.append(dialog.focusWidget())
    assert reached == order
    assert all(widget.accessibleName() for widget in order)


@pytest.mark.parametrize(("told", "likely"), [("US", "AE"), ("", "AE"), ("AE", "AE"), ("ZZ", "AE")])
def test_the_clock_tells_where_a_computer_is(told, likely):
    assert likely_territory(told) == likely
