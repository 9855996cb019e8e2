"""What every page is given."""

import sqlite3
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.data.database import Database
from desktop.i18n import N_
from desktop.services.catalog import add_product, count_products, remove_products
from desktop.services.errors import Invalid
from desktop.ui.context import Context, Saying, complaint
from desktop.ui.tasks import Job

FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(sayings.append)
    return sayings


def refuse(session):
    add_product(session, "Half")
    raise Invalid("price", "That is no price.")


def slip(session):
    raise LookupError


def test_reading_and_writing(qtbot, context):
    with qtbot.waitSignal(context.changed) as changed:
        context.run(N_("Add item"), add_product, "Bag", origin="me")
    assert changed.args[0].origin == "me"
    assert context.get(count_products) == 1
    job = context.read(count_products)
    with qtbot.waitSignal(job.done) as done:
        job.start()
    assert done.args == [1]


def test_a_field_is_told_what_is_wrong(context):
    assert context.save(N_("Add item"), add_product, "Bag") == ""
    assert context.save(N_("Change price"), refuse) == "That is no price."
    assert context.get(count_products) == 1
    with pytest.raises(LookupError):
        context.save(N_("Change price"), slip)


def test_a_button_says_what_is_wrong_or_done(context, said):
    item = context.act(N_("Add item"), add_product, "Bag")
    assert said == []
    assert context.act(N_("Change price"), refuse, done="Done") is None
    assert said == [Saying("That is no price.")]
    context.act(N_("Delete item"), remove_products, [item], done="Item deleted")
    assert said[1:] == [Saying("Item deleted", undo=True)]
    with pytest.raises(LookupError):
        context.act(N_("Change price"), slip, done="Done")
    assert len(said) == 2


@pytest.mark.fault("F05")
def test_a_shop_that_is_open_to_read_only(qapp, shop):
    context = Context(Database(shop, read_only=True))
    assert context.read_only
    assert "read only" in context.save(N_("Add item"), add_product, "Bag")
    context.close()


def test_what_is_copied_has_no_marks_of_direction(context, said):
    context.copy("\u2068علبة\u2069 \u200e75\u200f", "Copied.")
    context.copy("علبة\n75")
    assert QGuiApplication.clipboard().text() == "علبة\n75"
    assert [saying.sentence for saying in said] == ["Copied.", "Copied. Ready to paste into the chat."]


def test_going_somewhere(qtbot, context):
    with qtbot.waitSignal(context.wanted) as wanted:
        context.go("catalog", 7)
    assert wanted.args == ["catalog", 7]


def test_closing_stops_what_is_read(qapp, context):
    def count_for_ever(session):
        session.connection().exec_driver_sql(FOR_EVER).all()

    answers = []
    job = context.read(count_for_ever)
    job.done.connect(answers.append)
    job.failed.connect(answers.append)
    job.start()
    context.close()
    assert all(job.isFinished() for job in context.findChildren(Job))
    qapp.processEvents()
    assert answers == []


def test_what_an_owner_can_do_something_about():
    assert complaint(Invalid("", "No.")) == "No."
    with pytest.raises(sqlite3.OperationalError):
        complaint(sqlite3.OperationalError("disk I/O error"))


class Held:
    """A write that waits in its thread until it is let go."""

    def __init__(self):
        self.began, self.go = Event(), Event()

    def __call__(self, session, tell=None):
        add_product(session, "Bag")
        if tell:
            tell(1, 2)
        self.began.set()
        assert self.go.wait(10)
        return 3


def endless(session):
    add_product(session, "Half")
    session.connection().exec_driver_sql(FOR_EVER).all()


def test_a_write_behind_the_window_is_told_here_and_undone(qtbot, context, said):
    heard, told = [], []
    context.changed.connect(lambda notice: heard.append(current_thread() is main_thread()))
    held = Held()
    held.go.set()
    job = context.act_behind(N_("Add item"), held, done=lambda n: f"{n} items", progress=True)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args[0].result == 3
    assert (heard, said, told) == ([True], [Saying("3 items", undo=True)], [(1, 2)])
    assert context.database.undo() == "Add item"
    assert context.get(count_products) == 0


@pytest.mark.fault("F14")
def test_who_writes_meanwhile_is_told_and_who_reads_is_not_held_up(qtbot, context):
    held = Held()
    job = context.write(N_("Add item"), held)
    job.start()
    assert held.began.wait(10)
    assert context.get(count_products) == 0
    assert "still writing" in context.save(N_("Add item"), add_product, "Mug")
    with qtbot.waitSignal(job.done):
        held.go.set()
    assert context.save(N_("Add item"), add_product, "Mug") == ""
    assert context.get(count_products) == 2


@pytest.mark.fault("F18")
def test_a_cancelled_write_leaves_nothing(qtbot, context, contents):
    before = contents(context.database)
    answers = []
    job = context.write(N_("Add item"), endless)
    job.done.connect(answers.append)
    job.failed.connect(answers.append)
    job.start()
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert answers == []
    assert contents(context.database) == before
    assert context.database.next_title() is None
    assert context.save(N_("Add item"), add_product, "Mug") == ""


@pytest.mark.fault("F18")
def test_a_write_that_is_cancelled_at_the_end_leaves_nothing(qtbot, context):
    held = Held()
    job = context.write(N_("Add item"), held)
    job.start()
    assert held.began.wait(10)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        held.go.set()
    assert context.get(count_products) == 0


def test_what_is_wrong_behind_the_window_is_said(qtbot, context, said):
    job = context.act_behind(N_("Change price"), refuse, done=str)
    with qtbot.waitSignal(job.failed):
        pass
    assert said == [Saying("That is no price.")]
    assert context.get(count_products) == 0


@pytest.mark.parametrize("long", [False, True])
def test_taking_back_and_doing_again_is_said(qtbot, context, said, monkeypatch, long):
    context.run(N_("Add item"), add_product, "Bag")
    if long:
        monkeypatch.setattr("desktop.data.database.MANY_ROWS", 0)
    for redo, count, words in ((False, 0, "Taken back: Add item"), (True, 1, "Done again: Add item")):
        said.clear()
        context.reverse(redo)
        qtbot.waitUntil(lambda words=words: bool(said) and said[-1].sentence == words)
        assert [saying.sentence for saying in said[:-1]] == (
            [["Taking it back…"], ["Doing it again…"]][redo] if long else []
        )
        assert context.get(count_products) == count
