"""Work behind the window: its answer, its slips, and stopping it."""

from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, Slot

from desktop.ui.tasks import EVERY, Job, Token


class Listener(QObject):
    """Notes what a job answers, and in which thread."""

    def __init__(self):
        super().__init__()
        self.heard = []

    def listen(self, job):
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.progressed.connect(self._on_progress)
        return job

    @Slot(object)
    def _on_done(self, result):
        self.heard.append(("done", result, current_thread() is main_thread()))

    @Slot(object)
    def _on_failed(self, error):
        self.heard.append(("failed", str(error), current_thread() is main_thread()))

    @Slot(object, object)
    def _on_progress(self, done, total):
        self.heard.append(("progressed", (done, total), current_thread() is main_thread()))


@pytest.fixture
def listener(qapp):
    return Listener()


@pytest.fixture
def owner(qapp):
    """Whom jobs belong to; it waits for them."""
    owner = QObject()
    yield owner
    for job in owner.findChildren(Job):
        job.wait()


def test_it_works_elsewhere_and_answers_here(qtbot, owner, listener):
    job = listener.listen(Job(lambda token: current_thread() is main_thread(), owner))
    job.start()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("done", False, True)]
    qtbot.waitUntil(lambda: not owner.findChildren(Job))


def test_what_goes_wrong_is_told_here(qtbot, owner, listener):
    def fail(token):
        raise ValueError("no room")

    listener.listen(Job(fail, owner)).start()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("failed", "no room", True)]


def test_what_nobody_waits_for_is_not_lost(qtbot, owner):
    def fail(token):
        raise ValueError("no room")

    with qtbot.captureExceptions() as caught:
        Job(fail, owner).start()
        qtbot.waitUntil(lambda: bool(caught))
    assert [str(error) for _kind, error, _traceback in caught] == ["no room"]
    qtbot.waitUntil(lambda: not owner.findChildren(Job))


def test_a_cancelled_job_stops_and_says_nothing(qtbot, owner, listener):
    began = Event()

    def work(token):
        began.set()
        assert token.cancelled.wait(10)
        raise InterruptedError

    job = listener.listen(Job(work, owner))
    job.start()
    assert began.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: not owner.findChildren(Job))
    assert listener.heard == []


def test_an_answer_on_its_way_is_not_wanted_after_cancel(qtbot, owner, listener):
    job = listener.listen(Job(lambda token: 1, owner))
    job.start()
    assert job.wait(10_000)  # it has answered, but this thread has not looked yet
    job.cancel()
    qtbot.waitUntil(lambda: not owner.findChildren(Job))
    assert listener.heard == []


@pytest.mark.parametrize("end", ["done", "failed", "cancelled"])
def test_whoever_begins_to_listen_when_it_has_ended_hears_of_it_all_the_same(qtbot, owner, listener, end):
    job = Job(lambda _token: 1 // (end != "failed"), owner)
    job.start()
    assert job.wait(5000)  # as on a busy computer, before the next line
    listener.listen(job)
    if end == "cancelled":
        job.cancel()
    with qtbot.waitSignal(job.over):
        pass
    assert [kind for kind, *_rest in listener.heard] == ([] if end == "cancelled" else [end])


def test_an_answer_to_a_page_that_is_gone(qtbot, owner, listener):
    job = listener.listen(Job(lambda token: 1, owner))
    job.start()
    assert job.wait(10_000)
    listener.deleteLater()
    qtbot.waitUntil(lambda: not owner.findChildren(Job))
    assert listener.heard in ([], [("done", 1, True)])  # whichever Qt does first, and no crash


def test_progress_is_told_now_and_then_and_at_the_end(qtbot, owner, listener):
    def work(token):
        for step in range(10_001):
            token.report(step, 10_000)

    listener.listen(Job(work, owner)).start()
    qtbot.waitUntil(lambda: ("done", None, True) in listener.heard)
    told = [step for kind, step, _here in listener.heard if kind == "progressed"]
    assert told[0] == (0, 10_000)
    assert told[-1] == (10_000, 10_000)
    assert len(told) < 5 / EVERY  # even on a machine that takes five seconds


def test_a_large_count_of_steps(qapp):
    told = []
    Token(lambda done, total: told.append((done, total))).report(3_000_000_000, 3_000_000_000)
    assert told == [(3_000_000_000, 3_000_000_000)]
