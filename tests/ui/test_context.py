"""What every page is given."""

import sqlite3

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.data.database import Database
from desktop.i18n import N_
from desktop.services.catalog import add_product, count_products, remove_products
from desktop.services.errors import Invalid
from desktop.ui.context import Context, Saying, complaint
from desktop.ui.tasks import Job


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
        sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        session.connection().exec_driver_sql(sql).all()

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
    assert complaint(sqlite3.OperationalError("disk I/O error")) == ""
