"""Pictures are fetched from the web within limits, never from the owner's own network unless that is allowed."""

import socket
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from sqlalchemy import select

from desktop.data.models import Picture
from desktop.exchange.downloads import Web, _is_public, count_wanted, download
from desktop.exchange.importing import import_feed
from desktop.exchange.mapping import read_items
from desktop.exchange.picture_reading import Unopened
from desktop.exchange.tables import read_table


def picture():
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(255)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


class Shop(BaseHTTPRequestHandler):
    """A web server with some pictures and some traps."""

    asked: list[str] = []  # noqa: RUF012
    picture = b""

    def do_GET(self):
        self.asked.append(self.path)
        kind, _slash, rest = self.path[1:].partition("/")
        if kind == "to":
            self.answer(302, b"", Location=f"/{rest}" if rest else "/to/")
        elif kind == "away":
            self.answer(302, b"", Location="file:///etc/passwd")
        elif kind == "large":
            self.answer(200, bytes(3_000_000))
        elif kind == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"few")
        elif kind == "page":
            self.answer(200, b"<html><script>alert(1)</script></html>")
        elif kind == "none":
            self.answer(404, b"")
        else:
            self.answer(200, self.picture)

    def answer(self, status, data, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


@pytest.fixture
def server():
    Shop.asked = []
    Shop.picture = picture()
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        thread = Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def shop_of(database, server):
    def make(*paths):
        rows = "".join(f"{n},Item {n},{server}/{path}\n" for n, path in enumerate(paths))
        feed = read_items(read_table(f"id,title,image_link\n{rows}".encode()))
        database.run("Import", import_feed, feed)
        return database

    return make


def kept(database):
    with database.reader() as session:
        return [bool(digest) for digest in session.scalars(select(Picture.sha256).order_by(Picture.id))]


def test_what_can_be_had_is_kept_in_one_action_and_the_rest_is_told(shop_of, server, contents):
    database = shop_of("a.png", "none/b.png", "page/c.png", "a.png", "to/d.png", "%D8%B5.png", "صورة.png?v=1&s=ا")
    before = contents(database)
    told = []
    fetched = download(database, lambda done, total: told.append((done, total)), allow_private=True)
    assert (fetched.done, fetched.left) == (5, 2)
    assert [address.removeprefix(server) for address, _why in fetched.problems] == ["/none/b.png", "/page/c.png"]
    assert kept(database) == [True, False, False, True, True, True, True]
    assert told[-1] == (6, 6), "one address is asked once"
    assert "/%D8%B5%D9%88%D8%B1%D8%A9.png?v=1&s=%D8%A7" in Shop.asked
    with database.reader() as session:
        assert count_wanted(session) == 2
    assert database.undo() == "Download pictures"
    assert contents(database) == before


def test_it_goes_on_where_it_was_stopped(shop_of):
    database = shop_of(*(f"{n}.png" for n in range(30)))
    seen = []
    first = download(database, lambda done, total: seen.append(done), lambda: len(seen) >= 4, allow_private=True)
    assert 4 <= first.done < 30
    second = download(database, allow_private=True)
    assert first.done + second.done == 30
    assert len(Shop.asked) == 30, "nothing is asked twice"


def test_a_picture_that_has_changed_meanwhile_is_left_alone(shop_of):
    database = shop_of("a.png", "b.png")

    def tell(done, total):
        if done == 1:
            database.run("Change", lambda session: setattr(session.get(Picture, 2), "url", "https://x.example/z.png"))

    assert download(database, tell, allow_private=True).done == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "::", "255.255.255.255", "nonsense"])  # fmt: skip
def test_addresses_that_are_not_for_the_public(address):
    assert not _is_public(address)


def test_addresses_that_are():
    assert _is_public("93.184.216.34")
    assert _is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "2130706433"])
def test_nothing_is_asked_of_the_owners_own_network(server, host):
    with pytest.raises(Unopened):
        Web().fetch(f"http://{host}:{server.rpartition(':')[2]}/a.png")
    assert Shop.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_asked(server, monkeypatch):
    """A server of names that says something else the second time gains nothing."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    connected = []

    def lookup(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unopened):
        Web().fetch("http://pictures.example/a.png")
    assert connected == [("93.184.216.34", 80)]
    with pytest.raises(Unopened, match="own network"):
        Web().fetch("http://pictures.example/a.png")
    assert len(connected) == 1


def test_a_redirect_is_looked_at_as_any_address(server, monkeypatch):
    web = Web(allow_private=True)
    monkeypatch.setattr("desktop.exchange.downloads._is_public", lambda address: False)
    assert web.fetch(f"{server}/to/a.png")
    web._allow_private = False
    with pytest.raises(Unopened):
        web.fetch(f"{server}/to/a.png")


@pytest.mark.parametrize("path", ["to/", "away/", "cut/", "none/"])
def test_traps(server, path):
    with pytest.raises(Unopened):
        Web(allow_private=True).fetch(f"{server}/{path}")
    assert len(Shop.asked) <= 6


def test_a_file_that_is_too_large_is_not_read_to_its_end(server):
    with pytest.raises(Unopened, match="larger"):
        Web(allow_private=True, largest=1_000_000).fetch(f"{server}/large/a.png")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a.example/x.png", "https://", "http://user:pw@a.example/x.png", "http://a.example:0/",
     "http://a b.example/x", "http://a.example/\r\nHost: b", "javascript:alert(1)", "http://[::1", "//a.example/x"],
)  # fmt: skip
def test_what_is_no_address(address):
    with pytest.raises(Unopened, match="no address"):
        Web(allow_private=True).fetch(address)


def test_a_server_that_never_ends_is_hung_up_on():
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(Unopened):
        Web(allow_private=True, seconds=0.1).fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/a.png")


def test_a_server_that_does_not_answer_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    web = Web(allow_private=True)
    for _try in range(5):
        with pytest.raises(Unopened):
            web.fetch(f"http://127.0.0.1:{port}/a.png")
    web._connect = None  # it is not asked again
    with pytest.raises(Unopened):
        web.fetch(f"http://127.0.0.1:{port}/a.png")
