"""A server beyond the own house has to prove who it is: real certificates, and the driver's own judgement of them.

The PostgreSQL of the tests is built without TLS, so something in front of it has it, and passes on what it hears:
https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
"""

import select
import socket
import socketserver
import ssl
import threading

import pytest
import trustme
from sqlalchemy import make_url

from desktop.data import server

GSS, TLS = 80877104, 80877103  # what a client asks for before it says anything else


class Front(socketserver.ThreadingTCPServer):
    """Speaks TLS by `context` (none: it refuses to) and passes on to the server at `inner`."""

    daemon_threads = True

    def __init__(self, inner, context):
        super().__init__(("127.0.0.1", 0), Caller)
        self.inner, self.context, self.proved = inner, context, 0


class Caller(socketserver.BaseRequestHandler):
    def handle(self):
        while int.from_bytes(self.request.recv(8)[4:]) == GSS or self.server.context is None:
            self.request.sendall(b"N")
            if self.server.context is None:
                return
        self.request.sendall(b"S")
        try:
            outer = self.server.context.wrap_socket(self.request, server_side=True)
        except (ssl.SSLError, ConnectionError):  # we did not convince it
            return
        self.server.proved += 1
        with outer, self.behind() as inner:
            while True:
                ready = [outer] if outer.pending() else select.select([outer, inner], [], [])[0]
                for one in ready:
                    said = one.recv(65_536)
                    if not said:
                        return
                    (inner if one is outer else outer).sendall(said)

    def behind(self):
        url = make_url(self.server.inner)
        if folder := url.query.get("host"):
            found = socket.socket(socket.AF_UNIX)
            found.connect(f"{folder}/.s.PGSQL.{url.port or 5432}")
            return found
        return socket.create_connection((url.host, url.port))


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def called(empty_place, authority, tmp_path, monkeypatch):
    """A function that starts a server with a certificate, and returns its address at db.example.com, and the front."""
    trusted = tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.delenv("PGSSLMODE", raising=False)
    fronts = []

    def start(certificate):
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
        front = Front(empty_place, context)
        fronts.append(front)
        threading.Thread(target=front.serve_forever, args=(0.01,)).start()
        return f"postgresql://postgres@db.example.com:{front.server_address[1]}/place?hostaddr=127.0.0.1", front

    yield start
    for front in fronts:
        front.shutdown()
        front.server_close()


def test_a_server_that_proves_who_it_is_is_trusted(called, authority):
    address, front = called(authority.issue_cert("db.example.com"))
    assert server.look(address) == (False, "")
    assert front.proved == 1


@pytest.mark.parametrize("wrong", ["authority", "name", "no TLS"])
def test_any_other_is_not(called, authority, wrong):
    certificates = {
        "authority": trustme.CA().issue_cert("db.example.com"),
        "name": authority.issue_cert("db.example.net"),
        "no TLS": None,
    }
    address, _front = called(certificates[wrong])
    sentence = "offers no encryption" if wrong == "no TLS" else "does not prove that it is this server"
    with pytest.raises(server.Untrusted, match=sentence) as caught:
        server.look(address)
    assert "db.example.com/place" in str(caught.value)
    if wrong != "no TLS":  # as the owner may say for that very address
        assert server.look(f"{address}&sslmode=require") == (False, "")
