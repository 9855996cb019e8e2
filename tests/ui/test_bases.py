"""What is typed over: a change that was made elsewhere is told, and written over only by who means it."""

import pytest

from desktop.services.editing import changed_elsewhere
from desktop.ui.bases import Bases


class Stored:
    """A row of one column, stored with its version."""

    def __init__(self):
        self.version, self.text = 1, "first"

    def write(self, text, base):
        if base != self.version:
            raise changed_elsewhere("text")
        self.version, self.text = self.version + 1, text

    def elsewhere(self):
        self.write("theirs", self.version)


@pytest.fixture
def stored():
    return Stored()


@pytest.fixture
def save(stored):
    bases = Bases()
    bases.show("text", stored.version)

    def save(text, visit):
        return bases.save("text", text, visit, lambda base: stored.write(text, base), lambda: stored.version)

    save.bases = bases
    return save


def test_the_own_text_is_what_is_typed_over_next(stored, save):
    assert save("a", "visit") == save("b", "visit") == save("c", "another visit") == ""
    assert stored.text == "c"


def test_leaving_twice_writes_nothing_over(stored, save):
    stored.elsewhere()
    for _step in ("a pause", "leaving the field", "leaving the page"):
        assert "changed elsewhere" in save("mine", "visit")
    assert stored.text == "theirs"


@pytest.mark.parametrize(("text", "visit"), [("mine", "another visit"), ("mine too", "visit")])
def test_to_save_again_is_to_mean_it(stored, save, text, visit):
    stored.elsewhere()
    assert save("mine", "visit")
    assert not save(text, visit)
    assert stored.text == text


def test_what_was_changed_after_it_was_told_is_told_again(stored, save):
    stored.elsewhere()
    assert save("mine", "visit")
    stored.elsewhere()
    assert "changed elsewhere" in save("mine", "another visit")
    assert stored.text == "theirs"


def test_what_is_shown_anew_is_what_one_types_over(stored, save):
    stored.elsewhere()
    assert save("mine", "visit")
    stored.elsewhere()
    save.bases.show("text", stored.version)
    assert not save("mine", "another visit")


def test_a_change_of_something_else_is_followed_only_by_who_knew_what_was_there(stored, save):
    save.bases.follow("text", 1, 5)
    stored.version = 5
    assert not save("mine", "visit")
    stored.elsewhere()
    before, stored.version = stored.version, 9
    save.bases.follow("text", before, 9)
    assert "changed elsewhere" in save("mine again", "visit")


def test_a_slip_of_the_program_is_not_hidden(save):
    with pytest.raises(ZeroDivisionError):
        save.bases.save("text", "mine", "visit", lambda base: 1 / 0, lambda: 1)
