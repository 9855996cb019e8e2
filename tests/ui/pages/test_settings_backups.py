"""The second folder for backups, as it is chosen in the settings."""

import pytest

from desktop.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot, fresh, context):
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_second_folder_is_chosen_and_left(qtbot, page, tmp_path):
    wanted = []
    page.settings_wanted.connect(wanted.append)
    card = page.backups
    assert card.leave.isHidden()
    card.take(str(tmp_path))
    assert str(tmp_path) in card.place.text()
    assert "Now it is not" not in card.place.text()
    card.take(str(tmp_path / "usb"))
    assert "Now it is not" in card.place.text()
    card.leave.click()
    assert card.leave.isHidden()
    assert wanted == [{"backup_folder": folder} for folder in (str(tmp_path), str(tmp_path / "usb"), "")]


def test_the_folder_of_this_computer_is_opened(qtbot, fresh, context):
    opened = []
    page = SettingsPage(context, opened.append)
    qtbot.addWidget(page)
    page.backups.folder.click()
    assert len(opened) == 1
