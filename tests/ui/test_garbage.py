"""Widgets are only ever destroyed in their own thread."""

import gc
import threading

import pytest
from PySide6.QtWidgets import QWidget

from desktop.ui.garbage import Sweeper


@pytest.fixture
def sweeper(qapp):
    sweeper = Sweeper(qapp)
    yield sweeper
    sweeper.deleteLater()


def leave_a_cycle(ends):
    """Make a widget that only the collector can find, and note in which thread it goes."""
    widget = QWidget()
    widget.itself = widget
    widget.destroyed.connect(lambda: ends.append(threading.get_ident()))


def test_a_busy_worker_destroys_no_widget(sweeper):
    ends = []
    leave_a_cycle(ends)
    worker = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert not gc.isenabled()
    assert ends == []
    sweeper.sweep()
    assert ends == [threading.get_ident()]


def test_what_is_old_is_found_in_the_end(sweeper):
    ends = []
    leave_a_cycle(ends)
    gc.freeze()
    gc.unfreeze()  # now it is as old as can be
    sweeper.sweep()
    assert ends == []
    for _ in range(12):
        sweeper.sweep()
    assert ends == [threading.get_ident()]
