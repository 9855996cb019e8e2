"""A shop on a PostgreSQL server: reaching it safely and within seconds, and saying in words why that cannot be done."""

import ipaddress
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from desktop.data import engines, passwords
from desktop.data.engines import Refused
from desktop.data.trust import roots
from desktop.i18n import _, formats

# A connection that has died is noticed within seconds, on either side: the window waits no longer for it.
NETWORK = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "5000",
    "application_name": "Dukkan",
}
SESSION = (
    "SET idle_in_transaction_session_timeout = '2min'; "  # a computer that sleeps must not keep others from writing
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
)
READING = "; SET statement_timeout = '30s'; SET plan_cache_mode = force_custom_plan"  # or LIKE would be planned blindly
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
LOOK = 0.05  # seconds between two looks at whether something is cancelled
PATIENCE = 2.0  # seconds in which a server is asked to stop
NEAR = (".local", ".lan", ".internal", ".home.arpa", ".localhost")
MOVED = "dukkan: moved to "  # what is noted on the tables of a shop that has moved on
GONE = ("08", "57P")  # classes of what a server says as it goes away


class Unreachable(Refused):
    """The server does not answer."""


class PasswordNeeded(Refused):
    """The server of `address` wants another password than the one it was given, if any."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


class Untrusted(Refused):
    """The server does not prove to be the one that is meant."""


class NoRights(Refused):
    """The user of the address may not do this on the server."""


class NoDatabase(Refused):
    """The server has no such database."""


class NotEmpty(Refused):
    """There is something already where a shop was to be put."""


class Moved(Refused):
    """The shop has been moved to another place, and is kept here as it was."""


def read_address(address: str) -> URL:
    """Return the parts of an address. Raises Refused if it is none."""
    try:
        urlsplit(address)  # which is the stricter of the two
        url = make_url(address)
        port = url.port or 5432
    except (ArgumentError, ValueError):  # a port that is no number is the latter
        url, port = URL.create("none"), 0
    if url.drivername not in SCHEMES or not 0 < port < 65_536:
        raise Refused(_("This is no address of a database. It looks like postgresql://user@host/shop."))
    return url.set(drivername="postgresql+psycopg")


def shown(address: str) -> str:
    """Return an address as people are shown it: where it is, without user, password and options."""
    return formats.ltr(plain(address))


def plain(address: str) -> str:
    """Return `host/database` of an address."""
    url = read_address(address)
    return f"{url.host or 'localhost'}/{url.database or ''}"


def build(host: str, port: str, database: str, user: str, password: str, more: str = "") -> str:
    """Return the address of what people type into fields; `more` are options as they stand in an address."""
    who = quote(user.strip(), safe="") + (f":{quote(password, safe='')}" if password else "")
    host = f"[{host}]" if ":" in host else host.strip()
    where = f"{who}@{host}" if who else host
    port = f":{port.strip()}" if port.strip() else ""
    return f"postgresql://{where}{port}/{quote(database.strip(), safe='')}" + (f"?{more}" if more else "")


def is_near(host: str) -> bool:
    """Say whether a server is this computer, or in the same house: by its very address, as names can be forged."""
    if not host or host.startswith(("/", "@")) or host == "localhost" or host.endswith(NEAR):
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return found.is_loopback or found.is_private or found.is_link_local


def options(address: str) -> URL:
    """Return the address as the driver gets it: with its password, patience, and who the server has to be.

    Beyond the own house the server must prove who it is, unless the address itself says otherwise (sslmode=…).
    """
    url = read_address(address)
    usual = dict(NETWORK)
    host = url.query.get("host", url.host or "")
    host = host if isinstance(host, str) else host[0]
    if not is_near(host) and "PGSSLMODE" not in os.environ:
        usual |= {"sslmode": "verify-full", "sslrootcert": roots() or "system"}
    if "sslrootcert" in url.query or url.query.get("sslmode", "verify-full") != "verify-full":
        usual.pop("sslrootcert", None)
    url = url.set(query={**usual, **url.query})
    password = url.password or passwords.find(address)
    return url.set(password=password or None)


def engine(address: str, *, reading: bool = False, **more: Any) -> Engine:
    """Make an engine on a server, which is not asked anything yet. Raises Refused for what is no address."""
    made = create_engine(options(address), hide_parameters=True, **more)
    session = SESSION + READING if reading else SESSION

    def connect(connection: Any, _record: object) -> None:
        connection.autocommit = True  # or the settings would be taken back with the first transaction
        connection.execute(session)
        connection.autocommit = False

    event.listen(made, "connect", connect)
    return made


class Found(NamedTuple):
    """What is in a database: whether there is a shop, and its name ("" for one that nobody has begun)."""

    shop: bool
    name: str


def look(address: str) -> Found:
    """Try whether a server lets us in, and return what is there. Raises Refused if it does not, or no shop could be."""
    made = engine(address, poolclass=NullPool)
    try:
        with made.connect() as connection:
            if connection.scalar(text("SELECT to_regclass('alembic_version') IS NULL")):
                if connection.scalar(text("SELECT has_schema_privilege(current_schema(), 'CREATE')")) is not True:
                    raise _no_rights(address)
                return Found(False, "")
        engines.server_revision(made, writing=True)
        with made.connect() as connection:
            return Found(True, connection.scalar(text("SELECT name FROM profile")) or "")
    except DBAPIError as error:
        raise refusal(error, address) or error from error
    finally:
        made.dispose()


def take_turn(connection: Connection, patience: float) -> None:
    """Wait until nobody else writes this shop, from whichever computer; longer than `patience` seconds is an error.

    One writes after the other, as with a file: nothing clashes, nothing waits in a circle, nothing is tried again.
    """
    wait = int(patience * 1000)
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}; SELECT pg_advisory_xact_lock(4, 1)")


@contextmanager
def interrupted_by(driver: Any, cancelled: Event) -> Iterator[None]:
    """Ask the server to stop what it does for a connection of the driver as soon as `cancelled` is set.

    It is asked from another thread, over a connection of its own, and until nothing is left to be stopped.
    """
    over = Event()
    watch = Thread(target=_stop, args=(driver, cancelled, over), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _stop(driver: Any, cancelled: Event, over: Event) -> None:
    while not over.wait(LOOK):
        if cancelled.is_set():
            with suppress(driver.Error):  # the server is gone: that is noticed where the answer is waited for
                driver.cancel_safe(timeout=PATIENCE)


def is_lost(error: DBAPIError) -> bool:
    """Say whether an error is about the way to the server, not about what was asked of it."""
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or bool(state and state.startswith(GONE)) or _is_connecting(error)


def refusal(error: DBAPIError, address: str) -> Refused | None:
    """Return what to tell the owner about a server that does not let us in, or None for a slip of our own."""
    words, where = str(error.orig).lower(), shown(address)
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "42501":
        return _no_rights(address)
    if "password" in words or "28p01" in words or "authentication" in words:
        if "no password" in words:
            return PasswordNeeded(_("{server} asks for a password.").format(server=where), address)
        message = _("{server} does not know this user with this password. Check both, and try again.")
        return PasswordNeeded(message.format(server=where), address)
    if "no pg_hba.conf entry" in words:
        message = _("{server} does not let this user in from this computer. Whoever runs the server can allow it.")
        return NoRights(message.format(server=where))
    if re.search(r'database ".*" does not exist', words) or state == "3D000":
        return NoDatabase(_("There is no such database: {server}. Check its name.").format(server=where))
    if "does not support ssl" in words:
        message = _(
            "{server} offers no encryption, so anybody on the way could read the shop. Whoever runs it can turn "
            "encryption (TLS) on."
        )
        return Untrusted(message.format(server=where))
    if "certificate" in words or "ssl error" in words or "tls" in words:
        message = _(
            "{server} does not prove that it is this server: somebody else could be answering. Whoever runs it can "
            "give it a certificate for its name."
        )
        return Untrusted(message.format(server=where))
    if "resolve" in words or "translate host name" in words:
        message = _("There is no server called {server}. Check its name, and that this computer is online.")
        return Unreachable(message.format(server=where))
    if "refused" in words:
        message = _("{server} cannot be reached: no server answers there. Check the port, and that it is running.")
        return Unreachable(message.format(server=where))
    if is_lost(error):
        message = _("{server} cannot be reached. Check the network, the address, and that the server is running.")
        return Unreachable(message.format(server=where))
    return None


def _no_rights(address: str) -> NoRights:
    message = _("On {server}, this user may not make tables. Whoever runs it can give the user a database of its own.")
    return NoRights(message.format(server=shown(address)))


def _is_connecting(error: DBAPIError) -> bool:
    return bool(
        re.match(
            r"(connection |failed to resolve|consuming input failed|server closed|the connection is)", str(error.orig)
        )
    )
