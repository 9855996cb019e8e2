"""What others do to a shop on a server is heard of at once, and that the server went away and is back."""

import subprocess
import sys
import time
from queue import Queue

import pytest
from sqlalchemy import text

from desktop.data import link
from desktop.data.database import Database, NotReached
from desktop.data.models import Product, Reply
from desktop.data.notice import MANY, Change, Notice, pack, unpack
from desktop.services import bulk, catalog

ANOTHER = """
import sys, time
from desktop.data.database import Database
from desktop.services.catalog import add_product
database = Database(sys.argv[1], "office")
print(database.run("Add item", add_product, "Cake"), time.time(), flush=True)
database.close()
"""


@pytest.fixture
def heard():
    return Queue()


@pytest.fixture
def listening(empty_shop, heard, monkeypatch):
    """A shop on a server that puts what it hears into `heard`."""
    monkeypatch.setattr(link, "PAUSES", (0.05,))
    url = empty_shop()
    database = Database(url, "till")
    database.on_notice = lambda news: heard.put((news, time.time()))
    database.on_reached = lambda there: heard.put((there, time.time()))
    database.listen()
    other = Database(url, "office")  # until the link is up, nothing is heard of it
    while heard.empty():
        other.run("Add item", catalog.add_product, "Bread")
        time.sleep(0.02)
    last = Notice({Product: Change(frozenset({other.run("Add item", catalog.add_product, "Cake")}))}, elsewhere=True)
    other.close()
    while heard.get(timeout=10)[0] != last:  # those before it are not what a test is about
        pass
    yield database
    database.close()


def test_another_process_is_heard_within_a_second(listening, heard):
    command = [sys.executable, "-c", ANOTHER, listening.where]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    product, written = ended.stdout.split()
    news, at = heard.get(timeout=10)
    assert news == Notice({Product: Change(frozenset({int(product)}))}, elsewhere=True)
    assert at - float(written) < 1


def test_what_nobody_here_understands_may_be_anything(listening, heard):
    listening.run_unrecorded(lambda session: session.execute(text("SELECT pg_notify('dukkan', '[1')")))
    assert heard.get(timeout=10)[0] == link.everything()


def test_own_changes_are_heard_once(listening, heard):
    product = listening.run("Add item", catalog.add_product, "Bread", origin="page")
    other = Database(listening.where, "office")
    other.run("Hide", bulk.hide, [product])
    other.close()
    (first, _at), (second, _at) = heard.get(timeout=10), heard.get(timeout=10)
    assert first == Notice({Product: Change(frozenset({product}))}, "page")
    assert second == Notice({Product: Change(updated=frozenset({product}))}, elsewhere=True)
    assert heard.empty()


@pytest.mark.fault("F16")
def test_a_server_that_restarts_is_lost_and_found(listening, heard, switch):
    product = listening.run("Add item", catalog.add_product, "Bread")
    heard.get()
    switch(False)
    assert heard.get(timeout=10)[0] is False
    began = time.monotonic()
    with pytest.raises(NotReached, match="cannot be reached"):
        listening.run("Add item", catalog.add_product, "Cake")
    with pytest.raises(NotReached), listening.reader():
        pass
    assert time.monotonic() - began < 2, "the server itself is not asked: that would take five"
    switch(True)
    assert heard.get(timeout=10)[0] is True
    news = heard.get(timeout=10)[0]
    assert news.elsewhere
    assert news.of(Reply) is MANY
    with listening.reader() as session:
        assert session.get(Product, product).name == "Bread"
    listening.run("Add item", catalog.add_product, "Cake")


@pytest.mark.fault("F16")
def test_a_restart_between_two_changes_is_not_noticed_without_a_window(empty_shop, switch):
    url = empty_shop()
    database = Database(url, "till")
    product = database.run("Add item", catalog.add_product, "Bread")
    switch(False)
    switch(True)
    database.run("Hide", bulk.hide, [product])
    database.close()


def test_news_for_others_has_no_more_than_there_is_room_for():
    few = {Product: Change(frozenset({1}), frozenset({2, 3}), frozenset({4})), Reply: MANY}
    assert unpack(pack("me", few)) == ("me", few)
    much = {Product: Change(updated=frozenset(range(10**15, 10**15 + 500))), Reply: Change(frozenset({1}))}
    packed = pack("me", much)
    assert len(packed) < 8_000
    assert unpack(packed) == ("me", {Product: MANY, Reply: MANY})
    assert unpack('["me",{"tomorrow":null}]') == ("me", {})
