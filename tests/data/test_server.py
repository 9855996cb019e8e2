"""Servers: who is let in, who has to prove what, where a password is, and what is said of everything else."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from desktop.data import engines, passwords, server
from desktop.data.database import Database


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch):
    monkeypatch.setattr(passwords, "_held", {})
    monkeypatch.delenv("PGSSLMODE", raising=False)


def test_a_password_is_held_apart_from_its_address():
    address = passwords.hold("postgresql://mona:p%40ss:word@db.example.com:6543/gifts?sslmode=require")
    assert address == "postgresql://mona@db.example.com:6543/gifts?sslmode=require"
    assert passwords.find(address) == passwords.find("postgresql://mona@db.example.com:6543/gifts") == "p@ss:word"
    assert passwords.split(passwords.join(address, "a/b@c")) == (address, "a/b@c")
    assert server.options(address).password == "p@ss:word"
    assert "word" not in repr(server.engine(address))


def test_a_keyring_is_asked_and_its_absence_borne(monkeypatch):
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.backends.fail import Keyring as None_

    class Ring(KeyringBackend):
        priority = 5

        def __init__(self):
            super().__init__()
            self.kept = {}

        def get_password(self, service, username):
            return self.kept.get((service, username))

        def set_password(self, service, username, password):
            self.kept[service, username] = password

    ring = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    address = passwords.hold("postgresql://mona:word@db/gifts")
    assert passwords.can_keep()
    assert passwords.keep(address)
    assert ring.kept == {("dukkan", "mona@db/gifts"): "word"}
    passwords._held.clear()
    assert passwords.find(address) == "word"
    monkeypatch.setattr(keyring.core, "_keyring_backend", None_())
    assert not passwords.can_keep()
    assert not passwords.keep(address)
    assert passwords.find(address) == ""


@pytest.mark.parametrize(
    ("host", "near"),
    [
        *(("localhost", True), ("127.0.0.1", True), ("192.168.1.5", True), ("10.0.0.2", True), ("nas", True)),
        *(("shop.local", True), ("/run/postgresql", True), ("", True), ("::1", True), ("fd00::5", True)),
        *(("db.example.com", False), ("8.8.8.8", False), ("local.example.com", False), ("2001:4860::8", False)),
    ],
)
def test_who_is_far_has_to_prove_who_it_is(host, near):
    assert server.is_near(host) is near
    if "/" not in host and host:
        query = server.options(server.build(host, "", "gifts", "mona", "")).query
        assert (query.get("sslmode") == "verify-full") is not near
        assert query["connect_timeout"] == "5"


def test_an_address_may_say_otherwise():
    query = server.options("postgresql://mona@db.example.com/gifts?sslmode=require&connect_timeout=2").query
    assert (query["sslmode"], query["connect_timeout"], "sslrootcert" in query) == ("require", "2", False)


@pytest.mark.parametrize(
    "address", ["postgresql:x", "postgresql://[x", "postgresql://me@host:port/x", "mysql://a/b", "shop.dukkan", "x://"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(engines.Refused, match="no address"):
        server.read_address(passwords.hold(address))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('FATAL:  password authentication failed for user "mona"', server.PasswordNeeded),
        ("fe_sendauth: no password supplied", server.PasswordNeeded),
        ('FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "mona"', server.NoRights),
        ('FATAL:  database "nodb" does not exist', server.NoDatabase),
        ("server does not support SSL, but SSL was required", server.Untrusted),
        ("SSL error: certificate verify failed", server.Untrusted),
        ('server certificate for "a" does not match host name "b"', server.Untrusted),
        ("Connection refused Is the server running", server.Unreachable),
        ("connection timeout expired", server.Unreachable),
        ("server closed the connection unexpectedly", server.Unreachable),
    ],
)
def test_every_way_it_can_go_wrong_has_a_sentence(words, kind):
    told = server.refusal(OperationalError("", None, Exception(f"connection failed: {words}")), "postgresql://m@db.x/g")
    assert type(told) is kind
    assert "db.x/g" in str(told)
    assert "m@" not in str(told)


def test_a_name_that_nobody_has():
    with pytest.raises(server.Unreachable, match="no server called"):
        server.look("postgresql://mona@nowhere.invalid/gifts")


def test_who_may_make_no_tables_is_told_so(empty_place):
    engine = create_engine(empty_place.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP ROLE IF EXISTS guest"))
        connection.execute(text("CREATE ROLE guest LOGIN"))
    engine.dispose()
    guest = empty_place.replace("postgres:@", "guest@")
    for way in (server.look, Database):
        with pytest.raises(server.NoRights, match="may not make tables"):
            way(guest)
    assert server.look(empty_place) == (False, "")
    Database(empty_place).close()
    assert server.look(empty_place) == (True, "")
