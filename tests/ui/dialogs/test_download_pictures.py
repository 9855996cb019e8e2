"""Fetching pictures from the web, from a server of the test's own."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from desktop.data.models import Picture
from desktop.exchange import downloads
from desktop.exchange.importing import import_feed
from desktop.exchange.incoming import Feed
from desktop.ui.dialogs.download_pictures import DownloadPicturesDialog


class Server(ThreadingHTTPServer):
    """Gives a picture for each number, once it may."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.may = Event()
        self.may.set()


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.may.wait(5)
        number = self.path.strip("/")
        body = png(int(number)) if number.isdecimal() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


def png(number):
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(number * 4000)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


@pytest.fixture
def server():
    server = Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.may.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def at_home(monkeypatch):
    """Take the test's own computer for one on the web."""
    monkeypatch.setattr(downloads, "_is_public", lambda address: True)


@pytest.fixture
def start(qtbot, context, server):
    """A function that opens the dialog over items whose pictures are at these paths of the server."""
    window = QWidget()
    qtbot.addWidget(window)

    def opened(*paths):
        base = f"http://127.0.0.1:{server.server_port}"
        rows = [(n, {"title": f"Item {n}", "image_link": f"{base}/{path}"}) for n, path in enumerate(paths, 2)]
        context.run("Import items", import_feed, Feed(rows))
        dialog = DownloadPicturesDialog(context, window)
        dialog.show()
        return dialog

    return opened


def kept(context):
    return context.get(lambda session: sum(map(bool, session.scalars(select(Picture.sha256)))))


def test_all_are_fetched_as_one_action(qtbot, direction, context, at_home, start):
    said = []
    context.said.connect(said.append)
    dialog = start("1", "2", "3")
    assert "3" in dialog.go.text()
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    assert kept(context) == 3
    assert [saying.undo for saying in said] == [True]
    assert context.database.undo() == "Download pictures"
    assert kept(context) == 0


def test_what_cannot_be_had_is_told_and_the_rest_is_kept(qtbot, context, at_home, start):
    dialog = start("1", "gone", "2")
    dialog.go.click()
    qtbot.waitUntil(dialog.left_out.isVisible)
    assert kept(context) == 2
    assert "gone" in dialog.left_out.model().index(0, 0).data()
    assert dialog.go.isVisible()  # to try again
    dialog.reject()


def test_nothing_is_fetched_from_the_owners_own_network(qtbot, context, start):
    dialog = start("1")
    dialog.go.click()
    qtbot.waitUntil(dialog.left_out.isVisible)
    assert "own network" in dialog.left_out.model().index(0, 0).data()
    assert kept(context) == 0
    dialog.reject()


def test_it_is_stopped_and_goes_on_where_it_was(qtbot, context, at_home, server, start):
    server.may.clear()
    dialog = start(*map(str, range(1, 30)))
    dialog.go.click()
    dialog.progress.stop.click()
    server.may.set()
    qtbot.waitUntil(lambda: dialog._job is None)
    some = kept(context)
    assert some < 29
    assert dialog.go.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    assert kept(context) == 29


def test_there_may_be_nothing_to_fetch(start):
    dialog = start()
    assert not dialog.go.isVisible()
    dialog.reject()
