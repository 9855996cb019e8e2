"""What is found while somebody types: at once, or the quick answers first and then all."""

import pytest

from desktop.services.catalog import add_product
from desktop.services.replies import add_reply
from desktop.ui import finding
from desktop.ui.finding import Finding


@pytest.fixture
def shop_of(context):
    """A shop with an item and a reply of the same word."""
    context.run("", add_product, "Rose box")
    context.run("", add_reply, "rose", "Roses are red")
    return context


@pytest.fixture
def seen(shop_of):
    """What was found, each time something was told: the names of items, the shortcuts, and whether more is coming."""
    finder, told = Finding(shop_of, shop_of), []

    def note(found):
        told.append(([card.name for card in found.items], [reply.shortcut for reply in found.replies], finder.is_busy))

    finder.found.connect(note)
    return finder, told


def test_in_a_small_shop_all_is_there_at_once(seen):
    finder, told = seen
    finder.begin()
    finder.find("rose")
    assert told == [(["Rose box"], ["rose"], False)]


def test_in_a_large_one_it_does_not_wait_for_a_slow_answer(qtbot, seen, monkeypatch):
    finder, told = seen
    monkeypatch.setattr(finding, "SMALL", 0)
    monkeypatch.setattr(finding, "WAIT", 0)
    finder.begin()
    finder.find("rose")
    assert finder.is_busy
    qtbot.waitUntil(lambda: not finder.is_busy)
    assert told == [(["Rose box"], ["rose"], False)]


def test_where_every_row_is_read_the_quick_answers_come_first(qtbot, seen, monkeypatch):
    finder, told = seen
    monkeypatch.setattr(finding, "SMALL", 0)
    finder.begin()
    finder.find("os")
    assert told == [([], ["rose"], True)]
    qtbot.waitUntil(lambda: not finder.is_busy)
    assert told[1:] == [(["Rose box"], ["rose"], False)]


def test_an_answer_that_comes_in_time_is_told_once(seen, monkeypatch):
    finder, told = seen
    monkeypatch.setattr(finding, "SMALL", 0)
    monkeypatch.setattr(finding, "WAIT", 10_000)
    finder.begin()
    finder.find("rose")
    assert told == [(["Rose box"], ["rose"], False)]


def test_what_is_typed_next_takes_the_place_of_what_was(qtbot, seen, monkeypatch):
    finder, told = seen
    monkeypatch.setattr(finding, "WAIT", 0)
    finder.find("r")
    finder.find("zz")
    qtbot.waitUntil(lambda: not finder.is_busy)
    assert told[-1][:2] == ([], [])
    finder.find("r")
    finder.stop()
    assert not finder.is_busy
